using System.Text.RegularExpressions;
using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>ComfyUI: <c>(word:1.2)</c> and <c>embedding:name</c>.</summary>
internal sealed partial class ComfyUiPromptSyntax : PromptSyntax
{
    public static ComfyUiPromptSyntax Instance { get; } = new();

    protected override string EscapeSyntax(string text) => Brackets().Replace(Embeddings().Replace(BreakTags(text), "${word} :"), @"\$0");

    [GeneratedRegex("[()]", RegexOptions.NonBacktracking)]
    private static partial Regex Brackets();

    [GeneratedRegex("(?<word>embedding):", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Embeddings();
}
