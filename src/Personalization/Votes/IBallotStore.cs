using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>Pairs, votes and likes as they lie on disk. Every change is durable when its task completes.</summary>
public interface IBallotStore
{
    /// <summary>The pair a person has yet to answer, if any; at most one is open at a time.</summary>
    Task<Pair?> OpenPairAsync(PersonId person, CancellationToken cancellationToken);

    Task<Pair?> FindPairAsync(long pairId, CancellationToken cancellationToken);

    /// <summary>Opens a pair for its person, and gives it its id. When another call was faster, gives that call's open pair instead.</summary>
    Task<Pair> OpenAsync(Pair pair, CancellationToken cancellationToken);

    /// <summary>Answers an open pair, or withdraws it, and opens the next one, in one transaction.</summary>
    /// <returns>The next pair with its id, or null when the pair was answered already and nothing was changed.</returns>
    Task<Pair?> AnswerAsync(Pair pair, Choice choice, Pair next, CancellationToken cancellationToken);

    /// <summary>Takes the person's last answer back: its pair is the open one again, and the pair that was open is gone.</summary>
    /// <returns>The pair that is open again, with the answer it had, or null when there is nothing to undo.</returns>
    Task<Pair?> UndoAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>All pairs the person has answered (skips and withdrawn ones too), oldest first.</summary>
    Task<IReadOnlyList<Pair>> AnsweredAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Records a like with what was shown beside the picture.</summary>
    /// <returns>False when the person liked that picture before.</returns>
    Task<bool> LikeAsync(Like like, CancellationToken cancellationToken);

    /// <summary>All likes of the person, oldest first.</summary>
    Task<IReadOnlyList<Like>> LikesAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Those of the pictures that the person liked.</summary>
    Task<IReadOnlySet<PictureId>> LikedAsync(PersonId person, IReadOnlyCollection<PictureId> pictures, CancellationToken cancellationToken);

    /// <summary>What everybody did, person by person.</summary>
    IAsyncEnumerable<PersonBallots> EverybodyAsync(CancellationToken cancellationToken);

    /// <summary>Counts votes and likes of everybody.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>Counts votes (skips not counted) and likes.</summary>
    Task<(int Votes, int Likes)> CountAsync(PersonId person, CancellationToken cancellationToken);
}
