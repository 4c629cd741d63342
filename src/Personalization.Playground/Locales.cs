namespace Personalization.Playground;

/// <summary>The languages that Discord's clients have.</summary>
internal static class Locales
{
    private const string Standard = "en-US";

    /// <summary>Discord's names of them (https://discord.com/developers/docs/reference#locales).</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "id", "da", "de", "en-GB", Standard, "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE",
        "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
    ];

    /// <summary>Discord's name of a browser's language: <c>de</c> for <c>de-AT</c>; <c>en-US</c> where Discord does not have it.</summary>
    public static string Nearest(string? language)
    {
        var wanted = language ?? "";
        return Names.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? Names.FirstOrDefault(name => name != "en-GB" && Tongue(name).Equals(Tongue(wanted), StringComparison.OrdinalIgnoreCase))
            ?? Standard;
    }

    private static string Tongue(string language) => language.Split('-')[0];
}
