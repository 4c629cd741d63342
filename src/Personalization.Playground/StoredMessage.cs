using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Personalization.Playground;

/// <summary>A message, as Discord shows it, and who may see it.</summary>
internal sealed class StoredMessage(ulong id, ulong channelId, ulong? onlyFor, JsonObject json)
{
    public ulong Id => id;

    public ulong ChannelId => channelId;

    /// <summary>The one person an ephemeral message is for; null when everyone sees it.</summary>
    public ulong? OnlyFor => onlyFor;

    public JsonObject Json => json;

    public List<StoredFile> Files { get; init; } = [];

    /// <summary>What a repeated message is known by.</summary>
    public string? Nonce { get; init; }

    [JsonIgnore]
    public int Flags
    {
        get => json["flags"]!.GetValue<int>();
        set => json["flags"] = value;
    }

    /// <summary>How many bytes its files have.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(file => file.Length);

    public bool IsVisibleTo(ulong person) => onlyFor is null || onlyFor == person;
}
