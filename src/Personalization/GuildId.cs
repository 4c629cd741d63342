namespace Personalization;

/// <summary>A place whose members see the same pictures, by the id that it has where they came from: on Discord, the snowflake of the server.</summary>
public readonly record struct GuildId(ulong Value)
{
    public override string ToString() => Value.ToString();
}
