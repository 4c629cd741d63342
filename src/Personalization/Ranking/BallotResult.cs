namespace Personalization.Ranking;

/// <summary>What became of a press on a ballot.</summary>
public abstract record BallotResult
{
    private BallotResult()
    {
    }

    /// <summary>The answer is on disk; a skip too, though it is no vote.</summary>
    /// <param name="Next">What to ask now.</param>
    public sealed record Counted(Ballot Next) : BallotResult;

    /// <summary>The last answer is taken back.</summary>
    /// <param name="Ballot">Its pair, open again.</param>
    public sealed record Undone(Ballot Ballot) : BallotResult;

    /// <summary>The press came late: its pair was answered before, or taken away. Nothing was changed.</summary>
    /// <param name="Current">What to ask now.</param>
    public sealed record AlreadyAnswered(Ballot Current) : BallotResult;

    /// <summary>There is no answer to take back.</summary>
    /// <param name="Current">What to ask now.</param>
    public sealed record NothingToUndo(Ballot Current) : BallotResult;

    /// <summary>The pair was shown to somebody else.</summary>
    public sealed record NotYours : BallotResult;

    /// <summary>There is no such pair, or none any more.</summary>
    public sealed record Unknown : BallotResult;
}
