using System.Numerics.Tensors;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Summarizes a person's taste: what was learnt, from which votes and likes, and how well it predicts.</summary>
public sealed class TasteSummarizer(TasteLearner learner, UnlockRule unlock)
{
    private const int ExplainedTraits = 3;
    private const int ChoicesPerTrait = 2;

    // A quarter of an axis, from -1 to 1: less is hard to see between two pictures.
    private const double MinShown = 0.5;

    // Half an axis: the two pictures of a like show different subjects.
    private const double MinShownAcrossSubjects = 1;
    private const int MinPredictions = 30;
    private const int SampledPairs = 400;

    // Log of a Bayes factor of 20, "strong" evidence (Kass and Raftery 1995, "Bayes factors").
    private const double StrongEvidence = 2.995732273553991;

    // Measures beyond style are summed up in one line of text.
    private const int MaxBeyondStyle = 4;

    /// <summary>What is known of a profile's taste now.</summary>
    public async Task<TasteSummary> SummarizeAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        var learning = await learner.LearnAsync(profile, cancellationToken);
        var (learnt, answered, likes, features) = learning;
        var votes = answered.Where(pair => pair.IsVote).ToArray();
        var choices = LearntChoice.From(learning.Present.Votes, learning.Present.Likes, features);
        var (space, taste, model) = (learnt.Community.Space, learnt.Taste, learnt.Community.Model);

        TasteTrait[] traits = [.. TasteTrait.AllOf(space, taste).OrderByDescending(trait => Math.Abs(trait.Weight))];
        var (expected, attainable) = PredictedAccuracy(model, taste, features.Pool);
        return new(
            unlock.Progress(learnt.Votes, learnt.Likes),
            traits,
            BeyondStyle(space, taste),
            Influential([.. traits.Where(trait => trait.IsSure).Take(ExplainedTraits)], space, taste, model, choices),
            Accuracy(votes),
            expected,
            attainable,
            Verdict(model, choices, hasChanged: learning.Change is (ChangeKind.OtherTaste, _)))
        {
            LastChoiceAt = votes.Select(vote => vote.AnsweredAt).Concat(likes.Select(like => like.LikedAt)).Max(),
            Change = learning.Change,
        };
    }

    private static TasteTrait[] BeyondStyle(FeatureSpace space, TastePosterior taste) =>
    [
        .. (space.Map?.Measures ?? [])
            .Select((measure, i) => TasteTrait.Create(
                new StyleAxis(measure.Id, measure.Low, measure.High, []),
                taste.Mean[space.StyleDimension + i],
                taste.Variance(space.StyleDimension + i)))
            .Where(trait => trait.IsSure)
            .OrderByDescending(trait => Math.Abs(trait.Weight))
            .Take(MaxBeyondStyle),
    ];

    /// <summary>
    /// The choices that moved each trait's weight furthest in the direction it now has, of those whose chosen picture clearly
    /// has more of the trait than one beside it; each explains one trait. None where no choice shows it.
    /// </summary>
    private static List<InfluentialChoice> Influential(TasteTrait[] traits, FeatureSpace space, TastePosterior taste, TasteModel model, IReadOnlyList<LearntChoice> choices)
    {
        var moves = choices
            .Where(choice => choice.Comparisons.Count > 0)
            .Select(choice => (Choice: choice, Moved: Influence(model, taste, choice)))
            .ToList();
        var influential = new List<InfluentialChoice>();
        foreach (var trait in traits)
        {
            var axis = Enumerable.Range(0, space.StyleDimension).First(feature => space.Axes[feature] == trait.Axis);
            var largest = moves
                .Where(move => move.Moved[axis] * trait.Weight > 0)
                .OrderByDescending(move => Math.Abs(move.Moved[axis]))
                .Select(move => (Move: move, Explained: Explain(trait, axis, space, move.Choice)))
                .Where(explained => explained.Explained is not null)
                .Take(ChoicesPerTrait)
                .ToArray();
            moves.RemoveAll(move => largest.Any(explained => explained.Move.Choice == move.Choice));
            influential.AddRange(largest.Select(explained => explained.Explained!));
        }

        return influential;
    }

    private static double[] Influence(TasteModel model, TastePosterior taste, LearntChoice choice)
    {
        var moved = new double[taste.Dimension];
        foreach (var comparison in choice.Comparisons)
        {
            TensorPrimitives.Add(moved, model.Influence(taste, comparison), moved);
        }

        return moved;
    }

    /// <summary>The choice beside the picture that differs most in the trait; null where none differs clearly.</summary>
    private static InfluentialChoice? Explain(TasteTrait trait, int axis, FeatureSpace space, LearntChoice choice)
    {
        var sign = Math.Sign(trait.Weight);
        if (choice.Chosen is not { } chosen || Coordinate(chosen, axis, space) is not { } has || (choice.IsLike && sign * has < MinShown))
        {
            return null;
        }

        var (other, lacks) = choice.PassedOver
            .Where(picture => !choice.IsLike || IsSeen(picture))
            .Select(picture => (Picture: picture, Lacks: sign * (has - Coordinate(picture, axis, space))))
            .OrderByDescending(passed => passed.Lacks)
            .FirstOrDefault();
        return lacks >= (choice.IsLike ? MinShownAcrossSubjects : MinShown) ? new(trait, chosen, other) : null;

        // Of two subjects, one may look like the opposite of its style: a warm night is blue beside a cool desert.
        bool IsSeen(Picture picture) => Measured(chosen, axis, space) is not { } a || Measured(picture, axis, space) is not { } b || sign * (a - b) >= MinShown;
    }

    /// <summary>How far a picture is along an axis, -1 to 1: its exact style, or what is measured where style was only asked for; null where neither is known.</summary>
    private static double? Coordinate(Picture picture, int axis, FeatureSpace space) =>
        picture is { Source: null, Style: { } style } ? axis < style.Dimension ? style[axis] : 0
        : Measured(picture, axis, space);

    private static double? Measured(Picture picture, int axis, FeatureSpace space) =>
        space.Map?.Standardize(picture.Features) is { } measured ? space.Map.Style(measured)[axis] : null;

    private static MeasuredAccuracy? Accuracy(Pair[] votes)
    {
        var measured = votes.Where(vote => vote is { IsRandom: true, Expectation: not null }).TakeLast(MeasuredAccuracy.MaxPairs).ToArray();
        return measured.Length < MeasuredAccuracy.MinPairs ? null : new(measured.Count(vote => vote.Predicted > 0.5), measured.Length);
    }

    /// <summary>
    /// The mean accuracy, 0.5 to 1, on random pairs: with the taste as it is known now, and if it were known exactly. Both
    /// average the likelier side's probability over the posterior, by three-point Gauss-Hermite quadrature.
    /// </summary>
    private static (double Expected, double Attainable) PredictedAccuracy(TasteModel model, TastePosterior taste, PicturePool pool)
    {
        if (pool.PairCount == 0)
        {
            return (0.5, 0.5);
        }

        var random = new StableRandom(1);
        var (expected, attainable) = (0.0, 0.0);
        for (var i = 0; i < SampledPairs; i++)
        {
            var prompt = pool.Prompts[random.Below(pool.Prompts.Count)];
            var a = random.Below(prompt.Count);
            var b = (a + 1 + random.Below(prompt.Count - 1)) % prompt.Count;
            var (now, known) = model.PredictedAccuracy(taste, prompt[a].Features, prompt[b].Features);
            expected += now;
            attainable += known;
        }

        return (expected / SampledPairs, attainable / SampledPairs);
    }

    /// <summary>
    /// Compares the predictions made before each choice with a coin and with the community's taste. Predictions precede the
    /// choices, so it does not matter how pairs were picked. The predicted probabilities against a coin's form a Bayes factor
    /// (Dawid 1984, "The prequential approach"): at most one in twenty people with a taste who vote is ever taken for a coin. For
    /// likes it is approximate.
    /// </summary>
    private static TasteVerdict Verdict(TasteModel model, IReadOnlyList<LearntChoice> choices, bool hasChanged)
    {
        var predicted = Predictions(model, choices, hasChanged);
        if (predicted.Count < MinPredictions)
        {
            return TasteVerdict.TooEarly;
        }

        // The first third was predicted from too few choices to say what was learnt. A person whose choices are predicted more
        // often than not has a taste even if the model is overconfident and its Bayes factor is therefore low.
        var later = predicted[(predicted.Count / 3)..];
        var evidence = predicted.Sum(one => one.Own.Evidence);
        if (evidence < StrongEvidence && !IsAboveNoise([.. later.Select(one => one.Own.Right - 0.5)]))
        {
            return evidence < -StrongEvidence ? TasteVerdict.LikeChance : TasteVerdict.TooEarly;
        }

        double[] gains = [.. later.Select(one => one.Own.Right - one.Communitys.Right)];
        return IsAboveNoise(gains) ? TasteVerdict.Personal : TasteVerdict.LikeCommunity;
    }

    /// <summary>
    /// How well each choice was predicted, oldest first, by the taste before it and by the community's. The predictions of votes
    /// were stored; a like is predicted from the votes and likes before it, and so is all that follows a change, since what was
    /// stored was predicted by the taste before.
    /// </summary>
    private static List<(Predicted Own, Predicted Communitys)> Predictions(TasteModel model, IReadOnlyList<LearntChoice> choices, bool hasChanged)
    {
        var predictions = new List<(Predicted Own, Predicted Communitys)>();
        var taste = model.Prior;
        foreach (var choice in choices.Where(choice => choice.Comparisons.Count > 0))
        {
            if (hasChanged || choice.IsLike || choice.Predicted is not null)
            {
                var own = choice.Predicted is { } stored && !hasChanged ? Predicted.Of([(stored, 1)]) : Predict(taste, choice);
                predictions.Add((own, Predict(model.Prior, choice)));
            }

            taste = choice.Comparisons.Aggregate(taste, (learnt, comparison) => model.Update(learnt, comparison));
        }

        return predictions;

        Predicted Predict(TastePosterior by, LearntChoice choice) =>
            Predicted.Of([.. choice.Comparisons.Select(one => (model.Probability(by, one.Preferred, one.Other), one.Weight))]);
    }

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

    /// <summary>
    /// How well one choice was predicted. A like is a choice over several pictures and counts once, by the mean over them: one
    /// given by chance is as often predicted below another picture as above it.
    /// </summary>
    /// <param name="Evidence">Log of the predicted probability relative to a coin's, in nats: above 0 where it was predicted.</param>
    /// <param name="Right">The share of the other pictures, 0 to 1, over which the chosen one was predicted; 0.5 without a prediction.</param>
    private readonly record struct Predicted(double Evidence, double Right)
    {
        public static Predicted Of(IReadOnlyCollection<(double Probability, double Weight)> comparisons)
        {
            var weight = comparisons.Sum(one => one.Weight);
            return new(
                comparisons.Sum(one => one.Weight * Math.Log(2 * one.Probability)) / weight,
                comparisons.Sum(one => one.Weight * (Math.Abs(one.Probability - 0.5) < 1e-9 ? 0.5 : one.Probability > 0.5 ? 1 : 0)) / weight);
        }
    }
}
