using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Ranges of mountains, each nearer one darker and clearer, with lit and shaded faces and snow.</summary>
internal static class Mountains
{
    /// <param name="foot">The height in pixels at which they stand on the ground.</param>
    /// <param name="rise">How high the highest reach above it, in pixels.</param>
    public static void Paint(Easel easel, float foot, float rise)
    {
        var ranges = easel.Look.Detail < -0.4f ? 2 : 3;
        for (var i = 0; i < ranges; i++)
        {
            easel.ThrowIfCancelled();
            Range(easel, easel.Random.Fork("mountains").Fork(i), foot + (i * rise * 0.12f), rise * (1 - (0.27f * i)), 0.8f - (0.62f * i / Math.Max(1, ranges - 1)), i);
        }
    }

    private static void Range(Easel easel, SeededRandom random, float foot, float rise, float distance, int index)
    {
        var light = easel.Light;
        var noise = new Noise(random);
        var look = easel.Look;
        var peak = random.Between(0.3f, 0.7f) + (0.12f * look.Dynamism * easel.Lean);
        var jag = 1 + (0.35f * look.Dynamism);
        float Ridge(float x)
        {
            var u = x / easel.Width;
            var lift = 0.42f + (0.58f * MathF.Exp(-MathF.Pow((u - peak) * 2.7f * jag, 2)));
            var crest = (noise.Ridge((u * 2.4f) + 3, index * 7.3f, 1) * 0.62f) + (noise.Cloud(u * 9, 3.3f, 4) * 0.38f);
            return foot - (rise * lift * (0.25f + (0.75f * crest * jag)));
        }

        using var outline = easel.Below(Ridge, 3 * easel.Unit);
        var rock = Pigment.Of(0.5f, 0.045f, random.Pick(255f, 275f, 40f, 60f));
        var snow = easel.Scene.Has(Motif.Desert) ? 9 : easel.Scene.Season == Season.Winter ? 0.25f : 0.58f + (0.08f * index);
        var side = easel.Light.X < easel.Width * 0.5f ? -1 : 1;
        var octaves = look.Detail > 0.3f ? 5 : look.Detail < -0.3f ? 2 : 4;
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.ClipPath(outline, antialias: true);
        var area = SKRect.Create(-easel.Width * 0.15f, foot - (rise * 1.5f), easel.Width * 1.3f, easel.Height * 1.2f - foot + (rise * 1.5f));
        easel.Field(area, 190, 120, (u, v) =>
        {
            var x = area.Left + (u * area.Width);
            var y = area.Top + (v * area.Height);
            var below = (y - Ridge(x)) / rise;
            if (below < -0.04f)
            {
                return SKColors.Transparent;
            }

            var (sx, sy) = (x / easel.Width * 6, (y / rise * 1.3f) - (below * 0.4f));
            var here = noise.Ridge(sx + (below * 0.7f * side), sy, octaves);
            var toward = noise.Ridge(sx + (below * 0.7f * side) + (0.16f * side), sy - 0.05f, octaves);
            var lit = Math.Clamp((here - toward) * 4.5f, -1, 1) * (0.8f + (0.3f * look.Drama));
            var altitude = 1 - ((y - (foot - rise)) / rise);
            var cap = Math.Clamp((altitude - snow + ((here - 0.6f) * 0.9f)) * 7, 0, 1);
            var own = rock.Mix(new Pigment(0.97f, -0.005f, -0.012f), cap);
            var mist = Math.Clamp((below - 0.45f) * 0.5f, 0, 0.45f);
            return light.On(own, distance, lit).Mix(light.Haze, mist).Colour();
        });
        canvas.Restore();
    }
}
