using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>Writes a request as text in a server's syntax: first the prompt, then what the taste adds.</summary>
internal static class PromptWriter
{
    /// <summary>
    /// The prompt and the taste's additions, with weights if the server supports them. If it has no negative prompt, what the
    /// person excludes is written as "without ..." and what the taste dislikes is left out: a model tends to paint what is named.
    /// </summary>
    public static string Positive(ImageRequest request, PromptSyntax syntax, BackendCapabilities capabilities)
    {
        var parts = new List<string> { syntax.Escape(request.Text) };
        parts.AddRange(request.Additions.Select(addition => capabilities.Weights
            ? PromptSyntax.Weigh(syntax.Escape(addition.Phrase), addition.Weight)
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
