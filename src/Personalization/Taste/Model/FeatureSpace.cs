using MathNet.Numerics.LinearAlgebra;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Taste.Model;

/// <summary>
/// What taste is about: first the axes of the style vocabulary, then, once enough pictures have been measured, what their
/// pixels (and their embedding) tell beyond style. That part is the residual of a regression on style, so that the weights
/// of the axes alone say what a change of style is worth, and a picture that was never measured stands where its style lets
/// expect it. Last come the latent factors of the pictures that many people have met. Immutable.
/// </summary>
public sealed class FeatureSpace
{
    /// <summary>Embeddings are reduced to this many principal components.</summary>
    public const int EmbeddingComponents = 32;

    /// <summary>Measured pictures of known style, in prompts of two or more, that a map is fitted to.</summary>
    public const int MinPictures = 100;

    // Style is what ranking pairs are about and what a request can act on. Beyond it, little is expected until people show it.
    private const double BeyondStyleVariance = 0.1;

    // What each regression coefficient is held back by, in pictures.
    private const double Ridge = 5;

    private readonly StyleVocabulary _vocabulary;

    /// <param name="map">What was fitted to measured pictures; null for style alone.</param>
    /// <param name="factors">The latent factors of known pictures; null where there are none.</param>
    public FeatureSpace(StyleVocabulary vocabulary, FeatureMap? map, LatentFactors? factors)
    {
        _vocabulary = vocabulary;
        Factors = factors;
        Map = map is not null && map.Axes == vocabulary.Dimension ? map : null;
    }

    /// <summary>What was fitted to measured pictures; null for style alone.</summary>
    public FeatureMap? Map { get; }

    /// <summary>The latent factors of known pictures; null where there are none.</summary>
    public LatentFactors? Factors { get; }

    /// <summary>This space as far as a picture's style and pixels tell.</summary>
    public FeatureSpace WithoutFactors => Factors is null ? this : new(_vocabulary, Map, null);

    /// <summary>The version of the style vocabulary.</summary>
    public int StyleVersion => _vocabulary.Version;

    /// <summary>The number of axes: features 0 to this are the style.</summary>
    public int StyleDimension => _vocabulary.Dimension;

    /// <summary>The number of features, d.</summary>
    public int Dimension => StyleDimension + (Map?.Measured ?? 0) + (Factors?.Count ?? 0);

    /// <summary>The axes of style.</summary>
    public IReadOnlyList<StyleAxis> Axes => _vocabulary.Axes;

    /// <summary>The variance of each weight before any vote.</summary>
    public double[] PriorVariances() =>
    [
        .. Enumerable.Repeat(1.0, StyleDimension),
        .. Enumerable.Repeat(BeyondStyleVariance, Map?.Measured ?? 0),
        .. Enumerable.Repeat(LatentFactors.Variance, Factors?.Count ?? 0),
    ];

    /// <summary>What is known of a person before any vote by anybody.</summary>
    public CommunityPrior InitialPrior() => CommunityPrior.Initial(PriorVariances());

    /// <summary>The picture's features, or null where neither its style is known nor anything in it was measured.</summary>
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
    /// Fits what maps measures to features: their standardisation, the embedding's principal components, the regression of
    /// both on style, and that of style on both. Null where fewer than <see cref="MinPictures"/> can be learnt from.
    /// </summary>
    public static FeatureMap? Fit(StyleVocabulary vocabulary, IFeatureExtractor extractor, IReadOnlyList<Picture> pictures)
    {
        // Within a prompt content is the same, so that differences are those of style.
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

    /// <summary>A style from an earlier vocabulary lacks the last axes, which were neutral then.</summary>
    private static double[] Widened(StyleVector style, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(axis => axis < style.Dimension ? (double)style[axis] : 0)];

    private double[] Coordinates(StyleVector style) => Widened(style, StyleDimension);
}
