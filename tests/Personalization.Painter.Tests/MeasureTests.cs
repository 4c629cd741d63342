using SkiaSharp;

namespace Personalization.Painter.Tests;

/// <summary>Each measure on a picture whose value can be worked out by hand.</summary>
public sealed class MeasureTests
{
    private static readonly SKColor Red = new(255, 0, 0);
    private static readonly SKColor Grey = new(119, 119, 119);

    [Fact]
    public void Colourfulness_of_one_red_is_its_mean_alone()
    {
        // rg = 255, yb = 127.5, no spread: 0.3 sqrt(255^2 + 127.5^2).
        Assert.Equal(85.53, Measures.Of(16, 16, (_, _) => Red).Colourfulness(), 0.01);
        Assert.Equal(0, Measures.Of(16, 16, (_, _) => Grey).Colourfulness(), 1e-9);
    }

    [Fact]
    public void Colourfulness_counts_how_far_opponent_colours_lie_apart()
    {
        // Half red (255, 127.5), half blue (0, -255): spreads 127.5 and 191.25, means 127.5 and -63.75.
        var expected = Math.Sqrt((127.5 * 127.5) + (191.25 * 191.25)) + (0.3 * Math.Sqrt((127.5 * 127.5) + (63.75 * 63.75)));
        Assert.Equal(expected, Measures.Of(16, 16, (x, _) => x < 8 ? Red : new(0, 0, 255)).Colourfulness(), 1e-6);
    }

    [Fact]
    public void Saturation_is_1_for_a_pure_hue_and_halves_halfway_to_white()
    {
        Assert.Equal(1, Measures.Of(4, 4, (_, _) => Red).Saturation(), 1e-9);
        Assert.Equal(0.5, Measures.Of(4, 4, (_, _) => new(200, 100, 100)).Saturation(), 1e-9);
    }

    [Fact]
    public void Lightness_and_warmth_are_those_of_cielab()
    {
        // sRGB 119 is L* 50.03; sRGB red is L* 53.24, b* 67.20 (Lindbloom's calculator).
        Assert.Equal(50.03, Measures.Of(4, 4, (_, _) => Grey).Lightness(), 0.02);
        Assert.Equal(53.24, Measures.Of(4, 4, (_, _) => Red).Lightness(), 0.02);
        Assert.Equal(67.20, Measures.Of(4, 4, (_, _) => Red).Warmth(), 0.05);
    }

    [Fact]
    public void Spread_and_range_of_light_are_50_for_half_black_and_half_white()
    {
        var halves = Measures.Of(64, 64, (x, _) => x < 32 ? SKColors.Black : SKColors.White);
        Assert.Equal(50, halves.LightnessSpread(), 0.01);
        Assert.Equal(50, halves.LightRange(), 0.01);

        // The same black and white in a fine checker lights every cell alike.
        var checker = Measures.Of(64, 64, (x, y) => (x + y) % 2 == 0 ? SKColors.Black : SKColors.White);
        Assert.Equal(50, checker.LightnessSpread(), 0.01);
        Assert.Equal(0, checker.LightRange(), 0.01);
    }

    [Fact]
    public void Fine_measures_are_0_for_an_even_picture_and_full_for_a_checker()
    {
        var even = Measures.Of(64, 64, (_, _) => Grey);
        var checker = Measures.Of(64, 64, (x, y) => (x + y) % 2 == 0 ? SKColors.Black : SKColors.White);
        Assert.Equal(0, even.DetailDensity());
        Assert.Equal(1, checker.DetailDensity());
        Assert.Equal(0, even.LaplacianEnergy(), 1e-9);

        // Every neighbour differs by 100: (4 * 100)^2.
        Assert.InRange(checker.LaplacianEnergy(), 159_950, 160_050);
        Assert.Equal(0, even.FlatTexture(), 1e-6);
        Assert.InRange(checker.FlatTexture(), 1900, 3200);
    }

    [Fact]
    public void Diagonal_share_is_high_for_a_diagonal_edge_and_low_for_a_level_one()
    {
        Assert.InRange(Measures.Of(64, 64, (x, y) => x + y < 64 ? SKColors.Black : SKColors.White).DiagonalShare(), 0.99, 1);
        Assert.InRange(Measures.Of(64, 64, (_, y) => y < 32 ? SKColors.Black : SKColors.White).DiagonalShare(), 0, 0.01);
    }

    [Fact]
    public void Edge_density_is_the_share_of_pixels_beside_an_edge()
    {
        // Of 62 inner columns, the two at the step see it.
        Assert.Equal(2 / 62.0, Measures.Of(64, 64, (x, _) => x < 32 ? SKColors.Black : SKColors.White).EdgeDensity(), 1e-9);
    }

    [Fact]
    public void Corners_show_the_darkest_and_most_coloured_of_the_four()
    {
        var (lightness, chroma) = Measures.Of(64, 64, (x, y) => x > 60 && y > 60 ? Red : SKColors.White).Corners();
        Assert.Equal(53.24, lightness, 0.02);
        Assert.Equal(104.55, chroma, 0.05);
    }

    [Fact]
    public void Hue_entropy_is_0_for_one_hue_and_1_bit_for_two_of_equal_chroma()
    {
        Assert.Equal(0, Measures.Of(16, 16, (_, _) => Red).HueEntropy(), 1e-9);

        // Red has chroma 104.55, blue 133.81.
        var share = 104.55 / (104.55 + 133.81);
        Assert.Equal(
            -(share * Math.Log2(share)) - ((1 - share) * Math.Log2(1 - share)),
            Measures.Of(16, 16, (x, _) => x < 8 ? Red : new(0, 0, 255)).HueEntropy(),
            0.001);
    }

    [Fact]
    public void Dark_lines_are_what_is_dark_and_thin()
    {
        // One column of 64 is black on white; a dark half is no line.
        Assert.Equal(100.0 / 64, Measures.Of(64, 64, (x, _) => x == 30 ? SKColors.Black : SKColors.White).DarkLines(), 0.01);
        Assert.Equal(0, Measures.Of(64, 64, (x, _) => x < 32 ? SKColors.Black : SKColors.White).DarkLines(), 0.01);
    }
}
