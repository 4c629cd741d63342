using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>A person of the file of ratings.</summary>
/// <param name="Ratings">The mean rating of each picture that they rated, in the order in which they first rated it; more is better.</param>
internal sealed record Rater(string Name, IReadOnlyList<(int Picture, double Rating)> Ratings)
{
    /// <summary>
    /// Draws votes at random: pairs of pictures with different ratings, each pair once, in random order and on random sides. The
    /// better rated picture is chosen.
    /// </summary>
    /// <param name="isIncluded">Between which pictures.</param>
    /// <param name="count">The most votes.</param>
    public Vote[] Votes(Func<int, bool> isIncluded, int count, StableRandom random)
    {
        (int Picture, double Rating)[] rated = [.. Ratings.Where(rated => isIncluded(rated.Picture))];
        var pairs = new List<(int Left, int Right)>();
        for (var one = 0; one < rated.Length; one++)
        {
            for (var other = 0; other < one; other++)
            {
                if (rated[one].Rating != rated[other].Rating)
                {
                    pairs.Add((one, other));
                }
            }
        }

        var votes = new Vote[Math.Min(count, pairs.Count)];
        for (var vote = 0; vote < votes.Length; vote++)
        {
            var drawn = vote + random.Below(pairs.Count - vote);
            (pairs[vote], pairs[drawn]) = (pairs[drawn], pairs[vote]);
            var (left, right) = random.Below(2) == 0 ? pairs[vote] : (pairs[vote].Right, pairs[vote].Left);
            votes[vote] = new(rated[left].Picture, rated[right].Picture, rated[left].Rating > rated[right].Rating ? Choice.Left : Choice.Right, null);
        }

        return votes;
    }
}
