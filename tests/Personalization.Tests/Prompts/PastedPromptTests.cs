using System.Globalization;
using System.Text;
using Personalization.Codes;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests.Prompts;

/// <summary>Prompts as phones, copying and habits from Midjourney make them: nothing in them is lost without a word.</summary>
public sealed class PastedPromptTests
{
    private static readonly string[] Versions = ["6.0", "draft", "niji 6"];
    private static readonly string Code = PersonalizationCode.FromNumber(1).ToString();

    public static TheoryData<int> InvisibleCharacters =>
    [
        0x00AD, 0x034F, 0x061C, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2061, 0x2064, 0x206A, 0xFE00, 0xFE0E, 0xFE0F,
        0xFEFF, 0xFFF9, 0xFFFC, 0xE0001, 0xE0020, 0xE007F, 0xE0100,
    ];

    public static TheoryData<int> Spaces =>
    [
        0x0009, 0x000A, 0x000D, 0x0085, 0x00A0, 0x115F, 0x1680, 0x2000, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
        0x2800, 0x3000, 0x3164, 0xFFA0,
    ];

    // Of Armenian, Hebrew, Canadian syllabics, Mongolian and Japanese among them.
    public static TheoryData<int> Hyphens =>
    [
        '-', 0x2010, 0x2011, 0x02D7, 0x2043, 0xFE63, 0xFF0D, 0x058A, 0x05BE, 0x1400, 0x1806, 0x207B, 0x208B, 0x2E17, 0x2E1A, 0x2E5D, 0x301C, 0x3030, 0x30A0,
    ];

    public static TheoryData<int> LongDashes =>
        [0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE31, 0xFE32, 0xFE58, 0x2E3A, 0x2E3B, 0x2E40, 0x2796, 0x2500];

    [Theory]
    [MemberData(nameof(InvisibleCharacters))]
    public void Invisible_character_changes_nothing_wherever_it_stands(int character)
    {
        const string Plain = "a cat --ar 16:9 --p";
        var hidden = char.ConvertFromUtf32(character);

        for (var at = 0; at <= Plain.Length; at++)
        {
            Assert.Equal(Plain, Accepted(Plain.Insert(at, hidden)).ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Every_space_separates_parameters(int space)
    {
        var written = char.ConvertFromUtf32(space);

        var prompt = Accepted($"a cat{written}--ar{written}16:9{written}{written}--p{written}{Code}{written}");

        Assert.Equal($"a cat --ar 16:9 --p {Code}", prompt.ToString());
    }

    [Theory]
    [MemberData(nameof(Hyphens))]
    [MemberData(nameof(LongDashes))]
    public void Two_dashes_of_any_kind_begin_a_parameter(int dash)
    {
        var two = new string((char)dash, 2);

        Assert.Equal("a cat --ar 16:9 --p", Accepted($"a cat {two}ar 16:9 {two}p").ToString());
        Assert.Equal("a cat --ar 16:9 --p", Accepted($"a cat{two}ar 16:9{two}p").ToString());
    }

    [Fact]
    public void Every_dash_of_Unicode_begins_a_parameter_where_it_is_doubled()
    {
        var dashes = Enumerable.Range(0x21, 0x10FFFF - 0x21).Where(value => value is < 0xD800 or > 0xDFFF && Rune.GetUnicodeCategory(new(value)) == UnicodeCategory.DashPunctuation).ToList();

        Assert.InRange(dashes.Count, 20, 100);
        Assert.All(dashes, dash => Assert.Equal("a cat --ar 16:9", Accepted($"a cat {new Rune(dash)}{new Rune(dash)}ar 16:9").ToString()));
    }

    [Theory]
    [InlineData("猫 ーーar 16:9 ーーp", "猫 --ar 16:9 --p")]
    [InlineData("猫　ｰｰａｒ　１６：９", "猫 --ar 16:9")]
    [InlineData("スーーパー ーーん", "スーーパー ーーん")]
    public void Marks_of_a_long_vowel_are_dashes_where_a_Japanese_keyboard_makes_them_of_hyphens(string text, string canonical) =>
        Assert.Equal(canonical, Accepted(text).ToString());

    [Theory]
    [MemberData(nameof(LongDashes))]
    public void One_long_dash_stands_for_two_hyphens(int dash) =>
        Assert.Equal("a cat --ar 16:9 --p", Accepted($"a cat {(char)dash}ar 16:9 {(char)dash}p").ToString());

    [Theory]
    [MemberData(nameof(Hyphens))]
    public void One_hyphen_before_the_name_of_a_parameter_is_told(int hyphen)
    {
        var problem = Refused($"a cat {(char)hyphen}p");
        Assert.Equal(($"{(char)hyphen}p", "a cat --p"), (Assert.IsType<PromptFault.SingleDash>(problem.Fault).Written, problem.Corrected));
        Assert.Equal("a cat --ar 16:9 --s 250", Refused($"a cat {(char)hyphen}ar 16:9 {(char)hyphen}s 250").Corrected);
        Assert.Equal("a cat, --v 6.0", Refused($"a cat,{(char)hyphen}v 6").Corrected);
    }

    [Theory]
    [InlineData("👩‍🚀 and 👨‍👩‍👧‍👦, ❤️‍🔥 1️⃣ 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☎︎ ⁉️ ©️")]
    [InlineData("می‌خواهم گربه‌ها")]
    [InlineData("क्‍ष และ​แมว")]
    [InlineData("葛󠄀城")]
    public void Emoji_and_scripts_keep_the_invisible_characters_that_they_are_made_with(string text) =>
        Assert.Equal(text, Accepted($"{text} --p").Text);

    [Theory]
    [InlineData("a cat -v draft", "a cat --v draft")]
    [InlineData("a cat -v v6", "a cat --v 6.0")]
    [InlineData("a cat -version NIJI 6", "a cat --v niji 6")]
    [InlineData("a cat -seed 7 -no dogs", "a cat --no dogs --seed 7")]
    [InlineData("a cat -p in the rain", "a cat in the rain --p")]
    [InlineData("a cat -p -s shaped", "a cat -s shaped --p")]
    [InlineData("a cat -s", "a cat")]
    public void One_hyphen_is_corrected_only_before_what_may_be_a_value(string text, string corrected) => Assert.Equal(corrected, Refused(text).Corrected);

    [Theory]
    [InlineData("a cat -- ar 16:9", "-- ar", "a cat --ar 16:9")]
    [InlineData("a cat — ar 16:9", "— ar", "a cat --ar 16:9")]
    [InlineData("a cat - -ar 16:9", "- -ar", "a cat --ar 16:9")]
    [InlineData("a cat -- p", "-- p", "a cat --p")]
    [InlineData("a cat --s 5 -- seed 7", "-- seed", "a cat --seed 7 --s 5")]
    [InlineData("a cat--no dogs", "--no", "a cat --no dogs")]
    [InlineData("a cat--v draft", "--v", "a cat --v draft")]
    public void Parameter_where_text_could_stand_is_told(string text, string written, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal((written, corrected), (Assert.IsType<PromptFault.UnclearParameter>(problem.Fault).Written, problem.Corrected));
    }

    [Theory]
    [InlineData("a cat—ar 16:9", "a cat --ar 16:9")]
    [InlineData("猫--ar 16:9—p", "猫 --ar 16:9 --p")]
    [InlineData("a cat--p {0}", "a cat --p {0}")]
    [InlineData("a cat --s 50--seed 7", "a cat --seed 7 --s 50")]
    [InlineData("a cat (--ar 16:9) [--p]", "a cat --ar 16:9 --p")]
    [InlineData("a cat `--ar 16:9` `--p`", "a cat --ar 16:9 --p")]
    [InlineData("```a cat --ar 16:9```", "a cat --ar 16:9")]
    [InlineData("> a cat --p.", "a cat --p")]
    [InlineData("a cat --p, --ar 16:9", "a cat --ar 16:9 --p")]
    [InlineData("'a cat --p'", "a cat --p")]
    [InlineData("‘a cat —p’", "a cat --p")]
    public void Parameter_is_understood_where_its_value_leaves_no_doubt(string text, string canonical) =>
        Assert.Equal(string.Format(canonical, Code), Accepted(string.Format(text, Code)).ToString());

    [Theory]
    [InlineData("yes—no one moved, said the knight—s armour is old—v old")]
    [InlineData("a car —fast and red, —style icons")]
    [InlineData("animal(-s), red--blue, plan-v 2")]
    [InlineData("time — a portrait, 2024 - 2026, rock -- paper")]
    [InlineData("the sign says \"{a, b} 2::1 https://a.b/c.png\"")]
    [InlineData("{red} bird, hatsune miku \\(vocaloid\\)")]
    [InlineData("{\"subject\": \"cat\", \"style\": \"oil\"}")]
    [InlineData("a poster that says www.example.com, photo IMG_1234.jpg, at 10:30")]
    [InlineData("imagine a world, prompt and bright")]
    [InlineData("a well-known -s shaped")]
    [InlineData("a cat,-s shaped, -ar wide, -seed growing, -v necked")]
    [InlineData("a cat - the view from @home")]
    [InlineData("Variation of a theme by 4 painters")]
    [InlineData("a shop 'open' and 'closed'")]
    public void Prose_stays_text(string text) => Assert.Equal(text, Accepted(text).Text);

    [Theory]
    [InlineData("https://i.imgur.com/x.png a cat --p", "a cat --p")]
    [InlineData("<https://a.b/c?d=e--p> a cat", "a cat")]
    [InlineData("a cat, https://a.b/c.webp", "a cat,")]
    [InlineData("[look](https://a.b/c.png) a cat", "look a cat")]
    [InlineData("![look](https://a.b/c.png) a cat", "look a cat")]
    [InlineData("cdn.discordapp.com/attachments/1/2/x.jpg?ex=1 a cat", "a cat")]
    [InlineData("a cat --ar 16:9 https://a.b/c.png", "a cat --ar 16:9")]
    [InlineData("https://a.b/c.png", null)]
    public void Address_of_a_picture_is_told(string text, string? corrected)
    {
        var problem = Refused(text);

        Assert.True(problem.Fault is PromptFault.PictureAddress or PromptFault.TextAfterParameter, $"{problem.Fault}");
        Assert.Equal(corrected, problem.Corrected);
    }

    [Theory]
    [InlineData("{red, green} bird", "{red, green}", "red bird")]
    [InlineData("a {red, {dark, light} green} bird", "{dark, light}", "a red bird")]
    [InlineData("a {dog|cat} sits", "{dog|cat}", "a dog sits")]
    [InlineData("a cat --ar {16:9, 1:1}", "{16:9, 1:1}", "a cat --ar 16:9")]
    public void Alternatives_in_braces_are_told_and_the_first_is_offered(string text, string written, string corrected)
    {
        var problem = Refused(text);

        Assert.Equal((written, corrected), (Assert.IsType<PromptFault.Alternatives>(problem.Fault).Written, problem.Corrected));
    }

    [Theory]
    [InlineData("hot::2 dog", "::2", "hot dog")]
    [InlineData("hot:: dog::1.5", "::", "hot dog")]
    [InlineData("a cat：：2, in snow", "：：2", "a cat, in snow")]
    [InlineData("tulip fields:: red::-.5", "::", "tulip fields --no red")]
    [InlineData("fields::2 red, blue::—1 --no text", "::2", "fields --no text, red, blue")]
    [InlineData("hot::-1", "::-1", null)]
    public void Weight_of_a_part_is_told_and_a_negative_one_becomes_an_exclusion(string text, string written, string? corrected)
    {
        var problem = Refused(text);

        Assert.Equal((written, corrected), (Assert.IsType<PromptFault.PartWeight>(problem.Fault).Written, problem.Corrected));
    }

    [Theory]
    [InlineData("/imagine prompt: a cat --p")]
    [InlineData("/imagine prompt:a cat --p")]
    [InlineData("/Imagine a cat --p")]
    [InlineData("/imagine prompt a cat --p")]
    [InlineData("imagine prompt： a cat --p")]
    [InlineData("Prompt: a cat --p")]
    [InlineData("**/imagine prompt:** a cat --p")]
    [InlineData("/imagine prompt: /imagine prompt: a cat --p")]
    [InlineData("</imagine:1100000000000000001> a cat --p")]
    [InlineData("</imagine:1100000000000000001> prompt: a cat --p")]
    [InlineData("@Personalization /imagine prompt a cat --p")]
    [InlineData("<@1100000000000000001> </imagine:1100000000000000001> a cat --p")]
    [InlineData("!imagine a cat --p")]
    [InlineData("imagine: a cat --p")]
    public void Command_in_front_of_the_prompt_is_no_part_of_it(string text) => Assert.Equal("a cat --p", Accepted(text).ToString());

    [Theory]
    [InlineData("m7325482936475")]
    [InlineData("`M7284532894848385067`")]
    [InlineData("m7325482936475::2")]
    [InlineData("9dd5f2k")]
    [InlineData("1234567890")]
    public void Code_of_Midjourney_is_named_and_never_becomes_text(string foreign)
    {
        var alone = Refused($"a cat --p {foreign}");
        Assert.Equal(new ExpectedValue.CodesOfThisBot(8), Assert.IsType<PromptFault.InvalidValue>(alone.Fault).Expected);
        Assert.Equal("a cat --p", alone.Corrected);

        Assert.Equal($"a cat --s 5 --p {Code}::2", Refused($"a cat --p {Code}::2 {foreign} --s 5").Corrected);
        Assert.Equal("a cat in the rain --p", Refused($"a cat --p {foreign} in the rain").Corrected);
    }

    [Theory]
    [InlineData("a cat --p painting", "a cat painting --p")]
    [InlineData("a cat --p hot::2 dog", "a cat hot dog --p")]
    [InlineData("a cat --no-text", "a cat --no text")]
    [InlineData("a cat --no-people --no_red_cars", "a cat --no people, red cars")]
    [InlineData("a cat --no-Text, People --p", "a cat --no Text, People --p")]
    [InlineData("a cat --no-text in the rain", "a cat in the rain --no text")]
    [InlineData("a cat —no-watermark", "a cat --no watermark")]
    [InlineData("a cat --notext", "a cat --no text")]
    [InlineData("a cat --without people", "a cat --no people")]
    [InlineData("a cat --negative_prompt blur", "a cat --no blur")]
    [InlineData("a cat --oil-painting", "a cat oil-painting")]
    [InlineData("a cat --16:9", "a cat --ar 16:9")]
    [InlineData("a cat --niji 6 --p", "a cat --v niji 6 --p")]
    [InlineData("a cat --draft in the rain", "a cat in the rain --v draft")]
    public void Correction_keeps_the_meaning(string text, string corrected) => Assert.Equal(corrected, Refused(text).Corrected);

    [Theory]
    [InlineData("--chaos 20")]
    [InlineData("—chaos 20")]
    [InlineData("-chaos 20")]
    [InlineData("--q .5 --iw 2 --stop 80 --weird 250")]
    [InlineData("--sref https://a.b/c.png https://a.b/d--p 123::2 random")]
    [InlineData("--style raw")]
    [InlineData("—tile")]
    public void Parameters_of_Midjourney_are_left_out_with_their_values_alone(string parameters)
    {
        Assert.Equal("a cat", Refused($"a cat {parameters}").Corrected);
        Assert.Equal("a cat --p", Refused($"a cat {parameters} --p").Corrected);
        Assert.Equal("a cat on a mat", Refused($"a cat --raw on a mat {parameters}").Corrected);
    }

    [Theory]
    [InlineData("16", "16:9")]
    [InlineData("9", "9:16")]
    [InlineData("21", "7:3")]
    [InlineData("3", "3:2")]
    [InlineData("169", "16:9")]
    [InlineData("16.9", "16:9")]
    [InlineData("16,9", "16:9")]
    [InlineData("16-9", "16:9")]
    [InlineData("16—9", "16:9")]
    [InlineData("16/9", "16:9")]
    [InlineData("16:", "16:9")]
    [InlineData("2", "2:1")]
    [InlineData("\"16:9\"", "16:9")]
    [InlineData("[16:9]", "16:9")]
    [InlineData("<16:9>", "16:9")]
    [InlineData("**16:9**", "16:9")]
    [InlineData("landscape", "16:9")]
    [InlineData("(Portrait)", "9:16")]
    public void Ratio_without_its_colon_is_the_usual_one(string written, string ratio) =>
        Assert.Equal($"a cat --ar {ratio}", Refused($"a cat --ar {written}").Corrected);

    [Theory]
    [InlineData("--s \"50\" --seed (7)", "--seed 7 --s 50")]
    [InlineData("--v \"6\"", "--v 6.0")]
    [InlineData("--v [draft]", "--v draft")]
    public void Value_in_quotes_or_brackets_is_kept(string written, string corrected) => Assert.Equal($"a cat {corrected}", Refused($"a cat {written}").Corrected);

    [Fact]
    public void Shape_with_text_behind_it_stays_text() => Assert.Equal("a cat portrait of a king", Refused("a cat --ar portrait of a king").Corrected);

    [Theory]
    [InlineData("**a cat --ar 16:9** - @ada (fast)")]
    [InlineData("**a cat --ar 16:9** - Image #1 <@1100000000000000101>")]
    [InlineData("**a cat --ar 16:9** - Zoom Out by <@1100000000000000101>")]
    [InlineData("**a cat --ar 16:9** - Variations (Strong) by <@1100000000000000101> (fast)")]
    public void Answer_of_Midjourney_reads_back_as_its_prompt(string text) => Assert.Equal("a cat --ar 16:9", Accepted(text).ToString());

    [Theory]
    [InlineData("\"a cat --ar 16:9\"", "--ar")]
    [InlineData("“a cat —ar 16:9”", "—ar")]
    public void Parameters_in_quotes_around_the_whole_prompt_are_told(string text, string parameter)
    {
        var problem = Refused(text);

        Assert.Equal((new PromptFault.QuotedPrompt(parameter), "a cat --ar 16:9"), (problem.Fault, problem.Corrected));
    }

    private static Prompt Accepted(string text)
    {
        var parsed = PromptParser.Parse(text, Versions);
        Assert.True(parsed.IsPrompt, $"{parsed.Problem?.Fault}");
        return parsed.Prompt;
    }

    private static PromptProblem Refused(string text)
    {
        var parsed = PromptParser.Parse(text, Versions);
        Assert.False(parsed.IsPrompt, $"accepted as {parsed.Prompt}");
        return parsed.Problem;
    }
}
