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
}
