using System.Text;

namespace Personalization.App.Bot;

/// <summary>Keeps what people write from being read as Discord's markdown.</summary>
internal static class Markdown
{
    private const string Special = @"\*_~`|>#-[]()<@:";

    /// <summary>The text with every special character escaped, cut to <paramref name="length"/> of its own characters.</summary>
    public static string Escape(string text, int length = int.MaxValue)
    {
        var shown = Cut(text, length);
        var escaped = new StringBuilder(shown.Length);
        foreach (var character in shown)
        {
            if (Special.Contains(character))
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>The text, or its beginning and an ellipsis, of at most <paramref name="length"/> UTF-16 units; no pair is split.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
