using System.Linq.Expressions;
using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>Two pictures of one prompt in different styles, shown to ask about one taste.</summary>
/// <param name="Id">Its row number; zero until the store has given it one.</param>
/// <param name="Profile">Whose taste it asks about; no other profile may answer it.</param>
/// <param name="Choice">The answer; null while it is open.</param>
public sealed record Pair(long Id, ProfileId Profile, PictureId Left, PictureId Right, Choice? Choice)
{
    /// <summary>What counts as a vote, for core and, as an expression, for the queries of a store.</summary>
    public static Expression<Func<Choice?, bool>> VoteRule { get; } = choice => choice == Votes.Choice.Left || choice == Votes.Choice.Right;

    private static readonly Func<Choice?, bool> CountsAsVote = VoteRule.Compile();

    /// <summary>Whether the pair was drawn at random, so that predictions of such pairs measure accuracy without bias.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The predicted probability, 0 to 1, when the pair was chosen, that the person prefers the left picture; null where none was recorded.</summary>
    public double? Expectation { get; init; }

    /// <summary>The probability that was predicted for the picture that was then chosen; null without a vote or a prediction.</summary>
    public double? Predicted => Choice switch
    {
        Votes.Choice.Left => Expectation,
        Votes.Choice.Right => 1 - Expectation,
        _ => null,
    };

    /// <summary>When it was answered; null while it is open.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether it was taken away unanswered.</summary>
    public bool IsWithdrawn => Choice is Votes.Choice.Withdrawn;

    /// <summary>Whether its answer is a vote, by <see cref="VoteRule"/>.</summary>
    public bool IsVote => CountsAsVote(Choice);
}
