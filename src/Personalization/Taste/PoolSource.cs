using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Loads the pool on first use, and again after a fit of the community and while the pool is empty.</summary>
public sealed class PoolSource(IPictureStore pictures, PictureLikeness likeness, CurrentCommunity community, IOptions<RankingOptions> options) : IDisposable
{
    // The pictures of one person are at most one in this many of the made pictures.
    private const int MaxAuthorFraction = 10;

    private const int PicturesOfOneRequest = 8;

    // After a fit many callers need the large pool at once: one loads it and the others wait.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile PicturePool? _loaded;

    /// <summary>
    /// All ranking pictures (those not painted yet are painted when first shown) and the newest pictures that people made, with
    /// features in the current community's space; of copies, the first.
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

    /// <summary>A picture by id: from the pool in memory, or else from the store; null if there is none.</summary>
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
        PicturePool PoolOf(IReadOnlyList<Picture> ranked) => new(now, ranked, Limit(likeness.WithoutCopies(made)), likeness);

        // A catalogue whose pictures are all copies, of a server that ignores style, is ranked as it is.
        var distinct = PoolOf(likeness.WithoutCopies(ranking));
        var pool = distinct.PairCount > 0 ? distinct : PoolOf(ranking);
        if (pool.PairCount > 0)
        {
            _loaded = pool;
        }

        return pool;
    }

    /// <summary>Limits the pictures of each request and of each author, so that none fills the pool.</summary>
    private IEnumerable<Picture> Limit(IReadOnlyList<Picture> made) =>
        made.GroupBy(picture => picture.Prompt, StringComparer.Ordinal)
            .SelectMany(request => request.Take(PicturesOfOneRequest))
            .GroupBy(picture => picture.Author)
            .SelectMany(author => author.OrderByDescending(picture => picture.Id.Value).Take(Math.Max(options.Value.MadePictures / MaxAuthorFraction, PicturesOfOneRequest)));
}
