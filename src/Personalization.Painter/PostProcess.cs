using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Personalization.Painter;

/// <summary>
/// Adjusts the whole picture, as in a darkroom: focus, light, tone, colour and grain, in luma and colour
/// difference (ITU-R BT.601), so that tone and colour move apart.
/// </summary>
internal static class PostProcess
{
    private const int Coarse = 24;

    public static void Paint(Easel easel, SKBitmap picture)
    {
        if (easel.Look.Softness > 0)
        {
            Blend(easel, picture);
        }

        easel.ThrowIfCancelled();
        var pixels = MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan());
        var (width, height) = (picture.Width, picture.Height);
        var luma = Luma(pixels);
        var (coarse, mean) = Large(luma, width, height);
        easel.ThrowIfCancelled();
        if (easel.Look.Detail != 0)
        {
            Refine(luma, width, height, easel.Look.Detail, Math.Max(1, (int)(3 * easel.Unit)));
        }

        if (easel.Look.Softness < 0)
        {
            Sharpen(luma, width, height, -0.75f * easel.Look.Softness);
        }

        if (easel.Look.Linework > 0)
        {
            Lines.Draw(luma, width, height, easel.Look.Linework, easel.Unit);
        }
        else if (easel.Look.Linework < 0)
        {
            // On white paper thin dark strokes are the drawing itself: they only get lighter.
            Lines.Dissolve(luma, width, height, (easel.Scene.IsOnWhite ? -0.4f : -1) * easel.Look.Linework, easel.Unit);
        }

        easel.ThrowIfCancelled();
        Develop(easel, pixels, luma, coarse, mean, width, height);
    }

    // A blurred print laid over the sharp one: edges melt, and light blooms a little. Never so far that the subject is lost.
    private static void Blend(Easel easel, SKBitmap picture)
    {
        var soft = easel.Look.Softness;
        var sigma = MathF.Max(0.9f, easel.Unit * (0.9f + ((easel.Scene.IsOnWhite ? 0.7f : 1.5f) * soft)));
        using var image = SKImage.FromBitmap(picture);
        using var filter = SKImageFilter.CreateBlur(sigma, sigma, SKShaderTileMode.Clamp);
        using var paint = new SKPaint { ImageFilter = filter, Color = SKColors.White.WithAlpha((byte)(225 * MathF.Sqrt(soft))) };
        easel.Canvas.Save();
        easel.Canvas.ResetMatrix();
        easel.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        easel.Canvas.Restore();
    }

    private static float[] Luma(ReadOnlySpan<uint> pixels)
    {
        var luma = new float[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var p = pixels[i];
            luma[i] = ((0.299f * (p & 255)) + (0.587f * ((p >> 8) & 255)) + (0.114f * ((p >> 16) & 255))) / 255;
        }

        return luma;
    }

    // The picture's large lights and darks, on a coarse grid, and their mean.
    private static (float[] Cells, float Mean) Large(float[] luma, int width, int height)
    {
        var cells = new float[Coarse * Coarse];
        for (var row = 0; row < Coarse; row++)
        {
            for (var column = 0; column < Coarse; column++)
            {
                var (x0, x1, y0, y1) = (column * width / Coarse, (column + 1) * width / Coarse, row * height / Coarse, (row + 1) * height / Coarse);
                var sum = 0f;
                for (var y = y0; y < y1; y += 2)
                {
                    for (var x = x0; x < x1; x += 2)
                    {
                        sum += luma[(y * width) + x];
                    }
                }

                cells[(row * Coarse) + column] = sum / Math.Max(1, ((y1 - y0 + 1) / 2) * ((x1 - x0 + 1) / 2));
            }
        }

        // Twice a small mean, so that no cell shows as such.
        for (var pass = 0; pass < 2; pass++)
        {
            var before = (float[])cells.Clone();
            for (var i = 0; i < cells.Length; i++)
            {
                var (row, column) = (i / Coarse, i % Coarse);
                var (up, down) = (Math.Max(row - 1, 0), Math.Min(row + 1, Coarse - 1));
                var (left, right) = (Math.Max(column - 1, 0), Math.Min(column + 1, Coarse - 1));
                cells[i] = (before[i] + before[(up * Coarse) + column] + before[(down * Coarse) + column] + before[(row * Coarse) + left] + before[(row * Coarse) + right]) / 5;
            }
        }

        return (cells, cells.Average());
    }

    // Small differences to the surroundings are what detail is made of; large ones are shapes, and are left alone.
    private static void Refine(float[] luma, int width, int height, float detail, int radius)
    {
        var around = Averaged(luma, width, height, radius);
        var amount = detail < 0 ? 0.92f * detail : 1.3f * detail;
        for (var i = 0; i < luma.Length; i++)
        {
            var away = luma[i] - around[i];
            var square = away * away * 60;
            luma[i] = Math.Clamp(luma[i] + (amount * away / (1 + (square * square))), 0, 1);
        }
    }

    // A box mean by running sums, along the rows and then along the columns.
    internal static float[] Averaged(float[] luma, int width, int height, int radius)
    {
        var (across, result) = (new float[luma.Length], new float[luma.Length]);
        for (var y = 0; y < height; y++)
        {
            var row = y * width;
            var sum = 0f;
            for (var x = -radius; x < width; x++)
            {
                sum += luma[row + Math.Min(x + radius, width - 1)] - (x > radius ? luma[row + x - radius - 1] : 0);
                if (x >= 0)
                {
                    across[row + x] = sum / Math.Min(x + radius + 1, (2 * radius) + 1);
                }
            }
        }

        var (sums, change) = (new float[width], new float[width]);
        for (var y = -radius; y < height; y++)
        {
            ReadOnlySpan<float> next = across.AsSpan(Math.Min(y + radius, height - 1) * width, width);
            if (y > radius)
            {
                TensorPrimitives.Subtract(next, across.AsSpan((y - radius - 1) * width, width), change);
                next = change;
            }

            TensorPrimitives.Add(sums, next, sums);
            if (y >= 0)
            {
                TensorPrimitives.Divide(sums, Math.Min(y + radius + 1, (2 * radius) + 1), result.AsSpan(y * width, width));
            }
        }

        return result;
    }

    private static void Sharpen(float[] luma, int width, int height, float amount)
    {
        var before = (float[])luma.Clone();
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var i = (y * width) + x;
                var around = (before[i - 1] + before[i + 1] + before[i - width] + before[i + width]) * 0.25f;
                luma[i] = Math.Clamp(before[i] + (amount * (before[i] - around)), 0, 1);
            }
        }
    }

    private static void Develop(Easel easel, Span<uint> pixels, float[] luma, float[] coarse, float mean, int width, int height)
    {
        var look = easel.Look;
        var isOnWhite = easel.Scene.IsOnWhite;
        var (lightX, lightY) = (easel.Light.X / easel.Width, easel.Scene.Kind == SceneKind.Landscape ? (easel.Light.Y / easel.Height) + 0.12f : 0.4f);
        var spread = easel.Light.IsDark ? 2.1f : 2.6f;
        var tone = Tone(look, mean, isOnWhite);
        var exposure = isOnWhite ? null : Exposure.From(Sampled());
        var grain = Grain(easel.Random.Fork("grain"));

        // A soft picture is soft in its grain too.
        var grainStrength = 0.06f * MathF.Pow(Math.Max(0, (look.Texture + 1) / 2), 2.2f) * (1 - (0.6f * Math.Max(0, look.Softness)));
        var chroma = look.IsMonochrome ? 0 : look.Vividness < 0 ? 1 + (0.82f * look.Vividness) : 1 + (1.25f * look.Vividness);
        var warm = look.IsMonochrome ? 0.1f * look.Warmth : look.Warmth;
        var hues = look.Palette == 0 || look.IsMonochrome ? null : new Hues(pixels, look.Palette, easel.Scene.Kind == SceneKind.Portrait, easel.Random.Fork("palette"));
        for (var y = 0; y < height; y++)
        {
            if (y % 64 == 0)
            {
                easel.ThrowIfCancelled();
            }

            var v = (y + 0.5f) / height;
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                var p = pixels[i];
                var u = (x + 0.5f) / width;
                var sharp = luma[i];
                var (r, g, b) = ((p & 255) / 255f, ((p >> 8) & 255) / 255f, ((p >> 16) & 255) / 255f);
                var own = (0.299f * r) + (0.587f * g) + (0.114f * b);

                // White paper is not part of the picture: it keeps its light, but for a breath of grain and shade.
                var share = isOnWhite ? float.ClampNative((1 - float.MinNative(r, float.MinNative(g, b))) * 3.5f, 0.05f, 1) : 1;
                var light = Lit(sharp, u, v);
                light = exposure?[light] ?? light;
                light = sharp + ((light - sharp) * share);
                light = float.ClampNative(light + (grainStrength * grain[((y & 127) * 128) + (x & 127)] * (0.3f + (0.7f * share))), 0, 1);

                // Darker is duller in paint as in nature; lighter keeps its colour as far as it can be shown.
                var keep = own > 0.02f ? float.MinNative(1.15f, 0.4f + (0.6f * light / own)) : 1;
                var (dr, dg, db) = ((r - own) * chroma * keep, (g - own) * chroma * keep, (b - own) * chroma * keep);
                if (hues is not null)
                {
                    (dr, dg, db) = hues.Turn(dr, db, light - mean, u, v);
                }

                if (warm != 0)
                {
                    var room = warm * share * float.MinNative(1, (light * (1 - light) * 3) + 0.2f);
                    (dr, dg, db) = (dr + (0.082f * room), dg - (0.004f * room), db - (0.19f * room));
                }

                // As much of the colour as fits at this lightness, approached softly rather than cut.
                var limit = float.MinNative(Fits(light, dr), float.MinNative(Fits(light, dg), Fits(light, db)));
                var fit = limit > 4 ? 1 : limit / MathF.Sqrt(MathF.Sqrt(1 + (limit * limit * limit * limit)));
                pixels[i] = Byte(light + (dr * fit)) | (Byte(light + (dg * fit)) << 8) | (Byte(light + (db * fit)) << 16) | 0xFF000000u;
            }
        }

        // The light at a place, after the light's fall and the tone curve.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        float Lit(float sharp, float u, float v)
        {
            var light = sharp;
            if (look.Drama != 0)
            {
                var (dx, dy) = (u - lightX, v - lightY);
                var pool = MathF.Exp(-((dx * dx) + (dy * dy)) * spread);
                var large = Sample(coarse, u, v) - mean;
                light += look.Drama > 0
                    ? look.Drama * ((0.3f * large) + (sharp * ((0.8f * pool) - 0.6f)))
                    : look.Drama * 0.62f * large;
            }

            return tone[(int)(float.ClampNative(light, 0, 1) * 1023)];
        }

        float[] Sampled()
        {
            const int Step = 3;

            var sampled = new float[((width + Step - 1) / Step) * ((height + Step - 1) / Step)];
            var at = 0;
            for (var y = 0; y < height; y += Step)
            {
                for (var x = 0; x < width; x += Step)
                {
                    sampled[at++] = Lit(luma[(y * width) + x], (x + 0.5f) / width, (y + 0.5f) / height);
                }
            }

            return sampled;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fits(float light, float difference) =>
        difference > 1e-4f ? (1 - light) / difference : difference < -1e-4f ? light / -difference : 100;

    // Contrast turns about the picture's own mean, so that it brightens nothing; brightness bends the whole.
    private static float[] Tone(Look look, float mean, bool isOnWhite)
    {
        var table = new float[1024];

        // On white paper thin strokes are all there is to see: they are flattened and lightened less.
        var flat = isOnWhite ? 0.35f : 0.62f;
        var bend = MathF.Pow(2, (isOnWhite && look.Brightness > 0 ? -0.6f : -1.05f) * look.Brightness);
        for (var i = 0; i < table.Length; i++)
        {
            var away = (i / 1023f) - mean;
            var room = away > 0 ? 1 - mean : mean;
            var part = MathF.Min(1, MathF.Abs(away) / MathF.Max(0.02f, room));

            // Steeper in the middle and rounded at the ends, instead of cut off there.
            var curved = look.Contrast < 0 ? part * (1 + (flat * look.Contrast)) : 1 - MathF.Pow(1 - part, 1 + (1.25f * look.Contrast));
            var turned = Math.Clamp(mean + (MathF.Sign(away) * curved * room), 0, 1);
            table[i] = MathF.Pow(turned, bend);
        }

        return table;
    }

    // A tile of canvas: a weave of threads and the tooth of paper, about -1 to 1.
    private static float[] Grain(SeededRandom random)
    {
        var tile = new float[128 * 128];
        for (var i = 0; i < tile.Length; i++)
        {
            var (x, y) = (i % 128, i / 128);
            var weave = MathF.Sin(x * MathF.PI / 2) * MathF.Cos(y * MathF.PI / 2);
            tile[i] = (weave * 0.35f) + (random.Bell() * 0.5f);
        }

        return tile;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sample(float[] cells, float u, float v)
    {
        var (x, y) = (float.ClampNative((u * Coarse) - 0.5f, 0, Coarse - 1.001f), float.ClampNative((v * Coarse) - 0.5f, 0, Coarse - 1.001f));
        var (column, row) = ((int)x, (int)y);
        var (fx, fy) = (x - column, y - row);
        var at = (row * Coarse) + column;
        var top = cells[at] + ((cells[at + 1] - cells[at]) * fx);
        var bottom = cells[at + Coarse] + ((cells[at + Coarse + 1] - cells[at + Coarse]) * fx);
        return top + ((bottom - top) * fy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Byte(float value) => (uint)((float.ClampNative(value, 0, 1) * 255) + 0.5f);
}
