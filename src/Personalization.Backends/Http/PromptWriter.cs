using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>Writes a request as text in a server's syntax: first the prompt, then what the taste adds.</summary>
internal static class PromptWriter
{
    // Text encoders hardly show a phrase at less than half of its weight, and distort a picture where several have more than
    // 1.3. So a phrase of full effect is emphasized by 1.2, and one of hardly any by 0.6.
    private const double MinEmphasis = 0.6;
    private const double MaxEmphasis = 1.2;

    /// <summary>
    /// The prompt and the taste's additions, with weights if the server supports them. If it has no negative prompt, what the
    /// person excludes is written as "without ..." and what the taste dislikes is left out: a model tends to paint what is named.
    /// </summary>
    public static string Positive(ImageRequest request, PromptSyntax syntax, BackendCapabilities capabilities)
    {
        var parts = new List<string> { syntax.Escape(request.Text) };
        parts.AddRange(request.Additions.Select(addition => capabilities.Weights
            ? PromptSyntax.Weigh(syntax.Escape(addition.Phrase), MinEmphasis + ((MaxEmphasis - MinEmphasis) * addition.Weight))
            : syntax.Escape(addition.Phrase)));
        if (!capabilities.Negative)
        {
            parts.AddRange(request.Avoid.Select(unwanted => $"without {syntax.Escape(unwanted)}"));
        }

        return string.Join(", ", parts);
    }

    /// <summary>What the person excludes and the taste dislikes, for servers with a negative prompt; empty if there is nothing.</summary>
    public static string Negative(ImageRequest request, PromptSyntax syntax) =>
        string.Join(", ", request.Avoid.Concat(request.Dislikes).Select(syntax.Escape));
}
