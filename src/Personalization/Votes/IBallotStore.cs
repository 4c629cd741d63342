using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>Stored pairs, votes and likes. A change is durable when its task completes.</summary>
public interface IBallotStore
{
    /// <summary>The profile's open pair, or null; at most one is open at a time.</summary>
    Task<Pair?> OpenPairAsync(ProfileId profile, CancellationToken cancellationToken);

    Task<Pair?> FindPairAsync(long pairId, CancellationToken cancellationToken);

    /// <summary>Opens a pair and assigns its id. If the profile has an open pair already, returns that one instead.</summary>
    Task<Pair> OpenAsync(Pair pair, CancellationToken cancellationToken);

    /// <summary>Answers an open pair, or withdraws it, and opens the next one, in one transaction.</summary>
    /// <returns>The next pair with its id, or null when the pair was answered already and nothing was changed.</returns>
    Task<Pair?> AnswerAsync(Pair pair, Choice choice, Pair next, CancellationToken cancellationToken);

    /// <summary>Takes back the profile's last answer: its pair is open again, and the pair that was open is deleted. Withdrawn pairs are passed over.</summary>
    /// <returns>The pair that is open again, with the answer it had, or null when there is nothing to undo.</returns>
    Task<Pair?> UndoAsync(ProfileId profile, CancellationToken cancellationToken);

    /// <summary>All answered pairs (skips and withdrawn ones too), oldest first.</summary>
    Task<IReadOnlyList<Pair>> AnsweredAsync(ProfileId profile, CancellationToken cancellationToken);

    /// <summary>Records a like with what was shown beside the picture.</summary>
    /// <returns>False when the profile has a like of that picture already.</returns>
    Task<bool> LikeAsync(Like like, CancellationToken cancellationToken);

    /// <summary>All likes, oldest first.</summary>
    Task<IReadOnlyList<Like>> LikesAsync(ProfileId profile, CancellationToken cancellationToken);

    /// <summary>Takes a like back.</summary>
    /// <returns>False where there was none.</returns>
    Task<bool> UnlikeAsync(ProfileId profile, PictureId picture, CancellationToken cancellationToken);

    /// <summary>The pictures that were liked, oldest like first.</summary>
    Task<IReadOnlyList<PictureId>> LikedAsync(ProfileId profile, CancellationToken cancellationToken);

    /// <summary>The answers and likes of the whole community, profile by profile in order of id.</summary>
    IAsyncEnumerable<ProfileBallots> AllAsync(CancellationToken cancellationToken);

    /// <summary>Counts votes and likes of the whole community together.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>Counts votes, by <see cref="Pair.VoteRule"/>, and likes.</summary>
    Task<(int Votes, int Likes)> CountAsync(ProfileId profile, CancellationToken cancellationToken);
}
