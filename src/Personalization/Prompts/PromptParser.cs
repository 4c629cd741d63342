using System.Globalization;
using System.Text;
using Personalization.Codes;

namespace Personalization.Prompts;

/// <summary>
/// Reads what a person typed after <c>/imagine</c>: first what to paint, then parameters in any order. It corrects nothing
/// silently: whatever it cannot read exactly is a problem that carries the corrected prompt. Takes time linear in the text.
/// </summary>
public static class PromptParser
{
    /// <param name="text">Anything at all, of any length.</param>
    /// <param name="versions">What <c>--v</c> may say; their case does not matter, and "6" is "6.0".</param>
    public static PromptParse Parse(string text, IReadOnlyList<string> versions)
    {
        var (prompt, fault) = Read(text, versions);
        if (fault is null)
        {
            return new(prompt);
        }

        var corrected = fault.IsUnguessable ? null : Settle(prompt.ToString(), versions);
        return new(new PromptProblem(fault.Parameter, fault.Got is "" ? null : fault.Got, fault.Message, corrected));
    }

    /// <summary>
    /// Reads what was made of a faulty prompt until it reads back as itself. Once is nearly always enough; text that has moved
    /// to the front can turn out to hold a parameter.
    /// </summary>
    private static string? Settle(string corrected, IReadOnlyList<string> versions)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var (prompt, fault) = Read(corrected, versions);
            var canonical = prompt.ToString();
            if (fault is null && canonical == corrected)
            {
                return corrected;
            }

            corrected = canonical;
        }

        return null;
    }

    /// <summary>The prompt, or the best that can be made of it and the first thing that is wrong.</summary>
    private static (Prompt Prompt, Fault? Fault) Read(string text, IReadOnlyList<string> versions)
    {
        var readable = Sanitize(text, out var refused);
        var (subject, tokens) = PromptTokenizer.Split(readable);
        var (prompt, parameterFault) = ReadParameters(subject, tokens, versions);
        var fault = EmptyFault(prompt)
            ?? (parameterFault is { IsUnguessable: true } ? parameterFault : null)
            ?? LengthFault(text, ref prompt)
            ?? CharacterFault(refused)
            ?? parameterFault;
        return (prompt, fault);
    }

    private static (Prompt Prompt, Fault? Fault) ReadParameters(string subject, List<PromptToken> tokens, IReadOnlyList<string> versions)
    {
        var prompt = new Prompt { Text = "" };
        var text = new StringBuilder(subject);
        var seen = new HashSet<PromptParameter>();
        Fault? fault = null;
        foreach (var token in tokens)
        {
            var parameter = token.Meant is null ? null : PromptParameter.Find(token.Meant);
            var reading = parameter?.Read(new(prompt, token.Value, versions))
                ?? new(prompt, PromptParameter.LengthOfForeignValue(token.Value), token.Value, "");
            var stray = token.Value[reading.Length..].Trim();
            prompt = reading.Prompt;
            var isRepeated = parameter is not null && !seen.Add(parameter);
            if (fault is null || (reading.IsUnguessable && !fault.IsUnguessable))
            {
                fault = FaultOf(token, parameter, reading, stray, isRepeated);
            }

            if (stray.Length > 0)
            {
                text.Append(' ').Append(stray);
            }
        }

        return (prompt with { Text = text.ToString().Trim() }, fault);
    }

    private static Fault? FaultOf(PromptToken token, PromptParameter? parameter, ParameterReading reading, string stray, bool isRepeated)
    {
        var name = "--" + token.Name;
        var got = token.Value[..reading.Length].Trim();
        if (parameter is null)
        {
            return new(name, got, $"There is no {Quote(name)}. The parameters are {PromptParameter.List}.");
        }

        if (reading is { IsUnguessable: true, Wrong: { } unclear })
        {
            return new(parameter.Name, unclear, $"{Quote(name)} got {Quote(unclear)}, but takes {reading.Takes}.", IsUnguessable: true);
        }

        var written = parameter.Write(reading.Prompt);
        var nearest = written is null ? "" : $" The nearest is {Quote($"{parameter.Name} {written}".TrimEnd())}.";
        if (token.Meant != token.Name)
        {
            return new(name, got, $"There is no {Quote(name)}. The nearest is `--{token.Meant}`, which takes {reading.Takes}.");
        }

        if (isRepeated)
        {
            return new(parameter.Name, got, $"{Quote(name)} is given more than once{(got.Length == 0 ? "" : $", again as {Quote(got)}")}. Once is enough; it takes {reading.Takes}.{nearest}");
        }

        if (reading.Wrong is { } wrong)
        {
            return new(parameter.Name, wrong, $"{Quote(name)} got {Quote(wrong)}, but takes {reading.Takes}.{nearest}");
        }

        if (token.IsGlued)
        {
            return new(parameter.Name, got, $"There is no space between {Quote(name)} and {Quote(got)}; it takes {reading.Takes}.{nearest}");
        }

        if (token.HasOneHyphen)
        {
            return new(parameter.Name, got, $"{Quote(token.Written)} has one dash, and parameters have two; it takes {reading.Takes}.{nearest}");
        }

        return stray.Length == 0
            ? null
            : new(parameter.Name, stray, $"{Quote(stray)} comes after {Quote($"{name} {got}".TrimEnd())}, which takes {reading.Takes}. What to paint goes first, and parameters after it.");
    }

    private static Fault? EmptyFault(Prompt prompt) => prompt.Text.EnumerateRunes().All(IsInvisible)
        ? new(null, null, "There is nothing to paint: say in words what the picture should show, such as `a husky dog running in the desert`.")
        : null;

    /// <summary>Counts the prompt as written and as it will be kept, with the code that a bare <c>--p</c> comes to stand for.</summary>
    private static Fault? LengthFault(string text, ref Prompt prompt)
    {
        var kept = prompt.ToString().Length + (prompt.Profiles is { Count: 0 } ? 1 + PersonalizationCode.Length : 0);
        var length = Math.Max(kept, text.Length);
        if (length <= Prompt.MaximumLength)
        {
            return null;
        }

        prompt = prompt with { Text = Shorten(prompt.Text, prompt.Text.Length - Math.Max(0, kept - Prompt.MaximumLength)) };
        return new(
            null,
            null,
            string.Create(CultureInfo.InvariantCulture, $"The prompt comes to {length:N0} characters, and may have at most {Prompt.MaximumLength:N0}."));
    }

    private static Fault? CharacterFault(Rune? refused) => refused is { } rune
        ? new(null, null, $"The prompt holds a character that cannot be seen and could mislead, U+{rune.Value:X4}. Leave it out.")
        : null;

    /// <summary>
    /// Line breaks and tabs, which phones and pastes bring, become spaces. What is left out: other control characters, halves
    /// of surrogate pairs, and the marks that make text show in another order than it is written.
    /// </summary>
    private static string Sanitize(string text, out Rune? refused)
    {
        refused = null;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            i += isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && Rune.IsWhiteSpace(rune))
            {
                // Other spaces stay themselves; these would end a line, and CR LF would become two.
                var isBreak = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029;
                if (!isBreak)
                {
                    clean.Append(rune);
                }
                else if (!(rune.Value == '\n' && i >= 2 && text[i - 2] == '\r'))
                {
                    clean.Append(' ');
                }
            }
            else if (!isWhole || Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                refused ??= isWhole ? rune : Rune.ReplacementChar;
            }
            else
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    /// <summary>Cuts at a space where there is one near, and never through a surrogate pair.</summary>
    private static string Shorten(string text, int length)
    {
        if (length <= 0 || length >= text.Length)
        {
            return length <= 0 ? "" : text;
        }

        var space = text.LastIndexOf(' ', length);
        var end = space > length - 100 && space > 0 ? space : length;
        return text[..(char.IsLowSurrogate(text[end]) ? end - 1 : end)].TrimEnd();
    }

    /// <summary>A code span of at most 60 characters of what a person wrote. Nothing in it can close the span or mention anybody.</summary>
    private static string Quote(string written)
    {
        const int Longest = 60;
        if (written.Length == 0)
        {
            return "nothing";
        }

        var shown = written.Length <= Longest ? written : Shorten(written, Longest - 1) + "…";

        // A zero-width space after @ keeps the look and breaks the mention.
        return $"`{shown.Replace('`', 'ˋ').Replace("@", "@\u200B", StringComparison.Ordinal)}`";
    }

    private sealed record Fault(string? Parameter, string? Got, string Message, bool IsUnguessable = false);
}
