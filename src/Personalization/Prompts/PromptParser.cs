using System.Globalization;
using System.Text;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>
/// Reads what a person typed after <c>/imagine</c>: first what to paint, then parameters in any order. It corrects nothing
/// silently: whatever it cannot read exactly is a problem that carries the corrected prompt. Runs in time linear in the text.
/// </summary>
public static class PromptParser
{
    /// <summary>The parameters with their dashes, in the order of the canonical form.</summary>
    public static IReadOnlyList<string> Parameters { get; } = [.. PromptParameters.All.Select(parameter => parameter.Name)];

    /// <param name="text">Anything at all, of any length.</param>
    /// <param name="versions">The versions that <c>--v</c> accepts, in any case; "6" stands for "6.0".</param>
    public static PromptParse Parse(string text, IReadOnlyList<string> versions)
    {
        var (prompt, fault) = Read(text, versions);
        if (fault is null)
        {
            return new(prompt);
        }

        var corrected = fault.IsAmbiguous ? null : Settle(prompt.ToString(), versions);
        return new(new PromptProblem(fault.Parameter, fault.Value is "" ? null : fault.Value, fault.Reason, corrected));
    }

    /// <summary>
    /// Reads a corrected prompt again until it is its own canonical form. Once is nearly always enough; text moved to the front
    /// may turn out to contain a parameter.
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

    /// <summary>The prompt, corrected where necessary, and the first fault in it; null if it has none.</summary>
    private static (Prompt Prompt, Finding? Fault) Read(string text, IReadOnlyList<string> versions)
    {
        var readable = Sanitize(text, out var refused);
        var (subject, tokens) = PromptTokenizer.Split(readable);
        var (prompt, parameterFault) = ReadParameters(subject, tokens, versions);
        var fault = EmptyFault(prompt)
            ?? (parameterFault is { IsAmbiguous: true } ? parameterFault : null)
            ?? LengthFault(text, ref prompt)
            ?? CharacterFault(refused)
            ?? parameterFault;
        return (prompt, fault);
    }

    private static (Prompt Prompt, Finding? Fault) ReadParameters(string subject, List<PromptToken> tokens, IReadOnlyList<string> versions)
    {
        var prompt = new Prompt { Text = "" };
        var text = new StringBuilder(subject);
        var seen = new HashSet<PromptParameter>();
        Finding? fault = null;
        foreach (var token in tokens)
        {
            var parameter = token.Meant is null ? null : PromptParameters.Find(token.Meant);
            var reading = parameter?.Read(new(prompt, token.Value, versions))
                ?? new(prompt, TextScan.LengthOfForeignValue(token.Value), token.Value, new ExpectedValue.OneOf([]));
            var stray = token.Value[reading.Length..].Trim();
            prompt = reading.Prompt;
            var isRepeated = parameter is not null && !seen.Add(parameter);
            if (fault is null || (reading.IsAmbiguous && !fault.IsAmbiguous))
            {
                fault = FindFault(token, parameter, reading, stray, isRepeated);
            }

            if (stray.Length > 0)
            {
                text.Append(' ').Append(stray);
            }
        }

        return (prompt with { Text = text.ToString().Trim() }, fault);
    }

    private static Finding? FindFault(PromptToken token, PromptParameter? parameter, ParameterReading reading, string stray, bool isRepeated)
    {
        var name = "--" + token.Name;
        var got = token.Value[..reading.Length].Trim();
        if (parameter is null)
        {
            return new(name, got, new PromptFault.UnknownParameter(name, Parameters));
        }

        if (reading is { IsAmbiguous: true, Invalid: { } unclear })
        {
            return new(parameter.Name, unclear, new PromptFault.InvalidValue(name, unclear, reading.Expected, null), IsAmbiguous: true);
        }

        if (token.Meant is { } meant && meant != token.Name)
        {
            return new(name, got, new PromptFault.MisspeltParameter(name, "--" + meant, reading.Expected));
        }

        var nearest = parameter.Write(reading.Prompt) is { } written ? $"{parameter.Name} {written}".TrimEnd() : null;
        if (isRepeated)
        {
            return new(parameter.Name, got, new PromptFault.RepeatedParameter(name, got, reading.Expected, nearest));
        }

        if (reading.Invalid is { } invalid)
        {
            return new(parameter.Name, invalid, new PromptFault.InvalidValue(name, invalid, reading.Expected, nearest));
        }

        if (token.IsGlued)
        {
            return new(parameter.Name, got, new PromptFault.MissingSpace(name, got, reading.Expected, nearest));
        }

        if (token.HasOneHyphen)
        {
            return new(parameter.Name, got, new PromptFault.SingleDash(token.Written, reading.Expected, nearest));
        }

        return stray.Length == 0
            ? null
            : new(parameter.Name, stray, new PromptFault.TextAfterParameter(stray, $"{name} {got}".TrimEnd(), reading.Expected));
    }

    private static Finding? EmptyFault(Prompt prompt) => prompt.Text.EnumerateRunes().All(IsInvisible)
        ? new(null, null, new PromptFault.NothingToPaint())
        : null;

    /// <summary>Checks the longer of the prompt as written and as it will be stored.</summary>
    private static Finding? LengthFault(string text, ref Prompt prompt)
    {
        var current = prompt;
        var stored = prompt.ToString().Length + PromptParameters.All.Sum(parameter => parameter.GrowthWhenRun(current));
        var length = Math.Max(stored, text.Length);
        if (length <= Prompt.MaxLength)
        {
            return null;
        }

        prompt = prompt with { Text = Shorten(prompt.Text, prompt.Text.Length - Math.Max(0, stored - Prompt.MaxLength)) };
        return new(null, null, new PromptFault.TooLong(length, Prompt.MaxLength));
    }

    private static Finding? CharacterFault(Rune? refused) => refused is { } rune
        ? new(null, null, new PromptFault.HiddenCharacter(rune))
        : null;

    /// <summary>
    /// Replaces line breaks and tabs, which pasted text contains, with spaces. Removes other control characters, halves of
    /// surrogate pairs, and the bidirectional marks that make text appear in another order than it is written.
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
                // Other white space is kept. CR LF becomes one space.
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

    private sealed record Finding(string? Parameter, string? Value, PromptFault Reason, bool IsAmbiguous = false);
}
