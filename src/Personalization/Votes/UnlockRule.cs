using Microsoft.Extensions.Options;

namespace Personalization.Votes;

/// <summary>When votes and likes unlock <c>--p</c>, and how close a person is.</summary>
public sealed class UnlockRule(IProfileStore profiles, IBallotStore ballots, IOptions<RankingOptions> options)
{
    /// <summary>The person's progress, counted in the store.</summary>
    public async Task<UnlockProgress> ProgressAsync(PersonId person, CancellationToken cancellationToken)
    {
        var (votes, likes) = await ballots.CountAsync(await profiles.GetOrCreateAsync(person, cancellationToken), cancellationToken);
        return Progress(votes, likes);
    }

    /// <summary>The progress that these counts make.</summary>
    public UnlockProgress Progress(int votes, int likes) => new(votes, likes, options.Value.UnlockAt);
}
