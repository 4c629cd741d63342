using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Personalization.Codes;

/// <summary>
/// A taste as text, readable by any installation without its database: <see cref="Prefix"/>, then symbols of
/// <see cref="Alphabet"/>, the last four of which check the others. Letters and digits only, so that it survives chat, copying
/// and addresses that keep upper and lower case apart; at most <see cref="MaximumLength"/> characters.
/// </summary>
/// <remarks>
/// The symbols s_0 .. s_n-1 are a codeword over the integers modulo 59: the sums of s_i 2^(ji) vanish for j = 1 .. 4. One wrong
/// symbol changes each sum by a product of two numbers that are not 0 modulo the prime 59, and two different symbols swapped
/// with their neighbours' places by (s_i - s_k)(2^ji - 2^jk), which is none either: both are always caught. Up to 58 symbols
/// it is a Reed and Solomon code (1960) of distance 5, which catches any four wrong ones; of longer ones with several wrong,
/// one in 59^4 = 12 million passes.
/// </remarks>
public sealed class PortableCode : IEquatable<PortableCode>
{
    /// <summary>What every portable code of this format begins with. Another number is another format.</summary>
    public const string Prefix = "taste1";

    /// <summary>Digits and letters, upper and lower case apart, without I, O and l: 59, a prime.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>Of a taste on as many axes as there may be.</summary>
    public const int MaximumLength = 120;

    /// <summary>The most axes a portable taste has.</summary>
    public const int MaximumAxes = 16;

    // Letters and digits in a row. A code of twelve axes has 80, and one of its halves this many if a character between is wrong.
    private const int LongestWord = 40;

    private const int Checks = 4;
    private const int Root = 2;

    // Weights in steps of 1/128, from -16 to 16. After a thousand votes a weight is known to some 0.1, a dozen steps.
    private const int WeightBits = 12;
    private const double WeightStep = 1.0 / 128;

    // Standard deviations in 256 equal ratios of 2.4% from 0.01 to 4; nobody can tell them apart.
    private const int DeviationBits = 8;
    private const double LeastDeviation = 0.01;
    private const double MostDeviation = 4;

    private const int SpaceBits = 8;
    private const int AxesBits = 4;
    private const int CountBits = 12;

    private readonly string _text;

    private PortableCode(string text, TasteSnapshot snapshot)
    {
        _text = text;
        Snapshot = snapshot;
    }

    /// <summary>The taste, within the steps of the format; its owner is nobody.</summary>
    public TasteSnapshot Snapshot { get; }

    /// <summary>Writes a taste. Numbers beyond the format's range are brought to its ends; so are counts above 4,095, of which votes and likes are one.</summary>
    /// <exception cref="ArgumentException">The taste has no axis, or more than <see cref="MaximumAxes"/>.</exception>
    public static PortableCode Of(TasteSnapshot snapshot)
    {
        var axes = snapshot.Mean.Count;
        if (axes is < 1 or > MaximumAxes)
        {
            throw new ArgumentException($"A portable code has 1 to {MaximumAxes} axes, not {axes}.", nameof(snapshot));
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

        return TryParse(text.ToString(), out var code) ? code : throw new InvalidOperationException("A portable code does not read back what it wrote.");
    }

    /// <summary>
    /// Reads a portable code; blanks, line breaks and characters that nobody sees do not matter. False where it is none, where
    /// a character is wrong and where some are missing.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PortableCode? code)
    {
        code = null;
        var bare = string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));
        if (!bare.StartsWith(Prefix, StringComparison.Ordinal) || bare.Length > MaximumLength)
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
    /// Whether a text means to be a portable code, of whatever format, right or wrong: it begins like one, or goes on as no word
    /// does. A wrong character anywhere leaves one of the two.
    /// </summary>
    public static bool IsMeant(string text) =>
        (text.TrimStart().StartsWith("taste", StringComparison.OrdinalIgnoreCase)
            && text.Count(char.IsAsciiLetterOrDigit) > Prefix.Length + Checks && text.Any(char.IsAsciiDigit))
        || LongestRun(text) >= LongestWord;

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
        // The first bits tell how many there are; a number with more, or another length than its axes make, was not written here.
        for (var axes = 1; axes <= MaximumAxes; axes++)
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
        var share = Math.Log(Math.Sqrt(variance) / LeastDeviation) / Math.Log(MostDeviation / LeastDeviation);
        return (int)Math.Round(Math.Clamp(share, 0, 1) * ((1 << DeviationBits) - 1));
    }

    private static float Variance(int quantized)
    {
        var deviation = LeastDeviation * Math.Pow(MostDeviation / LeastDeviation, quantized / (double)((1 << DeviationBits) - 1));
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
