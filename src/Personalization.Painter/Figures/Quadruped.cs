using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>
/// Animals on four legs, from one skeleton and the proportions of each kind. Drawn around the ground under the belly, the
/// shoulder one unit up, facing right.
/// </summary>
internal static class Quadruped
{
    private enum Tail
    {
        Curl,
        Brush,
        Whip,
        Mane,
        Stub,
    }

    private sealed record Kind(
        Pigment Coat, Pigment Back, Pigment Pale, float Leg, float Thick, float Body, float NeckLength, float NeckRise, float Head, float Muzzle, float Ear, Tail Tail, bool HasMane, bool HasAntlers);

    public static void Paint(Easel easel, Motif animal, float x, float foot, float size, bool isRunning)
    {
        var random = easel.Random.Fork("animal");
        var kind = Of(animal, random, easel.Scene.Hue);
        var facing = easel.Lean;
        easel.Oval(x, foot + (0.01f * size), size * 0.95f, size * 0.075f, easel.Light.On(Pigment.Of(0.3f, 0.03f, 280), 0.1f, -0.6f).Colour(0.42f));
        if (isRunning)
        {
            Dust(easel, random.Fork("dust"), x - (facing * size * 0.7f), foot, size, facing);
        }

        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, foot);
        canvas.Scale(size * facing, size);
        if (isRunning)
        {
            // A body at speed points where it goes; a calmer picture holds it level.
            canvas.RotateDegrees(-2 - (5 * easel.Look.Dynamism));
        }

        Body(easel, random, kind, isRunning, facing);
        canvas.Restore();
    }

    private static Kind Of(Motif animal, SeededRandom random, float? hue)
    {
        Pigment Or(Pigment own) => hue is { } named ? Pigment.Of(own.L, 0.1f, named) : own;
        return animal switch
        {
            Motif.Wolf => new(Or(Pigment.Of(0.52f, 0.012f, 260)), Pigment.Of(0.34f, 0.012f, 260), Pigment.Of(0.82f, 0.01f, 80), 1, 1, 1, 1, 0.16f, 1, 1.1f, 1, Tail.Brush, false, false),
            Motif.Fox => new(Or(Pigment.Of(0.64f, 0.15f, 48)), Pigment.Of(0.54f, 0.15f, 42), Pigment.Of(0.96f, 0.012f, 80), 0.86f, 0.8f, 0.95f, 0.95f, 0.16f, 0.92f, 1.05f, 1.35f, Tail.Brush, false, false),
            Motif.Cat => new(Or(Pigment.Of(random.Pick(0.3f, 0.66f, 0.6f), random.Pick(0.02f, 0.1f), 62)), Pigment.Of(0.36f, 0.06f, 50), Pigment.Of(0.9f, 0.02f, 80), 0.82f, 0.82f, 0.9f, 0.75f, 0.2f, 1, 0.42f, 0.95f, Tail.Whip, false, false),
            Motif.Horse => new(Or(Pigment.Of(random.Pick(0.4f, 0.5f, 0.86f), 0.07f, 50)), Pigment.Of(0.3f, 0.05f, 45), Pigment.Of(0.55f, 0.07f, 55), 1.28f, 1, 1.12f, 1.6f, 0.5f, 0.88f, 1.75f, 0.62f, Tail.Mane, true, false),
            Motif.Deer => new(Or(Pigment.Of(0.56f, 0.085f, 58)), Pigment.Of(0.46f, 0.085f, 52), Pigment.Of(0.9f, 0.03f, 80), 1.3f, 0.72f, 1, 1.4f, 0.52f, 0.82f, 1.3f, 1.15f, Tail.Stub, false, true),
            _ => new(Or(Pigment.Of(0.6f, 0.016f, 265)), Pigment.Of(0.3f, 0.02f, 265), Pigment.Of(0.97f, 0.006f, 80), 1, 1.05f, 1, 0.95f, 0.2f, 1.04f, 1, 1.02f, Tail.Curl, false, false),
        };
    }

    private static void Body(Easel easel, SeededRandom random, Kind kind, bool isRunning, float facing)
    {
        var light = easel.Light;
        var up = -0.55f * kind.Leg;
        var side = (light.X - (easel.Width / 2)) * facing > 0 ? 1 : -1;
        var near = light.On(kind.Coat, 0.05f);
        var far = light.On(kind.Back.Mix(kind.Coat, 0.45f), 0.12f, -0.45f);

        var (fore, hind) = (0.4f * kind.Body, -0.46f * kind.Body);
        var thick = kind.Thick;
        SKPoint[][] legs = isRunning
            ?
            [
                [new(fore - 0.02f, up), new(fore + 0.1f, up * 0.52f), new(fore - 0.16f, up * 0.24f), new(fore - 0.34f, up * 0.34f)],
                [new(hind + 0.03f, up), new(hind + 0.2f, up * 0.58f), new(hind + 0.1f, up * 0.3f), new(hind + 0.34f, -0.03f)],
                [new(fore + 0.02f, up), new(fore + 0.27f, up * 0.66f), new(fore + 0.47f, up * 0.4f), new(fore + 0.68f, up * 0.24f)],
                [new(hind, up), new(hind - 0.02f, up * 0.58f), new(hind - 0.32f, up * 0.42f), new(hind - 0.5f, up * 0.06f)],
            ]
            :
            [
                [new(fore + 0.06f, up), new(fore + 0.1f, up * 0.5f), new(fore + 0.1f, up * 0.2f), new(fore + 0.14f, -0.02f)],
                [new(hind + 0.12f, up), new(hind + 0.16f, up * 0.56f), new(hind + 0.04f, up * 0.3f), new(hind + 0.12f, -0.02f)],
                [new(fore - 0.05f, up), new(fore - 0.05f, up * 0.5f), new(fore - 0.07f, up * 0.2f), new(fore - 0.03f, 0)],
                [new(hind - 0.02f, up), new(hind + 0.03f, up * 0.56f), new(hind - 0.14f, up * 0.3f), new(hind - 0.07f, 0)],
            ];
        for (var i = 0; i < 2; i++)
        {
            using var leg = Limb(legs[i], [0.13f * thick, 0.07f * thick, 0.045f * thick, 0.05f * thick]);
            easel.Fill(leg, far.Colour());
        }

        PaintTail(easel, random, kind, hind, up, isRunning);

        var shoulder = new SKPoint(fore, up - 0.12f);
        var head = new SKPoint(fore + (0.34f * kind.NeckLength), up - 0.2f - (kind.NeckRise * 0.85f) - (isRunning ? 0 : 0.1f));
        var skull = 0.135f * kind.Head;
        var nose = new SKPoint(head.X + ((0.2f * kind.Muzzle) + 0.06f), head.Y + 0.055f + (0.1f * (kind.Muzzle - 1)));
        using var torso = Easel.Curve(
            [
                new(hind - 0.14f, up - 0.07f), new(hind + 0.02f, up - 0.23f), new(-0.02f, up - 0.21f), new(fore - 0.08f, up - 0.25f), new(fore + 0.12f, up - 0.2f),
                new(fore + 0.17f, up - 0.02f), new(fore + 0.02f, up + (0.17f * thick)), new(-0.05f, up + (0.11f * thick)), new(hind + 0.12f, up + 0.03f), new(hind - 0.08f, up + (0.14f * thick)),
            ],
            closed: true);
        using var whole = new SKPathBuilder();
        whole.AddPath(torso);
        AddLimb(whole, [shoulder, head], [0.18f * thick, skull * 0.88f]);
        whole.AddCircle(head.X, head.Y, skull);
        AddLimb(whole, [new(head.X + 0.03f, head.Y + 0.02f), nose], [skull * 0.78f, skull * 0.42f]);
        for (var i = 2; i < 4; i++)
        {
            AddLimb(whole, legs[i], [0.165f * thick, 0.08f * thick, 0.042f * thick, 0.05f * thick]);
        }

        using var farEar = Ear(head, skull, kind, 0.45f);
        easel.Fill(farEar, far.Colour());
        if (kind.HasAntlers)
        {
            Antlers(easel, head, skull, light.On(Pigment.Of(0.5f, 0.05f, 70), 0.05f).Colour());
        }

        using var body = whole.Detach();
        easel.Fill(body, near.Colour());
        Coat(easel, random, kind, body, fore, hind, up, head, nose, skull, legs, side);

        using var ear = Ear(head, skull, kind, -0.25f);
        easel.Fill(ear, light.On(kind.Back, 0.05f).Colour());
        if (kind.HasMane)
        {
            Mane(easel, random, shoulder, head, light.On(kind.Back.Darker(0.08f), 0.05f));
        }

        easel.Oval(nose.X + (skull * 0.3f), nose.Y - (skull * 0.1f), skull * 0.17f, skull * 0.14f, Pigment.Of(0.16f, 0.01f, 280).Colour());
        easel.Oval(head.X + (skull * 0.52f), head.Y - (skull * 0.16f), skull * 0.15f, skull * 0.13f, Pigment.Of(0.14f, 0.01f, 280).Colour());
        easel.Circle(head.X + (skull * 0.57f), head.Y - (skull * 0.2f), skull * 0.05f, SKColors.White);
    }

    // Markings and light, all inside the outline.
    private static void Coat(Easel easel, SeededRandom random, Kind kind, SKPath body, float fore, float hind, float up, SKPoint head, SKPoint nose, float skull, SKPoint[][] legs, int side)
    {
        var light = easel.Light;
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.ClipPath(body, antialias: true);
        var (back, pale) = (light.On(kind.Back, 0.05f), light.On(kind.Pale, 0.03f, 0.1f));

        // Saddle and crown dark, belly, chest, muzzle and feet pale.
        using (var saddle = Easel.Curve([new(hind - 0.3f, up - 0.02f), new(-0.1f, up - 0.05f), new(fore - 0.05f, up - 0.06f), new(head.X - (skull * 0.4f), head.Y - (skull * 0.1f)), new(head.X + skull, head.Y - (skull * 0.42f)), new(head.X + skull, head.Y - 0.4f), new(hind - 0.3f, up - 0.9f)], closed: true))
        {
            easel.Fill(saddle, back.Colour(0.92f));
        }

        using (var under = Easel.Curve([new(hind + 0.02f, up + 0.3f), new(hind + 0.2f, up + 0.015f), new(0, up + 0.055f), new(fore + 0.02f, up + 0.06f), new(fore + 0.12f, up - 0.06f), new(head.X - (skull * 0.2f), head.Y + (skull * 0.45f)), new(head.X + (skull * 0.3f), head.Y + (skull * 0.12f)), new(nose.X + 0.2f, nose.Y - 0.01f), new(nose.X, nose.Y + 0.3f), new(fore + 0.1f, up + 0.34f)], closed: true))
        {
            easel.Fill(under, pale.Colour(0.94f));
        }

        foreach (var leg in legs.AsSpan(2))
        {
            using var foot = Limb(leg.AsSpan(2), [0.075f, 0.09f]);
            easel.Fill(foot, (kind.HasMane || kind.HasAntlers ? back : pale).Colour(0.9f));
        }

        for (var i = 0; i < easel.Look.Many(110); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(hind - 0.2f, head.X + 0.2f), up + each.Between(-0.5f, 0.3f));
            var tone = each.Happens(0.5f) ? back : pale;
            easel.Line(x, y, x - each.Between(0.03f, 0.08f), y + each.Between(0, 0.04f), tone.Colour(0.22f), 0.008f);
        }

        using (var shade = SKShader.CreateLinearGradient(
            new(-0.2f * side, up + 0.2f), new(0.35f * side, up - 0.35f), [light.Shade.Colour(0.42f), light.Shade.Colour(0.05f), light.Beam.Colour(0.36f)], [0, 0.5f, 1], SKShaderTileMode.Clamp))
        {
            easel.Fill(body, shade);
        }

        canvas.Restore();
    }

    private static void PaintTail(Easel easel, SeededRandom random, Kind kind, float hind, float up, bool isRunning)
    {
        var light = easel.Light;
        var root = new SKPoint(hind - 0.08f, up - 0.14f);
        SKPoint At(float dx, float dy) => new(root.X + dx, root.Y + dy);
        var (points, widths) = kind.Tail switch
        {
            Tail.Curl => (new[] { root, At(-0.17f, -0.16f), At(-0.16f, -0.36f), At(0.03f, -0.4f), At(0.1f, -0.28f) }, new[] { 0.06f, 0.1f, 0.115f, 0.09f, 0.04f }),
            Tail.Brush => (new[] { root, At(-0.22f, isRunning ? -0.06f : 0.12f), At(-0.48f, isRunning ? -0.02f : 0.24f), At(-0.66f, isRunning ? -0.06f : 0.3f) }, new[] { 0.05f, 0.1f, 0.115f, 0.03f }),
            Tail.Whip => (new[] { root, At(-0.24f, -0.14f), At(-0.36f, -0.4f), At(-0.26f, -0.58f) }, new[] { 0.045f, 0.04f, 0.036f, 0.03f }),
            Tail.Mane => (new[] { root, At(-0.2f, -0.03f), At(-0.4f, isRunning ? 0.04f : 0.26f), At(-0.62f, isRunning ? 0.16f : 0.6f) }, new[] { 0.045f, 0.08f, 0.09f, 0.015f }),
            _ => (new[] { root, At(-0.1f, -0.06f) }, new[] { 0.05f, 0.03f }),
        };
        using var tail = Limb(points, widths);
        easel.Fill(tail, light.On(kind.HasMane ? kind.Back.Darker(0.08f) : kind.Coat, 0.05f, -0.1f).Colour());
        var last = points.Length - 1;
        using var tip = Limb([points[last - 1], points[last]], [widths[last - 1] * 0.7f, widths[last]]);
        easel.Fill(tip, light.On(kind.Tail is Tail.Curl or Tail.Brush ? kind.Pale : kind.Back, 0.05f).Colour(0.85f));
        for (var i = 0; i < easel.Look.Many(18); i++)
        {
            var each = random.Fork(500 + i);
            var at = each.Below(last);
            var t = each.Unit();
            var (x, y) = (points[at].X + ((points[at + 1].X - points[at].X) * t), points[at].Y + ((points[at + 1].Y - points[at].Y) * t));
            var wide = widths[at] * each.Between(-0.8f, 0.8f);
            easel.Line(x, y + wide, x - 0.06f, y + wide + each.Between(-0.03f, 0.03f), light.On(kind.Back, 0.05f).Colour(0.35f), 0.009f);
        }
    }

    private static SKPath Ear(SKPoint head, float skull, Kind kind, float shift)
    {
        using var builder = new SKPathBuilder();
        var x = head.X - (skull * 0.25f) + (skull * shift);
        builder.MoveTo(x - (skull * 0.4f), head.Y - (skull * 0.45f));
        builder.QuadTo(x - (skull * 0.3f), head.Y - (skull * 1.2f * kind.Ear), x - (skull * 0.05f), head.Y - (skull * (0.8f + (1.0f * kind.Ear))));
        builder.QuadTo(x + (skull * 0.42f), head.Y - (skull * 1.15f * kind.Ear), x + (skull * 0.42f), head.Y - (skull * 0.6f));
        builder.Close();
        return builder.Detach();
    }

    private static void Antlers(Easel easel, SKPoint head, float skull, SKColor colour)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 0.55f])
        {
            SKPoint[] beam = [new(head.X - (skull * 0.2f), head.Y - (skull * 0.8f)), new(head.X + (side * 0.12f) - 0.05f, head.Y - 0.34f), new(head.X + (side * 0.22f) - 0.02f, head.Y - 0.62f)];
            using var path = Easel.Curve(beam, closed: false);
            easel.Stroke(path, colour, 0.032f);
            easel.Line(beam[1].X, beam[1].Y, beam[1].X + 0.15f, beam[1].Y - 0.13f, colour, 0.024f);
            easel.Line((beam[1].X + beam[2].X) / 2, (beam[1].Y + beam[2].Y) / 2, ((beam[1].X + beam[2].X) / 2) + 0.13f, ((beam[1].Y + beam[2].Y) / 2) - 0.14f, colour, 0.02f);
        }
    }

    private static void Mane(Easel easel, SeededRandom random, SKPoint shoulder, SKPoint head, Pigment tone)
    {
        for (var i = 0; i < 34; i++)
        {
            var each = random.Fork(900 + i);
            var t = i / 33f;
            var (x, y) = (shoulder.X + ((head.X - shoulder.X) * t) - (0.15f * (1 - t)) - 0.05f, shoulder.Y + ((head.Y - shoulder.Y) * t) - 0.08f - (0.05f * t));
            var wind = 0.12f + (0.1f * Math.Max(0, easel.Look.Dynamism));
            easel.Line(x, y, x - wind - each.Between(0, 0.08f), y + each.Between(0.02f, 0.16f), tone.Lighter(each.Between(-0.04f, 0.08f)).Colour(0.95f), 0.03f);
        }
    }

    private static void Dust(Easel easel, SeededRandom random, float x, float foot, float size, float facing)
    {
        var colour = easel.Light.On(Ground(easel), 0.2f, 0.4f);
        for (var i = 0; i < 16; i++)
        {
            var each = random.Fork(i);
            var t = each.Unit();
            easel.Glow(x - (facing * size * t * 1.1f), foot - (size * 0.12f * each.Unit()), size * (0.1f + (0.2f * t)), colour.Colour(0.5f * (1 - (t * 0.6f))), SKBlendMode.SrcOver);
        }
    }

    private static Pigment Ground(Easel easel) =>
        easel.Scene.Has(Motif.Desert) || easel.Scene.Has(Motif.Sea) ? Pigment.Of(0.82f, 0.07f, 75) : Layers.Ground.IsSnow(easel) ? new(0.96f, 0, -0.01f) : Pigment.Of(0.7f, 0.05f, 90);

    private static SKPath Limb(ReadOnlySpan<SKPoint> points, ReadOnlySpan<float> radii)
    {
        using var builder = new SKPathBuilder();
        AddLimb(builder, points, radii);
        return builder.Detach();
    }

    // Circles at the joints and quads between them, all turning one way: the winding rule makes them one shape.
    private static void AddLimb(SKPathBuilder builder, ReadOnlySpan<SKPoint> points, ReadOnlySpan<float> radii)
    {
        const int between = 4;
        for (var i = 0; i + 1 < points.Length; i++)
        {
            for (var step = 0; step < between; step++)
            {
                var (a, ra) = On(points, radii, i, (float)step / between);
                var (b, rb) = On(points, radii, i, (step + 1f) / between);
                var (dx, dy) = (b.X - a.X, b.Y - a.Y);
                var length = MathF.Max(1e-5f, MathF.Sqrt((dx * dx) + (dy * dy)));
                var (nx, ny) = (-dy / length, dx / length);
                builder.AddCircle(a.X, a.Y, ra);
                builder.MoveTo(a.X - (nx * ra), a.Y - (ny * ra));
                builder.LineTo(b.X - (nx * rb), b.Y - (ny * rb));
                builder.LineTo(b.X + (nx * rb), b.Y + (ny * rb));
                builder.LineTo(a.X + (nx * ra), a.Y + (ny * ra));
                builder.Close();
            }
        }

        builder.AddCircle(points[^1].X, points[^1].Y, radii[^1]);
    }

    private static (SKPoint, float) On(ReadOnlySpan<SKPoint> points, ReadOnlySpan<float> radii, int i, float t)
    {
        var (before, from, to, after) = (points[Math.Max(i - 1, 0)], points[i], points[i + 1], points[Math.Min(i + 2, points.Length - 1)]);
        float Spline(float p, float a, float b, float n) =>
            0.5f * ((2 * a) + ((b - p) * t) + (((2 * p) - (5 * a) + (4 * b) - n) * t * t) + (((3 * a) - p - (3 * b) + n) * t * t * t));
        return (new(Spline(before.X, from.X, to.X, after.X), Spline(before.Y, from.Y, to.Y, after.Y)), radii[i] + ((radii[i + 1] - radii[i]) * t));
    }
}
