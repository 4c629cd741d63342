using Personalization.Pictures;
namespace Personalization.Imagine.Backends;

/// <summary>How a painting ended.</summary>
public abstract record PaintingResult
{
    private PaintingResult()
    {
    }

    /// <summary>The pictures, in order.</summary>
    public sealed record Painted(IReadOnlyList<PaintedPicture> Pictures) : PaintingResult
    {
        /// <summary>What it cost in the backend's own coin, such as <c>10 kudos</c>; empty where it does not say.</summary>
        public string Cost { get; init; } = "";
    }

    /// <summary>The backend does not paint this prompt, and asking again would not help.</summary>
    /// <param name="Reason">One or two plain sentences for the person.</param>
    public sealed record Refused(string Reason) : PaintingResult;
}
