using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

/// <summary>The community is learnt as it is, and every remedy of the model earns its place: without it, predictions get worse.</summary>
public sealed class CommunityFitterTests
{
    private static readonly double[] Mean = [1, -0.5, 0, 0, 0.5, 0, 0, 0];
    private static readonly double[] Deviations = [0.3, 1.5, 1, 0.2, 0.6, 0.1, 1, 0.5];
    private static readonly double[] NoMean = new double[8];

    [Fact]
    public void Community_fitter_finds_the_mean_and_the_population_covariance()
    {
        var crowd = new Crowd(1, people: 200, pictures: 300, Mean, Deviations, appeal: 0.5);

        var prior = Fit(Votes(crowd, 60));

        for (var feature = 0; feature < Mean.Length; feature++)
        {
            // Laplace's method draws everything in by about a fifth.
            var spread = Math.Sqrt(prior.PopulationCovariance[feature * 9]);
            Assert.Equal(Mean[feature], prior.Mean[feature], 0.25);
            Assert.InRange(spread, (0.65 * Deviations[feature]) - 0.05, Deviations[feature] + 0.35);
        }
    }

    [Fact]
    public void Community_fitter_finds_the_item_effects()
    {
        var crowd = new Crowd(2, people: 200, pictures: 100, Mean, Deviations, appeal: 0.8);

        var prior = Fit(Votes(crowd, 60));

        var found = crowd.Pictures.Select(picture => prior.AppealOf(picture.Picture).Mean).ToArray();
        var real = crowd.Pictures.Select(picture => crowd.Appeals[picture.Picture]).ToArray();
        Assert.True(Correlation(found, real) > 0.85, $"{Correlation(found, real)}");
        Assert.InRange(Math.Sqrt(prior.AppealVariance), 0.5, 0.9);
    }

    [Fact]
    public void Community_fitter_finds_no_item_effects_where_there_are_none()
    {
        var crowd = new Crowd(3, people: 200, pictures: 100, Mean, Deviations, appeal: 0);

        Assert.True(Math.Sqrt(Fit(Votes(crowd, 60)).AppealVariance) < 0.25);
    }

    [Fact]
    public void Trap_picture_effects_left_out()
    {
        // Few pictures of very different appeal: what all like about them looks like taste.
        var crowd = new Crowd(4, people: 60, pictures: 40, NoMean, Deviations, appeal: 1.5);
        var votes = Votes(crowd, 80);
        var blind = votes.Select(person => (IReadOnlyList<Comparison>)[.. person.Select(Unknown)]).ToArray();

        var withAppeals = OnNewPictures(crowd, Fit(votes), votes);
        var without = OnNewPictures(crowd, Fit(blind), blind);

        Assert.True(withAppeals < without - 0.01, $"log loss {withAppeals} with picture effects, {without} without");
    }

    [Fact]
    public void Trap_the_community_mean_taken_as_certain()
    {
        // Eight people and thirty pictures: what they like on average is mostly which pictures they met.
        var (sure, unsure) = (0.0, 0.0);
        for (var seed = 0; seed < 10; seed++)
        {
            var crowd = new Crowd(100 + seed, people: 130, pictures: 15, NoMean, [.. Enumerable.Repeat(0.3, 8)], appeal: 1.5);
            var evidence = Enumerable.Range(0, 30).Select(person => crowd.Votes(person, 60)).ToArray();
            var prior = Fit(evidence);
            var certain = new CommunityPrior(1, MeanOfMeans(prior, evidence), prior.PopulationCovariance, new double[64], prior.AppealVariance, prior.Appeals, prior.TieOdds);
            var newcomers = Enumerable.Range(30, 100).Select(person => crowd.Votes(person, 10)).ToArray();
            unsure += OnNewPictures(crowd, prior, newcomers, first: 30);
            sure += OnNewPictures(crowd, certain, newcomers, first: 30);
        }

        Assert.True(unsure < sure, $"log loss {unsure / 10} with the covariance of mu, {sure / 10} without");
    }

    [Fact]
    public void Trap_the_covariance_of_the_community_mean_left_out()
    {
        // Many people tell how they differ, and few pictures not what they all like; newcomers meet others.
        const int People = 30;
        const int Newcomers = 30;
        var (with, without) = (0.0, 0.0);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            double[] mean = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() < 0.5 ? 1.0 : -1.0)];
            var crowd = new Crowd(200 + seed, People + Newcomers, pictures: 10, mean, [.. Enumerable.Repeat(0.3, 8)], appeal: 2);
            var later = new Crowd(500 + seed, 0, 300, mean, new double[8]);
            var prior = Fit([.. Enumerable.Range(0, People).Select(person => crowd.Votes(person, 60))]);
            var certain = new CommunityPrior(1, prior.Mean, prior.PopulationCovariance, new double[64], prior.AppealVariance, prior.Appeals, prior.TieOdds);
            var votes = Enumerable.Range(People, Newcomers)
                .Select(person => (IReadOnlyList<Comparison>)[.. Enumerable.Range(0, 40).Select(_ => Foreign(crowd, person, later.AnyPair()))])
                .ToArray();
            with += OnNewPictures(crowd, prior, votes, first: People) / 20;
            without += OnNewPictures(crowd, certain, votes, first: People) / 20;
        }

        Assert.True(with < without - 0.002, $"log loss {with} with the covariance of mu, {without} without");
    }

    [Theory]
    [InlineData(2, 0.001)]
    [InlineData(4, 0.003)]
    public void Trap_person_picture_effects_left_out(int times, double gain)
    {
        // Each person compares each of the pictures so many times, and is then asked about the same pictures again.
        const int People = 60;
        const int Known = 64;
        var crowd = new Crowd(30, People, Known, NoMean, [.. Enumerable.Repeat(1.0, 8)]);
        var model = new TasteModel(CommunityPrior.Initial(8));
        var (with, without) = (0.0, 0.0);
        for (var person = 0; person < People; person++)
        {
            var taste = model.Rebuild(crowd.Votes(person, times * Known / 2));
            var blind = new TastePosterior(taste.Mean, taste.Covariance, taste.Comparisons);
            for (var i = 0; i < 500; i++)
            {
                var (a, b) = crowd.AnyPair();
                var real = 1 / (1 + Math.Exp(crowd.Utility(person, b) - crowd.Utility(person, a)));
                with += LogLoss(real, model.Probability(taste, a, b)) / (500 * People);
                without += LogLoss(real, model.Probability(blind, a, b)) / (500 * People);
            }
        }

        Assert.True(with < without - gain, $"log loss {with} with what each person sees, {without} without");
    }

    [Fact]
    public void Trap_heavy_voters()
    {
        // One person with an opposite taste votes as much as a hundred others.
        double[] mean = [2, 0, 0, 0, 0, 0, 0, 0];
        var crowd = new Crowd(5, people: 40, pictures: 300, mean, [.. Enumerable.Repeat(0.3, 8)]);
        mean.Select(weight => -weight).ToArray().CopyTo(crowd.Tastes[0], 0);
        var votes = Enumerable.Range(0, 40).Select(person => crowd.Votes(person, person == 0 ? 4000 : 40)).ToArray();

        var prior = Fit(votes);
        var asOne = new TasteModel(CommunityPrior.Initial(8)).RebuildConstant([.. votes.SelectMany(person => person)]);

        Assert.True(prior.Mean[0] > 0.8, $"{prior.Mean[0]}");
        Assert.True(asOne.Mean[0] < 0, $"if votes counted instead of people, it would be {asOne.Mean[0]}");
    }

    [Fact]
    public void Trap_likes_without_offsets()
    {
        // All people like the generally liked pictures; only the rest is their own taste.
        var crowd = new Crowd(6, people: 60, pictures: 60, NoMean, Deviations, appeal: 2);
        var votes = Votes(crowd, 60);
        var prior = Fit(votes);
        var likes = Enumerable.Range(0, 60).Select(person => Likes(crowd, person, 40, 1.0 / 3)).ToArray();
        var blind = likes.Select(person => (IReadOnlyList<Comparison>)[.. person.Select(Unknown)]).ToArray();

        var offset = OnNewPictures(crowd, prior, likes);
        var without = OnNewPictures(crowd, prior, blind);

        Assert.True(offset < without - 0.02, $"log loss {offset} with offsets, {without} without");
    }

    [Fact]
    public void Trap_tripled_weights()
    {
        // People like in passing, by taste a third as sharply as they vote. Beside votes, a like that counts three times drowns them.
        var crowd = new Crowd(7, people: 150, pictures: 300, NoMean, Deviations, appeal: 0.3);
        var votes = Votes(crowd, 60);
        var prior = Fit(votes);
        var likes = Enumerable.Range(0, 150).Select(person => Likes(crowd, person, 60, 1.0 / 3, sharpness: 1.0 / 3)).ToArray();

        var thirds = OnNewPictures(crowd, prior, Beside(votes, likes, 1.0 / 3));
        var wholes = OnNewPictures(crowd, prior, Beside(votes, likes, 1));

        Assert.True(thirds < wholes - 0.005, $"log loss {thirds} at a third each, {wholes} at one each");
    }

    [Fact]
    public void Community_fitter_gives_the_same_result_with_any_number_of_threads()
    {
        var crowd = new Crowd(8, people: 80, pictures: 100, Mean, Deviations, appeal: 0.5);
        var votes = Votes(crowd, 30);
        var believed = CommunityPrior.Initial(8);

        var one = CommunityFitter.Fit(believed, believed, votes, 3, 1, CancellationToken.None);
        var two = CommunityFitter.Fit(believed, believed, votes, 3, 2, CancellationToken.None);

        Assert.Equal(one.Mean.ToArray(), two.Mean.ToArray());
        Assert.Equal(one.Covariance.ToArray(), two.Covariance.ToArray());
    }

    [Fact]
    public void Community_fitter_converges_in_two_passes_from_the_last_fit()
    {
        var crowd = new Crowd(9, people: 80, pictures: 100, Mean, Deviations, appeal: 0.5);
        var votes = Votes(crowd, 60);
        var believed = CommunityPrior.Initial(8);
        var before = Fit([.. votes.Select(person => (IReadOnlyList<Comparison>)[.. person.Take(55)])]);

        var warm = CommunityFitter.Fit(believed, before, votes, 2, 2, CancellationToken.None);
        var cold = Fit(votes);

        Assert.All(Enumerable.Range(0, 8), feature => Assert.Equal(cold.Mean[feature], warm.Mean[feature], 0.05));
    }

    [Fact]
    public void Community_fitter_estimates_the_tie_odds_from_skips()
    {
        var crowd = new Crowd(10, people: 60, pictures: 100, NoMean, [.. Enumerable.Repeat(0.01, 8)], pictureEffect: 0);
        var pairs = Votes(crowd, 60)
            .Select(person => (IReadOnlyList<Comparison>)[.. person.Select((vote, i) => i % 5 == 0 ? Comparison.Skipped(vote.Preferred, vote.Other) : vote)])
            .ToArray();

        // One in five at even odds: nu / (nu + 2) = 0.2.
        Assert.Equal(0.5, Fit(pairs).TieOdds, 0.05);
    }

    [Fact]
    public void Community_fitter_rejects_an_empty_community()
    {
        var believed = CommunityPrior.Initial(8);

        Assert.Throws<ArgumentException>(() => CommunityFitter.Fit(believed, believed, [], 1, 1, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => CommunityFitter.Fit(believed, believed, [[]], 1, 1, CancellationToken.None));
    }

    [Fact]
    public void Community_fitter_hardly_moves_the_mean_for_one_person()
    {
        var crowd = new Crowd(11, people: 1, pictures: 100, [2, 0, 0, 0, 0, 0, 0, 0], new double[8]);

        var prior = Fit([crowd.Votes(0, 100)]);

        Assert.InRange(prior.Mean[0], 0, 1);
        Assert.True(prior.Covariance[0] > 0.5, $"{prior.Covariance[0]}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(30)]
    public void Community_fitter_stays_bounded_for_a_few_people_of_strong_tastes_and_helps_newcomers(int people)
    {
        const double Deviation = 6;
        const int Newcomers = 30;
        var crowd = new Crowd(20 + people, people + Newcomers, pictures: 300, new double[12], [.. Enumerable.Repeat(Deviation, 12)], pictureEffect: 0);
        var believed = CommunityPrior.Initial(12);
        var votes = Votes(crowd, 60);

        var prior = CommunityFitter.Fit(believed, believed, votes[..people], 15, 2, CancellationToken.None);
        for (var refit = 0; refit < 5; refit++)
        {
            prior = CommunityFitter.Fit(believed, prior, votes[..people], 4, 2, CancellationToken.None);
        }

        // The true variance is 36; Laplace's method overshoots where every answer is nearly certain.
        Assert.All(prior.Mean.ToArray(), weight => Assert.InRange(weight, -4 * Deviation, 4 * Deviation));
        Assert.All(Enumerable.Range(0, 12), feature => Assert.InRange(prior.PopulationCovariance[feature * 13], 0.1, 50 * Deviation * Deviation));
        Assert.InRange(LogLoss(crowd, prior, votes, people) - LogLoss(crowd, believed, votes, people), -1, 0.02);
    }

    [Fact]
    public void Community_fitter_changes_predictions_for_others_little_after_one_consistent_person()
    {
        var crowd = new Crowd(31, people: 1, pictures: 300, new double[12], [.. Enumerable.Repeat(6.0, 12)], pictureEffect: 0);
        var believed = CommunityPrior.Initial(12);

        var prior = CommunityFitter.Fit(believed, believed, Votes(crowd, 60), 30, 2, CancellationToken.None);

        Assert.All(Enumerable.Range(0, 12), feature => Assert.InRange(prior.PopulationCovariance[feature * 13], 0.5, 4));
        Assert.All(prior.Mean.ToArray(), weight => Assert.InRange(weight, -2.0, 2.0));
    }

    [Fact]
    public void Community_fitter_keeps_the_mean_of_people_who_all_agree_where_it_was_found()
    {
        var crowd = new Crowd(32, people: 12, pictures: 300, [60, 0, 0, 0, 0], new double[5], pictureEffect: 0);
        var believed = CommunityPrior.Initial(5);
        var votes = Votes(crowd, 40);

        var early = CommunityFitter.Fit(believed, believed, votes, 20, 2, CancellationToken.None);
        var late = CommunityFitter.Fit(believed, early, votes, 100, 2, CancellationToken.None);

        Assert.InRange(early.Mean[0], 2, 10);
        Assert.InRange(late.Mean[0], 0.8 * early.Mean[0], 1.25 * early.Mean[0]);
        Assert.InRange(late.PopulationCovariance[0], 0.1, 10);
    }

    [Theory]
    [InlineData(24, 30, 20)]
    [InlineData(40, 30, 60)]
    [InlineData(40, 100, 30)]
    public void Community_fitter_keeps_the_prior_population_covariance_where_votes_do_not_identify_it(int dimension, int people, int count)
    {
        var crowd = new Crowd(50, people, pictures: 300, new double[dimension], [.. Enumerable.Repeat(1.0, dimension)], appeal: 0.3);
        var believed = CommunityPrior.Initial(dimension);

        var prior = CommunityFitter.Fit(believed, believed, Votes(crowd, count), 100, 2, CancellationToken.None);

        Assert.InRange(Enumerable.Range(0, dimension).Average(feature => prior.PopulationCovariance[feature * (dimension + 1)]), 0.5, 2);
    }

    /// <summary>Of the crowd's later people, each known by their votes, on pairs of unknown pictures.</summary>
    private static double LogLoss(Crowd crowd, CommunityPrior prior, IReadOnlyList<Comparison>[] votes, int first)
    {
        var model = new TasteModel(prior);
        var unseen = new Crowd(1, 0, 200, new double[prior.Dimension], new double[prior.Dimension]);
        var pairs = Enumerable.Range(0, 60).Select(_ => unseen.AnyPair()).ToArray();
        return Enumerable.Range(first, votes.Length - first).Average(person =>
        {
            var taste = model.Rebuild(votes[person]);
            return pairs.Average(pair =>
            {
                var real = 1 / (1 + Math.Exp(crowd.Liking(person, pair.B) - crowd.Liking(person, pair.A)));
                var told = model.Probability(taste, new(0, pair.A.Values), new(0, pair.B.Values));
                return -(real * Math.Log(told)) - ((1 - real) * Math.Log(1 - told));
            });
        });
    }

    private static IReadOnlyList<Comparison>[] Votes(Crowd crowd, int count) =>
        [.. Enumerable.Range(0, crowd.Tastes.Count).Select(person => crowd.Votes(person, count))];

    private static IReadOnlyList<Comparison>[] Beside(IReadOnlyList<Comparison>[] votes, Comparison[][] likes, double weight) =>
        [.. votes.Zip(likes, (voted, liked) => (IReadOnlyList<Comparison>)[.. voted, .. liked.Select(like => like with { Weight = weight })])];

    /// <summary>Of four pictures, the one chosen over the three others.</summary>
    private static Comparison[] Likes(Crowd crowd, int person, int count, double weight, double sharpness = 1)
    {
        var likes = new List<Comparison>();
        for (var i = 0; i < count; i++)
        {
            var (a, b) = crowd.AnyPair();
            var (c, d) = crowd.AnyPair();
            PictureFeatures[] shown = [a, b, c, d];
            var liked = shown.MaxBy(picture => (sharpness * crowd.Utility(person, picture)) - Math.Log(-Math.Log(crowd.Chance())))!;
            likes.AddRange(shown.Where(picture => picture.Picture != liked.Picture).Select(picture => new Comparison(liked, picture, weight)));
        }

        return [.. likes];
    }

    private static CommunityPrior Fit(IReadOnlyList<IReadOnlyList<Comparison>> people)
    {
        var believed = CommunityPrior.Initial(8);
        return CommunityFitter.Fit(believed, believed, people, 30, 2, CancellationToken.None);
    }

    /// <summary>What mu would be if the average of people's tastes were taken at its word.</summary>
    private static double[] MeanOfMeans(CommunityPrior prior, IReadOnlyList<Comparison>[] people)
    {
        var mean = prior.Mean.ToArray();
        for (var pass = 0; pass < 20; pass++)
        {
            var model = new TasteModel(new(1, mean, prior.PopulationCovariance, new double[64], prior.AppealVariance, prior.Appeals, prior.TieOdds));
            var tastes = people.Select(model.Rebuild).ToArray();
            mean = [.. Enumerable.Range(0, 8).Select(feature => tastes.Average(taste => taste.Mean[feature]))];
        }

        return mean;
    }

    /// <summary>One vote on pictures without ids.</summary>
    private static Comparison Foreign(Crowd crowd, int person, (PictureFeatures A, PictureFeatures B) pair)
    {
        var p = 1 / (1 + Math.Exp(-TasteModel.Kappa * (crowd.Liking(person, pair.A) - crowd.Liking(person, pair.B))));
        var (a, b) = (new PictureFeatures(0, pair.A.Values), new PictureFeatures(0, pair.B.Values));
        return crowd.Chance() < p ? new(a, b, 1) : new(b, a, 1);
    }

    /// <summary>The same pictures without ids.</summary>
    private static Comparison Unknown(Comparison comparison) =>
        comparison with { Preferred = new(0, comparison.Preferred.Values), Other = new(0, comparison.Other.Values) };

    /// <summary>The mean log loss of people's answers about unknown pictures; each person counts the same.</summary>
    private static double OnNewPictures(Crowd crowd, CommunityPrior prior, IReadOnlyList<Comparison>[] evidence, int first = 0)
    {
        var model = new TasteModel(prior);
        var fresh = new Crowd(999, 0, 200, NoMean, Deviations);
        var loss = 0.0;
        for (var person = 0; person < evidence.Length; person++)
        {
            var taste = model.Rebuild(evidence[person]);
            for (var i = 0; i < 60; i++)
            {
                var (a, b) = fresh.AnyPair();
                var real = 1 / (1 + Math.Exp(-TasteModel.Kappa * (crowd.Liking(first + person, a) - crowd.Liking(first + person, b))));
                var told = model.Probability(taste, new(0, a.Values), new(0, b.Values));
                loss += LogLoss(real, told);
            }
        }

        return loss / (evidence.Length * 60);
    }

    private static double LogLoss(double real, double told) => -(real * Math.Log(told)) - ((1 - real) * Math.Log(1 - told));

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var together = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return together / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
