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
        var lightest = Extreme(luma, width, height, radius, MathF.Max);
        var closed = Extreme(lightest, width, height, radius, MathF.Min);
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] += 0.8f * amount * (closed[i] - luma[i]);
        }
    }

    private static float[] Twice(float[] luma, int width, int height, int radius) =>
        PostProcess.Averaged(PostProcess.Averaged(luma, width, height, radius), width, height, radius);

    /// <summary>The extreme over a square about each pixel, along the rows and then along the columns.</summary>
    private static float[] Extreme(float[] luma, int width, int height, int radius, Func<float, float, float> more)
    {
        var (across, result) = (new float[luma.Length], new float[luma.Length]);
        for (var i = 0; i < luma.Length; i++)
        {
            var (x, row) = (i % width, i / width * width);
            across[i] = luma[i];
            for (var near = Math.Max(0, x - radius); near <= Math.Min(width - 1, x + radius); near++)
            {
                across[i] = more(across[i], luma[row + near]);
            }
        }

        for (var i = 0; i < luma.Length; i++)
        {
            var (x, y) = (i % width, i / width);
            result[i] = across[i];
            for (var near = Math.Max(0, y - radius); near <= Math.Min(height - 1, y + radius); near++)
            {
                result[i] = more(result[i], across[(near * width) + x]);
            }
        }

        return result;
    }
}
