using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Land that opens before the viewer: dunes, meadows, snow, and the path across them.</summary>
internal static class Ground
{
    public static void Dunes(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("dunes");
        var sand = Pigment.Of(0.76f, 0.1f, random.Between(58, 78));
        const int count = 4;
        for (var i = 0; i < count; i++)
        {
            easel.ThrowIfCancelled();
            var near = (i + 0.35f) / count;
            var top = horizon + ((easel.Height - horizon) * MathF.Pow(near, 1.5f) * 0.85f);
            Dune(easel, random.Fork(i), top, (easel.Height - horizon) * (0.1f + (0.13f * near)), near, sand);
        }
    }

    /// <summary>Rolling grassland, or snow in winter.</summary>
    public static void Hills(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("hills");
        const int count = 4;
        for (var i = 0; i < count; i++)
        {
            easel.ThrowIfCancelled();
            var each = random.Fork(i);
            var near = (i + 0.3f) / count;
            var own = IsSnow(easel) ? new Pigment(0.94f, -0.008f, -0.018f) : Foliage.Grass(easel, each).Mix(Pigment.Of(0.72f, 0.12f, 110), 0.35f * (1 - near));
            var top = horizon + ((easel.Height - horizon) * MathF.Pow(near, 1.4f) * 0.8f);
            Hill(easel, each, top, (easel.Height - horizon) * (0.1f + (0.08f * near)), near, own);
            if (i is 1 or 2 && easel.Scene.Allows(Motif.Tree) && easel.Look.Ornament > -0.75f)
            {
                Foliage.Copse(easel, each.Fork("copse"), top + (4 * easel.Unit), near);
            }
        }

        if (IsSnow(easel))
        {
            return;
        }

        Foliage.Blades(easel, random.Fork("blades"), horizon + ((easel.Height - horizon) * 0.35f));
    }

    /// <summary>A grassy edge of rock above the sea, on which one stands.</summary>
    public static void Cliff(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("cliff");
        var noise = new Noise(random);
        var (rock, grass) = (Pigment.Of(0.46f, 0.03f, 60), IsSnow(easel) ? new Pigment(0.92f, -0.005f, -0.015f) : Foliage.Grass(easel, random));
        var (edge, top) = (0.72f + random.Between(-0.03f, 0.03f), easel.Height * 0.83f);

        // From the side away from the light to where it breaks off; figures stand on it.
        float Across(float x) => easel.Lean > 0 ? 1 - (x / easel.Width) : x / easel.Width;
        float Rim(float x) => top + ((noise.Cloud(x / easel.Width * 4, 3, 3) - 0.5f) * easel.Height * 0.04f) + (easel.Height * MathF.Pow(MathF.Max(0, (Across(x) - edge) * 7), 1.6f));
        float Broken(float x) => Rim(x) + (easel.Height * (0.03f + (0.03f * noise.Cloud(x / easel.Width * 22, 9, 3))));
        using (var face = easel.Below(Rim, 3 * easel.Unit))
        using (var shader = Easel.Vertical(top, easel.Height, light.On(rock.Lighter(0.1f), 0.05f, 0.1f).Colour(), light.On(rock.Darker(0.1f), 0, -0.4f).Colour()))
        {
            easel.Fill(face, shader);
        }

        for (var i = 0; i < easel.Look.Many(60); i++)
        {
            var each = random.Fork(i);
            var x = each.Unit() * easel.Width;
            var y = Broken(x) + (each.Unit() * easel.Height * 0.2f);
            easel.Line(x, y, x + (each.Between(-6, 6) * easel.Unit), y + (each.Between(6, 26) * easel.Unit), light.On(rock.Darker(each.Pick(0.12f, -0.08f)), 0).Colour(0.6f), each.Between(1, 3) * easel.Unit);
        }

        using var turf = easel.Below(Rim, 3 * easel.Unit);
        using var cut = easel.Below(Broken, 3 * easel.Unit);
        easel.Canvas.Save();
        easel.Canvas.ClipPath(cut, SKClipOperation.Difference, antialias: true);
        easel.Fill(turf, light.On(grass, 0.03f, 0.1f).Colour());
        easel.Canvas.Restore();
        for (var i = 0; i < easel.Look.Many(90); i++)
        {
            var each = random.Fork(5000 + i);
            var x = each.Unit() * easel.Width;
            easel.Line(x, Rim(x) + (3 * easel.Unit), x + (each.Between(-4, 4) * easel.Unit), Rim(x) - (each.Between(3, 10) * easel.Unit), light.On(grass.Lighter(each.Between(-0.1f, 0.1f)), 0).Colour(0.8f), 1.4f * easel.Unit);
        }
    }

    /// <summary>Sand in front of the sea, with the last wave running out on it.</summary>
    public static void Beach(Easel easel, float horizon)
    {
        var light = easel.Light;
        var noise = new Noise(easel.Random.Fork("beach"));
        var top = horizon + ((easel.Height - horizon) * 0.42f);
        var own = Pigment.Of(0.8f, 0.06f, 75);
        float Shore(float x) => top + ((noise.Cloud(x / easel.Width * 3, 4, 3) - 0.5f) * easel.Height * 0.08f);
        using var sand = easel.Below(Shore, 4 * easel.Unit);
        using (var shader = Easel.Vertical(top - (0.03f * easel.Height), easel.Height, light.On(own.Darker(0.16f), 0.15f).Colour(), light.On(own, 0.1f).Colour(), light.On(own, 0, 0.15f).Colour()))
        {
            easel.Fill(sand, shader);
        }

        easel.Stroke(sand, light.On(new(0.97f, -0.01f, -0.01f), 0.1f, 0.2f).Colour(0.35f), 9 * easel.Unit);
        easel.Stroke(sand, light.On(new(0.98f, -0.005f, -0.005f), 0.1f, 0.2f).Colour(0.9f), 2.4f * easel.Unit);
    }

    public static bool IsSnow(Easel easel) =>
        easel.Scene.Season == Season.Winter || easel.Scene.Has(Motif.Snowfield) || easel.Scene.Has(Motif.Snow);

    /// <summary>A path from the viewer's feet to the horizon.</summary>
    public static void Path(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("path");
        var light = easel.Light;
        var top = horizon + ((easel.Height - horizon) * 0.12f);
        var bend = random.Sign() * (0.12f + (0.06f * easel.Look.Dynamism));
        var own = easel.Scene.Has(Motif.Desert) ? Pigment.Of(0.86f, 0.065f, 78)
            : IsSnow(easel) ? new Pigment(0.8f, -0.01f, -0.03f) : Pigment.Of(0.68f, 0.055f, 70);
        float Middle(float t) => (easel.Width * 0.5f) + (easel.Width * bend * MathF.Sin(t * 4.6f) * (0.35f + t));
        float Half(float t) => easel.Width * (0.007f + (0.2f * t * t));
        var (left, right) = (new List<SKPoint>(), new List<SKPoint>());
        for (var t = 0f; t <= 1.05f; t += 0.05f)
        {
            var y = top + ((easel.Height - top) * t * 1.02f);
            left.Add(new(Middle(t) - Half(t), y));
            right.Insert(0, new(Middle(t) + Half(t), y));
        }

        using var path = Easel.Curve([.. left, .. right], closed: true);
        using (var shader = Easel.Vertical(top, easel.Height, light.On(own, 0.5f).Colour(), light.On(own, 0.05f, 0.2f).Colour()))
        {
            easel.Fill(path, shader);
        }

        easel.Stroke(path, light.On(own.Darker(0.2f), 0.2f).Colour(0.5f), 1.6f * easel.Unit);
        for (var i = 0; i < easel.Look.Many(60); i++)
        {
            var each = random.Fork(i);
            var t = MathF.Sqrt(each.Unit());
            var y = top + ((easel.Height - top) * t);
            var x = Middle(t) + (Half(t) * each.Between(-0.9f, 0.9f));
            var size = easel.Unit * (0.5f + (3.2f * t)) * each.Between(0.4f, 1);
            easel.Oval(x, y, size * 1.7f, size * 0.6f, light.On(own.Darker(each.Between(0.06f, 0.24f)), 0.4f * (1 - t)).Colour(0.55f));
        }
    }

    // What the next fold of land will cover need not be painted; the nearest goes on to the picture's foot.
    private static SKRect Visible(Easel easel, float top, float rise, float near)
    {
        var from = top - (rise * 2) - (0.1f * easel.Height);
        var to = near > 0.7f ? easel.Height * 1.2f : top + (rise * 2) + (0.22f * easel.Height);
        return SKRect.Create(-easel.Width * 0.15f, from, easel.Width * 1.3f, to - from);
    }

    private static void Dune(Easel easel, SeededRandom random, float top, float rise, float near, Pigment sand)
    {
        const int Columns = 200;

        var light = easel.Light;
        var look = easel.Look;
        var noise = new Noise(random);
        var frequency = random.Between(2.2f, 3.6f) * (1.5f - (0.7f * near));
        var phase = random.Between(0, 20);
        var lean = easel.Lean * (0.06f + (0.1f * Math.Max(0, look.Dynamism)));
        float Crest(float x)
        {
            var u = x / easel.Width;
            var wave = 0.5f + (0.5f * MathF.Sin((u * frequency) + phase + (0.5f * MathF.Sin((u * frequency * 1.9f) + phase))));
            return top - (rise * (MathF.Pow(wave, 1.5f) + (0.12f * noise.Cloud(u * 4, 5, 2))) * (1 + (0.3f * look.Dynamism))) + ((u - 0.5f) * lean * easel.Height * near);
        }

        using var outline = easel.Below(Crest, 3 * easel.Unit);
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.ClipPath(outline, antialias: true);
        var area = Visible(easel, top, rise, near);
        var side = -easel.Lean;
        var ripples = 0.07f * MathF.Pow(2.2f, look.Detail);
        var crest = Easel.Columns(area, Columns, Crest);
        var slopes = Easel.Columns(area, Columns, x => (Crest(x + 6) - Crest(x - 6)) / 12 * easel.Width / rise * 0.22f);
        easel.Field(area, Columns, near > 0.7f ? 120 : 64, (u, v) =>
        {
            var x = area.Left + (u * area.Width);
            var y = area.Top + (v * area.Height);
            var column = (int)(u * Columns);
            var below = (y - crest[column]) / rise;
            if (below < -0.1f)
            {
                return SKColors.Transparent;
            }

            // The slip face: shade falls from the crest along a winding edge, as the side away from the sun does.
            var edge = (slopes[column] * side * -1.15f) + ((noise.Cloud((x / easel.Width * 5) + (below * side * 0.8f), below * 0.7f, 3) - 0.5f) * 1.5f) - (below * 0.32f);
            var lit = Math.Clamp(edge * 3.4f, -0.85f, 0.75f) * (0.75f + (0.25f * look.Drama));
            var spread = (below * (16 + (22 * near))) + (noise.Cloud(x / easel.Width * 9, below * 2, 2) * 9);
            var ripple = MathF.Sin(spread) * ripples * near;
            return light.On(sand.Lighter(ripple * 0.55f), 0.72f * (1 - near), lit + ripple).Colour();
        });
        canvas.Restore();
    }

    private static void Hill(Easel easel, SeededRandom random, float top, float rise, float near, Pigment own)
    {
        const int Columns = 128;

        var light = easel.Light;
        var noise = new Noise(random);
        var lean = easel.Lean * 0.1f * Math.Max(0, easel.Look.Dynamism);
        float Crest(float x)
        {
            var u = x / easel.Width;
            return top - (rise * ((noise.Cloud((u * 1.7f) + 3, near * 9, 2) * 1.7f) - 0.6f) * (1 + (0.45f * easel.Look.Dynamism))) + ((u - 0.5f) * lean * easel.Height * near);
        }

        using var outline = easel.Below(Crest, 4 * easel.Unit);
        var area = Visible(easel, top, rise, near);
        var side = easel.Lean;
        var patch = 0.5f + (0.5f * easel.Look.Detail);
        easel.Canvas.Save();
        easel.Canvas.ClipPath(outline, antialias: true);
        var crest = Easel.Columns(area, Columns, Crest);
        easel.Field(area, Columns, near > 0.7f ? 96 : 56, (u, v) =>
        {
            var below = (area.Top + (v * area.Height) - crest[(int)(u * Columns)]) / rise;
            if (below < -0.1f)
            {
                return SKColors.Transparent;
            }

            var here = noise.Cloud(u * 5, below * 1.3f, 4);
            var toward = noise.Cloud((u * 5) - (0.25f * side), (below * 1.3f) - 0.15f, 4);
            var lit = Math.Clamp(((here - toward) * 3.2f) + (0.42f * MathF.Exp(-below * 2.4f)) - (below * 0.12f), -0.8f, 0.7f);
            var spots = (noise.Cloud(u * 22, below * 9, 2) - 0.5f) * 0.12f * patch;
            return light.On(own.Lighter(spots), 0.75f * (1 - near), lit).Colour();
        });
        easel.Canvas.Restore();
    }
}
