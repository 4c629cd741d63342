using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>The mouth of a cave, seen from within: rock all around what lies outside.</summary>
internal static class Cave
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("cave");
        var noise = new Noise(random);
        var (width, height) = (easel.Width, easel.Height);
        var (x, y) = (width * (0.5f + random.Between(-0.05f, 0.05f)), height * 0.5f);
        var stone = Pigment.Of(0.36f, 0.035f, random.Pick(60f, 40f, 270f));
        var rock = easel.Light;
        float Reach(float angle) =>
            0.66f + (0.34f * noise.Cloud((MathF.Cos(angle) * 1.6f) + 5, (MathF.Sin(angle) * 1.6f) + 5, 4)) - (0.12f * MathF.Max(0, MathF.Sin(angle)));

        // From the dark outside inward, each ring of rock nearer the light and brighter than the one before.
        const int rings = 4;
        for (var ring = 0; ring < rings; ring++)
        {
            using var builder = new SKPathBuilder { FillType = SKPathFillType.EvenOdd };
            builder.AddRect(new(-width * 0.2f, -height * 0.2f, width * 1.2f, height * 1.2f));
            for (var i = 0; i < 90; i++)
            {
                var angle = i * MathF.Tau / 90;
                var away = Reach(angle) * (1 + (0.17f * ring)) * (1 + (0.05f * MathF.Sin((angle * 9) + (ring * 2))));
                var point = new SKPoint(x + (MathF.Cos(angle) * width * 0.4f * away), y + (MathF.Sin(angle) * height * 0.46f * away));
                if (i == 0)
                {
                    builder.MoveTo(point);
                }
                else
                {
                    builder.LineTo(point);
                }
            }

            builder.Close();
            using var path = builder.Detach();
            easel.Canvas.Save();
            easel.Canvas.ClipPath(path, antialias: true);
            var shift = ring * 7;
            easel.Field(new(0, 0, width, height), 110, 110, (u, v) =>
            {
                var fold = noise.Ridge((u * 6) + shift, (v * 6) + shift, 3);
                return stone.Lighter(((fold - 0.55f) * 0.3f) + 0.14f - (0.1f * ring)).Mix(rock.Horizon, 0.3f - (0.1f * ring)).Mix(rock.Shade, 0.12f * ring).Colour();
            });
            easel.Canvas.Restore();
            easel.Stroke(path, rock.Beam.Colour(ring == 0 ? 0.4f : 0.12f), (ring == 0 ? 2.2f : 1.2f) * easel.Unit);
        }

        for (var i = 0; i < 9 + easel.Look.Many(9); i++)
        {
            var each = random.Fork(i);
            var isHanging = i % 3 != 0;
            var at = each.Between(0.04f, 0.96f);
            var edge = 1 - MathF.Abs((at * 2) - 1);
            var length = height * each.Between(0.08f, 0.2f) * (1.25f - (0.6f * edge));
            var half = length * each.Between(0.14f, 0.22f);
            var from = isHanging ? height * (0.015f + (0.12f * (1 - edge))) : height * (1.02f - (0.05f * (1 - edge)));
            var tip = isHanging ? from + length : from - (length * 0.8f);
            using var spike = Easel.Curve([new((at * width) - half, isHanging ? -8 : height + 8), new((at * width) - (half * 0.8f), from), new(at * width, tip), new((at * width) + (half * 0.8f), from), new((at * width) + half, isHanging ? -8 : height + 8)], closed: true);
            using var shader = SKShader.CreateLinearGradient(new((at * width) - half, 0), new((at * width) + half, 0), easel.Lean > 0 ? [stone.Lighter(0.1f).Mix(rock.Horizon, 0.18f).Colour(), stone.Darker(0.16f).Colour()] : [stone.Darker(0.16f).Colour(), stone.Lighter(0.1f).Mix(rock.Horizon, 0.18f).Colour()], SKShaderTileMode.Clamp);
            easel.Fill(spike, shader);
        }
    }
}
