using System.Text.RegularExpressions;

namespace Personalization.Backends.Http;

/// <summary>
/// How a server parses a prompt. Text from people stays text: whatever the server would interpret as syntax (a LoRA, an
/// embedding, a weight, a separator before the negative) is escaped. Each server's syntax stands in its backend's folder.
/// </summary>
internal abstract partial class PromptSyntax
{
    /// <summary>The text without the server's syntax and without control characters; unchanged if it contains neither.</summary>
    public string Escape(string text) => EscapeSyntax(ControlCharacters().Replace(text, " "));

    /// <summary>Gives a phrase a weight, such as <c>(soft light:0.85)</c>.</summary>
    /// <param name="phrase">Escaped.</param>
    public static string Weigh(string phrase, double weight) => FormattableString.Invariant($"({phrase}:{weight:0.##})");

    /// <param name="text">Without control characters.</param>
    protected abstract string EscapeSyntax(string text);

    /// <summary>Breaks tags such as <c>&lt;lora:name:1&gt;</c>: no server recognizes one with a space after its bracket.</summary>
    protected static string BreakTags(string text) => Tags().Replace(text, "< ${first}");

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]", RegexOptions.NonBacktracking)]
    private static partial Regex ControlCharacters();

    [GeneratedRegex(@"[<‹](?<first>[/\w])", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
