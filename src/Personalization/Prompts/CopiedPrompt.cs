using System.Text.RegularExpressions;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>
/// Takes the wrapping off a prompt that was copied with it: a command typed into its own option, the title of one of the bot's
/// answers with its markdown, or marks of code and brackets around parameters.
/// </summary>
/// <remarks>No pattern tries two ways to divide one run of characters: each takes time linear in the text.</remarks>
internal static partial class CopiedPrompt
{
    private const string Escapable = @"\*_~`|>#-[]()<@:";

    /// <summary>Each wrapping hides at most one other.</summary>
    private const int MaxLayers = 16;

    public static string Unwrap(string text)
    {
        for (var layer = 0; layer < MaxLayers; layer++)
        {
            var inner = UnwrapOnce(text.Trim());
            if (inner == text)
            {
                break;
            }

            text = inner;
        }

        return text;
    }

    private static string UnwrapOnce(string text)
    {
        text = Details().Replace(text, "");
        text = Command().Replace(text, "");
        text = Title().Replace(text, match => $"{Unescape(match.Groups["text"].Value)} {match.Groups["rest"].Value}");
        text = WholeCode().Replace(text, "${inner}");
        var quoted = QuoteEnds.Quoted(text);
        text = Span().Replace(text, match => !quoted[match.Index] && IsParameter(match) ? $" {match.Groups["inner"].Value} " : match.Value);
        return (EscapedDash().IsMatch(text) ? Unescape(text) : text).Trim();
    }

    private static bool IsParameter(Match span) =>
        PromptParameters.Find(PromptCharacters.Narrow(span.Groups["name"].Value).ToLowerInvariant()) is not null;

    private static string Unescape(string text) =>
        Escape().Replace(text, match => Escapable.Contains(match.Groups["character"].Value, StringComparison.Ordinal) ? match.Groups["character"].Value : match.Value);

    // A quoted message, then "/imagine prompt:" with or without its slash or its option, or the label of a corrected prompt.
    [GeneratedRegex(@"^(?:>{1,3}\s+|-#\s+\p{L}+:\s+|[*_`~]*(?:/\s*imagine\b[*_`~]*(?:\s*(?:/\s*)?prompt\b)?[*_`~]*(?:\s*[:：])?|imagine\s+(?:/\s*)?prompt\s*[:：]|prompt\s*[:：])[*_`~]*\s*)+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    // Bold text, in which every other asterisk is escaped; before it, the line about a variation; at the end, the number of a single picture.
    [GeneratedRegex(@"^(?:-#[^*]*)?\*\*(?<text>(?:\\.|[^\\*])+)\*\*\s*(?<rest>.*?)(?:(?:(?<!\s)\s+)?·\s\p{L}+\s[0-9]+)?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Title();

    // The line under a title, such as "Seed 7 · 512 × 512 · Painter", in any language.
    [GeneratedRegex(@"(?:^|\s)(?:-#\s*)?\p{L}+\s[0-9]+ · [0-9]+ × [0-9]+ · .*$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Details();

    [GeneratedRegex(@"^`+(?<inner>[^`]+)`+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeCode();

    // Parameters in code marks or brackets.
    [GeneratedRegex(@"`{1,3}\s*(?<inner>[-‐‑‒–—―−]{1,3}(?<name>(?>\p{L}+))[^`]*)`{1,3}|(?<=^|\s)[(\[]\s*(?<inner>[-‐‑‒–—―−]{1,3}(?<name>(?>\p{L}+))[^()\[\]]*)[)\]]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    // The bot escapes hyphens; people do not.
    [GeneratedRegex(@"\\-", RegexOptions.None, 1000)]
    private static partial Regex EscapedDash();

    [GeneratedRegex(@"\\(?<character>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
