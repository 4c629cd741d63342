using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

/// <summary>What people differ about in pictures they know, beyond all features.</summary>
public sealed class LatentFactorsTests
{
    private const int Known = 4;
    private static readonly CommunityPrior Believed = CommunityPrior.Initial(Known);

    [Fact]
    public void Latent_factors_find_what_no_feature_measures_in_known_pictures()
    {
        var crowd = Told(people: 80, pictures: 80, hiddenDeviation: 1.5);
        var prior = CommunityFitter.Fit(Believed, Believed, crowd.Votes, 10, 2, CancellationToken.None);

        var factors = LatentFactors.Find(prior, crowd.Votes, 2, CancellationToken.None);

        Assert.Equal(1, factors!.Count);
        var met = crowd.World.Pictures.Where(picture => factors.Coordinates.ContainsKey(picture.Picture)).ToArray();
        Assert.InRange(met.Length, 70, 80);
        Assert.InRange(Math.Abs(Correlation(met.Select(picture => (picture.Values[Known], factors.Coordinates[picture.Picture][0])))), 0.85, 1);
        Assert.All(factors.Coordinates.Values, coordinates => Assert.InRange(Math.Abs(coordinates[0]), 0, PictureFeatures.Clip * PictureFeatures.ScaleOf(1)));
    }

    [Fact]
    public void Latent_factors_improve_predictions_and_change_nothing_where_there_are_none()
    {
        foreach (var (deviation, leastGain, mostGain) in new[] { (1.5, 0.03, 0.2), (0, 0, 0) })
        {
            var crowd = Told(people: 80, pictures: 80, deviation);
            var plain = CommunityFitter.Fit(Believed, Believed, crowd.Votes, 10, 2, CancellationToken.None);

            var (prior, factors) = CommunityFitter.FitWithFactors(Believed, Believed, crowd.Votes, 10, 2, CancellationToken.None);

            Assert.Equal(deviation > 0, factors is not null);
            var gain = Loss(plain, crowd, picture => picture) - Loss(prior, crowd, picture => factors?.Extend(picture) ?? picture);
            Assert.InRange(gain, leastGain, mostGain);
        }
    }

    [Fact]
    public void Latent_factors_do_not_depend_on_threads()
    {
        var crowd = Told(people: 40, pictures: 40, hiddenDeviation: 2);

        var one = LatentFactors.Find(Believed, crowd.Votes, 1, CancellationToken.None)!;
        var two = LatentFactors.Find(Believed, crowd.Votes, 2, CancellationToken.None)!;

        Assert.Equivalent(one, two, strict: true);
    }

    [Fact]
    public void Latent_factors_of_an_unknown_picture_are_0()
    {
        var factors = new LatentFactors(2, new Dictionary<long, double[]> { [1] = [0.5, -1] });

        Assert.Equal([3, 4, 0.5, -1], factors.Extend(new PictureFeatures(1, 3, 4)).Values.ToArray());
        Assert.Equal([3, 4, 0, 0], factors.Extend(new PictureFeatures(2, 3, 4)).Values.ToArray());
    }

    [Fact]
    public void Latent_factors_leave_the_prior_of_other_features_unchanged()
    {
        var prior = new CommunityPrior(3, [0.1, 0.2], [2, 0.5, 0.5, 1], [0.2, 0.1, 0.1, 0.3], 0.4, new Dictionary<long, Appeal> { [7] = new(1, 0.1) }, 0.2);

        var extended = new LatentFactors(1, new Dictionary<long, double[]>()).Extend(prior);

        Assert.Equal([0.1, 0.2, 0], extended.Mean.ToArray());
        Assert.Equal([2, 0.5, 0, 0.5, 1, 0, 0, 0, LatentFactors.Variance], extended.PopulationCovariance.ToArray());
        Assert.Equal(prior.Covariance[1], extended.Covariance[1]);
        Assert.Equivalent(prior, extended.Truncated(2));
    }

    /// <summary>People who also differ about one thing that the features of their votes do not hold.</summary>
    private static (Crowd World, IReadOnlyList<IReadOnlyList<Comparison>> Votes) Told(int people, int pictures, double hiddenDeviation)
    {
        var crowd = new Crowd(5, people, pictures, new double[Known + 1], [1, 0.7, 0.5, 0.3, hiddenDeviation], appeal: 0.5);
        return (crowd, [.. Enumerable.Range(0, people).Select(person => crowd.Votes(person, 120).Select(Seen).ToArray())]);
    }

    private static Comparison Seen(Comparison vote) => vote with { Preferred = Seen(vote.Preferred), Other = Seen(vote.Other) };

    private static PictureFeatures Seen(PictureFeatures picture) => new(picture.Picture, picture.Values[..Known]);

    /// <summary>The mean log loss of later votes after a hundred.</summary>
    private static double Loss(CommunityPrior prior, (Crowd World, IReadOnlyList<IReadOnlyList<Comparison>> Votes) crowd, Func<PictureFeatures, PictureFeatures> extend)
    {
        var model = new TasteModel(prior);
        return crowd.Votes.Average(votes =>
        {
            var known = votes.Select(vote => vote with { Preferred = extend(vote.Preferred), Other = extend(vote.Other) }).ToArray();
            var taste = model.Rebuild(known[..100]);
            return known[100..].Average(vote => -Math.Log(model.Probability(taste, vote.Preferred, vote.Other)));
        });
    }

    private static double Correlation(IEnumerable<(double X, double Y)> pairs)
    {
        var all = pairs.ToArray();
        var (x, y) = (all.Average(pair => pair.X), all.Average(pair => pair.Y));
        return all.Sum(pair => (pair.X - x) * (pair.Y - y))
            / Math.Sqrt(all.Sum(pair => (pair.X - x) * (pair.X - x)) * all.Sum(pair => (pair.Y - y) * (pair.Y - y)));
    }
}
