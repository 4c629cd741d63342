using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Painter.Tests;

public sealed class CreatureTests
{
    private static readonly string[] Nouns =
    [
        "dog", "puppy", "wolf", "fox", "cat", "horse", "deer", "lion", "tiger", "leopard", "bear", "polar bear", "panda", "rabbit", "unicorn", "zebra", "cow", "sheep", "goat", "pig", "giraffe", "elephant",
        "owl", "raven", "parrot", "dragon", "robot",
    ];

    [Theory]
    [InlineData("a golden retriever", Motif.Hound)]
    [InlineData("two lions", Motif.Lion)]
    [InlineData("a tiger", Motif.Tiger)]
    [InlineData("a cheetah", Motif.Leopard)]
    [InlineData("a grizzly", Motif.Bear)]
    [InlineData("polar bears", Motif.PolarBear)]
    [InlineData("a panda bear", Motif.Panda)]
    [InlineData("a bunny", Motif.Rabbit)]
    [InlineData("a unicorn", Motif.Unicorn)]
    [InlineData("zebras", Motif.Zebra)]
    [InlineData("a bull", Motif.Cow)]
    [InlineData("lambs", Motif.Sheep)]
    [InlineData("a goat", Motif.Goat)]
    [InlineData("a piglet", Motif.Pig)]
    [InlineData("a giraffe", Motif.Giraffe)]
    [InlineData("an elephant", Motif.Elephant)]
    [InlineData("an owl", Motif.Owl)]
    [InlineData("a crow", Motif.Raven)]
    [InlineData("a macaw", Motif.Parrot)]
    [InlineData("a dragon", Motif.Dragon)]
    [InlineData("an android", Motif.Robot)]
    public void Scene_reader_knows_creatures_by_many_names(string text, object creature) => Assert.Equal([(Motif)creature], SceneReader.Read(text, []).Figures);

    [Theory]
    [InlineData("a wolf running", Pose.Run)]
    [InlineData("a cat sitting in a garden", Pose.Sit)]
    [InlineData("a lion walking", Pose.Walk)]
    [InlineData("a horse", null)]
    public void Scene_reader_reads_what_animals_do(string text, object? pose) => Assert.Equal((Pose?)pose, SceneReader.Read(text, []).Pose);

    [Fact]
    public async Task Creatures_are_seen_in_their_meadow_and_each_unlike_the_others()
    {
        var pictures = new List<(string Noun, SKColor[] Pixels)>();
        foreach (var noun in Nouns)
        {
            pictures.Add((noun, await PixelsAsync($"a {noun} in a meadow")));
            Assert.True(Share(pictures[^1].Pixels, await PixelsAsync($"a {noun} in a meadow", noun)) > 0.03, noun);
        }

        foreach (var (i, first) in pictures.Index())
        {
            Assert.All(pictures.Skip(i + 1), second => Assert.True(Share(first.Pixels, second.Pixels) > 0.03, $"{first.Noun}, {second.Noun}"));
        }
    }

    private static async Task<SKColor[]> PixelsAsync(string text, string? avoid = null)
    {
        using var bitmap = SKBitmap.Decode(await PainterFixture.PngAsync(PainterFixture.Request(text) with { Avoid = avoid is null ? [] : [avoid] }));
        return bitmap.Pixels;
    }

    /// <summary>The share of pixels of which a channel differs by more than 24.</summary>
    private static double Share(SKColor[] first, SKColor[] second) =>
        first.Zip(second).Count(pair => Math.Abs(pair.First.Red - pair.Second.Red) > 24 || Math.Abs(pair.First.Green - pair.Second.Green) > 24 || Math.Abs(pair.First.Blue - pair.Second.Blue) > 24) / (double)first.Length;
}
