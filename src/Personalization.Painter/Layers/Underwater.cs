using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>The sea from below: shafts of light, sand, coral, fish and bubbles.</summary>
internal static class Underwater
{
    public static void Paint(Easel easel)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("underwater");
        var noise = new Noise(random);
        var (width, height) = (easel.Width, easel.Height);
        var hue = random.Between(205, 235);
        var dark = light.IsDark ? 0.16f : 0;
        var (shallow, deep) = (Pigment.Of(0.8f - (dark * 2), 0.1f, hue - 20), Pigment.Of(0.36f - dark, 0.1f, hue + 15));
        easel.Field(new(-width * 0.1f, -height * 0.1f, width * 1.1f, height * 1.1f), 96, 96, (u, v) =>
            shallow.Mix(deep, Math.Clamp((v * 1.25f) + ((noise.Cloud(u * 3, v * 3, 3) - 0.5f) * 0.3f), 0, 1)).Colour());

        var sun = light.X;
        for (var i = 0; i < 9; i++)
        {
            var each = random.Fork(i);
            var (top, spread) = (sun + (each.Between(-0.3f, 0.3f) * width), width * each.Between(0.02f, 0.07f));
            var bottom = top + ((top - sun) * 0.9f) - (easel.Lean * -width * 0.2f);
            using var builder = new SKPathBuilder();
            builder.MoveTo(top - (spread * 0.4f), -10);
            builder.LineTo(top + (spread * 0.4f), -10);
            builder.LineTo(bottom + (spread * 2), height * 0.95f);
            builder.LineTo(bottom - (spread * 2), height * 0.95f);
            builder.Close();
            using var shaft = builder.Detach();
            using var shader = Easel.Vertical(0, height * 0.95f, light.Beam.Colour(0.34f), light.Beam.Colour(0));
            easel.Fill(shaft, shader);
        }

        Sand(easel, deep, noise);
        Reef(easel, random);
        Shoal(easel, random);
        for (var i = 0; i < easel.Look.Loose(26); i++)
        {
            var each = random.Fork(4000 + i);
            var (x, y, size) = (width * (0.3f + (0.12f * (i % 4)) + each.Between(-0.03f, 0.03f)), each.Unit() * height * 0.8f, easel.Unit * each.Between(1.5f, 6));
            easel.Circle(x, y, size, Pigment.White.Colour(0.16f));
            easel.Ring(x, y, size, Pigment.White.Colour(0.6f), 1.1f * easel.Unit);
        }
    }

    private static void Sand(Easel easel, Pigment deep, Noise noise)
    {
        for (var row = 0; row < 2; row++)
        {
            var level = easel.Height * (0.76f + (0.1f * row));
            float Crest(float x) => level + ((noise.Cloud((x / easel.Width * 2.4f) + (row * 7), 3, 3) - 0.5f) * easel.Height * 0.14f);
            var sand = easel.Light.On(Pigment.Of(0.78f, 0.06f, 85), 0).Mix(deep, row == 0 ? 0.5f : 0.22f);
            using var path = easel.Below(Crest, 5 * easel.Unit);
            using var shader = Easel.Vertical(level - (0.05f * easel.Height), easel.Height, sand.Lighter(0.05f).Colour(), sand.Darker(0.12f).Colour());
            easel.Fill(path, shader);
        }
    }

    private static void Reef(Easel easel, SeededRandom random)
    {
        var count = 6 + Math.Min(12, easel.Look.Many(6));
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(100 + i);
            var side = i % 2 == 0 ? -1 : 1;
            var x = easel.Width * (0.5f + (side * each.Between(0.16f, 0.5f)));
            var own = Pigment.Of(0.62f, 0.16f, each.Pick(15f, 350f, 60f, 300f, 90f));
            using var form = new Form(easel, x, easel.Height * each.Between(0.86f, 0.97f), easel.Unit * each.Between(40, 76), 0.1f);
            switch (i % 3)
            {
                case 0:
                    for (var k = 0; k < 5; k++)
                    {
                        var lean = (k - 2) * 0.26f;
                        form.Stroke(FormattableString.Invariant($"M0,0 C{lean * 0.2f},-0.4 {lean},-0.4 {lean},-0.9 M{lean * 0.7f},-0.5 C{lean + 0.2f},-0.6 {lean + 0.2f},-0.7 {lean + 0.22f},-0.8"), own, 0.12f);
                        form.Stroke(FormattableString.Invariant($"M-0.02,0 C{lean * 0.2f},-0.4 {lean - 0.02f},-0.4 {lean - 0.02f},-0.9"), own, 0.04f, 0.5f);
                    }

                    break;
                case 1:
                    form.Ball(0, -0.24f, 0.62f, 0.48f, own);
                    for (var k = 0; k < 5; k++)
                    {
                        form.Stroke(FormattableString.Invariant($"M{-0.4f + (k * 0.2f)},-0.06 C{-0.5f + (k * 0.24f)},-0.3 {-0.2f + (k * 0.1f)},-0.5 {-0.2f + (k * 0.1f)},-0.62"), own.Darker(0.12f), 0.035f);
                    }

                    break;
                default:
                    for (var k = 0; k < 7; k++)
                    {
                        var (at, sway) = ((k - 3) * 0.12f, each.Fork(k).Between(-0.3f, 0.3f));
                        form.Stroke(FormattableString.Invariant($"M{at},0 C{at + sway},-0.5 {at - sway},-0.9 {at + (sway * 0.6f)},-1.5"), Pigment.Of(0.5f, 0.11f, 145).Lighter(0.02f * k), 0.075f);
                    }

                    break;
            }
        }
    }

    private static void Shoal(Easel easel, SeededRandom random)
    {
        if (!easel.Scene.Allows(Motif.Underwater))
        {
            return;
        }

        for (var i = 0; i < 4 + easel.Look.Loose(7); i++)
        {
            var each = random.Fork(2000 + i);
            var isBig = i == 0 && easel.Scene.Figures.Count == 0;
            var own = Pigment.Of(0.72f, 0.16f, isBig ? each.Pick(55f, 85f, 25f) : each.Pick(55f, 90f, 250f, 350f, 25f));
            var (x, y) = isBig ? (easel.Width * 0.47f, easel.Height * 0.46f) : (each.Between(0.06f, 0.94f) * easel.Width, each.Between(0.14f, 0.74f) * easel.Height);
            using var form = new Form(easel, x, y, easel.Unit * (isBig ? 66 : each.Between(9, 26)), isBig ? 0.03f : 0.2f);
            form.Body("M-0.6,0 L-1.12,-0.42 C-1,-0.1 -1,0.1 -1.12,0.42 Z", own);
            form.Body("M-0.1,-0.42 C0.1,-0.72 0.4,-0.6 0.44,-0.38 Z", own.Darker(0.05f));
            form.Body("M-0.72,0 C-0.4,-0.5 0.4,-0.66 0.96,0 C0.4,0.6 -0.4,0.48 -0.72,0 Z", own);
            if (isBig || i % 2 == 0)
            {
                form.Flat("M0.1,-0.46 C0.2,-0.2 0.2,0.2 0.1,0.44 L-0.1,0.42 C0,0.2 0,-0.2 -0.1,-0.43 Z M-0.4,-0.3 C-0.32,-0.1 -0.32,0.1 -0.4,0.28 L-0.52,0.2 C-0.46,0.1 -0.46,-0.1 -0.52,-0.2 Z", Materials.China, 0.1f);
            }

            form.Oval(0.6f, -0.1f, 0.11f, 0.11f, Materials.China, 0.3f);
            form.Oval(0.63f, -0.1f, 0.06f, 0.06f, Materials.Night);
            form.Body("M0.06,0.06 C-0.1,0.3 -0.3,0.3 -0.34,0.2 C-0.2,0.12 -0.1,0.02 0.06,0.06 Z", own.Darker(0.06f), 0.5f);
        }
    }
}
