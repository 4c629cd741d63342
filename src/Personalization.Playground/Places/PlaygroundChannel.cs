namespace Personalization.Playground.Places;

/// <summary>Where messages are: a channel or thread of a server, or a conversation.</summary>
/// <param name="Name">Empty for a conversation of two.</param>
/// <param name="Topic">Null for none.</param>
public sealed record PlaygroundChannel(ulong Id, string Name, string? Topic = null)
{
    public ChannelType Type { get; init; } = ChannelType.Text;

    public bool IsAgeRestricted { get; init; }

    /// <summary>What differs here from the permissions that roles have in the server; a thread has those of its channel.</summary>
    public IReadOnlyList<PermissionOverwrite> Overwrites { get; init; } = [];

    /// <summary>The channel of a thread; null for others.</summary>
    public ulong? Parent { get; init; }

    /// <summary>Whose thread it is, or whose group: a person's id or the application's.</summary>
    public ulong? Owner { get; init; }

    /// <summary>Who takes part in a conversation, with the application's id where the bot does; empty for channels of servers.</summary>
    public IReadOnlyList<ulong> People { get; init; } = [];
}
