namespace Personalization.Discord.Components;

/// <summary>A line of a select menu.</summary>
public sealed record SelectOption
{
    public const int MaximumText = 100;

    /// <param name="label">What people see, 1 to 100 characters.</param>
    /// <param name="value">What comes back, 1 to 100 characters.</param>
    public SelectOption(string label, string value)
    {
        Label = Limits.Text(label, 1, MaximumText, "A select option's label");
        Value = Limits.Text(value, 1, MaximumText, "A select option's value");
    }

    public string Label { get; }

    public string Value { get; }

    /// <summary>Whether it is picked at first; null where not.</summary>
    public bool? Default { get; init; }
}
