using Personalization.Testing;

namespace Personalization.Painter.Tests;

public sealed class SceneReaderTests
{
    [Theory]
    [InlineData("the woods", Motif.Forest)]
    [InlineData("an ocean", Motif.Sea)]
    [InlineData("Alpine peaks", Motif.Mountain)]
    [InlineData("endless dunes", Motif.Desert)]
    [InlineData("a skyline", Motif.City)]
    [InlineData("a meadow", Motif.Meadow)]
    [InlineData("a pond", Motif.Lake)]
    [InlineData("a nebula", Motif.Space)]
    [InlineData("the tundra", Motif.Snowfield)]
    public void Scene_reader_knows_places_by_many_names(string text, object place) =>
        Assert.Equal([(Motif)place], SceneReader.Read(text, []).Places);

    [Fact]
    public void Scene_reader_combines_places_and_figures()
    {
        var coast = SceneReader.Read(PainterFixture.ForestAndSea, []);
        var dog = SceneReader.Read(PainterFixture.Husky, []);

        Assert.Equal([Motif.Forest, Motif.Sea], coast.Places);
        Assert.Equal((SceneKind.Landscape, Motif.Desert), (dog.Kind, Assert.Single(dog.Places)));
        Assert.Equal([Motif.Dog, Motif.Path], dog.Figures);
    }

    [Theory]
    [InlineData("a bicycle by a bridge", Motif.River)]
    [InlineData("a ship", Motif.Sea)]
    [InlineData("a rocket", Motif.Space)]
    [InlineData("a sofa and a cat", Motif.LivingRoom)]
    [InlineData("a cat and a train", Motif.Meadow)]
    [InlineData("a king with a crown", Motif.Meadow)]
    public void Scene_reader_places_things_where_they_are_met(string text, object place) =>
        Assert.Equal([(Motif)place], SceneReader.Read(text, []).Places);

    [Theory]
    [InlineData("a comic book about low key stained glass")]
    [InlineData("generous breathing room in rich jewel tones")]
    public void Scene_reader_takes_a_figure_of_speech_for_no_thing(string text) => Assert.Equal(SceneKind.Abstract, SceneReader.Read(text, []).Kind);

    [Fact]
    public void Scene_reader_takes_lettering_and_ground_of_a_logo_from_the_prompt()
    {
        var logo = SceneReader.Read(PainterFixture.Logo, []);

        Assert.Equal((SceneKind.Logo, "TryingAI", true), (logo.Kind, logo.Lettering, logo.IsOnWhite));
        Assert.False(SceneReader.Read("a logo on a black background", []).IsOnWhite);
        Assert.Equal("Crumb", SceneReader.Read("logo for \u201CCrumb\u201D", []).Lettering);
        Assert.Null(SceneReader.Read(PainterFixture.Logo, ["text"]).Lettering);
    }

    [Theory]
    [InlineData("a portrait of an old man", SceneKind.Portrait)]
    [InlineData("a woman", SceneKind.Portrait)]
    [InlineData("a woman on a beach", SceneKind.Landscape)]
    [InlineData("red roses", SceneKind.Bouquet)]
    [InlineData("roses in a meadow", SceneKind.Landscape)]
    [InlineData("an emblem", SceneKind.Logo)]
    [InlineData("a bowl of ramen", SceneKind.StillLife)]
    [InlineData("a cup of coffee in a cafe", SceneKind.StillLife)]
    [InlineData("flowers in a vase on a table", SceneKind.StillLife)]
    [InlineData("a sofa", SceneKind.Interior)]
    [InlineData("a cat and a bowl of ramen", SceneKind.Interior)]
    [InlineData("a car in a kitchen", SceneKind.Interior)]
    [InlineData("an apple on a beach", SceneKind.Landscape)]
    [InlineData("a man with a guitar on a train", SceneKind.Landscape)]
    [InlineData("a woman with an umbrella", SceneKind.Landscape)]
    [InlineData("a woman in a red dress", SceneKind.Portrait)]
    [InlineData("the sound of silence", SceneKind.Abstract)]
    [InlineData("", SceneKind.Abstract)]
    public void Scene_reader_chooses_the_composition_by_what_is_named(string text, object kind) =>
        Assert.Equal((SceneKind)kind, SceneReader.Read(text, []).Kind);

    [Theory]
    [InlineData("a lake at dawn", DayTime.Dawn)]
    [InlineData("a lake at sunset", DayTime.Sunset)]
    [InlineData("a lake at night", DayTime.Night)]
    [InlineData("a starry night sky", DayTime.Night)]
    [InlineData("a lake in golden hour", DayTime.Sunset)]
    [InlineData("a lake in the fog", DayTime.Grey)]
    public void Scene_reader_reads_times(string text, object time) => Assert.Equal((DayTime)time, SceneReader.Read(text, []).Time);

    [Theory]
    [InlineData("a snowy wood", Season.Winter)]
    [InlineData("an autumn wood", Season.Autumn)]
    [InlineData("cherry blossom", Season.Spring)]
    [InlineData("a wood", Season.Summer)]
    public void Scene_reader_reads_seasons(string text, object season) => Assert.Equal((Season)season, SceneReader.Read(text, []).Season);

    [Theory]
    [InlineData("a black car", 0.25f)]
    [InlineData("a white wooden house", 0.95f)]
    [InlineData("a car in black and white", null)]
    [InlineData("a logo of a car on a white background", null)]
    [InlineData("a red car", null)]
    public void Scene_reader_reads_black_and_white_of_figures(string text, float? grey) => Assert.Equal(grey, SceneReader.Read(text, []).Grey);

    [Fact]
    public void Scene_reader_leaves_out_what_is_avoided()
    {
        var scene = SceneReader.Read("a deer and birds in a forest", ["birds, trees", "Deer"]);

        Assert.Empty(scene.Figures);
        Assert.DoesNotContain(Motif.Forest, scene.Places);
        Assert.False(scene.Allows(Motif.Bird));
    }

    [Fact]
    public void Scene_reader_reads_quoted_words_as_lettering() =>
        Assert.Equal(SceneKind.Logo, SceneReader.Read("a logo \"Ocean Dog\"", []).Kind);
}
