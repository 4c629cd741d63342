using CsCheck;
using static Personalization.Imaging.Tests.Drawn;

namespace Personalization.Imaging.Tests;

/// <summary>Each measure on a picture whose value can be worked out by hand.</summary>
public sealed class PixelMeasureTests
{
    [Fact]
    public void Lightness_is_that_of_cielab_in_mean_spread_and_order()
    {
        // sRGB 119 is L* 50.03; white is 100, black 0.
        Assert.Equal(50.03, Measure(Even(Grey), "lightness"), 0.02);
        var quarter = Image(64, 64, (x, _) => x < 16 ? White : Black);
        Assert.Equal(25, Measure(quarter, "lightness"), 0.01);

        // A share p of ones: the spread is sqrt(p(1-p)), the skew (1 - 2p)/sqrt(p(1-p)).
        Assert.Equal(100 * Math.Sqrt(0.25 * 0.75), Measure(quarter, "lightness-spread"), 0.01);
        Assert.Equal(0.5 / Math.Sqrt(0.25 * 0.75), Measure(quarter, "lightness-skew"), 0.001);
        Assert.Equal(0, Measure(Even(Grey), "lightness-skew"), 1e-9);
        Assert.Equal(
            [0, 0, 0, 100, 100],
            new[] { "shadows", "darks", "midtones", "lights", "highlights" }.Select(id => Math.Round(Measure(Image(64, 64, (x, _) => x < 20 ? White : Black), id))));
    }

    [Fact]
    public void Colourfulness_of_one_red_is_its_mean_alone_and_of_opponents_how_far_they_lie_apart()
    {
        // rg = 255, yb = 127.5, no spread: 0.3 sqrt(255^2 + 127.5^2).
        Assert.Equal(85.53, Measure(Even(Red), "colourfulness"), 0.01);
        Assert.Equal(0, Measure(Even(Grey), "colourfulness"), 1e-9);

        // Half red (255, 127.5), half blue (0, -255): spreads 127.5 and 191.25, means 127.5 and -63.75.
        var expected = Math.Sqrt((127.5 * 127.5) + (191.25 * 191.25)) + (0.3 * Math.Sqrt((127.5 * 127.5) + (63.75 * 63.75)));
        Assert.Equal(expected, Measure(Image(64, 64, (x, _) => x < 32 ? Red : Blue), "colourfulness"), 0.001);
    }

    [Fact]
    public void Saturation_and_chroma_are_those_of_hsv_and_cielab()
    {
        var half = Image(64, 64, (x, _) => x < 32 ? Red : Grey);
        Assert.Equal(0.5, Measure(half, "saturation"), 1e-6);
        Assert.Equal(0.5, Measure(half, "saturation-spread"), 1e-6);
        Assert.Equal(0.5, Measure(Even((200, 100, 100)), "saturation"), 1e-6);

        // sRGB red is a* 80.09, b* 67.20, C* 104.55 (Lindbloom's calculator).
        Assert.Equal(104.55, Measure(Even(Red), "chroma"), 0.05);
        Assert.Equal(104.55 / 2, Measure(half, "chroma-spread"), 0.05);
        Assert.Equal(67.20, Measure(Even(Red), "yellow-blue"), 0.05);
        Assert.Equal(80.09, Measure(Even(Red), "red-green"), 0.05);
    }

    [Theory]
    [InlineData("reds", 255, 0, 0)]
    [InlineData("yellows", 255, 255, 0)]
    [InlineData("greens", 0, 170, 60)]
    [InlineData("cyans", 0, 200, 220)]
    [InlineData("blues", 40, 120, 255)]
    [InlineData("magentas", 255, 0, 255)]
    public void Every_hue_has_its_sector(string id, byte red, byte green, byte blue)
    {
        string[] all = ["reds", "yellows", "greens", "cyans", "blues", "magentas"];
        var image = Even((red, green, blue));

        Assert.All(all, sector => Assert.Equal(sector == id ? 1 : 0, Measure(image, sector), 1e-6));
        Assert.All(all, sector => Assert.Equal(1 / 6.0, Measure(Even(Grey), sector), 1e-6));
    }

    [Fact]
    public void Hue_is_concentrated_in_one_colour_and_cancels_between_opposites()
    {
        Assert.Equal(1, Measure(Even(Red), "hue-concentration"), 1e-5);
        Assert.Equal(0, Measure(Even(Grey), "hue-concentration"));

        // Vectors of red (80.09, 67.20) and blue (79.19, -107.86): the length of their sum over the sum of their lengths.
        var expected = Math.Sqrt(Math.Pow(80.09 + 79.19, 2) + Math.Pow(67.20 - 107.86, 2)) / (104.55 + 133.81);
        Assert.Equal(expected, Measure(Image(64, 64, (x, _) => x < 32 ? Red : Blue), "hue-concentration"), 0.001);
    }

    [Fact]
    public void Palette_of_four_equal_colours_is_two_bits()
    {
        var four = Image(64, 64, (x, y) => (x < 32, y < 32) switch { (true, true) => Red, (true, false) => Blue, (false, true) => Black, _ => White });

        Assert.Equal(2, Measure(four, "palette-entropy"), 1e-6);
        Assert.Equal(0, Measure(Even(Red), "palette-entropy"), 1e-6);
    }

    [Fact]
    public void Upright_edge_is_counted_where_it_is_and_as_steep_as_it_is()
    {
        // At a step of 100, Sobel over 8 is 50 on the two columns beside it; borders are 0.
        var step = Image(64, 64, (x, _) => x < 32 ? Black : White);

        Assert.Equal(50.0 * 2 * 62 / (64 * 64), Measure(step, "gradient"), 0.01);
        Assert.Equal(2.0 * 62 / (64 * 64), Measure(step, "edge-density"), 1e-6);
        Assert.Equal(0, Measure(step, "orientation-entropy"), 1e-6);
        Assert.Equal(0, Measure(step, "diagonals"), 1e-6);
    }

    [Fact]
    public void Detail_is_in_the_band_of_its_size()
    {
        // A checker of single pixels against its mean over 3 x 3, which has 5 of one and 4 of the other: 100 (1 - 5/9).
        Assert.Equal(Math.Log(1 + Math.Pow(100 * 4 / 9.0, 2)), Measure(Checker(), "fine-detail"), 0.05);
        Assert.True(Measure(Checker(), "coarse-detail") < 2);

        var stripes = Image(64, 64, (x, _) => x / 8 % 2 == 0 ? Black : White);
        Assert.True(Measure(stripes, "coarse-detail") > Measure(stripes, "fine-detail"));
        Assert.Equal(0, Measure(Even(Grey), "fine-detail"), 1e-6);
    }

    [Fact]
    public void Slope_each_way_is_one_bit_of_direction()
    {
        // A cross of one upright and one level step, each of the same strength.
        var upright = Image(66, 66, (x, _) => x < 33 ? Black : White);
        var level = Image(66, 66, (_, y) => y < 33 ? Black : White);
        var beside = Image(132, 66, (x, y) => x < 66 ? (x < 33 ? Black : White) : y < 33 ? Black : White);

        Assert.Equal(0, Measure(upright, "orientation-entropy"), 1e-6);
        Assert.Equal(0, Measure(level, "orientation-entropy"), 1e-6);
        Assert.InRange(Measure(beside, "orientation-entropy"), 0.9, 1.25);
        Assert.Equal(4, Measure(Even(Grey), "orientation-entropy"), 1e-6);
    }

    [Fact]
    public void Diagonals_are_measured_apart_from_level_lines()
    {
        Assert.InRange(Measure(Image(64, 64, (x, y) => x + y < 64 ? Black : White), "diagonals"), 0.99, 1);
        Assert.InRange(Measure(Image(64, 64, (_, y) => y < 32 ? Black : White), "diagonals"), 0, 0.01);
    }

    [Fact]
    public void Symmetry_is_the_correlation_with_the_mirror_image()
    {
        Assert.Equal(1, Measure(Image(64, 64, (x, _) => x is > 20 and < 43 ? White : Black), "symmetry"), 1e-4);
        Assert.Equal(-1, Measure(Image(64, 64, (x, _) => x < 32 ? White : Black), "symmetry"), 1e-4);
        Assert.Equal(1, Measure(Even(Grey), "symmetry"));
    }

    [Fact]
    public void Attention_goes_to_what_differs()
    {
        // A small white square on black: its surroundings are all that differs much from the mean.
        var centred = Image(60, 60, (x, y) => x is >= 27 and < 33 && y is >= 27 and < 33 ? White : Black);
        var corner = Image(60, 60, (x, y) => x < 6 && y < 6 ? White : Black);
        var third = Image(60, 60, (x, y) => x is >= 17 and < 23 && y is >= 17 and < 23 ? White : Black);

        Assert.InRange(Measure(centred, "off-centre"), 0, 0.01);
        Assert.True(Measure(corner, "off-centre") > 0.2);
        Assert.True(Measure(third, "thirds") > Measure(centred, "thirds") + 0.2);
        Assert.True(Measure(centred, "saliency-spread") < Measure(Checker(), "saliency-spread"));
    }

    [Fact]
    public void Sharp_half_beside_an_even_one_has_a_shallow_depth_of_field()
    {
        // Half the cells at ln(1 + 400^2), half at 0: a spread of half of that.
        var half = Image(64, 64, (x, y) => x >= 32 ? Grey : (x + y) % 2 == 0 ? Black : White);

        Assert.Equal(Math.Log(1 + (400.0 * 400)) / 2, Measure(half, "sharpness-spread"), 0.5);
        Assert.Equal(0, Measure(Even(Grey), "sharpness-spread"), 1e-6);
        Assert.Equal(0, Measure(Checker(), "sharpness-spread"), 1e-3);
    }

    [Fact]
    public void Empty_is_the_share_of_even_cells()
    {
        var half = Image(64, 64, (x, y) => x >= 32 ? Grey : (x + y) % 2 == 0 ? Black : White);

        Assert.Equal(0.5, Measure(half, "emptiness"), 1e-6);
        Assert.Equal(1, Measure(Even(Grey), "emptiness"), 1e-6);
    }

    [Fact]
    public void Measures_have_unique_names_and_two_different_ends()
    {
        Assert.Equal(PixelMeasures.All.Count, PixelMeasures.All.Select(measure => measure.Id).Distinct().Count());
        Assert.All(PixelMeasures.All, measure => Assert.NotEqual(measure.Low, measure.High));
    }

    [Fact]
    public void Measures_are_finite_for_every_picture() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int).Sample((width, height, seed) =>
        {
            var random = new Random(seed);
            return PixelMeasures.Of(Image(width, height, (_, _) => (Any(random), Any(random), Any(random)))).All(float.IsFinite);
        });

    [Fact]
    public void Measures_of_colour_tone_and_composition_ignore_mirroring() =>
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            var pixels = Enumerable.Range(0, 32 * 24).Select(_ => (Any(random), Any(random), Any(random))).ToArray();
            var image = PixelMeasures.Of(Image(32, 24, (x, y) => pixels[(y * 32) + x]));
            var mirrored = PixelMeasures.Of(Image(32, 24, (x, y) => pixels[(y * 32) + 31 - x]));

            // Bins of direction are half open, so that a mirrored direction may fall beside its own.
            return image.Zip(mirrored).Where((_, i) => PixelMeasures.All[i].Id != "orientation-entropy").All(pair => Math.Abs(pair.First - pair.Second) < 1e-3);
        });

    private static byte Any(Random random) => (byte)random.Next(256);

    private static double Measure(Thumbnail image, string id) =>
        PixelMeasures.Of(image)[PixelMeasures.All.Select((measure, i) => (measure.Id, i)).Single(row => row.Id == id).i];
}
