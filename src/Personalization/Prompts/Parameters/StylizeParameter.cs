namespace Personalization.Prompts.Parameters;

/// <summary><c>--s</c>: how strongly the taste acts, see <see cref="Stylize"/>.</summary>
internal sealed class StylizeParameter() : PromptParameter(5, "s", "stylize")
{
    public override ParameterReading Read(ParameterValue value) => ReadWhole(
        value,
        Stylize.MaxValue,
        Stylize.Default,
        number => value.Prompt with { Stylize = Stylize.TryCreate(number, out var stylize) ? stylize : default });

    public override string? Write(Prompt prompt) => prompt.Stylize == default ? null : prompt.Stylize.ToString();
}
