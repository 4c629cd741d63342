using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Personalization.Prompts;

/// <summary>The result of reading a prompt: the prompt, or why it cannot be run.</summary>
public sealed record PromptParse
{
    public PromptParse(Prompt prompt) => Prompt = prompt;

    public PromptParse(PromptProblem problem) => Problem = problem;

    public Prompt? Prompt { get; }

    public PromptProblem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Prompt)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsPrompt => Prompt is not null;
}

/// <summary>Why a prompt cannot be run as written: data; the door that talks to the person puts it into words.</summary>
/// <param name="Parameter">The parameter at fault with its dashes, such as <c>--ar</c>; null for the text or the whole prompt.</param>
/// <param name="Value">The value it was given, exactly as written; null if there was none.</param>
/// <param name="Corrected">The whole corrected prompt in canonical form; null if no correction is certain to be what was meant.</param>
public sealed record PromptProblem(string? Parameter, string? Value, PromptFault Fault, string? Corrected);

/// <summary>What is wrong with a prompt. Names carry their dashes; what the person wrote is exactly as written and of any length.</summary>
public abstract record PromptFault
{
    private PromptFault()
    {
    }

    /// <summary>There are no words that say what to paint.</summary>
    public sealed record NothingToPaint : PromptFault;

    /// <param name="Length">Characters of the prompt, parameters included.</param>
    /// <param name="Maximum">Characters it may have.</param>
    public sealed record TooLong(int Length, int Maximum) : PromptFault;

    /// <summary>The prompt contains a control character, half a surrogate pair or a mark that reorders text.</summary>
    public sealed record HiddenCharacter(Rune Character) : PromptFault;

    /// <param name="Parameters">The parameters that exist.</param>
    public sealed record UnknownParameter(string Name, IReadOnlyList<string> Parameters) : PromptFault;

    /// <param name="Nearest">The spelling nearest to the name.</param>
    public sealed record MisspeltParameter(string Name, string Nearest, ExpectedValue Expected) : PromptFault;

    /// <param name="Written">The invalid part of the value; empty if the value is missing.</param>
    /// <param name="Nearest">The parameter with the nearest valid value; null if there is none or if only the person knows it.</param>
    public sealed record InvalidValue(string Name, string Written, ExpectedValue Expected, string? Nearest) : PromptFault;

    /// <param name="Written">The value of the repetition; empty for none.</param>
    /// <inheritdoc cref="InvalidValue"/>
    public sealed record RepeatedParameter(string Name, string Written, ExpectedValue Expected, string? Nearest) : PromptFault;

    /// <summary>There is no space between the name and its value.</summary>
    /// <inheritdoc cref="InvalidValue"/>
    public sealed record MissingSpace(string Name, string Written, ExpectedValue Expected, string? Nearest) : PromptFault;

    /// <summary>The parameter has one dash instead of two.</summary>
    /// <param name="Written">Its dash and name.</param>
    /// <inheritdoc cref="InvalidValue"/>
    public sealed record SingleDash(string Written, ExpectedValue Expected, string? Nearest) : PromptFault;

    /// <summary>
    /// The parameter stands within a word or with a space after its dashes, where it could be text.
    /// </summary>
    /// <param name="Written">Its dashes and name.</param>
    /// <param name="Name">The parameter.</param>
    /// <param name="Nearest">The parameter with its value.</param>
    public sealed record UnclearParameter(string Written, string Name, string? Nearest) : PromptFault;

    /// <summary>The whole prompt is in double quotes, in which nothing is a parameter.</summary>
    /// <param name="Parameter">The first parameter in them.</param>
    public sealed record QuotedPrompt(string Parameter) : PromptFault;

    /// <summary>Several prompts in one, as <c>{red, green} bird</c>, which Midjourney reads.</summary>
    /// <param name="Written">The braces and what is in them.</param>
    /// <param name="First">The first alternative, which the correction has.</param>
    public sealed record Alternatives(string Written, string First) : PromptFault;

    /// <summary>The address of a picture or page; nothing is fetched for a prompt.</summary>
    public sealed record PictureAddress(string Address) : PromptFault;

    /// <summary>A weight of a part of the prompt, as <c>hot::2 dog</c>, which Midjourney reads.</summary>
    /// <param name="Written">The colons and the number.</param>
    public sealed record PartWeight(string Written) : PromptFault;

    /// <summary>Text follows a parameter; what to paint belongs before the parameters.</summary>
    /// <param name="After">The parameter with its value.</param>
    public sealed record TextAfterParameter(string Text, string After, ExpectedValue Expected) : PromptFault;
}

/// <summary>What a parameter accepts.</summary>
public abstract record ExpectedValue
{
    private ExpectedValue()
    {
    }

    /// <param name="Default">The value that applies without the parameter; null if there is none.</param>
    public sealed record WholeNumber(long Minimum, long Maximum, long? Default) : ExpectedValue;

    /// <summary>Width:height in whole numbers.</summary>
    /// <param name="Maximum">How many times the longer side may be the shorter one.</param>
    public sealed record Ratio(int Maximum) : ExpectedValue;

    /// <param name="Values">The values; empty if the operator has configured none.</param>
    public sealed record OneOf(IReadOnlyList<string> Values) : ExpectedValue;

    /// <param name="Maximum">How many things may be excluded.</param>
    public sealed record Exclusions(int Maximum) : ExpectedValue;

    /// <summary>Codes with optional weights, or nothing for the person's own taste.</summary>
    public sealed record Codes : ExpectedValue;

    /// <summary>Codes exactly as they were given out.</summary>
    /// <param name="Length">Characters of a code.</param>
    public sealed record CodesOfLength(int Length) : ExpectedValue;

    /// <summary>Codes that this bot gave out; one of them has the form of Midjourney's.</summary>
    /// <param name="Length">Characters of a code.</param>
    public sealed record CodesOfThisBot(int Length) : ExpectedValue;

    /// <summary>A whole portable code: a character of this one is wrong or missing, or a later version of the bot made it.</summary>
    public sealed record UndamagedCodes : ExpectedValue;

    /// <summary>Codes with nothing but spaces between and around them.</summary>
    public sealed record CodesSeparatedBySpaces : ExpectedValue;

    /// <summary>Each code once.</summary>
    public sealed record EachCodeOnce : ExpectedValue;

    /// <param name="Maximum">How many codes may be blended.</param>
    public sealed record FewerCodes(int Maximum) : ExpectedValue;

    /// <summary>A weight after two colons, in this range or the same range below 0.</summary>
    public sealed record Weight(double Minimum, double Maximum) : ExpectedValue;

    /// <summary>Negative weights that cancel at most half of the positive ones.</summary>
    public sealed record BalancedWeights : ExpectedValue;

    /// <summary>At least one positive weight: negative ones lead away from a taste and need another one to start from.</summary>
    public sealed record PositiveWeight : ExpectedValue;
}
