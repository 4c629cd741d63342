using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Water from the horizon to the picture's foot: rows of waves with foam and glitter, or a still lake.</summary>
internal static class Sea
{
    public static void Paint(Easel easel, float horizon, float swell)
    {
        var light = easel.Light;
        var look = easel.Look;
        var random = easel.Random.Fork("sea");
        var own = Pigment.Of(0.52f, 0.105f, random.Between(205, 240));
        var far = light.On(own, 0.55f).Mix(light.Horizon, 0.45f);
        var near = light.On(own.Darker(0.14f), 0);
        var depth = easel.Height - horizon;
        using (var shader = Easel.Vertical(horizon, easel.Height, far.Colour(), light.On(own, 0.15f).Colour(), near.Colour()))
        {
            easel.Fill(SKRect.Create(-easel.Width * 0.2f, horizon, easel.Width * 1.4f, easel.Height), shader);
        }

        Glitter(easel, random, horizon);
        var motion = swell * MathF.Pow(2, 0.8f * (look.Dynamism - look.Calm));
        var rows = (int)(13 * MathF.Pow(1.7f, look.Detail));
        for (var i = 0; i < rows; i++)
        {
            easel.ThrowIfCancelled();
            var t = (i + 0.6f) / rows;
            Row(easel, random.Fork(i), horizon + (depth * MathF.Pow(t, 1.75f) * 1.02f), depth * motion * (0.004f + (0.085f * MathF.Pow(t, 1.7f))), t, far, near, own);
        }
    }

    private static void Row(Easel easel, SeededRandom random, float y, float height, float near, Pigment far, Pigment deep, Pigment own)
    {
        var light = easel.Light;
        var noise = new Noise(random);
        var length = easel.Unit * (30 + (190 * near));
        var slope = 0.05f * Math.Max(0, easel.Look.Dynamism) * easel.Lean;
        float Crest(float x)
        {
            // Crests are sharp and troughs round, as of real waves (a trochoid's profile).
            var phase = (x / length) + (noise.Cloud(x / length * 0.6f, 2, 2) * 2.4f);
            var crest = MathF.Pow(1 - MathF.Abs(MathF.Sin(phase * 2.2f)), 1.6f);
            var group = 0.35f + (0.9f * noise.At(x / length * 0.35f, 9));
            return y - (height * crest * group) + ((x - (easel.Width / 2)) * slope * near);
        }

        using var path = easel.Below(Crest, Math.Max(2.5f, 5 * easel.Unit));
        var top = light.On(own.Mix(Pigment.Of(0.78f, 0.09f, 185), 0.25f + (0.35f * near)), 0.4f * (1 - near), 0.25f);
        var foot = far.Mix(deep, MathF.Min(1, near * 1.2f));
        var band = MathF.Max((4 + (30 * near)) * easel.Unit, height * 1.7f);

        // Still water has rows without edges.
        var calm = 0.5f * easel.Look.Calm;
        using (var shader = SKShader.CreateLinearGradient(
            new(0, y - height), new(0, y + band), [top.Colour(0.9f - calm), foot.Colour(0.75f - calm), foot.Colour(0)], [0, 0.55f, 1], SKShaderTileMode.Clamp))
        {
            easel.Fill(path, shader);
        }

        var white = light.On(new Pigment(0.97f, -0.01f, -0.01f), 0.45f * (1 - near), 0.2f);
        var step = MathF.Max(3, easel.Unit * (3 + (4 * near)));
        for (var x = -easel.Width * 0.1f; x < easel.Width * 1.1f; x += step)
        {
            var (a, b) = (Crest(x), Crest(x + step));
            var lift = Math.Clamp((y - a) / MathF.Max(1, height), 0, 1.3f);
            if (lift + (noise.At(x / length * 3, 20) * 0.5f) > 0.72f)
            {
                easel.Line(x, a, x + step, b, white.Colour(Math.Min(1, 0.25f + (0.55f * lift))), easel.Unit * (0.6f + (3.4f * near * lift)));
                if (easel.Look.Detail > -0.5f && near > 0.35f)
                {
                    var fall = height * (0.2f + (0.5f * noise.At(x * 0.7f, 31)));
                    easel.Line(x, a + (fall * 0.4f), x - (fall * 0.3f), a + fall, white.Colour(0.3f * lift), easel.Unit * 1.3f * near);
                }
            }
        }
    }

    private static void Glitter(Easel easel, SeededRandom random, float horizon)
    {
        var light = easel.Light;
        if (light.Time == DayTime.Grey)
        {
            return;
        }

        var glitter = random.Fork("glitter");
        var depth = easel.Height - horizon;
        for (var i = 0; i < easel.Look.Many(150); i++)
        {
            var each = glitter.Fork(i);
            var t = each.Unit();
            var y = horizon + (depth * t * t);
            var x = light.X + (each.Bell() * easel.Width * (0.025f + (0.09f * t)));
            var half = easel.Unit * (1.5f + (9 * t)) * each.Between(0.4f, 1.2f);
            easel.Line(x - half, y, x + half, y, light.Beam.Colour(each.Between(0.2f, 0.75f)), easel.Unit * (0.7f + (1.2f * t)));
        }
    }
}
