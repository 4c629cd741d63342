using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

public sealed class LapseRateTests
{
    private const int People = 60;
    private const int Features = 6;

    [Theory]
    [InlineData(0, 0, 0.1)]
    [InlineData(0.1, 0.1, 0.3)]
    [InlineData(0.3, 0.2, 0.25)]
    public void Lapse_rate_is_twice_the_share_of_answers_that_are_the_wrong_way_round_within_its_bound(double flipped, double least, double most)
    {
        var crowd = Crowd(seed: 3);
        var model = new TasteModel(Usual(0));

        var lapse = Enumerable.Range(0, People).Average(person => model.Rebuild(Votes(crowd, person, 300, flipped)).Lapse);

        Assert.InRange(lapse, least, most);
    }

    [Fact]
    public void Lapse_rate_of_consistent_answers_is_0()
    {
        Assert.Equal(0, StyleWorld.Model().Rebuild(StyleWorld.Votes(200, seed: 1, StyleWorld.MoreVivid)).Lapse);
    }

    [Fact]
    public void Lapse_rate_before_any_vote_is_the_communitys()
    {
        var model = new TasteModel(Usual(0.2));
        var pair = Crowd(seed: 4).AnyPair();
        double[] sure = [9, 9, 9, 9, 9, 9];

        Assert.Equal(0.2, model.Prior.Lapse);
        Assert.Equal(0.2, model.Rebuild([]).Lapse);
        Assert.Equal(
            0.1 + (0.8 * new TasteModel(Usual(0)).Probability(Known(0), pair.A, pair.B)),
            model.Probability(Known(0.2), pair.A, pair.B),
            1e-12);

        TastePosterior Known(double lapse) => new(sure, Usual(0).Covariance.ToArray(), 10, null, lapse);
    }

    [Fact]
    public void Community_fitter_finds_how_often_people_lapse()
    {
        var crowd = Crowd(seed: 6);
        var usual = Usual(0);
        IReadOnlyList<Comparison>[] Of(double flipped) => [.. Enumerable.Range(0, People).Select(person => (IReadOnlyList<Comparison>)Votes(crowd, person, 200, person % 2 == 0 ? flipped : 0))];

        var some = CommunityFitter.Fit(usual, usual, Of(0.3), 8, 2, CancellationToken.None);
        var none = CommunityFitter.Fit(usual, usual, Of(0), 8, 2, CancellationToken.None);

        Assert.InRange(some.Lapse, 0.07, 0.25);
        Assert.InRange(none.Lapse, 0, 0.05);
        Assert.InRange(Size(some), 0.55 * Size(none), 1.2 * Size(none));

        double Size(CommunityPrior prior) => Enumerable.Range(0, Features).Average(feature => prior.PopulationCovariance[feature * (Features + 1)]);
    }

    [Fact]
    public void Taste_update_by_an_answer_that_was_probably_a_lapse_is_small()
    {
        var votes = StyleWorld.Votes(100, seed: 1, StyleWorld.MoreVivid);
        var model = StyleWorld.Model();
        var taste = model.Rebuild(votes);
        var lapsing = new TastePosterior(taste.Mean.ToArray(), taste.Covariance.ToArray(), 100, taste.PictureEffects, 0.4);
        var against = StyleWorld.Preferred(new(-1, 0, 0, 0, 0), new(1, 0, 0, 0, 0));

        var (meant, doubted) = (model.Update(taste, against), model.Update(lapsing, against));

        Assert.True(Moved(doubted) < 0.2 * Moved(meant), $"{Moved(doubted)} and {Moved(meant)}");
        Assert.Equal(0.4, doubted.Lapse);
        Assert.True(meant.Variance(StyleWorld.Vividness) < taste.Variance(StyleWorld.Vividness));
        Assert.True(doubted.Variance(StyleWorld.Vividness) > taste.Variance(StyleWorld.Vividness));
        Assert.True(Math.Abs(model.Influence(lapsing, against)[StyleWorld.Vividness]) < 0.2 * Math.Abs(model.Influence(taste, against)[StyleWorld.Vividness]));

        double Moved(TastePosterior after) => Math.Abs(after.Mean[StyleWorld.Vividness] - taste.Mean[StyleWorld.Vividness]);
    }

    private static Crowd Crowd(int seed) => new(seed, People, pictures: 400, new double[Features], [1, 1, 1, 1, 1, 1]);

    private static CommunityPrior Usual(double lapse)
    {
        var usual = CommunityPrior.Initial(Features);
        return new(0, usual.Mean, usual.PopulationCovariance, new double[Features * Features], 0, new Dictionary<long, Appeal>(), usual.TieOdds, lapse: lapse);
    }

    /// <summary>Votes, a share of which is the wrong way round.</summary>
    private static IReadOnlyList<Comparison> Votes(Crowd crowd, int person, int count, double flipped) =>
        [.. crowd.Votes(person, count).Select(vote => crowd.Chance() < flipped ? new Comparison(vote.Other, vote.Preferred, 1) : vote)];
}
