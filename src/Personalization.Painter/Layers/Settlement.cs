using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Streets between houses: a market with its stalls, a village along its lane. They meet in the distance.</summary>
internal static class Settlement
{
    public static void Market(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("market");
        var vanish = easel.Width * 0.5f;
        Pavement(easel, horizon, Pigment.Of(0.68f, 0.03f, 75));
        Facades(easel, random.Fork("facades"), horizon, vanish);
        easel.ThrowIfCancelled();
        const int rows = 4;
        for (var row = 0; row < rows; row++)
        {
            var near = (row + 0.4f) / rows;
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                var each = random.Fork((row * 2) + (side > 0 ? 1 : 0));
                var depth = MathF.Pow(near, 1.5f);
                var size = easel.Width * (0.05f + (0.15f * depth));
                var x = vanish + (side * easel.Width * (0.1f + (0.33f * depth)));
                Stall(easel, each, x, horizon + ((easel.Height - horizon) * (0.1f + (0.62f * depth))), size, 0.4f * (1 - near));
            }
        }

        Bunting(easel, random.Fork("bunting"), horizon);
    }

    public static void Village(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("village");
        var vanish = easel.Width * 0.5f;
        for (var i = 0; i < 5; i++)
        {
            // Behind the lane's houses, the rest of the village, and its church.
            var x = easel.Width * (0.3f + (0.1f * i));
            using var form = new Form(easel, x, horizon + (easel.Height * 0.035f), easel.Width * 0.045f, 0.5f);
            if (i == 2)
            {
                Buildings.Church(form, random.Fork("church"));
            }
            else
            {
                Buildings.House(form, random.Fork(50 + i));
            }
        }

        const int rows = 3;
        for (var row = 0; row < rows; row++)
        {
            var depth = MathF.Pow((row + 0.5f) / rows, 1.4f);
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                var each = random.Fork((row * 2) + (side > 0 ? 1 : 0));
                var size = easel.Width * (0.065f + (0.115f * depth));
                using var form = new Form(easel, vanish + (side * easel.Width * (0.15f + (0.24f * depth))), horizon + ((easel.Height - horizon) * (0.14f + (0.5f * depth))), size, 0.36f * (1 - depth));
                Buildings.House(form, each);
            }
        }
    }

    private static void Pavement(Easel easel, float horizon, Pigment own)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("pavement");
        using (var shader = Easel.Vertical(horizon, easel.Height, light.On(own, 0.45f).Colour(), light.On(own, 0.05f).Colour()))
        {
            easel.Fill(SKRect.Create(-easel.Width * 0.2f, horizon, easel.Width * 1.4f, easel.Height), shader);
        }

        for (var i = 0; i < easel.Look.Many(150); i++)
        {
            var each = random.Fork(i);
            var t = MathF.Pow(each.Unit(), 0.7f);
            var (x, y) = (each.Between(-0.1f, 1.1f) * easel.Width, horizon + ((easel.Height - horizon) * t));
            easel.Oval(x, y, easel.Unit * (1 + (9 * t)), easel.Unit * (0.4f + (3 * t)), light.On(own.Lighter(each.Between(-0.12f, 0.07f)), 0.3f * (1 - t)).Colour(0.6f));
        }
    }

    // House fronts on both sides, drawn as trapezia towards the vanishing point.
    private static void Facades(Easel easel, SeededRandom random, float horizon, float vanish)
    {
        var light = easel.Light;
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            for (var i = 0; i < 5; i++)
            {
                var each = random.Fork((i * 2) + (side > 0 ? 1 : 0));
                var (near, far) = (1.15f - (i * 0.22f), 1.15f - ((i + 1) * 0.22f));
                var wall = Pigment.Of(each.Between(0.7f, 0.88f), 0.06f, each.Pick(60f, 80f, 40f, 20f, 220f));
                var tall = easel.Height * each.Between(0.42f, 0.6f);
                float X(float t) => vanish + (side * easel.Width * (0.07f + (0.48f * t)));
                float Top(float t) => horizon - (tall * (0.16f + (0.84f * t)));
                float Foot(float t) => horizon + ((easel.Height - horizon) * (0.02f + (0.36f * t)));
                using var builder = new SKPathBuilder();
                builder.MoveTo(X(near), Foot(near));
                builder.LineTo(X(near), Top(near));
                builder.LineTo(X(far), Top(far));
                builder.LineTo(X(far), Foot(far));
                builder.Close();
                using var path = builder.Detach();
                var lit = side * easel.Lean > 0 ? 0.1f : -0.4f;
                easel.Fill(path, light.On(wall, 0.5f * (1 - near), lit).Colour());
                easel.Stroke(path, light.On(wall.Darker(0.2f), 0.5f * (1 - near), lit).Colour(0.7f), 1.4f * easel.Unit);
                for (var floor = 0; floor < 3; floor++)
                {
                    for (var k = 0; k < 2; k++)
                    {
                        var t = near + ((far - near) * (0.22f + (0.5f * k)));
                        var (t2, high) = (t + ((far - near) * 0.2f), (Foot(t) - Top(t)) * 0.15f);
                        var y = Top(t) + ((Foot(t) - Top(t)) * (0.12f + (0.22f * floor)));
                        var glass = light.IsDark && each.Happens(0.7f) ? Pigment.Of(0.86f, 0.13f, 78) : light.On(Pigment.Of(0.4f, 0.04f, 240), 0.4f * (1 - near));
                        easel.Fill(SKRect.Create(MathF.Min(X(t), X(t2)), y, MathF.Abs(X(t2) - X(t)), high), glass.Colour());
                    }
                }
            }
        }
    }

    private static void Stall(Easel easel, SeededRandom random, float x, float foot, float size, float distance)
    {
        using var form = new Form(easel, x, foot, size, distance);
        var cloth = Pigment.Of(0.6f, 0.17f, random.Pick(27f, 145f, 250f, 60f, 85f));
        form.Shadow(1.05f);
        form.Patch(-0.8f, -1.1f, 0.8f, -0.45f, Materials.Night, 0.2f, 0.55f);
        foreach (var at in (ReadOnlySpan<float>)[-0.86f, 0.86f])
        {
            form.Rod(at, -1.5f, at, 0, Materials.Wood, 0.07f);
        }

        form.Box(-0.9f, -0.5f, 0.9f, 0, Materials.Wood, 0.6f);
        for (var i = 0; i < 4; i++)
        {
            var left = -0.86f + (i * 0.435f);
            var goods = Pigment.Of(0.62f, 0.17f, random.Fork(i).Pick(27f, 55f, 90f, 140f, 320f));
            form.Box(left, -0.62f, left + 0.4f, -0.4f, Materials.Wood.Lighter(0.1f), 0.6f);
            for (var k = 0; k < 8; k++)
            {
                form.Ball(left + 0.05f + (k % 4 * 0.1f), -0.62f - (k / 4 * 0.07f), 0.065f, 0.06f, goods);
            }
        }

        for (var i = 0; i < 7; i++)
        {
            var (a, b) = (-1.05f + (i * 0.3f), -0.75f + (i * 0.3f));
            form.Body(FormattableString.Invariant($"M{a * 0.85f},-1.62 L{b * 0.85f},-1.62 L{b},-1.22 C{b},-1.08 {a},-1.08 {a},-1.22 Z"), i % 2 == 0 ? cloth : Materials.China, 0.4f, 0.25f - (0.09f * i));
        }

        if (form.IsLit)
        {
            form.Lamp(-0.4f, -0.98f, 0.06f, Materials.Flame);
            form.Lamp(0.4f, -0.98f, 0.06f, Materials.Flame);
        }
    }

    private static void Bunting(Easel easel, SeededRandom random, float horizon)
    {
        if (easel.Look.Ornament < -0.6f)
        {
            return;
        }

        for (var line = 0; line < 2; line++)
        {
            var (y, sag) = (horizon - (easel.Height * (0.3f - (0.1f * line))), easel.Height * 0.05f);
            var (from, to) = (easel.Width * (0.08f + (0.13f * line)), easel.Width * (0.92f - (0.13f * line)));
            for (var i = 0; i < 14; i++)
            {
                var (a, b) = (i / 14f, (i + 1) / 14f);
                float X(float t) => from + ((to - from) * t);
                float Y(float t) => y + (sag * 4 * t * (1 - t));
                easel.Line(X(a), Y(a), X(b), Y(b), easel.Light.On(Materials.DarkWood, 0.2f).Colour(), 1.2f * easel.Unit);
                using var builder = new SKPathBuilder();
                builder.MoveTo(X(a) + (2 * easel.Unit), Y(a));
                builder.LineTo(X(b) - (2 * easel.Unit), Y(b));
                builder.LineTo((X(a) + X(b)) / 2, Y((a + b) / 2) + ((X(b) - X(a)) * 0.8f));
                builder.Close();
                using var flag = builder.Detach();
                easel.Fill(flag, easel.Light.On(Pigment.Of(0.66f, 0.16f, random.Fork(i).Pick(27f, 90f, 145f, 250f, 340f)), 0.15f, 0.1f).Colour());
            }
        }
    }
}
