using Personalization.Pictures;

namespace Personalization.Imagine.Backends;

/// <summary>How a painting ended.</summary>
public abstract record PaintingResult
{
    private PaintingResult()
    {
    }

    /// <summary>The pictures, in order; at least one, and fewer than requested where some are missing.</summary>
    public sealed record Painted(IReadOnlyList<PaintedPicture> Pictures) : PaintingResult
    {
        /// <summary>The position in the request of each picture, from 0, ascending: it gives the picture's seed. By default the first positions.</summary>
        public IReadOnlyList<int> Positions { get; init; } = [.. Enumerable.Range(0, Pictures.Count)];

        /// <summary>Why others are missing than those that a filter withheld, in words for the operator; empty where none are. Without key and prompt.</summary>
        public string Problem { get; init; } = "";

        /// <summary>How many further pictures a filter of the service withheld.</summary>
        public int Withheld { get; init; }

        /// <summary>What it cost in the backend's own unit, such as <c>about 10 kudos</c>; empty where the backend does not report it.</summary>
        public string Cost { get; init; } = "";

        /// <summary>What else the backend said of the request, one sentence each, in words for the operator. Without key and prompt.</summary>
        public IReadOnlyList<string> Remarks { get; init; } = [];
    }

    /// <summary>The backend does not paint this prompt, and asking again would not help.</summary>
    public sealed record Refused(PaintingRefusal Refusal) : PaintingResult;
}

/// <summary>The pictures a painting is made from, encoded as PNG.</summary>
/// <param name="References">Pictures whose style to follow, best first; at most as many as the backend takes. See <see cref="ImageRequest.References"/>.</param>
/// <param name="Original">The picture to vary; empty where nothing is varied. See <see cref="ImageRequest.Original"/>.</param>
public sealed record PaintingSources(IReadOnlyList<ReadOnlyMemory<byte>> References, ReadOnlyMemory<byte> Original)
{
    /// <summary>For a painting from words alone.</summary>
    public static PaintingSources None { get; } = new([], default);
}
