using System.Numerics.Tensors;

namespace Personalization.Painter;

/// <summary>Dark lines along the borders of shapes: inked, or gone.</summary>
internal static class Lines
{
    /// <summary>
    /// Inks the dark side of every border, found by the difference of two blurred prints (Winnemöller, Kyprianidis and Olsen
    /// 2012, "XDoG", with boxes for Gaussians).
    /// </summary>
    /// <param name="amount">0 to 1.</param>
    public static void Draw(float[] luma, int width, int height, float amount, float unit)
    {
        // Below this difference a border is one of brush strokes, and no shape's.
        const float Faint = 0.018f;

        var radius = Math.Max(1, (int)MathF.Round(1.6f * unit));
        var near = Twice(luma, width, height, radius);
        var far = Twice(luma, width, height, (2 * radius) + 1);
        for (var i = 0; i < luma.Length; i++)
        {
            var line = Math.Clamp((far[i] - near[i] - Faint) * 22, 0, 1);
            luma[i] *= 1 - (0.85f * amount * line);
        }
    }

    /// <summary>Fills what is dark and thin with the lighter of what lies around it (closing; Serra 1982).</summary>
    /// <param name="amount">0 to 1.</param>
    public static void Dissolve(float[] luma, int width, int height, float amount, float unit)
    {
        var radius = Math.Max(1, (int)MathF.Round(2.4f * unit));
        var lightest = Extreme(luma, width, height, radius, TensorPrimitives.Max);
        var closed = Extreme(lightest, width, height, radius, TensorPrimitives.Min);
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] += 0.8f * amount * (closed[i] - luma[i]);
        }
    }

    private static float[] Twice(float[] luma, int width, int height, int radius) =>
        PostProcess.Averaged(PostProcess.Averaged(luma, width, height, radius), width, height, radius);

    /// <summary>The extreme over a square about each pixel, along the rows and then along the columns.</summary>
    private static float[] Extreme(float[] luma, int width, int height, int radius, Merge more)
    {
        var across = (float[])luma.Clone();
        for (var row = 0; row < luma.Length; row += width)
        {
            var from = luma.AsSpan(row, width);
            var to = across.AsSpan(row, width);
            for (var away = 1; away <= Math.Min(radius, width - 1); away++)
            {
                more(to[away..], from[..^away], to[away..]);
                more(to[..^away], from[away..], to[..^away]);
            }
        }

        var result = (float[])across.Clone();
        for (var away = width; away <= Math.Min(radius, height - 1) * width; away += width)
        {
            more(result.AsSpan(away), across.AsSpan(..^away), result.AsSpan(away));
            more(result.AsSpan(..^away), across.AsSpan(away), result.AsSpan(..^away));
        }

        return result;
    }

    private delegate void Merge(ReadOnlySpan<float> one, ReadOnlySpan<float> other, Span<float> into);
}
