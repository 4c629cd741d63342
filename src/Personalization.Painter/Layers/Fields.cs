using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Land that people shaped: terraces of rice under water, a garden with its beds.</summary>
internal static class Fields
{
    /// <summary>Steps of still water that hold the sky, with rows of young rice.</summary>
    public static void Rice(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("rice");
        var noise = new Noise(random);
        const int steps = 7;
        for (var i = 0; i < steps; i++)
        {
            easel.ThrowIfCancelled();
            var each = random.Fork(i);
            var near = i / (steps - 1f);
            var top = horizon + ((easel.Height - horizon) * MathF.Pow(i / (float)steps, 1.35f));
            var rise = easel.Height * (0.012f + (0.045f * near));
            var shift = i * 3.7f;
            float Edge(float x) => top + ((noise.Cloud((x / easel.Width * (3.2f - (1.4f * near))) + shift, 2, 2) - 0.5f) * easel.Height * (0.07f + (0.11f * near)));
            var bank = Pigment.Of(0.58f, 0.11f, 125).Lighter(each.Between(-0.04f, 0.04f));
            using (var dike = easel.Below(Edge, 4 * easel.Unit))
            {
                easel.Fill(dike, light.On(bank, 0.55f * (1 - near), 0.15f).Colour());
            }

            using var water = easel.Below(x => Edge(x) + rise, 4 * easel.Unit);
            var (sky, deep) = (light.Horizon.Mix(light.Middle, near), Pigment.Of(0.6f, 0.05f, 200));
            using (var shader = Easel.Vertical(top, top + (easel.Height * 0.2f), light.On(deep, 0.5f * (1 - near)).Mix(sky, 0.6f).Colour(), light.On(deep.Darker(0.1f), 0.4f * (1 - near)).Mix(sky, 0.45f).Colour()))
            {
                easel.Fill(water, shader);
            }

            var tufts = Math.Min(120, 24 + easel.Look.Many(40));
            for (var k = 0; k < tufts; k++)
            {
                var tuft = each.Fork(k);
                var (x, row) = (easel.Width * (-0.05f + (1.1f * (k + tuft.Between(-0.3f, 0.3f)) / tufts)), 1 + (k % 3));
                var y = Edge(x) + rise + (easel.Height * (0.016f + (0.05f * near)) * row * 0.8f) + (tuft.Unit() * easel.Unit * 6 * near);
                var tall = easel.Unit * (4 + (20 * near)) * tuft.Between(0.7f, 1.1f);
                var green = light.On(Pigment.Of(0.5f, 0.14f, 130).Lighter(tuft.Between(-0.06f, 0.08f)), 0.4f * (1 - near)).Colour();
                for (var blade = -1; blade <= 1; blade++)
                {
                    easel.Line(x, y, x + (blade * tall * 0.35f), y - tall, green, easel.Unit * (1 + (1.9f * near)));
                }
            }

            easel.Stroke(water, light.On(bank.Lighter(0.1f), 0.5f * (1 - near), 0.4f).Colour(0.7f), easel.Unit * (0.8f + (1.6f * near)));
        }
    }

    /// <summary>A lawn with a path between beds of flowers, hedges and an arch of roses.</summary>
    public static void Garden(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("garden");
        var (width, height) = (easel.Width, easel.Height);
        var vanish = width * 0.5f;
        Hedge(easel, random.Fork("hedge"), horizon);
        var lawn = Foliage.Grass(easel, random).Lighter(0.03f);
        using (var shader = Easel.Vertical(horizon, height, light.On(lawn, 0.35f).Colour(), light.On(lawn.Darker(0.05f), 0).Colour()))
        {
            easel.Fill(SKRect.Create(-width * 0.2f, horizon + (0.05f * height), width * 1.4f, height), shader);
        }

        using (var builder = new SKPathBuilder())
        {
            builder.MoveTo(vanish - (width * 0.035f), horizon + (0.05f * height));
            builder.LineTo(vanish + (width * 0.035f), horizon + (0.05f * height));
            builder.LineTo(vanish + (width * 0.24f), height * 1.1f);
            builder.LineTo(vanish - (width * 0.24f), height * 1.1f);
            builder.Close();
            using var path = builder.Detach();
            using var gravel = Easel.Vertical(horizon, height, light.On(Pigment.Of(0.82f, 0.045f, 78), 0.3f).Colour(), light.On(Pigment.Of(0.8f, 0.05f, 75), 0, 0.1f).Colour());
            easel.Fill(path, gravel);
        }

        Arch(easel, random.Fork("arch"), vanish, horizon + (0.07f * height), height * 0.19f);
        ReadOnlySpan<float> hues = [350, 20, 85, 305, 60, 330];
        for (var row = 0; row < 9; row++)
        {
            easel.ThrowIfCancelled();
            var t = MathF.Pow((row + 1) / 9f, 1.5f);
            var y = horizon + (0.05f * height) + ((height * 0.98f - horizon) * t);
            for (var k = 0; k < 7 + (easel.Look.Many(9) / 2); k++)
            {
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    var each = random.Fork((row * 100) + (k * 2) + (side > 0 ? 1 : 0));
                    var inner = (0.055f + (0.23f * t)) * width;
                    var x = vanish + (side * (inner + (each.Unit() * width * (0.07f + (0.15f * t)))));
                    var size = easel.Unit * (2.2f + (10 * t)) * each.Between(0.8f, 1.2f);
                    var up = size * each.Between(1, 2.4f);
                    easel.Line(x, y, x, y - up, light.On(Pigment.Of(0.46f, 0.1f, 138), 0.3f * (1 - t)).Colour(), size * 0.3f);
                    easel.Oval(x - (size * 0.5f), y - (up * 0.2f), size * 0.9f, size * 0.5f, light.On(Pigment.Of(0.44f, 0.1f, 138).Lighter(each.Between(-0.05f, 0.06f)), 0.3f * (1 - t)).Colour());
                    var own = Pigment.Of(each.Between(0.62f, 0.8f), 0.17f, easel.Scene.Hue ?? hues[(row + (side > 0 ? 2 : 0)) % hues.Length]);
                    for (var petal = 0; petal < 5; petal++)
                    {
                        var (sin, cos) = MathF.SinCos(petal * MathF.Tau / 5);
                        easel.Circle(x + (cos * size * 0.5f), y - up + (sin * size * 0.45f), size * 0.46f, light.On(own, 0.25f * (1 - t), -sin * 0.4f).Colour());
                    }

                    easel.Circle(x, y - up, size * 0.3f, light.On(Pigment.Of(0.88f, 0.14f, 92), 0.2f * (1 - t)).Colour());
                }
            }
        }
    }

    private static void Hedge(Easel easel, SeededRandom random, float horizon)
    {
        var own = Pigment.Of(0.42f, 0.09f, 138);
        for (var i = 0; i < 90; i++)
        {
            var each = random.Fork(i);
            var size = easel.Unit * each.Between(9, 18);
            var (x, y) = (easel.Width * each.Between(-0.05f, 1.05f), horizon + (easel.Height * each.Between(-0.06f, 0.05f)));
            easel.Oval(x, y, size, size * 0.75f, easel.Light.On(own.Lighter(each.Between(-0.06f, 0.06f)), 0.35f, Math.Clamp((horizon - y) / (0.06f * easel.Height), -0.5f, 0.5f)).Colour());
        }
    }

    private static void Arch(Easel easel, SeededRandom random, float x, float foot, float tall)
    {
        using var form = new Form(easel, x, foot, tall, 0.25f);
        for (var pass = 0; pass < 2; pass++)
        {
            form.Stroke("M-0.42,0 L-0.42,-0.75 C-0.4,-1.24 0.4,-1.24 0.42,-0.75 L0.42,0", Materials.China, 0.05f - (0.02f * pass), pass * 0.4f);
        }

        for (var i = 0; i < 60; i++)
        {
            var each = random.Fork(i);
            var t = each.Unit();
            var (px, py) = t < 0.3f ? (-0.42f, -0.75f * t / 0.3f) : t > 0.7f ? (0.42f, -0.75f * (1 - t) / 0.3f) : (-0.42f * MathF.Cos((t - 0.3f) / 0.4f * MathF.PI), -0.75f - (0.38f * MathF.Sin((t - 0.3f) / 0.4f * MathF.PI)));
            var isRose = i % 3 == 0;
            form.Oval(px + each.Between(-0.08f, 0.08f), py + each.Between(-0.08f, 0.08f), isRose ? 0.055f : 0.07f, 0.05f, isRose ? Pigment.Of(0.7f, 0.16f, 0) : Materials.Leaf, each.Between(-0.4f, 0.4f));
        }
    }
}
