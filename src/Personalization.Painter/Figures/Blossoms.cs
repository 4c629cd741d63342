using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>Flowers: strewn over a field, and one near enough to see its petals.</summary>
internal static class Blossoms
{
    /// <summary>A family of hues that go together, of which the prompt's own colour is the first if it names one.</summary>
    public static float[] Hues(Scene scene, SeededRandom random)
    {
        var hue = scene.Hue ?? random.Pick(355f, 20f, 300f, 85f, 255f, 330f);
        return scene.Hue is null ? [hue, hue + 28, hue + random.Pick(150f, 90f, -70f)] : [hue, hue + 12, hue - 14];
    }

    public static void Field(Easel easel, float from, int count)
    {
        var random = easel.Random.Fork("blossoms");
        var hues = Hues(easel.Scene, random);
        for (var i = 0; i < easel.Look.Many(count); i++)
        {
            var each = random.Fork(i);
            var t = MathF.Pow(each.Unit(), 0.7f);
            var y = from + ((easel.Height * 1.03f - from) * t);
            var x = each.Between(-0.05f, 1.05f) * easel.Width;
            var size = easel.Unit * (1.1f + (8.5f * t * t)) * each.Between(0.7f, 1.3f);
            var own = Pigment.Of(each.Between(0.62f, 0.82f), 0.17f, hues[each.Below(3)]);
            var stem = easel.Light.On(Pigment.Of(0.45f, 0.1f, 135), 0.4f * (1 - t)).Colour(0.8f);
            var sway = size * 2 * easel.Lean * (0.2f + (0.5f * Math.Max(0, easel.Look.Dynamism)));
            easel.Line(x - sway, y + (size * 3.4f), x, y, stem, easel.Unit * (0.5f + t));
            if (t < 0.45f)
            {
                easel.Oval(x, y, size, size * 0.7f, easel.Light.On(own, 0.45f * (1 - t), each.Between(-0.2f, 0.5f)).Colour(0.9f));
                continue;
            }

            Small(easel, each, x, y, size, own);
        }
    }

    /// <summary>A whole flower head seen from the front or slightly aside.</summary>
    /// <param name="kind">0 daisy, 1 rose, 2 tulip, 3 poppy.</param>
    public static void Head(Easel easel, SeededRandom random, float x, float y, float size, Pigment own, int kind)
    {
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(random.Between(-16, 16));
        canvas.Scale(size, size * (kind == 2 ? 1 : random.Between(0.82f, 0.98f)));
        switch (kind)
        {
            case 1:
                Rose(easel, random, own);
                break;
            case 2:
                Tulip(easel, random, own);
                break;
            default:
                Open(easel, random, own, kind == 0 ? (int)(15 + (5 * easel.Look.Detail)) : 6, kind == 0 ? 0.2f : 0.5f);
                break;
        }

        canvas.Restore();
    }

    private static void Small(Easel easel, SeededRandom random, float x, float y, float size, Pigment own)
    {
        var turn = random.Between(0, MathF.Tau);
        for (var petal = 0; petal < 5; petal++)
        {
            var angle = turn + (petal * MathF.Tau / 5);
            easel.Oval(x + (MathF.Cos(angle) * size * 0.62f), y + (MathF.Sin(angle) * size * 0.45f), size * 0.55f, size * 0.42f, easel.Light.On(own.Lighter(-0.04f * MathF.Sin(angle)), 0, 0.25f).Colour(0.95f));
        }

        easel.Circle(x, y, size * 0.32f, easel.Light.On(Pigment.Of(0.82f, 0.15f, 88), 0, 0.2f).Colour());
    }

    private static void Open(Easel easel, SeededRandom random, Pigment own, int petals, float wide)
    {
        var light = easel.Light;
        for (var ring = 0; ring < 2; ring++)
        {
            for (var i = 0; i < petals; i++)
            {
                var each = random.Fork((ring * 100) + i);
                var canvas = easel.Canvas;
                canvas.Save();
                canvas.RotateDegrees(((i + (ring * 0.5f)) * 360f / petals) + each.Between(-4, 4));
                var length = (ring == 0 ? 1 : 0.8f) * each.Between(0.92f, 1.06f);
                using var builder = new SKPathBuilder();
                builder.MoveTo(0, 0);
                builder.CubicTo(-wide, -length * 0.4f, -wide * 0.9f, -length, 0, -length);
                builder.CubicTo(wide * 0.9f, -length, wide, -length * 0.4f, 0, 0);
                using var petal = builder.Detach();
                var tone = own.Lighter(each.Between(-0.04f, 0.05f) + (ring * 0.04f));
                using var shader = SKShader.CreateLinearGradient(new(0, 0), new(0, -length), [light.On(tone.Darker(0.2f), 0, -0.3f).Colour(), light.On(tone, 0).Colour(), light.On(tone.Lighter(0.1f), 0, 0.3f).Colour()], [0, 0.55f, 1], SKShaderTileMode.Clamp);
                easel.Fill(petal, shader);
                for (var vein = 0; vein < easel.Look.Many(2); vein++)
                {
                    var u = each.Between(-0.5f, 0.5f) * wide;
                    easel.Line(u * 0.2f, -length * 0.25f, u, -length * each.Between(0.6f, 0.9f), light.On(tone.Darker(0.16f), 0).Colour(0.4f), 0.012f);
                }

                canvas.Restore();
            }
        }

        easel.Circle(0, 0, 0.25f, light.On(Pigment.Of(0.5f, 0.11f, 60), 0).Colour());
        for (var i = 0; i < easel.Look.Many(46); i++)
        {
            var angle = i * 2.39996f;
            var radius = 0.24f * MathF.Sqrt(i / (float)easel.Look.Many(46));
            easel.Circle(MathF.Cos(angle) * radius, MathF.Sin(angle) * radius, 0.02f, light.On(Pigment.Of(0.84f, 0.15f, 85), 0, 0.2f).Colour(0.9f));
        }
    }

    private static void Rose(Easel easel, SeededRandom random, Pigment own)
    {
        var light = easel.Light;
        var rings = easel.Look.Detail < -0.4f ? 5 : 8;
        for (var ring = 0; ring < rings; ring++)
        {
            var t = (float)ring / rings;
            var radius = 0.98f * (1 - (t * 0.93f));
            var count = Math.Max(2, 6 - (ring / 2));
            for (var i = 0; i < count; i++)
            {
                var each = random.Fork((ring * 10) + i);
                var angle = (i * MathF.Tau / count) + (ring * 0.9f);
                var (cx, cy) = (MathF.Cos(angle) * radius * 0.48f, MathF.Sin(angle) * radius * 0.48f);
                var tone = own.Lighter(0.1f - (0.32f * t) + each.Between(-0.03f, 0.04f));
                var reach = radius * 0.64f;
                using var shader = SKShader.CreateRadialGradient(new(cx * 0.6f, cy * 0.6f), reach * 1.35f, [light.On(tone.Darker(0.24f), 0, -0.4f).Colour(), light.On(tone.Darker(0.03f), 0).Colour(), light.On(tone.Lighter(0.1f), 0, 0.35f).Colour()], [0, 0.7f, 1], SKShaderTileMode.Clamp);
                using var builder = new SKPathBuilder();
                builder.AddCircle(cx, cy, reach);
                using var petal = builder.Detach();
                easel.Fill(petal, shader);
            }
        }
    }

    private static void Tulip(Easel easel, SeededRandom random, Pigment own)
    {
        var light = easel.Light;
        ReadOnlySpan<(float X, float Turn, float Light)> petals = [(-0.28f, -15, -0.3f), (0.28f, 15, -0.1f), (-0.16f, -7, 0.1f), (0.18f, 7, 0.2f), (0, 0, 0.35f)];
        foreach (var (x, turn, lit) in petals)
        {
            easel.Canvas.Save();
            easel.Canvas.Translate(x, 0.5f);
            easel.Canvas.RotateDegrees(turn + random.Between(-3, 3));
            using var petal = SKPath.ParseSvgPathData("M0,0.1 C-0.55,0 -0.5,-0.8 0,-1.3 C0.5,-0.8 0.55,0 0,0.1 Z");
            using var shader = SKShader.CreateLinearGradient(new(0, 0.1f), new(0, -1.3f), [light.On(own.Darker(0.2f), 0, lit - 0.3f).Colour(), light.On(own, 0, lit).Colour(), light.On(own.Lighter(0.1f), 0, lit).Colour()], [0, 0.5f, 1], SKShaderTileMode.Clamp);
            easel.Fill(petal, shader);
            easel.Line(0, -0.1f, 0, -1, light.On(own.Darker(0.15f), 0).Colour(0.3f), 0.02f);
            easel.Canvas.Restore();
        }
    }
}
