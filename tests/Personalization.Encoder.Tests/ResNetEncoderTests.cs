using System.Numerics.Tensors;
using Personalization.Imaging;
using Personalization.Styles;
using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Encoder.Tests;

/// <summary>That pictures are shown to the model as it was trained to see them: any other order, range or part of them makes it see less.</summary>
public sealed class ResNetEncoderTests : IDisposable
{
    private const int Side = 224;
    private const int Plane = Side * Side;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "encoder");

    private readonly ResNetEncoder _encoder = new(Folder);

    [Fact]
    public void Model_is_the_one_of_the_package_that_was_tried()
    {
        Assert.Equal(ResNetEncoder.ModelHash, OnnxModel.HashOf(Path.Combine(Folder, "ResNet18.onnx")));
        Assert.Equal(ResNetEncoder.PreprocessingHash, OnnxModel.HashOf(Path.Combine(Folder, "ResNetPreprocess.onnx")));
    }

    /// <summary>Twelve subjects in four random styles each: the nearest other picture is of the same subject far more often by the encoding than by pixel measures, and than from the usual range 0 to 1.</summary>
    [Fact]
    public async Task Encoding_recognises_a_subject_in_another_style()
    {
        const int Styles = 4;

        var random = new Random(3);
        var (subjects, encoded, dimmed, measured) = (new List<int>(), new List<float[]>(), new List<float[]>(), new List<float[]>());
        foreach (var (subject, prompt) in PainterFixture.Prompts.Take(12).Index())
        {
            for (var style = 0; style < Styles; style++)
            {
                var vector = new StyleVector([.. Enumerable.Range(0, PainterFixture.Vocabulary.Dimension).Select(_ => (float)((2 * random.NextDouble()) - 1))]);
                using var picture = await PaintAsync(prompt, (uint)((10 * subject) + style), vector);
                var planes = OnnxModel.Planes(picture, Side, Framing.Whole);
                subjects.Add(subject);
                encoded.Add(_encoder.Encode(picture));
                dimmed.Add(_encoder.Encode(Array.ConvertAll(planes, level => level / 255)));
                measured.Add(PixelMeasures.Of(Thumbnail.Of(picture)));
            }
        }

        var (seen, fromDimmed, fromPixels) = (Recognised(subjects, encoded), Recognised(subjects, dimmed), Recognised(subjects, Standardized(measured)));

        Assert.True(seen >= fromDimmed + 0.2 && seen >= fromPixels + 0.2, $"{seen:P0} by the encoding, {fromDimmed:P0} by that of levels from 0 to 1, {fromPixels:P0} by pixel measures");
    }

    /// <summary>The photographs that the model learnt from had blue skies and green leaves. With red and blue exchanged, scenery is further from its own grey picture.</summary>
    [Fact]
    public async Task Encoding_sees_red_as_red_and_blue_as_blue()
    {
        string[] scenery = ["a forest by a lake", "a meadow with trees under a blue sky", "a mountain lake", "a desert with cacti"];
        var (right, exchanged) = (new List<double>(), new List<double>());
        foreach (var (index, prompt) in scenery.Index())
        {
            using var picture = await PaintAsync(prompt, (uint)(10 * index), new(new float[PainterFixture.Vocabulary.Dimension]));
            var planes = OnnxModel.Planes(picture, Side, Framing.Whole);
            float[] grey = [.. Enumerable.Range(0, Plane).Select(i => (planes[i] + planes[Plane + i] + planes[(2 * Plane) + i]) / 3)];
            var plain = _encoder.Encode([.. grey, .. grey, .. grey]);
            right.Add(Likeness(_encoder.Encode(planes), plain));
            exchanged.Add(Likeness(_encoder.Encode([.. planes[(2 * Plane)..], .. planes[Plane..(2 * Plane)], .. planes[..Plane]]), plain));
        }

        Assert.True(right.Average() >= exchanged.Average() + 0.05, $"{right.Average():F3} against {exchanged.Average():F3}");
    }

    [Fact]
    public void Encoding_sees_the_sides_of_a_wide_picture()
    {
        static SKBitmap Wide(SKColor sides)
        {
            var picture = new SKBitmap(new SKImageInfo(2 * Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using var canvas = new SKCanvas(picture);
            canvas.Clear(sides);
            using var middle = new SKPaint { Color = SKColors.SteelBlue };
            canvas.DrawRect(Side / 2 - 4, 0, Side + 8, Side, middle);
            return picture;
        }

        using var red = Wide(SKColors.Red);
        using var white = Wide(SKColors.White);

        Assert.NotEqual(_encoder.Encode(red), _encoder.Encode(white));
        Assert.Equal(OnnxModel.Planes(red, Side, Framing.Middle), OnnxModel.Planes(white, Side, Framing.Middle));
    }

    [Fact]
    public void Encoding_of_a_picture_is_the_same_each_time_and_in_each_thread()
    {
        using var picture = new SKBitmap(new SKImageInfo(300, 200, SKColorType.Rgba8888, SKAlphaType.Opaque));
        picture.Erase(SKColors.SteelBlue);
        var first = _encoder.Encode(picture);

        var others = ParallelEnumerable.Range(0, 4).Select(_ => _encoder.Encode(picture)).ToArray();

        Assert.Equal(512, first.Length);
        Assert.All(first, number => Assert.InRange(number, 0, float.MaxValue));
        Assert.All(others, other => Assert.Equal(first, other));
    }

    public void Dispose() => _encoder.Dispose();

    private static async Task<SKBitmap> PaintAsync(string prompt, uint seed, StyleVector style)
    {
        var painted = await PainterFixture.PaintAsync(PainterFixture.Request(prompt, seed, Side) with { Styles = [style] });
        return PictureDecoder.Decode(painted[0].Png);
    }

    /// <summary>The share of pictures of which the most alike other one is of the same subject.</summary>
    private static double Recognised(List<int> subjects, IReadOnlyList<float[]> vectors) =>
        Enumerable.Range(0, vectors.Count).Average(i => subjects[Enumerable.Range(0, vectors.Count).Where(j => j != i).MaxBy(j => Likeness(vectors[i], vectors[j]))] == subjects[i] ? 1.0 : 0);

    private static double Likeness(float[] one, float[] other) => TensorPrimitives.CosineSimilarity<float>(one, other);

    private static float[][] Standardized(List<float[]> rows)
    {
        var columns = Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => (double)row[column]).ToArray()).ToArray();
        var means = Array.ConvertAll(columns, column => column.Average());
        var deviations = columns.Zip(means, (column, mean) => Math.Sqrt(column.Average(value => (value - mean) * (value - mean)))).ToArray();
        return [.. rows.Select(row => row.Select((value, i) => deviations[i] > 0 ? (float)((value - means[i]) / deviations[i]) : 0).ToArray())];
    }
}
