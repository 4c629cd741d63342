using System.Text;

namespace Personalization.Imagine;

/// <summary>Text in which whole words and phrases are found, whatever their case and whatever stands between the words.</summary>
internal sealed class SpokenText(params IEnumerable<string> texts)
{
    // A separator that no phrase holds keeps phrases from being found across two texts.
    private readonly string _words = string.Concat(texts.Select(text => Normalize(text) + "|"));

    /// <summary>Whether the text has these words in this order, next to each other. "art" is not in "party".</summary>
    public bool Mentions(string phrase)
    {
        var words = Normalize(phrase);
        return words.Length > 1 && _words.Contains(words, StringComparison.Ordinal);
    }

    /// <summary>Whether the text has any of the phrase's words that is long enough to mean something.</summary>
    public bool SharesWordWith(string phrase)
    {
        // "in", "and", "of" are in everything.
        const int ShortestMeaningful = 4;

        return Normalize(phrase)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.Length >= ShortestMeaningful && Mentions(word));
    }

    /// <summary>Lower-case words, each with one space on either side.</summary>
    private static string Normalize(string text)
    {
        var words = new StringBuilder(" ");
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                words.Append(char.ToLowerInvariant(character));
            }
            else if (words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }
}
