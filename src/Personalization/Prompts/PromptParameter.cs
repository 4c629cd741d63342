using System.Globalization;
using Personalization.Codes;

namespace Personalization.Prompts;

/// <summary>
/// The parameters of the prompt language: how each is spelt, read and written. A new one is an entry of <see cref="All"/>
/// and a property of <see cref="Prompt"/>.
/// </summary>
internal sealed class PromptParameter
{
    private static readonly char[] Commas = [',', '，', '、'];

    // What people put between codes, where only spaces belong.
    private static readonly char[] BetweenCodes = [.. Commas, ';', '+', '&'];

    private const string ExampleCode = "k7m2xq4d";
    private const string OtherCode = "abcd2345";
    private const string WholeCodes = "portable codes in one piece: this one is damaged, a character of it wrong or missing, or was made by a later version of the bot. Copy it once more";
    private const string OnlySpaces = "codes with nothing but spaces between them";

    public static readonly PromptParameter No = new(["no"], ReadExclusions, WriteExclusions);

    /// <summary>In the order in which the canonical form writes them.</summary>
    public static readonly IReadOnlyList<PromptParameter> All =
    [
        No,
        new(["ar", "aspect"], ReadAspectRatio, prompt => prompt.AspectRatio == default ? null : prompt.AspectRatio.ToString()),
        new(["v", "version"], ReadVersion, prompt => prompt.Version),
        new(["seed"], ReadSeed, prompt => prompt.Seed?.ToString(CultureInfo.InvariantCulture)),
        new(["s", "stylize"], ReadStylize, prompt => prompt.Stylize == default ? null : prompt.Stylize.ToString()),
        new(["p", "profile", "personalize"], ReadProfiles, WriteProfiles),
    ];

    private static readonly Dictionary<string, PromptParameter> ByName =
        All.SelectMany(parameter => parameter._names, (parameter, name) => (name, parameter)).ToDictionary(StringComparer.Ordinal);

    private readonly string[] _names;

    private PromptParameter(string[] names, Func<ParameterValue, ParameterReading> read, Func<Prompt, string?> write)
    {
        _names = names;
        Read = read;
        Write = write;
    }

    /// <summary>The shortest spelling, with its dashes.</summary>
    public string Name => "--" + _names[0];

    public Func<ParameterValue, ParameterReading> Read { get; }

    /// <summary>The value as the canonical form writes it; null where the prompt has the default.</summary>
    public Func<Prompt, string?> Write { get; }

    /// <summary>All names, for messages.</summary>
    public static string List { get; } = string.Join(", ", All.Select(parameter => $"`{parameter.Name}`"));

    /// <param name="name">In lower case, without dashes.</param>
    public static PromptParameter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The spelling somebody meant: the only one that begins so, or that is fewest slips away and not too many.</summary>
    public static string? NearestName(string name)
    {
        name = name.Split('-')[0];
        if (ByName.ContainsKey(name))
        {
            return name;
        }

        var begun = ByName.Where(known => known.Key.StartsWith(name, StringComparison.Ordinal)).DistinctBy(known => known.Value).ToList();
        return begun.Count == 1 ? begun[0].Key : Spelling.Nearest(name, ByName.Keys.Where(known => known.Length > 1));
    }

    /// <summary>Guesses how far the value of an unknown parameter, or one of no use to a known parameter, reaches.</summary>
    /// <returns>The first word's length where that holds a digit or stands alone; otherwise 0, as the words are then text.</returns>
    public static int LengthOfForeignValue(string value)
    {
        var length = LengthOfWord(value, 0);
        return length == value.Length || value.AsSpan(0, length).ContainsAnyInRange('0', '9') ? length : 0;
    }

    private static ParameterReading ReadExclusions(ParameterValue value)
    {
        var takes = $"up to {Prompt.MaximumExclusions} things to keep out, with commas between them (`{No.Name} people, text`)";
        var all = value.Text.Split(Commas).Select(WithoutQuotes).ToList();
        var named = value.Prompt.Exclusions.Concat(all.Where(item => item.Length > 0)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var isExact = all.TrueForAll(item => item.Length > 0) && named.Count <= Prompt.MaximumExclusions;
        return new(
            value.Prompt with { Exclusions = [.. named.Take(Prompt.MaximumExclusions)] },
            value.Text.Length,
            isExact ? null : value.Text,
            takes);
    }

    private static string? WriteExclusions(Prompt prompt) =>
        prompt.Exclusions.Count == 0 ? null : string.Join(", ", prompt.Exclusions);

    // Quotes would reach for the ones in the text when the canonical form is read back.
    private static string WithoutQuotes(string item) =>
        string.Concat(item.Select(character => PromptTokenizer.DoubleQuotes.Contains(character) ? ' ' : character)).Trim();

    private static ParameterReading ReadAspectRatio(ParameterValue value)
    {
        var takes = $"width:height in whole numbers, at most {AspectRatio.MaximumRatio}:1 or 1:{AspectRatio.MaximumRatio}";
        var length = LengthOfWord(value.Text, 0);
        var sides = PromptTokenizer.Narrow(value.Text[..length]).Split(':');
        if (sides.Length == 2 && TryReadWhole(sides[0], int.MaxValue, out var width) && TryReadWhole(sides[1], int.MaxValue, out var height)
            && AspectRatio.TryCreate((int)width, (int)height, out var ratio))
        {
            return new(value.Prompt with { AspectRatio = ratio }, length, null, takes);
        }

        if (Spelling.TryReadRatio(PromptTokenizer.Narrow(value.Text), out ratio, out var end))
        {
            length = end + LengthOfWord(value.Text, end);
            return new(value.Prompt with { AspectRatio = ratio }, length, value.Text[..length], takes);
        }

        length = LengthOfForeignValue(value.Text);
        return new(value.Prompt, length, value.Text[..length], takes);
    }

    private static ParameterReading ReadVersion(ParameterValue value)
    {
        var takes = value.Versions.Count == 0
            ? "a version, of which none is set up"
            : "one of " + string.Join(", ", value.Versions.Select(version => $"`{version}`"));
        var written = PromptTokenizer.Narrow(value.Text);
        var ends = EndsOfWords(written, value.Versions.Select(version => version.Count(char.IsWhiteSpace) + 1).DefaultIfEmpty(1).Max());
        foreach (var end in ends)
        {
            if (value.Versions.FirstOrDefault(version => IsVersion(version, written[..end])) is { } exact)
            {
                return new(value.Prompt with { Version = exact }, end, null, takes);
            }
        }

        foreach (var end in ends)
        {
            if (NearestVersion(written[..end], value.Versions) is { } nearest)
            {
                return new(value.Prompt with { Version = nearest }, end, value.Text[..end], takes);
            }
        }

        var length = LengthOfForeignValue(value.Text);
        return new(value.Prompt, length, value.Text[..length], takes);
    }

    private static bool IsVersion(string version, string written) =>
        string.Equals(version, string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase)
        || (NumberOf(version) is { } number && number == NumberOf(written));

    private static string? NearestVersion(string written, IReadOnlyList<string> versions)
    {
        var lower = written.ToLowerInvariant();
        if (NumberOf(lower.TrimStart('v')) is { } number)
        {
            return versions.Where(version => NumberOf(version) is not null).MinBy(version => Math.Abs(NumberOf(version)!.Value - number));
        }

        var nearest = Spelling.Nearest(lower, versions.Select(version => version.ToLowerInvariant()));
        return versions.FirstOrDefault(version => string.Equals(version, nearest, StringComparison.OrdinalIgnoreCase));
    }

    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ParameterReading ReadSeed(ParameterValue value) => ReadWhole(
        value,
        uint.MaxValue,
        "",
        seed => value.Prompt with { Seed = (uint)seed });

    private static ParameterReading ReadStylize(ParameterValue value) => ReadWhole(
        value,
        Stylize.Maximum,
        $" ({Stylize.Default} if left out)",
        number => value.Prompt with { Stylize = Stylize.TryCreate(number, out var stylize) ? stylize : default });

    private static ParameterReading ReadWhole(ParameterValue value, long maximum, string note, Func<long, Prompt> apply)
    {
        var takes = $"a whole number from 0 to {maximum}{note}";
        var length = LengthOfForeignValue(value.Text);
        var written = value.Text[..length];
        if (TryReadWhole(PromptTokenizer.Narrow(written), maximum, out var number))
        {
            return new(apply(number), length, null, takes);
        }

        var nearest = Spelling.TryReadNumber(PromptTokenizer.Narrow(written), out var loose)
            ? apply((long)Math.Round(Math.Clamp(loose, 0, maximum), MidpointRounding.AwayFromZero))
            : value.Prompt;
        return new(nearest, length, written, takes);
    }

    private static bool TryReadWhole(string text, long maximum, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= maximum;

    private static ParameterReading ReadProfiles(ParameterValue value)
    {
        if (DamagedPortable(value.Text) is { } damaged)
        {
            return new(value.Prompt, value.Text.Length, damaged, WholeCodes, IsUnguessable: true);
        }

        var profiles = new List<WeightedCode>();
        var (wrong, takes) = (default(string), $"codes, with weights if you like (`{ExampleCode}::2`), or nothing for your own taste");
        var (end, areAllRead) = (0, true);
        for (var next = 0; next < value.Text.Length;)
        {
            var start = next + LengthOfSpace(value.Text, next);
            next = EndOfCode(value.Text, start);
            var word = value.Text[start..next];
            var bare = word.TrimEnd(BetweenCodes);
            if (bare.Length == 0)
            {
                continue;
            }

            var (profile, complaint) = ReadProfile(PromptTokenizer.Narrow(bare), profiles);
            if (profile is null && !IsLikeCode(bare, isAlone: next == value.Text.Length && start == 0))
            {
                break;
            }

            complaint ??= value.Text.AsSpan(end, start - end).ContainsAny(BetweenCodes) || bare != word ? OnlySpaces : null;
            if (complaint is not null && wrong is null)
            {
                (wrong, takes) = (word, complaint);
            }

            if (profile is not null && profiles.Count < Prompt.MaximumProfiles && profiles.TrueForAll(known => known.Code != profile.Code))
            {
                profiles.Add(profile);
            }

            areAllRead &= profile is not null;
            end = next;
        }

        return Weighed(new(value.Prompt with { Profiles = profiles }, end, wrong, takes), value.Text[..end].Trim(), areAllRead);
    }

    /// <summary>The reading of codes whose weights may not stand beside each other, where they are so; <paramref name="reading"/> where they may.</summary>
    private static ParameterReading Weighed(ParameterReading reading, string written, bool areAllRead)
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
                Wrong = written,
                Takes = $"weights of which the negative ones take back at most half of what the others give, as in `{ExampleCode} {OtherCode}::-0.5`",
            };
        }

        // Whatever could be offered would be towards what is to be led away from. A code that could not be read is why, if there is one.
        return areAllRead
            ? reading with
            {
                Wrong = written,
                Takes = $"weights below 0 only beside others: they lead away from a taste, and need another code to start from, as in `{ExampleCode} {OtherCode}::-0.5`",
                IsUnguessable = true,
            }
            : reading with { IsUnguessable = true };
    }

    /// <summary>The first word that means to be a portable code and cannot be read; null where there is none.</summary>
    private static string? DamagedPortable(string text)
    {
        for (var start = LengthOfSpace(text, 0); start < text.Length;)
        {
            var end = EndOfCode(text, start);
            var bare = PersonalizationCode.Unwrap(PromptTokenizer.Narrow(text[start..end].TrimEnd(BetweenCodes)));
            var name = NameOf(bare);
            if (PortableCode.IsMeant(bare) && !PortableCode.TryParse(name, out _) && !PersonalizationCode.TryParse(name, out _))
            {
                return text[start..end];
            }

            start = end + LengthOfSpace(text, end);
        }

        return null;
    }

    /// <summary>The nearest weights that may stand beside each other: negative ones in proportion, to a hundredth.</summary>
    private static List<WeightedCode> Balanced(IReadOnlyList<WeightedCode> profiles)
    {
        var given = profiles.Sum(profile => Math.Max(0, profile.Weight));
        var share = Blend.MostTakenBack * given / profiles.Sum(profile => Math.Max(0, -profile.Weight));
        return
        [
            .. profiles
                .Select(profile => profile.Weight > 0 ? profile : profile with { Weight = Math.Ceiling(100 * share * profile.Weight) / 100 })
                .Where(profile => profile.Weight != 0),
        ];
    }

    /// <summary>The code and weight that a word holds, cleared of marks around it, and what the parameter takes instead where something is wrong.</summary>
    private static (WeightedCode? Profile, string? Complaint) ReadProfile(string word, List<WeightedCode> before)
    {
        var bare = PersonalizationCode.Unwrap(word);
        var colon = bare.IndexOf(':', StringComparison.Ordinal);
        var name = NameOf(bare);
        var code = PortableCode.TryParse(name, out var portable) ? CodeIssuer.CodeOf(portable.Snapshot) : default;
        if (portable is null && !PersonalizationCode.TryParse(name, out code))
        {
            return (null, $"codes of {PersonalizationCode.Length} characters just as they were given out, or nothing for your own taste");
        }

        var (weight, isExact) = colon < 0 ? (1, true) : ReadWeight(bare[colon..]);
        var complaint = before.Exists(known => known.Code == code) ? "each code once; give it a weight to make it count for more"
            : before.Count == Prompt.MaximumProfiles ? $"at most {Prompt.MaximumProfiles} codes"
            : !isExact ? $"weights from {WeightedCode.MinimumWeight} to {WeightedCode.MaximumWeight} behind two colons, as in `{ExampleCode}::2`, or below 0 to lead away from a taste"
            : bare != word || (colon >= 0 && name.Length != colon) ? OnlySpaces
            : null;
        return (new(code, weight) { Portable = portable }, complaint);
    }

    /// <summary>What stands before a code's weight.</summary>
    private static string NameOf(string bare) =>
        bare.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? PersonalizationCode.Unwrap(bare[..colon]) : bare;

    private static (double Weight, bool IsExact) ReadWeight(string written)
    {
        // A phone makes a minus of many kinds of dash.
        var bare = written.TrimStart(':');
        var size = string.Concat(bare.SkipWhile(PromptTokenizer.IsDash));
        var sign = size.Length < bare.Length ? -1 : 1;
        if (written.StartsWith("::", StringComparison.Ordinal)
            && written.Length - bare.Length == 2
            && bare.Length - size.Length <= 1
            && double.TryParse(size, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight is >= WeightedCode.MinimumWeight and <= WeightedCode.MaximumWeight)
        {
            return (sign * weight, true);
        }

        return TryReadLoose(size, out var loose)
            ? (sign * Math.Clamp(loose, WeightedCode.MinimumWeight, WeightedCode.MaximumWeight), false)
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

    /// <summary>Tells a mistyped code from a word of text that has strayed behind the parameter.</summary>
    private static bool IsLikeCode(string word, bool isAlone) =>
        word.Contains("::", StringComparison.Ordinal)
        || (word.All(char.IsAsciiLetterOrDigit) && (word.Any(char.IsAsciiDigit)
            ? Math.Abs(word.Length - PersonalizationCode.Length) <= 1
            : isAlone && word.Length == PersonalizationCode.Length));

    private static string WriteProfile(WeightedCode profile)
    {
        var code = profile.Portable?.ToString() ?? profile.Code.ToString();
        return profile.Weight == 1 ? code : string.Create(CultureInfo.InvariantCulture, $"{code}::{profile.Weight:R}");
    }

    private static string? WriteProfiles(Prompt prompt) =>
        prompt.Profiles is null ? null : string.Join(' ', prompt.Profiles.Select(WriteProfile));

    private static int LengthOfSpace(string text, int start)
    {
        var length = 0;
        while (start + length < text.Length && char.IsWhiteSpace(text[start + length]))
        {
            length++;
        }

        return length;
    }

    private static int LengthOfWord(string text, int start)
    {
        var length = 0;
        while (start + length < text.Length && !char.IsWhiteSpace(text[start + length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Where a code and its weight end: at a space, or behind a mark that separates codes.</summary>
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
        const int LongestFraction = PersonalizationCode.Length - 2;

        if (mark == start || text[mark] == '+')
        {
            return mark > start && text[mark - 1] == ':';
        }

        var end = mark + 1;
        while (end < text.Length && end - mark <= LongestFraction + 1 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text[mark] == ',' && char.IsAsciiDigit(text[mark - 1]) && text.AsSpan(start, mark - start).Contains(':')
            && end - mark - 1 is > 0 and <= LongestFraction
            && (end == text.Length || !char.IsLetterOrDigit(text[end]));
    }

    /// <summary>Where the first words of a text end, the longest run of them first.</summary>
    private static List<int> EndsOfWords(string text, int count)
    {
        var ends = new List<int>();
        for (var end = 0; ends.Count < count && end < text.Length;)
        {
            end += LengthOfSpace(text, end);
            end += LengthOfWord(text, end);
            ends.Insert(0, end);
        }

        return ends;
    }
}
