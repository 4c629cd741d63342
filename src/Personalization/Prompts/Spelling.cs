using System.Globalization;

namespace Personalization.Prompts;

/// <summary>Finds what a misspelt word or number was meant to be.</summary>
public static class Spelling
{
    /// <summary>The known word that is fewest slips away; null where two are, or where that is more than one slip in three letters.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length < 2)
        {
            return null;
        }

        var most = Math.Max(1, word.Length / 3);
        var ranked = known
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (Candidate: candidate, Slips: Slips(word, candidate)))
            .OrderBy(pair => pair.Slips)
            .Take(2)
            .ToList();
        var isNear = ranked.Count > 0 && ranked[0].Slips <= most;
        return isNear && (ranked.Count == 1 || ranked[0].Slips < ranked[1].Slips) ? ranked[0].Candidate : null;
    }

    /// <summary>
    /// Letters inserted, left out, mistaken, or swapped with a neighbour: Damerau and Levenshtein's distance, restricted to
    /// touching each letter once.
    /// </summary>
    public static int Slips(string from, string to)
    {
        var (twoAbove, above, row) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var mistaken = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(mistaken, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }
            }

            (twoAbove, above, row) = (above, row, twoAbove);
        }

        return above[to.Length];
    }

    /// <summary>The number a word begins with: its sign may be any dash, thousands and fractions may have commas ("1,000", "0,5").</summary>
    public static bool TryReadNumber(string word, out decimal number)
    {
        number = 0;
        var isNegative = word.Length > 0 && PromptTokenizer.IsDash(word[0]);
        var start = isNegative || word.StartsWith('+') ? 1 : 0;
        var end = start;
        while (end < word.Length && (char.IsAsciiDigit(word[end]) || word[end] is '.' or ','))
        {
            end++;
        }

        var digits = word[start..end].TrimEnd('.', ',');
        var comma = digits.LastIndexOf(',');
        var hasThousands = digits.Length - comma == 4;
        digits = digits.Replace(",", hasThousands ? "" : ".", StringComparison.Ordinal);
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
        {
            if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
            {
                return false;
            }

            number = decimal.MaxValue;
        }

        number = isNegative ? -number : number;
        return true;
    }

    /// <summary>
    /// The ratio a text begins with, whatever stands between its sides ("16x9", "16 / 9", "1.91:1"; "2" is 2:1), brought within
    /// what an aspect ratio may be.
    /// </summary>
    /// <param name="end">Where it ends in the text.</param>
    public static bool TryReadRatio(string text, out AspectRatio ratio, out int end)
    {
        ratio = default;
        end = EndOfSide(text, 0);
        if (!TryReadSide(text[..end], out var width))
        {
            return false;
        }

        var height = 1m;
        var second = end;
        while (second < text.Length && (char.IsWhiteSpace(text[second]) || text[second] is ':' or ';' or '/' or 'x' or 'X' or '×' or '*' or '∶'))
        {
            second++;
        }

        var secondEnd = EndOfSide(text, second);
        if (second > end && TryReadSide(text[second..secondEnd], out var written))
        {
            (height, end) = (written, secondEnd);
        }

        return TryReduce(width, height, out ratio);
    }

    private static int EndOfSide(string text, int start)
    {
        while (start < text.Length && (char.IsAsciiDigit(text[start]) || text[start] == '.'))
        {
            start++;
        }

        return start;
    }

    // Three decimals are as many as anybody gives a ratio (2.39:1); more than a million to one is out of range anyway.
    private static bool TryReadSide(string text, out decimal side)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out side);
        side = Math.Round(Math.Min(side, 1_000_000), 3);
        return isNumber && side > 0;
    }

    private static bool TryReduce(decimal width, decimal height, out AspectRatio ratio)
    {
        if (width >= height * AspectRatio.MaximumRatio)
        {
            return AspectRatio.TryCreate(AspectRatio.MaximumRatio, 1, out ratio);
        }

        return height >= width * AspectRatio.MaximumRatio
            ? AspectRatio.TryCreate(1, AspectRatio.MaximumRatio, out ratio)
            : AspectRatio.TryCreate((int)(width * 1000), (int)(height * 1000), out ratio);
    }
}
