namespace Personalization.Pictures;

/// <summary>
/// Reads the bytes of pictures. A ranking picture that is painted exactly needs no file beforehand: one that is missing is
/// painted first.
/// </summary>
public sealed class PictureReader(IPictureStore pictures, IPictureFiles files, IExactPainter painter, IFeatureExtractor extractor, IGridComposer composer, ComputeThreads threads)
{
    /// <summary>Width and height in pixels within which <see cref="ReadSmallAsync"/> shows a picture: several fit in one message.</summary>
    public const int SmallSide = 512;

    /// <summary>Whether a picture's bytes can be read without painting it first.</summary>
    /// <param name="picture">As it was read before; it may have been painted since.</param>
    /// <exception cref="UnreadablePictureException">There is no such picture.</exception>
    public async Task<bool> IsPaintedAsync(Picture picture, CancellationToken cancellationToken) =>
        (await CurrentAsync(picture, cancellationToken)).FileKey is not null;

    /// <summary>A picture's bytes, encoded as PNG.</summary>
    /// <exception cref="UnreadablePictureException">The picture is gone or damaged.</exception>
    public async Task<byte[]> ReadAsync(PictureId id, CancellationToken cancellationToken) =>
        await ReadAsync(await FindAsync(id, cancellationToken), cancellationToken);

    /// <summary>A picture's bytes, encoded as PNG.</summary>
    /// <param name="picture">As it was read before; it may have been painted since.</param>
    /// <exception cref="UnreadablePictureException">The picture is gone or damaged.</exception>
    public async Task<byte[]> ReadAsync(Picture picture, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(picture, cancellationToken);
        return await ReadableAsync(picture.Id, () => BytesAsync(current, cancellationToken));
    }

    /// <summary>A picture's bytes, encoded as PNG, at most <see cref="SmallSide"/> pixels wide and high.</summary>
    /// <param name="picture">As it was read before; it may have been painted since.</param>
    /// <exception cref="UnreadablePictureException">The picture is gone or damaged.</exception>
    public async Task<byte[]> ReadSmallAsync(Picture picture, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(picture, cancellationToken);
        return await ReadableAsync(picture.Id, async () =>
        {
            var png = await BytesAsync(current, cancellationToken);
            return Math.Max(picture.Width, picture.Height) > SmallSide
                ? await threads.RunAsync(() => composer.Shrink(new(png, picture.Width, picture.Height), SmallSide).Png.ToArray(), cancellationToken)
                : png;
        });
    }

    /// <summary>Paints a picture exactly as its row describes it, and stores its file and what was measured in it.</summary>
    /// <returns>The key of its file.</returns>
    public async Task<string> PaintAsync(Picture picture, CancellationToken cancellationToken)
    {
        var painted = await painter.PaintAsync(picture.Prompt, picture.Style, picture.Seed, picture.Width, picture.Height, cancellationToken);
        var key = await files.SaveAsync(painted.Png, "png", cancellationToken);
        var measured = await threads.RunAsync(() => extractor.Extract(painted.Png), cancellationToken);
        await pictures.SetFileAsync(picture.Id, key, new(extractor.Version, measured), cancellationToken);
        return key;
    }

    private static async Task<byte[]> ReadableAsync(PictureId id, Func<Task<byte[]>> readAsync)
    {
        try
        {
            return await readAsync();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException or InvalidDataException)
        {
            throw new UnreadablePictureException(id, exception);
        }
    }

    private async Task<Picture> FindAsync(PictureId id, CancellationToken cancellationToken) =>
        await pictures.FindAsync(id, cancellationToken) ?? throw new UnreadablePictureException(id);

    private async Task<Picture> CurrentAsync(Picture picture, CancellationToken cancellationToken)
    {
        var current = picture.FileKey is null ? await FindAsync(picture.Id, cancellationToken) : picture;
        return current.Kind == PictureKind.Deleted ? throw new UnreadablePictureException(picture.Id) : current;
    }

    private async Task<byte[]> BytesAsync(Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return await files.ReadAsync(picture.FileKey ?? await PaintAsync(picture, cancellationToken), cancellationToken);
        }
        catch (FileNotFoundException) when (picture is { Source: null, Kind: PictureKind.Ranking or PictureKind.Prepared or PictureKind.Retired })
        {
            // It was painted exactly: painting it again gives the same bytes.
            return await files.ReadAsync(await PaintAsync(picture, cancellationToken), cancellationToken);
        }
    }
}
