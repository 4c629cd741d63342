using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Loads the pool when it is first wanted, and again when the community has moved or while there is nothing in it.</summary>
public sealed class PoolSource(IPictureStore pictures, CurrentCommunity community, IOptions<RankingOptions> options) : IDisposable
{
    // What one person made is at most this part of what people made.
    private const int ShareOfOne = 10;

    // Many want the pool at the moment a fit is done, and a pool is large: one loads it, and the others wait for that.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile PicturePool? _loaded;

    /// <summary>
    /// The ranking pictures, each of which is painted by the time it is shown, and the newest that people made, as the
    /// community now sees them.
    /// </summary>
    public async Task<PicturePool> LoadAsync(CancellationToken cancellationToken)
    {
        if (Loaded() is { } loaded)
        {
            return loaded;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Loaded() ?? await LoadAsync(community.Now, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A picture of the pool without a query, or any other from the store; null where there is none of this id.</summary>
    public async Task<Picture?> FindPictureAsync(PictureId id, CancellationToken cancellationToken)
    {
        var pool = await LoadAsync(cancellationToken);
        return pool.Find(id)?.Picture ?? await pictures.FindAsync(id, cancellationToken);
    }

    public void Dispose() => _gate.Dispose();

    private PicturePool? Loaded() => _loaded is { } loaded && loaded.Community == community.Now ? loaded : null;

    private async Task<PicturePool> LoadAsync(Community now, CancellationToken cancellationToken)
    {
        var ranking = await pictures.RankingPicturesAsync(cancellationToken);
        var made = await pictures.MadePicturesAsync(before: null, options.Value.MadePictures, cancellationToken);
        var pool = new PicturePool(now, ranking, OfMany(made));
        if (pool.PairCount > 0)
        {
            _loaded = pool;
        }

        return pool;
    }

    /// <summary>Nobody's pictures, and none of one request, fill the pool.</summary>
    private IEnumerable<Picture> OfMany(IReadOnlyList<Picture> made) =>
        made.GroupBy(picture => picture.Prompt, StringComparer.Ordinal)
            .SelectMany(request => request.Take(StyleSpread.StylesPerPrompt))
            .GroupBy(picture => picture.Author)
            .SelectMany(author => author.OrderByDescending(picture => picture.Id.Value).Take(Math.Max(options.Value.MadePictures / ShareOfOne, StyleSpread.StylesPerPrompt)));
}
