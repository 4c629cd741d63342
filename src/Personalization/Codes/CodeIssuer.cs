using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Ranking;
using Personalization.Taste;

namespace Personalization.Codes;

/// <summary>Names tastes. A code is made from the taste itself, so that the same taste has the same code.</summary>
public sealed class CodeIssuer(TasteBook book, TasteModel model, ISnapshotStore snapshots)
{
    private const int SchemaVersion = 1;

    /// <summary>The code for the person's taste as it is now, and the snapshot it names from now on.</summary>
    public async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> IssueAsync(PersonId person, CancellationToken cancellationToken)
    {
        var (taste, votes, likes) = await book.RebuildAsync(person, cancellationToken);
        var snapshot = Snapshot(person, taste, votes, likes);
        var number = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(snapshot.ToBytes()));
        while (true)
        {
            // Another taste may have the code already, about once in 27 thousand million; the next number is tried then.
            var code = PersonalizationCode.FromNumber(number);
            if (snapshot.Equals(await snapshots.AddOrGetAsync(code, snapshot, cancellationToken)))
            {
                return (code, snapshot);
            }

            number = unchecked(number + 1);
        }
    }

    /// <summary>The taste a code names, or null when it names none.</summary>
    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        snapshots.FindAsync(code, cancellationToken);

    private TasteSnapshot Snapshot(PersonId owner, TastePosterior taste, int votes, int likes)
    {
        var axes = Enumerable.Range(0, taste.Dimension).ToArray();
        return new(
            owner,
            SchemaVersion,
            taste.SpaceVersion,
            model.Community.Version,
            [.. axes.Select(axis => (float)taste.Mean[axis])],
            [.. axes.Select(axis => (float)(taste.Mean[axis] - model.Community.Mean[axis]))],
            [.. axes.Select(axis => (float)taste.Variance(axis))],
            votes,
            likes);
    }
}
