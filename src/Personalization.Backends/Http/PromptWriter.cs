using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>Puts a request into a server's words: the prompt first, then what the taste adds.</summary>
internal static class PromptWriter
{
    /// <summary>
    /// The prompt, with the taste's words at their weights where the server has weights. Where it has no negative, what the
    /// person wants kept out is said here, and what the taste avoids is left unsaid: naming a thing tends to bring it in.
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

    /// <summary>What to keep out, for servers that take it; empty when there is nothing.</summary>
    public static string Negative(ImageRequest request, PromptSyntax syntax) =>
        string.Join(", ", request.Avoid.Concat(request.Dislikes).Select(syntax.Escape));
}
