using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Taste;

namespace Personalization.Codes;

/// <summary>Issues codes. A code is a hash of the taste, so that equal tastes have equal codes.</summary>
public sealed class CodeIssuer(TasteLearner learner, ISnapshotStore snapshots)
{
    private const int SchemaVersion = 2;

    /// <summary>The code of a profile's current taste, and the snapshot it refers to from now on.</summary>
    public async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> IssueAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        var snapshot = Snapshot(profile, await learner.RebuildAsync(profile, cancellationToken));
        return (await NameAsync(snapshot, cancellationToken), snapshot);
    }

    /// <summary>Stores a taste that came as text, and returns its code here, the same one every time.</summary>
    public Task<PersonalizationCode> ImportAsync(PortableCode portable, CancellationToken cancellationToken) =>
        NameAsync(portable.Snapshot, cancellationToken);

    /// <summary>The taste a code refers to, or null for an unknown code.</summary>
    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        snapshots.FindAsync(code, cancellationToken);

    /// <summary>The code of a taste, unless another taste took it first.</summary>
    internal static PersonalizationCode CodeOf(TasteSnapshot snapshot) => PersonalizationCode.FromNumber(NumberOf(snapshot));

    private static ulong NumberOf(TasteSnapshot snapshot) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(snapshot.ToBytes()));

    private async Task<PersonalizationCode> NameAsync(TasteSnapshot snapshot, CancellationToken cancellationToken)
    {
        var number = NumberOf(snapshot);
        while (true)
        {
            // Two tastes share a code with probability 1 in 27.5 thousand million; the later one takes the next number.
            var code = PersonalizationCode.FromNumber(number);
            if (snapshot.Equals(await snapshots.AddOrGetAsync(code, snapshot, cancellationToken)))
            {
                return code;
            }

            number = unchecked(number + 1);
        }
    }

    /// <summary>The axes of style alone, which a request can use here and in other installations; favourites stand for the rest.</summary>
    private static TasteSnapshot Snapshot(ProfileId owner, PersonTaste learnt)
    {
        var (taste, mean) = (learnt.Taste, learnt.Community.Prior.Mean.ToArray());
        var axes = Enumerable.Range(0, learnt.Community.Space.StyleDimension).ToArray();
        return new(
            owner,
            SchemaVersion,
            learnt.Community.Space.StyleVersion,
            learnt.Community.Version,
            [.. axes.Select(axis => (float)taste.Mean[axis])],
            [.. axes.Select(axis => (float)(taste.Mean[axis] - mean[axis]))],
            [.. axes.Select(axis => (float)taste.Variance(axis))],
            learnt.Votes,
            learnt.Likes)
        {
            Favourites = learnt.Favourites,
        };
    }
}
