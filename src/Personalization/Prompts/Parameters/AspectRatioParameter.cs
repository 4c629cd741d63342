namespace Personalization.Prompts.Parameters;

/// <summary><c>--ar</c>: width to height, see <see cref="AspectRatio"/>.</summary>
internal sealed class AspectRatioParameter() : PromptParameter(2, "ar", "aspect")
{
    public override ParameterReading Read(ParameterValue value)
    {
        var expected = new ExpectedValue.Ratio(AspectRatio.MaxRatio);
        var length = TextScan.LengthOfWord(value.Text, 0);
        var sides = PromptCharacters.Narrow(value.Text[..length]).Split(':');
        if (sides.Length == 2 && TextScan.TryReadWhole(sides[0], int.MaxValue, out var width) && TextScan.TryReadWhole(sides[1], int.MaxValue, out var height)
            && AspectRatio.TryCreate((int)width, (int)height, out var ratio))
        {
            return new(value.Prompt with { AspectRatio = ratio }, length, null, expected);
        }

        if (Spelling.TryReadRatio(PromptCharacters.Narrow(value.Text), out ratio, out var end))
        {
            length = end + TextScan.LengthOfWord(value.Text, end);
            return new(value.Prompt with { AspectRatio = ratio }, length, value.Text[..length], expected);
        }

        length = TextScan.LengthOfForeignValue(value.Text);
        return new(value.Prompt, length, value.Text[..length], expected);
    }

    public override string? Write(Prompt prompt) => prompt.AspectRatio == default ? null : prompt.AspectRatio.ToString();
}
