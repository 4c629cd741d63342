using System.Text;
using System.Text.Json.Nodes;

namespace Personalization.Testing.StandIns;

/// <summary>One received call.</summary>
/// <param name="Query">With its question mark; empty if there is none.</param>
public sealed record Call(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body.Span)!;
}
