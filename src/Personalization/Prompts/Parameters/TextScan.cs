using System.Globalization;

namespace Personalization.Prompts.Parameters;

/// <summary>Finds words, spaces and whole numbers in the text of a value.</summary>
internal static class TextScan
{
    public static int LengthOfSpace(string text, int start)
    {
        var length = 0;
        while (start + length < text.Length && char.IsWhiteSpace(text[start + length]))
        {
            length++;
        }

        return length;
    }

    public static int LengthOfWord(string text, int start)
    {
        var length = 0;
        while (start + length < text.Length && !char.IsWhiteSpace(text[start + length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Guesses the length of a value that cannot be read: of an unknown parameter, or an invalid one of a known parameter.</summary>
    /// <returns>The first word's length if it contains a digit or stands alone; otherwise 0, as the words are then text.</returns>
    public static int LengthOfForeignValue(string value)
    {
        var length = LengthOfWord(value, 0);
        return length == value.Length || value.AsSpan(0, length).ContainsAnyInRange('0', '9') ? length : 0;
    }

    /// <summary>The ends of the first <paramref name="count"/> words of a text, the last one first.</summary>
    public static List<int> EndsOfWords(string text, int count)
    {
        var ends = new List<int>();
        for (var end = 0; ends.Count < count && end < text.Length;)
        {
            end += LengthOfSpace(text, end);
            end += LengthOfWord(text, end);
            ends.Insert(0, end);
        }

        return ends;
    }

    public static bool TryReadWhole(string text, long maximum, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= maximum;
}
