using Personalization.Codes;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>
/// Separates parameters from text. A parameter begins a word with two dashes of any kind and a letter, or with one long dash
/// (phones and text editors replace two hyphens with one) and the name of a parameter. Everything else is text: one hyphen, a
/// dash followed by a space, a dash within a word, and everything between double quotes. Apostrophes are not quotes, and an
/// unmatched quote has no effect.
/// </summary>
/// <remarks>
/// After the first parameter no text is expected: there, a long dash before any word and one hyphen before the name of a
/// parameter begin a parameter, too.
/// </remarks>
internal static class PromptTokenizer
{
    public const string DoubleQuotes = "\"“”„‟«»";

    // A parameter may follow these without a space: they end a word or separate exclusions.
    private const string WordEnds = DoubleQuotes + ",，、;.!?)]}";

    // Misspelt names behind one long dash count only from this length: "seen" is not --seed.
    private const int MinMisspeltLength = 5;

    public static (string Text, List<PromptToken> Tokens) Split(string text)
    {
        var markers = FindMarkers(text);
        if (markers.Count == 0)
        {
            return (text.Trim(), []);
        }

        var tokens = new List<PromptToken>(markers.Count);
        for (var i = 0; i < markers.Count; i++)
        {
            var marker = markers[i];
            var value = text[marker.End..(i + 1 < markers.Count ? markers[i + 1].Start : text.Length)];
            var isGlued = value.Length > 0 && !char.IsWhiteSpace(value[0]);
            tokens.Add(new(
                text[marker.Start..marker.End],
                marker.Name,
                marker.Meant,
                (isGlued && IsAssignment(value[0]) ? value[1..] : value).Trim(),
                isGlued,
                marker.HasOneHyphen));
        }

        return (text[..markers[0].Start].Trim(), tokens);
    }

    /// <summary>The text with full-width characters, as East Asian keyboards type them, replaced by ASCII.</summary>
    public static string Narrow(string text) => string.Concat(text.Select(Narrow));

    public static bool IsDash(char character) => IsHyphen(character) || IsLongDash(character);

    private static char Narrow(char character) =>
        character is >= '！' and <= '～' ? (char)(character - '！' + '!') : character;

    private static List<Marker> FindMarkers(string text)
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
            else if (!IsDash(text[i]))
            {
                i++;
            }
            else if (TryReadMarker(text, i, isAmongParameters: markers.Count > 0, out var marker))
            {
                markers.Add(marker);
                i = marker.End;
            }
            else
            {
                i = EndOfRun(text, i, IsDash);
            }
        }

        return markers;
    }

    private static bool TryReadMarker(string text, int start, bool isAmongParameters, out Marker marker)
    {
        marker = default;
        var beginsWord = start == 0 || char.IsWhiteSpace(text[start - 1]);
        if (!beginsWord && !WordEnds.Contains(text[start - 1]))
        {
            return false;
        }

        var nameStart = EndOfRun(text, start, IsDash);
        var end = EndOfName(text, nameStart);
        var name = Narrow(text[nameStart..end]).ToLowerInvariant();
        var hasOneHyphen = nameStart - start == 1 && IsHyphen(text[start]);
        if (name.Length == 0)
        {
            return false;
        }

        var meant = PromptParameters.NearestName(name);
        var isKnown = meant == name;
        marker = new(start, end, name, meant, hasOneHyphen);
        if (isAmongParameters)
        {
            // The dash may be a wrong first character of a portable code.
            return isKnown || (!hasOneHyphen && !PortableCode.IsMeant(text[nameStart..EndOfRun(text, nameStart, char.IsAsciiLetterOrDigit)]));
        }

        if (nameStart - start > 1)
        {
            return beginsWord || isKnown;
        }

        return beginsWord && !hasOneHyphen && IsValueNext(text, end)
            && (isKnown || (name.Length >= MinMisspeltLength && meant is { Length: >= MinMisspeltLength }));
    }

    /// <summary>Letters, and hyphens between letters.</summary>
    private static int EndOfName(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetter(text[end])
            || (end > start && IsHyphen(text[end]) && char.IsLetter(text[end - 1]) && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private static bool IsValueNext(string text, int end) =>
        end == text.Length || char.IsWhiteSpace(text[end]) || char.IsDigit(text[end]) || IsAssignment(text[end]);

    private static bool IsAssignment(char character) => Narrow(character) is '=' or ':';

    // Hyphen-minus, hyphen, non-breaking hyphen, small and fullwidth hyphen-minus.
    private static bool IsHyphen(char character) => character is '-' or '\u2010' or '\u2011' or '\uFE63' or '\uFF0D';

    // Figure, en and em dash, horizontal bar, minus sign, small em dash.
    private static bool IsLongDash(char character) => character is (>= '\u2012' and <= '\u2015') or '\u2212' or '\uFE58';

    private static int EndOfRun(string text, int start, Func<char, bool> belongs)
    {
        while (start < text.Length && belongs(text[start]))
        {
            start++;
        }

        return start;
    }

    private readonly record struct Marker(int Start, int End, string Name, string? Meant, bool HasOneHyphen);

    /// <summary>The ends of quotes. The last closing mark of each kind is found once, so that many unmatched quotes stay linear.</summary>
    private readonly struct QuoteEnds(string text)
    {
        private const string CurlyEnds = "“”";

        private readonly int _lastStraight = text.LastIndexOf('"');
        private readonly int _lastCurly = text.AsSpan().LastIndexOfAny(CurlyEnds);
        private readonly int _lastGuillemet = text.LastIndexOf('»');

        /// <summary>The index after the quote that begins at an index; null if none does. A mark after a letter or digit (12") does not begin a quote.</summary>
        public int? After(int start)
        {
            var (ends, last) = text[start] switch
            {
                '"' => ("\"", _lastStraight),
                '“' or '”' or '„' or '‟' => (CurlyEnds, _lastCurly),
                '«' => ("»", _lastGuillemet),
                _ => ("", -1),
            };
            return last > start && (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
                ? start + 1 + text.AsSpan(start + 1).IndexOfAny(ends) + 1
                : null;
        }
    }
}

/// <summary>A parameter as written.</summary>
/// <param name="Written">Its dashes and name, untouched.</param>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Meant">The name itself if there is such a parameter; the nearest one if it is misspelt; null if none is near.</param>
/// <param name="Value">Everything up to the next parameter, trimmed, without an equals sign or a colon in front.</param>
/// <param name="IsGlued">Whether the value follows the name without a space.</param>
/// <param name="HasOneHyphen">Whether it has one hyphen (<c>-ar</c>), which counts only after another parameter.</param>
internal sealed record PromptToken(string Written, string Name, string? Meant, string Value, bool IsGlued, bool HasOneHyphen);
