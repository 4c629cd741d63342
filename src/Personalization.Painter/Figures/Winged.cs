using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>What flies: a flock far away, one bird near, butterflies.</summary>
internal static class Winged
{
    public static void Flock(Easel easel, float x, float y, int count, float size)
    {
        var random = easel.Random.Fork("flock");
        var colour = easel.Light.On(Pigment.Of(0.25f, 0.02f, 270), 0.25f).Colour(0.85f);
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var (cx, cy) = (x + (each.Bell() * size * 3.4f), y + (each.Bell() * size * 1.5f));
            var wide = size * each.Between(0.4f, 0.8f);
            var flap = each.Between(0.2f, 0.62f) * wide;
            using var builder = new SKPathBuilder();
            builder.MoveTo(cx - wide, cy - (flap * 0.4f));
            builder.QuadTo(cx - (wide * 0.5f), cy - flap, cx, cy);
            builder.QuadTo(cx + (wide * 0.5f), cy - flap, cx + wide, cy - (flap * 0.4f));
            using var path = builder.Detach();
            easel.Stroke(path, colour, MathF.Max(1, wide * 0.13f));
        }
    }

    /// <summary>One bird in flight, wings up.</summary>
    public static void Bird(Easel easel, float x, float y, float size)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("bird");
        var hue = easel.Scene.Hue ?? random.Pick(255f, 30f, 200f, 60f);
        var own = Pigment.Of(0.5f, easel.Scene.Hue is null ? 0.06f : 0.13f, hue);
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(size * easel.Lean, size);
        canvas.RotateDegrees(-12 - (10 * easel.Look.Dynamism));
        Wing(easel, own.Darker(0.12f), 0.16f, random.Fork("far"));
        using (var body = SKPath.ParseSvgPathData("M-0.62,0.1 C-0.9,0.05 -1.05,0.14 -1.15,0.02 C-0.95,0.2 -0.7,0.22 -0.45,0.2 C-0.1,0.3 0.35,0.22 0.52,0.02 C0.6,-0.02 0.7,0.02 0.78,0.03 C0.7,-0.06 0.62,-0.14 0.48,-0.14 C0.36,-0.14 0.3,-0.06 0.15,-0.05 C-0.2,-0.05 -0.4,0.04 -0.62,0.1 Z"))
        {
            easel.Fill(body, light.On(own, 0.05f, 0.1f).Colour());
            using var belly = Easel.Vertical(0, 0.26f, light.On(own, 0, 0).Colour(0), light.On(own.Mix(Pigment.White, 0.7f), 0.05f).Colour(0.85f));
            easel.Fill(body, belly);
        }

        Wing(easel, own, 0, random.Fork("near"));
        easel.Circle(0.5f, -0.06f, 0.025f, Pigment.Black.Colour());
        canvas.Restore();
    }

    public static void Butterfly(Easel easel, SeededRandom random, float x, float y, float size)
    {
        var light = easel.Light;
        var own = Pigment.Of(0.7f, 0.16f, easel.Scene.Hue ?? random.Pick(55f, 80f, 250f, 320f, 200f));
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(random.Between(-35, 35));
        canvas.Scale(size);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            canvas.Save();
            canvas.Scale(side * random.Between(0.75f, 1), 1);
            using var upper = SKPath.ParseSvgPathData("M0,0 C0.2,-0.7 0.8,-1 1.05,-0.75 C1.2,-0.45 0.8,0 0,0.05 Z");
            using var lower = SKPath.ParseSvgPathData("M0,0.02 C0.5,-0.05 0.85,0.2 0.75,0.5 C0.62,0.85 0.2,0.6 0,0.1 Z");
            easel.Fill(lower, light.On(own.Darker(0.1f), 0, 0.1f).Colour());
            easel.Fill(upper, light.On(own, 0, 0.25f).Colour());
            easel.Stroke(upper, light.On(own.Darker(0.5f), 0).Colour(), 0.07f);
            easel.Stroke(lower, light.On(own.Darker(0.5f), 0).Colour(), 0.06f);
            easel.Circle(0.78f, -0.55f, 0.1f, light.On(own.Lighter(0.22f), 0).Colour(0.9f));
            easel.Circle(0.45f, 0.3f, 0.08f, light.On(own.Lighter(0.22f), 0).Colour(0.9f));
            canvas.Restore();
        }

        easel.Line(0, -0.22f, 0, 0.42f, Pigment.Of(0.2f, 0.02f, 60).Colour(), 0.1f);
        canvas.Restore();
    }

    private static void Wing(Easel easel, Pigment own, float shift, SeededRandom random)
    {
        var light = easel.Light;
        for (var i = 0; i < 11; i++)
        {
            var t = i / 10f;
            var angle = -1.85f + (t * 0.95f) - shift;
            var length = (1.1f - (0.5f * MathF.Abs(t - 0.3f))) * random.Between(0.95f, 1.05f);
            var root = new SKPoint(0.22f - (0.42f * (1 - t)) + shift, 0.03f);
            var tip = new SKPoint(root.X + (MathF.Cos(angle) * length * 0.75f) - 0.25f, root.Y + (MathF.Sin(angle) * length));
            easel.Line(root.X, root.Y, tip.X, tip.Y, light.On(own.Darker(0.16f * t), 0.05f, 0.4f * (1 - t)).Colour(), 0.1f);
        }
    }
}
