using System.Buffers;
using System.Text.Json;

namespace Personalization.DiscordClient.Gateway;

/// <summary>Reads the gateway's messages.</summary>
internal static class GatewayMessage
{
    /// <summary>
    /// How deep values may be nested. Messages of Discord's own need some twenty levels; <see cref="JsonElement"/> takes time that grows
    /// with size times depth, so that what is deeper must not reach it.
    /// </summary>
    private const int MaxDepth = 60;

    private static readonly byte[] Nothing = "null"u8.ToArray();

    /// <summary>The message, with null for what is nested more deeply than <see cref="MaxDepth"/>: whoever sent it can then still be answered.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(byte[] json)
    {
        var options = new JsonDocumentOptions { MaxDepth = MaxDepth };
        try
        {
            return JsonElement.Parse(json, options);
        }
        catch (JsonException)
        {
            return JsonElement.Parse(Prune(json), options);
        }
    }

    private static ReadOnlySpan<byte> Prune(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var pruned = new ArrayBufferWriter<byte>();
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
            {
                pruned.Write(json[copied..(int)reader.TokenStartIndex]);
                pruned.Write(Nothing);
                reader.Skip();
                copied = (int)reader.BytesConsumed;
            }
        }

        pruned.Write(json[copied..]);
        return pruned.WrittenSpan;
    }
}
