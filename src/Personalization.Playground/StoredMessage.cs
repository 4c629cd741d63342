using System.Text.Json.Nodes;

namespace Personalization.Playground;

/// <summary>A message, as Discord shows it, and who may see it.</summary>
internal sealed class StoredMessage(ulong id, ulong channelId, ulong? onlyFor, JsonObject json)
{
    public ulong Id => id;

    public ulong ChannelId => channelId;

    /// <summary>The one person an ephemeral message is for; null when everyone sees it.</summary>
    public ulong? OnlyFor => onlyFor;

    public JsonObject Json => json;

    public List<StoredFile> Files { get; } = [];

    /// <summary>What a repeated message is known by.</summary>
    public string? Nonce { get; init; }

    public int Flags
    {
        get => json["flags"]!.GetValue<int>();
        set => json["flags"] = value;
    }

    public bool IsVisibleTo(ulong person) => onlyFor is null || onlyFor == person;
}
