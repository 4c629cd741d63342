using Personalization.Painter.Figures;
using Personalization.Testing;

namespace Personalization.Painter.Tests;

/// <summary>Who is read from a prompt, how they look, and that each is drawn as no other.</summary>
public sealed class PeopleTests
{
    private static readonly string[] Roles =
    [
        "woman", "man", "girl", "boy", "king", "queen", "princess", "wizard", "witch", "knight", "samurai", "astronaut", "dancer", "musician", "monk", "fisherman", "hiker", "viking", "pirate", "chef", "cowboy", "farmer",
        "doctor", "ninja", "fairy", "couple", "crowd",
    ];

    [Theory]
    [InlineData("two women", Motif.Woman)]
    [InlineData("a grandfather", Motif.Man)]
    [InlineData("an emperor", Motif.King)]
    [InlineData("a sorcerer", Motif.Wizard)]
    [InlineData("a ballerina", Motif.Dancer)]
    [InlineData("a wanderer", Motif.Hiker)]
    [InlineData("a portrait of a samurai", Motif.Samurai)]
    [InlineData("a woman warrior", Motif.Viking)]
    [InlineData("children in a park", Motif.Crowd)]
    [InlineData("a face", Motif.Person)]
    public void Scene_reader_knows_people_by_many_names(string text, object role) => Assert.Equal([(Motif)role], SceneReader.Read(text, []).Figures);

    [Theory]
    [InlineData("a samurai", SceneKind.Landscape)]
    [InlineData("a portrait of a samurai", SceneKind.Portrait)]
    [InlineData("a woman dancing", SceneKind.Landscape)]
    [InlineData("a chef in a kitchen", SceneKind.Interior)]
    public void Scene_reader_shows_people_whole_where_they_do_something(string text, object kind) => Assert.Equal((SceneKind)kind, SceneReader.Read(text, []).Kind);

    [Theory]
    [InlineData("a portrait of an old man", Age.Old, null)]
    [InlineData("an elderly smiling woman", Age.Old, Mood.Smile)]
    [InlineData("a sad child", Age.Child, Mood.Sad)]
    [InlineData("a woman in front of an old house", null, null)]
    [InlineData("an angry boy", Age.Child, Mood.Angry)]
    public void Trait_reader_reads_age_and_mood_of_people_alone(string text, object? age, object? mood)
    {
        var traits = SceneReader.Read(text, []).Traits;

        Assert.Equal(((Age?)age, (Mood?)mood), (traits.Age, traits.Mood));
    }

    [Theory]
    [InlineData("a man with a beard", BeardCut.Full)]
    [InlineData("a bearded man", BeardCut.Full)]
    [InlineData("a man with a long white beard", BeardCut.Long)]
    [InlineData("a man with a moustache", BeardCut.Moustache)]
    [InlineData("a man", null)]
    public void Trait_reader_reads_beards(string text, object? beard) => Assert.Equal((BeardCut?)beard, SceneReader.Read(text, []).Traits.Beard);

    [Fact]
    public void Trait_reader_takes_colours_of_hair_and_eyes_for_none_of_the_clothes()
    {
        var scene = SceneReader.Read("a red-haired woman with long hair and blue eyes in a green dress", []);

        Assert.True(scene.Traits.Hair is { A: > 0.1f });
        Assert.Equal((HairCut.Long, 250, 145), (scene.Traits.Cut, scene.Traits.Iris, scene.Hue));
        Assert.Null(SceneReader.Read("a girl with red hair", []).Hue);
    }

    [Fact]
    public void Trait_reader_takes_black_for_skin_of_a_person_and_for_clothes_of_a_role()
    {
        var (woman, knight) = (SceneReader.Read("a black woman", []), SceneReader.Read("a black knight", []));

        Assert.True(woman is { Traits.Skin: < 0.5f, Grey: null });
        Assert.True(knight is { Traits.Skin: null, Grey: < 0.5f });
    }

    [Theory]
    [InlineData("a knight on a white horse", Pose.Ride)]
    [InlineData("a woman riding a horse", Pose.Ride)]
    [InlineData("a woman and a horse", null)]
    public void Scene_reader_puts_people_on_horses(string text, object? pose) => Assert.Equal((Pose?)pose, SceneReader.Read(text, []).Pose);

    [Fact]
    public void Trait_words_are_known() =>
        Assert.Empty(PainterFixture.Painter.UnknownWordsOf(PainterFixture.Request("a man with a beard and a moustache and a woman with braids and a ponytail")));

    [Fact]
    public async Task People_are_seen_in_their_meadow_and_each_unlike_the_others()
    {
        var pictures = new List<(string Role, SkiaSharp.SKColor[] Pixels)>();
        foreach (var role in Roles)
        {
            pictures.Add((role, await PixelsAsync($"a {role} in a meadow by day")));
            Assert.True(CreatureTests.Share(pictures[^1].Pixels, await PixelsAsync($"a {role} in a meadow by day", avoid: role)) > 0.015, role);
        }

        foreach (var (i, first) in pictures.Index())
        {
            Assert.All(pictures.Skip(i + 1), second => Assert.True(CreatureTests.Share(first.Pixels, second.Pixels) > 0.015, $"{first.Role}, {second.Role}"));
        }
    }

    [Theory]
    [InlineData("old", "young")]
    [InlineData("laughing", "sad")]
    [InlineData("bearded", "bald")]
    [InlineData("black", "white")]
    public void Character_follows_the_words_of_the_prompt(string first, string second) =>
        Assert.NotEqual(Look(first), Look(second));

    [Fact]
    public void Characters_of_one_prompt_differ_by_seed()
    {
        var scene = SceneReader.Read("a portrait of a woman", []);
        var looks = Enumerable.Range(0, 40).Select(seed => Character.Of(Motif.Woman, new((ulong)seed), scene, isFirst: true)).ToArray();

        Assert.True(looks.Select(person => person.Cut).Distinct().Count() > 4);
        Assert.InRange(looks.Max(person => person.Skin.L) - looks.Min(person => person.Skin.L), 0.25, 1);
        Assert.Contains(looks, person => person.Age == Age.Old);
    }

    [Fact]
    public async Task Rider_is_painted_on_the_horse()
    {
        const string Text = "a cowboy on a walking horse in a meadow";
        var (rider, alone) = (await PixelsAsync(Text), await PixelsAsync(Text, avoid: "cowboy"));
        var changed = rider.Zip(alone).Index().Where(pixel => Math.Abs(pixel.Item.First.Red - pixel.Item.Second.Red) + Math.Abs(pixel.Item.First.Blue - pixel.Item.Second.Blue) > 40).ToArray();

        // In the middle of the picture's height, and not with feet on the ground.
        Assert.NotEmpty(changed);
        Assert.InRange(changed.Average(pixel => pixel.Index / 128), 40, 75);
    }

    private static Character Look(string word) => Character.Of(Motif.Man, new(7), SceneReader.Read($"a portrait of a {word} man", []), isFirst: true);

    private static Task<SkiaSharp.SKColor[]> PixelsAsync(string text, string? avoid = null) => CreatureTests.PixelsAsync(text, avoid);
}
