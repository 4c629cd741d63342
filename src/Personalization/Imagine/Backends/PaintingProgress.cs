namespace Personalization.Imagine.Backends;

/// <summary>How far a painting is.</summary>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Ahead">Jobs that come before it in the backend's queue; null when it is being painted or the number is unknown.</param>
/// <param name="Preview">An unfinished picture, encoded as PNG, JPEG or WebP and unchecked; empty when there is none.</param>
/// <param name="Remaining">The estimated time until it is painted; null when unknown.</param>
public readonly record struct PaintingProgress(double Fraction, int? Ahead = null, ReadOnlyMemory<byte> Preview = default, TimeSpan? Remaining = null)
{
    /// <summary>Whether <see cref="Ahead"/> counts pictures: some servers queue each picture of a job by itself.</summary>
    public bool CountsPictures { get; init; }
}
