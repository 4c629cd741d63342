using System.Diagnostics;
using System.Globalization;
using Personalization.Prompts;

namespace Personalization.App.Bot;

/// <summary>
/// Puts the faults of a prompt into sentences of Discord markdown. What the person wrote appears shortened, in code spans
/// that it can neither close nor use to mention anyone.
/// </summary>
internal static class PromptProblemText
{
    /// <summary>Characters of what a person wrote that are quoted.</summary>
    private const int MaxQuoted = 60;

    private const string ExampleCode = "k7m2xq4d";
    private const string OtherCode = "abcd234e";

    /// <summary>What is wrong, what is allowed, and the nearest valid spelling: one to three sentences.</summary>
    public static string Describe(PromptFault fault) => Text.Of(Sentence(fault));

    private static FormattableString Sentence(PromptFault fault) => fault switch
    {
        PromptFault.NothingToPaint => $"There is nothing to paint yet. Say in words what the picture should show, such as `a husky dog running in the desert`.",
        PromptFault.TooLong(var length, var maximum) => $"The prompt has {Number(length)} characters; the maximum is {Number(maximum)}.",
        PromptFault.HiddenCharacter(var character) => $"The prompt contains an invisible character that could mislead, U+{character.Value:X4}. Remove it and try again.",
        PromptFault.UnknownParameter(var name, var parameters) => $"There is no parameter {Quote(name)}. The parameters are {List(parameters)}.",
        PromptFault.MisspeltParameter(var name, var nearest, var expected) => $"There is no parameter {Quote(name)}. Did you mean `{nearest}`? It takes {Describe(expected)}.",
        PromptFault.InvalidValue(var name, var written, var expected, var nearest) => $"{Quote(name)} has the value {Quote(written)}, but takes {Describe(expected)}.{Nearest(nearest)}",
        PromptFault.RepeatedParameter(var name, "", var expected, var nearest) => $"{Quote(name)} is given more than once. Once is enough; it takes {Describe(expected)}.{Nearest(nearest)}",
        PromptFault.RepeatedParameter(var name, var written, var expected, var nearest) => $"{Quote(name)} is given more than once, the last time as {Quote(written)}. Once is enough; it takes {Describe(expected)}.{Nearest(nearest)}",
        PromptFault.MissingSpace(var name, var written, var expected, var nearest) => $"There is no space between {Quote(name)} and {Quote(written)}. It takes {Describe(expected)}.{Nearest(nearest)}",
        PromptFault.SingleDash(var written, var expected, var nearest) => $"{Quote(written)} has one dash, but parameters have two. It takes {Describe(expected)}.{Nearest(nearest)}",
        PromptFault.UnclearParameter(var written, var name, var nearest) => $"{Quote(written)} looks like `{name}`. Write a space before the two dashes, and none after them.{Nearest(nearest)}",
        PromptFault.QuotedPrompt(var parameter) => $"The whole prompt is in double quotes, and text in them is never a parameter: {Quote(parameter)} would be text.",
        PromptFault.Alternatives(var written, var first) => $"{Quote(written)} makes several prompts at Midjourney. Here each is a `/imagine` of its own; the corrected prompt has the first, {Quote(first)}.",
        PromptFault.PictureAddress(var address) => $"{Quote(address)} is an address, and no picture or page is opened from a prompt. Say in words what the picture should show.",
        PromptFault.PartWeight(var written) => $"{Quote(written)} is the weight of a part of the prompt at Midjourney. Here only codes after `--p` have weights. Colons in double quotes are text.",
        PromptFault.TextAfterParameter(var text, var after, var expected) => $"{Quote(text)} comes after {Quote(after)}, which takes {Describe(expected)}. Write what to paint first and parameters after it.",
        _ => throw new UnreachableException($"There is no text for {fault.GetType().Name}."),
    };

    private static string Describe(ExpectedValue expected) => Text.Of(Phrase(expected));

    private static FormattableString Phrase(ExpectedValue expected) => expected switch
    {
        ExpectedValue.WholeNumber(var minimum, var maximum, null) => $"a whole number from {minimum} to {maximum}",
        ExpectedValue.WholeNumber(var minimum, var maximum, { } standard) => $"a whole number from {minimum} to {maximum} ({standard} if left out)",
        ExpectedValue.Ratio(var maximum) => $"width:height in whole numbers, at most {maximum}:1 or 1:{maximum}",
        ExpectedValue.OneOf([]) => $"a version, but none is set up here",
        ExpectedValue.OneOf(var values) => $"one of {List(values)}",
        ExpectedValue.Exclusions(var maximum) => $"up to {maximum} things to leave out, separated by commas (`--no people, text`)",
        ExpectedValue.Codes => $"codes, optionally with weights (`{ExampleCode}::2`), or nothing for your own taste",
        ExpectedValue.CodesOfLength(var length) => $"codes of {length} characters exactly as they were given out, or nothing for your own taste",
        ExpectedValue.CodesOfThisBot(var length) => $"codes of {length} characters exactly as this bot gave them out, or nothing for your own taste. This looks like a code of Midjourney, which cannot be read here",
        ExpectedValue.UndamagedCodes => $"portable codes in one piece. This one is damaged: a character is wrong or missing, or a later version of the bot made it. Copy it once more",
        ExpectedValue.CodesSeparatedBySpaces => $"codes with only spaces between them",
        ExpectedValue.EachCodeOnce => $"each code once. Give a code a weight to make it count for more",
        ExpectedValue.FewerCodes(var maximum) => $"at most {maximum} codes",
        ExpectedValue.Weight(var minimum, var maximum) => $"weights from {Number(minimum)} to {Number(maximum)} after two colons (`{ExampleCode}::2`), or below 0 to lead away from a taste",
        ExpectedValue.BalancedWeights => $"negative weights that cancel at most half of the positive ones, as in `{ExampleCode} {OtherCode}::-0.5`",
        ExpectedValue.PositiveWeight => $"negative weights only beside positive ones: they lead away from a taste and need another code to start from, as in `{ExampleCode} {OtherCode}::-0.5`",
        _ => throw new UnreachableException($"There is no text for {expected.GetType().Name}."),
    };

    private static string Nearest(string? nearest) => nearest is null ? "" : " " + Text.Of($"The nearest is {Quote(nearest)}.");

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Quote(string written)
    {
        if (written.Length == 0)
        {
            return Text.Of($"nothing");
        }

        // A zero-width space after @ keeps the look and breaks the mention.
        return $"`{Markdown.Cut(written, MaxQuoted).Replace('`', 'ˋ').Replace("@", "@\u200B", StringComparison.Ordinal)}`";
    }
}
