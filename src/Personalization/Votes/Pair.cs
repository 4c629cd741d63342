using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>Two pictures of one prompt in different styles, shown to one person.</summary>
/// <param name="Id">Its row number; zero until the store has given it one.</param>
/// <param name="Person">Whom it was shown to; nobody else may answer it.</param>
/// <param name="Choice">The answer; null while it is open.</param>
public sealed record Pair(long Id, PersonId Person, PictureId Left, PictureId Right, Choice? Choice)
{
    /// <summary>Whether chance alone chose the pair, so that guesses about such pairs measure the taste without bias.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The probability, when the pair was chosen, that the person would prefer the left picture; null where nobody noted it.</summary>
    public double? Expectation { get; init; }

    /// <summary>When it was answered; null while it is open.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>It was taken away unanswered.</summary>
    public bool IsWithdrawn => Choice is Votes.Choice.Withdrawn;

    /// <summary>Left or right was chosen: it is a vote.</summary>
    public bool IsVote => Choice is Votes.Choice.Left or Votes.Choice.Right;
}
