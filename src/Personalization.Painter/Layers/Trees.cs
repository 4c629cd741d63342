using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Single trees by kind: what their crowns, stems and leaves are like.</summary>
internal static class Trees
{
    /// <summary>The build of a broadleaf tree, in shares of its height.</summary>
    /// <param name="Wide">Half the width of its crown.</param>
    /// <param name="Tall">Half the height of its crown.</param>
    /// <param name="Middle">How high the crown's middle is.</param>
    /// <param name="Trunk">Half the width of its trunk at the foot.</param>
    /// <param name="Dab">Size of its leaves, where 1 is usual.</param>
    public readonly record struct Build(float Wide, float Tall, float Middle, float Trunk, float Dab, Pigment Leaf, Pigment Bark);

    private static readonly Pigment PaleBark = Pigment.Of(0.9f, 0.008f, 90);

    /// <summary>A tree of the kind that the prompt names, or else any.</summary>
    public static void Paint(Easel easel, SeededRandom random, float x, float foot, float height, float distance)
    {
        switch (easel.Scene.Trees)
        {
            case TreeKind.Pine:
                Foliage.Conifer(easel, random, x, foot, height * 1.05f, distance);
                break;
            case TreeKind.Palm:
                Palm(easel, random, x, foot, height * 0.85f, random.Between(-14, 14), distance);
                break;
            case TreeKind.Willow:
                Willow(easel, random, x, foot, height, distance);
                break;
            case TreeKind.Bamboo:
                for (var i = 0; i < 5; i++)
                {
                    var each = random.Fork(i);
                    Culm(easel, each, x + (each.Between(-0.14f, 0.14f) * height), foot, height * each.Between(0.8f, 1.15f), height * 0.02f, distance);
                }

                break;
            default:
                Foliage.Broadleaf(easel, random, x, foot, height, distance);
                break;
        }
    }

    /// <summary>What stands alone, with its shadow.</summary>
    public static void PaintAlone(Easel easel, SeededRandom random, float x, float foot, float height)
    {
        var half = height * (easel.Scene.Trees is TreeKind.Palm or TreeKind.Pine or TreeKind.Birch or TreeKind.Bamboo ? 0.24f : 0.48f);
        easel.Oval(x, foot, half, half * 0.1f, easel.Light.On(Pigment.Of(0.3f, 0.03f, 280), 0.1f, -0.6f).Colour(0.4f));
        Paint(easel, random, x, foot, height, 0.02f);
    }

    /// <summary>A few of them, the middle left open.</summary>
    public static void PaintFew(Easel easel, float small)
    {
        var random = easel.Random.Fork("grove");
        foreach (var (i, at) in ((float[])[0.62f, 0.94f, 0.36f, 0.1f, 0.82f]).Index().Reverse())
        {
            var each = random.Fork(i);
            var back = i % 2 * 0.09f;
            var x = easel.Lean > 0 ? at : 1 - at;
            PaintAlone(easel, each, easel.Width * (x + each.Between(-0.03f, 0.03f)), easel.Height * (0.88f - back), small * (0.62f - (1.6f * back)) * each.Between(0.9f, 1.1f));
        }
    }

    public static Build BuildOf(Easel easel, SeededRandom random)
    {
        var (leaf, wide, bark) = (Foliage.Leaf(easel, random), random.Between(0.3f, 0.42f), Pigment.Of(0.36f, 0.045f, 55));
        return easel.Scene.Trees switch
        {
            TreeKind.Oak => new(wide * 1.3f, 0.29f, 0.68f, 0.085f, 0.92f, leaf.Darker(0.02f), Pigment.Of(0.38f, 0.04f, 65)),
            TreeKind.Birch => new(wide * 0.56f, 0.36f, 0.63f, 0.034f, 0.72f, easel.Scene.Season == Season.Autumn ? Pigment.Of(random.Between(0.74f, 0.82f), 0.14f, random.Between(82, 95)) : leaf.Lighter(0.1f), PaleBark),
            TreeKind.Cherry => new(wide * 1.25f, 0.25f, 0.69f, 0.06f, 0.8f, Pigment.Of(random.Between(0.78f, 0.88f), 0.085f, random.Pick(355f, 2f, 348f)), Pigment.Of(0.32f, 0.035f, 30)),
            TreeKind.Maple => new(wide * 1.1f, 0.32f, 0.66f, 0.055f, 0.85f, Pigment.Of(random.Between(0.54f, 0.66f), 0.165f, random.Between(28, 52)), bark),
            _ => new(wide, 0.33f, 0.66f, 0.055f, 1, leaf, bark),
        };
    }

    /// <summary>Dark dashes across a pale stem.</summary>
    public static void BirchMarks(Easel easel, SeededRandom random, float x, float topX, float foot, float top, float wide, float distance)
    {
        var dark = easel.Light.On(Pigment.Of(0.24f, 0.01f, 60), distance).Colour(0.85f);
        for (var i = 0; i < easel.Look.Many(16 * (1 - distance)); i++)
        {
            var each = random.Fork(900 + i);
            var t = each.Unit();
            var (middle, half) = (x + ((topX - x) * t), wide * (0.85f - (0.55f * t)));
            var side = each.Sign();
            var y = foot + ((top - foot) * t);
            easel.Line(middle + (side * half * 0.85f), y, middle + (side * half * each.Between(-0.1f, 0.5f)), y + (wide * 0.1f), dark, wide * each.Between(0.16f, 0.36f));
        }
    }

    public static void Palm(Easel easel, SeededRandom random, float x, float foot, float tall, float bend, float distance)
    {
        using var form = new Form(easel, x, foot, tall, distance);
        var reach = bend * 0.014f;
        for (var i = 0; i < 12; i++)
        {
            var (a, b) = (i / 12f, (i + 1) / 12f);
            form.Rod(reach * a * a, -0.94f * a, reach * b * b, -0.94f * b, Materials.Wood.Darker(i % 2 * 0.05f), 0.07f - (0.032f * a));
        }

        // The far fronds first; each bends down by its own weight.
        for (var i = 0; i < 11; i++)
        {
            var each = random.Fork(i);
            var angle = (i % 2 == 0 ? 0 : MathF.PI) + ((i % 2 == 0 ? 1 : -1) * ((i / 10f * 2.1f) - 1.45f + each.Between(-0.08f, 0.08f)));
            Frond(form, each, reach, -0.94f, angle, each.Between(0.42f, 0.54f));
        }

        form.Ball(reach - 0.03f, -0.9f, 0.034f, 0.04f, Materials.DarkWood);
        form.Ball(reach + 0.035f, -0.895f, 0.034f, 0.04f, Materials.DarkWood);
    }

    // A rib that bends to the ground, with leaflets on both sides.
    private static void Frond(Form form, SeededRandom random, float x, float y, float angle, float length)
    {
        const int steps = 14;
        var green = Materials.Leaf.Lighter(random.Between(-0.08f, 0.07f));
        var (down, across) = MathF.SinCos(angle);
        var (lastX, lastY) = (x, y);
        for (var i = 1; i <= steps; i++)
        {
            var t = i / (float)steps;
            var (nextX, nextY) = (x + (across * length * t), y + (down * length * t) + (0.36f * length * t * t * (1 + (0.4f * MathF.Abs(across)))));
            var leaflet = length * 0.36f * MathF.Sin(MathF.PI * MathF.Min(1, (0.82f * t) + 0.14f));
            form.Line(nextX, nextY, nextX + (across * leaflet * 0.6f) - (down * leaflet * 0.35f), nextY + (leaflet * 0.75f), green.Darker(0.05f), 0.02f, -0.25f);
            form.Line(nextX, nextY, nextX + (across * leaflet * 0.8f), nextY - (leaflet * 0.14f) + (down * leaflet * 0.5f), green, 0.02f, 0.25f);
            form.Line(lastX, lastY, nextX, nextY, green.Lighter(0.1f), 0.015f);
            (lastX, lastY) = (nextX, nextY);
        }
    }

    private static void Willow(Easel easel, SeededRandom random, float x, float foot, float height, float distance)
    {
        var light = easel.Light;
        var leaf = Foliage.Leaf(easel, random).Lighter(0.06f);
        var (crownY, wide) = (foot - (height * 0.72f), height * 0.42f);
        var wind = height * 0.12f * MathF.Max(0.05f, easel.Look.Dynamism) * easel.Lean;
        Foliage.Trunk(easel, x, foot, x + (wind * 0.3f), crownY, height * 0.06f, light.On(Pigment.Of(0.36f, 0.04f, 60), distance, -0.2f).Colour());
        var count = Math.Max(14, (int)(easel.Look.Many(110) * (1 - (0.75f * distance))));
        for (var pass = 0; pass < 3; pass++)
        {
            var spread = 1 - (0.16f * pass);
            if (pass < 2)
            {
                easel.Oval(x + (wind * 0.3f), crownY - (height * (0.02f + (0.05f * pass))), wide * 0.82f * spread, height * 0.2f * spread, light.On(leaf, distance, -0.25f + (0.35f * pass)).Colour());
            }

            for (var i = 0; i < count; i++)
            {
                var each = random.Fork((pass * 1000) + i);
                var u = each.Between(-1, 1) * spread;
                var fromY = crownY - (height * 0.2f * MathF.Sqrt(MathF.Max(0, 1 - (u * u)))) + (height * each.Between(0, 0.12f));
                var fall = height * each.Between(0.24f, 0.62f) * (0.75f + (0.25f * MathF.Abs(u)));
                var endX = x + (u * wide * 1.12f) + wind;
                using var builder = new SKPathBuilder();
                builder.MoveTo(x + (u * wide * 0.7f), fromY);
                builder.QuadTo(endX - (wind * 0.4f), fromY + (fall * 0.1f), endX, MathF.Min(foot - (height * 0.03f), fromY + fall));
                using var strand = builder.Detach();
                easel.Stroke(strand, light.On(leaf.Lighter(((pass - 1) * 0.05f) + each.Between(-0.04f, 0.05f)), distance, ((pass - 1) * 0.35f) + each.Between(-0.1f, 0.15f)).Colour(0.85f), height * 0.011f);
            }
        }
    }

    /// <summary>A forest of bamboo, its stems from far to near.</summary>
    public static void BambooForest(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("bamboo");
        var haze = easel.Light.Haze;
        for (var row = 0; row < 4; row++)
        {
            easel.ThrowIfCancelled();
            var (near, each) = (row / 3f, random.Fork(row));
            var foot = horizon + (easel.Height * (0.02f + (0.24f * near * near)));
            var own = Ground.IsSnow(easel) ? new Pigment(0.92f, -0.006f, -0.016f) : Pigment.Of(0.5f, 0.08f, 118);
            using (var shader = Easel.Vertical(foot, foot + (easel.Height * 0.25f), easel.Light.On(own, 0.7f * (1 - near), 0.2f).Colour(), easel.Light.On(own.Darker(0.08f), 0.5f * (1 - near), -0.3f).Colour()))
            {
                easel.Fill(new SKRect(-0.2f * easel.Width, foot, easel.Width * 1.2f, easel.Height * 1.2f), shader);
            }

            var count = easel.Look.Many(26 - (11 * near));
            for (var i = 0; i < count; i++)
            {
                var stem = each.Fork(i);
                var x = (i + stem.Between(0.1f, 0.9f)) / count * 1.3f - 0.15f;

                // The middle stays open, for a path and what walks on it.
                if (MathF.Abs(x - 0.5f) > 0.03f + (0.17f * near))
                {
                    Culm(easel, stem, x * easel.Width, foot + (stem.Between(0, 0.04f) * easel.Height), easel.Height * (0.75f + (0.45f * near)), easel.Unit * (2.4f + (8.5f * near)) * stem.Between(0.8f, 1.2f), 0.72f * (1 - near));
                }
            }

            using var mist = Easel.Vertical(foot - (0.25f * easel.Height), foot, haze.Colour(0), haze.Colour(0.28f * (1 - near)));
            easel.Fill(new SKRect(-0.2f * easel.Width, foot - (0.25f * easel.Height), easel.Width * 1.2f, foot), mist);
        }
    }

    // One stem with its joints, and leaves about its upper half.
    private static void Culm(Easel easel, SeededRandom random, float x, float foot, float height, float wide, float distance)
    {
        var light = easel.Light;
        var own = Pigment.Of(random.Between(0.56f, 0.68f), 0.115f, random.Between(118, 132));
        var lean = height * (random.Between(-0.04f, 0.04f) + (0.14f * MathF.Max(0, easel.Look.Dynamism) * easel.Lean));
        var joints = 9;
        var side = light.X < x ? -1 : 1;
        for (var i = 0; i < joints; i++)
        {
            var (a, b) = (i / (float)joints, (i + 1) / (float)joints);
            var (x0, y0, x1, y1) = (x + (lean * a * a), foot - (height * a), x + (lean * b * b), foot - (height * b));
            easel.Line(x0, y0, x1, y1, light.On(own, distance, -0.3f).Colour(), wide);
            easel.Line(x0 + (side * wide * 0.2f), y0, x1 + (side * wide * 0.2f), y1, light.On(own, distance, 0.45f).Colour(0.85f), wide * 0.35f);
            easel.Line(x1 - (wide * 0.55f), y1, x1 + (wide * 0.55f), y1, light.On(own.Darker(0.16f), distance, -0.2f).Colour(), wide * 0.22f);
            for (var k = 0; k < (a > 0.25f ? easel.Look.Many(3) : 0); k++)
            {
                var each = random.Fork((i * 20) + k);
                var (turn, length) = (each.Between(-0.5f, 1.1f), (wide * 2.2f) + (height * each.Between(0.03f, 0.07f)));
                var way = each.Sign();
                var (dx, dy) = (way * length * MathF.Cos(turn), length * MathF.Sin(turn));
                using var leaf = Easel.Curve([new(x1, y1), new(x1 + (dx * 0.45f) + (dy * 0.1f), y1 + (dy * 0.3f) - (length * 0.08f)), new(x1 + dx, y1 + dy), new(x1 + (dx * 0.45f), y1 + (dy * 0.5f) + (length * 0.08f))], closed: true);
                easel.Fill(leaf, light.On(own.Lighter(each.Between(-0.12f, 0.06f)), distance, each.Between(-0.3f, 0.4f)).Colour(0.92f));
            }
        }
    }
}
