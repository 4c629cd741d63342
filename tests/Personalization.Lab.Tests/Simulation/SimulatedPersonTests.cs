using Personalization.Catalogue;
using Personalization.Lab.Simulation;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Lab.Tests.Simulation;

/// <summary>People who do not decide as the model assumes.</summary>
public sealed class SimulatedPersonTests
{
    private static readonly Picture Better = PictureOf(1, 1);
    private static readonly Picture Worse = PictureOf(2, -1);

    [Theory]
    [InlineData(0, 0.99)]
    [InlineData(0.2, 0.796)]
    [InlineData(0.5, 0.5)]
    public void Lapses_turn_their_share_of_answers_round(double lapses, double expected)
    {
        // Of 2% slips half are right as well.
        var person = new SimulatedPerson(picture => 20 * picture.Style![0], followsTaste: true, new Random(1)) { Lapses = lapses };

        var right = Enumerable.Range(0, 4000).Average(vote => vote % 2 == 0
            ? person.Answer(Better, Worse) == Choice.Left ? 1.0 : 0
            : person.Answer(Worse, Better) == Choice.Right ? 1.0 : 0);

        Assert.Equal(expected, right, 0.025);
    }

    [Fact]
    public void Taste_changes_at_the_vote_after_so_many()
    {
        var person = new SimulatedPerson(picture => 20 * picture.Style![0], followsTaste: true, new Random(3)) { Changing = votes => picture => (votes < 50 ? 20 : -20) * picture.Style![0] };

        var answers = Enumerable.Range(0, 50).Select(_ => person.Answer(Better, Worse)).ToArray();
        var before = person.Utility(Better);
        var later = Enumerable.Range(0, 50).Select(_ => person.Answer(Better, Worse)).ToArray();

        Assert.InRange(answers.Count(answer => answer == Choice.Left), 47, 50);
        Assert.InRange(later.Count(answer => answer == Choice.Right), 47, 50);
        Assert.Equal((20, -20), (before, person.Utility(Better)));
    }

    [Fact]
    public void Point_that_is_liked_best_may_be_the_middle()
    {
        double Liked(float coordinate) => MiddleTaste.Utility([0], PictureOf(1, coordinate));

        Assert.Equal(0, Liked(0));
        Assert.True(Liked(0.5f) < 0 && Liked(-0.5f) < 0 && Liked(1) < Liked(0.5f));
        Assert.Equal(0, MiddleTaste.Utility([5], PictureOf(1, 1)));
    }

    [Fact]
    public void Extracted_taste_follows_measures_and_embedding_and_spreads_as_one_on_the_axes()
    {
        var lab = CreatePool();
        var pool = new PicturePool(CommunityLearner.Initial(lab.Vocabulary), lab.Pool());
        var taste = new ExtractedTaste(lab, pool.Pictures, TestContext.Current.CancellationToken);

        Assert.Equal(3 + 2, taste.Dimension);
        foreach (var (weights, number) in new[] { ((double[])[0, 1, 0, 0, 0], 1), ([0, 0, 0, 1, 0], 3) })
        {
            var utility = taste.Along(weights);
            var liked = pool.Pictures.Select(member => (Utility: utility(member.Picture), Number: lab.Extracted(member.Picture)[number])).ToArray();

            Assert.Equal(0, liked.Average(one => one.Utility), 1e-6);
            Assert.Equal(9, liked.Average(one => one.Utility * one.Utility), 1e-6);
            Assert.Equal(1, Math.Abs(Correlation([.. liked.Select(one => one.Utility)], [.. liked.Select(one => (double)one.Number)])), 0.03);
        }
    }

    private static double Correlation(double[] one, double[] other)
    {
        var (mean, otherMean) = (one.Average(), other.Average());
        var product = one.Zip(other, (x, y) => (x - mean) * (y - otherMean)).Sum();
        return product / Math.Sqrt(one.Sum(x => (x - mean) * (x - mean)) * other.Sum(y => (y - otherMean) * (y - otherMean)));
    }

    private static Picture PictureOf(int id, float coordinate) =>
        new() { Id = new(id), Kind = PictureKind.Ranking, Prompt = "a boat", Style = new(coordinate), Seed = 1, Width = 8, Height = 8 };

    /// <summary>Pictures are three coordinates of their style: three measures of the first two, and an embedding that varies most with the third.</summary>
    private static LabPool CreatePool()
    {
        var painter = new FakeBackend
        {
            Picture = request => new(request.Styles[0].Coordinates.ToArray()[..3].SelectMany(BitConverter.GetBytes).ToArray(), request.Width, request.Height),
        };
        var extractor = new FakeExtractor(embedding: 2, picture =>
        {
            float At(int axis) => BitConverter.ToSingle(picture.Span[(4 * axis)..]);
            return [At(0), At(1), At(0) * At(1), 5 * At(2), 0.2f * At(0)];
        })
        {
            Measures = [new("lightness", "dark", "light"), new("colourfulness", "muted", "colourful"), new("edge-density", "plain", "detailed")],
        };
        return new(TasteSimulationTests.Simulated.Load("styles.json", StyleVocabulary.Load), TasteSimulationTests.Simulated.Load("prompts.json", RankingPrompts.Load), painter, extractor);
    }
}
