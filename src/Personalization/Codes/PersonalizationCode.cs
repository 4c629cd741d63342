using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Personalization.Codes;

/// <summary>
/// The short name of a taste: eight characters, the last of which checks the other seven. It catches any one wrong
/// character and any swap of neighbours (ISO/IEC 7064's pure systems with the prime modulus 31 and the radix 3, a
/// primitive root of it).
/// </summary>
public readonly record struct PersonalizationCode
{
    /// <summary>Digits and letters that are not taken for one another: no 0, 1, i, l or o. 31 of them, a prime.</summary>
    public const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>Characters in a code.</summary>
    public const int Length = 8;

    private const int Radix = 3;

    // These are in no code, short or portable.
    private static readonly char[] Around = [.. " \r\n`*_~|<>()[]\"'“”‘’,;.\u200b\u200e\u200f\u2060\ufeff"];

    private readonly string? _text;

    private PersonalizationCode(string text) => _text = text;

    /// <summary>The code for a number: its seven lowest base-31 digits and their check character.</summary>
    /// <param name="number">Any number; numbers equal modulo 31^7 (27.5 thousand million) have the same code.</param>
    public static PersonalizationCode FromNumber(ulong number)
    {
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 2; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(number % (ulong)Alphabet.Length)];
            number /= (ulong)Alphabet.Length;
        }

        foreach (var check in Alphabet)
        {
            text[^1] = check;
            if (Checks(text))
            {
                break;
            }
        }

        return new(new string(text));
    }

    /// <summary>Reads a code in either case. False for another length, a character outside the alphabet or a wrong check character.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PersonalizationCode code)
    {
        // Only ASCII: the Kelvin sign, too, has a lower case k.
        var isAscii = text is { Length: Length } && Ascii.IsValid(text);
        var lower = isAscii ? text!.ToLowerInvariant() : "";
        var valid = isAscii && Checks(lower);
        code = valid ? new(lower) : default;
        return valid;
    }

    /// <summary>A code, short or portable, without the punctuation and markup that chats and sentences put around it.</summary>
    public static string Unwrap(string text) => text.Trim(Around);

    public override string ToString() => _text ?? FromNumber(0).ToString();

    public bool Equals(PersonalizationCode other) => ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool Checks(ReadOnlySpan<char> text)
    {
        var sum = 0;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            sum = ((sum * Radix) + digit) % Alphabet.Length;
        }

        return sum == 1;
    }
}
