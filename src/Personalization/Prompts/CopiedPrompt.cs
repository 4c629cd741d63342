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
        text = Number().Replace(text, "");
        text = Variation().Replace(text, "");
        text = Command().Replace(text, "");
        text = Title().Replace(text, match => $"{Unescape(match.Groups["text"].Value)} {match.Groups["rest"].Value}");
        text = WholeCode().Replace(text, "${inner}");
        text = WholeQuoted().Replace(text, "${inner}");
        var quoted = QuoteEnds.Quoted(text);
        text = Span().Replace(text, match => !quoted[match.Index] && IsParameter(match) ? $" {match.Groups["inner"].Value} " : match.Value);
        return (EscapedDash().IsMatch(text) ? Unescape(text) : text).Trim();
    }

    private static bool IsParameter(Match span) =>
        PromptParameters.Find(PromptCharacters.Narrow(span.Groups["name"].Value).ToLowerInvariant()) is not null;

    private static string Unescape(string text) =>
        Escape().Replace(text, match => Escapable.Contains(match.Groups["character"].Value, StringComparison.Ordinal) ? match.Groups["character"].Value : match.Value);

    // A quoted message, then "/imagine prompt:" with or without its slash or its option, as a mention, or after one of a bot, or the
    // label of a corrected prompt.
    [GeneratedRegex(@"^(?:>{1,3}\s+|-#\s+\p{L}+:\s+|(?:@\S+|<@!?[0-9]+>)\s+(?=[/!<]\s*(?:/\s*)?imagine\b)|</imagine:[0-9]+>\s*(?:prompt(?:\s*[:：])?\s*)?|imagine\s*[:：]\s*|[*_`~]*(?:[/!]\s*imagine\b[*_`~]*(?:\s*(?:/\s*)?prompt\b)?[*_`~]*(?:\s*[:：])?|imagine\s+(?:/\s*)?prompt\s*[:：]|prompt\s*[:：])[*_`~]*\s*)+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    // Bold text, in which every other asterisk is escaped; before it, a line about it in small print or below a heading; at the end, what
    // Midjourney's answers say of who asked: " - Image #1 @Ada (fast)".
    [GeneratedRegex(@"^(?:-#[^*]*|###\s.*?:\s)?\*\*(?<text>(?:\\.|[^\\*])+)\*\*\s*(?<rest>.*?)(?:(?:(?<!\s)\s+)?-\s(?:Image\s#[0-9]\s|[A-Z][A-Za-z ]*(?:\([A-Za-z]+\)\s)?by\s)?(?:<@!?[0-9]+>|@\S+)(?:\s\([a-z, ]+\))?)?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Title();

    // The line under a title, such as "Seed 7 · 512 × 512 · Painter", in any language.
    [GeneratedRegex(@"(?:^|\s)(?:-#\s*)?\p{L}+\s[0-9]+ · [0-9]+ × [0-9]+ · .*$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Details();

    // The end of a single picture's title, such as " · picture 2".
    [GeneratedRegex(@"\s·\s\p{L}+\s[1-4]$", RegexOptions.None, 1000)]
    private static partial Regex Number();

    // The line above a title where its small print is lost, as in a browser's selection: "Variation of picture 2", in any language.
    [GeneratedRegex(@"^Variation \p{L}+ \p{L}+ [1-4]\s+(?=\S)", RegexOptions.None, 1000)]
    private static partial Regex Variation();

    [GeneratedRegex(@"^`+(?<inner>[^`]+)`+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeCode();

    // In single quotes, as a shell takes it.
    [GeneratedRegex(@"^(?:'(?<inner>[^']+)'|[‘‚](?<inner>[^‘’‚]+)[’‘])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeQuoted();

    // Parameters in code marks or brackets.
    [GeneratedRegex(@"`{1,3}\s*(?<inner>[-‐‑‒–—―−]{1,3}(?<name>(?>\p{L}+))[^`]*)`{1,3}|(?<=^|\s)[(\[]\s*(?<inner>[-‐‑‒–—―−]{1,3}(?<name>(?>\p{L}+))[^()\[\]]*)[)\]]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    // The bot escapes hyphens; people do not.
    [GeneratedRegex(@"\\-", RegexOptions.None, 1000)]
    private static partial Regex EscapedDash();

    [GeneratedRegex(@"\\(?<character>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
