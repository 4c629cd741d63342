using Personalization.Lab.Evaluation.Input;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>Turns votes into comparisons of features.</summary>
internal sealed class VoteFeatures(IReadOnlyList<PictureFeatures> pictures)
{
    public int Dimension => pictures[0].Dimension;

    public PictureFeatures Left(in Vote vote) => pictures[vote.Left];

    public PictureFeatures Right(in Vote vote) => pictures[vote.Right];

    public Comparison ComparisonOf(Vote vote) => vote.Choice switch
    {
        Choice.Left => new(Left(vote), Right(vote), 1),
        Choice.Right => new(Right(vote), Left(vote), 1),
        _ => Comparison.Skipped(Left(vote), Right(vote)),
    };

    public Comparison[] ComparisonsOf(IEnumerable<Vote> votes) => [.. votes.Select(ComparisonOf)];
}
