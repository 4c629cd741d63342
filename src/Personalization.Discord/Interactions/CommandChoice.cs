namespace Personalization.Discord.Interactions;

/// <summary>A value of an option that people pick rather than type.</summary>
public sealed record CommandChoice
{
    public const int MaximumName = 100;
    public const int MaximumText = 100;

    // Discord takes text for text options and numbers for whole ones, under one name.
    private CommandChoice(string name, object value)
    {
        Name = Limits.Text(name, 1, MaximumName, "A choice's name");
        Value = value;
    }

    /// <summary>What people see.</summary>
    public string Name { get; }

    /// <summary>What the program gets.</summary>
    public object Value { get; }

    /// <param name="value">At most 100 characters.</param>
    public static CommandChoice Of(string name, string value) => new(name, Limits.Text(value, 0, MaximumText, "A choice's text"));

    public static CommandChoice Of(string name, long value) => new(name, value);
}
