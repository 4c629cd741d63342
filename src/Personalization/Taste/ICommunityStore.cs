namespace Personalization.Taste;

/// <summary>Stored fits of the community.</summary>
public interface ICommunityStore
{
    /// <summary>The last fit, or null before the first.</summary>
    /// <remarks>The fit may be of an earlier, smaller vocabulary; the caller checks its dimension.</remarks>
    Task<FittedCommunity?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>The highest version stored, or 0 before the first.</summary>
    Task<int> LastVersionAsync(CancellationToken cancellationToken);

    /// <summary>Stores a fit. A few of the newest are kept, so that an operator can go back.</summary>
    /// <param name="people">The number of people it was learnt from.</param>
    /// <param name="comparisons">The number of comparisons it was learnt from.</param>
    Task SaveAsync(FittedCommunity fitted, int people, int comparisons, CancellationToken cancellationToken);
}
