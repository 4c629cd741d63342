using System.Text.Json;
using CsCheck;
using Personalization.Codes;
using Personalization.Imagine;
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
    public void There_are_at_least_a_hundred_prompts_that_speak_of_every_axis()
    {
        var rows = Prompts().Select(row => row.Data).ToArray();

        Assert.True(rows.Length >= 100, $"{rows.Length}");
        Assert.All(Vocabulary.Axes, axis => Assert.Contains(rows, row => row.Item3.Contains(axis.Id)));
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public void What_a_prompt_says_stays(string prompt, string[] survives, string[] leaves)
    {
        Assert.All(survives, words => Assert.Contains(words, prompt, StringComparison.OrdinalIgnoreCase));
        Assert.All(Tastes(), taste =>
        {
            var augmented = Augmenter.Augment(Request(prompt), taste, At(1000));

            Assert.Equal(prompt, augmented.Text);
            Assert.All(augmented.Additions, addition => Keeps(prompt, leaves, addition.Phrase));
            Assert.All(augmented.Dislikes, phrase => Assert.False(new SpokenText(prompt).SharesWordWith(phrase), $"\"{phrase}\" is kept out of \"{prompt}\""));
            Assert.All(augmented.Styles, style => Assert.All(leaves, axis => Assert.Equal(0, style[Axis(axis)])));
            Assert.True(augmented.Additions.Sum(addition => addition.Phrase.Length) <= 160);
            Assert.Equal(augmented.Additions.Count, augmented.Additions.Select(addition => Of(addition.Phrase).Axis).Distinct().Count());
        });
    }

    [Fact]
    public void A_prompt_that_leaves_an_axis_open_gets_it_filled()
    {
        // Otherwise a taste that adds nothing would pass for one that keeps the prompt.
        var augmented = Tastes().Select(taste => Augmenter.Augment(Request("A husky dog running in a desert path"), taste, At(1000))).ToArray();

        var filled = augmented.SelectMany(request => request.Additions).Select(addition => Of(addition.Phrase).Axis).ToHashSet();
        Assert.True(filled.Count >= 10, string.Join(", ", filled));
    }

    [Fact]
    public void At_0_the_request_is_the_raw_one() => AnyTaste.Sample(taste =>
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
    public void No_category_has_more_than_two_words() => AnyTaste.Sample(taste =>
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

    private static void Keeps(string prompt, string[] leaves, string phrase)
    {
        var descriptor = Of(phrase);
        Assert.DoesNotContain(descriptor.Axis, leaves);
        Assert.All(leaves, axis => Assert.True(Math.Abs(descriptor.Direction[Axis(axis)]) <= 0.2f, $"\"{phrase}\" moves {axis}, which \"{prompt}\" speaks about"));
        Assert.DoesNotContain(descriptor.Clashes, new SpokenText(prompt).Mentions);
        Assert.False(new SpokenText(prompt).Mentions(phrase));
    }

    private static StyleDescriptor Of(string phrase) => Vocabulary.Descriptors.Single(descriptor => descriptor.Phrase == phrase);

    private static int Axis(string id) => Vocabulary.Axes.Index().Single(axis => axis.Item.Id == id).Index;

    private static Blend Taste(float[] mean, float variance) => Blend.Of(
        new TasteSnapshot(new(1), 1, Vocabulary.Version, 0, mean, mean, [.. mean.Select(_ => variance)], 200, 0));

    private static ImageRequest Request(string text) => new() { Text = text, Seed = 7, Count = 4, Width = 64, Height = 64 };

    private static Stylize At(int value) => Stylize.TryCreate(value, out var stylize) ? stylize : throw new ArgumentOutOfRangeException(nameof(value));

    private static string Text(ImageRequest request) => string.Join('|', request.Additions) + string.Join('|', request.Dislikes)
        + string.Join('|', request.Styles.Select(style => string.Join(' ', style.Coordinates.ToArray())));

    private static StyleVocabulary Load()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", "styles.json"));
        return StyleVocabulary.Load(file);
    }

    private sealed record Row(string Prompt, string[] Survives, string[] Leaves);
}
