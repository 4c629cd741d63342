using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>The outcome of a press on a ballot.</summary>
public abstract record BallotResult
{
    private BallotResult()
    {
    }

    /// <summary>The answer is stored. A skip too is counted as an answer, though not as a vote.</summary>
    /// <param name="Next">The next ballot to show.</param>
    /// <param name="Lesson">What the last votes taught, where it is worth telling: at most every tenth vote; null otherwise.</param>
    public sealed record Counted(Ballot Next, TasteLesson? Lesson) : BallotResult;

    /// <summary>The last answer was taken back.</summary>
    /// <param name="Ballot">Its pair, open again.</param>
    public sealed record Undone(Ballot Ballot) : BallotResult;

    /// <summary>The pair was answered or taken away before this press. Nothing was changed.</summary>
    /// <param name="Current">The ballot that is open now.</param>
    public sealed record AlreadyAnswered(Ballot Current) : BallotResult;

    /// <summary>There is no answer to take back.</summary>
    /// <param name="Current">The ballot that is open now.</param>
    public sealed record NothingToUndo(Ballot Current) : BallotResult;

    /// <summary>The pair was shown to another person.</summary>
    public sealed record NotYours : BallotResult;

    /// <summary>The pair does not exist, or was deleted.</summary>
    public sealed record Unknown : BallotResult;
}
