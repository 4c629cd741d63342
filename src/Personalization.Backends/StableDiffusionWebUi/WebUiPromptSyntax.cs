using System.Text.RegularExpressions;
using Personalization.Backends.Http;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>AUTOMATIC1111, Forge and SD.Next: round and square brackets, <c>&lt;lora:name:1&gt;</c>, <c>AND</c>, <c>BREAK</c>.</summary>
internal sealed partial class WebUiPromptSyntax : PromptSyntax
{
    public static WebUiPromptSyntax Instance { get; } = new();

    protected override string EscapeSyntax(string text) =>
        Keywords().Replace(Brackets().Replace(BreakTags(text), @"\$0"), word => word.Value.ToLowerInvariant());

    [GeneratedRegex(@"[()\[\]\\]", RegexOptions.NonBacktracking)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\b(AND|BREAK)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Keywords();
}
