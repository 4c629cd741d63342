using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Forests: seen from inside, on a coast, and along the sides of something else.</summary>
internal static class Woods
{
    public static void Interior(Easel easel, float horizon)
    {
        if (easel.Scene.Trees == TreeKind.Bamboo)
        {
            Trees.BambooForest(easel, horizon);
            return;
        }

        var random = easel.Random.Fork("woods");
        var light = easel.Light;
        var conifers = Conifers(easel, random);
        for (var i = 0; i < 4; i++)
        {
            easel.ThrowIfCancelled();
            var near = i / 3f;
            var each = random.Fork(i);
            var noise = new Noise(each);
            var foot = horizon + (easel.Height * (0.01f + (0.19f * near * near)));
            float Floor(float x) => foot + ((noise.At((x / easel.Width * 3) + 5, 1) - 0.5f) * easel.Height * 0.05f);
            var open = 0.10f + (0.22f * near);
            Foliage.Row(easel, each, Floor, x => MathF.Abs((x / easel.Width) - 0.5f) < open * 0.5f ? 0.12f * (1 - near) : 0.95f, easel.Height * (0.28f + (0.34f * near)), 0.78f * (1 - near), conifers);
            using var floor = easel.Below(Floor, 6 * easel.Unit);
            var own = Soil(easel);
            using (var shader = Easel.Vertical(foot - (0.03f * easel.Height), foot + (easel.Height * 0.22f), light.On(own, 0.75f * (1 - near), 0.3f).Colour(), light.On(own.Darker(0.06f), 0.6f * (1 - near), -0.25f).Colour()))
            {
                easel.Fill(floor, shader);
            }

            Mist(easel, foot, 0.3f * (1 - near));
        }

        Foliage.Stems(easel, random.Fork("stems"), 6, easel.Height * 0.9f, 0.12f);
        Dapple(easel, random.Fork("dapple"), horizon);
        if (!Ground.IsSnow(easel))
        {
            Foliage.Blades(easel, random.Fork("blades"), horizon + ((easel.Height - horizon) * 0.45f));
        }
    }

    /// <summary>Wooded land that slopes down into water from one side.</summary>
    public static void Headland(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("headland");
        var light = easel.Light;
        var conifers = Conifers(easel, random);
        var fromLeft = easel.Lean < 0;
        for (var i = 0; i < 3; i++)
        {
            easel.ThrowIfCancelled();
            var near = i / 2f;
            var each = random.Fork(i);
            var noise = new Noise(each);
            var reach = 0.72f - (0.2f * near);
            var water = horizon + ((easel.Height - horizon) * (0.03f + (0.42f * near * near)));
            float Across(float x) => fromLeft ? x / easel.Width : 1 - (x / easel.Width);
            float Land(float x)
            {
                var t = Math.Clamp(1 - (Across(x) / reach), -0.4f, 1.3f);
                return water - (easel.Height * (0.04f + (0.13f * near)) * t) - (noise.Cloud(x / easel.Width * 7, 2, 3) - 0.5f) * easel.Height * 0.03f;
            }

            float Shore(float x) => water + ((easel.Height * 0.05f) * (0.4f + near) * MathF.Pow(Math.Clamp(1 - (Across(x) / reach), 0, 1.3f), 0.7f)) + ((easel.Height - water) * 1.25f * near * MathF.Pow(Math.Clamp(1 - (Across(x) / (reach * 0.8f)), 0, 1.3f), 1.6f));
            using var builder = new SKPathBuilder();
            var (from, to) = fromLeft ? (-0.16f, reach) : (1 - reach, 1.16f);
            const int steps = 40;
            for (var s = 0; s <= steps; s++)
            {
                var x = easel.Width * (from + ((to - from) * s / steps));
                if (s == 0)
                {
                    builder.MoveTo(x, Math.Min(Land(x), Shore(x)));
                }
                else
                {
                    builder.LineTo(x, Math.Min(Land(x), Shore(x)));
                }
            }

            var shore = new List<SKPoint>();
            for (var s = steps; s >= 0; s--)
            {
                var x = easel.Width * (from + ((to - from) * s / steps));
                var y = Shore(x) + ((noise.At(x / easel.Width * 26, 7) - 0.5f) * easel.Unit * (4 + (14 * near)));
                shore.Add(new(x, y));
                builder.LineTo(x, y);
            }

            builder.Close();
            using var land = builder.Detach();
            var distance = 0.62f * (1 - near);
            var own = Ground.IsSnow(easel) ? new Pigment(0.92f, -0.005f, -0.015f) : Pigment.Of(0.46f, 0.07f, 110);
            using (var shader = Easel.Vertical(water - (0.16f * easel.Height), water + (0.3f * easel.Height), light.On(own, distance, 0.25f).Colour(), light.On(Pigment.Of(0.44f, 0.04f, 65), distance, -0.2f).Colour()))
            {
                easel.Fill(land, shader);
            }

            using var foam = Easel.Curve([.. shore], closed: false);
            easel.Stroke(foam, light.On(new(0.97f, -0.01f, -0.01f), distance, 0.2f).Colour(0.35f), easel.Unit * (3 + (9 * near)));
            easel.Stroke(foam, light.On(new(0.98f, -0.005f, -0.005f), distance, 0.2f).Colour(0.85f), easel.Unit * (1 + (2.4f * near)));
            for (var row = 0; row < 3; row++)
            {
                var down = row / 3f;
                float Foot(float x) => Land(x) + ((Shore(x) - Land(x)) * 0.62f * down);
                Foliage.Row(easel, each.Fork(10 + row), Foot, x => Across(x) < reach * (0.93f - (0.16f * down)) ? 0.95f : 0, easel.Height * (0.11f + (0.15f * near) + (0.05f * down)), distance, conifers);
            }

            Mist(easel, water, 0.16f * (1 - near));
        }
    }

    /// <summary>Trees at both sides that leave the middle open.</summary>
    public static void Sides(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("sides");
        var conifers = Conifers(easel, random);
        for (var i = 0; i < 3; i++)
        {
            easel.ThrowIfCancelled();
            var near = i / 2f;
            var foot = horizon + ((easel.Height - horizon) * (0.14f + (0.5f * near * near)));
            var open = random.Between(0.2f, 0.3f) + (0.12f * near);
            Foliage.Row(easel, random.Fork(i), _ => foot, x => Math.Clamp((MathF.Abs((x / easel.Width) - 0.5f) - open) * 9, 0, 0.96f), easel.Height * (0.14f + (0.2f * near)), 0.5f * (1 - near), conifers);
        }
    }

    private static float Conifers(Easel easel, SeededRandom random) => easel.Scene.Season switch
    {
        Season.Winter => 1,
        Season.Autumn => 0.15f,
        Season.Spring => 0.12f,
        _ => random.Pick(0.92f, 0.5f, 0.12f),
    };

    private static Pigment Soil(Easel easel) => Ground.IsSnow(easel) ? new Pigment(0.92f, -0.006f, -0.016f) : easel.Scene.Season switch
    {
        Season.Autumn => Pigment.Of(0.52f, 0.1f, 58),
        Season.Spring => Pigment.Of(0.56f, 0.1f, 125),
        _ => Pigment.Of(0.43f, 0.075f, 128),
    };

    private static void Mist(Easel easel, float foot, float strength)
    {
        var haze = easel.Light.Haze;
        using var shader = SKShader.CreateLinearGradient(
            new(0, foot - (0.2f * easel.Height)), new(0, foot + (0.06f * easel.Height)), [haze.Colour(0), haze.Colour(strength), haze.Colour(0)], [0, 0.75f, 1], SKShaderTileMode.Clamp);
        easel.Fill(SKRect.Create(-easel.Width * 0.2f, foot - (0.2f * easel.Height), easel.Width * 1.4f, easel.Height * 0.26f), shader);
    }

    private static void Dapple(Easel easel, SeededRandom random, float horizon)
    {
        for (var i = 0; i < easel.Look.Many(28); i++)
        {
            var each = random.Fork(i);
            var t = each.Unit();
            var y = horizon + ((easel.Height - horizon) * (0.25f + (0.75f * t)));
            easel.Oval(each.Unit() * easel.Width, y, easel.Unit * (6 + (26 * t)), easel.Unit * (1.5f + (5 * t)), easel.Light.Beam.Colour(each.Between(0.05f, 0.2f)));
        }
    }
}
