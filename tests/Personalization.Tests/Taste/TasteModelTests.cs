using CsCheck;
using Personalization.Styles;
using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

public sealed class TasteModelTests
{
    private readonly TasteModel _model = StyleWorld.Model();

    [Fact]
    public void Taste_does_not_change_by_a_choice_between_equal_features()
    {
        var model = StyleWorld.Model();
        var votes = StyleWorld.Votes(30, seed: 1, StyleWorld.MoreVivid);
        var style = StyleWorld.RandomStyle(new Random(2));
        Comparison[] same = [StyleWorld.Preferred(style, style), Comparison.Skipped(StyleWorld.Seen(style), StyleWorld.Seen(style))];

        var without = model.Rebuild(votes);
        var with = model.Rebuild([.. same, .. votes, .. same]);
        var alone = model.Rebuild(same);

        Assert.Equal(without.Mean.ToArray(), with.Mean.ToArray());
        Assert.Equal(without.Covariance.ToArray(), with.Covariance.ToArray());
        Assert.Equal(model.Prior.Mean.ToArray(), alone.Mean.ToArray());
        Assert.Equal(model.Prior.Variance(0), alone.Variance(0), 1e-12);
    }

    [Fact]
    public void Taste_of_a_person_who_always_chooses_the_more_vivid_is_found()
    {
        var taste = _model.Rebuild(StyleWorld.Votes(200, seed: 1, StyleWorld.MoreVivid));

        var others = Enumerable.Range(1, taste.Dimension - 1).Max(axis => Math.Abs(taste.Mean[axis]));
        Assert.True(taste.Mean[StyleWorld.Vividness] > 3, $"{taste.Mean[StyleWorld.Vividness]}");
        Assert.True(taste.Mean[StyleWorld.Vividness] > 5 * others, $"{taste.Mean[StyleWorld.Vividness]} against {others}");
    }

    [Fact]
    public void Taste_predicts_choices_between_pictures_never_seen()
    {
        var taste = _model.Rebuild(StyleWorld.Votes(200, seed: 1, StyleWorld.MoreVivid));

        var unseen = StyleWorld.Votes(1000, seed: 2, StyleWorld.MoreVivid);
        var right = unseen.Count(vote => _model.Probability(taste, vote.Preferred, vote.Other) > 0.5);

        Assert.True(right > 900, $"{right} of 1000");
    }

    [Fact]
    public void Taste_of_a_person_who_answers_at_random_hardly_changes()
    {
        var coin = new Random(3);
        var taste = _model.Rebuild(StyleWorld.Votes(200, seed: 4, (_, _) => coin.Next(2) == 0));

        Assert.All(taste.Mean.ToArray(), weight => Assert.InRange(weight, -0.4, 0.4));
    }

    [Fact]
    public void Taste_updates_come_close_to_the_rebuild()
    {
        // A realistic person: three preferences of different strength, and noise.
        var mood = new Random(5);
        var votes = StyleWorld.Votes(100, seed: 6, (a, b) =>
        {
            var difference = (2 * (a[0] - b[0])) - (a[1] - b[1]) + (0.5 * (a[2] - b[2]));
            return mood.NextDouble() < 1 / (1 + Math.Exp(-difference));
        });

        var exact = _model.Rebuild(votes);
        var before = new TastePosterior(_model.Prior.Mean.ToArray(), _model.Prior.Covariance.ToArray(), 0, null, exact.Lapse);
        var stepwise = votes.Aggregate(before, (learnt, vote) => _model.Update(learnt, vote));

        for (var axis = 0; axis < exact.Dimension; axis++)
        {
            Assert.Equal(exact.Mean[axis], stepwise.Mean[axis], 0.75 * Math.Sqrt(exact.Variance(axis)));
            Assert.Equal(1, stepwise.Variance(axis) / exact.Variance(axis), 0.35);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void Taste_rebuild_has_the_mean_and_covariance_of_sampling(int count)
    {
        var votes = StyleWorld.Votes(count, seed: 7, StyleWorld.MoreVivid);
        Comparison[] evidence = [.. votes, Comparison.Skipped(votes[0].Preferred, votes[1].Other), votes[2] with { Weight = 1.0 / 3 }];

        var taste = _model.Rebuild(evidence);

        // Importance sampling from a wider Gaussian in the same place, under the prior N(0, 1).
        const int Samples = 100_000;
        const double Wider = 1.4;
        var dimension = taste.Dimension;
        var root = Root(taste);
        var random = new Random(3);
        var (total, sums, squares) = (0.0, new double[dimension], new double[dimension, dimension]);
        for (var sample = 0; sample < Samples; sample++)
        {
            double[] normal = [.. Enumerable.Range(0, dimension).Select(_ => Wider * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            double[] weights = [.. Enumerable.Range(0, dimension).Select(row => taste.Mean[row] + Enumerable.Range(0, row + 1).Sum(column => root[row, column] * normal[column]))];
            var logDensity = normal.Sum(x => 0.5 * x * x / (Wider * Wider)) - weights.Sum(weight => 0.5 * weight * weight);
            foreach (var comparison in evidence)
            {
                var z = 0.84 * Enumerable.Range(0, dimension).Sum(axis => weights[axis] * (comparison.Preferred.Values[axis] - comparison.Other.Values[axis]));
                logDensity += comparison.Weight * ((comparison.Outcome * Logistic.LogSigmoid(z)) + ((1 - comparison.Outcome) * Logistic.LogSigmoid(-z)));
            }

            var density = Math.Exp(logDensity);
            total += density;
            for (var i = 0; i < dimension; i++)
            {
                sums[i] += density * weights[i];
                for (var j = 0; j < dimension; j++)
                {
                    squares[i, j] += density * (weights[i] - taste.Mean[i]) * (weights[j] - taste.Mean[j]);
                }
            }
        }

        for (var i = 0; i < dimension; i++)
        {
            var deviation = Math.Sqrt(taste.Variance(i));
            Assert.Equal(sums[i] / total, taste.Mean[i], 0.1 * deviation);
            for (var j = 0; j < dimension; j++)
            {
                Assert.Equal(squares[i, j] / total, taste.Covariance[(i * dimension) + j], 0.15 * deviation * Math.Sqrt(taste.Variance(j)));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(20)]
    public void Logistic_average_equals_the_numerical_integral(double variance)
    {
        foreach (var z in new[] { -8, -2, 0, 0.5, 4 })
        {
            var points = Enumerable.Range(-800, 1601).Select(step => step * 0.01).ToArray();
            var average = points.Sum(t => Math.Exp(-t * t / 2) * Logistic.Sigmoid(z + (Math.Sqrt(variance) * t))) / points.Sum(t => Math.Exp(-t * t / 2));

            var told = Logistic.Average(z, variance);

            Assert.Equal(average, told, 0.0005);
            Assert.Equal(Math.Log(average / (1 - average)), Math.Log(told / (1 - told)), 0.02 * Math.Max(1, Math.Abs(z)));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 1)]
    [InlineData(40, 8)]
    public void Taste_rebuild_has_the_mean_of_the_posterior_and_not_its_maximum(int wins, int losses)
    {
        PictureFeatures vivid = new(1, 3), muted = new(2, -1);
        var prior = CommunityPrior.Initial(1);
        Comparison[] votes = [.. Enumerable.Repeat(new Comparison(vivid, muted, 1), wins), .. Enumerable.Repeat(new Comparison(muted, vivid, 1), losses)];

        // All losses come last.
        var taste = new TasteModel(prior).RebuildConstant(votes);

        // One weight, and one difference of what the person sees in both: their posterior can be summed up point by point.
        var points = Enumerable.Range(-600, 1201).Select(step => step * 0.01).ToArray();
        var density = points.Select(weight => points.Sum(effect => Math.Exp(
            (-0.5 * weight * weight) - (effect * effect / (4 * prior.PictureEffectVariance)) + (wins * Logistic.LogSigmoid((4 * weight) + effect)) + (losses * Logistic.LogSigmoid((-4 * weight) - effect))))).ToList();
        var mean = points.Zip(density, (weight, height) => weight * height).Sum() / density.Sum();
        var deviation = Math.Sqrt(points.Zip(density, (weight, height) => (weight - mean) * (weight - mean) * height).Sum() / density.Sum());
        Assert.Equal(mean, taste.Mean[0], 0.05 * deviation);
        Assert.Equal(deviation, Math.Sqrt(taste.Variance(0)), 0.1 * deviation);
        var maximum = points[density.IndexOf(density.Max())];
        Assert.True(Math.Abs(mean - taste.Mean[0]) < Math.Max(0.5 * (mean - maximum), 0.02 * deviation), $"{maximum} {mean} {taste.Mean[0]}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(2000)]
    public void Taste_rebuild_converges_for_any_number_of_equal_votes(int votes)
    {
        // As far apart as clipped pictures can be, under priors as wide as people differ and far wider.
        foreach (var variance in new[] { 0.01, 1, 100 })
        {
            var scale = PictureFeatures.ScaleOf(2) * PictureFeatures.Clip;
            var model = new TasteModel(CommunityPrior.Initial(variance, variance));

            var taste = model.Rebuild([.. Enumerable.Repeat(new Comparison(new(1, scale, scale), new(2, -scale, -scale), 1), votes)]);

            Assert.All(taste.Mean.ToArray(), weight => Assert.InRange(weight, 0.01, 100));
            Assert.InRange(taste.Variance(0), 1e-6, variance);
        }
    }

    [Fact]
    public void Taste_of_the_same_votes_is_the_same_to_the_last_bit()
    {
        var votes = StyleWorld.Votes(150, seed: 8, StyleWorld.MoreVivid);

        var first = _model.Rebuild(votes);
        var second = StyleWorld.Model().Rebuild([.. votes]);

        Assert.Equal(first.Mean.ToArray(), second.Mean.ToArray());
        Assert.Equal(first.Covariance.ToArray(), second.Covariance.ToArray());
    }

    [Fact]
    public void Taste_rebuild_converges_for_thousands_of_separable_votes()
    {
        var taste = _model.Rebuild(StyleWorld.Votes(5000, seed: 9, StyleWorld.MoreVivid));

        Assert.InRange(taste.Mean[StyleWorld.Vividness], 5, 50);
    }

    [Fact]
    public void Taste_of_three_thirds_of_a_vote_is_close_to_that_of_one_vote()
    {
        var vote = StyleWorld.Votes(1, seed: 10, StyleWorld.MoreVivid)[0];
        var third = vote with { Weight = 1.0 / 3 };

        var whole = _model.Rebuild([vote]);
        var parts = _model.Rebuild([third, third, third]);

        for (var axis = 0; axis < whole.Dimension; axis++)
        {
            Assert.Equal(whole.Mean[axis], parts.Mean[axis], 0.01);
        }
    }

    [Fact]
    public void Probabilities_of_both_sides_of_a_pair_sum_to_1()
    {
        var taste = _model.Rebuild(StyleWorld.Votes(20, seed: 11, StyleWorld.MoreVivid));

        Gen.Int.Select(seed => new Random(seed)).Sample(random =>
        {
            var (a, b) = (StyleWorld.Seen(StyleWorld.RandomStyle(random)), StyleWorld.Seen(StyleWorld.RandomStyle(random)));
            return Math.Abs(_model.Probability(taste, a, b) + _model.Probability(taste, b, a) - 1) < 1e-12;
        });
    }

    [Fact]
    public void Probability_is_closer_to_a_half_for_an_uncertain_taste()
    {
        var (vivid, muted) = (StyleWorld.Seen(new(1, 0, 0, 0, 0)), StyleWorld.Seen(new(-1, 0, 0, 0, 0)));
        double[] mean = [1, 0, 0, 0, 0];

        var sure = new TastePosterior(mean, Diagonal(0.01), 0);
        var unsure = new TastePosterior(mean, Diagonal(1), 0);

        Assert.True(_model.Probability(sure, vivid, muted) > _model.Probability(unsure, vivid, muted));
        Assert.True(_model.Probability(unsure, vivid, muted) > 0.5);
    }

    [Fact]
    public void Taste_variances_decrease_with_each_vote()
    {
        var taste = _model.Prior;
        foreach (var vote in StyleWorld.Votes(50, seed: 12, StyleWorld.MoreVivid))
        {
            var next = _model.Update(taste, vote);
            Assert.All(Enumerable.Range(0, taste.Dimension), axis => Assert.True(next.Variance(axis) < taste.Variance(axis)));
            taste = next;
        }

        Assert.Equal(50, taste.Comparisons);
    }

    [Fact]
    public void Mutual_information_is_highest_where_the_taste_is_most_uncertain()
    {
        var taste = _model.Rebuild(
            [.. Enumerable.Range(0, 40).Select(i => StyleWorld.Preferred(new(1, 0, 0, 0, 0), new(-1, 0, 0, 0, 0)))]);
        var neutral = StyleWorld.Seen(new(0, 0, 0, 0, 0));

        var known = _model.MutualInformation(taste, StyleWorld.Seen(new(1, 0, 0, 0, 0)), neutral);
        var unknown = _model.MutualInformation(taste, StyleWorld.Seen(new(0, 1, 0, 0, 0)), neutral);

        Assert.True(unknown > 2 * known, $"{unknown} against {known}");
        Assert.Equal(0, _model.MutualInformation(taste, neutral, neutral), 1e-12);
    }

    [Fact]
    public void Mutual_information_equals_the_average_over_sampled_tastes()
    {
        var taste = _model.Rebuild(StyleWorld.Votes(10, seed: 13, StyleWorld.MoreVivid));
        var (a, b) = (new StyleVector(0.5f, 0.5f, 0, 0, 0), new StyleVector(-0.5f, 0, 0, 0, 0.3f));

        // z = w . x is normal; its mean and variance give the average by quadrature.
        var scale = 0.84 * 3 * Math.Sqrt(3.0 / 5);
        var x = Enumerable.Range(0, 5).Select(axis => scale * ((double)a[axis] - b[axis])).ToArray();
        var mean = Enumerable.Range(0, 5).Sum(i => x[i] * taste.Mean[i]);
        var deviation = Math.Sqrt(Enumerable.Range(0, 5).Sum(i => Enumerable.Range(0, 5).Sum(j => x[i] * x[j] * taste.Covariance[(i * 5) + j])));
        var (p, entropy, total) = (0.0, 0.0, 0.0);
        for (var t = -8.0; t <= 8; t += 0.001)
        {
            var density = Math.Exp(-t * t / 2);
            var chance = 1 / (1 + Math.Exp(-(mean + (deviation * t))));
            (p, entropy, total) = (p + (density * chance), entropy + (density * Entropy(chance)), total + density);
        }

        Assert.Equal(Entropy(p / total) - (entropy / total), _model.MutualInformation(taste, StyleWorld.Seen(a), StyleWorld.Seen(b)), 0.015);
    }

    [Fact]
    public void Skip_draws_two_pictures_together_with_the_weight_of_a_quarter_of_a_vote()
    {
        var (vivid, muted) = (StyleWorld.Seen(new(1, 0, 0, 0, 0)), StyleWorld.Seen(new(-1, 0, 0, 0, 0)));
        var liking = Enumerable.Repeat(new Comparison(vivid, muted, 1), 5).ToArray();

        var before = _model.Rebuild(liking);
        var after = _model.Rebuild([.. liking, Comparison.Skipped(vivid, muted)]);
        var against = _model.Rebuild([.. liking, new(muted, vivid, 1)]);

        Assert.True(after.Mean[0] < before.Mean[0] && after.Mean[0] > against.Mean[0]);
        Assert.Equal(_model.Prior.Mean.ToArray(), _model.Rebuild([Comparison.Skipped(vivid, muted)]).Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Skip_probability_is_highest_for_close_pairs()
    {
        var taste = _model.Rebuild(StyleWorld.Votes(50, seed: 1, StyleWorld.MoreVivid));
        var (vivid, muted, alike) = (StyleWorld.Seen(new(1, 0, 0, 0, 0)), StyleWorld.Seen(new(-1, 0, 0, 0, 0)), StyleWorld.Seen(new(0.98f, 0, 0, 0, 0)));

        Assert.True(_model.SkipProbability(taste, vivid, alike) > 2 * _model.SkipProbability(taste, vivid, muted));

        // Even odds: nu / (nu + 2) with nu = 0.2.
        Assert.Equal(0.2 / 2.2, _model.SkipProbability(_model.Prior, vivid, muted), 1e-12);
    }

    [Theory]
    [InlineData(100, 60)]
    [InlineData(60, 100)]
    [InlineData(400, 30)]
    public void Votes_before_a_change_of_taste_count_little(int before, int after)
    {
        IReadOnlyList<Comparison> votes = [.. StyleWorld.Votes(before, seed: 1, StyleWorld.MoreVivid), .. StyleWorld.Votes(after, seed: 2, Duller)];

        var taste = _model.Rebuild(votes);

        Assert.NotNull(taste.Change);
        Assert.Equal(ChangeKind.OtherTaste, taste.Change.Kind);
        Assert.True(taste.Change.Probability > 0.99, $"{taste.Change}");
        Assert.InRange(taste.Change.Before, before - 15, before + 15);
        Assert.True(taste.Mean[StyleWorld.Vividness] < -2 * Math.Sqrt(taste.Variance(StyleWorld.Vividness)), $"{taste.Mean[StyleWorld.Vividness]}");
        var constant = _model.RebuildConstant(votes).Mean[StyleWorld.Vividness];
        Assert.True(taste.Mean[StyleWorld.Vividness] < constant - 1, $"{constant}");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(60)]
    public void Random_answers_after_many_votes_do_not_erase_the_taste(int random)
    {
        var coin = new Random(6);
        for (var seed = 0; seed < 20; seed++)
        {
            var votes = StyleWorld.Votes(200, seed, StyleWorld.MoreVivid);
            var before = _model.Rebuild(votes);

            var taste = _model.Rebuild([.. votes, .. StyleWorld.Votes(random, 100 + seed, (_, _) => coin.Next(2) == 0)]);

            var difference = Math.Abs(taste.Mean[StyleWorld.Vividness] - before.Mean[StyleWorld.Vividness]);
            Assert.True(difference < 0.25 * before.Mean[StyleWorld.Vividness], $"{seed}: {before.Mean[StyleWorld.Vividness]} {taste.Mean[StyleWorld.Vividness]} {taste.Change}");
        }
    }

    [Fact]
    public void Vote_after_a_change_keeps_it()
    {
        var taste = _model.Rebuild([.. StyleWorld.Votes(100, seed: 1, StyleWorld.MoreVivid), .. StyleWorld.Votes(100, seed: 2, Duller)]);

        Assert.Same(taste.Change, _model.Update(taste, StyleWorld.Votes(1, seed: 3, Duller)[0]).Change);
    }

    [Fact]
    public void Taste_that_stays_is_learnt_as_if_none_ever_changed()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var votes = StyleWorld.Votes(200, seed, StyleWorld.MoreVivid);

            var taste = _model.Rebuild(votes);

            Assert.Null(taste.Change);
            Assert.Equal(_model.RebuildConstant(votes).Mean, taste.Mean);
        }
    }

    [Fact]
    public void Answers_at_random_are_no_other_taste()
    {
        var coin = new Random(4);
        var changed = Enumerable.Range(0, 50).Count(seed => _model.Rebuild(StyleWorld.Votes(200, seed, (_, _) => coin.Next(2) == 0)).Change is { Kind: ChangeKind.OtherTaste, Probability: > 0.5 });

        Assert.InRange(changed, 0, 1);
    }

    [Fact]
    public void Taste_update_allocates_only_its_result()
    {
        var vote = StyleWorld.Votes(1, seed: 1, StyleWorld.MoreVivid)[0];
        var taste = _model.Update(_model.Prior, vote);

        // The runtime allocates on this thread, too, while it compiles: the least of several.
        var allocated = long.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            taste = _model.Update(taste, vote);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Five weights, their covariance, and three objects' headers.
        Assert.InRange(allocated, (5 + 25) * sizeof(double), ((5 + 25) * sizeof(double)) + 160);
        GC.KeepAlive(taste);
    }

    [Fact]
    public void Person_picture_effects_change_predictions_of_that_picture_only()
    {
        // Two pictures with the same features, of which one is taken time after time.
        PictureFeatures taken = new(1, 0.5, 0, 0, 0, 0), left = new(2, 0.5, 0, 0, 0, 0), third = new(3, 0.5, 0, 0, 0, 0);
        var taste = _model.Rebuild([.. Enumerable.Repeat(new Comparison(taken, left, 1), 8)]);

        Assert.Equal(_model.Prior.Mean.ToArray(), taste.Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.InRange(_model.Probability(taste, taken, left), 0.7, 0.95);
        Assert.InRange(_model.Probability(taste, taken, third), 0.55, 0.8);
        Assert.Equal(0.5, _model.Probability(taste, third, new(4, 0.5, 0, 0, 0, 0)), 1e-9);
    }

    [Fact]
    public void Person_picture_effects_start_from_the_item_effect()
    {
        PictureFeatures liked = new(1, 0.5, 0, 0, 0, 0), plain = new(2, 0.5, 0, 0, 0, 0);
        var known = new Dictionary<long, Appeal> { [1] = new(2, 0.01), [2] = new(0, 0.01) };
        var prior = _model.Prior;
        var model = new TasteModel(new(1, prior.Mean, prior.Covariance, new double[25], 1, known, 0.2));

        // They agree with the community, which voted before them.
        var before = model.Probability(model.Prior, liked, plain);
        var agreed = model.Probability(model.Rebuild([new(liked, plain, 1)]), liked, plain);
        var differed = model.Probability(model.Rebuild([new(plain, liked, 1)]), liked, plain);

        Assert.InRange(before, 0.8, 0.9);
        Assert.InRange(agreed, before, before + 0.05);
        Assert.InRange(differed, 0.6, before - 0.03);
    }

    [Fact]
    public void Influence_of_a_vote_equals_the_change_without_it()
    {
        var votes = StyleWorld.Votes(80, seed: 3, StyleWorld.MoreVivid);
        var taste = _model.Rebuild(votes);

        var told = _model.Influence(taste, votes[7])[0];
        var real = taste.Mean[0] - _model.Rebuild([.. votes.Where((_, i) => i != 7)]).Mean[0];

        Assert.Equal(Math.Sign(real), Math.Sign(told));
        Assert.Equal(real, told, 0.5 * Math.Abs(real) + 0.01);
    }

    [Fact]
    public void Taste_changes_less_by_a_choice_of_a_picture_with_a_high_item_effect()
    {
        var appeals = new Dictionary<long, Appeal> { [1] = new(2, 0.1) };
        var model = new TasteModel(new(1, new double[5], CommunityPrior.Initial(5).PopulationCovariance, new double[25], 1, appeals, 0.2));
        var (popular, unknown, other) = (new PictureFeatures(1, 1, 0, 0, 0, 0), new PictureFeatures(2, 1, 0, 0, 0, 0), new PictureFeatures(3, 0, 0, 0, 0, 0));

        Assert.True(model.Rebuild([new(popular, other, 1)]).Mean[0] < model.Rebuild([new(unknown, other, 1)]).Mean[0] / 2);

        // The second picture is unknown, so that the prediction is nearer to a half.
        Assert.True(model.Probability(model.Prior, popular, other) > 0.7);
        Assert.Equal(0.5, model.Probability(model.Prior, unknown, other), 1e-12);
    }

    private static double Entropy(double p) => -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));

    private static double[] Diagonal(double variance)
    {
        var covariance = new double[25];
        for (var axis = 0; axis < 5; axis++)
        {
            covariance[axis * 6] = variance;
        }

        return covariance;
    }

    /// <summary>The lower triangle L with LL' = V.</summary>
    private static double[,] Root(TastePosterior taste)
    {
        var root = new double[taste.Dimension, taste.Dimension];
        for (var row = 0; row < taste.Dimension; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = taste.Covariance[(row * taste.Dimension) + column] - Enumerable.Range(0, column).Sum(k => root[row, k] * root[column, k]);
                root[row, column] = row == column ? Math.Sqrt(rest) : rest / root[column, column];
            }
        }

        return root;
    }

    private static bool Duller(StyleVector a, StyleVector b) => !StyleWorld.MoreVivid(a, b);
}
