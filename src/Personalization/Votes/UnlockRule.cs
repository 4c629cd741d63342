using Microsoft.Extensions.Options;

namespace Personalization.Votes;

/// <summary>When votes and likes unlock <c>--p</c>, and how close a person is.</summary>
public sealed class UnlockRule(IBallotStore ballots, IOptions<RankingOptions> options)
{
    /// <summary>A profile's progress, counted in the store.</summary>
    public async Task<UnlockProgress> ProgressAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        var (votes, likes) = await ballots.CountAsync(profile, cancellationToken);
        return Progress(votes, likes);
    }

    /// <summary>The progress that these counts make.</summary>
    public UnlockProgress Progress(int votes, int likes) => new(votes, likes, options.Value.UnlockAt);
}
