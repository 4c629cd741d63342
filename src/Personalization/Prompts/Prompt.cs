using System.Globalization;
using System.Text;

namespace Personalization.Prompts;

/// <summary>A valid prompt: what to paint, and its parameters.</summary>
public sealed record Prompt
{
    /// <summary>Characters a prompt may have, parameters included.</summary>
    public const int MaximumLength = 6000;

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
        if (Exclusions.Count > 0)
        {
            text.Append(" --no ").AppendJoin(", ", Exclusions);
        }

        if (AspectRatio != default)
        {
            text.Append(" --ar ").Append(AspectRatio);
        }

        if (Version is not null)
        {
            text.Append(" --v ").Append(Version);
        }

        if (Seed is not null)
        {
            text.Append(" --seed ").Append(Seed.Value.ToString(CultureInfo.InvariantCulture));
        }

        if (Stylize != default)
        {
            text.Append(" --s ").Append(Stylize);
        }

        if (Profiles is not null)
        {
            text.Append(" --p");
            foreach (var (code, weight) in Profiles)
            {
                text.Append(' ').Append(code);
                if (weight != 1)
                {
                    text.Append("::").Append(weight.ToString("R", CultureInfo.InvariantCulture));
                }
            }
        }

        return text.ToString();
    }

    public bool Equals(Prompt? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
