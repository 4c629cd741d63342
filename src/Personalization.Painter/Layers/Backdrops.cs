using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Places without sky and weather of their own: the moon and a stage.</summary>
internal static class Backdrops
{
    private static readonly Pigment Black = Pigment.Of(0.12f, 0.025f, 275);

    /// <summary>The ground of the moon, and the earth above it.</summary>
    public static void Moon(Easel easel, float horizon)
    {
        var (light, random) = (easel.Light, easel.Random.Fork("lunar"));
        var (width, height) = (easel.Width, easel.Height);
        using (var sky = Easel.Vertical(0, height, Black.Colour(), Black.Lighter(0.08f).Colour()))
        {
            easel.Fill(new SKRect(-width * 0.2f, -height * 0.2f, width * 1.2f, height * 1.2f), sky);
        }

        for (var i = 0; i < easel.Look.Many(170); i++)
        {
            var each = random.Fork(i);
            easel.Circle(each.Unit() * width, each.Unit() * height * 0.7f, easel.Unit * (0.5f + (1.3f * MathF.Pow(each.Unit(), 4))), Pigment.White.Colour(each.Between(0.35f, 1)));
        }

        Earth(easel, random.Fork("earth"), easel.Width - light.X, height * 0.24f, MathF.Min(width, height) * random.Between(0.1f, 0.14f));
        for (var row = 0; row < 3; row++)
        {
            easel.ThrowIfCancelled();
            var (near, noise) = (row / 2f, new Noise(random.Fork(900 + row)));
            var level = horizon + ((height - horizon) * (0.02f + (0.34f * near)));
            float Ridge(float x) => level + ((noise.Cloud((x / width * 3) + (row * 5), 2, 4) - 0.55f) * height * (0.14f - (0.06f * near)));
            var own = Pigment.Of(0.56f + (0.1f * near), 0.008f, 80);
            using var land = easel.Below(Ridge, 4 * easel.Unit);
            using var shader = Easel.Vertical(level - (0.06f * height), height, light.On(own, 0, 0.25f).Colour(), light.On(own.Darker(0.14f), 0, -0.15f).Colour());
            easel.Fill(land, shader);
        }

        for (var i = 0; i < easel.Look.Many(20); i++)
        {
            var each = random.Fork(2000 + i);
            var near = each.Unit();
            var (x, y) = (each.Unit() * width, horizon + ((height - horizon) * (0.42f + (0.56f * near))));
            var wide = easel.Unit * (5 + (42 * near)) * each.Between(0.5f, 1.2f);
            Crater(easel, x, y, wide);
        }
    }

    private static void Crater(Easel easel, float x, float y, float wide)
    {
        var light = easel.Light;
        var own = Pigment.Of(0.64f, 0.008f, 80);
        easel.Oval(x - (easel.Lean * wide * 0.08f), y - (wide * 0.03f), wide * 1.1f, wide * 0.34f, light.On(own, 0, 0.5f).Colour(0.7f));
        easel.Oval(x, y, wide, wide * 0.28f, light.On(own.Darker(0.22f), 0, -0.3f).Colour());
        easel.Oval(x + (easel.Lean * wide * 0.12f), y + (wide * 0.05f), wide * 0.82f, wide * 0.2f, light.On(own.Darker(0.06f), 0).Colour());
    }

    private static void Earth(Easel easel, SeededRandom random, float x, float y, float radius)
    {
        var noise = new Noise(random);
        var (sea, land, cloud) = (Pigment.Of(0.52f, 0.12f, 250), Pigment.Of(0.58f, 0.1f, 135), Pigment.Of(0.97f, 0.005f, 230));
        easel.Glow(x, y, radius * 1.6f, Pigment.Of(0.7f, 0.1f, 235).Colour(0.6f));
        using var builder = new SKPathBuilder();
        builder.AddCircle(x, y, radius);
        using var disc = builder.Detach();
        easel.Canvas.Save();
        easel.Canvas.ClipPath(disc, antialias: true);
        easel.Field(SKRect.Create(x - radius, y - radius, 2 * radius, 2 * radius), 72, 72, (u, v) =>
        {
            var (dx, dy) = ((2 * u) - 1, (2 * v) - 1);
            var z = MathF.Sqrt(Math.Max(0, 1 - (dx * dx) - (dy * dy)));
            var ground = noise.Cloud((u * 3.2f) + 3, v * 3.2f, 4) > 0.53f ? land : sea;
            var white = Math.Clamp((noise.Cloud((u * 4) + 20, (v * 7) + 9, 4) - 0.5f) * 6, 0, 0.9f);
            var lit = Math.Clamp((-0.8f * easel.Lean * dx) + (0.65f * z) + 0.15f, 0, 1);
            return ground.Mix(cloud, white).Mix(Black, 1 - lit).Colour();
        });
        easel.Canvas.Restore();
    }

    /// <summary>Boards in a beam of light, between curtains.</summary>
    public static void Stage(Easel easel)
    {
        var (light, random) = (easel.Light, easel.Random.Fork("stage"));
        var (width, height) = (easel.Width, easel.Height);
        var velvet = Pigment.Of(0.4f, 0.14f, random.Pick(20f, 20f, 300f, 255f));
        var floor = height * 0.7f;
        using (var back = Easel.Vertical(0, floor, Black.Lighter(0.04f).Colour(), Pigment.Of(0.3f, 0.06f, 275).Colour()))
        {
            easel.Fill(new SKRect(-width * 0.2f, -height * 0.2f, width * 1.2f, height), back);
        }

        var wood = Pigment.Of(0.52f, 0.075f, 58);
        using (var boards = Easel.Vertical(floor, height, light.On(wood, 0, -0.2f).Colour(), light.On(wood.Lighter(0.05f), 0, 0.1f).Colour()))
        {
            easel.Fill(new SKRect(-width * 0.2f, floor, width * 1.2f, height * 1.2f), boards);
        }

        for (var i = -9; i < 10; i++)
        {
            easel.Line((width / 2) + (i * width * 0.06f), floor, (width / 2) + (i * width * 0.16f), height * 1.05f, light.On(wood.Darker(0.12f), 0).Colour(0.7f), 1.4f * easel.Unit);
        }

        foreach (var lamp in (ReadOnlySpan<float>)[0.18f, 0.5f, 0.82f])
        {
            using var beam = Easel.Curve([new(width * lamp, -height * 0.05f), new((width * (0.33f + (0.1f * lamp))) - (width * 0.08f), height * 0.86f), new((width * (0.33f + (0.1f * lamp))) + (width * 0.34f), height * 0.86f)], closed: true);
            using var fade = Easel.Vertical(0, height * 0.86f, light.Beam.Colour(0.34f), light.Beam.Colour(0.06f));
            easel.Fill(beam, fade);
        }

        easel.Oval(width * 0.5f, height * 0.89f, width * 0.34f, height * 0.07f, light.Beam.Colour(0.42f));
        Curtains(easel, velvet, random.Fork("curtains"));
    }

    private static void Curtains(Easel easel, Pigment velvet, SeededRandom random)
    {
        var (light, width, height) = (easel.Light, easel.Width, easel.Height);
        const int folds = 7;
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var i = folds - 1; i >= 0; i--)
            {
                var (outer, wide) = (i / (float)folds * 0.21f, 0.045f);
                var sway = random.Fork((side * 20) + i).Between(0.0f, 0.02f);
                float X(float at) => width * (side < 0 ? at : 1 - at);
                using var fold = Easel.Curve([new(X(outer - 0.04f), -height * 0.05f), new(X(outer + wide), -height * 0.05f), new(X(outer + (wide * 0.8f) + sway), height * 0.5f), new(X(outer + wide), height * 0.93f), new(X(outer - 0.04f), height * 0.93f)], closed: true);
                using var shader = SKShader.CreateLinearGradient(new(X(outer - 0.01f), 0), new(X(outer + wide), 0), [light.On(velvet, 0, 0.3f).Colour(), light.On(velvet, 0, -0.5f).Colour()], SKShaderTileMode.Clamp);
                easel.Fill(fold, shader);
            }
        }

        for (var i = 0; i < 7; i++)
        {
            easel.Oval(width * ((i + 0.5f) / 7), -height * 0.01f, width * 0.09f, height * 0.12f, light.On(velvet, 0, 0.12f - (0.3f * (i % 2))).Colour());
            easel.Oval(width * ((i + 0.5f) / 7), -height * 0.02f, width * 0.075f, height * 0.1f, light.On(velvet.Darker(0.03f), 0).Colour());
        }
    }
}
