using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>Structures and vehicles: castles, lighthouses, boats, balloons.</summary>
internal static class Structures
{
    public static void Castle(Easel easel, float x, float foot, float size)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("castle");
        var stone = Pigment.Of(0.66f, 0.025f, random.Pick(70f, 50f, 260f));
        var roof = Pigment.Of(0.46f, 0.1f, easel.Scene.Hue ?? random.Pick(255f, 25f, 290f));
        ReadOnlySpan<(float At, float Wide, float Tall)> towers = [(-0.55f, 0.22f, 1.7f), (0.5f, 0.24f, 1.9f), (0, 0.32f, 2.6f), (-0.95f, 0.24f, 1.15f), (0.95f, 0.26f, 1.3f)];
        Wall(SKRect.Create(x - size, foot - (size * 0.85f), size * 2, size * 1.1f), -0.1f);
        foreach (var (at, wide, tall) in towers)
        {
            var body = SKRect.Create(x + (size * (at - (wide / 2))), foot - (size * tall), size * wide, size * (tall + 0.2f));
            Wall(body, 0.15f);
            using var cone = Polygon(body.Left - (size * 0.05f), body.Top + 1, body.MidX, body.Top - (size * wide * 2), body.Right + (size * 0.05f), body.Top + 1);
            using var tiles = SKShader.CreateLinearGradient(new(body.Left, 0), new(body.Right, 0), light.X < body.MidX ? [light.On(roof, 0.15f, 0.4f).Colour(), light.On(roof, 0.15f, -0.5f).Colour()] : [light.On(roof, 0.15f, -0.5f).Colour(), light.On(roof, 0.15f, 0.4f).Colour()], SKShaderTileMode.Clamp);
            easel.Fill(cone, tiles);
            easel.Line(body.MidX, body.Top - (size * wide * 2), body.MidX, body.Top - (size * wide * 2.5f), light.On(stone.Darker(0.2f), 0.15f).Colour(), size * 0.015f);
            var glow = light.IsDark || light.Time == DayTime.Sunset ? Pigment.Of(0.88f, 0.13f, 80) : light.On(stone.Darker(0.35f), 0.1f);
            for (var i = 0; i < 3; i++)
            {
                easel.Oval(body.MidX, body.Top + (size * (0.2f + (0.34f * i))), size * 0.028f, size * 0.06f, glow.Colour(0.9f));
            }
        }

        void Wall(SKRect body, float lit)
        {
            var (bright, dark) = (light.On(stone, 0.18f, 0.25f + lit).Colour(), light.On(stone, 0.18f, -0.55f + lit).Colour());
            using var shader = SKShader.CreateLinearGradient(new(body.Left, 0), new(body.Right, 0), light.X < body.MidX ? [bright, dark] : [dark, bright], SKShaderTileMode.Clamp);
            easel.Fill(body, shader);
            var tooth = size * 0.07f;
            for (var left = body.Left; left < body.Right - (tooth * 0.5f); left += tooth * 2)
            {
                easel.Fill(SKRect.Create(left, body.Top - tooth, tooth, tooth + 1), dark);
            }
        }
    }

    public static void Lighthouse(Easel easel, float x, float foot, float size)
    {
        var light = easel.Light;
        var stripe = Pigment.Of(0.56f, 0.16f, easel.Scene.Hue ?? 27);
        using (var rock = Easel.Curve([new(x - (size * 1.1f), foot + (size * 0.5f)), new(x - (size * 0.7f), foot - (size * 0.05f)), new(x, foot - (size * 0.2f)), new(x + (size * 0.75f), foot - (size * 0.02f)), new(x + (size * 1.2f), foot + (size * 0.5f))], closed: true))
        {
            easel.Fill(rock, light.On(Pigment.Of(0.4f, 0.025f, 60), 0.12f, -0.3f).Colour());
        }

        if (light.Time is not DayTime.Day)
        {
            using var beam = Polygon(x, foot - (size * 2.42f), x - (easel.Lean * size * 7), foot - (size * 3.3f), x - (easel.Lean * size * 7), foot - (size * 1.9f));
            using var fade = SKShader.CreateLinearGradient(new(x, 0), new(x - (easel.Lean * size * 6), 0), [Pigment.Of(0.96f, 0.08f, 95).Colour(0.75f), Pigment.Of(0.96f, 0.08f, 95).Colour(0)], SKShaderTileMode.Clamp);
            easel.Fill(beam, fade);
        }

        for (var band = 0; band < 6; band++)
        {
            var (a, b) = (band / 6f, (band + 1) / 6f);
            float Half(float t) => size * (0.34f - (0.13f * t));
            float Y(float t) => foot - (size * ((2.2f * t) + 0.1f));
            using var path = Polygon(x - Half(a), Y(a), x - Half(b), Y(b), x + Half(b), Y(b), x + Half(a), Y(a));
            var own = band % 2 == 0 ? Pigment.Of(0.95f, 0.01f, 80) : stripe;
            var (lit, dark) = (light.On(own, 0.08f, 0.3f).Colour(), light.On(own, 0.08f, -0.65f).Colour());
            using var shader = SKShader.CreateLinearGradient(new(x - (size * 0.34f), 0), new(x + (size * 0.34f), 0), light.X < x ? [lit, dark] : [dark, lit], SKShaderTileMode.Clamp);
            easel.Fill(path, shader);
        }

        var top = foot - (size * 2.3f);
        easel.Fill(SKRect.Create(x - (size * 0.28f), top - (size * 0.05f), size * 0.56f, size * 0.07f), light.On(Pigment.Of(0.3f, 0.01f, 260), 0.05f).Colour());
        easel.Fill(SKRect.Create(x - (size * 0.14f), top - (size * 0.28f), size * 0.28f, size * 0.24f), Pigment.Of(0.95f, 0.1f, 95).Colour());
        easel.Glow(x, top - (size * 0.16f), size * (light.IsDark ? 1.3f : 0.6f), Pigment.Of(0.95f, 0.1f, 90).Colour(0.85f));
        using var cap = Polygon(x - (size * 0.22f), top - (size * 0.27f), x, top - (size * 0.55f), x + (size * 0.22f), top - (size * 0.27f));
        easel.Fill(cap, light.On(stripe.Darker(0.12f), 0.05f).Colour());
    }

    public static void Boat(Easel easel, float x, float foot, float size)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("boat");
        var sail = easel.Scene.Hue is { } hue ? Pigment.Of(0.66f, 0.15f, hue) : Pigment.Of(0.96f, 0.02f, 85);
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, foot);
        canvas.Scale(size * easel.Lean, size);
        canvas.RotateDegrees(-3 - (9 * easel.Look.Dynamism));
        using (var reflection = SKPath.ParseSvgPathData("M-0.75,0.05 L-0.1,0.9 L0.7,0.05 Z"))
        {
            easel.Fill(reflection, light.On(sail, 0.4f, -0.3f).Colour(0.22f));
        }

        easel.Line(0, 0, 0, -1.9f, light.On(Pigment.Of(0.4f, 0.05f, 60), 0.05f).Colour(), 0.05f);
        using (var main = SKPath.ParseSvgPathData("M-0.06,-0.2 C-0.75,-0.3 -0.85,-0.25 -0.95,-0.2 C-0.6,-0.8 -0.3,-1.4 -0.06,-1.85 Z"))
        using (var jib = SKPath.ParseSvgPathData("M0.06,-0.2 L0.85,-0.18 C0.55,-0.75 0.3,-1.3 0.06,-1.7 Z"))
        using (var cloth = SKShader.CreateLinearGradient(new(-0.9f, 0), new(0.9f, -1), [light.On(sail, 0.05f, -0.4f).Colour(), light.On(sail, 0.05f, 0.3f).Colour()], SKShaderTileMode.Clamp))
        {
            easel.Fill(main, cloth);
            easel.Fill(jib, cloth);
        }

        using (var hull = SKPath.ParseSvgPathData("M-0.95,-0.12 L1.05,-0.16 C0.9,0.1 0.75,0.2 0.6,0.22 L-0.7,0.22 C-0.85,0.15 -0.92,0 -0.95,-0.12 Z"))
        {
            easel.Fill(hull, light.On(Pigment.Of(0.42f, 0.1f, random.Pick(30f, 45f, 255f)), 0.05f, -0.1f).Colour());
            easel.Line(-0.92f, -0.08f, 1.02f, -0.12f, light.On(Pigment.Of(0.9f, 0.03f, 85), 0.05f).Colour(), 0.05f);
        }

        for (var i = 0; i < 7; i++)
        {
            easel.Line(-1.1f + (i * 0.06f), 0.23f + (i * 0.035f), 1.1f - (i * 0.12f), 0.23f + (i * 0.035f), light.On(new(0.95f, -0.01f, -0.01f), 0.1f).Colour(0.4f - (i * 0.04f)), 0.02f);
        }

        canvas.Restore();
    }

    public static void Balloon(Easel easel, SeededRandom random, float x, float y, float size)
    {
        var light = easel.Light;
        var hue = easel.Scene.Hue ?? random.Between(0, 360);
        Pigment[] stripes = [Pigment.Of(0.66f, 0.17f, hue), Pigment.Of(0.9f, 0.09f, hue + 55), Pigment.Of(0.55f, 0.15f, hue + 20)];
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(size);
        using var envelope = SKPath.ParseSvgPathData("M0,-1 C0.62,-1 0.95,-0.6 0.9,-0.15 C0.85,0.3 0.4,0.6 0.2,0.95 L-0.2,0.95 C-0.4,0.6 -0.85,0.3 -0.9,-0.15 C-0.95,-0.6 -0.62,-1 0,-1 Z");
        canvas.Save();
        canvas.ClipPath(envelope, antialias: true);
        const int gores = 9;
        for (var i = gores; i >= 0; i--)
        {
            var half = MathF.Sin(MathF.PI / 2 * (i + 1) / (gores + 1)) * 0.98f;
            easel.Oval(0, -0.02f, half, 1.05f, light.On(stripes[i % 3], 0.06f).Colour());
        }

        using (var shade = SKShader.CreateLinearGradient(new(light.X < x ? -0.9f : 0.9f, -0.5f), new(light.X < x ? 0.9f : -0.9f, 0.4f), [light.Beam.Colour(0.4f), light.Beam.Colour(0), light.Shade.Colour(0.6f)], [0, 0.4f, 1], SKShaderTileMode.Clamp))
        {
            easel.Fill(envelope, shade);
        }

        canvas.Restore();
        var rope = light.On(Pigment.Of(0.35f, 0.03f, 60), 0.1f).Colour();
        easel.Line(-0.18f, 0.95f, -0.1f, 1.22f, rope, 0.025f);
        easel.Line(0.18f, 0.95f, 0.1f, 1.22f, rope, 0.025f);
        easel.Fill(SKRect.Create(-0.14f, 1.2f, 0.28f, 0.22f), light.On(Pigment.Of(0.48f, 0.07f, 60), 0.05f).Colour());
        canvas.Restore();
    }

    private static SKPath Polygon(params ReadOnlySpan<float> points)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0], points[1]);
        for (var i = 2; i < points.Length; i += 2)
        {
            builder.LineTo(points[i], points[i + 1]);
        }

        builder.Close();
        return builder.Detach();
    }
}
