using Microsoft.EntityFrameworkCore;
using Personalization.Taste;

namespace Personalization.Storage.Ranking;

internal sealed class CommunityStore(Database database, TimeProvider timeProvider) : ICommunityStore
{
    private const int Kept = 5;

    public async Task<FittedCommunity?> LatestAsync(CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            context => context.Communities.AsNoTracking().OrderByDescending(community => community.Version).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return row is null ? null : CommunityJson.Read(row.Version, row.Content);
    }

    public Task<int> LastVersionAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => await context.Communities.MaxAsync(community => (int?)community.Version, cancellationToken) ?? 0,
            cancellationToken);

    public Task SaveAsync(FittedCommunity fitted, int people, int comparisons, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                context.Communities.Add(new()
                {
                    Version = fitted.Prior.Version,
                    FittedAt = timeProvider.GetUtcNow(),
                    People = people,
                    Comparisons = comparisons,
                    Content = CommunityJson.Write(fitted),
                });
                await context.SaveChangesAsync(cancellationToken);
                return await context.Communities.Where(community => community.Version <= fitted.Prior.Version - Kept).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
}
