using Personalization.Lab.Evaluation.Baselines;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Measures and baselines on numbers known by other means.</summary>
public sealed class ScoreTests
{
    private static readonly Vote Left = new(0, 1, Choice.Left, null);
    private static readonly Vote Right = new(0, 1, Choice.Right, null);

    [Fact]
    public void Standard_error_is_that_of_a_mean_over_people()
    {
        var mean = Estimate.FromPeople([0.5, 0.7, 0.9]);

        Assert.Equal(0.7, mean.Value, 1e-12);
        Assert.Equal(0.2 / Math.Sqrt(3), mean.StandardError!.Value, 1e-12);
        Assert.Null(Estimate.FromPeople([0.5]).StandardError);
    }

    [Fact]
    public void Standard_error_of_splits_adds_their_own_variance_to_that_of_people()
    {
        // Every person is a tenth better in the second split.
        (int, double)[] one = [(0, 0.5), (1, 0.7), (2, 0.9)], other = [(0, 0.6), (1, 0.8), (2, 1.0)];

        var both = Estimate.FromSplits([one, other], testToTraining: 1 / 3.0);

        Assert.Equal(0.75, both.Value, 1e-12);
        Assert.Equal(Math.Sqrt((0.04 / 3) + (0.005 * ((1 / 2.0) + (1 / 3.0)))), both.StandardError!.Value, 1e-12);
        Assert.Equal(Estimate.FromPeople([0.5, 0.7, 0.9]), Estimate.FromSplits([one], 1 / 3.0));
    }

    [Fact]
    public void Standard_error_of_splits_does_not_count_the_noise_of_people_twice()
    {
        // 200 people whose results scatter from split to split, independently of each other: 8 splits know their means to 1/1600.
        var squares = Enumerable.Range(1, 40).Select(seed =>
        {
            var random = new StableRandom((ulong)seed);
            (int, double)[][] splits = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 200).Select(person => (person, random.NextNormal())).ToArray())];
            return Math.Pow(Estimate.FromSplits(splits, 1 / 3.0).StandardError!.Value, 2);
        });

        Assert.InRange(squares.Average(), 1.0 / 1600, 2.5 / 1600);
    }

    [Fact]
    public void Persons_absent_from_a_split_do_not_make_the_splits_differ()
    {
        // Twenty people who are predicted badly have votes in the first split alone.
        (int Person, double Value)[] one = [.. Enumerable.Range(0, 40).Select(person => (person, person < 20 ? 0.1 : 0.9))];

        var both = Estimate.FromSplits([one, one[20..]], 1 / 3.0);

        Assert.Equal(Estimate.FromPeople([.. one.Select(person => person.Value)]), both);
    }

    [Fact]
    public void Score_counts_half_a_hit_at_even_odds()
    {
        Assert.Equal(0.5, Score.Hit(0, Left));
        Assert.Equal(1, Score.Hit(0.1, Left));
        Assert.Equal(0, Score.Hit(0.1, Right));
        Assert.Equal(1, Score.Hit(-0.1, Right));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Reliability_slope_is_what_true_log_odds_are_a_multiple_by(double slope)
    {
        // Votes that come out exactly as sigma(slope z) says, in expectation: each outcome weighted by its probability.
        var predictions = Enumerable.Range(-20, 41).Select(step => step * 0.2).SelectMany(z => new[]
        {
            (z, true, Logistic.Sigmoid(slope * z)),
            (z, false, 1 - Logistic.Sigmoid(slope * z)),
        });

        Assert.Equal(slope, Score.Slope([.. predictions])!.Value, 1e-6);
    }

    [Fact]
    public void Reliability_slope_is_null_without_predictions_or_errors()
    {
        Assert.Null(Score.Slope([(0, true, 1), (0, false, 1)]));
        Assert.Null(Score.Slope([(1, true, 1), (-2, false, 1)]));
    }

    [Fact]
    public void Slope_does_not_depend_on_which_picture_stood_left()
    {
        var predictions = Enumerable.Range(1, 30).Select(i => (Math.Sin(i) * 2, Math.Sin(i * 1.7) > -0.5, 1.0)).ToArray();
        var turned = predictions.Select((one, i) => i % 3 == 0 ? (-one.Item1, !one.Item2, 1.0) : one).ToArray();

        Assert.Equal(Score.Slope(predictions)!.Value, Score.Slope(turned)!.Value, 1e-9);
    }

    [Fact]
    public void Each_person_counts_the_same_however_many_votes_they_have()
    {
        double[] one = [1, -1, 0.5, 2], other = [3, -2];
        Vote[] said = [Left, Left, Right, Left], saidOther = [Left, Left];

        var few = Score.Reliability([one, other], [said, saidOther])!;
        var many = Score.Reliability([one, [.. other, .. other, .. other]], [said, [.. saidOther, .. saidOther, .. saidOther]])!;

        Assert.Equal(few.Value, many.Value, 1e-9);
        Assert.Equal(few.StandardError!.Value, many.StandardError!.Value, 1e-9);
    }

    [Fact]
    public void Calibration_error_is_how_far_what_was_likely_is_from_what_happened()
    {
        // At 0.8, three of four won: 0.05 too sure. At 0.6, four of four: 0.4 not sure enough.
        var (sure, unsure) = (Math.Log(4), Math.Log(1.5));
        double[][] logOdds = [[sure, sure, sure, -sure, unsure, unsure, -unsure, unsure]];
        Vote[][] tests = [[Left, Left, Right, Right, Left, Left, Right, Left]];

        Assert.Equal((0.05 + 0.4) / 2, Score.CalibrationError([Score.Deviations(logOdds[0], tests[0])], 1).Value, 1e-12);
    }

    [Fact]
    public void Bradley_Terry_finds_the_strengths_that_make_the_votes_likeliest()
    {
        // One pair, eight wins to two and a win and a loss each against an average one: by symmetry strengths are s and -s,
        // where 8 - 10 sigma(2s) + 1 - 2 sigma(s) = 0.
        var model = BradleyTerry.Fit(3, [.. Enumerable.Repeat(Left, 8), .. Enumerable.Repeat(Right, 2)]);
        var s = model.LogOdds(Left) / 2;

        Assert.Equal(0, 9 - (10 * Logistic.Sigmoid(2 * s)) - (2 * Logistic.Sigmoid(s)), 1e-5);
        Assert.Equal(s, model.LogOdds(new(0, 2, Choice.Skip, null)), 1e-5);
    }

    [Fact]
    public void Tags_that_won_are_liked_and_tags_that_lost_are_not()
    {
        // The first picture carries the first tag, the second the second, the third both.
        var tags = new TagCounts([new(1, 1, -1), new(2, -1, 1), new(3, 1, 1)]);

        var counts = tags.Learn([Left, Left, Right, Left with { Choice = Choice.Skip }]);

        Assert.Equal([1, -1, 3], counts);
        Assert.Equal(2.0 / 6, tags.Liking(counts, Left), 1e-12);
        Assert.Equal(1.0 / 6, tags.Liking(counts, new(2, 1, Choice.Left, null)), 1e-12);
    }
}
