using System.Runtime.InteropServices;

namespace Personalization.Taste.Model;

/// <summary>
/// What one person sees in the pictures they have met beyond their features: b + e, the picture's own appeal and what they
/// alone see in it, e ~ N(0, se^2). It foretells what they say of those pictures again, and nothing of any other. Immutable.
/// </summary>
internal sealed class PersonPictureEffects
{
    /// <summary>se^2: two of it flatten log odds by <see cref="TasteModel.Kappa"/>.</summary>
    public const double Variance = ((1 / (TasteModel.Kappa * TasteModel.Kappa)) - 1) * 4 / Math.PI;

    // Each picture's prior holds it harder than all its comparisons but for those met very often, so that few sweeps do.
    private const int MaxSweeps = 10;
    private const double Settled = 0.01;

    private readonly Dictionary<long, Appeal> _met;

    private PersonPictureEffects(Dictionary<long, Appeal> met) => _met = met;

    /// <summary>Those of somebody who has met no picture.</summary>
    public static PersonPictureEffects Empty { get; } = new([]);

    /// <summary>
    /// Finds them given the taste that was learnt from the same comparisons, each picture's after the other (Gauss and Seidel),
    /// by Newton's method. A column for each picture beside the features, learnt with them, would foretell known pictures better
    /// by another twentieth of what this gains, and tell less than a thousandth of a nat more of others, at a hundred times
    /// the work.
    /// </summary>
    /// <param name="foreseen">Each comparison with the mean and variance of the liking that the taste has for its difference of features.</param>
    public static PersonPictureEffects Fit(CommunityPrior community, IEnumerable<(Comparison Comparison, double Liking, double Variance)> foreseen)
    {
        var pictures = new Dictionary<long, Seen>();
        foreach (var (comparison, liking, variance) in foreseen)
        {
            var (preferred, other) = (SeenIn(comparison.Preferred), SeenIn(comparison.Other));
            preferred.Choices.Add(new(other, liking, variance, comparison.Weight, comparison.Outcome));
            other.Choices.Add(new(preferred, -liking, variance, comparison.Weight, 1 - comparison.Outcome));
        }

        var moved = double.MaxValue;
        for (var sweep = 0; sweep < MaxSweeps && moved > Settled; sweep++)
        {
            moved = 0;
            foreach (var seen in pictures.Values)
            {
                moved = Math.Max(moved, seen.Improve());
            }
        }

        return new(pictures.ToDictionary(picture => picture.Key, picture => new Appeal(picture.Value.Mean, picture.Value.Variance)));

        // A picture known to nobody is another one each time.
        Seen SeenIn(PictureFeatures picture)
        {
            var appeal = EffectOf(community, picture.Picture);
            if (picture.Picture == 0)
            {
                return new(appeal);
            }

            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(pictures, picture.Picture, out _);
            return seen ??= new(appeal);
        }
    }

    /// <summary>b + e of a picture: as far as this person's comparisons tell, or before they meet it.</summary>
    public Appeal EffectOf(CommunityPrior community, PictureFeatures picture) =>
        _met.TryGetValue(picture.Picture, out var seen) ? seen : EffectOf(community, picture.Picture);

    private static Appeal EffectOf(CommunityPrior community, long picture)
    {
        var appeal = community.AppealOf(picture);
        return appeal with { Variance = appeal.Variance + Variance };
    }

    /// <summary>One picture's, while it is found.</summary>
    private sealed class Seen(Appeal before)
    {
        public List<Choice> Choices { get; } = [];

        public double Mean { get; private set; } = before.Mean;

        public double Variance { get; private set; } = before.Variance;

        /// <summary>Takes one Newton step.</summary>
        /// <returns>How far.</returns>
        public double Improve()
        {
            var (gradient, curvature) = ((before.Mean - Mean) / before.Variance, 1 / before.Variance);
            foreach (var choice in Choices)
            {
                // What is not known of the taste and of the other picture makes the answer less sure.
                var slope = Logistic.ProbitScale(choice.Variance + choice.Other.Variance);
                var p = Logistic.Sigmoid(slope * (choice.Liking + Mean - choice.Other.Mean));
                gradient += choice.Weight * slope * (choice.Outcome - p);
                curvature += choice.Weight * slope * slope * p * (1 - p);
            }

            var move = gradient / curvature;
            Mean += move;
            Variance = 1 / curvature;
            return Math.Abs(move);
        }
    }

    /// <summary>One comparison from the side of one of its pictures.</summary>
    /// <param name="Other">What is seen in the other one.</param>
    /// <param name="Liking">By how much features make this one liked more, in log odds.</param>
    /// <param name="Variance">How doubtful that is.</param>
    /// <param name="Outcome">What share of a win this one has.</param>
    private readonly record struct Choice(Seen Other, double Liking, double Variance, double Weight, double Outcome);
}
