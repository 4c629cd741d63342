using System.Text.Json;
using CsCheck;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Prompts;
using Personalization.Styles;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>
/// The prompt wins, with the vocabulary the program ships: prompts as people write them, the words of each that must survive,
/// and the axes it speaks about, under tastes that pull every axis both ways as hard as they can.
/// </summary>
public sealed class PromptWinsTests
{
    private static readonly StyleVocabulary Vocabulary = Load();
    private static readonly PromptAugmenter Augmenter = new(Vocabulary);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string, string[], string[]> Prompts()
    {
        var data = new TheoryData<string, string[], string[]>();
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Imagine", "prompt-wins.json"));
        foreach (var row in JsonSerializer.Deserialize<Row[]>(file, Json)!)
        {
            data.Add(row.Prompt, row.Survives, row.Leaves);
        }

        return data;
    }

    [Fact]
    public void Prompt_list_has_at_least_a_hundred_prompts_and_covers_every_axis()
    {
        var rows = Prompts().Select(row => row.Data).ToArray();

        Assert.True(rows.Length >= 100, $"{rows.Length}");
        Assert.All(Vocabulary.Axes, axis => Assert.Contains(rows, row => row.Item3.Contains(axis.Id)));
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Prompt_text_stays_as_it_is(string prompt, string[] survives, string[] leaves)
    {
        Assert.All(survives, phrase => Assert.Contains(phrase, prompt, StringComparison.OrdinalIgnoreCase));
        var words = new StyleWordMatcher(prompt);
        Assert.All(Tastes(), taste =>
        {
            var augmented = Augmenter.Augment(Request(prompt), taste, At(1000));

            Assert.Equal(prompt, augmented.Text);
            Assert.All(augmented.Additions, addition => Keeps(prompt, leaves, addition.Phrase));
            Assert.All(augmented.Dislikes, phrase => Assert.False(words.SharesWordWith(phrase), $"\"{phrase}\" is kept out of \"{prompt}\""));
            Assert.All(augmented.Styles, style => Assert.All(leaves, axis => Assert.Equal(0, style[Axis(axis)])));
            Assert.True(augmented.Additions.Sum(addition => addition.Phrase.Length) <= 160);
            Assert.Equal(augmented.Additions.Count, augmented.Additions.Select(addition => Of(addition.Phrase).Axis).Distinct().Count());
        });
    }

    [Fact]
    public void Each_phrase_that_may_be_added_and_each_opposite_speaks_about_its_axis_in_a_prompt_too() =>
        Assert.All(Vocabulary.Descriptors, descriptor => Assert.All([descriptor.Phrase, descriptor.Opposite], phrase =>
            Assert.False(OpenAxes($"a boat, {phrase}").Contains(descriptor.Axis), $"\"{phrase}\" leaves {descriptor.Axis} open")));

    [Theory]
    [InlineData("a crowd in a square", "crowded composition")]
    [InlineData("a cluttered desk", "clutter")]
    [InlineData("a smudge on glass", "smudged edges")]
    [InlineData("a colorful bird", "dull colours")]
    [InlineData("patterns of gray", "washed greys")]
    [InlineData("a blurred train", "blurry")]
    [InlineData("a shadow on a wall", "hard shadows")]
    public void Prompt_words_in_other_forms_are_never_avoided(string prompt, string opposite)
    {
        Assert.Contains(Vocabulary.Descriptors, descriptor => descriptor.Opposite == opposite);
        Assert.True(new StyleWordMatcher(prompt).SharesWordWith(opposite));
        Assert.All(Tastes(), taste => Assert.DoesNotContain(opposite, Augmenter.Augment(Request(prompt), taste, At(1000)).Dislikes));
    }

    [Theory]
    [InlineData("a beach at noon", "plain overcast light")]
    [InlineData("a beach at noon", "shaft of light out of darkness")]
    [InlineData("a town in the nighttime", "plain overcast light")]
    [InlineData("a town at sunrise", "gentle uniform daylight")]
    public void Added_light_never_contradicts_the_time_of_day(string prompt, string phrase)
    {
        // Alone in the vocabulary, so that no better phrase hides it.
        var augmenter = new PromptAugmenter(Vocabulary with { Descriptors = [Of(phrase)] });

        Assert.All(Tastes(), taste => Assert.Empty(augmenter.Augment(Request(prompt), taste, At(1000)).Additions));
        Assert.Contains(Tastes(), taste => augmenter.Augment(Request("a boat"), taste, At(1000)).Additions.Count > 0);
    }

    [Fact]
    public void Ordinary_prompt_leaves_most_axes_open()
    {
        // Silence is safe, but a bot that is always silent learns a taste for nothing.
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", "prompts.json"));
        var ranking = JsonDocument.Parse(file).RootElement.GetProperty("prompts").EnumerateArray().Select(prompt => prompt.GetString()!);
        var open = ranking.Select(prompt => OpenAxes(prompt).Count).ToArray();

        Assert.True(open.Average() >= 10.5, $"{open.Average():0.00} of the ranking prompts' axes");
        Assert.True(open.Min() >= 8, $"{open.Min()}");
        Assert.True(Prompts().Average(row => OpenAxes(row.Data.Item1).Count) >= 9.5, $"{Prompts().Average(row => OpenAxes(row.Data.Item1).Count):0.00} of the listed prompts'");
    }

    [Theory]
    [InlineData("a knight and his horse")]
    [InlineData("a lighthouse by the sea")]
    [InlineData("a software engineer explaining a plan")]
    [InlineData("a hot air balloon")]
    [InlineData("a winding road to Brighton")]
    [InlineData("a bar in Lisbon")]
    [InlineData("an astronaut having breakfast")]
    [InlineData("a dime and two dimensions")]
    [InlineData("a black cat reading the rest of the letter")]
    [InlineData("a silver necklace in a shop")]
    [InlineData("a tiny house in the woods under wide skies")]
    public void Words_that_only_look_like_style_leave_every_axis_open(string prompt) => Assert.Equal(Vocabulary.Dimension, OpenAxes(prompt).Count);

    [Theory]
    [InlineData("a brown bear")]
    [InlineData("a cat under a light bulb")]
    [InlineData("a sharp-toothed fish")]
    [InlineData("a golden retriever puppy")]
    [InlineData("a bowl of ice cream")]
    public void Word_silences_no_more_than_what_it_may_speak_about(string prompt) => Assert.InRange(OpenAxes(prompt).Count, Vocabulary.Dimension - 2, Vocabulary.Dimension);

    [Fact]
    public void Prompt_that_leaves_an_axis_open_gets_it_filled()
    {
        // Otherwise a taste that adds nothing would pass for one that keeps the prompt.
        var augmented = Tastes().Select(taste => Augmenter.Augment(Request("A husky dog running in a desert path"), taste, At(1000))).ToArray();

        var filled = augmented.SelectMany(request => request.Additions).Select(addition => Of(addition.Phrase).Axis).ToHashSet();
        Assert.True(filled.Count >= 10, string.Join(", ", filled));
    }

    [Fact]
    public void Request_at_stylize_0_is_the_plain_one() => AnyTaste.Sample(taste =>
    {
        var plain = Request("a boat");
        return ReferenceEquals(plain, Augmenter.Augment(plain, taste, At(0)));
    });

    [Fact]
    public void Equal_input_gives_an_equal_request() => Gen.Select(AnyTaste, Gen.Int[0, 1000]).Sample((taste, stylize) =>
        Text(Augmenter.Augment(Request("a boat"), taste, At(stylize))) == Text(Augmenter.Augment(Request("a boat"), taste, At(stylize))));

    [Fact]
    public void Turning_the_dial_up_weakens_neither_the_first_picture_nor_the_number_of_words() =>
        Gen.Select(AnyTaste, Gen.Int[1, 999]).Sample((taste, stylize) =>
        {
            var (weak, strong) = (Augmenter.Augment(Request("a boat"), taste, At(stylize)), Augmenter.Augment(Request("a boat"), taste, At(stylize + 1)));
            return weak.Styles[0].Coordinates.ToArray().Zip(strong.Styles[0].Coordinates.ToArray()).All(pair => Math.Abs(pair.First) <= Math.Abs(pair.Second))
                && weak.Additions.Count <= strong.Additions.Count;
        });

    [Fact]
    public void Added_words_are_at_most_two_of_a_category() => AnyTaste.Sample(taste =>
        Augmenter.Augment(Request("a boat"), taste, At(1000)).Additions.CountBy(addition => Of(addition.Phrase).Category).All(category => category.Value <= 2));

    private static Gen<Blend> AnyTaste { get; } = Gen.Float[-4, 4].Array[Vocabulary.Dimension].Select(mean => Taste(mean, 0.05f));

    /// <summary>Every axis by itself, and all of them, both ways.</summary>
    private static IEnumerable<Blend> Tastes()
    {
        foreach (var sign in (float[])[-1, 1])
        {
            yield return Taste([.. Enumerable.Repeat(3 * sign, Vocabulary.Dimension)], 0.01f);
            foreach (var (at, _) in Vocabulary.Axes.Index())
            {
                yield return Taste([.. Vocabulary.Axes.Select((_, axis) => axis == at ? 4 * sign : 0.4f * sign)], 0.01f);
            }
        }
    }

    /// <summary>The axes on which a strong taste moves the request.</summary>
    private static List<string> OpenAxes(string prompt)
    {
        var request = Augmenter.Augment(Request(prompt), Taste([.. Enumerable.Repeat(3f, Vocabulary.Dimension)], 0.01f), At(1000));
        return [.. Vocabulary.Axes.Index().Where(axis => request.Preference[axis.Index] != 0).Select(axis => axis.Item.Id)];
    }

    private static void Keeps(string prompt, string[] leaves, string phrase)
    {
        var descriptor = Of(phrase);
        Assert.DoesNotContain(descriptor.Axis, leaves);
        Assert.All(leaves, axis => Assert.True(Math.Abs(descriptor.Direction[Axis(axis)]) <= 0.2f, $"\"{phrase}\" moves {axis}, which \"{prompt}\" speaks about"));
        Assert.DoesNotContain(descriptor.Clashes, new StyleWordMatcher(prompt).Mentions);
        Assert.False(new StyleWordMatcher(prompt).Mentions(phrase));
    }

    private static StyleDescriptor Of(string phrase) => Vocabulary.Descriptors.Single(descriptor => descriptor.Phrase == phrase);

    private static int Axis(string id) => Vocabulary.Axes.Index().Single(axis => axis.Item.Id == id).Index;

    private static Blend Taste(float[] mean, float variance) => Blend.From(
        new TasteSnapshot(new(1), 1, Vocabulary.Version, 0, mean, mean, [.. mean.Select(_ => variance)], 200, 0));

    private static ImageRequest Request(string text) => new() { Text = text, Seed = 7, Count = 4, Width = 64, Height = 64 };

    private static Prompt At(int value) => Stylize.TryCreate(value, out var stylize) ? new() { Text = "", Stylize = stylize } : throw new ArgumentOutOfRangeException(nameof(value));

    private static string Text(ImageRequest request) => string.Join('|', request.Additions) + string.Join('|', request.Dislikes)
        + string.Join('|', request.Styles.Select(style => string.Join(' ', style.Coordinates.ToArray())));

    private static StyleVocabulary Load()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", "styles.json"));
        return StyleVocabulary.Load(file);
    }

    private sealed record Row(string Prompt, string[] Survives, string[] Leaves);
}
