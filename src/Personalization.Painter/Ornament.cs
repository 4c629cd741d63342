using SkiaSharp;

namespace Personalization.Painter;

/// <summary>What is added for its own sake: scrolls in the open parts, and a border whose richness grows.</summary>
internal static class Ornament
{
    // A frame is the strongest cue there is: only the richest pictures have one, and of those little more than half, so that
    // rich and framed are not the same.
    private const float Framed = 0.65f;
    private const float FramedShare = 0.55f;

    public static void Paint(Easel easel)
    {
        var rich = easel.Look.Ornament;
        var random = easel.Random.Fork("ornament");
        var isOnWhite = easel.Scene.IsOnWhite;
        var hue = random.Pick(75f, 85f, 60f);
        var gold = isOnWhite ? Pigment.Of(0.66f, 0.12f, hue) : easel.Light.IsDark ? Pigment.Of(0.82f, 0.11f, hue) : Pigment.Of(0.9f, 0.075f, hue);
        if (easel.Scene.Kind != SceneKind.Logo)
        {
            Scrolls(easel, random.Fork("scrolls"), Share(rich), gold);
        }

        easel.ThrowIfCancelled();
        if (!easel.Scene.Allows(Motif.Border))
        {
            return;
        }

        if (rich > Framed && random.Fork("frame").Happens(FramedShare))
        {
            Border(easel, rich, gold, isOnWhite);
        }
        else if (rich > 0.2f)
        {
            Corners(easel, rich, MathF.Min(easel.Width, easel.Height) * 0.022f, gold);
        }
    }

    /// <summary>How much of the decoration there could be is there: none at -1, about a third at 0, all at 1.</summary>
    public static float Share(float ornament) => MathF.Pow((ornament + 1) / 2, 1.6f);

    private static void Scrolls(Easel easel, SeededRandom random, float share, Pigment gold)
    {
        var count = (int)MathF.Round(15 * share);
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(0.06f, 0.94f) * easel.Width, each.Between(0.06f, 0.42f) * easel.Height);
            Scroll(easel, x, y, easel.Unit * each.Between(13, 34), each.Between(0, MathF.Tau), each.Sign(), gold.Colour(0.08f + (0.6f * share)), easel.Unit * (1 + share));
        }
    }

    // A spiral that uncoils into a stem.
    private static void Scroll(Easel easel, float x, float y, float size, float turn, float hand, SKColor colour, float width)
    {
        Span<SKPoint> points = stackalloc SKPoint[16];
        for (var i = 0; i < points.Length; i++)
        {
            var t = i / (points.Length - 1f);
            var radius = size * (0.1f + (0.9f * t * t));
            var angle = turn + (hand * 9.5f * (1 - t));
            points[i] = new(x + (MathF.Cos(angle) * radius), y + (MathF.Sin(angle) * radius));
        }

        using var path = Easel.Curve(points, closed: false);
        easel.Stroke(path, colour, width);
    }

    private static void Border(Easel easel, float rich, Pigment gold, bool isOnWhite)
    {
        var small = MathF.Min(easel.Width, easel.Height);
        var wide = small * (0.028f + (0.05f * rich));
        var band = isOnWhite ? Pigment.White : easel.Light.Shade.Darker(0.06f);
        using (var frame = Frame(easel, 0, wide))
        {
            easel.Fill(frame, band.Colour(isOnWhite ? 1 : 0.55f + (0.4f * rich)));
        }

        foreach (var inset in (ReadOnlySpan<float>)[0.12f, 0.88f])
        {
            using var rect = Rectangle(easel, wide * inset);
            easel.Stroke(rect, gold.Colour(0.95f), MathF.Max(1, wide * 0.07f));
        }

        // Beads, then leaves between them, then scrolls: the richer, the closer they stand.
        var pitch = wide * (2.6f - (1.5f * rich));
        Along(easel, wide, pitch, (x, y, turn, index) =>
        {
            if (index % 2 == 0)
            {
                easel.Circle(x, y, wide * 0.13f, gold.Colour());
                return;
            }

            easel.Canvas.Save();
            easel.Canvas.Translate(x, y);
            easel.Canvas.RotateDegrees(turn);
            easel.Canvas.Scale(wide * 0.42f);
            using var leaf = SKPath.ParseSvgPathData("M-1,0 C-0.4,-0.75 0.4,-0.75 1,0 C0.4,0.75 -0.4,0.75 -1,0 Z");
            easel.Stroke(leaf, gold.Colour(), 0.16f);
            if (rich > 0.5f)
            {
                easel.Line(-0.7f, 0, 0.7f, 0, gold.Colour(0.8f), 0.12f);
            }

            easel.Canvas.Restore();
        });
        Corners(easel, rich, wide, gold);
    }

    /// <summary>Scrollwork in the four corners, inside a margin.</summary>
    private static void Corners(Easel easel, float rich, float wide, Pigment gold)
    {
        var reach = MathF.Min(easel.Width, easel.Height) * 0.1f * rich;
        var line = MathF.Max(wide * 0.09f, easel.Unit * 1.6f * rich);
        foreach (var (cx, cy) in (ReadOnlySpan<(float, float)>)[(0, 0), (1, 0), (0, 1), (1, 1)])
        {
            var (sx, sy) = (1 - (2 * cx), 1 - (2 * cy));
            var (x, y) = ((cx * easel.Width) + (sx * wide), (cy * easel.Height) + (sy * wide));
            var colour = gold.Colour(0.95f);
            Scroll(easel, x + (sx * reach * 1.05f), y + (sy * reach * 0.42f), reach * 0.42f, 0.6f * sx, sx * sy, colour, line);
            Scroll(easel, x + (sx * reach * 0.42f), y + (sy * reach * 1.05f), reach * 0.42f, (MathF.PI / 2) - (0.6f * sx), -sx * sy, colour, line);
            Scroll(easel, x + (sx * reach * 1.9f), y + (sy * reach * 0.3f), reach * 0.28f, 0.6f * sx, sx * sy, colour, line * 0.8f);
            Scroll(easel, x + (sx * reach * 0.3f), y + (sy * reach * 1.9f), reach * 0.28f, (MathF.PI / 2) - (0.6f * sx), -sx * sy, colour, line * 0.8f);
            easel.Circle(x + (sx * reach * 0.5f), y + (sy * reach * 0.5f), line * 1.8f, colour);
        }
    }

    private static void Along(Easel easel, float wide, float pitch, Action<float, float, float, int> place)
    {
        var (across, down) = (easel.Width - wide, easel.Height - wide);
        var columns = Math.Max(2, 2 * (int)(across / pitch / 2));
        var rows = Math.Max(2, 2 * (int)(down / pitch / 2));
        for (var i = 0; i <= columns; i++)
        {
            var x = (wide / 2) + (across * i / columns);
            place(x, wide / 2, 0, i);
            place(x, easel.Height - (wide / 2), 0, i);
        }

        for (var i = 1; i < rows; i++)
        {
            var y = (wide / 2) + (down * i / rows);
            place(wide / 2, y, 90, i);
            place(easel.Width - (wide / 2), y, 90, i);
        }
    }

    private static SKPath Rectangle(Easel easel, float inset)
    {
        using var builder = new SKPathBuilder();
        builder.AddRect(new(inset, inset, easel.Width - inset, easel.Height - inset));
        return builder.Detach();
    }

    private static SKPath Frame(Easel easel, float from, float to)
    {
        using var builder = new SKPathBuilder { FillType = SKPathFillType.EvenOdd };
        builder.AddRect(new(from, from, easel.Width - from, easel.Height - from));
        builder.AddRect(new(to, to, easel.Width - to, easel.Height - to));
        return builder.Detach();
    }
}
