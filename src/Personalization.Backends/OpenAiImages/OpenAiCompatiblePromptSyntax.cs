using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionCpp;

namespace Personalization.Backends.OpenAiImages;

/// <summary>
/// Servers with OpenAI's interface: sd-server parses prompts as it does in its own interface, LocalAI has <c>|</c> before the
/// negative. If the model behind it reads sentences, the backslashes do no harm.
/// </summary>
internal sealed class OpenAiCompatiblePromptSyntax : PromptSyntax
{
    public static OpenAiCompatiblePromptSyntax Instance { get; } = new();

    protected override string EscapeSyntax(string text) => StableDiffusionCppPromptSyntax.Instance.Escape(text).Replace('|', '¦');
}
