using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using MathNet.Numerics.LinearAlgebra;
using Personalization.Pictures;

namespace Personalization.Taste.Model;

/// <summary>
/// Maps the measurements of a picture to features. Fitted to a pool by <see cref="FeatureSpace.Fit"/> and stored with the
/// community that uses it. k is the number of measures and principal components together, d the number of style axes.
/// Immutable; stored as JSON under these names.
/// </summary>
/// <param name="ExtractorVersion">The version of the extractor whose measurements it maps.</param>
/// <param name="Measures">The measures, the first of the k numbers.</param>
/// <param name="Axes">d, the number of style axes it was fitted for.</param>
/// <param name="Scaling">Standardises what was extracted to k numbers.</param>
/// <param name="StyleToMeasures">k rows of d: the coefficients of the k numbers regressed on style, within a prompt.</param>
/// <param name="MeasuresToStyle">d rows of k: the coefficients of style regressed on the k numbers.</param>
/// <param name="Means">The means of the k residuals of the regression on style.</param>
/// <param name="Deviations">The standard deviations of these residuals.</param>
/// <param name="Source">The source of the pictures it was fitted to, see <see cref="Picture.Source"/>: painters render the same style differently.</param>
public sealed record FeatureMap(
    string ExtractorVersion,
    IReadOnlyList<PictureMeasure> Measures,
    int Axes,
    FeatureMap.Standardization Scaling,
    double[][] StyleToMeasures,
    double[][] MeasuresToStyle,
    double[] Means,
    double[] Deviations,
    string? Source = null)
{
    /// <summary>k.</summary>
    public int Measured => Deviations.Length;

    /// <summary>
    /// Whether it maps what an extractor of a version measures: this version, or, for a map without an embedding, the same
    /// measures with an embedding after them. So a map stays in use while pictures are measured again for a new encoder.
    /// </summary>
    public bool Reads(string version) =>
        version == ExtractorVersion || (Scaling.Components.Length == 0 && version.StartsWith($"{ExtractorVersion}+", StringComparison.Ordinal));

    /// <summary>The k standardised numbers of a picture; null if it was not measured, or by an extractor that this does not read.</summary>
    public double[]? Standardize(ExtractedFeatures? features) =>
        features is not null && Reads(features.Version) ? Scaling.Apply(features.Values) : null;

    /// <summary>The d style coordinates, -1 to 1, that are predicted from the measures.</summary>
    /// <param name="standardized">k numbers.</param>
    public double[] Style(double[] standardized) =>
        [.. MeasuresToStyle.Select(row => Math.Clamp(TensorPrimitives.Dot<double>(row, standardized), -1, 1))];

    /// <summary>The residuals of the measures given the style, as k features: standardised, clipped, and scaled by what each weighs (<see cref="Standardization.Scales"/>).</summary>
    /// <param name="style">d coordinates.</param>
    /// <param name="standardized">k numbers.</param>
    /// <param name="features">The k features, overwritten.</param>
    public void Beyond(double[] style, double[] standardized, Span<double> features)
    {
        var scale = PictureFeatures.ScaleOf(Measured);
        var scales = Scaling.Scales;
        for (var i = 0; i < features.Length; i++)
        {
            var rest = standardized[i] - TensorPrimitives.Dot<double>(StyleToMeasures[i], style) - Means[i];
            features[i] = Deviations[i] > 0 ? scale * scales[i] * Math.Clamp(rest / Deviations[i], -PictureFeatures.Clip, PictureFeatures.Clip) : 0;
        }
    }

    /// <summary>Scales the measures, and the principal components of the embedding, to zero mean and unit variance over the pool, and clips them.</summary>
    /// <param name="Means">The mean of each extracted number.</param>
    /// <param name="Deviations">The standard deviation of each measure; 0 for one that is constant over the pool.</param>
    /// <param name="Components">Principal directions of the embedding, divided by the standard deviation along them.</param>
    /// <param name="ComponentScales">How much each component weighs as a feature, with a mean square of 1; null for 1 each.</param>
    public sealed record Standardization(double[] Means, double[] Deviations, double[][] Components, double[]? ComponentScales = null)
    {
        // Of the variance along a component: between equal weights, by which the last components count as much as the first, and
        // weights by what the encoder found to differ most. Chosen on half of the people of eight sets of ratings and choices.
        private const double ScaleExponent = 0.25;

        /// <summary>What each standardised number is multiplied by to be a feature: measures by 1.</summary>
        [JsonIgnore]
        public double[] Scales { get; } = [.. Enumerable.Repeat(1.0, Deviations.Length), .. ComponentScales ?? Enumerable.Repeat(1.0, Components.Length)];

        /// <summary>The standardised numbers.</summary>
        /// <param name="extracted">The measures, then the embedding.</param>
        public double[] Apply(IReadOnlyList<float> extracted)
        {
            var measures = Deviations.Length;
            var result = new double[measures + Components.Length];
            for (var i = 0; i < measures; i++)
            {
                result[i] = Deviations[i] > 0 ? Clip((extracted[i] - Means[i]) / Deviations[i]) : 0;
            }

            if (Components.Length > 0)
            {
                var embedding = new double[extracted.Count - measures];
                for (var i = 0; i < embedding.Length; i++)
                {
                    embedding[i] = extracted[measures + i] - Means[measures + i];
                }

                for (var i = 0; i < Components.Length; i++)
                {
                    result[measures + i] = Clip(TensorPrimitives.Dot<double>(Components[i], embedding));
                }
            }

            return result;
        }

        internal static Standardization Fit(Matrix<double> raw, int measures, int components)
        {
            var count = raw.RowCount;
            var means = (raw.ColumnSums() / count).ToArray();
            var deviations = Enumerable.Range(0, measures)
                .Select(column => Math.Sqrt((raw.Column(column) - means[column]).PointwisePower(2).Sum() / count))
                .Select(deviation => deviation > 1e-9 ? deviation : 0)
                .ToArray();
            if (raw.ColumnCount == measures)
            {
                return new(means, deviations, []);
            }

            var embeddings = raw.SubMatrix(0, count, measures, raw.ColumnCount - measures).Clone();
            embeddings.MapIndexedInplace((_, column, value) => value - means[measures + column]);
            var spectrum = (embeddings.TransposeThisAndMultiply(embeddings) / count).Evd(Symmetricity.Symmetric);
            var kept = Enumerable.Range(1, Math.Min(components, embeddings.ColumnCount))
                .Select(rank => embeddings.ColumnCount - rank)
                .Where(index => spectrum.EigenValues[index].Real > 1e-12)
                .ToArray();
            var scales = Array.ConvertAll(kept, index => Math.Pow(spectrum.EigenValues[index].Real, ScaleExponent));
            var size = Math.Sqrt(scales.Sum(scale => scale * scale) / Math.Max(1, scales.Length));
            return new(
                means,
                deviations,
                [.. kept.Select(index => (spectrum.EigenVectors.Column(index) / Math.Sqrt(spectrum.EigenValues[index].Real)).ToArray())],
                Array.ConvertAll(scales, scale => scale / size));
        }

        private static double Clip(double value) => Math.Clamp(value, -PictureFeatures.Clip, PictureFeatures.Clip);
    }
}
