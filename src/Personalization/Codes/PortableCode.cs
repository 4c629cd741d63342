using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Personalization.Codes;

/// <summary>
/// A taste as text, readable by any installation without its database: <see cref="Prefix"/>, then symbols of
/// <see cref="Alphabet"/>, the last four of which check the others. Letters and digits only, so that it survives chat, copying
/// and addresses that keep upper and lower case apart; at most <see cref="MaxLength"/> characters.
/// </summary>
/// <remarks>
/// The symbols s_0 .. s_n-1 are a codeword over the integers modulo 59: the sums of s_i 2^(ji) vanish for j = 1 .. 4. One wrong
/// symbol changes each sum by a product of two numbers that are not 0 modulo the prime 59, and two different symbols swapped
/// with their neighbours' places by (s_i - s_k)(2^ji - 2^jk), which is not 0 either: both are always caught. Up to 58 symbols
/// it is a Reed and Solomon code (1960) of distance 5, which catches any four wrong ones; of longer ones with several wrong,
/// one in 59^4 = 12 million passes.
/// </remarks>
public sealed class PortableCode : IEquatable<PortableCode>
{
    /// <summary>What every portable code of this format begins with. Another number is another format.</summary>
    public const string Prefix = "taste1";

    /// <summary>Digits and letters, upper and lower case apart, without I, O and l: 59, a prime.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The length of a code of <see cref="MaxAxes"/> axes.</summary>
    public const int MaxLength = 120;

    /// <summary>The maximum number of axes of a portable taste.</summary>
    public const int MaxAxes = 16;

    // Letters and digits in a row that no word has. A code of twelve axes has 80; split by one wrong character, a half has this many.
    private const int MinCodeRun = 40;

    private const int Checks = 4;
    private const int Root = 2;

    // Weights in steps of 1/128, from -16 to 16. After a thousand votes the standard deviation of a weight is about 0.1, a dozen steps.
    private const int WeightBits = 12;
    private const double WeightStep = 1.0 / 128;

    // Standard deviations in 256 equal ratios of 2.4% from 0.01 to 4, too fine to notice.
    private const int DeviationBits = 8;
    private const double MinDeviation = 0.01;
    private const double MaxDeviation = 4;

    private const int SpaceBits = 8;
    private const int AxesBits = 4;
    private const int CountBits = 12;

    private readonly string _text;

    private PortableCode(string text, TasteSnapshot snapshot)
    {
        _text = text;
        Snapshot = snapshot;
    }

    /// <summary>The taste, rounded to the steps of the format; its owner is the default.</summary>
    public TasteSnapshot Snapshot { get; }

    /// <summary>Writes a taste. Numbers outside the format's range are clamped to it; votes and likes are added up and clamped to 4,095.</summary>
    /// <exception cref="ArgumentException">The taste has no axis, or more than <see cref="MaxAxes"/>.</exception>
    public static PortableCode From(TasteSnapshot snapshot)
    {
        var axes = snapshot.Mean.Count;
        if (axes is < 1 or > MaxAxes)
        {
            throw new ArgumentException($"A portable code has 1 to {MaxAxes} axes, not {axes}.", nameof(snapshot));
        }

        var bits = new BitWriter();
        bits.Write(snapshot.SpaceVersion, SpaceBits);
        bits.Write(axes - 1, AxesBits);
        bits.Write(snapshot.Votes + snapshot.Likes, CountBits);
        for (var axis = 0; axis < axes; axis++)
        {
            bits.Write(Quantized(snapshot.Deviation[axis]), WeightBits);
            bits.Write(Quantized(snapshot.Mean[axis] - snapshot.Deviation[axis]), WeightBits);
            bits.Write(QuantizedDeviation(snapshot.Variance[axis]), DeviationBits);
        }

        var symbols = Symbols(bits.Number, Length(axes));
        var text = new StringBuilder(Prefix);
        foreach (var symbol in symbols)
        {
            text.Append(Alphabet[symbol]);
        }

        return TryParse(text.ToString(), out var code) ? code : throw new InvalidOperationException("A portable code could not be read back after writing.");
    }

    /// <summary>
    /// Reads a portable code, ignoring blanks, line breaks and invisible characters. False for anything else, including a code
    /// with wrong or missing characters.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PortableCode? code)
    {
        code = null;
        var bare = string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));
        if (!bare.StartsWith(Prefix, StringComparison.Ordinal) || bare.Length > MaxLength)
        {
            return false;
        }

        var symbols = bare[Prefix.Length..].Select(character => Alphabet.IndexOf(character, StringComparison.Ordinal)).ToArray();
        if (symbols.Length <= Checks || symbols.Contains(-1) || !IsWhole(symbols))
        {
            return false;
        }

        var number = symbols[..^Checks].Aggregate(BigInteger.Zero, (sum, symbol) => (sum * Alphabet.Length) + symbol);
        if (Read(number, symbols.Length) is not { } snapshot)
        {
            return false;
        }

        code = new(bare, snapshot);
        return true;
    }

    /// <summary>
    /// Whether a text looks like a portable code of any format, valid or not: it begins like one, or has a run of letters and
    /// digits longer than words. A single wrong character leaves one of the two true.
    /// </summary>
    public static bool IsMeant(string text) =>
        (text.TrimStart().StartsWith("taste", StringComparison.OrdinalIgnoreCase)
            && text.Count(char.IsAsciiLetterOrDigit) > Prefix.Length + Checks && text.Any(char.IsAsciiDigit))
        || LongestRun(text) >= MinCodeRun;

    public override string ToString() => _text;

    public bool Equals(PortableCode? other) => other is not null && other._text == _text;

    public override bool Equals(object? obj) => Equals(obj as PortableCode);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = char.IsAsciiLetterOrDigit(character) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static TasteSnapshot? Read(BigInteger number, int length)
    {
        // The first bits hold the number of axes; a number with more bits or another length was not written by this format.
        for (var axes = 1; axes <= MaxAxes; axes++)
        {
            if (Length(axes) + Checks != length || number >> BitCount(axes) != 0)
            {
                continue;
            }

            var bits = new BitReader(number, BitCount(axes));
            var spaceVersion = bits.Read(SpaceBits);
            if (bits.Read(AxesBits) != axes - 1)
            {
                continue;
            }

            var count = bits.Read(CountBits);
            var (house, deviation, variance) = (new float[axes], new float[axes], new float[axes]);
            for (var axis = 0; axis < axes; axis++)
            {
                deviation[axis] = Weight(bits.Read(WeightBits));
                house[axis] = Weight(bits.Read(WeightBits));
                variance[axis] = Variance(bits.Read(DeviationBits));
            }

            return new(default, 1, spaceVersion, 0, [.. house.Zip(deviation, (mean, differs) => mean + differs)], deviation, variance, count, 0);
        }

        return null;
    }

    private static int BitCount(int axes) => SpaceBits + AxesBits + CountBits + (axes * ((2 * WeightBits) + DeviationBits));

    /// <summary>Symbols that hold the bits of this many axes, without checks.</summary>
    private static int Length(int axes) => (int)Math.Ceiling(BitCount(axes) / Math.Log2(Alphabet.Length));

    private static int Quantized(double weight) => (int)Math.Clamp(Math.Round(weight / WeightStep) + (1 << (WeightBits - 1)), 0, (1 << WeightBits) - 1);

    private static float Weight(int quantized) => (float)((quantized - (1 << (WeightBits - 1))) * WeightStep);

    private static int QuantizedDeviation(double variance)
    {
        var share = Math.Log(Math.Sqrt(variance) / MinDeviation) / Math.Log(MaxDeviation / MinDeviation);
        return (int)Math.Round(Math.Clamp(share, 0, 1) * ((1 << DeviationBits) - 1));
    }

    private static float Variance(int quantized)
    {
        var deviation = MinDeviation * Math.Pow(MaxDeviation / MinDeviation, quantized / (double)((1 << DeviationBits) - 1));
        return (float)(deviation * deviation);
    }

    /// <summary>A number in base 59, and the four symbols that make it a codeword.</summary>
    private static int[] Symbols(BigInteger number, int length)
    {
        var symbols = new int[length + Checks];
        for (var i = length - 1; i >= 0; i--)
        {
            symbols[i] = (int)(number % Alphabet.Length);
            number /= Alphabet.Length;
        }

        // The sums are linear in the checks: four equations with four unknowns, solved by elimination modulo 59.
        var rows = new int[Checks][];
        for (var j = 1; j <= Checks; j++)
        {
            rows[j - 1] = [.. Enumerable.Range(length, Checks).Select(i => Power(j, i)), Modulo(-Sum(symbols, j))];
        }

        Solve(rows).CopyTo(symbols, length);
        return symbols;
    }

    private static bool IsWhole(int[] symbols) => Enumerable.Range(1, Checks).All(j => Sum(symbols, j) == 0);

    private static int Sum(int[] symbols, int j)
    {
        var sum = 0;
        for (var i = 0; i < symbols.Length; i++)
        {
            sum = Modulo(sum + (symbols[i] * Power(j, i)));
        }

        return sum;
    }

    private static int Power(int j, int i) => (int)BigInteger.ModPow(Root, (long)j * i, Alphabet.Length);

    private static int Modulo(int number) => ((number % Alphabet.Length) + Alphabet.Length) % Alphabet.Length;

    private static int[] Solve(int[][] rows)
    {
        for (var column = 0; column < Checks; column++)
        {
            var pivot = Array.FindIndex(rows, column, row => row[column] != 0);
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            var inverse = (int)BigInteger.ModPow(rows[column][column], Alphabet.Length - 2, Alphabet.Length);
            rows[column] = [.. rows[column].Select(entry => Modulo(entry * inverse))];
            for (var row = 0; row < Checks; row++)
            {
                if (row != column)
                {
                    var factor = rows[row][column];
                    rows[row] = [.. rows[row].Zip(rows[column], (entry, pivoted) => Modulo(entry - (factor * pivoted)))];
                }
            }
        }

        return [.. rows.Select(row => row[Checks])];
    }

    private sealed class BitWriter
    {
        public BigInteger Number { get; private set; }

        public void Write(int value, int bits) => Number = (Number << bits) | Math.Clamp(value, 0, (1 << bits) - 1);
    }

    private sealed class BitReader(BigInteger number, int length)
    {
        private int _left = length;

        public int Read(int bits)
        {
            _left -= bits;
            return (int)((number >> _left) & ((1 << bits) - 1));
        }
    }
}
