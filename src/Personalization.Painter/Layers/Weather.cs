using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>What is in the air before everything: shafts of light, mist, rain, snow, wind.</summary>
internal static class Weather
{
    public static void Paint(Easel easel, float horizon)
    {
        Shafts(easel);
        Wind(easel);
        var scene = easel.Scene;
        if (scene.Has(Motif.Mist))
        {
            Bank(easel, "veil", horizon, easel.Height / 3, (3, 7), 1);
        }

        if (scene.Has(Motif.Rain))
        {
            Rain(easel);
        }

        if ((scene.Has(Motif.Snow) || (scene.Season == Season.Winter && easel.Look.Ornament > -0.3f)) && scene.Allows(Motif.Snow))
        {
            Flakes(easel);
        }
    }

    private static void Shafts(Easel easel)
    {
        var light = easel.Light;
        var strength = 0.03f + (0.15f * Math.Max(-0.2f, easel.Look.Drama));
        if (light.IsDark || light.Time == DayTime.Grey || strength <= 0 || !easel.Scene.Allows(Motif.Sun))
        {
            return;
        }

        var random = easel.Random.Fork("shafts");
        var reach = easel.Height * 1.5f;
        for (var i = 0; i < 7; i++)
        {
            var each = random.Fork(i);
            var angle = (MathF.PI / 2) + (easel.Lean * -each.Between(-0.15f, 0.95f));
            var spread = each.Between(0.02f, 0.06f);
            using var builder = new SKPathBuilder();
            builder.MoveTo(light.X, light.Y);
            builder.LineTo(light.X + (MathF.Cos(angle - spread) * reach), light.Y + (MathF.Sin(angle - spread) * reach));
            builder.LineTo(light.X + (MathF.Cos(angle + spread) * reach), light.Y + (MathF.Sin(angle + spread) * reach));
            builder.Close();
            using var shaft = builder.Detach();
            using var shader = SKShader.CreateRadialGradient(new(light.X, light.Y), reach * 0.75f, [light.Beam.Colour(strength), light.Beam.Colour(0)], SKShaderTileMode.Clamp);
            easel.Fill(shaft, shader);
        }
    }

    /// <summary>Low mist in the calmest pictures, behind what stands in them: one bank that lies on the ground and thins upward.</summary>
    public static void Ground(Easel easel, float horizon)
    {
        if (easel.Look.Calm > 0 && !easel.Scene.Has(Motif.Space))
        {
            Bank(easel, "low mist", horizon + (0.06f * easel.Height), 0.09f * easel.Height, (1.3f, 4), 0.7f * MathF.Sqrt(easel.Look.Calm));
        }
    }

    private static void Wind(Easel easel)
    {
        var speed = Math.Max(0, easel.Look.Dynamism);
        if (speed <= 0)
        {
            return;
        }

        var random = easel.Random.Fork("wind");
        for (var i = 0; i < (int)(70 * speed); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(-0.1f, 1.1f) * easel.Width, each.Between(-0.05f, 1) * easel.Height);
            var length = easel.Unit * each.Between(25, 120) * (0.5f + (0.5f * speed));
            var rise = each.Between(0.5f, 0.95f);
            using var builder = new SKPathBuilder();
            builder.MoveTo(x, y);
            builder.QuadTo(x + (easel.Lean * length * 0.55f), y - (length * rise * 0.35f), x + (easel.Lean * length), y - (length * rise));
            using var gust = builder.Detach();
            easel.Stroke(gust, easel.Light.Beam.Mix(easel.Light.Haze, 0.5f).Lighter(0.05f).Colour((0.06f + (0.26f * each.Unit())) * speed), easel.Unit * each.Between(0.8f, 2.6f));
        }
    }

    // Half a bell high above and below its middle, in drifts of so many across and down the picture.
    private static void Bank(Easel easel, string name, float middle, float reach, (float Across, float Down) drifts, float strength)
    {
        var noise = new Noise(easel.Random.Fork(name));
        var haze = easel.Light.Haze;
        easel.Field(SKRect.Create(0, 0, easel.Width, easel.Height), 96, 64, (u, v) =>
        {
            var away = ((v * easel.Height) - middle) / reach;
            var bank = MathF.Exp(-away * away);
            return haze.Colour(Math.Clamp(strength * bank * ((noise.Cloud(u * drifts.Across, v * drifts.Down, 4) * 1.5f) - 0.25f), 0, 0.75f));
        });
    }

    private static void Rain(Easel easel)
    {
        var random = easel.Random.Fork("rain");
        for (var i = 0; i < easel.Look.Many(260); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(-0.1f, 1.1f) * easel.Width, each.Between(-0.1f, 1) * easel.Height);
            var length = easel.Unit * each.Between(9, 26);
            easel.Line(x, y, x - (easel.Lean * length * (0.16f + (0.3f * Math.Max(0, easel.Look.Dynamism)))), y + length, easel.Light.Haze.Lighter(0.12f).Colour(each.Between(0.15f, 0.5f)), easel.Unit * each.Between(0.6f, 1.3f));
        }
    }

    private static void Flakes(Easel easel)
    {
        var random = easel.Random.Fork("flakes");
        for (var i = 0; i < easel.Look.Many(120); i++)
        {
            var each = random.Fork(i);
            var near = MathF.Pow(each.Unit(), 3);
            easel.Circle(each.Unit() * easel.Width, each.Unit() * easel.Height, easel.Unit * (0.7f + (2.8f * near)), SKColors.White.WithAlpha((byte)(110 + (110 * each.Unit()))));
        }
    }
}
