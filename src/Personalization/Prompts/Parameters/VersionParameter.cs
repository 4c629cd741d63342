using System.Globalization;

namespace Personalization.Prompts.Parameters;

/// <summary><c>--v</c>: one of the versions that the operator has configured.</summary>
internal sealed class VersionParameter() : PromptParameter(3, "v", "version")
{
    public override bool IsLikely(string next, IReadOnlyList<string> versions) => base.IsLikely(next, versions)
        || NumberOf(next.ToLowerInvariant().TrimStart('v')) is not null
        || versions.Any(version => version.Split(' ')[0].Equals(next, StringComparison.OrdinalIgnoreCase));

    public override ParameterReading Read(ParameterValue value)
    {
        var expected = new ExpectedValue.OneOf(value.Versions);
        var written = PromptCharacters.Narrow(value.Text);
        var ends = TextScan.EndsOfWords(written, value.Versions.Select(version => version.Count(char.IsWhiteSpace) + 1).DefaultIfEmpty(1).Max());
        foreach (var end in ends)
        {
            if (value.Versions.FirstOrDefault(version => IsVersion(version, written[..end])) is { } exact)
            {
                return new(value.Prompt with { Version = exact }, end, null, expected);
            }
        }

        foreach (var end in ends)
        {
            if (NearestVersion(written[..end], value.Versions) is { } nearest)
            {
                return new(value.Prompt with { Version = nearest }, end, value.Text[..end], expected);
            }
        }

        var length = TextScan.LengthOfForeignValue(value.Text);
        return new(value.Prompt, length, value.Text[..length], expected);
    }

    public override string? Write(Prompt prompt) => prompt.Version;

    private static bool IsVersion(string version, string written) =>
        string.Equals(version, string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase)
        || (NumberOf(version) is { } number && number == NumberOf(written));

    private static string? NearestVersion(string written, IReadOnlyList<string> versions)
    {
        var lower = written.ToLowerInvariant().Trim([.. Spelling.Wrapping]);
        if (NumberOf(lower.TrimStart('v')) is { } number)
        {
            return versions.Where(version => NumberOf(version) is not null).MinBy(version => Math.Abs(NumberOf(version)!.Value - number));
        }

        var nearest = Spelling.Nearest(lower, versions.Select(version => version.ToLowerInvariant()));
        return versions.FirstOrDefault(version => string.Equals(version, nearest, StringComparison.OrdinalIgnoreCase));
    }

    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
