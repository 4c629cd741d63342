using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>Loads the pool when it is first wanted, and again when the community has moved or while there is nothing in it.</summary>
public sealed class PoolSource(IPictureStore pictures, CurrentCommunity community)
{
    private volatile PicturePool? _loaded;

    /// <summary>The ranking pictures as the community now sees them; each is painted by the time it is shown.</summary>
    public async Task<PicturePool> LoadAsync(CancellationToken cancellationToken)
    {
        var now = community.Now;
        if (_loaded is { } loaded && loaded.Community == now)
        {
            return loaded;
        }

        var pool = new PicturePool(now, await pictures.RankingPicturesAsync(cancellationToken));
        if (pool.PairCount > 0)
        {
            _loaded = pool;
        }

        return pool;
    }
}
