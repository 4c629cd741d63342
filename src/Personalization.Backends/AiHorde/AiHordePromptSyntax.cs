using Personalization.Backends.ComfyUi;
using Personalization.Backends.Http;

namespace Personalization.Backends.AiHorde;

/// <summary>AI Horde: the syntax of ComfyUI, and <c>###</c> before the negative.</summary>
internal sealed class AiHordePromptSyntax : PromptSyntax
{
    public static AiHordePromptSyntax Instance { get; } = new();

    // Replace continues after each replacement, so that a run of marks needs a second pass.
    protected override string EscapeSyntax(string text) => ComfyUiPromptSyntax.Instance.Escape(text)
        .Replace("##", "# #", StringComparison.Ordinal)
        .Replace("##", "# #", StringComparison.Ordinal);
}
