using System.Buffers.Binary;
using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Codes;

/// <summary>
/// A taste as it was when a code was issued; immutable. Values are single precision so that equal tastes
/// are equal bytes; two snapshots are equal when their bytes are.
/// </summary>
/// <param name="Owner">Whose taste it is; the default (0) when it came as text from another installation.</param>
/// <param name="SchemaVersion">The version of this record's meaning: 1 without favourites, 2 with.</param>
/// <param name="SpaceVersion">The version of the style space.</param>
/// <param name="PriorVersion">The version of the community prior it was learnt under.</param>
/// <param name="Mean">m: d expected weights.</param>
/// <param name="Deviation">m - mu: how the taste differs from the community's, d numbers.</param>
/// <param name="Variance">The diagonal of V, d positive numbers.</param>
/// <param name="Votes">Votes it was learnt from.</param>
/// <param name="Likes">Likes it was learnt from.</param>
public sealed record TasteSnapshot(
    ProfileId Owner,
    int SchemaVersion,
    int SpaceVersion,
    int PriorVersion,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Deviation,
    IReadOnlyList<float> Variance,
    int Votes,
    int Likes)
{
    /// <summary>The pictures liked best when the code was issued, best first; empty in a taste from another installation.</summary>
    public IReadOnlyList<PictureId> Favourites { get; init; } = [];

    /// <summary>
    /// The votes and likes it was learnt from; null in a taste from another installation or from an earlier version of the bot.
    /// Not part of the taste, and so of neither <see cref="ToBytes"/> nor equality.
    /// </summary>
    public BallotsHash? Ballots { get; init; }

    /// <summary>
    /// The fields of the taste, little-endian: owner, versions and counts, then d, then the three lists, then the favourites. A code
    /// is made from this.
    /// </summary>
    public byte[] ToBytes()
    {
        var numbers = Mean.Count + Deviation.Count + Variance.Count;
        var bytes = new byte[sizeof(ulong) + (6 * sizeof(int)) + (numbers * sizeof(float)) + (Favourites.Count * sizeof(long))];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Owner.Value);
        var rest = bytes.AsSpan(sizeof(ulong));
        foreach (var number in (ReadOnlySpan<int>)[SchemaVersion, SpaceVersion, PriorVersion, Votes, Likes, Mean.Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, number);
            rest = rest[sizeof(int)..];
        }

        foreach (var number in Mean.Concat(Deviation).Concat(Variance))
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, number);
            rest = rest[sizeof(float)..];
        }

        foreach (var picture in Favourites)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, picture.Value);
            rest = rest[sizeof(long)..];
        }

        return bytes;
    }

    public bool Equals(TasteSnapshot? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(ToBytes());
        return hash.ToHashCode();
    }
}
