using Personalization.Taste;

namespace Personalization.Testing;

/// <summary>All fits, without a disk; a version is taken once, and the last is the one of the highest.</summary>
public sealed class CommunitiesInMemory : ICommunityStore
{
    private readonly SortedList<int, FittedCommunity> _fits = [];

    public Task<FittedCommunity?> LatestAsync(CancellationToken cancellationToken) => Task.FromResult(_fits.Values.LastOrDefault());

    public Task<int> LastVersionAsync(CancellationToken cancellationToken) => Task.FromResult(_fits.Keys.LastOrDefault());

    public Task SaveAsync(FittedCommunity fitted, int people, int comparisons, CancellationToken cancellationToken)
    {
        _fits.Add(fitted.Prior.Version, fitted);
        return Task.CompletedTask;
    }
}
