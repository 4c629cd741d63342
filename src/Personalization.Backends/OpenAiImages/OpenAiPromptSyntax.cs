using Personalization.Backends.Http;

namespace Personalization.Backends.OpenAiImages;

/// <summary>OpenAI Images: sentences, in which brackets have no meaning.</summary>
internal sealed class OpenAiPromptSyntax : PromptSyntax
{
    public static OpenAiPromptSyntax Instance { get; } = new();

    protected override string EscapeSyntax(string text) => BreakTags(text).Replace('|', '¦');
}
