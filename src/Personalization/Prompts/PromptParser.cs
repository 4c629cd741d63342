using System.Text;
using Personalization.Prompts.Parameters;

namespace Personalization.Prompts;

/// <summary>
/// Reads what a person typed after <c>/imagine</c>: first what to paint, then parameters in any order. It corrects nothing
/// silently: whatever it cannot read exactly is a problem that carries the corrected prompt. Runs in time linear in the text.
/// </summary>
public static class PromptParser
{
    private const int MaxAttempts = 8;

    /// <summary>The parameters with their dashes, in the order of the canonical form.</summary>
    public static IReadOnlyList<string> Parameters { get; } = [.. PromptParameters.All.Select(parameter => parameter.Name)];

    /// <param name="text">Anything at all, of any length.</param>
    /// <param name="versions">The versions that <c>--v</c> accepts, in any case; "6" stands for "6.0".</param>
    public static PromptParse Parse(string text, IReadOnlyList<string> versions)
    {
        var (prompt, fault) = Read(text, versions);
        for (var attempt = 0; attempt < MaxAttempts && fault is null && prompt.ToString() is var canonical && canonical != text; attempt++)
        {
            // What was read exactly may be read otherwise in canonical form, in rare cases such as quotes and braces across parameters.
            text = canonical;
            (prompt, fault) = Read(text, versions);
        }

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
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
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
        var (readable, textFault) = ForeignSyntax.TakeFirstAlternatives(CopiedPrompt.Unwrap(PromptCharacters.Clean(text, out var refused)));
        readable = Unquote(readable, versions, ref textFault);
        var (subject, tokens) = PromptTokenizer.Split(readable, versions);
        var (prompt, parameterFault) = ReadParameters(subject, tokens, versions);
        prompt = ReadText(prompt, versions, ref textFault);
        var fault = EmptyFault(prompt, textFault)
            ?? (parameterFault is { IsAmbiguous: true } ? parameterFault : null)
            ?? LengthFault(text, ref prompt)
            ?? CharacterFault(refused)
            ?? (textFault is null ? null : new Finding(null, null, textFault))
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
            var reading = parameter?.Read(new(prompt, token.Value, versions)) ?? ForeignParameters.Read(prompt, token, versions);
            var stray = Stray(token, parameter, reading);
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

    /// <summary>The text that follows a value; with the name of a parameter that is neither ours nor Midjourney's and takes no number, which is a word; without stray punctuation.</summary>
    private static string Stray(PromptToken token, PromptParameter? parameter, ParameterReading reading)
    {
        var isWord = parameter is null && reading.Expected is ExpectedValue.OneOf { Values.Count: 0 } && !ForeignParameters.Contains(token.Name) && !ForeignParameters.HasNumber(token);
        var name = isWord ? token.Written[^token.Name.Length..] : "";
        var parts = new[] { name, token.Value[reading.Length..].Trim(), token.Rest };
        return string.Join(' ', parts.Where(part => !part.All(char.IsPunctuation)));
    }

    /// <summary>The text without what only Midjourney reads.</summary>
    private static Prompt ReadText(Prompt prompt, IReadOnlyList<string> versions, ref PromptFault? fault)
    {
        var (text, addressFault) = ForeignSyntax.RemoveAddresses(prompt.Text);
        (text, var excluded, var weightFault) = ForeignSyntax.RemoveWeights(text);
        fault ??= addressFault ?? weightFault;
        if (excluded.Count > 0)
        {
            prompt = new ExclusionsParameter().Read(new(prompt, string.Join(", ", excluded), versions)).Prompt;
        }

        return prompt with { Text = text };
    }

    /// <summary>A prompt without the quotes around all of it, if there are parameters in them.</summary>
    private static string Unquote(string text, IReadOnlyList<string> versions, ref PromptFault? fault)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 2 || new QuoteEnds(trimmed).After(0) != trimmed.Length)
        {
            return text;
        }

        var (subject, tokens) = PromptTokenizer.Split(trimmed[1..^1], versions);
        if (subject.Length == 0 || tokens.Count == 0 || PromptParameters.Find(tokens[0].Name) is null)
        {
            return text;
        }

        fault ??= new PromptFault.QuotedPrompt(tokens[0].Written);
        return trimmed[1..^1];
    }

    private static Finding? FindFault(PromptToken token, PromptParameter? parameter, ParameterReading reading, string stray, bool isRepeated)
    {
        var name = "--" + token.Name;
        var got = token.Value[..reading.Length].Trim();
        if (parameter is null && reading.Expected is ExpectedValue.OneOf { Values.Count: > 0 })
        {
            return new(name, got, new PromptFault.MisspeltParameter(name, $"--v {reading.Prompt.Version}", reading.Expected));
        }

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
            var isPhrase = meant == ExclusionsParameter.FirstName && PromptTokenizer.NameParts(token.Name)[0] == meant;
            return new(name, got, new PromptFault.MisspeltParameter(name, isPhrase ? $"--{meant} {got}" : "--" + meant, reading.Expected));
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

        if (token.IsGlued && got.Length + stray.Length > 0)
        {
            return new(parameter.Name, got, new PromptFault.MissingSpace(name, got, reading.Expected, nearest));
        }

        if (token.IsUnclear)
        {
            return new(parameter.Name, got, new PromptFault.UnclearParameter(token.Written, parameter.Name, nearest));
        }

        if (token.HasOneHyphen)
        {
            return new(parameter.Name, got, new PromptFault.SingleDash(token.Written, reading.Expected, nearest));
        }

        return stray.Length == 0
            ? null
            : new(parameter.Name, stray, new PromptFault.TextAfterParameter(stray, $"{name} {got}".TrimEnd(), reading.Expected));
    }

    private static Finding? EmptyFault(Prompt prompt, PromptFault? textFault) => prompt.Text.Length == 0
        ? new(null, null, textFault ?? new PromptFault.NothingToPaint(), IsAmbiguous: true)
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
