using System.Globalization;

namespace Personalization.Prompts.Parameters;

/// <summary><c>--seed</c>: the number that pictures are drawn from, 0 to 2^32 - 1.</summary>
internal sealed class SeedParameter() : PromptParameter(4, "seed")
{
    public override ParameterReading Read(ParameterValue value) =>
        ReadWhole(value, uint.MaxValue, null, seed => value.Prompt with { Seed = (uint)seed });

    public override string? Write(Prompt prompt) => prompt.Seed?.ToString(CultureInfo.InvariantCulture);
}
