using MathNet.Numerics.LinearAlgebra;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Taste.Model;

/// <summary>
/// The features that taste weighs: first the axes of the style vocabulary; then, once enough pictures were measured, the
/// residuals of their measures and embedding regressed on style; last, the latent factors of pictures that many people have
/// compared. Because of the residuals, the weights of the axes contain the whole effect of a change of style, and the features
/// of an unmeasured picture are their expectation given its style, 0. Immutable.
/// </summary>
public sealed class FeatureSpace
{
    /// <summary>The number of principal components to which embeddings are reduced.</summary>
    public const int EmbeddingComponents = 64;

    /// <summary>The least number of pictures a map is fitted to: measured, of known style, in prompts with two or more of them.</summary>
    public const int MinPictures = 100;

    /// <summary>
    /// The variance of a weight of what is beyond style, relative to 1 for a style axis: ranking pairs vary in style, and only style
    /// can be requested from a backend, so that the prior expects little of the other features.
    /// </summary>
    public const double BeyondStyleVariance = 0.1;

    // The ridge penalty, in units of one picture's squared coordinate.
    private const double Ridge = 5;

    private readonly StyleVocabulary _vocabulary;

    /// <param name="map">The map of measures to features; null for style alone, and ignored if fitted for another number of axes.</param>
    /// <param name="factors">The latent factors of known pictures; null if there are none.</param>
    public FeatureSpace(StyleVocabulary vocabulary, FeatureMap? map, LatentFactors? factors)
    {
        _vocabulary = vocabulary;
        Factors = factors;
        Map = map is not null && map.Axes == vocabulary.Dimension ? map : null;
    }

    /// <summary>The map of measures to features; null for style alone.</summary>
    public FeatureMap? Map { get; }

    /// <summary>The latent factors of known pictures; null if there are none.</summary>
    public LatentFactors? Factors { get; }

    /// <summary>This space without latent factors.</summary>
    public FeatureSpace WithoutFactors => Factors is null ? this : new(_vocabulary, Map, null);

    /// <summary>The version of the style vocabulary.</summary>
    public int StyleVersion => _vocabulary.Version;

    /// <summary>The number of style axes, which are the first features.</summary>
    public int StyleDimension => _vocabulary.Dimension;

    /// <summary>The number of features, d.</summary>
    public int Dimension => StyleDimension + (Map?.Measured ?? 0) + (Factors?.Count ?? 0);

    /// <summary>The style axes.</summary>
    public IReadOnlyList<StyleAxis> Axes => _vocabulary.Axes;

    /// <summary>The variance of each weight before any vote.</summary>
    public double[] PriorVariances() =>
    [
        .. Enumerable.Repeat(1.0, StyleDimension),
        .. Enumerable.Repeat(BeyondStyleVariance, Map?.Measured ?? 0),
        .. Enumerable.Repeat(LatentFactors.Variance, Factors?.Count ?? 0),
    ];

    /// <summary>The prior of a person's taste before any vote in the community.</summary>
    public CommunityPrior InitialPrior() => CommunityPrior.Initial(PriorVariances());

    /// <summary>The picture's d features; null if neither its style is known nor it was measured.</summary>
    public PictureFeatures? FeaturesOf(Picture picture)
    {
        var extras = Map?.Standardize(picture.Features);
        var style = picture.Style is { } known ? Coordinates(known) : extras is null ? null : Map!.Style(extras);
        if (style is null)
        {
            return null;
        }

        var values = new double[StyleDimension + (Map?.Measured ?? 0)];
        var scale = TasteModel.FeatureScale(StyleDimension);
        for (var axis = 0; axis < style.Length; axis++)
        {
            values[axis] = scale * style[axis];
        }

        if (extras is not null)
        {
            Map!.Beyond(style, extras, values.AsSpan(StyleDimension));
        }

        var features = new PictureFeatures(picture.Id.Value, values);
        return Factors?.Extend(features) ?? features;
    }

    /// <summary>
    /// Fits a <see cref="FeatureMap"/>: the standardisation of the measures, the principal components of the embedding, the
    /// regression of both on style, and that of style on both. Null if there are fewer than <see cref="MinPictures"/> suitable
    /// pictures.
    /// </summary>
    public static FeatureMap? Fit(StyleVocabulary vocabulary, IFeatureExtractor extractor, IReadOnlyList<Picture> pictures)
    {
        // Pictures of one prompt have the same content, so that their differences are due to style.
        var known = pictures
            .Where(picture => picture.Style is not null && picture.Features?.Version == extractor.Version)
            .GroupBy(picture => picture.Prompt, StringComparer.Ordinal)
            .Where(prompt => prompt.Count() > 1)
            .SelectMany(prompt => prompt)
            .ToArray();
        if (known.Length < MinPictures)
        {
            return null;
        }

        var measures = extractor.Measures.Count;
        var raw = Matrix<double>.Build.Dense(known.Length, measures + extractor.EmbeddingLength, (row, column) => known[row].Features!.Values[column]);
        var standardization = FeatureMap.Standardization.Fit(raw, measures, EmbeddingComponents);
        var extras = Matrix<double>.Build.DenseOfRows(known.Select(picture => standardization.Apply(picture.Features!.Values)));
        var style = Matrix<double>.Build.DenseOfRows(known.Select(picture => Widened(picture.Style!, vocabulary.Dimension)));

        var (centredStyle, centredExtras) = (style.Clone(), extras.Clone());
        foreach (var prompt in known.Select((picture, row) => (picture.Prompt, row)).GroupBy(member => member.Prompt, member => member.row))
        {
            Centre(centredStyle, [.. prompt]);
            Centre(centredExtras, [.. prompt]);
        }

        var styleToExtras = Regress(centredStyle, centredExtras);
        var beyond = extras - (style * styleToExtras);
        var means = beyond.ColumnSums() / known.Length;
        var deviations = Enumerable.Range(0, beyond.ColumnCount).Select(column => Math.Sqrt((beyond.Column(column) - means[column]).PointwisePower(2).Sum() / known.Length)).ToArray();
        return new(
            extractor.Version,
            [.. extractor.Measures],
            vocabulary.Dimension,
            standardization,
            styleToExtras.Transpose().ToRowArrays(),
            Regress(extras, style).Transpose().ToRowArrays(),
            [.. means],
            deviations,
            known[0].Source);
    }

    /// <summary>Coefficients B of Y = X B by ridge regression, (X'X + r I)^-1 X'Y.</summary>
    private static Matrix<double> Regress(Matrix<double> x, Matrix<double> y) =>
        (x.TransposeThisAndMultiply(x) + (Ridge * Matrix<double>.Build.DenseIdentity(x.ColumnCount))).Cholesky().Solve(x.TransposeThisAndMultiply(y));

    private static void Centre(Matrix<double> matrix, int[] rows)
    {
        for (var column = 0; column < matrix.ColumnCount; column++)
        {
            var mean = rows.Average(row => matrix[row, column]);
            foreach (var row in rows)
            {
                matrix[row, column] -= mean;
            }
        }
    }

    /// <summary>Pads a style of an earlier vocabulary, which lacks the last axes, with 0, the neutral coordinate.</summary>
    private static double[] Widened(StyleVector style, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(axis => axis < style.Dimension ? (double)style[axis] : 0)];

    private double[] Coordinates(StyleVector style) => Widened(style, StyleDimension);
}
