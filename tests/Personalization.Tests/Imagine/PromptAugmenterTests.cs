using System.Text.Json;
using System.Text.Json.Serialization;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Imagine;

public sealed class PromptAugmenterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new StyleConverter() } };

    private readonly PromptAugmenter _augmenter = new(StyleWorld.Vocabulary);

    /// <summary>A person who took the more vivid picture two hundred times.</summary>
    private static Blend Vivid { get; } = Learnt(StyleWorld.Votes(200, seed: 1, StyleWorld.MoreVivid));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(25, 0.1)]
    [InlineData(100, 0.4)]
    [InlineData(250, 0.557)]
    [InlineData(500, 0.727)]
    [InlineData(1000, 1)]
    public void Dial_grows_evenly_from_100_on(int stylize, double reach) => Assert.Equal(reach, StyleDial.Reach(At(stylize).Stylize), 0.001);

    [Fact]
    public void Augmenter_at_stylize_0_keeps_the_request_byte_for_byte()
    {
        var plain = Request("a boat") with { Avoid = ["people"] };

        var augmented = _augmenter.Augment(plain, Vivid, At(0));

        Assert.Equal(plain, augmented);
        Assert.Equal(Json(plain), Json(augmented));
    }

    [Fact]
    public void Equal_input_gives_an_equal_request()
    {
        var first = _augmenter.Augment(Request("a boat"), Vivid, At(300));
        var second = new PromptAugmenter(StyleWorld.Vocabulary).Augment(Request("a boat"), Learnt(StyleWorld.Votes(200, seed: 1, StyleWorld.MoreVivid)), At(300));

        Assert.Equal(Json(first), Json(second));
    }

    [Fact]
    public void Augmenter_changes_only_additions_avoidances_styles_and_the_preference()
    {
        var plain = Request("a boat");

        var augmented = _augmenter.Augment(plain, Vivid, At(500));

        Assert.Equal(Json(plain), Json(augmented with { Additions = plain.Additions, Dislikes = plain.Dislikes, Styles = plain.Styles, Preference = plain.Preference }));
    }

    [Fact]
    public void Every_picture_grows_more_vivid_with_the_dial_and_1000_is_still_well_above_500()
    {
        var byStrength = new[] { 1, 100, 500, 1000 }.Select(s => _augmenter.Augment(Request("a boat"), Vivid, At(s)).Styles).ToArray();

        for (var picture = 0; picture < 4; picture++)
        {
            var vividness = byStrength.Select(styles => styles[picture][StyleWorld.Vividness]).ToArray();
            Assert.InRange(vividness[0], 0, 0.1);
            Assert.True(vividness[1] > 0.25, $"{vividness[1]}");
            Assert.True(vividness[2] > vividness[1] + 0.2, $"{vividness[1]} to {vividness[2]}");
            Assert.True(vividness[3] > vividness[2] + 0.2, $"{vividness[2]} to {vividness[3]}");
        }
    }

    [Fact]
    public void Ten_times_the_votes_do_not_wear_the_dial_out()
    {
        var certain = Learnt(StyleWorld.Votes(2000, seed: 2, StyleWorld.MoreVivid));

        var strong = _augmenter.Augment(Request("a boat"), certain, At(500)).Styles[0];
        var strongest = _augmenter.Augment(Request("a boat"), certain, At(1000)).Styles[0];

        Assert.True(strongest[0] > strong[0] + 0.05, $"{strong[0]} to {strongest[0]}");
    }

    [Fact]
    public void Words_say_what_the_person_likes_and_avoid_its_opposite()
    {
        var augmented = _augmenter.Augment(Request("a boat"), Vivid, At(100));

        Assert.Equal("rich saturated hues", augmented.Additions[0].Phrase);
        Assert.Contains("washed-out hues", augmented.Dislikes);
        Assert.DoesNotContain(augmented.Additions, addition => addition.Phrase == "subdued hues");
    }

    [Fact]
    public void Person_who_likes_the_low_end_gets_its_words()
    {
        var muted = Learnt(StyleWorld.Votes(200, seed: 1, (a, b) => StyleWorld.MoreVivid(b, a)));

        var augmented = _augmenter.Augment(Request("a boat"), muted, At(100));

        Assert.Equal("subdued hues", augmented.Additions[0].Phrase);
        Assert.True(augmented.Styles[0][StyleWorld.Vividness] < -0.25);
    }

    [Fact]
    public void Augmenter_adds_one_phrase_for_each_axis()
    {
        var augmented = _augmenter.Augment(Request("a boat"), Varied, At(1000));

        var axes = augmented.Additions.Select(addition => StyleWorld.Vocabulary.Descriptors.Single(d => d.Phrase == addition.Phrase).Axis).ToList();
        Assert.Equal(axes.Distinct(), axes);
        Assert.True(axes.Count >= 3);
    }

    [Fact]
    public void Words_and_their_weight_grow_with_the_dial()
    {
        var requests = new[] { 10, 100, 500, 1000 }.Select(s => _augmenter.Augment(Request("a boat"), Varied, At(s)).Additions).ToArray();

        Assert.Equal([1, 2, 3, 5], requests.Select(additions => additions.Count));
        Assert.All(requests.SelectMany(additions => additions), word => Assert.InRange(word.Weight, 0, 1));

        // Words that lead the same way share the weight, so one word's own may fall where another joins it.
        var leads = requests.Select(Furthest).ToArray();
        Assert.Equal(leads.Order(), leads);
        Assert.True(leads[3] > leads[1] + 0.3, string.Join(" ", leads));

        static double Furthest(IReadOnlyList<WeightedPhrase> words) => Enumerable.Range(0, StyleWorld.Vocabulary.Dimension)
            .Max(axis => Math.Abs(words.Sum(word => word.Weight * StyleWorld.Vocabulary.Descriptors.Single(d => d.Phrase == word.Phrase).Direction[axis])));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Words_together_lead_no_further_along_an_axis_than_one_alone(int stylize)
    {
        var sideEffects = StyleWorld.Vocabulary with
        {
            Descriptors = [.. StyleWorld.Vocabulary.Descriptors.Select(d => d.Axis == "brightness" ? d : d with { Direction = new([d.Direction[0], 0.6f, .. d.Direction.Coordinates[2..]]) })],
        };

        var additions = new PromptAugmenter(sideEffects).Augment(Request("a boat"), Varied, At(stylize)).Additions;

        var brightness = additions.Sum(word => word.Weight * sideEffects.Descriptors.Single(d => d.Phrase == word.Phrase).Direction[StyleWorld.Brightness]);
        var reach = StyleDial.Reach(At(stylize).Stylize);
        Assert.InRange(brightness, 0.9 * reach, reach + 0.02);
    }

    [Fact]
    public void Additions_are_never_long()
    {
        var wordy = StyleWorld.Vocabulary with
        {
            Descriptors = [.. StyleWorld.Vocabulary.Descriptors.Select(d => d with { Phrase = d.Phrase + " " + new string('x', 60) })],
        };

        var additions = new PromptAugmenter(wordy).Augment(Request("a boat"), Varied, At(1000)).Additions;

        Assert.NotEmpty(additions);
        Assert.InRange(additions.Sum(addition => addition.Phrase.Length), 1, 160);
    }

    [Theory]
    [InlineData("a boat, black and white")]
    [InlineData("A Black-and-White boat")]
    [InlineData("vivid, a boat")]
    public void Axis_the_prompt_speaks_about_is_left_as_the_prompt_asks(string text)
    {
        var augmented = _augmenter.Augment(Request(text), Varied, At(1000));

        Assert.All(augmented.Styles, style => Assert.Equal(0, style[StyleWorld.Vividness]));
        Assert.All(
            augmented.Additions.Select(addition => StyleWorld.Vocabulary.Descriptors.Single(d => d.Phrase == addition.Phrase)),
            descriptor => Assert.Equal(0, descriptor.Direction[StyleWorld.Vividness]));
        Assert.DoesNotContain("washed-out hues", augmented.Dislikes);
        Assert.NotEmpty(augmented.Additions);
        Assert.NotEqual(0, augmented.Styles[0][StyleWorld.Brightness]);
    }

    [Fact]
    public void Faint_side_effect_on_such_an_axis_does_not_silence_a_phrase_but_a_strong_one_does()
    {
        var vocabulary = StyleWorld.Vocabulary with
        {
            Descriptors =
            [
                new("glowing pigments", "", "vividness", "colour", new(1, 0.1f, 0, 0, 0), []),
                new("deep dyes", "", "vividness", "colour", new(1, -0.5f, 0, 0, 0), []),
            ],
        };

        var augmented = new PromptAugmenter(vocabulary).Augment(Request("a dark boat"), Vivid, At(1000));

        Assert.Equal("glowing pigments", Assert.Single(augmented.Additions).Phrase);
        Assert.Empty(augmented.Dislikes);
        Assert.All(augmented.Styles, style => Assert.Equal(0, style[StyleWorld.Brightness]));
    }

    [Fact]
    public void Phrase_is_not_added_for_its_side_effects()
    {
        var vocabulary = StyleWorld.Vocabulary with
        {
            Descriptors = [new("tropical noon", "", "brightness", "tone", new(0.9f, 0.9f, 0, 0, 0), [])],
        };

        Assert.Empty(new PromptAugmenter(vocabulary).Augment(Request("a boat"), Taste([4, 0, 0, 0, 0], [0.1f, 0.1f, 0.1f, 0.1f, 0.1f]), At(1000)).Additions);
        Assert.Single(new PromptAugmenter(vocabulary).Augment(Request("a boat"), Taste([4, 1, 0, 0, 0], [0.1f, 0.1f, 0.1f, 0.1f, 0.1f]), At(1000)).Additions);
    }

    [Fact]
    public void Words_inside_other_words_say_nothing()
    {
        // "plain" is in "explained", "dark" in "darkroom", "soft" in "software".
        var augmented = _augmenter.Augment(Request("a darkroom explained by software"), Varied, At(1000));

        Assert.NotEqual(0, augmented.Styles[0][StyleWorld.Brightness]);
        Assert.NotEqual(0, augmented.Styles[0][StyleWorld.Detail]);
        Assert.NotEqual(0, augmented.Styles[0][StyleWorld.Softness]);
    }

    [Fact]
    public void Exclusion_counts_as_a_word_about_its_axis()
    {
        var augmented = _augmenter.Augment(Request("a boat") with { Avoid = ["vivid colors"] }, Vivid, At(1000));

        Assert.All(augmented.Styles, style => Assert.Equal(0, style[StyleWorld.Vividness]));
        Assert.Equal(["vivid colors"], augmented.Avoid);
        Assert.DoesNotContain(augmented.Additions, addition => addition.Phrase == "rich saturated hues");
    }

    [Fact]
    public void Augmenter_adds_no_phrase_that_names_an_exclusion()
    {
        var augmented = _augmenter.Augment(Request("a boat") with { Avoid = ["hues"] }, Vivid, At(1000));

        Assert.DoesNotContain(augmented.Additions, addition => addition.Phrase.Contains("hues", StringComparison.Ordinal));
        Assert.Contains(augmented.Additions, addition => addition.Phrase == "a riot of pigment");
    }

    [Fact]
    public void Phrase_that_clashes_with_the_prompt_is_left_out()
    {
        var augmented = _augmenter.Augment(Request("a monochrome boat"), Vivid, At(1000));

        Assert.DoesNotContain(augmented.Additions, addition => addition.Phrase == "rich saturated hues");
    }

    [Fact]
    public void Augmenter_never_avoids_what_the_prompt_asks_for()
    {
        var augmented = _augmenter.Augment(Request("a boat in many hues"), Vivid, At(1000));

        Assert.Equal("rich saturated hues", augmented.Additions[0].Phrase);
        Assert.DoesNotContain("washed-out hues", augmented.Dislikes);
    }

    [Fact]
    public void Augmenter_avoids_only_what_is_surely_disliked()
    {
        // Liked by a little more than the standard deviation, and by much more.
        var leaning = Taste([1.1f, 0, 0, 0, 0], [1, 0.1f, 0.1f, 0.1f, 0.1f]);
        var sure = Taste([1.5f, 0, 0, 0, 0], [1, 0.1f, 0.1f, 0.1f, 0.1f]);

        Assert.Equal("rich saturated hues", _augmenter.Augment(Request("a boat"), leaning, At(100)).Additions[0].Phrase);
        Assert.Empty(_augmenter.Augment(Request("a boat"), leaning, At(100)).Dislikes);
        Assert.Equal(["washed-out hues"], _augmenter.Augment(Request("a boat"), sure, At(100)).Dislikes);
    }

    [Fact]
    public void Augmenter_adds_no_words_for_uncertain_preferences()
    {
        var unsure = Taste([0.9f, 0, 0, 0, 0], [1, 1, 1, 1, 1]);

        Assert.Empty(_augmenter.Augment(Request("a boat"), unsure, At(1000)).Additions);
    }

    [Fact]
    public void Augmenter_adds_hardly_anything_for_random_answers()
    {
        const int People = 20;
        var (words, shift) = (0, 0.0);
        for (var person = 0; person < People; person++)
        {
            var coin = new Random(3 + person);
            var contradictory = Learnt(StyleWorld.Votes(200, seed: 4 + person, (_, _) => coin.Next(2) == 0));

            var style = _augmenter.Augment(Request("a boat"), contradictory, At(100)).Styles[0];
            var strongest = _augmenter.Augment(Request("a boat"), contradictory, At(1000));

            words += strongest.Additions.Count + strongest.Dislikes.Count;
            shift += style.Coordinates.ToArray().Average(coordinate => Math.Abs(coordinate)) / People;
        }

        // By chance a third of the axes are beyond one standard deviation.
        Assert.InRange(words, 0, People);
        Assert.InRange(shift, 0, 0.05);
    }

    [Fact]
    public void First_picture_is_the_taste_and_the_others_scatter_by_seed_and_taste()
    {
        var augmented = _augmenter.Augment(Request("a boat"), Vivid, At(300));
        var reseeded = _augmenter.Augment(Request("a boat") with { Seed = 8 }, Vivid, At(300));
        var another = _augmenter.Augment(Request("a boat"), Learnt(StyleWorld.Votes(201, seed: 1, StyleWorld.MoreVivid)), At(300));

        Assert.Equal(4, augmented.Styles.Distinct().Count());
        Assert.Equal(augmented.Styles[0], reseeded.Styles[0]);
        Assert.NotEqual(augmented.Styles[1], reseeded.Styles[1]);
        Assert.NotEqual(augmented.Styles[1], another.Styles[1]);
        Assert.All(augmented.Styles, style => Assert.Equal(augmented.Styles[0][0], style[0], 0.25));
    }

    [Fact]
    public void Order_of_blended_codes_changes_nothing()
    {
        var (a, b) = (PersonalizationCode.FromNumber(1), PersonalizationCode.FromNumber(2));
        var (vivid, dark) = (Snapshot([4, 0.3f, 0, 0, 0], [0.5f, 0.1f, 0.1f, 0.1f, 0.1f]), Snapshot([0.1f, -3, 0, 0, 0], [0.2f, 0.4f, 0.1f, 0.1f, 0.1f]));

        var one = _augmenter.Augment(Request("a boat"), Blend.Mix([(a, vivid, 1), (b, dark, 2)]), At(300));
        var other = _augmenter.Augment(Request("a boat"), Blend.Mix([(b, dark, 2), (a, vivid, 1)]), At(300));

        Assert.Equal(Json(one), Json(other));
        Assert.True(one.Styles[0][StyleWorld.Vividness] > 0);
        Assert.True(one.Styles[0][StyleWorld.Brightness] < 0);
    }

    [Fact]
    public void Taste_from_before_an_axis_was_added_leaves_that_axis_alone()
    {
        var early = Taste([3, -2], [0.3f, 0.3f]);

        var augmented = _augmenter.Augment(Request("a boat"), early, At(1000));

        Assert.All(augmented.Styles, style => Assert.Equal([0, 0, 0], style.Coordinates[2..].ToArray()));
        Assert.All(augmented.Styles, style => Assert.Equal(5, style.Dimension));
        Assert.Equal(["rich saturated hues", "low-key lighting"], augmented.Additions.Select(addition => addition.Phrase));
    }

    [Fact]
    public void References_are_followed_the_more_closely_the_higher_the_dial_and_not_at_all_at_zero()
    {
        Picture[] liked = [Liked(1, 1, 0, 0, 0, 0), Liked(2, 0, 1, 0, 0, 0)];

        var requests = new[] { 0, 10, 100, 500, 1000 }.Select(s => _augmenter.Augment(Request("a boat"), Vivid, At(s), liked)).ToArray();

        Assert.Empty(requests[0].References);
        Assert.All(requests[1..], request => Assert.Equal([1, 2], request.References.Select(id => id.Value)));
        Assert.Equal(requests.Select(request => request.ReferenceWeight).Order().Distinct(), requests.Select(request => request.ReferenceWeight));
        Assert.InRange(requests[2].ReferenceWeight, 0.15, 0.4);
        Assert.InRange(requests[4].ReferenceWeight, 0.5, 0.85);
    }

    [Fact]
    public void Reference_that_says_something_about_what_the_prompt_speaks_about_is_left_out()
    {
        Picture[] liked = [Liked(1, 0.9f, 0, 0, 0, 0), Liked(2, 0.2f, 0, 1, 0, 0), Liked(3, 0, 0, 0, 0, 1) with { Style = null }];

        Assert.Equal([1, 2, 3], _augmenter.Augment(Request("a boat"), Varied, At(100), liked).References.Select(id => id.Value));
        Assert.Equal([2], _augmenter.Augment(Request("a boat in black and white"), Varied, At(100), liked).References.Select(id => id.Value));
        Assert.Equal([1], _augmenter.Augment(Request("a detailed boat"), Varied, At(100), liked).References.Select(id => id.Value));
        Assert.Empty(_augmenter.Augment(Request("a detailed boat in black and white"), Varied, At(100), liked).References);
    }

    [Fact]
    public void Reference_from_before_an_axis_was_added_says_nothing_about_that_axis()
    {
        Picture[] liked = [Liked(1, 0, 0.9f), Liked(2, 0.9f, 0)];

        Assert.Equal([1, 2], _augmenter.Augment(Request("an ornate boat"), Varied, At(100), liked).References.Select(id => id.Value));
        Assert.Equal([1], _augmenter.Augment(Request("a vivid, ornate boat"), Varied, At(100), liked).References.Select(id => id.Value));
    }

    [Fact]
    public void Four_references_at_most_and_fainter_ones_where_the_prompt_says_most()
    {
        Picture[] liked = [.. Enumerable.Range(1, 8).Select(id => Liked(id, 0, 0, 0, 0, 0))];

        var free = _augmenter.Augment(Request("a boat"), Varied, At(300), liked);
        var taken = _augmenter.Augment(Request("a vivid, bright and ornate boat"), Varied, At(300), liked);

        Assert.Equal([1, 2, 3, 4], free.References.Select(id => id.Value));
        Assert.True(taken.ReferenceWeight < 0.6 * free.ReferenceWeight, $"{taken.ReferenceWeight} of {free.ReferenceWeight}");
    }

    [Fact]
    public void Reference_that_would_be_followed_by_nothing_is_not_sent()
    {
        var request = _augmenter.Augment(Request("a vivid boat"), Vivid, At(1), [Liked(1, 0, 0, 0, 0, 0)]);

        Assert.Equal(0, request.ReferenceWeight);
        Assert.Empty(request.References);
    }

    [Fact]
    public void Preference_is_zero_on_the_axes_that_the_prompt_speaks_about()
    {
        var request = _augmenter.Augment(Request("a dark boat"), Taste([3, 2, -1.5f, 0, 0], [0.1f, 0.1f, 0.1f, 0.1f, 0.1f]), At(100));

        Assert.Equal([3, 0, -1.5f, 0, 0], request.Preference);
    }

    [Fact]
    public void Style_in_words_leads_towards_it_and_says_which_style_the_words_stand_for()
    {
        var (request, style) = _augmenter.InWords(Request("a boat"), new(-1, 1, 0.2f, 0, 0.6f));

        Assert.Equal(["flooded with light", "intricate texture", "lavish decoration", "subdued hues"], request.Additions.Select(word => word.Phrase).Order());
        Assert.All(request.Additions, word => Assert.Equal(1, word.Weight));
        Assert.Equal([-1, 1, 1, 0, 1], style.Coordinates.ToArray());
    }

    [Fact]
    public void Style_in_words_does_not_lead_away_from_it_for_the_sake_of_a_side_effect()
    {
        var (request, _) = _augmenter.InWords(Request("a boat"), new(-0.1f, 0, 0, 0, 1));

        Assert.Equal(["lavish decoration", "subdued hues"], request.Additions.Select(word => word.Phrase).Order());
    }

    [Fact]
    public void Style_in_words_leaves_alone_what_the_prompt_speaks_about()
    {
        var (request, style) = _augmenter.InWords(Request("a dark boat at the carnival"), new(-1, 1, 1, 0, 0));

        Assert.Equal(["intricate texture"], request.Additions.Select(word => word.Phrase));
        Assert.Equal([0, 0, 1, 0, 0], style.Coordinates.ToArray());
    }

    private static Picture Liked(long id, params float[] style) =>
        new() { Id = new(id), Kind = PictureKind.Ranking, Prompt = "a hill", Style = new(style), Seed = 1, Width = 8, Height = 8 };

    /// <summary>A sure taste on every axis.</summary>
    private static Blend Varied { get; } = Taste([3, 2, -1.5f, 1, 2.5f], [0.1f, 0.1f, 0.1f, 0.1f, 0.1f]);

    private static Blend Learnt(IReadOnlyList<Comparison> votes)
    {
        var taste = StyleWorld.Model().Rebuild(votes);
        return Taste(
            [.. taste.Mean.ToArray().Select(weight => (float)weight)],
            [.. Enumerable.Range(0, taste.Dimension).Select(axis => (float)taste.Variance(axis))]);
    }

    private static Blend Taste(float[] mean, float[] variance) => Blend.Mix([(PersonalizationCode.FromNumber(1), Snapshot(mean, variance), 1)]);

    private static TasteSnapshot Snapshot(float[] mean, float[] variance) => new(new(1), 1, 1, 0, mean, mean, variance, 200, 0);

    private static Prompt At(int value) => Stylize.TryCreate(value, out var stylize) ? new() { Text = "", Stylize = stylize } : throw new ArgumentOutOfRangeException(nameof(value));

    private static ImageRequest Request(string text) => new() { Text = text, Seed = 7, Count = 4, Width = 64, Height = 64 };

    private static string Json(ImageRequest request) => JsonSerializer.Serialize(request, Options);

    private sealed class StyleConverter : JsonConverter<StyleVector>
    {
        public override StyleVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, StyleVector value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Coordinates.ToArray(), options);
    }
}
