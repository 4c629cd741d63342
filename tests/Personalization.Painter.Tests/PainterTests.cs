using System.Buffers.Binary;
using System.Text;
using Personalization.Imagine.Backends;
using Personalization.Styles;
using Personalization.Testing;

namespace Personalization.Painter.Tests;

public sealed class PainterTests
{
    private static readonly string[] Kinds = [PainterFixture.ForestAndSea, PainterFixture.Logo, PainterFixture.Husky, "portrait of a man", "tulips", "galaxy", "city in the rain", "xyzzy", "winter forest", "castle by a lake at night"];

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_on_any_thread_in_any_order()
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
    public async Task A_picture_does_not_depend_on_the_pictures_beside_it()
    {
        var four = await PainterFixture.PaintAsync(PainterFixture.Request(PainterFixture.Husky, 10) with { Count = 4 });

        for (var i = 0u; i < 4; i++)
        {
            Assert.Equal(await PainterFixture.PngAsync(PainterFixture.Request(PainterFixture.Husky, 10 + i)), four[(int)i].Png.ToArray());
        }
    }

    [Fact]
    public async Task A_seed_past_the_last_begins_again_at_0()
    {
        var pictures = await PainterFixture.PaintAsync(PainterFixture.Request("sea", uint.MaxValue) with { Count = 2 });

        Assert.Equal(await PainterFixture.PngAsync(PainterFixture.Request("sea", 0)), pictures[1].Png.ToArray());
    }

    [Fact]
    public async Task Variations_of_one_seed_differ_in_style_alone()
    {
        var alike = await PainterFixture.PaintAsync(PainterFixture.Request("sea") with { Count = 2, SeedStep = 0 });
        var styled = await PainterFixture.PaintAsync(PainterFixture.Request("sea") with { Count = 2, SeedStep = 0, Styles = [PainterFixture.Style("warmth", -1), PainterFixture.Style("warmth", 1)] });

        Assert.Equal(alike[0].Png.ToArray(), alike[1].Png.ToArray());
        Assert.True(Measures.Of(styled[1].Png).Warmth() > Measures.Of(styled[0].Png).Warmth() + 10);
    }

    [Theory]
    [InlineData("sea")]
    [InlineData("a portrait")]
    [InlineData("a logo")]
    [InlineData("xyzzy")]
    public async Task Seeds_give_different_pictures(string text)
    {
        var pictures = await PainterFixture.PaintAsync(PainterFixture.Request(text) with { Count = 4 });

        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(896, 64)]
    [InlineData(64, 896)]
    [InlineData(680, 384)]
    public async Task Pictures_have_the_size_that_was_asked_for(int width, int height)
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
    public async Task Sizes_out_of_bounds_are_refused(int width, int height) =>
        await Assert.ThrowsAsync<ArgumentException>(() => PainterFixture.PaintAsync(PainterFixture.Request("sea") with { Width = width, Height = height }));

    [Fact]
    public void It_knows_two_models()
    {
        Assert.Equal((512 * 512, 8), PainterFixture.Painter.SizeOf(""));
        Assert.Equal((256 * 256, 8), PainterFixture.Painter.SizeOf("draft"));
        Assert.Throws<ArgumentException>(() => PainterFixture.Painter.SizeOf("final"));
    }

    [Fact]
    public async Task Progress_is_told_after_each_picture()
    {
        var journal = new RecordedReporter();

        await PainterFixture.Painter.PaintAsync(PainterFixture.Request("sea", side: 64) with { Count = 4 }, PaintingSources.None, journal, TestContext.Current.CancellationToken);

        Assert.Equal([0.25, 0.5, 0.75, 1], journal.Progress.Select(progress => progress.Fraction));
    }

    [Fact]
    public async Task Cancelling_stops_it_between_pictures_and_layers()
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
    public async Task The_png_carries_nothing_but_the_picture()
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
    public async Task Words_of_style_in_the_prompt_are_heard()
    {
        Assert.Equal(0, (await MeasureAsync("a forest, black and white")).Colourfulness(), 1.0);
        Assert.True((await MeasureAsync("a forest, vibrant")).Colourfulness() > (await MeasureAsync("a forest, desaturated")).Colourfulness() * 2);
    }

    [Fact]
    public async Task The_prompts_own_word_is_stronger_than_the_taste()
    {
        var dull = PainterFixture.Request("a sea, desaturated");

        var coloured = Measures.Of(await PainterFixture.PngAsync(dull with { Styles = [PainterFixture.Style("vividness", 1)] })).Colourfulness();

        Assert.True(coloured < Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request("a sea, desaturated") with { Text = "a sea" })).Colourfulness());
    }

    [Fact]
    public async Task Additions_count_where_there_is_no_style_and_only_there()
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
    public async Task What_is_to_be_avoided_is_not_painted(string text, string avoid)
    {
        var with = await PainterFixture.PngAsync(PainterFixture.Request(text));
        var without = await PainterFixture.PngAsync(PainterFixture.Request(text) with { Avoid = [avoid] });

        Assert.NotEqual(with, without);
        Assert.Equal(with, await PainterFixture.PngAsync(PainterFixture.Request(text) with { Avoid = ["trombones"] }));
    }

    private static async Task<Measures> MeasureAsync(string text) => Measures.Of(await PainterFixture.PngAsync(PainterFixture.Request(text)));
}
