using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Everything that grows: trees, grass, leaves.</summary>
internal static class Foliage
{
    public static Pigment Grass(Easel easel, SeededRandom random) => easel.Scene.Season switch
    {
        Season.Autumn => Pigment.Of(random.Between(0.56f, 0.68f), 0.1f, random.Between(80, 105)),
        Season.Spring => Pigment.Of(random.Between(0.66f, 0.76f), 0.15f, random.Between(122, 135)),
        _ => Pigment.Of(random.Between(0.52f, 0.64f), 0.125f, random.Between(125, 142)),
    };

    public static Pigment Leaf(Easel easel, SeededRandom random) => easel.Scene.Season switch
    {
        Season.Autumn => Pigment.Of(random.Between(0.52f, 0.7f), random.Between(0.12f, 0.16f), random.Between(32, 88)),
        Season.Spring => Pigment.Of(random.Between(0.62f, 0.84f), 0.11f, random.Pick(356f, 350f, 5f, 128f)),
        Season.Winter => Pigment.Of(random.Between(0.4f, 0.52f), 0.045f, random.Between(170, 215)),
        _ => Pigment.Of(random.Between(0.4f, 0.56f), random.Between(0.085f, 0.12f), random.Between(132, 162)),
    };

    /// <summary>A row of trees whose feet follow a line.</summary>
    /// <param name="foot">The height of the ground at an x, in pixels.</param>
    /// <param name="where">0 to 1: how likely a tree stands at an x.</param>
    /// <param name="tall">Height of the trees in pixels.</param>
    /// <param name="conifers">Share of conifers among them.</param>
    public static void Row(Easel easel, SeededRandom random, Func<float, float> foot, Func<float, float> where, float tall, float distance, float conifers)
    {
        var gap = tall * (0.2f + (0.1f * distance)) / MathF.Pow(easel.Look.Detail > 0 ? 1.2f : 1.35f, easel.Look.Detail);
        var index = 0;
        for (var x = -easel.Width * 0.14f; x < easel.Width * 1.14f; x += gap)
        {
            var each = random.Fork(index++);
            var at = x + (each.Between(-0.5f, 0.5f) * gap);
            var present = where(at);
            if (each.Unit() > present)
            {
                continue;
            }

            var height = tall * each.Between(0.62f, 1.1f) * (0.55f + (0.45f * present));
            if (easel.Scene.Trees is null && each.Happens(conifers))
            {
                Conifer(easel, each, at, foot(at) + (3 * easel.Unit), height, distance);
            }
            else
            {
                Trees.Paint(easel, each, at, foot(at) + (3 * easel.Unit), height, distance);
            }
        }
    }

    public static void Conifer(Easel easel, SeededRandom random, float x, float foot, float height, float distance)
    {
        var light = easel.Light;
        var own = easel.Scene.Season == Season.Winter ? Pigment.Of(0.42f, 0.04f, 200) : Pigment.Of(random.Between(0.34f, 0.45f), 0.065f, random.Between(150, 175));
        var lean = height * 0.16f * Math.Max(-0.1f, easel.Look.Dynamism) * easel.Lean;
        var half = height * random.Between(0.16f, 0.22f);
        var tiers = (int)(9 * MathF.Pow(1.6f, easel.Look.Detail * (1 - distance)));
        easel.Line(x, foot, x + (lean * 0.3f), foot - (height * 0.3f), light.On(Pigment.Of(0.34f, 0.04f, 50), distance).Colour(), height * 0.035f);
        using var whole = Tiers(0);
        easel.Fill(whole, light.On(own, distance, -0.3f).Colour());
        using var lit = Tiers(light.X < x ? -1 : 1);
        easel.Fill(lit, light.On(own.Lighter(0.05f), distance, 0.32f).Colour(0.8f));
        if (Ground.IsSnow(easel))
        {
            for (var i = 1; i < tiers; i += 2)
            {
                var t = (float)i / tiers;
                var y = foot - (height * (0.1f + (0.9f * (1 - t))));
                var reach = half * t * 0.8f;
                easel.Line(x + (lean * (1 - t)) - (reach * 0.7f), y + (reach * 0.25f), x + (lean * (1 - t)) + (reach * 0.2f), y, light.On(new(0.96f, 0, -0.01f), distance * 0.8f).Colour(0.9f), height * 0.014f);
            }
        }

        SKPath Tiers(int side)
        {
            var tones = random.Fork("tiers");
            using var builder = new SKPathBuilder();
            builder.MoveTo(x + lean, foot - height);
            Span<SKPoint> left = stackalloc SKPoint[2 * tiers];
            for (var i = 0; i < tiers; i++)
            {
                var each = tones.Fork(i);
                var t = (i + 1f) / tiers;
                var y = foot - (height * (1 - t) * 0.93f) - (height * 0.07f);
                var reach = half * MathF.Pow(t, 0.85f);
                var middle = x + (lean * (1 - t));
                var (right, opposite) = (reach * each.Between(0.8f, 1.12f), reach * each.Between(0.8f, 1.12f));
                if (side < 0)
                {
                    right *= -0.12f;
                }
                else if (side > 0)
                {
                    opposite *= -0.12f;
                }

                builder.LineTo(middle + right, y + (reach * 0.22f));
                builder.LineTo(middle + (right * 0.52f), y - (reach * 0.02f));
                left[2 * i] = new(middle - (opposite * 0.52f), y - (reach * 0.02f));
                left[(2 * i) + 1] = new(middle - opposite, y + (reach * 0.22f));
            }

            for (var i = tiers - 1; i >= 0; i--)
            {
                if (i < tiers - 1)
                {
                    builder.LineTo(left[2 * i]);
                }

                builder.LineTo(left[(2 * i) + 1]);
            }

            builder.Close();
            return builder.Detach();
        }
    }

    public static void Broadleaf(Easel easel, SeededRandom random, float x, float foot, float height, float distance)
    {
        var light = easel.Light;
        var build = Trees.BuildOf(easel, random);
        var lean = height * 0.18f * Math.Max(-0.1f, easel.Look.Dynamism) * easel.Lean;
        var width = height * build.Wide;
        var (crownX, crownY) = (x + (lean * 0.7f), foot - (height * build.Middle));
        var bark = light.On(build.Bark, distance, -0.2f).Colour();
        var fork = crownY + (height * build.Tall * 0.55f);
        Trunk(easel, x, foot, crownX, fork, height * build.Trunk, bark);
        for (var i = 0; i < 5 && distance < 0.4f; i++)
        {
            var side = (i - 2) / 2f;
            easel.Line(x + ((crownX - x) * 0.8f), fork + (height * 0.03f), crownX + (side * width * 0.62f), crownY - (height * build.Tall * (0.3f - (0.34f * MathF.Abs(side)))), bark, height * build.Trunk * (0.5f - (0.12f * MathF.Abs(side))));
        }

        if (easel.Scene.Trees == TreeKind.Birch)
        {
            Trees.BirchMarks(easel, random, x, crownX, foot, crownY, height * build.Trunk, distance);
        }

        var dabs = Math.Max(9, (int)((distance < 0.05f ? 90 : 34) * (1 - (0.6f * distance)) * MathF.Pow(easel.Look.Detail > 0 ? 1.7f : 2.4f, easel.Look.Detail)));
        var size = height * 0.5f * build.Dab * MathF.Sqrt(build.Wide * build.Tall / 0.12f) / MathF.Sqrt(dabs);
        var away = light.X < x ? -1f : 1f;
        for (var pass = 0; pass < 3; pass++)
        {
            for (var i = 0; i < dabs; i++)
            {
                var each = random.Fork(1000 + (pass * dabs) + i);
                var angle = each.Between(0, MathF.Tau);
                var radius = MathF.Sqrt(each.Unit()) * (1 - (0.16f * pass));
                var dx = MathF.Cos(angle) * radius * width;
                var dy = MathF.Sin(angle) * radius * height * build.Tall;
                var lit = (pass - 1) * 0.4f;
                var shift = pass * size * 0.5f;
                var tone = build.Leaf.Lighter(((pass - 1) * 0.05f) + each.Between(-0.03f, 0.04f));
                if (Ground.IsSnow(easel) && pass == 2)
                {
                    tone = new(0.93f, -0.005f, -0.015f);
                }

                easel.Oval(crownX + dx + (away * shift * 0.6f) + (lean * (0.3f - (dy / height))), crownY + dy - shift, size * each.Between(0.7f, 1.25f), size * each.Between(0.55f, 1), light.On(tone, distance, lit).Colour(0.92f));
            }
        }
    }

    /// <summary>Great stems before the viewer, whose crowns are out of the picture.</summary>
    public static void Stems(Easel easel, SeededRandom random, int count, float foot, float distance)
    {
        var light = easel.Light;
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var x = easel.Width * ((i + each.Between(0.1f, 0.9f)) / count);

            // The middle stays open for the light and for what the prompt is about.
            if (MathF.Abs((x / easel.Width) - 0.5f) < 0.16f * (1 - distance))
            {
                continue;
            }

            var wide = easel.Unit * each.Between(13, 24) * (1.15f - distance);
            var lean = easel.Height * 0.13f * Math.Max(0, easel.Look.Dynamism) * easel.Lean;
            var isBirch = easel.Scene.Trees == TreeKind.Birch;
            var bark = isBirch ? Pigment.Of(each.Between(0.84f, 0.92f), 0.008f, 90) : Pigment.Of(each.Between(0.3f, 0.38f), 0.035f, each.Between(45, 75));
            var ground = foot + (each.Between(-0.02f, 0.05f) * easel.Height);
            using var builder = new SKPathBuilder();
            builder.MoveTo(x - (wide * 1.5f), ground);
            builder.QuadTo(x - (wide * 0.62f), ground - (easel.Height * 0.08f), x - (wide * 0.5f) + lean, -easel.Height * 0.2f);
            builder.LineTo(x + (wide * 0.5f) + lean, -easel.Height * 0.2f);
            builder.QuadTo(x + (wide * 0.62f), ground - (easel.Height * 0.08f), x + (wide * 1.5f), ground);
            builder.Close();
            using var stem = builder.Detach();
            var (dark, pale) = (light.On(bark, distance, -0.6f).Colour(), light.On(bark, distance, 0.45f).Colour());
            using var shader = SKShader.CreateLinearGradient(new(x - wide, 0), new(x + wide, 0), light.X < x ? [pale, dark, dark] : [dark, dark, pale], SKShaderTileMode.Clamp);
            easel.Fill(stem, shader);
            if (isBirch)
            {
                Trees.BirchMarks(easel, each, x, x + lean, ground, -easel.Height * 0.1f, wide * 0.6f, distance);
                continue;
            }

            for (var line = 0; line < easel.Look.Many(11 * (1 - distance)); line++)
            {
                var grain = each.Fork(line);
                var (u, y) = (grain.Between(-0.42f, 0.42f), grain.Between(0, ground));
                easel.Line(x + (u * wide) + (lean * (1 - (y / ground))), y, x + (u * wide * 1.1f) + (lean * (1 - (y / ground))), y + (easel.Unit * grain.Between(10, 34)), light.On(bark.Darker(0.14f), distance, -0.6f).Colour(0.5f), 1.2f * easel.Unit);
            }
        }
    }

    public static void Copse(Easel easel, SeededRandom random, float foot, float near)
    {
        var middle = random.Between(0.1f, 0.9f) * easel.Width;
        var spread = easel.Width * 0.16f;
        Row(easel, random, _ => foot, x => MathF.Exp(-MathF.Pow((x - middle) / spread, 2)) * 0.8f, easel.Unit * (22 + (50 * near)), 0.7f * (1 - near), 0.3f);
    }

    public static void Blades(Easel easel, SeededRandom random, float from)
    {
        var light = easel.Light;
        var wind = easel.Lean * (0.25f + (0.5f * Math.Max(0, easel.Look.Dynamism)));
        for (var i = 0; i < easel.Look.Loose(420); i++)
        {
            var each = random.Fork(i);
            var t = MathF.Sqrt(each.Unit());
            var y = from + ((easel.Height * 1.04f - from) * t);
            var x = each.Between(-0.08f, 1.08f) * easel.Width;
            var tall = easel.Unit * (3 + (24 * t * t)) * each.Between(0.6f, 1.2f);
            var colour = light.On(Grass(easel, each).Lighter(each.Between(-0.1f, 0.1f)), 0.5f * (1 - t), each.Between(-0.4f, 0.5f)).Colour(0.85f);
            easel.Line(x, y, x + (tall * (wind + each.Between(-0.25f, 0.25f))), y - tall, colour, easel.Unit * (0.7f + (1.1f * t)));
        }
    }

    public static void Trunk(Easel easel, float x, float foot, float topX, float top, float wide, SKColor colour)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(x - wide, foot);
        builder.QuadTo(x - (wide * 0.3f), (foot + top) / 2, topX - (wide * 0.3f), top);
        builder.LineTo(topX + (wide * 0.3f), top);
        builder.QuadTo(x + (wide * 0.3f), (foot + top) / 2, x + wide, foot);
        builder.Close();
        using var path = builder.Detach();
        easel.Fill(path, colour);
    }
}
