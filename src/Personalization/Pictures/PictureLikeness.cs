using System.Numerics.Tensors;

namespace Personalization.Pictures;

/// <summary>How alike pictures look to the image encoder. Without one, only equal files are known to be alike.</summary>
public sealed class PictureLikeness(IFeatureExtractor extractor)
{
    // Pictures saved again as JPEG, at half the size or a little lighter stay below; no two different ones measured so far did.
    private const double MaxDistanceOfCopy = 0.01;

    /// <summary>The cosine distance of the pictures' embeddings, 0 to 2; null where one was not measured by this extractor's encoder.</summary>
    public double? DistanceOf(Picture one, Picture other)
    {
        if (!IsEncoded(one) || !IsEncoded(other))
        {
            return null;
        }

        var distance = 1 - TensorPrimitives.CosineSimilarity(EmbeddingOf(one), EmbeddingOf(other));
        return double.IsFinite(distance) ? distance : null;
    }

    /// <summary>Whether they have one file, or look the same to the encoder.</summary>
    public bool AreCopies(Picture one, Picture other) =>
        (one.FileKey is { } key && key == other.FileKey) || DistanceOf(one, other) < MaxDistanceOfCopy;

    /// <summary>
    /// The pictures, in order, without those that copy an earlier one of the same prompt and guild. In another guild, a copy
    /// may be the only one that people there may see.
    /// </summary>
    public IReadOnlyList<Picture> WithoutCopies(IReadOnlyCollection<Picture> pictures)
    {
        var copies = pictures.GroupBy(picture => (picture.Prompt, picture.Guild)).SelectMany(CopiesAmong).ToHashSet();
        return [.. pictures.Where(picture => !copies.Contains(picture.Id))];
    }

    private IEnumerable<PictureId> CopiesAmong(IEnumerable<Picture> pictures)
    {
        var first = new List<Picture>();
        foreach (var picture in pictures.OrderBy(picture => picture.Id.Value))
        {
            if (first.Exists(one => AreCopies(one, picture)))
            {
                yield return picture.Id;
            }
            else
            {
                first.Add(picture);
            }
        }
    }

    private bool IsEncoded(Picture picture) =>
        extractor.EmbeddingLength > 0
        && picture.Features is { } features
        && features.Version == extractor.Version
        && features.Values.Count == extractor.Measures.Count + extractor.EmbeddingLength;

    private ReadOnlySpan<float> EmbeddingOf(Picture picture) =>
        (picture.Features!.Values as float[] ?? [.. picture.Features.Values]).AsSpan(extractor.Measures.Count);
}
