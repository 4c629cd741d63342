using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>
/// What Midjourney's prompts may contain and ours may not: several prompts in braces, addresses of pictures, and weights of
/// parts. Text in double quotes is none of these.
/// </summary>
internal static partial class ForeignSyntax
{
    private static readonly char[] BetweenAlternatives = [.. ExclusionsParameter.Commas, '|'];
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".bmp"];

    /// <summary>Replaces <c>{red, green}</c> with its first alternative, in one pass. Braces without alternatives, and those of JSON, stay.</summary>
    public static (string Text, PromptFault? Fault) TakeFirstAlternatives(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return (text, null);
        }

        var (quoted, read, open) = (QuoteEnds.Quoted(text), new StringBuilder(), new Stack<(int Source, int Start, int FirstEnd)>());
        PromptFault? fault = null;
        for (var i = 0; i < text.Length; i++)
        {
            var mark = quoted[i] ? '"' : text[i];
            if (mark == '{')
            {
                open.Push((i, read.Length, -1));
            }
            else if (BetweenAlternatives.Contains(mark) && open.TryPeek(out var outer) && outer.FirstEnd < 0)
            {
                open.Pop();
                open.Push((outer.Source, outer.Start, read.Length));
            }
            else if (mark == '}' && open.TryPop(out var group) && group.FirstEnd >= 0)
            {
                var first = read.ToString(group.Start + 1, group.FirstEnd - group.Start - 1).Trim();
                if (!JsonMember().IsMatch(first))
                {
                    fault ??= new PromptFault.Alternatives(text[group.Source..(i + 1)], first);
                    read.Length = group.Start;
                    read.Append(first);
                    continue;
                }
            }

            read.Append(text[i]);
        }

        return (read.ToString(), fault);
    }

    /// <summary>The characters from a word's beginning to its end if it contains an address, else 0.</summary>
    public static int LengthOfAddress(string text, int start)
    {
        var length = TextScan.LengthOfWord(text, start);
        return StartOfAddress(text.AsSpan(start, length)) >= 0 ? length : 0;
    }

    /// <summary>Leaves out addresses; of a link in markdown, its text stays.</summary>
    public static (string Text, PromptFault? Fault) RemoveAddresses(string text)
    {
        var (quoted, kept) = (QuoteEnds.Quoted(text), new StringBuilder());
        PromptFault? fault = null;
        for (var i = 0; i < text.Length;)
        {
            var length = Math.Max(1, TextScan.LengthOfWord(text, i));
            var word = text.AsSpan(i, length);
            var address = quoted[i] ? -1 : StartOfAddress(word);
            if (address >= 0)
            {
                fault ??= new PromptFault.PictureAddress(word[address..].TrimEnd(">)").ToString());
                word = word[..address].Trim("!<([])");
            }

            kept.Append(word);
            i += length;
        }

        return fault is null ? (text, null) : (Spaces().Replace(kept.ToString(), " ").Trim(), fault);
    }

    /// <summary>Leaves out the weights of parts; parts of negative weight are what <c>--no</c> names.</summary>
    public static (string Text, IReadOnlyList<string> Excluded, PromptFault? Fault) RemoveWeights(string text)
    {
        var quoted = QuoteEnds.Quoted(text);
        var (kept, excluded, start) = (new StringBuilder(), new List<string>(), 0);
        PromptFault? fault = null;
        foreach (var match in PartWeight().Matches(text).Where(match => !quoted[match.Index]))
        {
            fault ??= new PromptFault.PartWeight(match.Value);
            var part = text[start..match.Index].Trim();
            start = match.Index + match.Length;
            if (match.Groups["minus"].Success)
            {
                excluded.Add(part.Trim(' ', ',', '.', ';'));
            }
            else
            {
                Join(kept, part);
            }
        }

        Join(kept, text[start..].Trim());
        return fault is null ? (text, [], null) : (kept.ToString(), excluded, fault);
    }

    private static void Join(StringBuilder text, string part)
    {
        var isPunctuation = part.Length > 0 && char.GetUnicodeCategory(part[0]) is UnicodeCategory.OtherPunctuation;
        text.Append(text.Length > 0 && part.Length > 0 && !isPunctuation ? " " : "").Append(part);
    }

    /// <summary>The index of a scheme, or of a name of a host with the path of a picture; -1 if a word has neither.</summary>
    private static int StartOfAddress(ReadOnlySpan<char> word)
    {
        var scheme = word.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
        {
            var start = scheme;
            while (start > 0 && char.IsAsciiLetterOrDigit(word[start - 1]))
            {
                start--;
            }

            return start < scheme ? start : -1;
        }

        if (word.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var (slash, query) = (word.IndexOf('/'), word.IndexOfAny('?', '#'));
        var path = (query < 0 ? word : word[..query]).TrimEnd(">)].,");
        return slash > 3 && word[..slash].Contains('.') && EndsLikePicture(path) ? word.IndexOfAnyExcept("<([") : -1;
    }

    private static bool EndsLikePicture(ReadOnlySpan<char> path)
    {
        foreach (var ending in PictureEndings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""^["“][^"”]*["”]\s*:""", RegexOptions.None, 1000)]
    private static partial Regex JsonMember();

    [GeneratedRegex(@"\s{2,}", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    // Two colons, full-width ones and the sign for a proportion; a number right behind them is the weight.
    [GeneratedRegex(@"(?:[:：]{2,}|∷)(?:(?<minus>[\p{Pd}−⁻])?\+?(?:[0-9]+(?:[.,][0-9]+)?|\.[0-9]+)(?![\p{L}\p{N}]))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PartWeight();
}
