namespace Personalization.Prompts;

/// <summary>The ends of quotes. The last closing mark of each kind is found once, so that many unmatched quotes stay linear.</summary>
internal readonly struct QuoteEnds(string text)
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

    /// <summary>Whether each character of a text is in a quote, its marks included.</summary>
    public static bool[] Quoted(string text)
    {
        var quoted = new bool[text.Length];
        var ends = new QuoteEnds(text);
        for (var i = 0; i < text.Length;)
        {
            var end = ends.After(i) ?? i;
            quoted.AsSpan(i..end).Fill(true);
            i = Math.Max(i + 1, end);
        }

        return quoted;
    }
}
