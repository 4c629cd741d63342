using System.Text;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>A valid prompt: what to paint, and its parameters.</summary>
public sealed record Prompt
{
    /// <summary>Characters a prompt may have, parameters included.</summary>
    public const int MaxLength = 6000;

    /// <summary>Codes that <c>--p</c> may blend.</summary>
    public const int MaxProfiles = 20;

    /// <summary>Things that <c>--no</c> may name.</summary>
    public const int MaxExclusions = 50;

    /// <summary>What the person wrote, without parameters: 1 to 6,000 characters, no control characters, trimmed.</summary>
    public required string Text { get; init; }

    /// <summary>Null without <c>--p</c>; empty for a bare one, which means the person's own taste.</summary>
    public IReadOnlyList<WeightedCode>? Profiles { get; init; }

    public Stylize Stylize { get; init; }

    public AspectRatio AspectRatio { get; init; }

    /// <summary>The name of a configured version; null for the default one.</summary>
    public string? Version { get; init; }

    /// <summary>Null to have one drawn.</summary>
    public uint? Seed { get; init; }

    /// <summary>What <c>--no</c> names, in order.</summary>
    public IReadOnlyList<string> Exclusions { get; init; } = [];

    /// <summary>The canonical form, which parses to an equal prompt: only what differs from the defaults is written.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Text);
        foreach (var parameter in PromptParameters.All)
        {
            if (parameter.Write(this) is { } value)
            {
                text.Append(' ').Append($"{parameter.Name} {value}".TrimEnd());
            }
        }

        return text.ToString();
    }

    public bool Equals(Prompt? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
