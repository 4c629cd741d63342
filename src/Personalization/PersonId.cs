namespace Personalization;

/// <summary>A person, by the id that the place they came from gives them: on Discord, the snowflake of the user.</summary>
public readonly record struct PersonId(ulong Value)
{
    public override string ToString() => Value.ToString();
}
