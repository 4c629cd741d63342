using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>Loads the pool when it is first wanted, and again when the community has moved or while there is nothing in it.</summary>
public sealed class PoolSource(IPictureStore pictures, CurrentCommunity community, IOptions<RankingOptions> options)
{
    private volatile PicturePool? _loaded;

    /// <summary>
    /// The ranking pictures, each of which is painted by the time it is shown, and the newest that people made, as the
    /// community now sees them.
    /// </summary>
    public async Task<PicturePool> LoadAsync(CancellationToken cancellationToken)
    {
        var now = community.Now;
        if (_loaded is { } loaded && loaded.Community == now)
        {
            return loaded;
        }

        var ranking = await pictures.RankingPicturesAsync(cancellationToken);
        var made = await pictures.MadePicturesAsync(before: null, options.Value.MadePictures, cancellationToken);

        // What was measured could be read: nobody is asked about a picture whose file was lost.
        var pool = new PicturePool(now, ranking, made.Where(picture => picture.Features is not null));
        if (pool.PairCount > 0)
        {
            _loaded = pool;
        }

        return pool;
    }
}
