using Personalization.Testing;

namespace Personalization.Painter.Tests;

/// <summary>What the Painter admits that it cannot paint.</summary>
public sealed class UnknownWordsTests
{
    [Theory]
    [InlineData("a zeugma", "zeugma")]
    [InlineData("zeugma", "zeugma")]
    [InlineData("a cat with a zeugma", "zeugma")]
    [InlineData("a fluffy zeugma, cute, adorable, trending on artstation", "zeugma")]
    [InlineData("a zeugma drinking coffee", "zeugma")]
    [InlineData("two zeugmas flying an oboe on the beach", "zeugmas, oboe")]
    [InlineData("a zeugma booth in the city", "zeugma booth")]
    [InlineData("a cat, a zeugma", "zeugma")]
    [InlineData("an oil painting of a zeugma, dramatic lighting", "zeugma")]
    [InlineData("a zeugma, an oboe, a solecism and a tmesis", "zeugma, oboe, solecism")]
    public void Unknown_words_are_the_nouns_that_no_table_knows(string text, string unknown) => Assert.Equal(unknown, Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("a bicycle by a bridge")]
    [InlineData("a beautiful scene, highly detailed, 8k, masterpiece, trending on artstation")]
    [InlineData("a cat sits on a couch")]
    [InlineData("the sound of silence")]
    [InlineData("oil painting of a mountain lake by Bob Zeugma")]
    [InlineData("a fox in the style of Van Zeugma")]
    [InlineData("a city skyline at night with glowing windows")]
    [InlineData("A portrait of a woman with flowing hair")]
    [InlineData("watercolor of a village by the sea, soft light, muted colors")]
    [InlineData("a logo for a zeugma")]
    [InlineData("a sign that says \"Zeugma\"")]
    public void Unknown_words_are_none_where_all_is_known_or_no_thing(string text) => Assert.Equal("", Of(text));

    [Fact]
    public void Unknown_words_of_a_long_prompt_are_few_and_short()
    {
        var words = PainterFixture.Painter.UnknownWordsOf(PainterFixture.Request(string.Join(" and a ", Enumerable.Range(0, 50).Select(i => new string((char)('a' + (i % 26)), 3 + i)))));

        Assert.Equal(UnknownWords.MaxWords, words.Count);
        Assert.All(words, word => Assert.InRange(word.Length, 1, UnknownWords.MaxLetters));
    }

    [Fact]
    public void Unknown_words_include_no_word_of_style()
    {
        var style = PainterFixture.Vocabulary.Descriptors.Select(descriptor => descriptor.Phrase).Where(phrase => Of($"a {phrase}").Length > 0);

        Assert.Empty(style);
    }

    private static string Of(string text) => string.Join(", ", PainterFixture.Painter.UnknownWordsOf(PainterFixture.Request(text)));
}
