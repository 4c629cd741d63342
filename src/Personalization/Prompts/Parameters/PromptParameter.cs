namespace Personalization.Prompts.Parameters;

/// <summary>
/// A parameter of the prompt language: how it is spelt, read and written. Each lives in a file of its own; adding a class
/// derived from this one adds the parameter (see <see cref="PromptParameters"/>).
/// </summary>
/// <param name="position">Its place in the canonical form; unique.</param>
/// <param name="names">Its spellings in lower case, without dashes; the first one is used in the canonical form.</param>
internal abstract class PromptParameter(int position, params string[] names)
{
    public int Position { get; } = position;

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The canonical spelling, with its dashes.</summary>
    public string Name => "--" + Names[0];

    /// <summary>Whether double quotes in its value protect what looks like a parameter, as they do in the text.</summary>
    public virtual bool HasQuotedText => true;

    /// <summary>Reads the value as far as it belongs to the parameter; whatever cannot be read exactly is reported as invalid.</summary>
    public abstract ParameterReading Read(ParameterValue value);

    /// <summary>The value as the canonical form writes it; null if the prompt has the default.</summary>
    public abstract string? Write(Prompt prompt);

    /// <summary>Characters that the value gains when the prompt is run, beyond those that <see cref="Write"/> gives.</summary>
    public virtual int GrowthWhenRun(Prompt prompt) => 0;

    /// <summary>
    /// Whether what follows the name leaves no doubt that the parameter is meant, where it stands like text. A number does, unless
    /// a parameter takes something else.
    /// </summary>
    /// <param name="next">The next word with full-width characters as ASCII; empty at the end.</param>
    public virtual bool IsPlain(string next) => next.Length > 0 && char.IsAsciiDigit(next[0]);

    /// <summary>Whether the parameter is likely to be meant behind one hyphen: its value follows, or nothing. Other words are text.</summary>
    /// <param name="next">The next word with full-width characters as ASCII; empty at the end.</param>
    /// <param name="versions">The versions that <c>--v</c> accepts.</param>
    public virtual bool IsLikely(string next, IReadOnlyList<string> versions) => PromptTokenizer.IsAtEnd(next) || IsPlain(next);

    /// <summary>Reads a whole number from 0 to <paramref name="maximum"/>.</summary>
    /// <param name="defaultValue">The value that applies without the parameter; null if there is none.</param>
    protected static ParameterReading ReadWhole(ParameterValue value, long maximum, long? defaultValue, Func<long, Prompt> apply)
    {
        var expected = new ExpectedValue.WholeNumber(0, maximum, defaultValue);
        var length = TextScan.LengthOfForeignValue(value.Text);
        var written = value.Text[..length];
        if (TextScan.TryReadWhole(PromptCharacters.Narrow(written), maximum, out var number))
        {
            return new(apply(number), length, null, expected);
        }

        var nearest = Spelling.TryReadNumber(PromptCharacters.Narrow(written), out var loose)
            ? apply((long)Math.Round(Math.Clamp(loose, 0, maximum), MidpointRounding.AwayFromZero))
            : value.Prompt;
        return new(nearest, length, written, expected);
    }
}

/// <summary>The input of <see cref="PromptParameter.Read"/>.</summary>
/// <param name="Prompt">The result of the parameters before it.</param>
/// <param name="Text">Everything up to the next parameter, trimmed; text that does not belong to the value may follow it.</param>
/// <param name="Versions">The versions that <c>--v</c> accepts.</param>
internal readonly record struct ParameterValue(Prompt Prompt, string Text, IReadOnlyList<string> Versions);

/// <summary>The result of <see cref="PromptParameter.Read"/>.</summary>
/// <param name="Prompt">The prompt with the value, or with the nearest valid one, or unchanged if there is none.</param>
/// <param name="Length">Characters that belong to the value; the rest is text that belongs to the prompt.</param>
/// <param name="Invalid">The part that is invalid as written, empty if the value is missing; null if all is valid.</param>
/// <param name="Expected">What the parameter accepts instead.</param>
/// <param name="IsAmbiguous">Whether any correction could change what the person meant, so that none is offered.</param>
internal readonly record struct ParameterReading(Prompt Prompt, int Length, string? Invalid, ExpectedValue Expected, bool IsAmbiguous = false);
