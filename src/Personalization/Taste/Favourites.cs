using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>The pictures a person likes best, to show an image server what is meant where words end.</summary>
internal static class Favourites
{
    /// <summary>How many at most. Servers take one to four; a prompt that speaks about style rules some out.</summary>
    public const int Most = 8;

    /// <summary>
    /// Of the pictures that the person chose or liked, those that their taste is expected to like best, best first. One of
    /// each prompt: what several subjects have in common is their style.
    /// </summary>
    public static IReadOnlyList<PictureId> Of(TastePosterior taste, IEnumerable<PoolPicture> chosen) =>
    [
        .. chosen
            .DistinctBy(picture => picture.Id)
            .Select(picture => (picture.Id, picture.Picture.Prompt, Liking: Liking(taste, picture.Features)))
            .OrderByDescending(picture => picture.Liking)
            .ThenBy(picture => picture.Id.Value)
            .DistinctBy(picture => picture.Prompt, StringComparer.Ordinal)
            .Take(Most)
            .Select(picture => picture.Id),
    ];

    private static double Liking(TastePosterior taste, PictureFeatures features)
    {
        var sum = 0.0;
        for (var feature = 0; feature < features.Dimension; feature++)
        {
            sum += taste.Mean[feature] * features.Values[feature];
        }

        return sum;
    }
}
