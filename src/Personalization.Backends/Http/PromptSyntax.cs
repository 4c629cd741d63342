using System.Text.RegularExpressions;

namespace Personalization.Backends.Http;

/// <summary>
/// How a server reads a prompt. What a person writes is text: whatever the server would take as an order to itself (a LoRA,
/// an embedding, a weight, its own negative mark) is written so that it stays words.
/// </summary>
internal abstract partial class PromptSyntax
{
    /// <summary>ComfyUI: <c>(word:1.2)</c> and <c>embedding:name</c>.</summary>
    public static PromptSyntax ComfyUi { get; } = new ComfyUiSyntax();

    /// <summary>AUTOMATIC1111, Forge and SD.Next: round and square brackets, <c>&lt;lora:name:1&gt;</c>, <c>AND</c>, <c>BREAK</c>.</summary>
    public static PromptSyntax StableDiffusionWebUi { get; } = new WebUiSyntax();

    /// <summary>stable-diffusion.cpp: as the web UI's, and <c>&lt;sd_cpp_extra_args&gt;</c>.</summary>
    public static PromptSyntax StableDiffusionCpp { get; } = StableDiffusionWebUi;

    /// <summary>AI Horde: ComfyUI's, and <c>###</c> before the negative.</summary>
    public static PromptSyntax AiHorde { get; } = new AiHordeSyntax();

    /// <summary>OpenAI Images: sentences, in which brackets are brackets.</summary>
    public static PromptSyntax OpenAiImages { get; } = new SentenceSyntax();

    /// <summary>
    /// What speaks like OpenAI Images: sd-server reads as it does elsewhere, LocalAI has <c>|</c> before the negative. Where a
    /// model that reads sentences stands behind, a few backslashes do it no harm.
    /// </summary>
    public static PromptSyntax LikeOpenAiImages { get; } = new LikeOpenAiSyntax();

    /// <summary>The text as words alone. Text without any syntax is returned as it is.</summary>
    public string Escape(string text) => EscapeSyntax(Controls().Replace(text, " "));

    /// <summary>A phrase of ours, already escaped, at a weight.</summary>
    public static string Weigh(string phrase, double weight) => FormattableString.Invariant($"({phrase}:{weight:0.##})");

    protected abstract string EscapeSyntax(string text);

    // No server's tag survives a space after its bracket.
    private static string WithoutTags(string text) => Tags().Replace(text, "< ${first}");

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]", RegexOptions.NonBacktracking)]
    private static partial Regex Controls();

    [GeneratedRegex(@"[<‹](?<first>[/\w])", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    private sealed partial class ComfyUiSyntax : PromptSyntax
    {
        protected override string EscapeSyntax(string text) => Brackets().Replace(Embeddings().Replace(WithoutTags(text), "${word} :"), @"\$0");

        [GeneratedRegex("[()]", RegexOptions.NonBacktracking)]
        private static partial Regex Brackets();

        [GeneratedRegex("(?<word>embedding):", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
        private static partial Regex Embeddings();
    }

    private sealed partial class WebUiSyntax : PromptSyntax
    {
        protected override string EscapeSyntax(string text) =>
            Keywords().Replace(Brackets().Replace(WithoutTags(text), @"\$0"), word => word.Value.ToLowerInvariant());

        [GeneratedRegex(@"[()\[\]\\]", RegexOptions.NonBacktracking)]
        private static partial Regex Brackets();

        [GeneratedRegex(@"\b(AND|BREAK)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
        private static partial Regex Keywords();
    }

    private sealed class AiHordeSyntax : PromptSyntax
    {
        // Replacing goes from left to right past what it has replaced, so that a run of marks needs two rounds.
        protected override string EscapeSyntax(string text) =>
            ComfyUi.Escape(text).Replace("##", "# #", StringComparison.Ordinal).Replace("##", "# #", StringComparison.Ordinal);
    }

    private sealed class SentenceSyntax : PromptSyntax
    {
        protected override string EscapeSyntax(string text) => WithoutTags(text).Replace('|', '¦');
    }

    private sealed class LikeOpenAiSyntax : PromptSyntax
    {
        protected override string EscapeSyntax(string text) => StableDiffusionCpp.Escape(text).Replace('|', '¦');
    }
}
