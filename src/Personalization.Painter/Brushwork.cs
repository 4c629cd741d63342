using SkiaSharp;

namespace Personalization.Painter;

/// <summary>Goes over a picture with the brush: short strokes in its own colours, along its own edges.</summary>
internal static class Brushwork
{
    public static void Paint(Easel easel, SKBitmap picture)
    {
        // None at all where the medium is to be smooth.
        var strength = (easel.Look.Texture + 1) / 2;
        if (strength <= 0 || easel.Scene.Kind == SceneKind.Logo)
        {
            return;
        }

        var random = easel.Random.Fork("brush");
        using var before = picture.Copy();
        var pixels = before.GetPixelSpan();
        var (width, height) = (picture.Width, picture.Height);
        var flow = new Noise(random.Fork("flow"));
        var count = (int)(1500 * strength * MathF.Min(2, width * height / (easel.Unit * easel.Unit * 262144)));
        var reach = Math.Max(2, (int)(4 * easel.Unit));
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Below(width), each.Below(height));
            var (gx, gy) = (Luma(pixels, width, height, x + reach, y) - Luma(pixels, width, height, x - reach, y), Luma(pixels, width, height, x, y + reach) - Luma(pixels, width, height, x, y - reach));
            var edge = MathF.Abs(gx) + MathF.Abs(gy);

            // Along an edge where there is one. Elsewhere a calm brush goes level and a moving one slants.
            var wander = (flow.At(x * 5f / width, y * 5f / height) - 0.5f) * (5 - (3.8f * MathF.Abs(easel.Look.Dynamism)));
            var angle = edge > 14 + (10 * MathF.Abs(easel.Look.Dynamism)) ? MathF.Atan2(gx, -gy) : wander - (easel.Lean * MathF.PI / 4 * Math.Max(0, easel.Look.Dynamism));
            var size = 0.5f + (0.5f * strength);
            var length = easel.Unit * each.Between(7, 20) * size;
            var (dx, dy) = (MathF.Cos(angle) * length, MathF.Sin(angle) * length);

            // A stroke stays on its side of an edge: one that would cross is made short, and on the edge itself there is none.
            var own = Luma(pixels, width, height, x, y);
            var crossing = MathF.Max(
                MathF.Abs(Luma(pixels, width, height, x + (int)dx, y + (int)dy) - own), MathF.Abs(Luma(pixels, width, height, x - (int)dx, y - (int)dy) - own));
            if (edge > 34 || crossing > 60)
            {
                continue;
            }

            if (crossing > 16)
            {
                (dx, dy, size) = (dx * 0.3f, dy * 0.3f, size * 0.5f);
            }

            var at = ((y * width) + x) * 4;
            var shift = each.Between(-20, 20) * strength;
            byte Tone(byte level) => (byte)Math.Clamp(level + shift, 0, 255);
            easel.Line(x - dx, y - dy, x + dx, y + dy, new(Tone(pixels[at]), Tone(pixels[at + 1]), Tone(pixels[at + 2]), (byte)(40 + (150 * strength))), easel.Unit * each.Between(2.2f, 6.5f) * size);
        }
    }

    private static float Luma(ReadOnlySpan<byte> pixels, int width, int height, int x, int y)
    {
        var at = ((Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1)) * 4;
        return (0.299f * pixels[at]) + (0.587f * pixels[at + 1]) + (0.114f * pixels[at + 2]);
    }
}
