namespace Personalization.Prompts.Parameters;

/// <summary>
/// Parameters of Midjourney that do not exist here, and its codes. They are known so that a correction leaves out exactly their values.
/// Source: the parameter list of docs.midjourney.com, with the older ones.
/// </summary>
internal static class ForeignParameters
{
    private const int Flag = 0;
    private const int OneValue = 1;

    /// <summary>Codes and addresses of pictures, with weights.</summary>
    private const int References = int.MaxValue;

    /// <summary>The values that are words.</summary>
    private static readonly string[] Words = ["raw", "random", "expressive", "cute", "scenic", "original", "high", "medium", "low", "half"];

    private static readonly Dictionary<string, int> MaxValues = new (string Names, int Values)[]
    {
        ("beta creative draft fast hd hq light loop public raw relax stealth test testp tile turbo upbeta uplight video", Flag),
        ("bs c chaos cw exp h height iw motion niji ow q quality r repeat sameseed stop style sv sw w weird width", OneValue),
        ("cref dref end oref sref", References),
    }.SelectMany(kind => kind.Names.Split(' '), (kind, name) => (name, kind.Values)).ToDictionary(StringComparer.Ordinal);

    public static bool Contains(string name) => MaxValues.ContainsKey(name);

    /// <summary>Whether a name is one of these and what follows leaves no doubt that the parameter is meant.</summary>
    /// <param name="next">The next word; empty at the end.</param>
    public static bool IsPlain(string name, string next) => MaxValues.TryGetValue(name, out var values)
        && (values == Flag ? PromptTokenizer.IsAtEnd(next) : IsValue(next));

    /// <summary>
    /// Whether a word has the form of Midjourney's codes: a profile's has seven letters and digits, a moodboard's is "m" and a long
    /// number, a style's is a number.
    /// </summary>
    public static bool IsCode(string word)
    {
        const int ProfileLength = 7;
        const int MinNumberLength = 7;

        var number = word.AsSpan().TrimStart("mM");
        var isNumber = number.Length >= MinNumberLength && word.Length - number.Length <= 1 && !number.ContainsAnyExceptInRange('0', '9');
        return isNumber || (word.Length == ProfileLength && word.All(char.IsAsciiLetterOrDigit) && word.Any(char.IsAsciiDigit));
    }

    /// <summary>Measures the value of a parameter that does not exist, Midjourney's or not; reads one that names a version.</summary>
    public static ParameterReading Read(Prompt prompt, PromptToken token, IReadOnlyList<string> versions)
    {
        // Midjourney has "--niji 6" and "--draft"; here they may be versions.
        var end = TextScan.LengthOfWord(token.Value, 0);
        foreach (var (written, read) in new[] { ($"{token.Name} {token.Value[..end]}", end), (token.Name, 0) })
        {
            if (versions.FirstOrDefault(version => version.Equals(written, StringComparison.OrdinalIgnoreCase)) is { } version)
            {
                return new(prompt with { Version = version }, read, token.Value, new ExpectedValue.OneOf(versions));
            }
        }

        var length = Contains(token.Name) ? LengthOfValue(token.Name, token.Value)
            : HasNumber(token) ? TextScan.LengthOfWord(token.Value, 0)
            : 0;
        return new(prompt, length, token.Value, new ExpectedValue.OneOf([]));
    }

    /// <summary>Whether the first word of a value has a digit.</summary>
    public static bool HasNumber(PromptToken token) =>
        token.Value.AsSpan(0, TextScan.LengthOfWord(token.Value, 0)).ContainsAnyInRange('0', '9');

    /// <summary>Characters of a text that are the value of a parameter.</summary>
    /// <param name="name">One of these parameters.</param>
    private static int LengthOfValue(string name, string text)
    {
        var (length, values) = (0, MaxValues[name]);
        for (var read = 0; read < values && length < text.Length; read++)
        {
            var start = length + TextScan.LengthOfSpace(text, length);
            var word = text.Substring(start, TextScan.LengthOfWord(text, start));
            if (!IsValue(word) && (read > 0 || word.Length < text.Length))
            {
                break;
            }

            length = start + word.Length;
        }

        return length;
    }

    private static bool IsValue(string word) => word.Length > 0
        && (char.IsAsciiDigit(word[0]) || word[0] == '.' || IsCode(word) || word.Contains("://", StringComparison.Ordinal) || Words.Contains(word, StringComparer.OrdinalIgnoreCase));
}
