using Microsoft.Extensions.Options;

namespace Personalization.Votes;

/// <summary>When votes and likes unlock <c>--p</c>, how close a person is, and when they get a preview on the way.</summary>
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

    /// <summary>The last point of <see cref="RankingOptions.PreviewAt"/> that is reached; 0 before the first and once <c>--p</c> is unlocked.</summary>
    public int PreviewPoint(UnlockProgress progress) => progress.IsUnlocked
        ? 0
        : options.Value.PreviewPoints().Where(point => point <= progress.Count).DefaultIfEmpty(0).Max();
}
