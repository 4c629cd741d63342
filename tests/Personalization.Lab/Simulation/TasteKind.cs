namespace Personalization.Lab.Simulation;

/// <summary>What a simulated person's taste is made of.</summary>
public enum TasteKind
{
    /// <summary>The axes of style, which the model learns.</summary>
    Axes,

    /// <summary>Lightness, colourfulness and edges as measured in painted pictures, which the model is not told.</summary>
    Pixels,

    /// <summary>Axes of style that they do not answer by: their votes are a coin's.</summary>
    Contradictory,
}
