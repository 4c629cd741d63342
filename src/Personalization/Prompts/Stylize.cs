namespace Personalization.Prompts;

/// <summary>How strongly the taste acts on the picture (<c>--s</c>): 0 leaves the prompt as it is, 1000 is the strongest. Default 100.</summary>
public readonly record struct Stylize
{
    public const int MinValue = 0;
    public const int MaxValue = 1000;
    public const int Default = 100;

    // Stored as the distance from the default, so that default(Stylize) is the default.
    private readonly int _offset;

    private Stylize(int value) => _offset = value - Default;

    /// <summary>0 to 1000.</summary>
    public int Value => Default + _offset;

    public static bool TryCreate(long value, out Stylize stylize)
    {
        var valid = value is >= MinValue and <= MaxValue;
        stylize = valid ? new((int)value) : default;
        return valid;
    }

    public override string ToString() => Value.ToString();
}
