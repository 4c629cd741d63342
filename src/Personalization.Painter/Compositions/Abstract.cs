using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>A composed picture of no thing: for prompts that name nothing the Painter knows.</summary>
internal static class Abstract
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("abstract");
        var hue = easel.Scene.Hue ?? random.Between(0, 360);
        var step = random.Pick(28f, 65f, 120f, 150f);
        Pigment Tone(int i) => Pigment.Of(0.6f + (0.13f * ((i % 3) - 1)), 0.13f, hue + (step * (i % 4)));
        Ground(easel, random.Fork("ground"), Tone(0), Tone(1));
        easel.ThrowIfCancelled();
        Shapes(easel, random.Fork("shapes"), Tone);
        easel.ThrowIfCancelled();
        Ribbons(easel, random.Fork("ribbons"), Tone);
        easel.ThrowIfCancelled();
        Accents(easel, random.Fork("accents"), Tone);
    }

    private static void Ground(Easel easel, SeededRandom random, Pigment a, Pigment b)
    {
        var noise = new Noise(random);
        var (pale, deep) = (a.Lighter(0.24f).Mix(Pigment.White, 0.4f), b.Darker(0.06f));
        var sweep = 2 * Math.Max(0, easel.Look.Dynamism) * easel.Lean;
        easel.Field(SKRect.Create(0, 0, easel.Width, easel.Height), 96, 96, (u, v) =>
        {
            var warp = noise.Cloud(u * 2, v * 2, 2);
            var flow = noise.Cloud((u * 2) + warp + (v * sweep), (v * 2.6f) + warp, 4);
            return pale.Mix(deep, Math.Clamp(((flow - 0.32f) * 1.7f) + ((v - 0.5f) * 0.4f), 0, 1)).Colour();
        });
    }

    private static void Shapes(Easel easel, SeededRandom random, Func<int, Pigment> tone)
    {
        var small = MathF.Min(easel.Width, easel.Height);

        // The golden section places the largest; the others step away from it, ever smaller.
        var (x, y) = (easel.Width * (easel.Lean > 0 ? 0.382f : 0.618f), easel.Height * 0.42f);
        for (var i = 0; i < easel.Look.Many(6); i++)
        {
            var each = random.Fork(i);
            var radius = small * (i == 0 ? 0.27f : each.Between(0.05f, 0.17f));
            var (cx, cy) = i == 0 ? (x, y) : (x + (each.Bell() * easel.Width * 0.26f), y + (each.Bell() * easel.Height * 0.24f));
            var own = tone(i + 1);
            using var shader = SKShader.CreateLinearGradient(new(cx - radius, cy - radius), new(cx + radius, cy + radius), [own.Lighter(0.12f).Colour(0.94f), own.Darker(0.1f).Colour(0.9f)], SKShaderTileMode.Clamp);
            easel.Glow(cx + (radius * 0.12f), cy + (radius * 0.2f), radius * 1.4f, Pigment.Of(0.2f, 0.04f, 275).Colour(0.3f), SKBlendMode.SrcOver);
            using var builder = new SKPathBuilder();
            if (each.Happens(0.6f) || i == 0)
            {
                builder.AddCircle(cx, cy, radius);
            }
            else
            {
                var turn = (0.25f * (1 + easel.Look.Dynamism)) * easel.Lean;
                for (var corner = 0; corner < 4; corner++)
                {
                    var angle = turn + (corner * MathF.PI / 2) + (MathF.PI / 4);
                    var point = new SKPoint(cx + (MathF.Cos(angle) * radius * 1.2f), cy + (MathF.Sin(angle) * radius * 1.2f));
                    if (corner == 0)
                    {
                        builder.MoveTo(point);
                    }
                    else
                    {
                        builder.LineTo(point);
                    }
                }

                builder.Close();
            }

            using var shape = builder.Detach();
            easel.Fill(shape, shader);
        }
    }

    private static void Ribbons(Easel easel, SeededRandom random, Func<int, Pigment> tone)
    {
        var rise = 0.42f * Math.Max(0, easel.Look.Dynamism) * easel.Lean;
        for (var i = 0; i < 4; i++)
        {
            var each = random.Fork(i);
            var (y, wave) = (each.Between(0.25f, 0.9f), each.Between(0.03f, 0.1f) * (1 + (0.8f * easel.Look.Dynamism)));
            var phase = each.Between(0, MathF.Tau);
            var lines = easel.Look.Many(7);
            for (var line = 0; line < lines; line++)
            {
                var points = new SKPoint[9];
                for (var p = 0; p < points.Length; p++)
                {
                    var u = p / 8f;
                    var level = y + (wave * MathF.Sin((u * 6) + phase)) - (rise * (u - 0.5f)) + ((line - (lines / 2f)) * 0.011f * (1.2f + MathF.Sin((u * 4) + phase)));
                    points[p] = new((u * 1.2f - 0.1f) * easel.Width, level * easel.Height);
                }

                using var path = Easel.Curve(points, closed: false);
                easel.Stroke(path, tone(i).Lighter((line / (float)lines * 0.22f) - 0.05f).Colour(0.75f), easel.Unit * 5 * 7 / lines);
            }
        }
    }

    private static void Accents(Easel easel, SeededRandom random, Func<int, Pigment> tone)
    {
        for (var i = 0; i < easel.Look.Loose(16); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Unit() * easel.Width, each.Unit() * easel.Height);
            var size = easel.Unit * each.Between(2, 9);
            if (each.Happens(0.5f))
            {
                easel.Circle(x, y, size, tone(i).Lighter(0.2f).Colour(0.9f));
            }
            else
            {
                easel.Ring(x, y, size * 1.8f, tone(i).Darker(0.25f).Colour(0.7f), 1.6f * easel.Unit);
            }
        }
    }
}
