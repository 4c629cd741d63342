namespace Personalization.Prompts.Parameters;

/// <summary><c>--no</c>: what the picture should not show, separated by commas.</summary>
internal sealed class ExclusionsParameter() : PromptParameter(1, FirstName)
{
    internal const string FirstName = "no";

    /// <summary>The comma of Latin, of full-width and of East Asian lists.</summary>
    internal static readonly char[] Commas = [',', '，', '、'];

    public override bool HasQuotedText => false;

    /// <summary>Never: "yes--no" may be text.</summary>
    public override bool IsPlain(string next) => false;

    // Any words are its value.
    public override bool IsLikely(string next, IReadOnlyList<string> versions) => true;

    public override ParameterReading Read(ParameterValue value)
    {
        var all = value.Text.Split(Commas).Select(WithoutQuotes).ToList();
        var named = value.Prompt.Exclusions.Concat(all.Where(item => item.Length > 0)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var isExact = all.TrueForAll(item => item.Length > 0) && named.Count <= Prompt.MaxExclusions;
        return new(
            value.Prompt with { Exclusions = [.. named.Take(Prompt.MaxExclusions)] },
            value.Text.Length,
            isExact ? null : value.Text,
            new ExpectedValue.Exclusions(Prompt.MaxExclusions));
    }

    public override string? Write(Prompt prompt) =>
        prompt.Exclusions.Count == 0 ? null : string.Join(", ", prompt.Exclusions);

    // A quote left in would pair with one in the text when the canonical form is read again.
    private static string WithoutQuotes(string item) =>
        string.Concat(item.Select(character => PromptTokenizer.DoubleQuotes.Contains(character) ? ' ' : character)).Trim();
}
