namespace Personalization.Lab.Simulation;

/// <summary>The basis of a simulated person's taste.</summary>
public enum TasteKind
{
    /// <summary>The axes of style, which the model learns.</summary>
    Axes,

    /// <summary>Lightness, colourfulness and edges as measured in painted pictures, which the model does not use.</summary>
    Pixels,

    /// <summary>Axes of style, but the votes are at random.</summary>
    Contradictory,

    /// <summary>Axes of style, but a share of the answers, <see cref="SimulationOptions.Lapses"/>, is the opposite of what was meant.</summary>
    Lapsing,

    /// <summary>Axes of style, and after half of the votes the opposite taste.</summary>
    Reversing,

    /// <summary>Axes of style, and after half of the votes an unrelated taste of the same strength.</summary>
    Turning,

    /// <summary>Axes of style, but with each vote the taste moves a little, until after all votes nothing is left of the first one.</summary>
    Wandering,

    /// <summary>Axes of style, but the last tenth of the votes is at random.</summary>
    Tiring,

    /// <summary>The nearer to a point in the space of styles, the better: of an axis they may like the middle.</summary>
    Middle,

    /// <summary>A direction in all that the extractor finds in painted pictures, its image encoder included, which the model does not use.</summary>
    Extracted,
}
