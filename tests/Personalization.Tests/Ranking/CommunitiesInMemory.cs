using Personalization.Ranking;

namespace Personalization.Tests.Ranking;

/// <summary>The last fit, without a disk.</summary>
internal sealed class CommunitiesInMemory : ICommunityStore
{
    private FittedCommunity? _latest;

    public Task<FittedCommunity?> LatestAsync(CancellationToken cancellationToken) => Task.FromResult(_latest);

    public Task SaveAsync(FittedCommunity fitted, int people, int comparisons, CancellationToken cancellationToken)
    {
        _latest = fitted;
        return Task.CompletedTask;
    }
}
