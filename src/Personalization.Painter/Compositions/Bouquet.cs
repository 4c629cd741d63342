using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>Flowers near enough to touch, before a ground that is out of focus.</summary>
internal static class Bouquet
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("bouquet");
        var light = easel.Light;
        Backdrop(easel, random.Fork("backdrop"));
        var hues = Blossoms.Hues(easel.Scene, random.Fork("hues"));
        var chosen = random.Below(4);
        var kind = easel.Scene.Has(Motif.Daisy) ? 0 : easel.Scene.Has(Motif.Rose) ? 1 : easel.Scene.Has(Motif.Tulip) ? 2 : easel.Scene.Has(Motif.Poppy) ? 3 : chosen;
        var count = 5 + (int)MathF.Round(2.4f * easel.Look.Detail);
        var small = MathF.Min(easel.Width, easel.Height);
        var sway = easel.Lean * easel.Width * 0.16f * Math.Max(0, easel.Look.Dynamism);
        var spots = new (float X, float Y, float Size)[count];
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var t = count == 1 ? 0 : (i / (count - 1f)) - 0.5f;
            var depth = i % 2 == 0 ? 1 : 0.72f;
            spots[i] = (
                (easel.Width * (0.5f + (t * 0.78f) + each.Between(-0.04f, 0.04f))) + (sway * depth),
                easel.Height * (0.42f + (0.34f * t * t * 2) + (depth < 1 ? -0.17f : 0.05f) + each.Between(-0.05f, 0.05f) + (0.3f * t * easel.Lean * Math.Max(0, easel.Look.Dynamism))),
                small * 0.165f * depth * each.Between(0.85f, 1.12f));
        }

        foreach (var (x, y, size) in spots)
        {
            Stem(easel, random, x, y, size, sway);
        }

        easel.ThrowIfCancelled();

        // The small ones are behind.
        foreach (var (i, spot) in spots.Index().OrderBy(spot => spot.Item.Size))
        {
            var own = Pigment.Of(0.68f, 0.165f, hues[i % 3]);
            easel.Glow(spot.X, spot.Y + (spot.Size * 0.2f), spot.Size * 1.5f, light.Shade.Colour(0.4f), SKBlendMode.SrcOver);
            Blossoms.Head(easel, random.Fork(100 + i), spot.X, spot.Y, spot.Size, own, kind);
            easel.ThrowIfCancelled();
        }

        if (easel.Scene.Has(Motif.Butterfly))
        {
            Winged.Butterfly(easel, random.Fork("butterfly"), easel.Width * 0.3f, easel.Height * 0.2f, small * 0.075f);
        }
    }

    public static void Backdrop(Easel easel, SeededRandom random)
    {
        var noise = new Noise(random);
        var light = easel.Light;
        var hue = random.Between(120, 260);
        var (top, bottom) = (light.Middle.Mix(Pigment.Of(0.62f, 0.06f, hue), 0.5f), light.On(Pigment.Of(0.4f, 0.06f, hue - 20), 0.1f));
        var (sunX, sunY) = (light.X / easel.Width, light.Y / easel.Height);
        var sweep = 1.4f * Math.Max(0, easel.Look.Dynamism) * easel.Lean;
        easel.Field(SKRect.Create(0, 0, easel.Width, easel.Height), 64, 64, (u, v) =>
        {
            var cloud = noise.Cloud((u * 2.4f) + (v * sweep), (v * 2.4f) + (u * sweep), 3);
            var glow = MathF.Exp(-(((u - sunX) * (u - sunX)) + ((v - sunY) * (v - sunY))) * 6);
            return top.Mix(bottom, Math.Clamp(v + ((cloud - 0.5f) * (1.3f - (0.8f * easel.Look.Calm))), 0, 1)).Mix(light.Beam, glow * 0.55f).Colour();
        });
        for (var i = 0; i < easel.Look.Loose(14); i++)
        {
            var each = random.Fork(i);
            var radius = easel.Unit * each.Between(9, 34);
            var (x, y) = (each.Unit() * easel.Width, each.Unit() * easel.Height * 0.9f);
            easel.Circle(x, y, radius, light.Beam.Mix(top, 0.4f).Lighter(0.06f).Colour(each.Between(0.05f, 0.17f)));
            easel.Ring(x, y, radius, light.Beam.Colour(0.1f), 1.4f * easel.Unit);
        }
    }

    private static void Stem(Easel easel, SeededRandom random, float x, float y, float size, float sway)
    {
        var light = easel.Light;
        var own = Pigment.Of(0.46f, 0.1f, 138);
        var root = (easel.Width * 0.5f) + ((x - sway - (easel.Width * 0.5f)) * 0.45f);
        using var builder = new SKPathBuilder();
        builder.MoveTo(root, easel.Height * 1.05f);
        builder.QuadTo(root + ((x - root) * 0.25f), (y + easel.Height) / 2, x, y);
        using var stem = builder.Detach();
        easel.Stroke(stem, light.On(own, 0.1f, -0.3f).Colour(), size * 0.1f);
        easel.Stroke(stem, light.On(own, 0, 0.4f).Colour(0.6f), size * 0.035f);
        for (var i = 0; i < easel.Look.Many(2); i++)
        {
            var each = random.Fork((int)x + (i * 7919));
            var t = each.Between(0.25f, 0.8f);
            var (lx, ly) = (root + ((x - root) * t * t), easel.Height + ((y - easel.Height) * t));
            easel.Canvas.Save();
            easel.Canvas.Translate(lx, ly);
            easel.Canvas.RotateDegrees(each.Sign() * each.Between(25, 75));
            easel.Canvas.Scale(size * each.Between(0.7f, 1.2f));
            using var leaf = SKPath.ParseSvgPathData("M0,0 C-0.32,-0.35 -0.25,-0.9 0,-1.25 C0.25,-0.9 0.32,-0.35 0,0 Z");
            easel.Fill(leaf, light.On(own.Lighter(each.Between(-0.06f, 0.06f)), 0.05f, each.Between(-0.4f, 0.3f)).Colour());
            easel.Line(0, 0, 0, -1.1f, light.On(own.Lighter(0.12f), 0).Colour(0.6f), 0.03f);
            easel.Canvas.Restore();
        }
    }
}
