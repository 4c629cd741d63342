using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Personalization.Backends.Http;

namespace Personalization.Backends.Tests.Http;

/// <summary>How words stay words, whatever they are.</summary>
public sealed class PromptSyntaxTests
{
    private static readonly PromptSyntax[] All = [PromptSyntax.ComfyUi, PromptSyntax.StableDiffusionWebUi, PromptSyntax.StableDiffusionCpp, PromptSyntax.AiHorde, PromptSyntax.OpenAiImages, PromptSyntax.LikeOpenAiImages];

    // What means something somewhere, and what comes between.
    private static readonly string[] Parts =
    [
        "<", "‹", ">", "›", "lora:x:1", "sd_cpp_extra_args", "/", "(", ")", "[", "]", "\\", ":", "1.3", "#", "##", "|", "embedding", "Embedding:", "AND", "BREAK", " ", "\n", "\0", "\u2028", "cat", "🐈", "é", "{", "}", "\"", ",",
    ];

    private static readonly Gen<string> Hostile = Gen.Int[0, Parts.Length - 1].Array[0, 12].Select(picked => string.Concat(picked.Select(one => Parts[one])));

    [Fact]
    public void No_tag_no_order_and_no_control_character_is_left_of_anything() =>
        Hostile.Sample(text =>
        {
            foreach (var syntax in All)
            {
                var escaped = syntax.Escape(text);
                Assert.DoesNotMatch(@"[<‹][/\w]", escaped);
                Assert.DoesNotMatch(@"[\p{Cc}\u2028\u2029]", escaped);
            }

            Assert.DoesNotContain("###", PromptSyntax.AiHorde.Escape(text));
            Assert.DoesNotContain("embedding:", PromptSyntax.ComfyUi.Escape(text), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("embedding:", PromptSyntax.AiHorde.Escape(text), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("|", PromptSyntax.OpenAiImages.Escape(text));
            Assert.DoesNotContain("|", PromptSyntax.LikeOpenAiImages.Escape(text));
            Assert.DoesNotMatch(@"\b(AND|BREAK)\b", PromptSyntax.LikeOpenAiImages.Escape(text));
            Assert.DoesNotMatch(@"\b(AND|BREAK)\b", PromptSyntax.StableDiffusionWebUi.Escape(text));
        });

    [Fact]
    public void The_servers_own_readers_find_neither_weights_nor_brackets() =>
        Hostile.Sample(text =>
        {
            Assert.DoesNotMatch(@"[()]", AsComfyUiReads(PromptSyntax.ComfyUi.Escape(text)));
            Assert.DoesNotMatch(@"[()\[\]\\]", AsTheWebUiReads(PromptSyntax.StableDiffusionWebUi.Escape(text)));
            Assert.DoesNotMatch(@"[()\[\]\\]", AsTheWebUiReads(PromptSyntax.LikeOpenAiImages.Escape(text)));
        });

    [Fact]
    public void Weights_are_written_alike_everywhere()
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

    // ComfyUI's escape_important takes these two out before it looks for weights.
    private static string AsComfyUiReads(string prompt) => prompt.Replace(@"\)", "", StringComparison.Ordinal).Replace(@"\(", "", StringComparison.Ordinal);

    // AUTOMATIC1111's re_attention takes a backslash with whatever of these follows it, from left to right.
    private static string AsTheWebUiReads(string prompt) => Regex.Replace(prompt, @"\\[()\[\]\\]", "", RegexOptions.NonBacktracking);
}
