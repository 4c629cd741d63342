using System.Text;
using System.Text.RegularExpressions;

namespace Personalization.Imagine.Backends;

/// <summary>What a server responded, for an operator's log: on one line, shortened, and without the words of the prompt, which servers quote.</summary>
internal static partial class ServerWords
{
    private const int MaxLength = 200;
    private const string Gap = "…";

    // Found in nearly all prompts and messages: they say nothing about a prompt.
    private static readonly HashSet<string> Common = new(
        ["a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "no", "not", "of", "on", "or", "that", "the", "this", "to", "was", "with"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The response without any word that the request has, also within other words, and without words in other letters than
    /// those of ASCII, escaped or not, which may be a part of a prompt in a script without spaces.
    /// </summary>
    /// <param name="response">What the server responded; may be empty.</param>
    /// <returns>At most 200 characters; a gap is an ellipsis.</returns>
    public static string Without(ImageRequest request, string response)
    {
        string[] texts = [request.Text, .. request.Avoid, .. request.Dislikes, .. request.Additions.Select(addition => addition.Phrase)];
        var words = texts
            .SelectMany(text => Words().Matches(text))
            .Select(word => word.Value)
            .Where(word => !Common.Contains(word))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(word => word.Length);
        var kept = Words().Replace(response, word => Ascii.IsValid(word.Value) && !word.Value.Contains('\\', StringComparison.Ordinal) ? word.Value : Gap);
        foreach (var word in words)
        {
            // Of one or two letters: only as a whole word, since most messages have them within others.
            kept = word.Length > 2
                ? kept.Replace(word, Gap, StringComparison.OrdinalIgnoreCase)
                : Words().Replace(kept, other => string.Equals(other.Value, word, StringComparison.OrdinalIgnoreCase) ? Gap : other.Value);
        }

        var line = Gaps().Replace(Breaks().Replace(kept, " "), Gap).Trim();
        return line.Length <= MaxLength ? line : line[..(MaxLength - Gap.Length)] + Gap;
    }

    // With JSON's escapes, in which servers quote other letters within a message.
    [GeneratedRegex(@"([\p{L}\p{M}\p{N}]|\\u[0-9A-Fa-f]{4})+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex("…([ ,]*…)+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Gaps();
}
