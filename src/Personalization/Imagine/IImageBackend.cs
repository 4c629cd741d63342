namespace Personalization.Imagine;

/// <summary>Something that paints pictures from a request.</summary>
public interface IImageBackend
{
    /// <summary>The name configuration knows it by, such as <c>Painter</c>.</summary>
    string Name { get; }

    /// <summary>The pixel area its pictures should have, and the step widths and heights come in.</summary>
    (int Area, int Step) SizeOf(string model);

    /// <summary>Paints <see cref="ImageRequest.Count"/> pictures, in order.</summary>
    Task<IReadOnlyList<PaintedPicture>> PaintAsync(ImageRequest request, IProgress<PaintingProgress> progress, CancellationToken cancellationToken);
}
