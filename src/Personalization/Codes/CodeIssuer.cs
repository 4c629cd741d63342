using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Taste;

namespace Personalization.Codes;

/// <summary>
/// Issues codes. A code is a hash of the taste, so that equal tastes have equal codes. It stays until its owner votes or likes:
/// a fit of the community changes the taste learnt from the same votes, and comes in with the next of them.
/// </summary>
public sealed class CodeIssuer(TasteLearner learner, ISnapshotStore snapshots)
{
    private const int SchemaVersion = 2;

    /// <summary>The code of the taste that a profile's votes and likes make, and the snapshot it refers to from now on.</summary>
    public async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> IssueAsync(ProfileId profile, CancellationToken cancellationToken) =>
        await snapshots.FindAsync(profile, await learner.HashAsync(profile, cancellationToken), cancellationToken)
        ?? await NameAsync(await SnapshotAsync(profile, cancellationToken), cancellationToken);

    /// <summary>The taste as a code issued now would hold it. None is issued, and nothing is stored.</summary>
    public async Task<TasteSnapshot> SnapshotAsync(ProfileId profile, CancellationToken cancellationToken) =>
        Snapshot(profile, await learner.RebuildAsync(profile, cancellationToken));

    /// <summary>Stores a taste that came as text, and returns its code here, the same one every time.</summary>
    public async Task<PersonalizationCode> ImportAsync(PortableCode portable, CancellationToken cancellationToken) =>
        (await NameAsync(portable.Snapshot, cancellationToken)).Code;

    /// <summary>The taste a code refers to, or null for an unknown code.</summary>
    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        snapshots.FindAsync(code, cancellationToken);

    /// <summary>The code of a taste, unless another taste took it first.</summary>
    internal static PersonalizationCode CodeOf(TasteSnapshot snapshot) => PersonalizationCode.FromNumber(NumberOf(snapshot));

    private static ulong NumberOf(TasteSnapshot snapshot) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(snapshot.ToBytes()));

    private async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> NameAsync(TasteSnapshot snapshot, CancellationToken cancellationToken)
    {
        var number = NumberOf(snapshot);
        while (true)
        {
            // Two tastes share a code with probability 1 in 27.5 thousand million; the later one takes the next number.
            var code = PersonalizationCode.FromNumber(number);
            var stored = await snapshots.AddOrGetAsync(code, snapshot, cancellationToken);

            // Another code: meanwhile another program named the taste of these votes, learnt under its own fit of the community.
            if (stored.Code != code || snapshot.Equals(stored.Snapshot))
            {
                return stored;
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
            Ballots = learnt.Ballots,
        };
    }
}
