using System.Collections.Concurrent;

namespace Personalization.Pictures;

/// <summary>
/// Reads the bytes of pictures. A ranking picture that is painted exactly needs no file beforehand: one that is missing or
/// damaged is painted first. The small form of a large picture is made at first need and stored.
/// </summary>
public sealed class PictureReader(IPictureStore pictures, IPictureFiles files, IExactPainter painter, PictureMeasurer measurer, IGridComposer composer, ComputeThreads threads) : IDisposable
{
    /// <summary>Width and height in pixels within which <see cref="ReadSmallAsync"/> shows a picture: several fit in one message.</summary>
    public const int SmallSide = 512;

    /// <summary>Width and height in pixels of a tile: a page of two columns is shown about 550 pixels wide.</summary>
    public const int TileSide = 384;

    // Each holds a whole picture in memory.
    private const int MakingAtOnce = 4;

    private readonly ConcurrentDictionary<(string Key, int Side), Lazy<Task<byte[]>>> _making = new();
    private readonly SemaphoreSlim _makers = new(MakingAtOnce);

    /// <summary>Whether <see cref="ReadSmallAsync"/> only has to read: nothing is to be painted or made small first.</summary>
    /// <param name="picture">As it was read before; it may have been painted since.</param>
    /// <exception cref="UnreadablePictureException">There is no such picture.</exception>
    public async Task<bool> IsReadyAsync(Picture picture, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(picture, cancellationToken);
        return current.FileKey is { } key && (!IsLarge(current) || files.HasSmall(key, SmallSide));
    }

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
        return await ReadableAsync(picture.Id, () => IsLarge(current)
            ? SmallAsync(current, SmallSide, png => composer.Shrink(new(png, current.Width, current.Height), SmallSide).Png, cancellationToken)
            : BytesAsync(current, cancellationToken));
    }

    /// <summary>The middle of a picture as a square of <see cref="TileSide"/>, encoded as JPEG.</summary>
    /// <param name="picture">As it was read before; it may have been painted since.</param>
    /// <exception cref="UnreadablePictureException">The picture is gone or damaged.</exception>
    public async Task<byte[]> ReadTileAsync(Picture picture, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(picture, cancellationToken);
        return await ReadableAsync(picture.Id, () => SmallAsync(current, TileSide, png => composer.Tile([png], TileSide).Content, cancellationToken));
    }

    public void Dispose() => _makers.Dispose();

    /// <summary>Paints a picture exactly as its row describes it, ahead of need, and stores its file and what is measured in it.</summary>
    public async Task PaintAheadAsync(Picture picture, CancellationToken cancellationToken)
    {
        await SaveAsync(picture, await PaintOnlyAsync(picture, cancellationToken), cancellationToken);
        await measurer.MeasureAsync(picture.Id, cancellationToken);
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

    private static bool IsLarge(Picture picture) => Math.Max(picture.Width, picture.Height) > SmallSide;

    /// <summary>The stored small form of a picture, made by the first of those who need it while the others wait.</summary>
    private async Task<byte[]> SmallAsync(Picture picture, int side, Func<byte[], ReadOnlyMemory<byte>> make, CancellationToken cancellationToken)
    {
        var key = picture.FileKey ?? await KeepAsync(picture, await PaintOnlyAsync(picture, cancellationToken), cancellationToken);
        if (await files.ReadSmallAsync(key, side, cancellationToken) is { } stored)
        {
            return stored;
        }

        var making = _making.GetOrAdd((key, side), _ => new(() => MakeAsync(picture with { FileKey = key }, side, make)));
        return await making.Value.WaitAsync(cancellationToken);
    }

    // Several requests share this task, so the cancellation of one must not cancel it.
    private async Task<byte[]> MakeAsync(Picture picture, int side, Func<byte[], ReadOnlyMemory<byte>> make)
    {
        await _makers.WaitAsync(CancellationToken.None);
        try
        {
            var png = await BytesAsync(picture, CancellationToken.None);
            var small = await threads.RunAsync(() => make(png), CancellationToken.None);
            await TrySaveSmallAsync(picture.FileKey!, side, small);
            return small.ToArray();
        }
        finally
        {
            _makers.Release();
            _making.TryRemove((picture.FileKey!, side), out _);
        }
    }

    private async Task TrySaveSmallAsync(string key, int side, ReadOnlyMemory<byte> small)
    {
        try
        {
            await files.SaveSmallAsync(key, side, small, CancellationToken.None);
        }
        catch (Exception)
        {
            // It can be shown all the same, and is made again when it is needed again; a full disk says so itself.
        }
    }

    private async Task<byte[]> BytesAsync(Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return picture.FileKey is { } key ? await files.ReadAsync(key, cancellationToken) : await PaintToShowAsync(picture, cancellationToken);
        }
        catch (FileNotFoundException) when (picture is { Source: null, Kind: PictureKind.Ranking or PictureKind.Prepared or PictureKind.Retired })
        {
            // It was painted exactly: painting it again gives the same bytes.
            return await PaintToShowAsync(picture, cancellationToken);
        }
    }

    private async Task<byte[]> PaintToShowAsync(Picture picture, CancellationToken cancellationToken)
    {
        var painted = await PaintOnlyAsync(picture, cancellationToken);
        try
        {
            await KeepAsync(picture, painted, cancellationToken);
        }
        catch (StorageFullException)
        {
            // It is painted again when it is needed again.
        }

        return painted.Png.ToArray();
    }

    private Task<PaintedPicture> PaintOnlyAsync(Picture picture, CancellationToken cancellationToken) =>
        painter.PaintAsync(picture.Prompt, picture.Style, picture.Seed, picture.Width, picture.Height, cancellationToken);

    /// <summary>Stores the file of a picture that is about to be shown, and measures it later: showing it does not wait for that.</summary>
    private async Task<string> KeepAsync(Picture picture, PaintedPicture painted, CancellationToken cancellationToken)
    {
        var key = await SaveAsync(picture, painted, cancellationToken);
        measurer.MeasureSoon(picture.Id);
        return key;
    }

    /// <returns>The key of its file.</returns>
    private async Task<string> SaveAsync(Picture picture, PaintedPicture painted, CancellationToken cancellationToken)
    {
        var key = await files.SaveAsync(painted.Png, "png", cancellationToken);
        await pictures.SetFileAsync(picture.Id, key, cancellationToken);
        return key;
    }
}
