namespace Personalization.Discord.Rest;

/// <summary>A file sent with a message.</summary>
/// <param name="Name">Letters, digits, dots, dashes and underscores: others Discord would change.</param>
public sealed record MessageFile(string Name, ReadOnlyMemory<byte> Content, string ContentType)
{
    /// <summary>What it shows, for those who cannot see it; at most 1,024 characters, null for nothing.</summary>
    public string? Description { get; init; }
}
