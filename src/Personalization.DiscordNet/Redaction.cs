using System.Text.RegularExpressions;
using Discord;

namespace Personalization.DiscordNet;

/// <summary>Texts of Discord.Net without the tokens of interactions, which its paths hold.</summary>
internal static partial class Redaction
{
    public static string Of(string text) => Token().Replace(text, "${path}/{token}");

    /// <summary>A line of Discord.Net's log, with the causes that its message leaves out.</summary>
    public static string Of(LogMessage message)
    {
        List<string> parts = message.Message is { } text ? [text] : [];
        for (var cause = message.Exception; cause is not null; cause = cause.InnerException)
        {
            parts.Add($"{cause.GetType().Name}: {cause.Message}");
        }

        return Of($"Discord.Net: {message.Source}: {string.Join(": ", parts)}");
    }

    [GeneratedRegex(@"(?<path>(interactions|webhooks)/\d+)/[^/?\s]+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
