using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>The pictures a person likes best: image servers take them as references for a style that words do not reach.</summary>
internal static class Favourites
{
    /// <summary>The maximum number kept. Servers take one to four; a prompt that mentions style rules some out.</summary>
    public const int MaxCount = 8;

    /// <summary>
    /// Of the pictures that were chosen or liked, those with the highest expected utility, highest first. One for each prompt:
    /// what pictures of several subjects have in common is their style.
    /// </summary>
    public static IReadOnlyList<PictureId> From(TastePosterior taste, IEnumerable<PoolPicture> chosen) =>
    [
        .. chosen
            .DistinctBy(picture => picture.Id)
            .Select(picture => (picture.Id, picture.Picture.Prompt, Utility: Utility(taste, picture.Features)))
            .OrderByDescending(picture => picture.Utility)
            .ThenBy(picture => picture.Id.Value)
            .DistinctBy(picture => picture.Prompt, StringComparer.Ordinal)
            .Take(MaxCount)
            .Select(picture => picture.Id),
    ];

    private static double Utility(TastePosterior taste, PictureFeatures features)
    {
        var sum = 0.0;
        for (var feature = 0; feature < features.Dimension; feature++)
        {
            sum += taste.Mean[feature] * features.Values[feature];
        }

        return sum;
    }
}
