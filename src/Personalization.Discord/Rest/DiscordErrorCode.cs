namespace Personalization.Discord.Rest;

/// <summary>The error codes of Discord's API that callers act on.</summary>
public static class DiscordErrorCode
{
    /// <summary>The message is not there: it was deleted.</summary>
    public const int UnknownMessage = 10008;

    /// <summary>The webhook that an interaction's token stands for is not there.</summary>
    public const int UnknownWebhook = 10015;

    /// <summary>The interaction is not there: its three seconds are over, or another instance has answered it.</summary>
    public const int UnknownInteraction = 10062;

    /// <summary>The interaction was answered before.</summary>
    public const int AlreadyAcknowledged = 40060;

    /// <summary>The interaction's fifteen minutes are over.</summary>
    public const int InvalidWebhookToken = 50027;

    /// <summary>The thread is archived: a new message brings it back unless it is locked; until then, nothing in it can be changed.</summary>
    public const int ThreadArchived = 50083;
}
