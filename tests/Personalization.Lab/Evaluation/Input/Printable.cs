using System.Globalization;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>Text of a file as a terminal may be sent it.</summary>
internal static class Printable
{
    /// <summary>The text, with an escape such as <c>\u001B</c> for each character that would move the cursor, colour what follows or turn it round.</summary>
    public static string Escape(string text) =>
        text.Any(IsHidden) ? string.Concat(text.Select(letter => IsHidden(letter) ? $"\\u{(int)letter:X4}" : letter.ToString())) : text;

    private static bool IsHidden(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
