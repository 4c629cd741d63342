using CsCheck;
using Personalization.Codes;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests.Prompts;

/// <summary>What holds for every text, however it is pasted together.</summary>
public sealed class PromptParserPropertyTests
{
    private const int Many = 20_000;

    private static readonly string[] Versions = ["6.0", "draft", "niji 6"];

    /// <summary>The pieces that parsing turns on, in any order and number.</summary>
    private static readonly Gen<string> Pasted = Gen.OneOf(
        "-", "--", "—", "–", "―", "−", " ", "  ", "\n", "\u00A0", "\"", "“", "”", "„", "«", "»", "'", "`", ",", "，", ":", "::", "=", ".", "(", ")", "@",
        "a", "cat", "well-lit", "no", "p", "s", "v", "ar", "seed", "stylise", "chaos", "e\u0301", "猫", "👩‍🚀", "６", "0", "6", "16:9", "niji", "niji 6", "draft",
        " --no ", " --p", " –p ", " --s ", " —ar ", " --v ", " --seed ", " -s ", " --stylise ", " --chaos ", " --ar16:9", " --s=", "22222223", "2222223y::2", "22222224",
        "\u0007", "\u202E", "\uD83D", "\u200B", "\u2028", "\u00AD", "\u2800", "\u200D", "\uFE0F", "{", "}", "|", "\\", "\\-", "**", "hot::2", "::-1",
        "https://a.b/c.png", "--no-", "-ar 16:9", "cat--ar 16:9", "-- ar 16:9", "--sref ", "m7325482936475", "/imagine prompt: ", "**a cat** `--p`", "-# ")
        .Array[0, 24].Select(string.Concat);

    private static readonly Gen<string> Texts = Gen.OneOf<string>(Pasted, Pasted, Pasted, Gen.String[0, 60]);

    [Fact]
    public void Prompt_parser_never_throws_and_returns_a_prompt_or_a_problem()
    {
        Texts.Sample(
            text =>
            {
                var parsed = PromptParser.Parse(text, Versions);

                Assert.NotEqual(parsed.Prompt is null, parsed.Problem is null);
                Assert.Equal(parsed.IsPrompt, parsed.Prompt is not null);
            },
            iter: Many);
    }

    [Fact]
    public void Canonical_form_reads_back_as_itself()
    {
        Texts.Sample(
            text =>
            {
                if (PromptParser.Parse(text, Versions).Prompt is { } prompt)
                {
                    var again = PromptParser.Parse(prompt.ToString(), Versions);

                    Assert.True(again.IsPrompt, $"{prompt}: {again.Problem?.Fault}");
                    AssertSame(prompt, again.Prompt);
                    Assert.Equal(prompt.ToString(), again.Prompt.ToString());
                }
            },
            iter: Many);
    }

    [Fact]
    public void Correction_reads_back_as_itself()
    {
        Texts.Sample(
            text =>
            {
                if (PromptParser.Parse(text, Versions).Problem is { Corrected: { } corrected })
                {
                    var again = PromptParser.Parse(corrected, Versions);

                    Assert.True(again.IsPrompt, $"{corrected}: {again.Problem?.Fault}");
                    Assert.Equal(corrected, again.Prompt.ToString());
                }
            },
            iter: Many);
    }

    [Fact]
    public void Prompt_parser_corrects_every_prompt_that_has_words()
    {
        var unquoted = Texts.Select(text => string.Concat(text.Where(character => !"\"“”„‟«»".Contains(character))));
        unquoted.Sample(
            text =>
            {
                var parsed = PromptParser.Parse($"a cat {text}", Versions);

                // Where all parts are weighted below 0, nothing is left to paint.
                var hasWeights = text.Count(character => character is ':') > 1;
                Assert.True(parsed.IsPrompt || parsed.Problem.Corrected is not null || OnlyThePersonKnows(parsed.Problem) || hasWeights, $"{parsed.Problem?.Fault}");
            },
            iter: Many);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(16)]
    public void Portable_code_with_any_one_wrong_character_is_called_damaged_and_never_dropped(int axes)
    {
        var weights = Enumerable.Range(0, axes).Select(axis => (axis % 5) - 1.7f).ToArray();
        var code = PortableCode.From(new(new(1), 1, 2, 3, weights, weights, [.. weights.Select(_ => 0.1f)], 200, 0)).ToString();
        var printable = Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (char)character);
        Assert.All(printable.Concat("\n\t\u00A0\u200B\u202E\uD83D—–−“”«»，、：é猫").SelectMany(wrong => Damaged(code, wrong)), damaged =>
        {
            var parsed = PromptParser.Parse($"a cat --p {damaged} --s 50", Versions);

            // What is still told by one way to read it, such as a stray mark around it, is offered whole.
            var kept = parsed.Prompt?.ToString() ?? parsed.Problem!.Corrected;
            Assert.True(kept is null ? OnlyThePersonKnows(parsed.Problem!) : kept == $"a cat --s 50 --p {code}", $"{damaged}: {parsed.Problem?.Fault} {kept}");
        });
    }

    /// <summary>A wrong character in place of each, and one too many before each.</summary>
    private static IEnumerable<string> Damaged(string code, char wrong) =>
        Enumerable.Range(0, code.Length).SelectMany(at => new[] { code[..at] + wrong + code[(at + 1)..], code[..at] + wrong + code[at..] }).Where(damaged => damaged != code);

    private static bool OnlyThePersonKnows(PromptProblem problem) =>
        problem.Fault is PromptFault.InvalidValue { Expected: ExpectedValue.UndamagedCodes or ExpectedValue.PositiveWeight };

    [Fact]
    public void Dashes_case_and_order_of_parameters_do_not_matter()
    {
        var codes = Gen.ULong.Select(number => PersonalizationCode.FromNumber(number)).Array[0, 3].Select(codes => codes.Distinct().ToList());
        var dash = Gen.OneOf("--", "—", "–", "―", "–-");
        Gen.Select(Gen.Int[0, 1000], Gen.UInt, Gen.Int[1, 14], Gen.Int[1, 14], codes, Gen.Double[0.01, 100], Gen.Shuffle(new[] { 0, 1, 2, 3, 4, 5 }), Gen.Select(dash.Array[6], Gen.Bool.Array[6]))
            .Sample(
                (stylize, seed, width, height, codes, weight, order, spelling) =>
                {
                    var (dashes, isUpper) = spelling;
                    string[] parameters =
                    [
                        $"s {stylize}",
                        $"seed {seed}",
                        $"ar {width}:{height}",
                        "p" + string.Concat(codes.Select(code => $" {code}::{weight:R}")),
                        "v niji 6",
                        "no red cars, dogs",
                    ];
                    var written = order.Select(index => dashes[index] + (isUpper[index] && index != 5 ? parameters[index].ToUpperInvariant() : parameters[index]));
                    var prompt = PromptParser.Parse($"a \"--p\" well-lit cat {string.Join(' ', written)}", Versions).Prompt;

                    Assert.NotNull(prompt);
                    Assert.Equal("a \"--p\" well-lit cat", prompt.Text);
                    Assert.Equal(stylize, prompt.Stylize.Value);
                    Assert.Equal(seed, prompt.Seed);
                    Assert.Equal(width * prompt.AspectRatio.Height, height * prompt.AspectRatio.Width);
                    Assert.Equal(codes.Select(code => new WeightedCode(code, weight)), prompt.Profiles!);
                    Assert.Equal("niji 6", prompt.Version);
                    Assert.Equal(["red cars", "dogs"], prompt.Exclusions);
                    Assert.Equal(prompt, PromptParser.Parse(prompt.ToString(), Versions).Prompt);
                });
    }

    // Field by field, as prompts compare by their canonical form, which is what is under test.
    private static void AssertSame(Prompt expected, Prompt actual)
    {
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Profiles, actual.Profiles);
        Assert.Equal(expected.Stylize, actual.Stylize);
        Assert.Equal(expected.AspectRatio, actual.AspectRatio);
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.Seed, actual.Seed);
        Assert.Equal(expected.Exclusions, actual.Exclusions);
    }
}
