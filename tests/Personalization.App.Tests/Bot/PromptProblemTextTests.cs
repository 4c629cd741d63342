using System.Reflection;
using System.Text.RegularExpressions;
using CsCheck;
using Personalization.App.Bot;
using Personalization.Codes;
using Personalization.Prompts;

namespace Personalization.App.Tests.Bot;

/// <summary>What a person reads when a prompt cannot be run.</summary>
public sealed partial class PromptProblemTextTests
{
    private static readonly string[] Versions = ["6.0", "draft", "niji 6"];
    private static readonly string Code = PersonalizationCode.FromNumber(1).ToString();

    // What pastes are made of: words, parameters, quotes, mentions, code marks, control characters.
    private static readonly Gen<string> Texts = Gen.OneOf(
        "-", "--", "—", " ", "\n", "\"", "`", ",", ":", "::", "=", "@", "@everyone", "<@123>", "**", "cat", "no", "p", "s", "seed", "chaos", "猫", "👩‍🚀", "0", "16:9",
        " --no ", " --p", " --s ", " —ar ", " --v ", " -s ", " --stylise ", " --ar16:9", "22222223", "2222223y::2", "\u0007", "\u202E", "\uD83D")
        .Array[0, 24].Select(string.Concat);

    [Theory]
    [InlineData("", "There is nothing to paint yet. Say in words what the picture should show, such as `a husky dog running in the desert`.")]
    [InlineData("a \u202Ecat", "The prompt contains an invisible character that could mislead, U+202E. Remove it and try again.")]
    [InlineData("a cat --chaos 20", "There is no parameter `--chaos`. The parameters are `--no`, `--ar`, `--v`, `--seed`, `--s`, `--p`.")]
    [InlineData("a cat --stylise 200", "There is no parameter `--stylise`. Did you mean `--stylize`? It takes a whole number from 0 to 1000 (100 if left out).")]
    [InlineData("a cat --s 5000", "`--s` has the value `5000`, but takes a whole number from 0 to 1000 (100 if left out). The nearest is `--s 1000`.")]
    [InlineData("a cat --seed", "`--seed` has the value nothing, but takes a whole number from 0 to 4294967295.")]
    [InlineData("a cat --ar 99:1", "`--ar` has the value `99:1`, but takes width:height in whole numbers, at most 14:1 or 1:14. The nearest is `--ar 14:1`.")]
    [InlineData("a cat --v turbo", "`--v` has the value `turbo`, but takes one of `6.0`, `draft`, `niji 6`.")]
    [InlineData("a cat --no", "`--no` has the value nothing, but takes up to 50 things to leave out, separated by commas (`--no people, text`).")]
    [InlineData("a cat --p --p", "`--p` is given more than once. Once is enough; it takes codes, optionally with weights (`k7m2xq4d::2`), or nothing for your own taste. The nearest is `--p`.")]
    [InlineData("a cat --s 5 --s 6", "`--s` is given more than once, the last time as `6`. Once is enough; it takes a whole number from 0 to 1000 (100 if left out). The nearest is `--s 6`.")]
    [InlineData("a cat --s=250", "There is no space between `--s` and `250`. It takes a whole number from 0 to 1000 (100 if left out). The nearest is `--s 250`.")]
    [InlineData("a cat --ar 16:9 -s 250", "`-s` has one dash, but parameters have two. It takes a whole number from 0 to 1000 (100 if left out). The nearest is `--s 250`.")]
    [InlineData("a cat --s 5 in the rain", "`in the rain` comes after `--s 5`, which takes a whole number from 0 to 1000 (100 if left out). Write what to paint first and parameters after it.")]
    [InlineData("a cat --p {0}::2 {0}", "`--p` has the value `{0}`, but takes each code once. Give a code a weight to make it count for more. The nearest is `--p {0}::2`.")]
    [InlineData("a cat --p {0}::101", "`--p` has the value `{0}::101`, but takes weights from 0.01 to 100 after two colons (`k7m2xq4d::2`), or below 0 to lead away from a taste. The nearest is `--p {0}::100`.")]
    [InlineData("a cat --p ,{0}", "`--p` has the value `{0}`, but takes codes with only spaces between them. The nearest is `--p {0}`.")]
    [InlineData("a cat --p {0}::-1", "`--p` has the value `{0}::-1`, but takes negative weights only beside positive ones: they lead away from a taste and need another code to start from, as in `k7m2xq4d abcd234e::-0.5`.")]
    [InlineData("a cat --p 1lo0k7m2", "`--p` has the value `1lo0k7m2`, but takes codes of 8 characters exactly as they were given out, or nothing for your own taste. The nearest is `--p`.")]
    [InlineData("a cat --p m7325482936475", "`--p` has the value `m7325482936475`, but takes codes of 8 characters exactly as this bot gave them out, or nothing for your own taste. This looks like a code of Midjourney, which cannot be read here. The nearest is `--p`.")]
    [InlineData("a cat --no-text", "There is no parameter `--no-text`. Did you mean `--no text`? It takes up to 50 things to leave out, separated by commas (`--no people, text`).")]
    [InlineData("a cat -p", "`-p` has one dash, but parameters have two. It takes codes, optionally with weights (`k7m2xq4d::2`), or nothing for your own taste. The nearest is `--p`.")]
    [InlineData("a cat -- ar 16:9", "`-- ar` looks like `--ar`. Write a space before the two dashes, and none after them. The nearest is `--ar 16:9`.")]
    [InlineData("https://a.b/@everyone.png a cat", "`https://a.b/@\u200Beveryone.png` is an address, and no picture or page is opened from a prompt. Say in words what the picture should show.")]
    [InlineData("{red, green} bird", "`{red, green}` makes several prompts at Midjourney. Here each is a `/imagine` of its own; the corrected prompt has the first, `red`.")]
    [InlineData("hot::2 dog", "`::2` is the weight of a part of the prompt at Midjourney. Here only codes after `--p` have weights. Colons in double quotes are text.")]
    [InlineData("\"a cat --p\"", "The whole prompt is in double quotes, and text in them is never a parameter: `--p` would be text.")]
    public void Prompt_problem_text_says_what_is_wrong_what_is_allowed_and_what_to_do(string prompt, string text) =>
        Assert.Equal(text.Replace("{0}", Code, StringComparison.Ordinal), Describe(prompt.Replace("{0}", Code, StringComparison.Ordinal)));

    [Fact]
    public void Prompt_problem_text_gives_the_length_and_its_maximum() =>
        Assert.Equal("The prompt has 6,008 characters; the maximum is 6,000.", Describe(string.Concat(Enumerable.Repeat("cats ", 1200)) + " --s 200"));

    [Fact]
    public void Prompt_problem_text_asks_for_a_damaged_portable_code_again()
    {
        var portable = PortableCode.From(new(new(1), 1, 2, 3, [1, -2], [1, -2], [0.1f, 0.2f], 200, 0)).ToString();

        var text = Describe($"a cat --p {portable[..^1]}");

        Assert.Contains("This one is damaged", text);
        Assert.EndsWith("Copy it once more.", text);
    }

    [Fact]
    public void Examples_in_explanations_and_help_are_read_without_a_fault()
    {
        var values = CasesOf(typeof(ExpectedValue)).Cast<ExpectedValue>().Select(value => PromptProblemText.Describe(new PromptFault.InvalidValue("--p", "", value, null)));
        var spans = values.Concat(SpokenText.Sentences).SelectMany(text => CodeSpan().Matches(text)).Select(span => span.Groups["text"].Value).Distinct();

        var examples = spans.Select(Example).OfType<string>().ToList();

        Assert.Contains("a cat --p k7m2xq4d abcd234e::-0.5", examples);
        Assert.Contains("a cat --no people, text", examples);
        Assert.All(examples, example =>
        {
            var parsed = PromptParser.Parse(example, Versions);
            Assert.True(parsed.IsPrompt, $"{example}: {parsed.Problem?.Fault}");
        });
    }

    /// <summary>The prompt that a span shows: a parameter with a value, or codes; null for names, commands and placeholders.</summary>
    private static string? Example(string span) =>
        span.Contains('{', StringComparison.Ordinal) || span.Contains("CODE", StringComparison.Ordinal) ? null
        : span.Split(' ') is [var name, _, ..] && PromptParser.Parameters.Contains(name) ? $"a cat {span}"
        : span.Any(char.IsAsciiDigit) && span.All(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or ':' or '-' or '.') ? $"a cat --p {span}"
        : null;

    [Fact]
    public void Prompt_problem_text_knows_every_fault_and_every_expected_value()
    {
        var values = CasesOf(typeof(ExpectedValue)).ToList();

        foreach (var value in values.Cast<ExpectedValue>())
        {
            Assert.NotEmpty(PromptProblemText.Describe(new PromptFault.InvalidValue("--p", "x", value, null)));
        }

        Assert.All(CasesOf(typeof(PromptFault)), fault => Assert.NotEmpty(PromptProblemText.Describe((PromptFault)fault)));
        Assert.Equal(14, values.Count);
    }

    [Theory]
    [InlineData("a cat --s `@everyone`")]
    [InlineData("a cat --s <@123>")]
    [InlineData("a cat --chaos `` @here")]
    [InlineData("a cat --v ```x```")]
    [InlineData("--s 5 ``` @everyone **bold** <@&1>")]
    public void Prompt_problem_text_lets_no_prompt_mention_or_format(string prompt)
    {
        var text = Describe(prompt);

        Assert.DoesNotContain("@everyone", text);
        Assert.DoesNotContain("@here", text);
        Assert.DoesNotContain("@1", text);
        Assert.DoesNotContain("``", text);
        Assert.Equal(0, text.Count(character => character == '`') % 2);
    }

    [Fact]
    public void Prompt_problem_text_quotes_only_the_start_of_a_long_value()
    {
        var text = Describe("a cat --s " + new string('9', 500));

        Assert.Contains("9…`", text);
        Assert.InRange(text.Length, 1, 300);
    }

    [Fact]
    public void Prompt_problem_text_is_short_and_keeps_its_formatting_for_any_prompt()
    {
        Texts.Sample(
            prompt =>
            {
                if (PromptParser.Parse(prompt, Versions).Problem is { Fault: var fault })
                {
                    var text = PromptProblemText.Describe(fault);
                    Assert.InRange(text.Length, 10, 600);
                    Assert.Equal(0, text.Count(character => character == '`') % 2);
                    Assert.DoesNotContain("``", text);
                    Assert.DoesNotMatch("@[^\u200B]", text);
                    Assert.DoesNotContain(text, char.IsControl);
                }
            },
            iter: 2000);
    }

    private static string Describe(string prompt)
    {
        var parsed = PromptParser.Parse(prompt, Versions);
        Assert.False(parsed.IsPrompt, $"accepted as {parsed.Prompt}");
        return PromptProblemText.Describe(parsed.Problem.Fault);
    }

    /// <summary>One value of every case of a closed union, with sample arguments.</summary>
    private static IEnumerable<object> CasesOf(Type union) => union.GetNestedTypes(BindingFlags.Public)
        .Where(type => type.IsSubclassOf(union))
        .Select(type => type.GetConstructors()[0])
        .Select(constructor => constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType))]));

    private static object? Sample(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(IReadOnlyList<string>) ? (string[])["--p"]
        : type == typeof(ExpectedValue) ? new ExpectedValue.Codes()
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeSpan();
}
