using System.Text;

namespace Personalization.Imagine;

/// <summary>
/// Text in which words and phrases are found as people write them: in any case, with a hyphen or a space between, in British
/// or American spelling, and with the endings that English gives a word.
/// </summary>
/// <remarks>
/// The rule is simple, so that its result is predictable for the author of a word list. A word matches itself and its forms
/// with one of <see cref="Endings"/> ("fog" matches "foggy", "haze" "hazily", "dim" "dimmed"), also with one of
/// <see cref="Prefixes"/> in front ("decorated" matches "undecorated"). It matches neither the words it is derived from nor
/// compounds: "airy" is not found in "hot air", "light" not in "lighthouse".
/// </remarks>
internal sealed class StyleWordMatcher
{
    private const int MinStemLength = 3;

    // Longer runs are not English words, and would have as many stems as letters.
    private const int MaxInflectedLength = 40;

    private static readonly string[] Endings = ["s", "es", "ed", "ing", "er", "est", "y", "ly", "ally", "ish", "ness", "less", "ful"];

    private static readonly string[] Prefixes = ["un", "over", "under", "hyper", "ultra", "super", "semi", "multi"];

    // They look like forms of unrelated words: "busy", "blaze", "matte", "lit", "fine", "tin", "wild".
    private static readonly HashSet<string> NotForms = new(StringComparer.Ordinal)
    {
        "blazer", "blazers", "business", "businesses", "finish", "finishing", "glasses", "jumper", "jumpers", "liner", "liners", "litter", "matter", "matters",
        "penny", "portray", "portrayed", "portraying", "portrays", "tiny", "washing", "wilderness",
    };

    // "grey" and "colour" are written in two ways, in every compound.
    private static readonly (string British, string American)[] Spellings = [("colour", "color"), ("grey", "gray")];

    // Each word of each text with all that it may be a form of, and nothing between two texts, so that no phrase spans them.
    private readonly List<HashSet<string>> _words = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public StyleWordMatcher(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            _words.AddRange(Words(text).Select(Meanings));
            _words.Add([]);
        }

        _said.UnionWith(_words.SelectMany(meanings => meanings));
    }

    /// <summary>Whether the text has these words, or forms of them, in this order and next to each other. "art" is not in "party".</summary>
    public bool Mentions(string phrase) => Mentions(Words(phrase));

    /// <summary>The same for a phrase whose <see cref="Words"/> are known.</summary>
    public bool Mentions(string[] phrase) =>
        Array.TrueForAll(phrase, _said.Contains) && Has(phrase, (meanings, word) => meanings.Contains(word));

    /// <summary>The same where the phrase is a person's, in which the words may have endings, too: "shadows" is in "shadowy tones".</summary>
    public bool MentionsAnyFormOf(string phrase) => Has(Words(phrase), (meanings, word) => meanings.Overlaps(Meanings(word)));

    /// <summary>Whether the text and the phrase have a word in common, in whatever form, that is long enough to mean something.</summary>
    public bool SharesWordWith(string phrase)
    {
        // "in", "and", "of" are in everything.
        const int MinMeaningfulLength = 4;

        return Words(phrase).Any(word => word.Length >= MinMeaningfulLength && Meanings(word).Overlaps(_said));
    }

    private bool Has(string[] phrase, Func<HashSet<string>, string, bool> isSaidBy) => phrase.Length > 0
        && Enumerable.Range(0, Math.Max(0, _words.Count - phrase.Length))
            .Any(place => phrase.Index().All(word => isSaidBy(_words[place + word.Index], word.Item)));

    /// <summary>The word itself and every word that it may be a form of, though not all of them exist.</summary>
    private static HashSet<string> Meanings(string word)
    {
        var meanings = new HashSet<string>(StringComparer.Ordinal) { word };
        if (word.Length > MaxInflectedLength || NotForms.Contains(word))
        {
            return meanings;
        }

        AddStems(word, meanings);
        foreach (var prefix in Prefixes.Where(prefix => word.StartsWith(prefix, StringComparison.Ordinal) && word.Length >= prefix.Length + MinStemLength))
        {
            AddMeaning(word[prefix.Length..], meanings);
        }

        return meanings;
    }

    private static void AddMeaning(string word, HashSet<string> meanings)
    {
        if (meanings.Add(word))
        {
            AddStems(word, meanings);
        }
    }

    private static void AddStems(string word, HashSet<string> meanings)
    {
        foreach (var stem in Endings.Where(ending => IsEnding(word, ending)).SelectMany(ending => Stems(word[..^ending.Length], ending)))
        {
            AddMeaning(stem, meanings);
        }
    }

    private static bool IsEnding(string word, string ending) =>
        word.Length - ending.Length >= MinStemLength && word.EndsWith(ending, StringComparison.Ordinal)
        && (ending != "es" || word[^3] is 's' or 'x' or 'z' or 'h' or 'o' or 'i');

    /// <summary>What stood before an ending: "dark" of "darkness", "haze" of "hazy", "dim" of "dimmed", "gloomy" of "gloomiest".</summary>
    private static IEnumerable<string> Stems(string stem, string ending)
    {
        yield return stem;
        if (stem[^1] == 'i')
        {
            yield return stem[..^1] + "y";
        }

        if (ending[0] is not ('e' or 'i' or 'y'))
        {
            yield break;
        }

        yield return stem + "e";
        if (stem.Length > MinStemLength && stem[^1] == stem[^2])
        {
            yield return stem[..^1];
        }
    }

    /// <summary>Lower-case runs of letters and digits; "&amp;" is "and".</summary>
    public static string[] Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                words.Append(char.ToLowerInvariant(character));
            }
            else
            {
                words.Append(character == '&' ? " and " : " ");
            }
        }

        foreach (var (british, american) in Spellings)
        {
            words.Replace(british, american);
        }

        return words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
