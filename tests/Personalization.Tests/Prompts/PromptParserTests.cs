using System.Diagnostics;
using System.Globalization;
using Personalization.Codes;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests.Prompts;

public sealed class PromptParserTests
{
    private static readonly string[] Versions = ["6.0", "draft", "niji 6"];
    private static readonly string A = PersonalizationCode.FromNumber(1).ToString();
    private static readonly string B = PersonalizationCode.FromNumber(2_000_000_000).ToString();

    [Theory]
    [InlineData("A mesmerizing scene of a forest meeting with wavy sea")]
    [InlineData("A logo design on white background for an AI firm called \"TryingAI\"")]
    [InlineData("A husky dog running in a desert path")]
    public void Prompts_of_the_article_are_read_with_the_en_dashes_they_are_printed_with(string text)
    {
        var prompt = Accepted($"{text} –ar 16:9 –v 6.0 –p");

        Assert.Equal(text, prompt.Text);
        Assert.Equal("16:9", prompt.AspectRatio.ToString());
        Assert.Equal("6.0", prompt.Version);
        Assert.Empty(prompt.Profiles!);
        Assert.Equal($"{text} --ar 16:9 --v 6.0 --p", prompt.ToString());
    }

    [Theory]
    [InlineData("--")]
    [InlineData("—")]
    [InlineData("–")]
    [InlineData("―")]
    [InlineData("–-")]
    [InlineData("-–")]
    [InlineData("——")]
    [InlineData("—-")]
    [InlineData("---")]
    [InlineData("−")]
    [InlineData("‑‑")]
    [InlineData("－－")]
    public void Prompt_parser_reads_any_dash_that_replaces_two_hyphens(string dash)
    {
        Assert.Equal("a cat --ar 3:2 --seed 7", Accepted($"a cat {dash}seed 7 {dash}AR 3:2").ToString());
    }

    [Theory]
    [InlineData("a cat --p", "a cat --p")]
    [InlineData("a cat --profile", "a cat --p")]
    [InlineData("a cat --PERSONALIZE", "a cat --p")]
    [InlineData("a cat --stylize 250", "a cat --s 250")]
    [InlineData("a cat --s 0", "a cat --s 0")]
    [InlineData("a cat --s 1000", "a cat --s 1000")]
    [InlineData("a cat --s 100", "a cat")]
    [InlineData("a cat --aspect 32:18", "a cat --ar 16:9")]
    [InlineData("a cat --ar 2:2", "a cat")]
    [InlineData("a cat --ar 14:1", "a cat --ar 14:1")]
    [InlineData("a cat --ar 1:14", "a cat --ar 1:14")]
    [InlineData("a cat --ar １６：９", "a cat --ar 16:9")]
    [InlineData("a cat －－ａｒ　１６：９", "a cat --ar 16:9")]
    [InlineData("a cat --v 6", "a cat --v 6.0")]
    [InlineData("a cat --version 6.0", "a cat --v 6.0")]
    [InlineData("a cat --v DRAFT", "a cat --v draft")]
    [InlineData("a cat --v Niji   6 --p", "a cat --v niji 6 --p")]
    [InlineData("a cat --seed 0", "a cat --seed 0")]
    [InlineData("a cat --seed 4294967295", "a cat --seed 4294967295")]
    [InlineData("a cat --no dogs", "a cat --no dogs")]
    [InlineData("a cat --no dogs,  red cars ,DOGS，birds", "a cat --no dogs, red cars, birds")]
    [InlineData("a cat --no \"text\", “frames”", "a cat --no text, frames")]
    [InlineData("a cat,--ar 16:9", "a cat, --ar 16:9")]
    [InlineData("  a cat  \n--s\t5\r\n--p  ", "a cat --s 5 --p")]
    [InlineData("a cat --p --s 5 --seed 1 --v 6 --ar 3:2 --no x", "a cat --no x --ar 3:2 --v 6.0 --seed 1 --s 5 --p")]
    public void Prompt_parser_keeps_a_valid_prompt_in_canonical_form(string text, string canonical)
    {
        Assert.Equal(canonical, Accepted(text).ToString());
    }

    [Fact]
    public void Codes_are_blended_by_their_weights()
    {
        var prompt = Accepted($"a cat --p {A}::2 {B.ToUpperInvariant()}::0.5");

        Assert.Equal(
            [new(Code(A), 2), new(Code(B), 0.5)],
            prompt.Profiles!);
        Assert.Equal($"a cat --p {A}::2 {B}::0.5", prompt.ToString());
        Assert.Equal([new(Code(A), 1)], Accepted($"a cat --p {A}").Profiles!);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("–")]
    [InlineData("—")]
    [InlineData("−")]
    public void Negative_weight_may_have_any_dash_for_a_minus(string minus)
    {
        var prompt = Accepted($"a cat --p {A}::2 {B}::{minus}0.5 --s 50");

        Assert.Equal([new(Code(A), 2), new(Code(B), -0.5)], prompt.Profiles!);
        Assert.Equal($"a cat --s 50 --p {A}::2 {B}::-0.5", prompt.ToString());
    }

    [Fact]
    public void Portable_code_stands_wherever_a_short_one_does()
    {
        var portable = PortableCode.From(new(new(1), 1, 2, 3, [1, -2], [1, -2], [0.1f, 0.2f], 200, 0));

        var prompt = Accepted($"a cat --p {A} {portable}::2 --s 50");

        Assert.Equal(portable, prompt.Profiles![1].Portable);
        Assert.Equal(2, prompt.Profiles[1].Weight);
        Assert.Equal($"a cat --s 50 --p {A} {portable}::2", prompt.ToString());
        Assert.Equal(prompt, Accepted(prompt.ToString()));
    }

    [Theory]
    [InlineData("`{0}`")]
    [InlineData("**{0}**")]
    [InlineData("||{0}||")]
    [InlineData("<{0}>")]
    [InlineData("`{0}`::2 ")]
    public void Prompt_parser_strips_chat_formatting_from_a_code(string written)
    {
        var portable = PortableCode.From(new(new(1), 1, 2, 3, [1, -2], [1, -2], [0.1f, 0.2f], 200, 0));
        var weight = written.Contains("::", StringComparison.Ordinal) ? "::2" : "";

        Assert.Equal($"a cat --p {A}{weight}", Refused($"a cat --p {string.Format(CultureInfo.InvariantCulture, written, A)}").Corrected);
        Assert.Equal($"a cat --p {portable}{weight}", Refused($"a cat --p {string.Format(CultureInfo.InvariantCulture, written, portable)}").Corrected);
    }

    [Fact]
    public void Prompt_parser_reports_a_damaged_portable_code()
    {
        var text = PortableCode.From(new(new(1), 1, 2, 3, [1, -2], [1, -2], [0.1f, 0.2f], 200, 0)).ToString();

        foreach (var damaged in new[] { text[..^1], $"`{text[..^1]}`", $"{text[..^1]}::2", $"{A},{text[..^1]}" })
        {
            var problem = Refused($"a cat --p {damaged}");

            Assert.IsType<ExpectedValue.UndamagedCodes>(Expected(problem));
            Assert.Null(problem.Corrected);
        }
    }

    [Theory]
    [InlineData("well-lit")]
    [InlineData("2024 – 2026")]
    [InlineData("red--blue")]
    [InlineData("red—blue")]
    [InlineData("time — a portrait")]
    [InlineData("time —a portrait")]
    [InlineData("- p, a list")]
    [InlineData("a well-known -ish cat")]
    [InlineData("-5 degrees, black-and-white")]
    [InlineData("rock -- paper, yes — no one")]
    [InlineData("flags -a and -x, plan-s 5, t-shirt-v 2")]
    [InlineData("a -- b --- c")]
    [InlineData("—s'il vous plaît")]
    [InlineData("–seen from above –not –no-one")]
    [InlineData("“Stop!”—no one moved")]
    [InlineData("the sign says \"--v 6 engine\"")]
    [InlineData("the sign says “--v 6 engine”, he said")]
    [InlineData("the sign says „--v 6 engine“")]
    [InlineData("the sign says «--v 6 engine»")]
    [InlineData("a 12\" screen that says \"--s 5\"")]
    [InlineData("café --–")]
    [InlineData("猫と犬 👩‍🚀")]
    public void Ordinary_dashes_and_quotes_stay_text(string text)
    {
        Assert.Equal(text, Accepted(text).Text);
        Assert.Equal(text, Accepted(text).ToString());
        Assert.Equal(text + " --p", Accepted(text + " —p").ToString());
    }

    [Theory]
    [InlineData("a sign \"sale --s 5", "a sign \"sale", 5)]
    [InlineData("a 12\" monitor --s 5", "a 12\" monitor", 5)]
    [InlineData("'the sign' --s 5 ", "'the sign'", 5)]
    [InlineData("rock 'n' roll --s 5", "rock 'n' roll", 5)]
    public void Apostrophes_and_quotes_without_a_partner_protect_nothing(string text, string expected, int stylize)
    {
        var prompt = Accepted(text);

        Assert.Equal(expected, prompt.Text);
        Assert.Equal(stylize, prompt.Stylize.Value);
    }

    [Theory]
    [InlineData("a cat --s 1001", "--s", "1001", "a cat --s 1000")]
    [InlineData("a cat --s -5", "--s", "-5", "a cat --s 0")]
    [InlineData("a cat --s 49.5", "--s", "49.5", "a cat --s 50")]
    [InlineData("a cat --s 1,000", "--s", "1,000", "a cat --s 1000")]
    [InlineData("a cat --s 50%", "--s", "50%", "a cat --s 50")]
    [InlineData("a cat --s high", "--s", "high", "a cat")]
    [InlineData("a cat --s", "--s", null, "a cat")]
    [InlineData("a cat --stylize --p", "--s", null, "a cat --p")]
    [InlineData("a cat --s 99999999999999999999999999999999999", "--s", "99999999999999999999999999999999999", "a cat --s 1000")]
    [InlineData("a cat --seed 4294967296", "--seed", "4294967296", "a cat --seed 4294967295")]
    [InlineData("a cat --seed -1", "--seed", "-1", "a cat --seed 0")]
    [InlineData("a cat --seed random", "--seed", "random", "a cat")]
    [InlineData("a cat --ar 15:1", "--ar", "15:1", "a cat --ar 14:1")]
    [InlineData("a cat --ar 1:200", "--ar", "1:200", "a cat --ar 1:14")]
    [InlineData("a cat --ar 16x9", "--ar", "16x9", "a cat --ar 16:9")]
    [InlineData("a cat --ar 16 : 9 --p", "--ar", "16 : 9", "a cat --ar 16:9 --p")]
    [InlineData("a cat --ar 1.91:1", "--ar", "1.91:1", "a cat --ar 191:100")]
    [InlineData("a cat --ar 2", "--ar", "2", "a cat --ar 2:1")]
    [InlineData("a cat --ar 16:9,", "--ar", "16:9,", "a cat --ar 16:9")]
    [InlineData("a cat --ar 0:9", "--ar", "0:9", "a cat")]
    [InlineData("a cat --ar wide", "--ar", "wide", "a cat --ar 16:9")]
    [InlineData("a cat --ar 4000000000:2000000000", "--ar", "4000000000:2000000000", "a cat")]
    [InlineData("a cat --v", "--v", null, "a cat")]
    [InlineData("a cat --v 7", "--v", "7", "a cat --v 6.0")]
    [InlineData("a cat --v v6", "--v", "v6", "a cat --v 6.0")]
    [InlineData("a cat --v darft", "--v", "darft", "a cat --v draft")]
    [InlineData("a cat --v niji6", "--v", "niji6", "a cat --v niji 6")]
    [InlineData("a cat --v turbo", "--v", "turbo", "a cat")]
    [InlineData("a cat --no", "--no", null, "a cat")]
    [InlineData("a cat --no dogs,,cars,", "--no", "dogs,,cars,", "a cat --no dogs, cars")]
    public void Prompt_parser_corrects_an_invalid_or_missing_value_to_the_nearest_valid_one(string text, string parameter, string? got, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal(parameter, problem.Parameter);
        Assert.Equal(got, problem.Value);
        Assert.Equal(corrected, problem.Corrected);
        Assert.Equal(got ?? "", Assert.IsType<PromptFault.InvalidValue>(problem.Fault).Written);
    }

    [Theory]
    [InlineData("a cat --stylise 200", "--stylise", "200", "--stylize", "a cat --s 200")]
    [InlineData("a cat —sytlize 200", "--sytlize", "200", "--stylize", "a cat --s 200")]
    [InlineData("a cat –stylise 200", "--stylise", "200", "--stylize", "a cat --s 200")]
    [InlineData("a cat --personalise", "--personalise", "", "--personalize", "a cat --p")]
    [InlineData("a cat --ra 16:9", "--ra", "16:9", "--ar", "a cat --ar 16:9")]
    [InlineData("a cat --aspect-ratio 16:9", "--aspect-ratio", "16:9", "--aspect", "a cat --ar 16:9")]
    [InlineData("a cat --ver 6", "--ver", "6", "--version", "a cat --v 6.0")]
    [InlineData("a cat --chaos 20", "--chaos", "20", null, "a cat")]
    [InlineData("a cat --q 2 --p", "--q", "2", null, "a cat --p")]
    [InlineData("a cat --ar 16:9 —chaos 20", "--chaos", "20", null, "a cat --ar 16:9")]
    [InlineData("a cat --painted in oil", "--painted", "", null, "a cat painted in oil")]
    public void Prompt_parser_names_the_parameter_nearest_to_an_unknown_one(string text, string parameter, string got, string? nearest, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal(parameter, problem.Parameter);
        Assert.Equal(got, problem.Value ?? "");
        if (nearest is null)
        {
            Assert.Equal(["--no", "--ar", "--v", "--seed", "--s", "--p"], Assert.IsType<PromptFault.UnknownParameter>(problem.Fault).Parameters);
        }
        else
        {
            Assert.Equal(nearest, Assert.IsType<PromptFault.MisspeltParameter>(problem.Fault).Nearest);
        }

        Assert.Equal(corrected, problem.Corrected);
    }

    [Theory]
    [InlineData("a cat --ar16:9", "--ar", "a cat --ar 16:9")]
    [InlineData("a cat –ar16:9", "--ar", "a cat --ar 16:9")]
    [InlineData("a cat --ar=16:9", "--ar", "a cat --ar 16:9")]
    [InlineData("a cat --s=250", "--s", "a cat --s 250")]
    [InlineData("a cat --s:250", "--s", "a cat --s 250")]
    [InlineData("a cat --v6", "--v", "a cat --v 6.0")]
    [InlineData("a cat --ar 16:9 -s 250", "--s", "a cat --ar 16:9 --s 250")]
    public void Prompt_parser_inserts_a_missing_space_or_dash(string text, string parameter, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal(parameter, problem.Parameter);
        Assert.Equal(corrected, problem.Corrected);
    }

    [Theory]
    [InlineData("a cat --ar 16:9 --s 5 --ar 3:2", "--ar", "3:2", "a cat --ar 3:2 --s 5")]
    [InlineData("a cat --ar 16:9 --aspect 99:1", "--ar", "99:1", "a cat --ar 14:1")]
    [InlineData("a cat --ar 16:9 --ar wide", "--ar", "wide", "a cat --ar 16:9")]
    [InlineData("a cat --no dogs --no cars", "--no", "cars", "a cat --no dogs, cars")]
    [InlineData("a cat --p --p", "--p", null, "a cat --p")]
    public void Prompt_parser_reports_a_repeated_parameter_and_keeps_the_last_one(string text, string parameter, string? got, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal(parameter, problem.Parameter);
        Assert.Equal(got, problem.Value);
        Assert.Equal(got ?? "", Assert.IsType<PromptFault.RepeatedParameter>(problem.Fault).Written);
        Assert.Equal(corrected, problem.Corrected);
    }

    [Theory]
    [InlineData("--ar 16:9 a cat", "a cat", "a cat --ar 16:9")]
    [InlineData("a cat --s 5 in the rain --p", "in the rain", "a cat in the rain --s 5 --p")]
    [InlineData("a cat --p in the rain", "in the rain", "a cat in the rain --p")]
    [InlineData("a cat --p 22222223 in sun, rain", "in sun, rain", "a cat in sun, rain --p 22222223")]
    [InlineData("--v niji 6 a cat --p sits", "a cat", "a cat sits --v niji 6 --p")]
    [InlineData("--ar 16:9 the sign says \"--v 6 engine\"", "the sign says \"--v 6 engine\"", "the sign says \"--v 6 engine\" --ar 16:9")]
    public void Prompt_parser_moves_text_after_a_parameter_to_the_front(string text, string stray, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal(stray, problem.Value);
        Assert.Equal(corrected, problem.Corrected);
    }

    [Fact]
    public void Prompt_parser_corrects_all_faults_at_once()
    {
        Assert.Equal(
            "a cat in oil --ar 14:1 --v 6.0 --s 1000 --p",
            Refused("--ar 99:1 a cat --chaos 5 --s=5000 --verison 6 --p 1lo0k7m2 in oil").Corrected);
    }

    [Fact]
    public void Prompt_parser_names_a_mistyped_code_and_leaves_it_out()
    {
        var mistyped = Mistype(A);

        var alone = Refused($"a cat --p {mistyped}");
        Assert.Equal(("--p", mistyped, "a cat --p"), (alone.Parameter, alone.Value, alone.Corrected));
        Assert.Equal(new PromptFault.InvalidValue("--p", mistyped, new ExpectedValue.CodesOfLength(8), "--p"), alone.Fault);

        var among = Refused($"a cat --p {B}::2 {mistyped}::3 --s 5");
        Assert.Equal(($"{mistyped}::3", $"a cat --s 5 --p {B}::2"), (among.Value, among.Corrected));
    }

    [Theory]
    [InlineData("{0}::0", "{0}::0.01")]
    [InlineData("{0} {1}::-0.6", "{0} {1}::-0.5")]
    [InlineData("{0}::2 {1}::-7", "{0}::2 {1}::-1")]
    [InlineData("{0}::101", "{0}::100")]
    [InlineData("{0}::0,5", "{0}::0.5")]
    [InlineData("{0}::1e1", "{0}::10")]
    [InlineData("{0}::1e3 {1}", "{0}::100 {1}")]
    [InlineData("{0}::1e999 {1}", "{0}::100 {1}")]
    [InlineData("{0} {1}::-1e-3", "{0} {1}::-0.01")]
    [InlineData("{0}::1,000", "{0}::100")]
    [InlineData("{0}::NaN", "{0}")]
    [InlineData("{0}::", "{0}")]
    [InlineData("{0}:2", "{0}::2")]
    [InlineData("{0}, {1}", "{0} {1}")]
    [InlineData("{0},{1}", "{0} {1}")]
    [InlineData("{0},{1},", "{0} {1}")]
    [InlineData("{0} , {1}", "{0} {1}")]
    [InlineData("{0}，{1}、", "{0} {1}")]
    [InlineData("{0};{1}", "{0} {1}")]
    [InlineData("{0} + {1}", "{0} {1}")]
    [InlineData(", {0}", "{0}")]
    [InlineData("{0}&{1}", "{0} {1}")]
    [InlineData("`{0}`,`{1}`", "{0} {1}")]
    [InlineData("{0}::2,{1}", "{0}::2 {1}")]
    [InlineData("{0}::2, {1}::3", "{0}::2 {1}::3")]
    [InlineData("{0}::0,5,{1}::1,5", "{0}::0.5 {1}::1.5")]
    [InlineData("{0}::+2,{1}", "{0}::2 {1}")]
    [InlineData("22222223::2,2222223y", "22222223::2 2222223y")]
    [InlineData("{0} {0}::2", "{0}")]
    public void Prompt_parser_corrects_an_invalid_weight_or_mark_beside_a_code(string profiles, string corrected)
    {
        var problem = Refused($"a cat --p {string.Format(profiles, A, B)}");

        Assert.Equal("--p", problem.Parameter);
        Assert.Equal($"a cat --p {string.Format(corrected, A, B)}", problem.Corrected);
    }

    [Theory]
    [InlineData("{0}::-1")]
    [InlineData("{0}::-0.001")]
    [InlineData("{0}::--2")]
    [InlineData("{0}::-1 {1}::-2")]
    [InlineData("{0}::-1,{1}::-2")]
    public void Prompt_parser_explains_purely_negative_weights_and_offers_no_correction(string profiles)
    {
        var problem = Refused($"a cat --p {string.Format(profiles, A, B)}");

        Assert.Equal("--p", problem.Parameter);
        Assert.IsType<ExpectedValue.PositiveWeight>(Expected(problem));
        Assert.Null(problem.Corrected);
    }

    [Fact]
    public void Prompt_parser_offers_no_correction_that_leaves_only_a_negative_weight()
    {
        var problem = Refused($"a cat --p {Mistype(A)} {B}::-0.5");

        Assert.Equal(Mistype(A), problem.Value);
        Assert.Null(problem.Corrected);
    }

    [Theory]
    [InlineData("a cat --p {0},in the rain", "a cat in the rain --p {0}")]
    [InlineData("a cat --p {0}, in the rain", "a cat in the rain --p {0}")]
    [InlineData("a cat --p {0} & a dog", "a cat & a dog --p {0}")]
    public void Prompt_parser_reads_words_after_a_separator_as_text(string text, string corrected) =>
        Assert.Equal(string.Format(corrected, A), Refused(string.Format(text, A)).Corrected);

    [Theory]
    [InlineData("a cat --s 5000 --p {0}")]
    [InlineData("a cat --p {0} --s 5000")]
    [InlineData("a cat --p {1} {0}::2")]
    [InlineData("a cat --p {0} {1}")]
    [InlineData("a cat --p in the rain {0}")]
    [InlineData("a cat --personalise {0}")]
    [InlineData("a cat\u0007 --p {0}")]
    [InlineData("a cat --p {0} —p")]
    public void Prompt_parser_reports_a_damaged_portable_code_before_any_other_fault(string text)
    {
        var problem = Refused(string.Format(text, new string('x', 80), A));

        Assert.IsType<ExpectedValue.UndamagedCodes>(Expected(problem));
        Assert.Null(problem.Corrected);
    }

    [Fact]
    public void Prompt_parser_limits_codes_and_exclusions()
    {
        var codes = Enumerable.Range(0, 21).Select(number => PersonalizationCode.FromNumber((ulong)number).ToString()).ToList();
        var things = Enumerable.Range(0, 51).Select(number => $"thing {number}").ToList();

        Assert.Equal($"a cat --p {string.Join(' ', codes[..20])}", Refused($"a cat --p {string.Join(' ', codes)}").Corrected);
        Assert.Equal(20, Accepted($"a cat --p {string.Join(' ', codes[..20])}").Profiles!.Count);
        Assert.Equal($"a cat --no {string.Join(", ", things[..50])}", Refused($"a cat --no {string.Join(",", things)}").Corrected);
        Assert.Equal(50, Accepted($"a cat --no {string.Join(", ", things[..50])}").Exclusions.Count);
    }

    [Fact]
    public void Prompt_parser_lists_the_versions_for_an_unknown_one()
    {
        Assert.Equal(Versions, Assert.IsType<ExpectedValue.OneOf>(Expected(Refused("a cat --v turbo"))).Values);
        Assert.Equal("a cat", PromptParser.Parse("a cat --v 6", []).Problem?.Corrected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\u200B")]
    [InlineData("--p")]
    [InlineData("–ar 16:9 –v 6.0 –p")]
    [InlineData("--ar 99:1")]
    public void Prompt_parser_rejects_a_prompt_without_words(string text)
    {
        var problem = Refused(text);

        Assert.Null(problem.Parameter);
        Assert.Null(problem.Corrected);
    }

    [Theory]
    [InlineData("a\u0007 cat", "a cat", "U+0007")]
    [InlineData("a\0 cat", "a cat", "U+0000")]
    [InlineData("a \u202Ecat", "a cat", "U+202E")]
    [InlineData("a \u2066cat", "a cat", "U+2066")]
    [InlineData("a\u009F cat", "a cat", "U+009F")]
    public void Prompt_parser_rejects_control_characters(string text, string corrected, string named)
    {
        var problem = Refused(text);

        Assert.Equal(corrected, problem.Corrected);
        Assert.Equal(named, $"U+{Assert.IsType<PromptFault.HiddenCharacter>(problem.Fault).Character.Value:X4}");
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDC31)]
    public void Prompt_parser_rejects_half_a_surrogate_pair(int half)
    {
        // Attributes cannot hold one: they are stored as UTF-8.
        Assert.Equal("a cat --p", Refused($"a{(char)half} cat --p{(char)half}").Corrected);
    }

    [Theory]
    [InlineData("a\ncat", "a cat")]
    [InlineData("a\r\ncat", "a cat")]
    [InlineData("a\tcat\u2028\u0085x", "a cat  x")]
    [InlineData("a\u00A0cat", "a\u00A0cat")]
    public void Prompt_parser_reads_line_breaks_and_tabs_as_spaces(string text, string expected)
    {
        Assert.Equal(expected, Accepted(text).Text);
    }

    [Fact]
    public void Prompt_parser_accepts_up_to_six_thousand_characters()
    {
        var words = string.Concat(Enumerable.Repeat("cats ", 1200));

        Assert.Equal(6000, Accepted(words[..5992] + " --s 200").ToString().Length);
        var problem = Refused(words + " --s 200");
        Assert.Equal(new PromptFault.TooLong(6008, 6000), problem.Fault);
        Assert.InRange(problem.Corrected!.Length, 5990, 6000);
        Assert.EndsWith("cats --s 200", problem.Corrected);
        Assert.Equal(200, Accepted(problem.Corrected).Stylize.Value);
    }

    [Fact]
    public void Prompt_parser_leaves_room_for_the_code_of_a_bare_profile()
    {
        Assert.Equal(new PromptFault.TooLong(6004, 6000), Refused(new string('x', 5991) + " --p").Fault);
        Assert.Equal(5987, Accepted(new string('x', 5987) + " --p").Text.Length);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("—")]
    [InlineData("--")]
    [InlineData("\"")]
    [InlineData("“")]
    [InlineData("«")]
    [InlineData("\" ")]
    [InlineData("« ")]
    [InlineData("-a")]
    [InlineData("-a ")]
    [InlineData("--x ")]
    [InlineData("—stylise ")]
    [InlineData("--no \",")]
    [InlineData("--p k ")]
    [InlineData("- ")]
    [InlineData("a--p")]
    [InlineData("{a,")]
    [InlineData("{{a,b}")]
    [InlineData("a::-1 ")]
    [InlineData("::1")]
    [InlineData("`")]
    [InlineData("`--p")]
    [InlineData("(--p ")]
    [InlineData("**a")]
    [InlineData("\\-")]
    [InlineData("a://b ")]
    [InlineData("\u200D")]
    [InlineData("/imagine prompt: ")]
    [InlineData("--no-a ")]
    public void Prompt_parser_takes_linear_time(string unit)
    {
        // Ten times the text: some ten times as long; a quadratic parser always takes a hundred times as long. What else the
        // machine does may spoil a measurement, but not all of them.
        Assert.Contains(Enumerable.Range(0, 20), _ => Took(100_000) < 40 * Took(10_000));

        TimeSpan Took(int length)
        {
            var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
            var started = Stopwatch.GetTimestamp();
            PromptParser.Parse(text, Versions);
            return Stopwatch.GetElapsedTime(started);
        }
    }

    [Theory]
    [InlineData("`--", "a", "")]
    [InlineData("` --a", " ", "")]
    [InlineData("(--", "a", "")]
    [InlineData("[ --a", " ", "(")]
    [InlineData("/imagine", " ", "a cat")]
    [InlineData("/imagine", "*", "a cat")]
    [InlineData("imagine ", " ", "a cat")]
    [InlineData("**a cat** x", " ", "y")]
    [InlineData("**a cat** ·", " ", "y")]
    [InlineData("**", "a", "")]
    [InlineData("-# ", "a", "")]
    [InlineData("a 1 · 2 × 3 ·", " ", "")]
    [InlineData("a cat::", "1", "x")]
    [InlineData("{\"", "a", "")]
    public void No_pattern_of_the_prompt_parser_gives_up_on_a_long_run(string before, string repeated, string after)
    {
        // A pattern gives up after a second, with an exception: enough for some thousand times these characters, not for their square.
        var text = before + string.Concat(Enumerable.Repeat(repeated, 400_000)) + after;

        Assert.Equal(text.Length, Assert.IsType<PromptFault.TooLong>(PromptParser.Parse(text, Versions).Problem?.Fault).Length);
    }

    private static PersonalizationCode Code(string text)
    {
        Assert.True(PersonalizationCode.TryParse(text, out var code));
        return code;
    }

    private static string Mistype(string code) =>
        PersonalizationCode.Alphabet.Select(character => character + code[1..]).First(other => other != code && other.Any(char.IsAsciiDigit));

    private static Prompt Accepted(string text)
    {
        var parsed = PromptParser.Parse(text, Versions);
        Assert.True(parsed.IsPrompt, $"{parsed.Problem?.Fault}");
        return parsed.Prompt;
    }

    private static ExpectedValue Expected(PromptProblem problem) => Assert.IsType<PromptFault.InvalidValue>(problem.Fault).Expected;

    private static PromptProblem Refused(string text)
    {
        var parsed = PromptParser.Parse(text, Versions);
        Assert.False(parsed.IsPrompt, $"accepted as {parsed.Prompt}");
        if (parsed.Problem.Corrected is { } corrected)
        {
            Assert.Equal(corrected, Accepted(corrected).ToString());
        }

        return parsed.Problem;
    }
}
