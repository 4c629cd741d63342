using System.Numerics.Tensors;
using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>
/// A walk through pictures to like, page by page, each picture once: pictures that people made, the newest more often early, and
/// ranking pictures where those do not fill a page. The pictures of a page differ in prompt, maker and, as far as possible,
/// style. A walk stays the same while people make and like pictures.
/// </summary>
/// <param name="Seed">Chooses the order.</param>
/// <param name="Newest">The newest made picture when it began: later ones are not in it.</param>
/// <param name="Likes">The person's likes when it began: what they liked first is not in it.</param>
public sealed record PageWalk(uint Seed, PictureId Newest, int Likes)
{
    /// <summary>The number of pictures on a page, where there are as many.</summary>
    public const int PageSize = 12;

    // A page is chosen among the next pictures of a random order: enough to find some that differ, few enough that the others
    // follow soon.
    private const int Considered = 60;

    // The nth newest picture comes up with weight 1/(n + this).
    private const double Recent = 50;

    /// <summary>The pages, each of <see cref="PageSize"/> pictures or, where too few prompts or makers are left, of fewer.</summary>
    /// <param name="made">Pictures that people made, newest first.</param>
    /// <param name="ranking">Ranking pictures.</param>
    /// <param name="styleOf">A picture's style in any scale, always of the same length; null where it is unknown.</param>
    internal IEnumerable<IReadOnlyList<Picture>> Pages(IReadOnlyList<Picture> made, IReadOnlyList<Picture> ranking, Func<Picture, double[]?> styleOf)
    {
        var (nextMade, nextRanking) = (Order(made, styleOf, rank => 1 / (rank + Recent)), Order(ranking, styleOf, _ => 1));
        while (nextMade.Count + nextRanking.Count > 0)
        {
            var chosen = new List<Shown>(PageSize);
            Choose(nextMade, chosen);
            Choose(nextRanking, chosen);
            yield return [.. chosen.Select(shown => shown.Picture)];
        }
    }

    /// <summary>
    /// A random order in which each next picture is drawn with a probability proportional to its weight (Efraimidis and
    /// Spirakis 2006, "Weighted random sampling with a reservoir"). A picture's number depends on it and the seed alone, so that
    /// the others keep their order where one is gone.
    /// </summary>
    private List<Shown> Order(IReadOnlyList<Picture> pictures, Func<Picture, double[]?> styleOf, Func<int, double> weight) =>
    [
        .. pictures
            .Select((picture, rank) => (Picture: picture, Key: Math.Log(1 - NumberOf(picture)) / weight(rank)))
            .OrderByDescending(keyed => keyed.Key)
            .Select(keyed => new Shown(keyed.Picture, styleOf(keyed.Picture))),
    ];

    private double NumberOf(Picture picture) => new StableRandom(StableRandom.Mix(Seed) ^ (ulong)picture.Id.Value).NextDouble();

    /// <summary>Fills the page from the front of the order, always with the picture whose style is farthest from all chosen ones; takes them out of the order.</summary>
    private static void Choose(List<Shown> order, List<Shown> chosen)
    {
        while (chosen.Count < PageSize)
        {
            var candidates = order.Where(candidate => !chosen.Exists(candidate.SharesPromptOrMakerWith)).Take(Considered).ToArray();
            if (candidates.Length == 0)
            {
                return;
            }

            var best = chosen.Count == 0 ? candidates[0] : candidates.MaxBy(candidate => chosen.Min(candidate.DistanceTo))!;
            chosen.Add(best);
            order.Remove(best);
        }
    }

    private sealed record Shown(Picture Picture, double[]? Style)
    {
        public bool SharesPromptOrMakerWith(Shown other) =>
            Picture.Prompt == other.Picture.Prompt || (Picture.Author is { } author && author == other.Picture.Author);

        /// <summary>0 where a style is unknown.</summary>
        public double DistanceTo(Shown other) => Style is null || other.Style is null ? 0 : TensorPrimitives.Distance<double>(Style, other.Style);
    }
}
