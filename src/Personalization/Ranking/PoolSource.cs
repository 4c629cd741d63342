using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>Loads the pool when it is first wanted, and again only while there is nothing in it.</summary>
public sealed class PoolSource(IPictureStore pictures)
{
    private volatile PicturePool? _loaded;

    /// <summary>The ranking pictures; each is painted by the time it is shown.</summary>
    public async Task<PicturePool> LoadAsync(CancellationToken cancellationToken)
    {
        if (_loaded is { } loaded)
        {
            return loaded;
        }

        var pool = new PicturePool(await pictures.RankingPicturesAsync(cancellationToken));
        if (pool.PairCount > 0)
        {
            _loaded = pool;
        }

        return pool;
    }
}
