using Personalization.Imagine.Backends;
using Personalization.Styles;
using Personalization.Testing;

namespace Personalization.Painter.Tests;

/// <summary>All pictures that people rank, as the Painter paints them.</summary>
public sealed class RankingPictureTests(RankingPictureTests.All all) : IClassFixture<RankingPictureTests.All>
{
    private const int Side = 96;

    [Fact]
    public void No_ranking_picture_is_near_black() =>
        Assert.All(all.Pictures, picture => Assert.True(picture.Measures.Lightness() > 14 && picture.Measures.LightnessShare(l => l < 6) < 0.65, $"{picture.Name}: L* {picture.Measures.Lightness():0}, {picture.Measures.LightnessShare(l => l < 6):P0} black"));

    [Fact]
    public void No_ranking_picture_without_white_paper_is_washed_out() =>
        Assert.All(all.Pictures.Where(picture => !SceneReader.Read(picture.Prompt, []).IsOnWhite), picture =>
            Assert.True(picture.Measures.Lightness() < 88 && picture.Measures.LightnessShare(l => l > 97) < 0.5, $"{picture.Name}: L* {picture.Measures.Lightness():0}, {picture.Measures.LightnessShare(l => l > 97):P0} white"));

    [Fact]
    public void Every_ranking_picture_has_enough_spread_of_lightness_for_its_subject_to_be_seen() =>
        Assert.All(all.Pictures, picture => Assert.True(picture.Measures.LightnessSpread() > 4, $"{picture.Name}: {picture.Measures.LightnessSpread():0.0}"));

    [Fact]
    public void No_pair_of_ranking_pictures_is_dark_or_pale_or_even_on_both_sides()
    {
        // Pairs of nights, and of drawings with little in them, are dark or even by their prompts; few may be left.
        var pairs = all.Pictures.GroupBy(picture => picture.Prompt).SelectMany(prompt => prompt.SelectMany((a, at) => prompt.Skip(at + 1).Select(b => (a.Measures, b.Measures)))).ToArray();
        double Share(Func<Measures, bool> isBad) => pairs.Count(pair => isBad(pair.Item1) && isBad(pair.Item2)) / (double)pairs.Length;

        Assert.InRange(Share(picture => picture.Lightness() < 20), 0, 0.01);
        Assert.InRange(Share(picture => picture.LightnessSpread() < 6), 0, 0.01);
    }

    [Fact]
    public void Dark_and_bright_remain_extremes()
    {
        var axis = PainterFixture.Axis("brightness");
        var (dark, bright) = (all.Pictures.Where(picture => picture.Style[axis] == -1).Average(Lightness), all.Pictures.Where(picture => picture.Style[axis] == 1).Average(Lightness));

        Assert.True(bright - dark > 25, $"L* {dark:0} and {bright:0}");

        static double Lightness(RankingPicture picture) => picture.Measures.Lightness();
    }

    [Fact]
    public async Task Tenth_of_the_ranking_pictures_are_framed()
    {
        // Each that may be framed is painted a second time: a third of the prompts are enough.
        var (framed, pictures) = (0, all.Pictures.Where(picture => picture.Seed % 3 == 0).ToArray());
        foreach (var picture in pictures.Where(picture => picture.Style[PainterFixture.Axis("ornament")] > 0))
        {
            var without = Measures.Of(await PainterFixture.PngAsync(All.Request(picture.Prompt, picture.Seed, picture.Style) with { Avoid = ["frame"] }));
            framed += picture.Measures.DifferenceAtTheSide(without) > 3 ? 1 : 0;
        }

        Assert.InRange(framed / (double)pictures.Length, 0.05, 0.15);
    }

    [Fact]
    public void Ranking_prompt_leaves_every_axis_to_its_style()
    {
        var plain = new ImageRequest { Text = "", Seed = 1, Count = 1, Width = Side, Height = Side };
        var style = new PromptStyle(PainterFixture.Vocabulary);
        var wanted = new StyleVector([.. Enumerable.Repeat(0.5f, PainterFixture.Vocabulary.Dimension)]);
        var free = style.Of(plain with { Styles = [wanted] }, 0).Look;

        Assert.All(PainterFixture.Prompts, prompt => Assert.Equal(free, style.Of(plain with { Text = prompt, Styles = [wanted] }, 0).Look));
    }

    /// <param name="Name">The prompt and the number of the style.</param>
    internal sealed record RankingPicture(string Name, string Prompt, uint Seed, StyleVector Style, Measures Measures);

    /// <summary>Paints them all, small, once for all tests.</summary>
    public sealed class All : IAsyncLifetime
    {
        internal IReadOnlyList<RankingPicture> Pictures { get; private set; } = [];

        internal static ImageRequest Request(string prompt, uint seed, StyleVector style) => PainterFixture.Request(prompt, seed, Side) with { Styles = [style] };

        public async ValueTask InitializeAsync()
        {
            var pictures = new List<RankingPicture>();
            foreach (var (prompt, styles) in StyleVariations.Of(PainterFixture.Prompts.Count, PainterFixture.Vocabulary.Dimension).Index())
            {
                foreach (var (at, style) in styles.Index())
                {
                    var text = PainterFixture.Prompts[prompt];
                    pictures.Add(new($"{text} ({at})", text, (uint)prompt, style, Measures.Of(await PainterFixture.PngAsync(Request(text, (uint)prompt, style)))));
                }
            }

            Pictures = pictures;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
