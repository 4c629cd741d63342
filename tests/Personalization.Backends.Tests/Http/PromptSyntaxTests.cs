using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Personalization.Backends.AiHorde;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.Http;
using Personalization.Backends.OpenAiImages;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;

namespace Personalization.Backends.Tests.Http;

/// <summary>Text from people never becomes syntax of a server.</summary>
public sealed class PromptSyntaxTests
{
    private static readonly PromptSyntax[] All = [ComfyUiPromptSyntax.Instance, WebUiPromptSyntax.Instance, StableDiffusionCppPromptSyntax.Instance, AiHordePromptSyntax.Instance, OpenAiPromptSyntax.Instance, OpenAiCompatiblePromptSyntax.Instance];

    // Syntax of some server, and text between it.
    private static readonly string[] Parts =
    [
        "<", "‹", ">", "›", "lora:x:1", "sd_cpp_extra_args", "/", "(", ")", "[", "]", "\\", ":", "1.3", "#", "##", "|", "embedding", "Embedding:", "AND", "BREAK", " ", "\n", "\0", "\u2028", "cat", "🐈", "é", "{", "}", "\"", ",",
    ];

    private static readonly Gen<string> Hostile = Gen.Int[0, Parts.Length - 1].Array[0, 12].Select(picked => string.Concat(picked.Select(one => Parts[one])));

    [Fact]
    public void Prompt_syntax_removes_tags_keywords_and_control_characters_from_any_text() =>
        Hostile.Sample(text =>
        {
            foreach (var syntax in All)
            {
                var escaped = syntax.Escape(text);
                Assert.DoesNotMatch(@"[<‹][/\w]", escaped);
                Assert.DoesNotMatch(@"[\p{Cc}\u2028\u2029]", escaped);
            }

            Assert.DoesNotContain("###", AiHordePromptSyntax.Instance.Escape(text));
            Assert.DoesNotContain("embedding:", ComfyUiPromptSyntax.Instance.Escape(text), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("embedding:", AiHordePromptSyntax.Instance.Escape(text), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("|", OpenAiPromptSyntax.Instance.Escape(text));
            Assert.DoesNotContain("|", OpenAiCompatiblePromptSyntax.Instance.Escape(text));
            Assert.DoesNotMatch(@"\b(AND|BREAK)\b", OpenAiCompatiblePromptSyntax.Instance.Escape(text));
            Assert.DoesNotMatch(@"\b(AND|BREAK)\b", WebUiPromptSyntax.Instance.Escape(text));
        });

    [Fact]
    public void Prompt_syntax_leaves_no_brackets_to_the_parsers_of_the_servers() =>
        Hostile.Sample(text =>
        {
            Assert.DoesNotMatch(@"[()]", AsComfyUiReads(ComfyUiPromptSyntax.Instance.Escape(text)));
            Assert.DoesNotMatch(@"[()\[\]\\]", AsWebUiReads(WebUiPromptSyntax.Instance.Escape(text)));
            Assert.DoesNotMatch(@"[()\[\]\\]", AsWebUiReads(OpenAiCompatiblePromptSyntax.Instance.Escape(text)));
        });

    [Fact]
    public void Weights_are_written_with_a_point_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;

            Assert.Equal("(soft light:0.85)", PromptSyntax.Weigh("soft light", 0.85));
            Assert.Equal("(soft light:1)", PromptSyntax.Weigh("soft light", 1));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // ComfyUI's escape_important removes these two before it parses weights.
    private static string AsComfyUiReads(string prompt) => prompt.Replace(@"\)", "", StringComparison.Ordinal).Replace(@"\(", "", StringComparison.Ordinal);

    // AUTOMATIC1111's re_attention consumes a backslash together with the bracket or backslash after it, from left to right.
    private static string AsWebUiReads(string prompt) => Regex.Replace(prompt, @"\\[()\[\]\\]", "", RegexOptions.NonBacktracking);
}
