using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Personalization.Votes;

/// <summary>
/// The votes, skips and likes that a taste is learnt from, as one value: the first 128 bits of a SHA-256. Equal answers in
/// the same order have equal values, whenever they were given, so that an answer taken back and given again changes nothing:
/// it is learnt after the likes given meanwhile, but the code stays that of the first.
/// </summary>
public readonly record struct BallotsHash
{
    /// <summary>The length of its text: 32 hexadecimal digits.</summary>
    public const int Length = 32;

    private readonly UInt128 _value;

    private BallotsHash(UInt128 value) => _value = value;

    /// <summary>The value of all answered pairs and all likes of one profile. Withdrawn pairs teach nothing and are left out.</summary>
    /// <param name="answered">Oldest first.</param>
    /// <param name="likes">Oldest first.</param>
    public static BallotsHash From(IEnumerable<Pair> answered, IEnumerable<Like> likes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var pair in answered.Where(pair => pair.Choice is not null && !pair.IsWithdrawn))
        {
            Append(hash, [(long)pair.Choice!.Value, pair.Left.Value, pair.Right.Value]);
        }

        foreach (var like in likes)
        {
            // No choice has this number, so that a like cannot be read as a pair.
            Append(hash, [-1, like.Picture.Value, like.PassedOver.Count, .. like.PassedOver.Select(picture => picture.Value)]);
            if (like.Drawn is { } drawn)
            {
                Append(hash, [drawn.Count, .. drawn.Select(picture => picture.Value)]);
            }
        }

        return new(BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset()));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static BallotsHash Parse(string text) => new(UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);

    private static void Append(IncrementalHash hash, ReadOnlySpan<long> numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
