using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Personalization.Lab.Evaluation.Input;
using Personalization.Taste.Model;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Features as the bot would make them.</summary>
public sealed class FeatureTests
{
    private const int Count = 120;
    private const int Embedding = 72;
    private const int Features = 2 + FeatureSpace.EmbeddingComponents;

    [Fact]
    public void Embedding_columns_are_reduced_to_principal_components_as_in_the_bot()
    {
        var raw = Numbers();
        var table = Read(raw);

        var bots = FeatureMap.Standardization.Fit(Matrix<double>.Build.DenseOfRows(raw.Select(row => Array.ConvertAll(row, number => (double)number))), 2, FeatureSpace.EmbeddingComponents);

        Assert.Equal(["bright", "soft", .. Enumerable.Range(1, FeatureSpace.EmbeddingComponents).Select(component => $"embedding component {component}")], table.FeatureNames);
        Assert.All(table.Features.Index(), picture => Assert.All(bots.Apply(raw[picture.Index]).Index(), feature =>
        {
            // The sign of a component has no meaning.
            var expected = PictureFeatures.ScaleOf(Features) * bots.Scales[feature.Index] * feature.Item;
            var actual = picture.Item.Values[feature.Index];
            Assert.Equal(feature.Index < 2 ? expected : Math.Abs(expected), feature.Index < 2 ? actual : Math.Abs(actual), 1e-3);
        }));
    }

    [Fact]
    public void Held_out_pictures_do_not_change_the_features_of_others_and_are_clipped()
    {
        var (raw, other) = (Numbers(), Numbers());
        other[7][0] = 1000;
        Array.Fill(other[7], -50, 2, Embedding);
        var heldOut = new HashSet<int> { 7 };

        var (before, after) = (Read(raw).FittedWithout(heldOut), Read(other).FittedWithout(heldOut));

        Assert.All(Enumerable.Range(0, Count).Where(picture => picture != 7), picture => Assert.All(Enumerable.Range(0, Features), feature =>
            Assert.Equal(Math.Abs(before.Features[picture].Values[feature]), Math.Abs(after.Features[picture].Values[feature]), 1e-3)));
        Assert.Equal(3 * PictureFeatures.ScaleOf(Features), after.Features[7].Values[0], 1e-9);
        Assert.NotEqual(Read(raw).Features[0].Values[0], Read(other).Features[0].Values[0], 1e-3);
    }

    [Fact]
    public void Numbers_that_follow_the_measures_of_a_folder_are_an_embedding()
    {
        var raw = Numbers();
        var table = PictureTable.Create("folder", ["bright", "soft"], [.. raw.Select((row, index) => ($"{index}.png", row))]).Value!;

        Assert.Equal(Features, table.FeatureNames.Count);
        Assert.All(Read(raw).Features[5].Values.ToArray().Zip(table.Features[5].Values.ToArray()), feature => Assert.Equal(feature.First, feature.Second, 1e-5));
    }

    /// <summary>Two measures, and an embedding whose directions vary to different degrees.</summary>
    private static float[][] Numbers()
    {
        var random = new StableRandom(5);
        double[][] directions = [.. Enumerable.Range(0, Embedding).Select(_ => Enumerable.Range(0, Embedding).Select(_ => random.NextNormal()).ToArray())];
        return
        [
            .. Enumerable.Range(0, Count).Select(_ =>
            {
                double[] along = [.. Enumerable.Range(0, Embedding).Select(rank => 0.1 * Math.Pow(0.95, rank) * random.NextNormal())];
                return (float[])[(float)(50 + (20 * random.NextNormal())), (float)random.NextDouble(), .. Enumerable.Range(0, Embedding).Select(at => (float)along.Zip(directions, (size, direction) => size * direction[at]).Sum())];
            }),
        ];
    }

    private static PictureTable Read(float[][] raw)
    {
        // The columns of an embedding need not stand at the end.
        var header = $"picture,{string.Join(',', Enumerable.Range(0, Embedding).Select(at => $"embedding-{at}"))},bright,soft\n";
        var rows = raw.Select((row, picture) => $"p{picture},{string.Join(',', row[2..].Concat(row[..2]).Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}\n");
        using var files = new Files("", header + string.Concat(rows));
        return PictureTable.Read(files.Pictures).Value!;
    }
}
