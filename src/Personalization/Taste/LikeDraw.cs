using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>
/// Draws the pictures of the pool that a like is a choice over: of ranking pictures for one of them, of made pictures for one
/// that was made while there are enough, so that what both kinds have in common is not taken for the person's taste. Up to half of them show the
/// subject of the liked picture in another style, so that a liking for the subject cancels, as in case-control studies that are
/// matched (Breslow and Day 1980, "Statistical methods in cancer research", volume 1, chapter 5).
/// </summary>
internal static class LikeDraw
{
    /// <summary>The number of pictures that are drawn, where there are as many. More hardly lower the noise of their average.</summary>
    public const int Count = 8;

    /// <summary>At most this many of them show the subject of the liked picture.</summary>
    public const int MaxMatched = 4;

    /// <summary>Draws pictures by others, seeded by the like: the same pool gives the same pictures again.</summary>
    /// <param name="liked">The liked picture; it may be one that is not in the pool.</param>
    /// <param name="features">Its features, from which those drawn must differ in style; null if it is not measured yet.</param>
    /// <param name="viewer">Whose own pictures are not drawn, nor those of others that they may not see.</param>
    public static IReadOnlyList<PictureId> From(PicturePool pool, ProfileId profile, Picture liked, PictureFeatures? features, Viewer viewer)
    {
        var made = liked.Author is null ? [] : Draw(pool.Made, pool, profile, liked, features, viewer);
        return [.. made, .. FromRanking(pool, profile, liked, features).Take(Count - made.Count)];
    }

    /// <summary>Draws ranking pictures alone, which are the same on every start.</summary>
    public static IReadOnlyList<PictureId> FromRanking(PicturePool pool, ProfileId profile, Picture liked, PictureFeatures? features) =>
        Draw(pool.Pictures, pool, profile, liked, features, default);

    private static List<PictureId> Draw(IReadOnlyList<PoolPicture> from, PicturePool pool, ProfileId profile, Picture liked, PictureFeatures? features, Viewer viewer)
    {
        var axes = pool.Community.Space.StyleDimension;
        var random = new StableRandom(StableRandom.Mix(profile.Value) ^ (ulong)liked.Id.Value);
        var isMatched = from
            .Where(other => other.Id != liked.Id && other.Picture.Author != viewer.Person && viewer.IsOpen(other.Picture) && (features is null || other.Features.DiffersInStyle(features, axes)))
            .ToLookup(other => other.Picture.Prompt == liked.Prompt);
        var drawn = Draw([.. isMatched[true]], MaxMatched, random);
        drawn.AddRange(Draw([.. isMatched[false]], Count - drawn.Count, random));
        return drawn;
    }

    private static List<PictureId> Draw(PoolPicture[] from, int count, StableRandom random)
    {
        var drawn = new List<PictureId>(Count);
        for (var i = 0; i < Math.Min(count, from.Length); i++)
        {
            var at = i + random.Below(from.Length - i);
            (from[i], from[at]) = (from[at], from[i]);
            drawn.Add(from[i].Id);
        }

        return drawn;
    }
}
