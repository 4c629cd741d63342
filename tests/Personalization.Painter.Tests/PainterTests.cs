using System.Buffers.Binary;
using System.Text;
using Personalization.Imagine.Backends;
using Personalization.Styles;
using Personalization.Testing;

namespace Personalization.Painter.Tests;

public sealed class PainterTests
{
    private static readonly string[] Kinds = [PainterFixture.ForestAndSea, PainterFixture.Logo, PainterFixture.Husky, "portrait of a man", "tulips", "galaxy", "city in the rain", "xyzzy", "winter forest", "castle by a lake at night", "a cat on a sofa in a library", "a bowl of ramen", "a bicycle by a bridge", "a market street", "a submarine in a coral reef", "a cave behind a waterfall", "a house on an island"];

    [Fact]
    public async Task Painter_gives_the_same_bytes_for_a_request_on_any_thread_in_any_order()
    {
        var first = new List<byte[]>();
        foreach (var text in Kinds)
        {
            first.Add(await PainterFixture.PngAsync(PainterFixture.Request(text)));
        }

        var again = await Task.WhenAll(Kinds.Reverse().Select(text => PainterFixture.PngAsync(PainterFixture.Request(text))));

        Assert.All(first.Zip(again.Reverse()), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public async Task Painter_paints_a_picture_independently_of_those_beside_it()
    {
        var four = await PainterFixture.PaintAsync(PainterFixture.Request(PainterFixture.Husky, 10) with { Count = 4 });

        for (var i = 0u; i < 4; i++)
        {
            Assert.Equal(await PainterFixture.PngAsync(PainterFixture.Request(PainterFixture.Husky, 10 + i)), four[(int)i].Png.ToArray());
        }
    }

    [Fact]
    public async Task Painter_wraps_seeds_to_0()
    {
        var pictures = await PainterFixture.PaintAsync(PainterFixture.Request("sea", uint.MaxValue) with { Count = 2 });

        Assert.Equal(await PainterFixture.PngAsync(PainterFixture.Request("sea", 0)), pictures[1].Png.ToArray());
    }

    [Theory]
    [InlineData("a forest by the sea")]
    [InlineData("a portrait of a woman")]
    [InlineData("a husky in the desert")]
    public async Task Painter_varies_a_composition_near_its_original(string prompt)
    {
        var original = PainterFixture.Request(prompt, seed: 4);
        var unrelated = await PainterFixture.PaintAsync(original with { Seed = 100, Count = 4 });

        var variations = await PainterFixture.PaintAsync(original with { Seed = 200, Count = 4, Lineage = [4] });
        var again = await PainterFixture.PaintAsync(original with { Seed = 200, Count = 4, Lineage = [4] });

        var painted = Measures.Of(await PainterFixture.PngAsync(original));
        var (near, far) = (variations.Average(picture => Measures.Of(picture.Png).DistanceTo(painted)), unrelated.Average(picture => Measures.Of(picture.Png).DistanceTo(painted)));
        Assert.True(near < 0.75 * far, $"Variations differ by {near:0.0} and other pictures by {far:0.0}.");
        Assert.All(variations, picture => Assert.True(Measures.Of(picture.Png).DistanceTo(painted) > 1));
        Assert.Equal(4, variations.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.Equal(variations.Select(picture => picture.Png.ToArray()), again.Select(picture => picture.Png.ToArray()));
    }

    [Theory]
    [InlineData("sea")]
    [InlineData("a portrait")]
    [InlineData("a logo")]
    [InlineData("xyzzy")]
    public async Task Painter_seeds_give_different_pictures(string text)
    {
        var pictures = await PainterFixture.PaintAsync(PainterFixture.Request(text) with { Count = 4 });

        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(896, 64)]
    [InlineData(64, 896)]
    [InlineData(680, 384)]
    public async Task Painter_pictures_have_the_requested_size(int width, int height)
    {
        foreach (var text in Kinds)
        {
            var picture = (await PainterFixture.PaintAsync(PainterFixture.Request(text) with { Width = width, Height = height, Styles = [new StyleVector([.. Enumerable.Repeat(1f, 10)])] }))[0];
            var measured = Measures.Of(picture.Png);
            Assert.Equal((width, height, width, height), (picture.Width, picture.Height, measured.Width, measured.Height));
            Assert.True(measured.LightnessSpread() > 2, text);
        }
    }

    [Theory]
    [InlineData(63, 512)]
    [InlineData(512, 4097)]
    public async Task Painter_refuses_sizes_out_of_bounds(int width, int height) =>
        await Assert.ThrowsAsync<ArgumentException>(() => PainterFixture.PaintAsync(PainterFixture.Request("sea") with { Width = width, Height = height }));

    [Fact]
    public void Painter_has_two_models()
    {
        Assert.Equal((512 * 512, 8), PainterFixture.Painter.SizeOf(""));
        Assert.Equal((256 * 256, 8), PainterFixture.Painter.SizeOf("draft"));
        Assert.Throws<ArgumentException>(() => PainterFixture.Painter.SizeOf("final"));
    }

    [Fact]
    public async Task Painter_reports_progress_after_each_picture()
    {
        var journal = new RecordedReporter();

        await PainterFixture.Painter.PaintAsync(PainterFixture.Request("sea", side: 64) with { Count = 4 }, PaintingSources.None, journal, TestContext.Current.CancellationToken);

        Assert.Equal([0.25, 0.5, 0.75, 1], journal.Progress.Select(progress => progress.Fraction));
    }

    [Fact]
    public async Task Painter_stops_between_pictures_and_layers_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        var painted = 0;
        var journal = new RecordedReporter
        {
            OnReport = _ =>
            {
                painted++;
                source.Cancel();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PainterFixture.Painter.PaintAsync(PainterFixture.Request("sea") with { Count = 4 }, PaintingSources.None, journal, source.Token));

        Assert.Equal(1, painted);
    }

    [Fact]
    public async Task Painter_png_holds_nothing_but_the_picture()
    {
        var png = await PainterFixture.PngAsync(PainterFixture.Request("sea"));

        var chunks = new List<string>();
        for (var at = 8; at < png.Length;)
        {
            chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4));
            at += 12 + (int)BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Distinct());
    }

    [Fact]
    public async Task Painter_follows_style_words_of_the_prompt()
    {
        Assert.Equal(0, (await MeasureAsync("a forest, black and white")).Colourfulness(), 1.0);
        Assert.True((await MeasureAsync("a forest, vibrant")).Colourfulness() > (await MeasureAsync("a forest, desaturated")).Colourfulness() * 2);
    }

    [Fact]
    public async Task Painter_prefers_the_prompt_to_the_taste()
    {
        var dull = PainterFixture.Request("a sea, desaturated");

        var coloured = Measures.Of(await PainterFixture.PngAsync(dull with { Styles = [PainterFixture.Style("vividness", 1)] })).Colourfulness();

        Assert.True(coloured < Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request("a sea, desaturated") with { Text = "a sea" })).Colourfulness());
    }

    [Fact]
    public async Task Painter_uses_additions_only_without_a_style()
    {
        var plain = PainterFixture.Request("sea");
        WeightedPhrase[] additions = [new("muted desaturated palette", 1)];

        var muted = await PainterFixture.PngAsync(plain with { Additions = additions });

        Assert.True(Measures.Of(muted).Colourfulness() < Measures.Of(await PainterFixture.PngAsync(plain)).Colourfulness() * 0.7);
        Assert.Equal(
            await PainterFixture.PngAsync(plain with { Styles = [PainterFixture.Style("warmth", 0.5f)] }),
            await PainterFixture.PngAsync(plain with { Styles = [PainterFixture.Style("warmth", 0.5f)], Additions = additions }));
    }

    [Theory]
    [InlineData("a meadow with flowers", "flowers")]
    [InlineData("a husky in the desert", "dogs")]
    [InlineData("a day at the sea", "clouds")]
    [InlineData("a starry night", "stars")]
    public async Task Painter_does_not_paint_what_is_avoided(string text, string avoid)
    {
        var with = await PainterFixture.PngAsync(PainterFixture.Request(text));
        var without = await PainterFixture.PngAsync(PainterFixture.Request(text) with { Avoid = [avoid] });

        Assert.NotEqual(with, without);
        Assert.Equal(with, await PainterFixture.PngAsync(PainterFixture.Request(text) with { Avoid = ["trombones"] }));
    }

    private static async Task<Measures> MeasureAsync(string text) => Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request(text)));
}
