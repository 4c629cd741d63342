using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Painter.Tests;

public sealed class CreatureTests
{
    private static readonly string[] Nouns =
    [
        "dog", "puppy", "wolf", "fox", "cat", "horse", "deer", "lion", "tiger", "leopard", "bear", "polar bear", "panda", "rabbit", "unicorn", "zebra", "cow", "sheep", "goat", "pig", "giraffe", "elephant",
        "owl", "raven", "parrot", "dragon", "robot", "sparrow", "robin", "songbird", "swan", "duck", "fish", "koi", "whale", "shark", "dolphin", "snake", "turtle", "frog",
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
    [InlineData("a finch", Motif.Sparrow)]
    [InlineData("a robin", Motif.Robin)]
    [InlineData("a kingfisher", Motif.Songbird)]
    [InlineData("swans", Motif.Swan)]
    [InlineData("ducklings", Motif.Duck)]
    [InlineData("koi fish", Motif.Koi)]
    [InlineData("a goldfish", Motif.Fish)]
    [InlineData("an orca", Motif.Whale)]
    [InlineData("a shark", Motif.Shark)]
    [InlineData("dolphins", Motif.Dolphin)]
    [InlineData("a cobra", Motif.Snake)]
    [InlineData("a tortoise", Motif.Turtle)]
    [InlineData("a toad", Motif.Frog)]
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

    [Fact]
    public async Task Animals_in_the_plural_are_several()
    {
        var (one, several) = (SceneReader.Read("a fox in a meadow", []), SceneReader.Read("foxes in a meadow", []));
        var alone = Share(await PixelsAsync("a fox in a meadow"), await PixelsAsync("a fox in a meadow", "fox"));

        Assert.Empty(one.Several);
        Assert.Equal([Motif.Fox], several.Several);
        Assert.True(Share(await PixelsAsync("foxes in a meadow"), await PixelsAsync("foxes in a meadow", "foxes")) > 1.15 * alone);
    }

    [Theory]
    [InlineData("a whale under the surface of the sea", Motif.Underwater)]
    [InlineData("a swan", Motif.Lake)]
    [InlineData("a turtle", Motif.Beach)]
    [InlineData("an astronaut", Motif.Lunar)]
    [InlineData("an astronaut on the surface of the moon", Motif.Lunar)]
    [InlineData("a ballet dancer", Motif.Stage)]
    public void Scene_reader_places_creatures_where_they_live(string text, object place) => Assert.Contains((Motif)place, SceneReader.Read(text, []).Places);

    [Fact]
    public async Task Mist_of_calm_pictures_lies_behind_their_animal()
    {
        // A black cat stays as black in the calmest picture, and white bands across it would not leave it so.
        var request = PainterFixture.Request("a black cat sitting in a meadow by day");
        var (plain, calm) = (Dark(await PainterFixture.PngAsync(request)), Dark(await PainterFixture.PngAsync(request with { Styles = [PainterFixture.Style("dynamism", -1)] })));

        Assert.True(plain > 400, $"{plain} dark pixels");
        Assert.True(calm > 0.93 * plain, $"{calm} dark pixels of {plain}");

        static int Dark(byte[] png)
        {
            using var bitmap = SKBitmap.Decode(png);
            return bitmap.Pixels.Count(pixel => pixel.Red < 70 && pixel.Green < 70 && pixel.Blue < 70);
        }
    }

    [Theory]
    [InlineData("a logo of a fox", "fox")]
    [InlineData("a logo of a wizard", "wizard")]
    [InlineData("a logo of a sailboat", "sailboat")]
    [InlineData("a logo of a tree", "tree")]
    public async Task Logo_shows_the_figure_that_it_is_of(string text, string figure) =>
        Assert.True(Share(await PixelsAsync(text), await PixelsAsync(text, figure)) > 0.05);

    internal static async Task<SKColor[]> PixelsAsync(string text, string? avoid = null)
    {
        using var bitmap = SKBitmap.Decode(await PainterFixture.PngAsync(PainterFixture.Request(text) with { Avoid = avoid is null ? [] : [avoid] }));
        return bitmap.Pixels;
    }

    /// <summary>The share of pixels of which a channel differs by more than 24.</summary>
    internal static double Share(SKColor[] first, SKColor[] second) =>
        first.Zip(second).Count(pair => Math.Abs(pair.First.Red - pair.Second.Red) > 24 || Math.Abs(pair.First.Green - pair.Second.Green) > 24 || Math.Abs(pair.First.Blue - pair.Second.Blue) > 24) / (double)first.Length;
}
