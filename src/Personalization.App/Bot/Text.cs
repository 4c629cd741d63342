using System.Globalization;
using System.Resources;

namespace Personalization.App.Bot;

/// <summary>
/// Sentences for people in their language. The English one stands in the code and is the key of the others, which are in
/// <c>Texts.{locale}.resx</c>. A sentence that has no translation stays English.
/// </summary>
internal static class Text
{
    private static readonly ResourceManager Translations = new("Personalization.App.Bot.Texts", typeof(Text).Assembly);

    /// <summary>The locales beside English by Discord's names; each has its resource file.</summary>
    public static IReadOnlyList<string> Locales { get; } = ["de"];

    /// <summary>A sentence in the present language; numbers in it are written one way in all languages.</summary>
    public static string Of(FormattableString english) =>
        string.Format(CultureInfo.InvariantCulture, Word(english.Format), english.GetArguments());

    /// <summary>One of two sentences by a number. A language with more forms than two rewords both so that they fit every number.</summary>
    public static string Plural(int count, FormattableString one, FormattableString other) => Of(count == 1 ? one : other);

    /// <summary>A word or sentence that is data, such as the end of a style axis, in the present language.</summary>
    public static string Word(string english) => CultureInfo.CurrentUICulture.Name.Length == 0
        ? english
        : Translations.GetResourceSet(CultureInfo.CurrentUICulture, createIfNotExists: true, tryParents: false)?.GetString(english) ?? english;

    /// <summary>What to set as the present language for a client's locale: English where there is no other text for it.</summary>
    public static CultureInfo LanguageOf(string? locale) =>
        locale is not null && Locales.Contains(locale) ? CultureInfo.GetCultureInfo(locale) : CultureInfo.InvariantCulture;

    /// <summary>Writes something in the language of a client's locale.</summary>
    public static T In<T>(string? locale, Func<T> write)
    {
        var present = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = LanguageOf(locale);
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = present;
        }
    }
}
