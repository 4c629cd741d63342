using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>
/// Features of pictures in the space of one community, by id: those of a pool, and those of older pictures that votes and
/// likes refer to. Not safe for concurrent use.
/// </summary>
internal sealed class FeatureLookup(PicturePool pool, IPictureStore pictures)
{
    private readonly Dictionary<PictureId, PoolPicture> _others = [];

    public PicturePool Pool => pool;

    /// <summary>
    /// Loads the pictures of these pairs and likes that are not known yet, in one query. Pictures that were deleted or have no
    /// features in this space stay unknown.
    /// </summary>
    public async Task AddAsync(IEnumerable<Pair> pairs, IEnumerable<Like> likes, CancellationToken cancellationToken)
    {
        var ids = pairs.SelectMany(pair => (PictureId[])[pair.Left, pair.Right])
            .Concat(likes.SelectMany(like => like.PassedOver.Concat(like.Drawn ?? []).Prepend(like.Picture)))
            .Where(id => Find(id) is null)
            .ToHashSet();
        if (ids.Count == 0)
        {
            return;
        }

        foreach (var picture in await pictures.FindAsync(ids, cancellationToken))
        {
            if (pool.Community.Space.FeaturesOf(picture) is { } features)
            {
                _others[picture.Id] = new(picture, features);
            }
        }
    }

    public PoolPicture? Find(PictureId id) => pool.Find(id) ?? _others.GetValueOrDefault(id);

    /// <summary>The picture that was chosen; null for a pair without a vote and for an unknown picture.</summary>
    public PoolPicture? FindChosen(Pair pair) => pair.Choice switch
    {
        Choice.Left => Find(pair.Left),
        Choice.Right => Find(pair.Right),
        _ => null,
    };
}
