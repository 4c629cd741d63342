namespace Personalization.Discord.Components;

/// <summary>A box around other components.</summary>
public sealed record Container : MessageComponent
{
    public const int MaximumColor = 0xFFFFFF;

    /// <param name="components">At least one; containers do not nest.</param>
    /// <param name="accentColor">The bar at its side as 0xRRGGBB; null for none.</param>
    public Container(IReadOnlyList<MessageComponent> components, int? accentColor = null)
    {
        Components = Limits.Count(components, 1, MaximumCount, "A container");
        AccentColor = accentColor is { } color ? Limits.Number(color, 0, MaximumColor, "A container's accent colour") : null;
    }

    public IReadOnlyList<MessageComponent> Components { get; }

    public int? AccentColor { get; }

    internal override IEnumerable<MessageComponent> Children => Components;
}
