using System.Collections.Concurrent;
using Personalization.Styles;
using Personalization.Testing;

namespace Personalization.Painter.Tests;

/// <summary>Each axis moves the measure that people would name it by.</summary>
public sealed class StyleAxisTests
{
    private static readonly float[] Levels = [-1, -0.5f, 0, 0.5f, 1];

    private static readonly string[] Subjects = [PainterFixture.ForestAndSea, PainterFixture.Logo, PainterFixture.Husky, "A portrait of a woman", "A city at night", "A bouquet of roses", "Mountains above a lake", "A bicycle by a bridge", "A bowl of ramen", "A living room", "A woman walking in a park", "A swan on a lake"];

    private static readonly Dictionary<string, Func<Measures, double>> MeasuresByName = new()
    {
        ["colourfulness"] = picture => picture.Colourfulness(),
        ["saturation"] = picture => picture.Saturation(),
        ["yellow against blue"] = picture => picture.Warmth(),
        ["lightness"] = picture => picture.Lightness(),
        ["spread of lightness"] = picture => picture.LightnessSpread(),
        ["unevenness of light"] = picture => picture.LightRange(),
        ["fine detail"] = picture => picture.DetailDensity(),
        ["lack of edges"] = picture => -Math.Log(1e-3 + picture.LaplacianEnergy()),
        ["share of diagonals"] = picture => picture.DiagonalShare(),
        ["edges"] = picture => picture.EdgeDensity(),
        ["tooth of flat parts"] = picture => picture.FlatTexture(),
        ["spread of hues"] = picture => picture.HueEntropy(),
        ["dark lines"] = picture => picture.DarkLines(),
    };

    // The middle of an axis is the middle of all: its pictures are painted once.
    private static readonly ConcurrentDictionary<StyleVector, Lazy<Task<Measures[]>>> Painted = new();

    [Fact]
    public async Task Painter_shows_every_axis_of_the_vocabulary()
    {
        foreach (var axis in PainterFixture.Vocabulary.Axes)
        {
            var request = PainterFixture.Request(PainterFixture.ForestAndSea, side: 96);

            var low = await PainterFixture.PngAsync(request with { Styles = [PainterFixture.Style(axis.Id, -1)] });
            var high = await PainterFixture.PngAsync(request with { Styles = [PainterFixture.Style(axis.Id, 1)] });

            Assert.False(low.AsSpan().SequenceEqual(high), $"The Painter does not show {axis.Id}: add it to Look.");
        }
    }

    [Theory]
    [InlineData("vividness", "colourfulness")]
    [InlineData("vividness", "saturation")]
    [InlineData("warmth", "yellow against blue")]
    [InlineData("brightness", "lightness")]
    [InlineData("contrast", "spread of lightness")]
    [InlineData("drama", "unevenness of light")]
    [InlineData("detail", "fine detail")]
    [InlineData("softness", "lack of edges")]
    [InlineData("dynamism", "share of diagonals")]
    [InlineData("ornament", "edges")]
    [InlineData("texture", "tooth of flat parts")]
    [InlineData("palette", "spread of hues")]
    [InlineData("linework", "dark lines")]
    public async Task Style_axis_moves_its_measure_steadily(string axis, string measure)
    {
        var means = new List<double>();
        foreach (var level in Levels)
        {
            means.Add((await PaintedAsync(PainterFixture.Style(axis, level))).Average(MeasuresByName[measure]));
        }

        TestContext.Current.SendDiagnosticMessage($"{axis}: {string.Join("  ", means.Select(mean => mean.ToString("0.####")))}");
        for (var i = 1; i < means.Count; i++)
        {
            Assert.True(means[i] > means[i - 1], $"{axis} at {string.Join(", ", Levels)}: {string.Join(", ", means)}");
        }
    }

    [Theory]
    [InlineData(PainterFixture.ForestAndSea)]
    [InlineData(PainterFixture.Logo)]
    [InlineData(PainterFixture.Husky)]
    public async Task Vividness_adds_colour_to_every_single_picture(string prompt)
    {
        for (var seed = 0u; seed < 4; seed++)
        {
            var before = 0.0;
            foreach (var level in (float[])[-1, -0.6f, -0.2f, 0.2f, 0.6f, 1])
            {
                var colour = Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request(prompt, seed, 128) with { Styles = [PainterFixture.Style("vividness", level)] })).Colourfulness();
                Assert.True(colour > before * 1.03, $"seed {seed} at {level}: {colour} after {before}");
                before = colour;
            }
        }
    }

    [Theory]
    [InlineData("A waterfall in a rainforest")]
    [InlineData("A campfire in a forest")]
    [InlineData("A city in the morning")]
    public async Task Mist_of_a_calm_picture_lies_in_no_bands(string prompt)
    {
        var turns = new List<int>();
        for (var seed = 0u; seed < 4; seed++)
        {
            var request = PainterFixture.Request(prompt, seed, 192);
            var middle = Measures.Of(await PainterFixture.PngAsync(request));
            var calm = Measures.Of(await PainterFixture.PngAsync(request with { Styles = [PainterFixture.Style("dynamism", -1)] }));
            turns.Add(calm.LevelTurns(middle));
        }

        TestContext.Current.SendDiagnosticMessage($"{prompt}: {string.Join(", ", turns)}");
        Assert.True(turns.Average() < 10, string.Join(", ", turns));
    }

    [Fact]
    public async Task White_ground_stays_white_in_every_style()
    {
        foreach (var axis in PainterFixture.Vocabulary.Axes.Where(axis => axis.Id != "ornament"))
        {
            foreach (var level in (float[])[-1, 1])
            {
                var (lightness, chroma) = Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request(PainterFixture.Logo) with { Styles = [PainterFixture.Style(axis.Id, level)] })).Corners();
                Assert.True(lightness > 93 && chroma < 4, $"{axis.Id} at {level}: L* {lightness}, chroma {chroma}");
            }
        }
    }

    /// <summary>Two pictures of each subject in a style.</summary>
    private static Task<Measures[]> PaintedAsync(StyleVector style) => Painted.GetOrAdd(style, _ => new(async () =>
    {
        var measures = new List<Measures>();
        foreach (var subject in Subjects)
        {
            for (var seed = 0u; seed < 2; seed++)
            {
                measures.Add(Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request(subject, seed, 128) with { Styles = [style] })));
            }
        }

        return [.. measures];
    })).Value;
}
