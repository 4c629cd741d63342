using Microsoft.EntityFrameworkCore;
using Personalization.Codes;

namespace Personalization.Storage.Codes;

internal sealed class SnapshotStore(Database database) : ISnapshotStore
{
    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        database.ReadAsync(context => FindAsync(context, code, cancellationToken), cancellationToken);

    public Task<TasteSnapshot> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await FindAsync(context, code, cancellationToken) is { } existing)
                {
                    return existing;
                }

                context.Snapshots.Add(SnapshotRow.From(code, snapshot));
                await context.SaveChangesAsync(cancellationToken);
                return snapshot;
            },
            cancellationToken);

    private static async Task<TasteSnapshot?> FindAsync(PersonalizationContext context, PersonalizationCode code, CancellationToken cancellationToken)
    {
        var text = code.ToString();
        var row = await context.Snapshots.AsNoTracking().FirstOrDefaultAsync(snapshot => snapshot.Code == text, cancellationToken);
        return row?.ToSnapshot();
    }
}
