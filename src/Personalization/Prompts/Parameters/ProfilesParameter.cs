using System.Globalization;
using Personalization.Codes;

namespace Personalization.Prompts.Parameters;

/// <summary><c>--p</c>: whose taste, as codes with weights; without a value, the person's own.</summary>
internal sealed class ProfilesParameter() : PromptParameter(6, "p", "profile", "personalize")
{
    /// <summary>Characters that people put between codes, where only spaces belong.</summary>
    private static readonly char[] BetweenCodes = [.. ExclusionsParameter.Commas, ';', '+', '&'];

    /// <summary>A bare <c>--p</c> is kept with the code of the person's taste, which is known only when the prompt is run.</summary>
    public override int GrowthWhenRun(Prompt prompt) => prompt.Profiles is { Count: 0 } ? 1 + PersonalizationCode.Length : 0;

    public override bool IsPlain(string next)
    {
        var name = NameOf(PersonalizationCode.Unwrap(next));
        return PromptTokenizer.IsAtEnd(next) || PersonalizationCode.TryParse(name, out _) || PortableCode.IsMeant(name) || ForeignParameters.IsCode(name);
    }

    // It needs no value, and text behind it is kept.
    public override bool IsLikely(string next, IReadOnlyList<string> versions) => true;

    public override ParameterReading Read(ParameterValue value)
    {
        if (DamagedPortable(value.Text) is { } damaged)
        {
            return new(value.Prompt, value.Text.Length, damaged, new ExpectedValue.UndamagedCodes(), IsAmbiguous: true);
        }

        var profiles = new List<WeightedCode>();
        var (invalid, expected) = (default(string), (ExpectedValue)new ExpectedValue.Codes());
        var (end, areAllRead) = (0, true);
        for (var next = 0; next < value.Text.Length;)
        {
            var start = next + TextScan.LengthOfSpace(value.Text, next);
            next = EndOfCode(value.Text, start);
            var word = value.Text[start..next];
            var bare = word.TrimEnd(BetweenCodes);
            if (bare.Length == 0)
            {
                continue;
            }

            var (profile, instead) = ReadProfile(PromptCharacters.Narrow(bare), profiles);
            if (profile is null && !IsLikeCode(bare, isAlone: next == value.Text.Length && start == 0))
            {
                break;
            }

            instead ??= value.Text.AsSpan(end, start - end).ContainsAny(BetweenCodes) || bare != word ? new ExpectedValue.CodesSeparatedBySpaces() : null;
            if (instead is not null && invalid is null)
            {
                (invalid, expected) = (word, instead);
            }

            if (profile is not null && profiles.Count < Prompt.MaxProfiles && profiles.TrueForAll(known => known.Code != profile.Code))
            {
                profiles.Add(profile);
            }

            areAllRead &= profile is not null;
            end = next;
        }

        return Balance(new(value.Prompt with { Profiles = profiles }, end, invalid, expected), value.Text[..end].Trim(), areAllRead);
    }

    /// <summary>The reading with its weights checked against each other: negative ones may cancel at most half of the positive ones.</summary>
    private static ParameterReading Balance(ParameterReading reading, string written, bool areAllRead)
    {
        var profiles = reading.Prompt.Profiles!;
        if (profiles.Count == 0 || Blend.IsBalanced(profiles.Select(profile => profile.Weight)))
        {
            return reading;
        }

        if (profiles.Any(profile => profile.Weight > 0))
        {
            return reading with
            {
                Prompt = reading.Prompt with { Profiles = Balanced(profiles) },
                Invalid = written,
                Expected = new ExpectedValue.BalancedWeights(),
            };
        }

        // Any correction would lead towards the taste that the person wants to avoid. An unreadable code is reported first, as it may be the positive one.
        return areAllRead
            ? reading with
            {
                Invalid = written,
                Expected = new ExpectedValue.PositiveWeight(),
                IsAmbiguous = true,
            }
            : reading with { IsAmbiguous = true };
    }

    /// <summary>The first word that begins like a portable code but cannot be read as one; null if there is none.</summary>
    private static string? DamagedPortable(string text)
    {
        for (var start = TextScan.LengthOfSpace(text, 0); start < text.Length;)
        {
            var end = EndOfCode(text, start);
            var bare = PersonalizationCode.Unwrap(PromptCharacters.Narrow(text[start..end].TrimEnd(BetweenCodes)));
            var name = NameOf(bare);
            if (PortableCode.IsMeant(bare) && !PortableCode.TryParse(name, out _) && !PersonalizationCode.TryParse(name, out _))
            {
                return text[start..end];
            }

            start = end + TextScan.LengthOfSpace(text, end);
        }

        return null;
    }

    /// <summary>The nearest weights that are allowed together: negative ones scaled down, rounded to a hundredth.</summary>
    private static List<WeightedCode> Balanced(IReadOnlyList<WeightedCode> profiles)
    {
        var given = profiles.Sum(profile => Math.Max(0, profile.Weight));
        var share = Blend.MaxNegativeShare * given / profiles.Sum(profile => Math.Max(0, -profile.Weight));
        return
        [
            .. profiles
                .Select(profile => profile.Weight > 0 ? profile : profile with { Weight = Math.Ceiling(100 * share * profile.Weight) / 100 })
                .Where(profile => profile.Weight != 0),
        ];
    }

    /// <summary>The code and weight in a word, without marks around it, and what is expected instead if part of it is invalid.</summary>
    private static (WeightedCode? Profile, ExpectedValue? Instead) ReadProfile(string word, List<WeightedCode> before)
    {
        var bare = PersonalizationCode.Unwrap(word);
        var colon = bare.IndexOf(':', StringComparison.Ordinal);
        var name = NameOf(bare);
        var code = PortableCode.TryParse(name, out var portable) ? CodeIssuer.CodeOf(portable.Snapshot) : default;
        if (portable is null && !PersonalizationCode.TryParse(name, out code))
        {
            return (null, ForeignParameters.IsCode(name) ? new ExpectedValue.CodesOfThisBot(PersonalizationCode.Length) : new ExpectedValue.CodesOfLength(PersonalizationCode.Length));
        }

        var (weight, isExact) = colon < 0 ? (1, true) : ReadWeight(bare[colon..]);
        ExpectedValue? instead = before.Exists(known => known.Code == code) ? new ExpectedValue.EachCodeOnce()
            : before.Count == Prompt.MaxProfiles ? new ExpectedValue.FewerCodes(Prompt.MaxProfiles)
            : !isExact ? new ExpectedValue.Weight(WeightedCode.MinWeight, WeightedCode.MaxWeight)
            : bare != word || (colon >= 0 && name.Length != colon) ? new ExpectedValue.CodesSeparatedBySpaces()
            : null;
        return (new(code, weight) { Portable = portable }, instead);
    }

    /// <summary>The part before a code's weight.</summary>
    private static string NameOf(string bare) =>
        bare.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? PersonalizationCode.Unwrap(bare[..colon]) : bare;

    private static (double Weight, bool IsExact) ReadWeight(string written)
    {
        // Phone keyboards replace the minus sign with several kinds of dash.
        var bare = written.TrimStart(':');
        var size = string.Concat(bare.SkipWhile(PromptCharacters.IsDash));
        var sign = size.Length < bare.Length ? -1 : 1;
        if (written.StartsWith("::", StringComparison.Ordinal)
            && written.Length - bare.Length == 2
            && bare.Length - size.Length <= 1
            && double.TryParse(size, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight is >= WeightedCode.MinWeight and <= WeightedCode.MaxWeight)
        {
            return (sign * weight, true);
        }

        return TryReadLoose(size, out var loose)
            ? (sign * Math.Clamp(loose, WeightedCode.MinWeight, WeightedCode.MaxWeight), false)
            : (1, false);
    }

    /// <summary>A number in any spelling, also as calculators write it ("1e3").</summary>
    private static bool TryReadLoose(string written, out double number)
    {
        if (double.TryParse(written, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number))
        {
            return true;
        }

        var isRead = Spelling.TryReadNumber(written, out var loose);
        number = (double)loose;
        return isRead;
    }

    /// <summary>Whether a word is a mistyped code rather than text that follows the parameter.</summary>
    private static bool IsLikeCode(string word, bool isAlone)
    {
        var name = NameOf(PersonalizationCode.Unwrap(PromptCharacters.Narrow(word)));
        if (name.Length == 0 || ForeignParameters.IsCode(name))
        {
            return name.Length > 0 || word.Contains("::", StringComparison.Ordinal);
        }

        return name.All(char.IsAsciiLetterOrDigit) && (name.Any(char.IsAsciiDigit)
            ? Math.Abs(name.Length - PersonalizationCode.Length) <= 1
            : isAlone && name.Length == PersonalizationCode.Length && name.ToLowerInvariant().All(PersonalizationCode.Alphabet.Contains));
    }

    private static string WriteProfile(WeightedCode profile)
    {
        var code = profile.Portable?.ToString() ?? profile.Code.ToString();
        return profile.Weight == 1 ? code : string.Create(CultureInfo.InvariantCulture, $"{code}::{profile.Weight:R}");
    }

    public override string? Write(Prompt prompt) =>
        prompt.Profiles is null ? null : string.Join(' ', prompt.Profiles.Select(WriteProfile));

    /// <summary>The end of a code and its weight: at a space, or after a mark that separates codes.</summary>
    private static int EndOfCode(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
            if (BetweenCodes.Contains(text[end - 1]) && !IsOfNumber(text, start, end - 1))
            {
                break;
            }
        }

        return end;
    }

    /// <summary>Whether a mark is a weight's plus sign or its decimal comma: "::0,5" is one weight, and a code is longer than a fraction.</summary>
    private static bool IsOfNumber(string text, int start, int mark)
    {
        const int MaxFractionDigits = PersonalizationCode.Length - 2;

        if (mark == start || text[mark] == '+')
        {
            return mark > start && text[mark - 1] == ':';
        }

        var end = mark + 1;
        while (end < text.Length && end - mark <= MaxFractionDigits + 1 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text[mark] == ',' && char.IsAsciiDigit(text[mark - 1]) && text.AsSpan(start, mark - start).Contains(':')
            && end - mark - 1 is > 0 and <= MaxFractionDigits
            && (end == text.Length || !char.IsLetterOrDigit(text[end]));
    }
}
