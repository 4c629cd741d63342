using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Baselines;

/// <summary>
/// Tag counting: a picture has a tag for each feature that is above the mean. A person's score of a tag is the number of wins
/// of pictures with it minus the number of losses; votes between two pictures with the tag do not count. A picture's score is
/// the mean of those of its tags.
/// </summary>
internal sealed class TagCounts
{
    private readonly sbyte[][] _tags;

    public TagCounts(IReadOnlyList<PictureFeatures> pictures) =>
        _tags = [.. pictures.Select(picture => Array.ConvertAll(picture.Values.ToArray(), value => (sbyte)(value > 0 ? 1 : 0)))];

    /// <summary>For each tag, wins minus losses; the last number is that of all votes.</summary>
    public int[] Learn(IEnumerable<Vote> votes)
    {
        var counts = new int[_tags[0].Length + 1];
        foreach (var vote in votes.Where(vote => !vote.IsSkip))
        {
            Count(counts, vote, 1);
        }

        return counts;
    }

    /// <summary>The score of the left picture minus that of the right one, -1 to 1.</summary>
    public double Liking(int[] counts, in Vote vote)
    {
        var (left, right) = (_tags[vote.Left], _tags[vote.Right]);
        var sum = 0.0;
        for (var tag = 0; tag < left.Length; tag++)
        {
            sum += counts[tag] * (left[tag] - right[tag]);
        }

        return sum / Math.Max(1, counts[^1] * left.Length);
    }

    /// <summary>
    /// The log odds for a score difference of 1, by maximum likelihood over each person's votes given their other votes. Each
    /// person counts the same.
    /// </summary>
    public double Slope(IEnumerable<IReadOnlyList<Vote>> people)
    {
        var predictions = new List<(double, bool, double)>();
        foreach (var person in people)
        {
            var counts = Learn(person);
            foreach (var vote in person.Where(vote => !vote.IsSkip))
            {
                Count(counts, vote, -1);
                predictions.Add((Liking(counts, vote), vote.Choice == Choice.Left, 1.0 / (counts[^1] + 1)));
                Count(counts, vote, 1);
            }
        }

        return Score.Slope(predictions) ?? 0;
    }

    private void Count(int[] counts, in Vote vote, int times)
    {
        var (won, lost) = vote.Choice == Choice.Left ? (_tags[vote.Left], _tags[vote.Right]) : (_tags[vote.Right], _tags[vote.Left]);
        for (var tag = 0; tag < won.Length; tag++)
        {
            counts[tag] += times * (won[tag] - lost[tag]);
        }

        counts[^1] += times;
    }
}
