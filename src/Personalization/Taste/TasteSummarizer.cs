using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Tells a person what was learnt of their taste, from which votes, and how far it can be trusted.</summary>
public sealed class TasteSummarizer(IProfileStore profiles, TasteLearner learner, UnlockRule unlock)
{
    private const int ExplainedTraits = 3;
    private const int VotesPerTrait = 2;
    private const int LeastVotes = 30;
    private const int ForetoldPairs = 400;

    // Of the logarithm of a Bayes factor: 20 to 1 (Kass and Raftery 1995, "Bayes factors").
    private const double Strong = 2.995732273553991;

    // What is known of a picture beyond style is told in the few words that matter most.
    private const int MostBeyondStyle = 4;

    /// <summary>What is known of the person now.</summary>
    public async Task<TasteSummary> SummarizeAsync(PersonId person, CancellationToken cancellationToken)
    {
        var (learnt, answered, _, features) = await learner.LearnAsync(await profiles.GetOrCreateAsync(person, cancellationToken), cancellationToken);
        var votes = answered.Where(pair => pair.IsVote).ToArray();
        var (space, taste, model) = (learnt.Community.Space, learnt.Taste, learnt.Community.Model);

        TasteTrait[] traits =
        [
            .. space.Axes
                .Select((axis, feature) => TasteTrait.Of(axis, taste.Mean[feature], taste.Variance(feature)))
                .OrderByDescending(trait => Math.Abs(trait.Weight)),
        ];
        var (expected, possible) = Foretold(model, taste, features.Pool);
        return new(
            unlock.Progress(learnt.Votes, learnt.Likes),
            traits,
            BeyondStyle(space, taste),
            Telling([.. traits.Where(trait => trait.IsSure).Take(ExplainedTraits)], space, taste, model, votes, features),
            Accuracy(votes),
            expected,
            possible,
            Verdict(model, votes, features));
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

    /// <summary>The votes that moved each trait's weight most in its own direction; none is told twice.</summary>
    private static List<TellingVote> Telling(TasteTrait[] traits, FeatureSpace space, TastePosterior taste, TasteModel model, Pair[] votes, FeatureLookup features)
    {
        var comparisons = new ComparisonBuilder(features);
        var moves = votes
            .Select(vote => (Vote: vote, Comparisons: comparisons.From(vote).ToArray()))
            .Where(vote => vote.Comparisons.Length == 1)
            .Select(vote => (vote.Vote, Moved: model.Influence(taste, vote.Comparisons[0])))
            .ToList();
        var telling = new List<TellingVote>();
        foreach (var trait in traits)
        {
            var axis = Enumerable.Range(0, space.StyleDimension).First(feature => space.Axes[feature] == trait.Axis);
            var most = moves
                .Where(move => move.Moved[axis] * trait.Weight > 0)
                .OrderByDescending(move => Math.Abs(move.Moved[axis]))
                .Take(VotesPerTrait)
                .ToArray();
            moves.RemoveAll(most.Contains);
            telling.AddRange(most.Select(move => Told(trait, move.Vote, features)));
        }

        return telling;
    }

    private static TellingVote Told(TasteTrait trait, Pair vote, FeatureLookup features)
    {
        Picture Seen(PictureId id) => features.Find(id)!.Picture;
        return vote.Choice == Choice.Left ? new(trait, Seen(vote.Left), Seen(vote.Right)) : new(trait, Seen(vote.Right), Seen(vote.Left));
    }

    private static MeasuredAccuracy? Accuracy(Pair[] votes)
    {
        var measured = votes.Where(vote => vote is { IsRandom: true, Expectation: not null }).TakeLast(MeasuredAccuracy.Latest).ToArray();
        return measured.Length < MeasuredAccuracy.Least ? null : new(measured.Count(vote => Probability(vote) > 0.5), measured.Length);
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
            var (now, known) = model.PredictedAccuracy(taste, prompt[a].Features, prompt[b].Features);
            expected += now;
            possible += known;
        }

        return (expected / ForetoldPairs, possible / ForetoldPairs);
    }

    /// <summary>
    /// Compares how choices were foretold, before they were made, with a coin and with what everybody likes: choosing pairs by
    /// what was known then favours neither. The probabilities that were given to the choices, against a coin's, are a Bayes
    /// factor (Dawid 1984, "The prequential approach"): of those who have a taste, not one in twenty is ever taken for a coin.
    /// </summary>
    private static TasteVerdict Verdict(TasteModel model, Pair[] votes, FeatureLookup features)
    {
        var foretold = votes.Where(vote => vote.Expectation is not null).ToArray();
        if (foretold.Length < LeastVotes)
        {
            return TasteVerdict.TooEarly;
        }

        // The first choices are guessed at blindly, and say nothing of what was learnt. Somebody may also be foretold more often
        // than not, and yet be far from as sure as the model thinks: that is a taste, too.
        var later = foretold[(foretold.Length / 3)..];
        var evidence = foretold.Sum(vote => Math.Log(2 * Probability(vote)));
        if (evidence < Strong && !IsAboveNoise([.. later.Select(vote => Right(Probability(vote)) - 0.5)]))
        {
            return evidence < -Strong ? TasteVerdict.LikeChance : TasteVerdict.TooEarly;
        }

        var comparisons = new ComparisonBuilder(features);
        var beyond = later
            .Select(vote => (Vote: vote, Comparisons: comparisons.From(vote).ToArray()))
            .Where(vote => vote.Comparisons.Length == 1)
            .Select(vote => Right(Probability(vote.Vote)) - Right(model.Probability(model.Prior, vote.Comparisons[0].Preferred, vote.Comparisons[0].Other)))
            .ToArray();
        return IsAboveNoise(beyond) ? TasteVerdict.OfTheirOwn : TasteVerdict.LikeEverybody;
    }

    /// <summary>1 where what was chosen was thought the likelier side, 0 where the other was, and a half where nothing was thought.</summary>
    private static double Right(double probability) => Math.Abs(probability - 0.5) < 1e-9 ? 0.5 : probability > 0.5 ? 1 : 0;

    /// <summary>Whether the mean is above 0 by more than two standard errors.</summary>
    private static bool IsAboveNoise(double[] gains)
    {
        if (gains.Length < 2)
        {
            return false;
        }

        var mean = gains.Average();
        var error = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Length * (gains.Length - 1.0)));
        return mean > 2 * error;
    }
}
