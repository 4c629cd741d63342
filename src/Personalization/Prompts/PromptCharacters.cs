using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Personalization.Prompts;

/// <summary>The characters of a prompt as keyboards, phones and copying produce them: dashes, spaces, and what is invisible.</summary>
internal static partial class PromptCharacters
{
    // Combining Enclosing Keycap, which makes an emoji of a digit.
    private const int Keycap = 0x20E3;
    private const int BlackFlag = 0x1F3F4;

    /// <summary>
    /// Replaces line breaks, tabs and characters that only look like spaces with spaces, and leaves out what is invisible, so that
    /// a prompt is read as it is seen. Kept are joiners between characters of scripts and emoji that need them, and selectors and tags
    /// of emoji. Marks of a long vowel become hyphens where a Japanese keyboard makes them of hyphens. Other control characters,
    /// halves of surrogate pairs, and the marks that make text appear in another order than it is written are removed and reported.
    /// </summary>
    /// <param name="refused">The first character that is reported; null if there is none.</param>
    public static string Clean(string text, out Rune? refused)
    {
        refused = null;
        var clean = new StringBuilder(text.Length);
        var previous = default(Rune);
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            i += isWhole ? rune.Utf16SequenceLength : 1;
            Rune.TryGetRuneAt(text, Math.Min(i, text.Length - 1), out var next);
            if (IsLineFeedOfPair(text, i - 1) || (isWhole && IsInvisible(rune) && !IsNeeded(rune, previous, i < text.Length ? next : default)))
            {
                continue;
            }

            if (!isWhole || (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) || IsReordering(rune))
            {
                refused ??= isWhole ? rune : Rune.ReplacementChar;
                continue;
            }

            previous = LooksLikeSpace(rune) ? new(' ') : rune;
            clean.Append(previous);
        }

        return TypedDashes().Replace(clean.ToString(), match => new string('-', match.Value.EnumerateRunes().Count()));
    }

    /// <summary>The text with full-width characters, as East Asian keyboards type them, replaced by ASCII.</summary>
    public static string Narrow(string text) => string.Concat(text.Select(Narrow));

    public static char Narrow(char character) =>
        character is >= '！' and <= '～' ? (char)(character - '！' + '!') : character;

    public static bool IsDash(char character) => IsHyphen(character) || IsLongDash(character);

    /// <summary>Every dash of Unicode that is not long, with the hyphen bullet, the modifier minus and the raised and lowered minus.</summary>
    public static bool IsHyphen(char character) =>
        character is '-' or '\u2043' or '\u02D7' or '\u207B' or '\u208B'
        || (character > 0x7F && char.GetUnicodeCategory(character) == UnicodeCategory.DashPunctuation && !IsLongDash(character));

    // Figure, en and em dash, horizontal bar, minus sign, small and vertical dashes, two- and three-em dash, double hyphen, heavy minus, box lines.
    private static bool IsLongDash(char character) =>
        character is (>= '\u2012' and <= '\u2015') or '\u2212' or '\uFE31' or '\uFE32' or '\uFE58' or '\u2E3A' or '\u2E3B' or '\u2E40' or '\u2796' or '\u2500' or '\u2501';

    // CR LF is one space.
    private static bool IsLineFeedOfPair(string text, int index) => text[index] == '\n' && index > 0 && text[index - 1] == '\r';

    // Embeddings, overrides and isolates.
    private static bool IsReordering(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    // Breaks, and the fillers and the empty pattern that people type as spaces. Other spaces stay as they are: all count as a space.
    private static bool LooksLikeSpace(Rune rune) =>
        (Rune.IsWhiteSpace(rune) && (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029))
        || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    // Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, without those that look like spaces or reorder text;
    // with the marks of annotations and of embedded objects.
    private static bool IsInvisible(Rune rune) => !IsReordering(rune) && rune.Value is
        0xAD or 0x34F or 0x61C or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x206F)
        or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xFFF0 and <= 0xFFFC) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A)
        or (>= 0xE0000 and <= 0xE0FFF);

    private static bool IsNeeded(Rune rune, Rune previous, Rune next) => rune.Value switch
    {
        // Zero-width space, non-joiner and joiner; the Mongolian vowel separator.
        (>= 0x200B and <= 0x200D) or 0x180E => IsOfScript(previous) && IsOfScript(next),

        // The selectors of text and emoji style, of Mongolian, of mathematics and of ideographs.
        0xFE0E or 0xFE0F => next.Value == Keycap || (IsOfScript(previous) && !Rune.IsLetter(previous)) || (previous.Value > 0x7F && Rune.IsPunctuation(previous) && !IsDash(previous)),
        (>= 0xFE00 and <= 0xFE0D) or (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xE0100 and <= 0xE01EF) => IsOfScript(previous),

        // The tags of the flags of regions.
        >= 0xE0020 and <= 0xE007F => previous.Value is BlackFlag or (>= 0xE0020 and <= 0xE007F),
        _ => false,
    };

    // Letters, marks and symbols beyond ASCII and its full-width forms, of which parameters are made.
    private static bool IsOfScript(Rune rune) => rune.Value is > 0x7F and not (>= 0xFF01 and <= 0xFF5E) && !IsDash(rune)
        && Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.EnclosingMark or (>= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol);

    private static bool IsDash(Rune rune) => rune.IsBmp && IsDash((char)rune.Value);

    // Where a Japanese keyboard types "--", it makes two marks of a long vowel, which begin no word; and the dashes beyond UTF-16's
    // single units (Garay and Yezidi hyphens).
    [GeneratedRegex(@"(?<!\S)[\u30FC\uFF70]{1,3}(?=\s?[A-Za-z\uFF21-\uFF5A])|\uD803[\uDD6E\uDEAD]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TypedDashes();
}
