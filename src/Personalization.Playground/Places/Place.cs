namespace Personalization.Playground.Places;

/// <summary>A channel or thread and the server it is in, or a conversation, which is in none.</summary>
internal sealed record Place(PlaygroundGuild? Guild, PlaygroundChannel Channel)
{
    public ulong Id => Channel.Id;

    public bool IsThread => Channel.Type is ChannelType.PublicThread or ChannelType.PrivateThread;
}
