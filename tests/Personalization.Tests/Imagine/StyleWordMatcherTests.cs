using Personalization.Imagine;
using Xunit;

namespace Personalization.Tests.Imagine;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("a business meeting", "busy")]
    [InlineData("a man in a blazer", "blaze")]
    [InlineData("dark matter", "matte")]
    [InlineData("a litter of puppies", "lit")]
    [InlineData("a woman with glasses", "glass")]
    [InlineData("an actor portraying a king", "portra")]
    public void Matcher_ignores_words_that_only_look_like_a_form(string text, string word) => Assert.False(new StyleWordMatcher(text).Mentions(word));

    [Theory]
    [InlineData("a street in the fog", "fog")]
    [InlineData("a foggy street", "fog")]
    [InlineData("the foggiest day", "fog")]
    [InlineData("brightly painted", "bright")]
    [InlineData("a room in darkness", "dark")]
    [InlineData("the simplest shapes", "simple")]
    [InlineData("simply drawn", "simple")]
    [InlineData("a blurred crowd", "blur")]
    [InlineData("swirling leaves", "swirl")]
    [InlineData("hazily lit", "haze")]
    [InlineData("a motionless lake", "motion")]
    [InlineData("a colourful bird", "colour")]
    [InlineData("greyish walls", "grey")]
    [InlineData("a dimly lit room", "dim")]
    [InlineData("brushes and boxes", "brush")]
    [InlineData("dramatically posed", "dramatic")]
    [InlineData("a shadowless room", "shadow")]
    public void Word_stands_for_its_forms(string text, string word) => Assert.True(new StyleWordMatcher(text).Mentions(word));

    [Theory]
    [InlineData("an undecorated vase", "decorate")]
    [InlineData("an unlit hall", "lit")]
    [InlineData("a hyperrealistic apple", "realistic")]
    [InlineData("oversaturated flowers", "saturated")]
    [InlineData("multicoloured flags", "colour")]
    public void Prefix_that_says_how_much_or_none_speaks_about_the_same(string text, string word) => Assert.True(new StyleWordMatcher(text).Mentions(word));

    [Theory]
    [InlineData("black & white", "black and white")]
    [InlineData("Black-And-White", "black and white")]
    [InlineData("B&W", "b and w")]
    [InlineData("COLOR", "colour")]
    [InlineData("coloured", "color")]
    [InlineData("gray", "grey")]
    [InlineData("a line-drawing", "line drawing")]
    [InlineData("rim lights", "rim light")]
    [InlineData("low contrasts", "low contrast")]
    public void Spelling_hyphens_and_an_ampersand_make_no_difference(string text, string phrase) => Assert.True(new StyleWordMatcher(text).Mentions(phrase));

    [Theory]
    [InlineData("a bar", "bare")]
    [InlineData("two bars", "bare")]
    [InlineData("a dime", "dim")]
    [InlineData("some dimes", "dim")]
    [InlineData("a lighthouse", "light")]
    [InlineData("a knight", "night")]
    [InlineData("software", "soft")]
    [InlineData("darkroom", "dark")]
    [InlineData("a party", "art")]
    [InlineData("hot air", "airy")]
    [InlineData("ice", "icy")]
    [InlineData("a star", "starry")]
    [InlineData("the white, then black", "black white")]
    public void Words_that_only_look_alike_are_others(string text, string word) => Assert.False(new StyleWordMatcher(text).Mentions(word));

    [Fact]
    public void Phrase_is_not_found_across_two_texts()
    {
        Assert.False(new StyleWordMatcher("low", "contrast").Mentions("low contrast"));
        Assert.True(new StyleWordMatcher("low", "contrast").Mentions("contrast"));
    }

    [Fact]
    public void Matcher_finds_shared_words_in_any_form()
    {
        Assert.True(new StyleWordMatcher("a shadow").SharesWordWith("hard shadows"));
        Assert.True(new StyleWordMatcher("hard shadows").SharesWordWith("a shadowy corner"));
        Assert.True(new StyleWordMatcher("blurred lines").SharesWordWith("blurry"));
        Assert.False(new StyleWordMatcher("a cat in and of it").SharesWordWith("in and of"));
        Assert.True(new StyleWordMatcher("deep shadowy tones").MentionsAnyFormOf("shadows"));
        Assert.False(new StyleWordMatcher("deep shadowy tones").MentionsAnyFormOf("shadows deep"));
    }

    [Fact]
    public void Word_without_end_costs_no_more_than_another()
    {
        Assert.True(new StyleWordMatcher(string.Concat(Enumerable.Repeat("edlyness", 1000)) + " dark").Mentions("dark"));
    }

    [Fact]
    public void Matcher_finds_nothing_in_empty_text()
    {
        Assert.False(new StyleWordMatcher("").Mentions(""));
        Assert.False(new StyleWordMatcher("a cat").Mentions(" - "));
        Assert.False(new StyleWordMatcher().Mentions("a"));
    }
}
