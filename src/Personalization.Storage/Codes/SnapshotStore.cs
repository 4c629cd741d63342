using Microsoft.EntityFrameworkCore;
using Personalization.Codes;
using Personalization.Votes;

namespace Personalization.Storage.Codes;

internal sealed class SnapshotStore(Database database) : ISnapshotStore
{
    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        database.ReadAsync(async context => (await FindRowAsync(context, code, cancellationToken))?.ToSnapshot(), cancellationToken);

    public Task<(PersonalizationCode Code, TasteSnapshot Snapshot)?> FindAsync(ProfileId owner, BallotsHash ballots, CancellationToken cancellationToken) =>
        database.ReadAsync(context => FindAsync(context, owner, ballots, cancellationToken), cancellationToken);

    public Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (snapshot.Ballots is { } ballots && await FindAsync(context, snapshot.Owner, ballots, cancellationToken) is { } same)
                {
                    return same;
                }

                var row = await FindRowAsync(context, code, cancellationToken);
                if (row is null)
                {
                    context.Snapshots.Add(SnapshotRow.From(code, snapshot));
                }
                else if (snapshot.Ballots is null || !snapshot.Equals(row.ToSnapshot()))
                {
                    return (code, row.ToSnapshot());
                }
                else
                {
                    row.Ballots = snapshot.Ballots.ToString();
                }

                await context.SaveChangesAsync(cancellationToken);
                return (code, snapshot);
            },
            cancellationToken);

    private static async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)?> FindAsync(PersonalizationContext context, ProfileId owner, BallotsHash ballots, CancellationToken cancellationToken)
    {
        var text = ballots.ToString();
        var row = await context.Snapshots.AsNoTracking().FirstOrDefaultAsync(snapshot => snapshot.Owner == owner.Value && snapshot.Ballots == text, cancellationToken);
        return row is not null && PersonalizationCode.TryParse(row.Code, out var code) ? (code, row.ToSnapshot()) : null;
    }

    private static Task<SnapshotRow?> FindRowAsync(PersonalizationContext context, PersonalizationCode code, CancellationToken cancellationToken)
    {
        var text = code.ToString();
        return context.Snapshots.FirstOrDefaultAsync(snapshot => snapshot.Code == text, cancellationToken);
    }
}
