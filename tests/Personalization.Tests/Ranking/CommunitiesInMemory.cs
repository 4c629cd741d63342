using Personalization.Ranking;
using Personalization.Taste;

namespace Personalization.Tests.Ranking;

/// <summary>The last fit, without a disk.</summary>
internal sealed class CommunitiesInMemory : ICommunityStore
{
    private (FeatureMap? Map, CommunityPrior Prior)? _latest;

    public Task<(FeatureMap? Map, CommunityPrior Prior)?> LatestAsync(CancellationToken cancellationToken) => Task.FromResult(_latest);

    public Task SaveAsync(FeatureMap? map, CommunityPrior prior, int people, int comparisons, CancellationToken cancellationToken)
    {
        _latest = (map, prior);
        return Task.CompletedTask;
    }
}
