using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Codes;

/// <summary>Names tastes. A code is made from the taste itself, so that the same taste has the same code.</summary>
public sealed class CodeIssuer(IProfileStore profiles, TasteLearner learner, ISnapshotStore snapshots)
{
    private const int SchemaVersion = 2;

    /// <summary>The code for the person's taste as it is now, and the snapshot it names from now on.</summary>
    public async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> IssueAsync(PersonId person, CancellationToken cancellationToken)
    {
        var profile = await profiles.GetOrCreateAsync(person, cancellationToken);
        var snapshot = Snapshot(profile, await learner.RebuildAsync(profile, cancellationToken));
        return (await NameAsync(snapshot, cancellationToken), snapshot);
    }

    /// <summary>Takes in a taste that came as text: its code here, the same one every time, by which anybody may use it.</summary>
    public Task<PersonalizationCode> ImportAsync(PortableCode portable, CancellationToken cancellationToken) =>
        NameAsync(portable.Snapshot, cancellationToken);

    /// <summary>The taste a code names, or null when it names none.</summary>
    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        snapshots.FindAsync(code, cancellationToken);

    /// <summary>The code a taste has unless another one had it before.</summary>
    internal static PersonalizationCode CodeOf(TasteSnapshot snapshot) => PersonalizationCode.FromNumber(NumberOf(snapshot));

    private static ulong NumberOf(TasteSnapshot snapshot) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(snapshot.ToBytes()));

    private async Task<PersonalizationCode> NameAsync(TasteSnapshot snapshot, CancellationToken cancellationToken)
    {
        var number = NumberOf(snapshot);
        while (true)
        {
            // Another taste may have the code already, about once in 27 thousand million; the next number is tried then.
            var code = PersonalizationCode.FromNumber(number);
            if (snapshot.Equals(await snapshots.AddOrGetAsync(code, snapshot, cancellationToken)))
            {
                return code;
            }

            number = unchecked(number + 1);
        }
    }

    /// <summary>The axes of style alone, which a request can act on, here and elsewhere; and the pictures that show the rest.</summary>
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
