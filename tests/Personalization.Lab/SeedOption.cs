using System.CommandLine.Parsing;
using System.Globalization;

namespace Personalization.Lab;

/// <summary>The option <c>--seed</c> of the lab's commands.</summary>
internal static class SeedOption
{
    /// <summary>Reads the seed of the random numbers: any 32-bit whole number.</summary>
    public static int Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            result.AddError(FormattableString.Invariant($"--seed {text}: give a whole number from {int.MinValue} to {int.MaxValue}."));
        }

        return seed;
    }
}
