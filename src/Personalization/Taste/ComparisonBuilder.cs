using Personalization.Taste.Model;
using Personalization.Votes;
using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Taste;

/// <summary>Turns what people did into what taste is learnt from, in one community's space.</summary>
internal sealed class ComparisonBuilder(IPictureStore pictures, PoolSource pools)
{
    // A like with nothing beside it teaches about as much as one vote when it is held against this many pictures.
    private const int Strangers = 8;

    /// <summary>What every picture that these pairs and likes are about is to the model now, for those that are there.</summary>
    public async Task<Sight> SeeAsync(IEnumerable<Pair> pairs, IEnumerable<Like> likes, CancellationToken cancellationToken)
    {
        var sight = new Sight(await pools.LoadAsync(cancellationToken));
        await sight.AddAsync(pictures, pairs, likes, cancellationToken);
        return sight;
    }

    public async Task<Picture?> PictureAsync(PictureId id, CancellationToken cancellationToken)
    {
        var pool = await pools.LoadAsync(cancellationToken);
        return pool.Find(id)?.Picture ?? await pictures.FindAsync(id, cancellationToken);
    }

    /// <summary>Pictures as the model sees them: those of the pool, and some others.</summary>
    internal sealed class Sight(PicturePool pool)
    {
        private readonly Dictionary<PictureId, PoolPicture> _others = [];

        public PicturePool Pool => pool;

        /// <summary>Adds to what is seen the pictures of these pairs and likes.</summary>
        public async Task AddAsync(IPictureStore pictures, IEnumerable<Pair> pairs, IEnumerable<Like> likes, CancellationToken cancellationToken)
        {
            var ids = pairs.SelectMany(pair => (PictureId[])[pair.Left, pair.Right])
                .Concat(likes.SelectMany(like => like.PassedOver.Prepend(like.Picture)))
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

        /// <summary>One comparison for an answered pair, a tie for a skipped one; none for a withdrawn one, or where a picture is gone.</summary>
        public IEnumerable<Comparison> Of(Pair pair)
        {
            if (pair.Choice is null || pair.IsWithdrawn || Find(pair.Left) is not { } left || Find(pair.Right) is not { } right)
            {
                return [];
            }

            return
            [
                pair.Choice switch
                {
                    Choice.Left => new(left.Features, right.Features, 1),
                    Choice.Right => new(right.Features, left.Features, 1),
                    _ => Comparison.Skipped(left.Features, right.Features),
                },
            ];
        }

        /// <summary>One comparison with each picture passed over, together as heavy as one vote.</summary>
        public IEnumerable<Comparison> Of(Like like)
        {
            if (Find(like.Picture) is not { } liked)
            {
                return [];
            }

            var others = like.PassedOver.Select(Find).OfType<PoolPicture>().ToArray();
            if (others.Length == 0)
            {
                others = StrangersTo(like.Picture);
            }

            return others.Select(other => new Comparison(liked.Features, other.Features, 1.0 / others.Length));
        }

        /// <summary>The picture that was chosen; null where none was, or it is gone.</summary>
        public PoolPicture? ChosenIn(Pair pair) => pair.Choice switch
        {
            Choice.Left => Find(pair.Left),
            Choice.Right => Find(pair.Right),
            _ => null,
        };

        /// <summary>Notes in a history that the pair was shown.</summary>
        public void Remember(Pair pair, PairHistory history)
        {
            if (Find(pair.Left) is { } left && Find(pair.Right) is { } right)
            {
                history.Add(left, right, pair.Expectation is { } expectation ? expectation >= 0.5 : null);
            }
        }

        /// <summary>Pictures drawn from the pool, the same ones whenever the taste is rebuilt.</summary>
        private PoolPicture[] StrangersTo(PictureId liked)
        {
            var random = new StableRandom((ulong)liked.Value);
            var candidates = pool.Pictures.Where(member => member.Id != liked).ToArray();
            var count = Math.Min(Strangers, candidates.Length);
            for (var i = 0; i < count; i++)
            {
                var drawn = i + random.Below(candidates.Length - i);
                (candidates[i], candidates[drawn]) = (candidates[drawn], candidates[i]);
            }

            return candidates[..count];
        }
    }
}
