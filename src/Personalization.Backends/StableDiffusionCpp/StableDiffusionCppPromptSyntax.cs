using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionWebUi;

namespace Personalization.Backends.StableDiffusionCpp;

/// <summary>stable-diffusion.cpp: the syntax of the web UI, and the tag <c>&lt;sd_cpp_extra_args&gt;</c>, which is broken as all tags are.</summary>
internal sealed class StableDiffusionCppPromptSyntax : PromptSyntax
{
    public static StableDiffusionCppPromptSyntax Instance { get; } = new();

    protected override string EscapeSyntax(string text) => WebUiPromptSyntax.Instance.Escape(text);
}
