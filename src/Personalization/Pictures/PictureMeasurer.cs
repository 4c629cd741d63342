using System.Threading.Channels;

namespace Personalization.Pictures;

/// <summary>
/// Measures painted pictures that this extractor has not measured, one after another, and only while the threads have nothing
/// to do that someone waits for.
/// </summary>
public sealed class PictureMeasurer(IPictureStore pictures, IPictureFiles files, IFeatureExtractor extractor, ComputeThreads threads)
{
    private readonly Channel<PictureId> _soon = Channel.CreateUnbounded<PictureId>(new() { SingleReader = true });

    /// <summary>
    /// Has pictures measured that are shown by now. This is kept in memory alone: those that a crash forgets are found by
    /// <see cref="MeasureAllAsync"/>.
    /// </summary>
    public void MeasureSoon(params IEnumerable<PictureId> ids)
    {
        foreach (var id in ids)
        {
            _soon.Writer.TryWrite(id);
        }
    }

    /// <summary>The pictures that <see cref="MeasureSoon"/> was called with, as they come; for one reader at a time.</summary>
    public IAsyncEnumerable<PictureId> SoonAsync(CancellationToken cancellationToken) => _soon.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Measures a picture, unless it is measured, or not painted.</summary>
    /// <returns>Null, or why it cannot be measured.</returns>
    public async Task<string?> MeasureAsync(PictureId id, CancellationToken cancellationToken) =>
        await pictures.FindAsync(id, cancellationToken) is { } picture ? await MeasureAsync(picture, cancellationToken) : null;

    /// <summary>Measures all that were not measured, newest first.</summary>
    /// <returns>Those that cannot be measured, and why: mostly files that are gone or damaged.</returns>
    public async Task<IReadOnlyList<(PictureId Picture, string Reason)>> MeasureAllAsync(CancellationToken cancellationToken)
    {
        var unreadable = new List<(PictureId Picture, string Reason)>();
        foreach (var id in await pictures.UnmeasuredAsync(extractor.Version, cancellationToken))
        {
            if (await MeasureAsync(id, cancellationToken) is { } reason)
            {
                unreadable.Add((id, reason));
            }
        }

        return unreadable;
    }

    private async Task<string?> MeasureAsync(Picture picture, CancellationToken cancellationToken)
    {
        if (picture.FileKey is not { } key || picture.Features?.Version == extractor.Version)
        {
            return null;
        }

        float[] measured;
        try
        {
            var file = await files.ReadAsync(key, cancellationToken);
            await threads.YieldAsync(cancellationToken);
            measured = await threads.RunAsync(() => extractor.Extract(file), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Decoders and encoders fail in many ways; the other pictures must still be measured.
            return exception.Message;
        }

        await pictures.SetFeaturesAsync(picture.Id, new(extractor.Version, measured), cancellationToken);
        return null;
    }
}
