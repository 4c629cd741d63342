namespace Personalization.Imaging;

/// <summary>What of a picture that is not square a square input shows.</summary>
internal enum Framing
{
    /// <summary>All of it, squeezed: nothing is lost at the sides, and proportions change.</summary>
    Whole,

    /// <summary>The largest square in the middle.</summary>
    Middle,
}
