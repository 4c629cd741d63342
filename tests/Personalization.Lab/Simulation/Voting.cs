using Personalization.Codes;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Simulation;

/// <summary>Lets a simulated person vote pair by pair, as the bot shows them.</summary>
internal static class Voting
{
    /// <summary>The taste after each number of votes, as a code issued then would hold it.</summary>
    /// <param name="votes">In ascending order.</param>
    /// <param name="isRandom">Whether all pairs are drawn at random; null for the bot's own shares.</param>
    public static IEnumerable<TastePosterior> Tastes(PicturePool pool, SimulatedPerson person, IReadOnlyList<int> votes, bool? isRandom, Random random, CancellationToken cancellationToken)
    {
        var model = pool.Community.Model;
        var history = new PairHistory();
        var comparisons = new List<Comparison>();
        var taste = model.Prior;
        var count = 0;
        foreach (var wanted in votes)
        {
            while (count < wanted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var pair = PairPicker.Pick(pool, taste, history, default, random, isRandom);
                var (left, right) = (pool.Find(pair.Left.Id)!, pool.Find(pair.Right.Id)!);
                history.Add(left, right, pair.Expectation >= 0.5);
                var choice = person.Answer(pair.Left, pair.Right);
                var comparison = choice switch
                {
                    Choice.Left => new(left.Features, right.Features, 1),
                    Choice.Right => new(right.Features, left.Features, 1),
                    _ => Comparison.Skipped(left.Features, right.Features),
                };
                comparisons.Add(comparison);
                taste = model.Update(taste, comparison);
                count += choice == Choice.Skip ? 0 : 1;
            }

            taste = model.Rebuild(comparisons);
            yield return taste;
        }
    }

    /// <summary>The taste as a code of it applies to a prompt, on a server without a community's mean.</summary>
    public static Blend BlendOf(TastePosterior taste, StyleVocabulary vocabulary)
    {
        var dimension = vocabulary.Dimension;
        float[] mean = [.. taste.Mean[..dimension].ToArray().Select(weight => (float)weight)];
        float[] variance = [.. Enumerable.Range(0, dimension).Select(axis => (float)taste.Variance(axis))];
        return Blend.From(new TasteSnapshot(new(1), 1, vocabulary.Version, 0, mean, mean, variance, 200, 0));
    }
}
