using System.Text.RegularExpressions;

namespace Personalization.DiscordNet;

/// <summary>Texts of Discord.Net without the tokens of interactions, which its paths hold.</summary>
internal static partial class Redaction
{
    public static string Of(string text) => Token().Replace(text, "${path}/{token}");

    [GeneratedRegex(@"(?<path>(interactions|webhooks)/\d+)/[^/?\s]+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
