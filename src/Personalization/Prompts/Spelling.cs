using System.Globalization;

namespace Personalization.Prompts;

/// <summary>Finds the known word, number or ratio that a misspelt one stands for.</summary>
public static class Spelling
{
    /// <summary>What people put around a value that stands without.</summary>
    internal const string Wrapping = "\"'“”„«»‹›‘’‚()[]{}<>`*_";

    /// <summary>The words for a shape, as the ratios that are usual for them.</summary>
    private static readonly Dictionary<string, (int Width, int Height)> Shapes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["square"] = (1, 1),
        ["landscape"] = (16, 9),
        ["horizontal"] = (16, 9),
        ["wide"] = (16, 9),
        ["widescreen"] = (16, 9),
        ["portrait"] = (9, 16),
        ["vertical"] = (9, 16),
        ["tall"] = (9, 16),
    };

    /// <summary>The known word with the smallest edit distance; null if two are equally near, or if the distance exceeds a third of the word's length.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length < 2)
        {
            return null;
        }

        var maximum = Math.Max(1, word.Length / 3);
        var ranked = known
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= maximum)
            .Select(candidate => (Candidate: candidate, Distance: EditDistance(word, candidate)))
            .OrderBy(pair => pair.Distance)
            .Take(2)
            .ToList();
        var isNear = ranked.Count > 0 && ranked[0].Distance <= maximum;
        return isNear && (ranked.Count == 1 || ranked[0].Distance < ranked[1].Distance) ? ranked[0].Candidate : null;
    }

    /// <summary>
    /// The number of letters inserted, omitted, replaced or swapped with a neighbour: the optimal string alignment distance
    /// (Damerau-Levenshtein, editing no substring twice).
    /// </summary>
    public static int EditDistance(string from, string to)
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
                var replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }
            }

            (twoAbove, above, row) = (above, row, twoAbove);
        }

        return above[to.Length];
    }

    /// <summary>The number that a word begins with: the sign may be any dash; commas may separate thousands ("1,000") or the fraction ("0,5").</summary>
    public static bool TryReadNumber(string word, out decimal number)
    {
        number = 0;
        word = word.TrimStart([.. Wrapping]);
        var isNegative = word.Length > 0 && PromptCharacters.IsDash(word[0]);
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

    /// <summary>The ratios in use. A side alone, or both without the colon between them, stand for the first that has them.</summary>
    private static readonly (int Width, int Height)[] UsualRatios = [(16, 9), (9, 16), (21, 9), (9, 21), (3, 2), (2, 3), (4, 3), (3, 4), (5, 4), (4, 5)];

    /// <summary>
    /// The ratio that a text begins with, with any separator ("16x9", "16 / 9", "1.91:1"; "16" and "169" are 16:9, "2" is 2:1), or that is the word for a shape ("portrait"), clamped to the range of an
    /// aspect ratio.
    /// </summary>
    /// <param name="end">Its end in the text.</param>
    public static bool TryReadRatio(string text, out AspectRatio ratio, out int end)
    {
        ratio = default;
        var start = text.Length - text.TrimStart([.. Wrapping]).Length;
        end = EndOfSide(text, start);
        if (!TryReadSide(text[start..end], out var width))
        {
            end = text.Length;
            return Shapes.TryGetValue(text.Trim([.. Wrapping]), out var shape) && AspectRatio.TryCreate(shape.Width, shape.Height, out ratio);
        }

        var height = 1m;
        var second = end;
        while (second < text.Length && (char.IsWhiteSpace(text[second]) || text[second] is ':' or ';' or '/' or 'x' or 'X' or '×' or '*' or '∶' or ',' or '_' or '|' or '\\' || PromptCharacters.IsDash(text[second])))
        {
            second++;
        }

        var secondEnd = EndOfSide(text, second);
        if (second > end && TryReadSide(text[second..secondEnd], out var written))
        {
            (height, end) = (written, secondEnd);
        }
        else if (FindUsual(text[start..end]) is var (usualWidth, usualHeight))
        {
            return AspectRatio.TryCreate(usualWidth, usualHeight, out ratio);
        }

        return TryReduce(width, height, out ratio);
    }

    private static (int Width, int Height)? FindUsual(string digits)
    {
        foreach (var (width, height) in UsualRatios)
        {
            // Ratios of 2 to 3 and 2 to 1 are in use, too.
            if (digits == $"{width}{height}" || digits == $"{width}.{height}" || (width > 2 && digits == $"{width}"))
            {
                return (width, height);
            }
        }

        return null;
    }

    private static int EndOfSide(string text, int start)
    {
        while (start < text.Length && (char.IsAsciiDigit(text[start]) || text[start] == '.'))
        {
            start++;
        }

        return start;
    }

    // Three decimals suffice for ratios in use (2.39:1); more than a million to one is out of range anyway.
    private static bool TryReadSide(string text, out decimal side)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out side);
        side = Math.Round(Math.Min(side, 1_000_000), 3);
        return isNumber && side > 0;
    }

    private static bool TryReduce(decimal width, decimal height, out AspectRatio ratio)
    {
        if (width >= height * AspectRatio.MaxRatio)
        {
            return AspectRatio.TryCreate(AspectRatio.MaxRatio, 1, out ratio);
        }

        return height >= width * AspectRatio.MaxRatio
            ? AspectRatio.TryCreate(1, AspectRatio.MaxRatio, out ratio)
            : AspectRatio.TryCreate((int)(width * 1000), (int)(height * 1000), out ratio);
    }
}
