using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

public sealed class SharedEffectsTests
{
    private const int Features = 4;

    [Theory]
    [InlineData(12, 30, 0.53)]
    [InlineData(30, 60, 0.53)]
    [InlineData(30, 200, 0.53)]
    [InlineData(30, 60, 4)]
    public void Posterior_is_that_of_a_model_with_a_weight_for_each_picture(int pictures, int votes, double variance)
    {
        var prior = Prior(variance);
        Comparison[] comparisons = [.. new Crowd(3, people: 1, pictures, new double[Features], [1, 1, 1, 1]).Votes(0, votes)];

        var (mean, deviations) = Learn(prior, comparisons, sharesEffects: true);
        var (exactMean, exactDeviations) = LearnWithAWeightForEachPicture(comparisons, pictures, variance);

        Assert.All(Enumerable.Range(0, Features), feature =>
        {
            Assert.Equal(exactMean[feature], mean[feature], 0.1 * exactDeviations[feature]);
            Assert.Equal(exactDeviations[feature], deviations[feature], 0.03 * exactDeviations[feature]);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_that_begins_with_the_factors_of_another_prior_ends_where_a_new_one_does(bool sharesEffects)
    {
        var (before, now) = (Prior(2), Prior(0.3));
        Comparison[] comparisons = [.. new Crowd(4, people: 1, pictures: 30, new double[Features], [2, 2, 1, 1]).Votes(0, 200)];
        using var earlier = Fit(before, comparisons, sharesEffects);
        earlier.Propagate(before.Mean);
        using var fit = Fit(now, comparisons, sharesEffects);
        using var reference = Fit(now, comparisons, sharesEffects);

        var (mean, factor) = fit.Resume(earlier.Factors());
        var (expected, expectedFactor) = reference.Propagate(now.Mean);

        var (covariance, expectedCovariance) = (factor.Inverse(), expectedFactor.Inverse());
        Assert.All(Enumerable.Range(0, Features), feature =>
        {
            var deviation = Math.Sqrt(expectedCovariance[feature * (Features + 1)]);
            Assert.Equal(expected[feature], mean[feature], 0.01 * deviation);
            Assert.Equal(deviation, Math.Sqrt(covariance[feature * (Features + 1)]), 0.01 * deviation);
        });
        Assert.Equal(reference.Lapse, fit.Lapse, 0.005);
    }

    [Fact]
    public void Answers_about_one_picture_tell_less_than_answers_about_many()
    {
        PictureFeatures Picture(long id, double value) => new(id, value, 0, 0, 0);
        Comparison[] one = [.. Enumerable.Range(0, 30).Select(i => new Comparison(Picture(1, 1), Picture(100 + i, -1), 1))];
        Comparison[] many = [.. Enumerable.Range(0, 30).Select(i => new Comparison(Picture(200 + i, 1), Picture(100 + i, -1), 1))];

        var fromOne = Learn(Prior(2), one, sharesEffects: true);
        var fromMany = Learn(Prior(2), many, sharesEffects: true);

        Assert.InRange(fromOne.Mean[0], 0, 0.9 * fromMany.Mean[0]);
    }

    [Fact]
    public void Posterior_exists_for_any_mixture_of_pictures_weights_and_ties()
    {
        var crowd = new Crowd(5, people: 1, pictures: 6, new double[Features], [1, 1, 1, 1]);
        var votes = crowd.Votes(0, 300);
        Comparison[] mixture =
        [
            .. votes,
            .. votes.Take(40).Select(vote => Comparison.Skipped(vote.Preferred, vote.Other)),
            .. votes.Take(40).Select(vote => vote with { Preferred = new(0, vote.Preferred.Values), Weight = 1.0 / 8 }),
            .. votes.Take(40).Select(vote => vote with { Other = new(900, vote.Other.Values) }),
            new(votes[0].Preferred, votes[0].Preferred, 1),
        ];

        foreach (var variance in new[] { 0.001, 0.53, 10 })
        {
            var (mean, deviations) = Learn(Prior(variance), mixture, sharesEffects: true);
            Assert.All(mean, weight => Assert.InRange(weight, -10, 10));
            Assert.All(deviations, deviation => Assert.InRange(deviation, 1e-3, 1));
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.53)]
    [InlineData(2)]
    public void Community_fitter_finds_how_much_people_see_in_single_pictures(double variance)
    {
        double[] deviations = [1, 1, 0.7, 0.7];
        var crowd = new Crowd(8, people: 60, pictures: 40, new double[Features], deviations, pictureEffect: Math.Sqrt(variance));
        IReadOnlyList<Comparison>[] votes = [.. Enumerable.Range(0, 60).Select(person => crowd.Votes(person, 200))];
        var believed = CommunityPrior.Initial(Features);

        var prior = CommunityFitter.Fit(believed, believed, votes, 30, 2, CancellationToken.None);

        // Noise of the answers is shared between them, the lapse rate and the size of the tastes.
        Assert.InRange(prior.PictureEffectVariance, 0.5 * variance, 1.75 * variance);
        Assert.InRange(Enumerable.Range(0, Features).Average(feature => prior.PopulationCovariance[feature * (Features + 1)]), 0.5, 1.1);
    }

    [Fact]
    public void Community_fitter_keeps_the_usual_picture_effects_where_no_picture_recurs()
    {
        var crowd = new Crowd(9, people: 20, pictures: 3000, new double[Features], [1, 1, 1, 1], pictureEffect: 2);
        IReadOnlyList<Comparison>[] votes = [.. Enumerable.Range(0, 20).Select(person => (IReadOnlyList<Comparison>)[.. Enumerable.Range(0, 50).Select(i => crowd.Vote(person, (crowd.Pictures[100 * person + (2 * i)], crowd.Pictures[100 * person + (2 * i) + 1])))])];
        var believed = CommunityPrior.Initial(Features);

        var prior = CommunityFitter.Fit(believed, believed, votes, 10, 2, CancellationToken.None);

        Assert.Equal(CommunityPrior.UsualPictureEffectVariance, prior.PictureEffectVariance, 1e-9);
    }

    [Fact]
    public void Community_fitter_finds_item_effects_of_a_small_size_for_likes_alone()
    {
        // Likes teach style alone: their pictures have no id.
        var crowd = new Crowd(10, people: 10, pictures: 60, new double[Features], [1, 1, 1, 1]);
        IReadOnlyList<Comparison>[] likes =
        [
            .. Enumerable.Range(0, 10).Select(person => (IReadOnlyList<Comparison>)
                [.. crowd.Votes(person, 40).Select(vote => new Comparison(new(0, vote.Preferred.Values), new(0, vote.Other.Values), 1.0 / 8))]),
        ];
        var believed = CommunityPrior.Initial(Features);

        var prior = CommunityFitter.Fit(believed, believed, likes, 30, 2, CancellationToken.None);

        Assert.InRange(prior.AppealVariance, 0, 0.25);
    }

    private static CommunityPrior Prior(double pictureEffectVariance)
    {
        var usual = CommunityPrior.Initial(Features);
        return new(0, usual.Mean, usual.PopulationCovariance, new double[Features * Features], 0, new Dictionary<long, Appeal>(), usual.TieOdds, pictureEffectVariance);
    }

    private static PosteriorFit Fit(CommunityPrior prior, Comparison[] comparisons, bool sharesEffects) =>
        new(prior.Mean.ToArray(), new Cholesky(prior.Covariance, prior.Dimension).Inverse(), prior, comparisons, sharesEffects);

    private static (double[] Mean, double[] Deviations) Learn(CommunityPrior prior, Comparison[] comparisons, bool sharesEffects)
    {
        var dimension = prior.Dimension;
        using var fit = Fit(prior, comparisons, sharesEffects);
        var (mean, factor) = fit.Propagate(prior.Mean);
        var covariance = factor.Inverse();
        return (mean, [.. Enumerable.Range(0, dimension).Select(feature => Math.Sqrt(covariance[feature * (dimension + 1)]))]);
    }

    /// <summary>The same model with each picture's effect as one more weight, whose feature is 1 for that picture and 0 for others.</summary>
    private static (double[] Mean, double[] Deviations) LearnWithAWeightForEachPicture(Comparison[] comparisons, int pictures, double variance)
    {
        PictureFeatures Extend(PictureFeatures picture) =>
            new(0, [.. picture.Values, .. Enumerable.Range(1, pictures).Select(id => id == picture.Picture ? 1.0 : 0)]);

        var variances = CommunityPrior.Initial([.. Enumerable.Repeat(1.0, Features), .. Enumerable.Repeat(variance, pictures)]);
        var prior = new CommunityPrior(0, variances.Mean, variances.PopulationCovariance, new double[variances.Covariance.Length], 0, new Dictionary<long, Appeal>(), 0.2, 1e-12);
        return Learn(prior, [.. comparisons.Select(comparison => comparison with { Preferred = Extend(comparison.Preferred), Other = Extend(comparison.Other) })], sharesEffects: false);
    }
}
