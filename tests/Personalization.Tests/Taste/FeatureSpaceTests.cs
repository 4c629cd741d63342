using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

public sealed class FeatureSpaceTests
{
    private static readonly FakeExtractor Extractor = new();

    [Fact]
    public void Feature_space_has_only_style_before_pictures_are_measured()
    {
        var space = new FeatureSpace(StyleWorld.Vocabulary, null, null);

        Assert.Equal(5, space.Dimension);
        var features = space.FeaturesOf(Picture(new(1, -0.5f, 0, 0, 0)))!;
        Assert.Equal([TasteModel.FeatureScale(5), -0.5 * TasteModel.FeatureScale(5), 0, 0, 0], features.Values.ToArray());
        Assert.Null(space.FeaturesOf(Picture(null)));
    }

    [Fact]
    public void Feature_space_reads_an_older_style_as_neutral_on_an_added_axis() =>
        Assert.Equal(
            [TasteModel.FeatureScale(5), 0, 0, 0, 0],
            new FeatureSpace(StyleWorld.Vocabulary, null, null).FeaturesOf(Picture(new(1)))!.Values.ToArray());

    [Fact]
    public void Feature_space_fits_no_map_to_too_few_pictures() =>
        Assert.Null(FeatureSpace.Fit(StyleWorld.Vocabulary, Extractor, Measured(prompts: 10, stylesEach: 9)));

    [Fact]
    public void Feature_space_takes_the_residuals_of_measures_given_style()
    {
        var pictures = Measured(prompts: 60, stylesEach: 8);
        var space = Fit(pictures);

        Assert.Equal(5 + 3, space.Dimension);

        // The first number is vividness and nothing else, within a prompt; the second has nothing to do with style.
        var beyond = pictures.Select(picture => space.FeaturesOf(picture)!.Values[5..].ToArray()).ToArray();
        foreach (var measure in (int[])[0, 1])
        {
            Assert.All(Enumerable.Range(0, 5), axis => Assert.InRange(Correlation([.. beyond.Select(row => row[measure])], [.. pictures.Select(picture => (double)picture.Style![axis])]), -0.12, 0.12));
        }

        Assert.True(Correlation([.. beyond.Select(row => row[1])], [.. pictures.Select(picture => (double)picture.Features!.Values[1])]) > 0.95);
        Assert.All(beyond, row => Assert.All(row, value => Assert.InRange(value, -3 * PictureFeatures.ScaleOf(3), 3 * PictureFeatures.ScaleOf(3))));
    }

    [Fact]
    public void Feature_space_gives_an_unmeasured_picture_the_expectation_given_its_style()
    {
        var space = Fit(Measured(prompts: 60, stylesEach: 8));

        var features = space.FeaturesOf(Picture(new(1, 0, 0, 0, 0)))!;

        Assert.Equal([0, 0, 0], features.Values[5..].ToArray());
    }

    [Fact]
    public void Feature_space_predicts_the_style_of_a_foreign_picture_from_its_pixels()
    {
        var pictures = Measured(prompts: 60, stylesEach: 8, content: 0.1);
        var space = Fit(pictures);

        var (real, read) = (new List<double>(), new List<double>());
        foreach (var picture in Measured(prompts: 20, stylesEach: 8, seed: 9, content: 0.1))
        {
            real.Add(picture.Style![0]);
            read.Add(space.FeaturesOf(picture with { Style = null })!.Values[0] / TasteModel.FeatureScale(5));
        }

        Assert.True(Correlation([.. real], [.. read]) > 0.9, $"{Correlation([.. real], [.. read])}");
    }

    [Fact]
    public void Feature_space_ignores_measurements_of_another_extractor()
    {
        var space = Fit(Measured(prompts: 60, stylesEach: 8));
        var other = Picture(new(1, 0, 0, 0, 0)) with { Features = new("pixels-0", [9, 9, 9]) };

        Assert.Equal([0, 0, 0], space.FeaturesOf(other)!.Values[5..].ToArray());
    }

    [Fact]
    public void Feature_space_without_an_embedding_reads_the_same_measures_before_one()
    {
        var pictures = Measured(prompts: 60, stylesEach: 8);
        var space = Fit(pictures);
        var encoded = pictures[0] with { Features = new($"{Extractor.Version}+encoder-1", [.. pictures[0].Features!.Values, 9, 9]) };

        Assert.Equal(space.FeaturesOf(pictures[0])!.Values.ToArray(), space.FeaturesOf(encoded)!.Values.ToArray());
        Assert.NotEqual(0, space.FeaturesOf(encoded)!.Values[5]);
    }

    [Fact]
    public void Feature_space_with_an_embedding_does_not_read_one_of_another_encoder()
    {
        var extractor = new FakeExtractor(embedding: 2);
        var random = new Random(5);
        Picture[] pictures = [.. Measured(prompts: 60, stylesEach: 8).Select(picture => picture with { Features = new(extractor.Version, [.. picture.Features!.Values, random.NextSingle(), random.NextSingle()]) })];
        var map = FeatureSpace.Fit(StyleWorld.Vocabulary, extractor, pictures)!;

        Assert.NotNull(map.Standardize(pictures[0].Features));
        Assert.Null(map.Standardize(new($"{extractor.Version}+encoder-1", pictures[0].Features!.Values)));
    }

    [Fact]
    public void Feature_space_gives_0_for_a_constant_measure()
    {
        var pictures = Measured(prompts: 60, stylesEach: 8).Select(picture => picture with { Features = new(Extractor.Version, [picture.Features!.Values[0], 7, picture.Features.Values[2]]) }).ToArray();

        Assert.All(pictures, picture => Assert.Equal(0, Fit(pictures).FeaturesOf(picture)!.Values[6]));
    }

    [Fact]
    public void Feature_space_reduces_an_embedding_to_its_principal_components()
    {
        // Forty numbers, all of them mixtures of two.
        var extractor = new FakeExtractor(embedding: 40);
        var random = new Random(5);
        var mixture = Enumerable.Range(0, 40).Select(_ => (A: random.NextDouble() - 0.5, B: random.NextDouble() - 0.5)).ToArray();
        var pictures = Measured(prompts: 60, stylesEach: 8).Select(picture =>
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            return picture with { Features = new(extractor.Version, [.. picture.Features!.Values, .. mixture.Select(mixed => (float)((mixed.A * a) + (mixed.B * b)))]) };
        }).ToArray();

        var map = FeatureSpace.Fit(StyleWorld.Vocabulary, extractor, pictures)!;

        Assert.Equal(2, map.Scaling.Components.Length);
        var scores = pictures.Select(picture => map.Standardize(picture.Features)!).ToArray();
        Assert.Equal(1, scores.Average(score => score[3] * score[3]), 0.02);
        Assert.Equal(0, scores.Average(score => score[3] * score[4]), 0.02);
    }

    [Fact]
    public void Feature_space_has_smaller_prior_variances_beyond_style() =>
        Assert.Equal([1, 1, 1, 1, 1, 0.1, 0.1, 0.1], Fit(Measured(prompts: 60, stylesEach: 8)).PriorVariances());

    private static FeatureSpace Fit(IReadOnlyList<Picture> pictures)
    {
        var map = FeatureSpace.Fit(StyleWorld.Vocabulary, Extractor, pictures);
        Assert.NotNull(map);
        return new(StyleWorld.Vocabulary, map, null);
    }

    /// <summary>Pictures in which the first number follows vividness, the second nothing, the third brightness a little; each prompt has its own level.</summary>
    private static Picture[] Measured(int prompts, int stylesEach, int seed = 1, double content = 1)
    {
        var random = new Random(seed);
        var levels = Enumerable.Range(0, prompts).Select(_ => content * (random.NextDouble() - 0.5)).ToArray();
        return
        [
            .. StyleWorld.RankingPictures(prompts, stylesEach, seed).Select((picture, i) => picture with
            {
                Features = new(Extractor.Version,
                [
                    (float)(picture.Style![0] + levels[i / stylesEach] + (0.1 * random.NextDouble())),
                    random.NextSingle(),
                    (float)((0.5 * picture.Style![1]) + random.NextDouble()),
                ]),
            }),
        ];
    }

    private static Picture Picture(StyleVector? style) => new() { Id = new(1), Kind = PictureKind.Made, Prompt = "a boat", Style = style, Seed = 1, Width = 8, Height = 8 };

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum()
            / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
