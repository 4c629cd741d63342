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

    /// <summary>One cone with fire in its crater, lava down its flank and smoke over it.</summary>
    /// <param name="foot">The height in pixels at which it stands on the ground.</param>
    /// <param name="rise">How high it reaches above it, in pixels.</param>
    public static void Volcano(Easel easel, float foot, float rise)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("volcano");
        var noise = new Noise(random);
        var x = easel.Width * (0.5f - (easel.Lean * 0.04f));
        var (half, crater, top) = (rise * 1.25f, rise * 0.17f, foot - rise);
        var rock = Pigment.Of(0.4f, 0.03f, random.Pick(40f, 280f, 60f));
        var (fire, hot) = (Pigment.Of(0.66f, 0.2f, 42), Pigment.Of(0.92f, 0.14f, 88));
        Smoke(easel, random, x, top, rise);
        float Slope(float at)
        {
            var away = MathF.Max(0, MathF.Abs(at - x) - crater) / (half - crater);
            var rim = MathF.Abs(at - x) < crater ? rise * (0.05f + (0.025f * MathF.Sin(at * 0.3f))) : 0;
            return foot - (rise * MathF.Pow(Math.Max(0, 1 - MathF.Min(1, away)), 1.55f)) + rim + ((noise.Cloud(at / easel.Width * 9, 2, 3) - 0.5f) * rise * 0.06f);
        }

        using var outline = easel.Below(Slope, 2 * easel.Unit);
        easel.Canvas.Save();
        easel.Canvas.ClipPath(outline, antialias: true);
        var area = new SKRect(x - half, top - (rise * 0.1f), x + half, foot + (rise * 0.2f));
        easel.Field(area, 150, 110, (u, v) =>
        {
            var across = (u * 2) - 1;
            var gully = noise.Ridge((across * 5 / (0.25f + v)) + 9, v * 2.4f, 4);
            var toward = noise.Ridge(((across - (0.04f * easel.Lean)) * 5 / (0.25f + v)) + 9, v * 2.4f, 4);
            var lit = Math.Clamp(((gully - toward) * 4) - (across * easel.Lean * 0.8f), -0.9f, 0.6f);
            var ember = Math.Clamp((0.22f - v) * 3, 0, 0.5f);
            return light.On(rock.Lighter((gully - 0.5f) * 0.12f), 0.28f, lit).Mix(fire, ember).Colour();
        });
        for (var i = 0; i < 5; i++)
        {
            var each = random.Fork(i);
            var lean = (i - 2) * 0.34f;
            var (length, wide) = (rise * each.Between(0.45f, 0.95f), rise * each.Between(0.022f, 0.05f));
            SKPoint[] run = [new(x + (lean * crater * 1.6f), top - (0.02f * rise)), new(x + (lean * half * 0.18f) + each.Between(-8, 8), top + (length * 0.35f)), new(x + (lean * half * 0.4f), top + (length * 0.7f)), new(x + (lean * half * 0.52f) + each.Between(-14, 14), top + length)];
            using var stream = Easel.Curve(run, closed: false);
            easel.Stroke(stream, fire.Colour(0.35f), wide * 3.2f);
            easel.Stroke(stream, fire.Colour(), wide * 1.5f);
            easel.Stroke(stream, hot.Colour(), wide * 0.6f);
        }

        easel.Canvas.Restore();
        easel.Glow(x, top, rise * 0.75f, fire.Colour(0.85f));
        easel.Oval(x, top + (rise * 0.02f), crater * 0.95f, rise * 0.028f, hot.Colour());
        for (var i = 0; i < easel.Look.Many(34); i++)
        {
            var each = random.Fork(100 + i);
            var (angle, away) = (each.Between(-2.6f, -0.54f), rise * MathF.Sqrt(each.Unit()) * 0.6f);
            easel.Circle(x + (MathF.Cos(angle) * away * 0.6f), top + (MathF.Sin(angle) * away * 0.7f), easel.Unit * each.Between(0.8f, 3), hot.Mix(fire, each.Unit()).Colour());
        }
    }

    private static void Smoke(Easel easel, SeededRandom random, float x, float top, float rise)
    {
        var light = easel.Light;
        for (var i = 0; i < 26; i++)
        {
            var each = random.Fork(500 + i);
            var t = i / 25f;
            var (cx, cy) = (x - (easel.Lean * -t * t * rise * 0.5f) + (each.Between(-0.16f, 0.16f) * rise * (0.3f + t)), top - (t * rise * 0.72f));
            var radius = rise * (0.09f + (0.17f * t)) * each.Between(0.8f, 1.2f);
            var own = Pigment.Of(0.5f, 0.015f, 290).Mix(Pigment.Of(0.6f, 0.13f, 45), 0.6f * (1 - t) * (1 - t));
            easel.Circle(cx, cy, radius, light.On(own.Lighter(each.Between(-0.06f, 0.06f)), 0.2f, -0.3f).Colour(0.75f));
            easel.Circle(cx - (easel.Lean * radius * 0.25f), cy - (radius * 0.3f), radius * 0.66f, light.On(own.Lighter(0.1f), 0.2f, 0.2f).Colour(0.5f));
        }
    }

    private static void Range(Easel easel, SeededRandom random, float foot, float rise, float distance, int index)
    {
        const int Columns = 190;

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
        var ridge = Easel.Columns(area, Columns, Ridge);
        easel.Field(area, Columns, 120, (u, v) =>
        {
            var x = area.Left + (u * area.Width);
            var y = area.Top + (v * area.Height);
            var below = (y - ridge[(int)(u * Columns)]) / rise;
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
