using Microsoft.Extensions.Options;
using Personalization.Codes;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>Tells a person what was learnt of their taste, from which votes, and how far it can be trusted.</summary>
public sealed class TasteSummarizer(IBallotStore ballots, TasteBook book, IOptions<RankingOptions> options)
{
    private const int ExplainedTraits = 3;
    private const int VotesPerTrait = 2;
    private const int LeastVotes = 30;
    private const int ForetoldPairs = 400;

    // What is known of a picture beyond style is told in the few words that matter most.
    private const int MostBeyondStyle = 4;

    /// <summary>What is known of the person now.</summary>
    public async Task<TasteSummary> SummarizeAsync(PersonId person, CancellationToken cancellationToken)
    {
        var learnt = await book.RebuildAsync(person, cancellationToken);
        var answered = await ballots.AnsweredAsync(person, cancellationToken);
        var votes = answered.Where(pair => pair.IsVote).ToArray();
        var sight = await book.Evidence.SeeAsync(votes, [], cancellationToken);
        var (space, taste, model) = (learnt.Community.Space, learnt.Taste, learnt.Community.Model);

        TasteTrait[] traits =
        [
            .. space.Axes
                .Select((axis, feature) => TasteTrait.Of(axis, taste.Mean[feature], taste.Variance(feature)))
                .OrderByDescending(trait => Math.Abs(trait.Weight)),
        ];
        var (expected, possible) = Foretold(model, taste, sight.Pool);
        return new(
            new(learnt.Votes, learnt.Likes, options.Value.UnlockAt),
            traits,
            BeyondStyle(space, taste),
            [.. traits.Where(trait => trait.IsSure).Take(ExplainedTraits).SelectMany(trait => Telling(trait, space, taste, model, votes, sight))],
            Accuracy(votes),
            expected,
            possible,
            Verdict(model, votes, sight));
    }

    private static TasteTrait[] BeyondStyle(FeatureSpace space, TastePosterior taste) =>
    [
        .. (space.Map?.Measures ?? [])
            .Select((measure, i) => TasteTrait.Of(
                new StyleAxis(measure.Id, measure.Low, measure.High, []),
                taste.Mean[space.StyleDimension + i],
                taste.Variance(space.StyleDimension + i)))
            .Where(trait => trait.IsSure)
            .OrderByDescending(trait => Math.Abs(trait.Weight))
            .Take(MostBeyondStyle),
    ];

    /// <summary>The votes that moved the trait's weight most in its own direction.</summary>
    private static IEnumerable<TellingVote> Telling(TasteTrait trait, FeatureSpace space, TastePosterior taste, TasteModel model, Pair[] votes, Evidence.Sight sight)
    {
        var axis = Enumerable.Range(0, space.StyleDimension).First(feature => space.Axes[feature] == trait.Axis);
        return votes
            .Select(vote => (Vote: vote, Comparisons: sight.Of(vote).ToArray()))
            .Where(vote => vote.Comparisons.Length == 1)
            .Select(vote => (vote.Vote, Moved: model.Influence(taste, vote.Comparisons[0])[axis] * Math.Sign(trait.Weight)))
            .Where(vote => vote.Moved > 0)
            .OrderByDescending(vote => vote.Moved)
            .Take(VotesPerTrait)
            .Select(vote => Told(trait, vote.Vote, sight));
    }

    private static TellingVote Told(TasteTrait trait, Pair vote, Evidence.Sight sight)
    {
        Picture Seen(PictureId id) => sight.Find(id)!.Picture;
        return vote.Choice == Choice.Left ? new(trait, Seen(vote.Left), Seen(vote.Right)) : new(trait, Seen(vote.Right), Seen(vote.Left));
    }

    private static MeasuredAccuracy? Accuracy(Pair[] votes)
    {
        var measured = votes.Where(vote => vote is { IsRandom: true, Expectation: not null }).TakeLast(MeasuredAccuracy.Latest).ToArray();
        return measured.Length == 0 ? null : new(measured.Count(vote => Probability(vote) > 0.5), measured.Length);
    }

    /// <summary>The probability that was given to what the person then chose.</summary>
    private static double Probability(Pair vote) => vote.Choice == Choice.Left ? vote.Expectation!.Value : 1 - vote.Expectation!.Value;

    /// <summary>
    /// How many choices between random pairs will be foretold now, and how many were the taste known: the average of the
    /// likelier side's probability, over the doubt about the taste by three points of Gauss and Hermite.
    /// </summary>
    private static (double Expected, double Possible) Foretold(TasteModel model, TastePosterior taste, PicturePool pool)
    {
        if (pool.PairCount == 0)
        {
            return (0.5, 0.5);
        }

        var random = new StableRandom(1);
        var (expected, possible) = (0.0, 0.0);
        for (var i = 0; i < ForetoldPairs; i++)
        {
            var prompt = pool.Prompts[random.Below(pool.Prompts.Count)];
            var a = random.Below(prompt.Count);
            var b = (a + 1 + random.Below(prompt.Count - 1)) % prompt.Count;
            var (now, known) = model.Foretold(taste, prompt[a].Features, prompt[b].Features);
            expected += now;
            possible += known;
        }

        return (expected / ForetoldPairs, possible / ForetoldPairs);
    }

    /// <summary>
    /// Compares what was given to each choice before it was made with a coin and with what everybody likes, in mean log
    /// probability and its standard error: choosing pairs by what was known then favours neither.
    /// </summary>
    private static TasteVerdict Verdict(TasteModel model, Pair[] votes, Evidence.Sight sight)
    {
        var foretold = votes.Where(vote => vote.Expectation is not null).ToArray();
        if (foretold.Length < LeastVotes)
        {
            return TasteVerdict.TooEarly;
        }

        // The first choices are guessed at blindly, and say nothing of what was learnt.
        var later = foretold[(foretold.Length / 3)..];
        if (!IsAboveNoise([.. later.Select(vote => Math.Log(2 * Probability(vote)))]))
        {
            return TasteVerdict.LikeChance;
        }

        var everybody = later
            .Select(vote => (Vote: vote, Comparison: sight.Of(vote).ToArray()))
            .Where(vote => vote.Comparison.Length == 1)
            .Select(vote => Math.Log(Probability(vote.Vote) / model.Probability(model.Prior, vote.Comparison[0].Preferred, vote.Comparison[0].Other)))
            .ToArray();
        return everybody.Length == 0 || IsAboveNoise(everybody) ? TasteVerdict.OfTheirOwn : TasteVerdict.LikeEverybody;
    }

    /// <summary>Whether the mean is above 0 by more than its standard error.</summary>
    private static bool IsAboveNoise(double[] gains)
    {
        var mean = gains.Average();
        var error = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Length * (gains.Length - 1.0)));
        return mean > error;
    }
}
