using Microsoft.EntityFrameworkCore;
using Personalization.Ranking;
using Personalization.Taste;

namespace Personalization.Storage.Ranking;

internal sealed class CommunityStore(Database database, TimeProvider timeProvider) : ICommunityStore
{
    private const int Kept = 5;

    public async Task<(FeatureMap? Map, CommunityPrior Prior)?> LatestAsync(CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            context => context.Communities.AsNoTracking().OrderByDescending(community => community.Version).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return row is null ? null : CommunityJson.Read(row.Version, row.Content);
    }

    public Task SaveAsync(FeatureMap? map, CommunityPrior prior, int people, int comparisons, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                context.Communities.Add(new()
                {
                    Version = prior.Version,
                    FittedAt = timeProvider.GetUtcNow(),
                    People = people,
                    Comparisons = comparisons,
                    Content = CommunityJson.Write(map, prior),
                });
                await context.SaveChangesAsync(cancellationToken);
                return await context.Communities.Where(community => community.Version <= prior.Version - Kept).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
}
