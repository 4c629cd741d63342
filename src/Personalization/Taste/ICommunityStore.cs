namespace Personalization.Taste;

/// <summary>The communities that were fitted.</summary>
public interface ICommunityStore
{
    /// <summary>The last fit, or null before the first.</summary>
    /// <remarks>A fit of a space that is not this one any more, because its vocabulary has grown, is the caller's to refuse.</remarks>
    Task<FittedCommunity?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>The highest version that is kept, or 0 before the first.</summary>
    Task<int> LastVersionAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a fit. The few newest are kept, for an operator who wants to go back.</summary>
    /// <param name="people">From how many people it was learnt.</param>
    /// <param name="comparisons">From how many comparisons.</param>
    Task SaveAsync(FittedCommunity fitted, int people, int comparisons, CancellationToken cancellationToken);
}
