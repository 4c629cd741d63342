namespace Personalization.Imagine;

/// <summary>How a painting ended.</summary>
public abstract record PaintingResult
{
    private PaintingResult()
    {
    }

    /// <summary>The pictures, in order.</summary>
    public sealed record Painted(IReadOnlyList<PaintedPicture> Pictures) : PaintingResult;

    /// <summary>The backend does not paint this prompt, and asking again would not help.</summary>
    /// <param name="Reason">One or two plain sentences for the person.</param>
    public sealed record Refused(string Reason) : PaintingResult;
}
