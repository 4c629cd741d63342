using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>Loads the pool when it is first wanted, and again only while its pictures are still being painted.</summary>
public sealed class PoolSource(IPictureStore pictures)
{
    private volatile PicturePool? _complete;

    /// <summary>The ranking pictures that can be shown.</summary>
    public async Task<PicturePool> LoadAsync(CancellationToken cancellationToken)
    {
        if (_complete is { } complete)
        {
            return complete;
        }

        var all = await pictures.RankingPicturesAsync(cancellationToken);
        var pool = new PicturePool(all.Where(picture => picture.FileKey is not null));
        if (all.Count > 0 && pool.Pictures.Count == all.Count)
        {
            _complete = pool;
        }

        return pool;
    }
}
