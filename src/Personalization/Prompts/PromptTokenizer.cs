using Personalization.Codes;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>
/// Separates parameters from text. A parameter begins a word with two dashes of any kind and a letter, or with one dash and the
/// name of a parameter and a value that it may have; phones and text editors replace two hyphens with one long dash. Within a word (<c>cat--ar 16:9</c>), or
/// with a space after the dashes, a name counts only where its value leaves no doubt, or after two dashes. Everything else is
/// text: a hyphen or a dash in prose, addresses, and everything between double quotes. Apostrophes are not quotes, and an
/// unmatched quote has no effect.
/// </summary>
/// <remarks>After the first parameter no text is expected: there, a long dash before any word begins a parameter, too.</remarks>
internal static class PromptTokenizer
{
    public const string DoubleQuotes = "\"“”„‟«»";

    // A parameter may follow these without a space: they end a word or separate exclusions.
    private const string WordEnds = DoubleQuotes + ",，、;.!?)]}";

    // Misspelt names behind one long dash count only from this length: "seen" is not --seed.
    private const int MinMisspeltLength = 5;

    private static readonly string[] UsualExclusions =
        ["text", "words", "letters", "people", "person", "humans", "watermark", "watermarks", "logo", "logos", "signature", "border", "borders", "frame", "background", "shadow", "shadows"];

    // Spaces and hyphens between the first dash and a name, and letters of a name, that are looked at where text is likely: bounded for speed.
    private const int MaxGap = 4;
    private const int MaxNameLength = 16;

    public static (string Text, List<PromptToken> Tokens) Split(string text, IReadOnlyList<string> versions)
    {
        var markers = FindMarkers(text, versions);
        if (markers.Count == 0)
        {
            return (text.Trim(), []);
        }

        var tokens = new List<PromptToken>(markers.Count);
        for (var i = 0; i < markers.Count; i++)
        {
            tokens.Add(Token(text, markers[i], i + 1 < markers.Count ? markers[i + 1].Start : text.Length));
        }

        return (text[..markers[0].Start].Trim(), tokens);
    }

    private static PromptToken Token(string text, Marker marker, int end)
    {
        var value = text[marker.End..end];
        var isGlued = value.Length > 0 && !char.IsWhiteSpace(value[0]);
        value = (isGlued && IsAssignment(value[0]) ? value[1..] : value).Trim();
        var rest = "";
        if (marker.Meant == ExclusionsParameter.FirstName && marker.Name != marker.Meant && NameParts(marker.Name)[0] == marker.Meant)
        {
            // "--no-red-cars" names what to exclude; only a comma continues the list.
            var excluded = string.Join(' ', NameParts(text[(marker.End - marker.Name.Length)..marker.End])[1..]);
            (value, rest) = value.Length == 0 || ExclusionsParameter.Commas.Contains(value[0]) ? (excluded + value, "") : (excluded, value);
        }

        return new(text[marker.Start..marker.End], marker.Name, marker.Meant, value, rest, isGlued, marker.HasOneHyphen, marker.IsUnclear);
    }

    /// <summary>The words of a name, which hyphens or underscores separate; none in a usual exclusion such as "notext".</summary>
    public static string[] NameParts(string name)
    {
        var parts = string.Concat(name.Select(character => char.IsLetter(character) ? character : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isExclusion = parts is [{ Length: > 2 }] && UsualExclusions.Contains(parts[0][2..].ToLowerInvariant()) && parts[0].StartsWith(ExclusionsParameter.FirstName, StringComparison.OrdinalIgnoreCase);
        return isExclusion ? [parts[0][..2], parts[0][2..]] : parts;
    }

    private static List<Marker> FindMarkers(string text, IReadOnlyList<string> versions)
    {
        var markers = new List<Marker>();
        var closed = new QuoteEnds(text);
        for (var i = 0; i < text.Length;)
        {
            var hasQuotedText = markers.Count == 0 || PromptParameters.Find(markers[^1].Name) is not { HasQuotedText: false };
            if (hasQuotedText && closed.After(i) is { } end)
            {
                i = end;
            }
            else if (BeginsWord(text, i) && ForeignSyntax.LengthOfAddress(text, i) is var length and > 0)
            {
                i += length;
            }
            else if (!PromptCharacters.IsDash(text[i]))
            {
                i++;
            }
            else if (ReadMarker(text, i, isAmongParameters: markers.Count > 0, versions) is { } marker)
            {
                markers.Add(marker);
                i = marker.End;
            }
            else
            {
                i = EndOfRun(text, i, PromptCharacters.IsDash);
            }
        }

        return markers;
    }

    private static bool BeginsWord(string text, int index) => index == 0 || char.IsWhiteSpace(text[index - 1]);

    private static Marker? ReadMarker(string text, int start, bool isAmongParameters, IReadOnlyList<string> versions)
    {
        var nameStart = EndOfRun(text, start, PromptCharacters.IsDash);
        var hasOneHyphen = nameStart - start == 1 && PromptCharacters.IsHyphen(text[start]);
        var beginsWord = BeginsWord(text, start);
        var followsComma = start > 0 && ExclusionsParameter.Commas.Contains(text[start - 1]);
        if (!beginsWord && !WordEnds.Contains(text[start - 1]))
        {
            return ReadWithinWord(text, start, nameStart);
        }

        var end = EndOfName(text, nameStart);
        if (end == nameStart)
        {
            return beginsWord ? ReadAfterGap(text, start, nameStart) ?? ReadRatio(text, start, nameStart) : null;
        }

        var name = PromptCharacters.Narrow(text[nameStart..end]).ToLowerInvariant();
        var meant = PromptParameters.NearestName(name);
        var next = NextWord(text, end);
        var isKnown = meant == name && (!hasOneHyphen || PromptParameters.Find(name)?.IsLikely(next, versions) == true);
        var isForeign = ForeignParameters.IsPlain(name, next);
        var counts = isAmongParameters
            // The dash may be a wrong first character of a portable code.
            ? isKnown || (hasOneHyphen ? isForeign : !PortableCode.IsMeant(text[nameStart..EndOfRun(text, nameStart, char.IsAsciiLetterOrDigit)]))
            : nameStart - start > 1
                ? beginsWord || isKnown
                : (beginsWord || (hasOneHyphen && followsComma)) && IsValueNext(text, end) && (isKnown || isForeign || (!hasOneHyphen && IsMisspelt(name, meant, text, end)));
        return counts ? new(start, end, name, meant, hasOneHyphen, IsUnclear: false) : null;
    }

    private static bool IsMisspelt(string name, string? meant, string text, int end) =>
        (name.Length >= MinMisspeltLength && meant is { Length: >= MinMisspeltLength })
        || (meant == ExclusionsParameter.FirstName && NameParts(name) is [ExclusionsParameter.FirstName, not "one"] && IsAtEnd(NextWord(text, end)));

    /// <summary>Reads a parameter without a space before it.</summary>
    private static Marker? ReadWithinWord(string text, int start, int nameStart)
    {
        var (end, name) = ReadShortName(text, nameStart);
        if (!IsValueNext(text, end))
        {
            return null;
        }

        var next = NextWord(text, end);
        var parameter = PromptParameters.Find(name);
        var isPlain = parameter?.IsPlain(next) ?? ForeignParameters.IsPlain(name, next);
        var counts = (nameStart - start, PromptCharacters.IsHyphen(text[start])) switch
        {
            (1, true) => parameter is AspectRatioParameter && isPlain && next.Contains(':', StringComparison.Ordinal),
            (1, false) => isPlain && (end == text.Length || char.IsWhiteSpace(text[end])),
            _ => isPlain || parameter is not null,
        };
        return counts ? new(start, end, name, parameter is null ? null : name, PromptCharacters.IsHyphen(text[start]) && nameStart - start == 1, IsUnclear: !isPlain) : null;
    }

    /// <summary>Reads a parameter whose name stands apart from its dashes.</summary>
    private static Marker? ReadAfterGap(string text, int start, int gap)
    {
        var nameStart = gap;
        while (nameStart < text.Length && nameStart - gap < MaxGap
            && (char.IsWhiteSpace(text[nameStart]) || (PromptCharacters.IsHyphen(text[nameStart]) && char.IsWhiteSpace(text[nameStart - 1]))))
        {
            nameStart++;
        }

        var (end, name) = ReadShortName(text, nameStart);
        return PromptParameters.Find(name) is { } parameter && IsValueNext(text, end) && parameter.IsPlain(NextWord(text, end))
            ? new(start, end, name, name, HasOneHyphen: false, IsUnclear: true)
            : null;
    }

    /// <summary>Reads <c>--16:9</c>, which lacks its name.</summary>
    private static Marker? ReadRatio(string text, int start, int end)
    {
        var aspect = PromptParameters.All.OfType<AspectRatioParameter>().First();
        var next = NextWord(text, end);
        var counts = end - start > 1 && end < text.Length && !char.IsWhiteSpace(text[end]) && aspect.IsPlain(next) && next.Contains(':', StringComparison.Ordinal);
        return counts ? new(start, end, "", aspect.Names[0], HasOneHyphen: false, IsUnclear: false) : null;
    }

    private static (int End, string Name) ReadShortName(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < MaxNameLength && char.IsLetter(text[end]))
        {
            end++;
        }

        return (end, PromptCharacters.Narrow(text[start..end]).ToLowerInvariant());
    }

    /// <summary>The beginning of the next word, without an equals sign or a colon in front; empty at the end.</summary>
    private static string NextWord(string text, int start)
    {
        start = EndOfRun(text, start < text.Length && IsAssignment(text[start]) ? start + 1 : start, char.IsWhiteSpace);
        var length = 0;
        while (start + length < text.Length && length < PortableCode.MaxLength && !char.IsWhiteSpace(text[start + length]))
        {
            length++;
        }

        return PromptCharacters.Narrow(text.Substring(start, length));
    }

    /// <summary>Whether a word is none, or begins another parameter.</summary>
    public static bool IsAtEnd(string word) => word.Length == 0 || PromptCharacters.IsDash(word[0]);

    /// <summary>Letters, and hyphens or underscores between letters.</summary>
    private static int EndOfName(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetter(text[end])
            || (end > start && (PromptCharacters.IsHyphen(text[end]) || text[end] == '_') && char.IsLetter(text[end - 1]) && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private static bool IsValueNext(string text, int end) =>
        end == text.Length || char.IsWhiteSpace(text[end]) || char.IsDigit(text[end]) || IsAssignment(text[end]);

    private static bool IsAssignment(char character) => PromptCharacters.Narrow(character) is '=' or ':';

    private static int EndOfRun(string text, int start, Func<char, bool> belongs)
    {
        while (start < text.Length && belongs(text[start]))
        {
            start++;
        }

        return start;
    }

    private readonly record struct Marker(int Start, int End, string Name, string? Meant, bool HasOneHyphen, bool IsUnclear);
}
