using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>Turns what people did into what taste is learnt from.</summary>
internal sealed class Evidence(IPictureStore pictures, PoolSource pools)
{
    // A like with nothing beside it teaches about as much as one vote when it is held against this many pictures.
    private const int Strangers = 8;

    /// <summary>One comparison for an answered pair; none for a skip, and none where a picture is gone.</summary>
    public async Task<IReadOnlyList<Comparison>> OfAsync(Pair pair, CancellationToken cancellationToken)
    {
        if (pair.Choice is null or Choice.Skip
            || await StyleAsync(pair.Left, cancellationToken) is not { } left
            || await StyleAsync(pair.Right, cancellationToken) is not { } right)
        {
            return [];
        }

        return [pair.Choice == Choice.Left ? new(left, right, 1) : new(right, left, 1)];
    }

    /// <summary>One comparison with each picture passed over, together as heavy as one vote.</summary>
    public async Task<IReadOnlyList<Comparison>> OfAsync(Like like, CancellationToken cancellationToken)
    {
        if (await StyleAsync(like.Picture, cancellationToken) is not { } liked)
        {
            return [];
        }

        var others = new List<StyleVector>();
        foreach (var other in like.PassedOver)
        {
            if (await StyleAsync(other, cancellationToken) is { } style)
            {
                others.Add(style);
            }
        }

        if (others.Count == 0)
        {
            others = StrangersTo(like.Picture, await pools.LoadAsync(cancellationToken));
        }

        return [.. others.Select(other => new Comparison(liked, other, 1.0 / others.Count))];
    }

    public async Task<Picture?> PictureAsync(PictureId id, CancellationToken cancellationToken)
    {
        var pool = await pools.LoadAsync(cancellationToken);
        return pool.Find(id) ?? await pictures.FindAsync(id, cancellationToken);
    }

    private async Task<StyleVector?> StyleAsync(PictureId id, CancellationToken cancellationToken) =>
        (await PictureAsync(id, cancellationToken))?.Style;

    /// <summary>Pictures drawn from the pool, the same ones whenever the taste is rebuilt.</summary>
    private static List<StyleVector> StrangersTo(PictureId liked, PicturePool pool)
    {
        var random = new StableRandom((ulong)liked.Value);
        var candidates = pool.Pictures.Where(picture => picture.Id != liked).ToArray();
        var count = Math.Min(Strangers, candidates.Length);
        for (var i = 0; i < count; i++)
        {
            var drawn = i + random.Below(candidates.Length - i);
            (candidates[i], candidates[drawn]) = (candidates[drawn], candidates[i]);
        }

        return [.. candidates.Take(count).Select(picture => picture.Style)];
    }
}
