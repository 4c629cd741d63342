using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Everything above the ground: gradient, sun or moon, stars, clouds.</summary>
internal static class Sky
{
    public static void Paint(Easel easel)
    {
        var light = easel.Light;
        var scene = easel.Scene;
        var whole = SKRect.Create(-easel.Width * 0.2f, -easel.Height * 0.2f, easel.Width * 1.4f, easel.Height * 1.4f);
        using (var shader = SKShader.CreateLinearGradient(
            new(0, 0), new(0, easel.Height * 0.68f), [light.Zenith.Colour(), light.Middle.Colour(), light.Horizon.Colour()], [0, 0.55f, 1], SKShaderTileMode.Clamp))
        {
            easel.Fill(whole, shader);
        }

        if (scene.Has(Motif.Space) || light.Time == DayTime.Night)
        {
            Deep(easel, whole);
        }

        if (light.IsDark && scene.Allows(Motif.Star))
        {
            Stars(easel);
        }

        if (scene.Allows(light.IsDark ? Motif.Moon : Motif.Sun) && light.Time != DayTime.Grey && !scene.Has(Motif.Space))
        {
            Luminary(easel);
        }

        easel.ThrowIfCancelled();
        if (scene.Allows(Motif.Cloud))
        {
            Clouds(easel, whole);
        }

        if (scene.Has(Motif.Aurora))
        {
            Aurora(easel, whole);
        }

        if (scene.Has(Motif.Rainbow))
        {
            Rainbow(easel);
        }
    }

    // Folded curtains: sharp below, fading upward, green at the foot and violet at the top.
    private static void Aurora(Easel easel, SKRect whole)
    {
        var noise = new Noise(easel.Random.Fork("aurora"));
        easel.Field(whole, 160, 110, (u, v) =>
        {
            var (strength, hue) = (0f, 0f);
            for (var curtain = 0; curtain < 3; curtain++)
            {
                var foot = 0.42f - (0.09f * curtain) + ((noise.Cloud((u * 2.6f) + (curtain * 9), curtain, 3) - 0.5f) * 0.34f);
                var up = (foot - v) / (0.2f + (0.05f * curtain));
                var folds = 0.35f + (0.65f * noise.Cloud((u * 26) + (curtain * 5), 7, 2));
                var here = up < 0 ? MathF.Exp(up * 26) : MathF.Exp(-up * 2.6f);
                strength += here * folds * (0.85f - (0.2f * curtain));
                hue += here * Math.Clamp(up, 0, 1);
            }

            return Pigment.Of(0.82f, 0.19f, 155).Mix(Pigment.Of(0.6f, 0.19f, 310), Math.Clamp(hue * 0.8f, 0, 1)).Colour(Math.Clamp(strength, 0, 0.95f));
        }, SKBlendMode.Screen);
    }

    // It stands opposite the sun, red outside.
    private static void Rainbow(Easel easel)
    {
        var (x, y, radius) = (easel.Width * (0.5f + (easel.Lean * 0.1f)), easel.Height * 0.66f, easel.Width * 0.5f);
        ReadOnlySpan<float> hues = [27, 55, 95, 145, 235, 270, 305];
        for (var i = 0; i < hues.Length; i++)
        {
            easel.Ring(x, y, radius - (i * easel.Width * 0.016f), Pigment.Of(0.76f, 0.16f, hues[i]).Mix(easel.Light.Beam, 0.15f).Colour(0.62f), easel.Width * 0.0175f);
        }
    }

    // The milky way, or a nebula where the prompt is about space.
    private static void Deep(Easel easel, SKRect whole)
    {
        var random = easel.Random.Fork("deep");
        var noise = new Noise(random);
        var isSpace = easel.Scene.Has(Motif.Space);
        var hue = isSpace ? random.Between(180, 340) : 265;
        var (first, second) = (Pigment.Of(0.62f, 0.15f, hue), Pigment.Of(0.7f, 0.13f, hue + random.Between(50, 110)));
        var tilt = random.Between(0.5f, 1.1f) * easel.Lean;
        easel.Field(whole, 128, 128, (u, v) =>
        {
            var across = (v - 0.35f) - ((u - 0.5f) * tilt);
            var band = MathF.Exp(-across * across * (isSpace ? 5 : 14));
            var dust = noise.Cloud((u * 5) + noise.At(u * 3, v * 3), v * 5, 5);
            var hueNoise = noise.Cloud((u * 3) + 40, v * 3, 2);
            var strength = Math.Clamp((band * 1.25f * (dust - 0.28f)) + (isSpace ? (dust - 0.5f) * 0.6f : 0), 0, 1);
            return first.Mix(second, Math.Clamp((hueNoise - 0.35f) * 3, 0, 1)).Lighter(strength * 0.25f).Colour(strength * (isSpace ? 1.1f : 0.8f));
        }, SKBlendMode.Screen);
    }

    private static void Stars(Easel easel)
    {
        var random = easel.Random.Fork("stars");
        var dusk = easel.Light.Time == DayTime.Dusk ? 0.4f : 1;
        var count = easel.Look.Many(170 * dusk);
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var size = MathF.Pow(each.Unit(), 5);
            var (x, y) = (each.Between(-0.1f, 1.1f) * easel.Width, MathF.Pow(each.Unit(), 1.3f) * easel.Height * 0.8f);
            var colour = Pigment.Of(0.96f, 0.04f, each.Pick(60f, 90f, 250f, 260f)).Colour((0.35f + (0.6f * size)) * dusk);
            easel.Circle(x, y, easel.Unit * (0.6f + (1.4f * size)), colour);
            if (size > 0.55f)
            {
                easel.Glow(x, y, easel.Unit * 9 * size, colour.WithAlpha(150));
            }
        }
    }

    private static void Luminary(Easel easel)
    {
        var light = easel.Light;
        var isSubject = easel.Scene.Figures is [Motif.Moon or Motif.Sun];
        var radius = easel.Unit * (light.IsDark ? 22 : light.Time == DayTime.Day ? 24 : 34) * (isSubject ? 2.6f : 1);
        var beam = light.Beam;
        var strength = 0.75f + (0.2f * easel.Look.Drama);
        easel.Glow(light.X, light.Y, radius * 9, beam.Colour(strength * (light.IsDark ? 0.45f : 0.8f)));
        easel.Glow(light.X, light.Y, radius * 3, beam.Colour(strength));
        easel.Circle(light.X, light.Y, radius, beam.Lighter(0.04f).Colour());
        if (!light.IsDark)
        {
            return;
        }

        var random = easel.Random.Fork("moon");
        for (var i = 0; i < easel.Look.Many(isSubject ? 16 : 5); i++)
        {
            var each = random.Fork(i);
            var (angle, away) = (each.Between(0, MathF.Tau), each.Between(0, 0.7f) * radius);
            easel.Circle(light.X + (MathF.Cos(angle) * away), light.Y + (MathF.Sin(angle) * away), radius * each.Between(0.06f, 0.22f), beam.Darker(0.1f).Colour(0.5f));
        }
    }

    private static void Clouds(Easel easel, SKRect whole)
    {
        var random = easel.Random.Fork("clouds");
        var noise = new Noise(random);
        var light = easel.Light;
        var look = easel.Look;
        var named = easel.Scene.Has(Motif.Cloud) || light.Time == DayTime.Grey ? 0.12f : 0;
        var cover = 0.5f - named - random.Between(-0.04f, 0.05f) - (0.06f * look.Ornament) + (light.Time == DayTime.Night ? 0.1f : 0);

        // Calm clouds lie in long level sheets; moving ones are swept up along a diagonal.
        var (across, down) = (1.3f * (3.2f - (0.9f * Math.Max(0, look.Dynamism)) - (2 * look.Calm)), 6.5f + (2 * look.Calm));
        var sweep = 1.9f * Math.Max(0, look.Dynamism + 0.25f) * easel.Lean;
        var (sunX, sunY) = ((light.X - whole.Left) / whole.Width, (light.Y - whole.Top) / whole.Height);
        var lit = light.Beam.Mix(Pigment.White, 0.3f) with { L = Math.Min(1, (0.55f + (light.Strength * 0.45f))) };
        var shade = light.Middle.Mix(light.Shade, light.IsDark ? 0.4f : 0.45f);
        var octaves = look.Detail < -0.5f ? 3 : 5;
        easel.Field(whole, 144, 108, (u, v) =>
        {
            var fade = Math.Clamp((0.72f - v) * 5, 0, 1);
            if (fade <= 0)
            {
                return SKColors.Transparent;
            }

            var (x, y) = (u * across, (v * down) + (u * sweep * 2.2f));
            var warp = noise.At((x * 1.7f) + 9, y * 1.7f) * (0.6f - (0.35f * look.Calm));
            var density = noise.Cloud(x + warp, y + warp, octaves);
            var alpha = Math.Clamp((density - cover) * 5.5f, 0, 1) * fade;
            if (alpha <= 0)
            {
                return SKColors.Transparent;
            }

            var (dx, dy) = (sunX - u, sunY - v);
            var toward = noise.Cloud(x + warp + (dx * 0.4f), y + warp + (dy * 1.2f), 3);
            var bright = Math.Clamp(0.5f + ((density - toward) * 3.4f) + (0.25f * MathF.Exp(-((dx * dx) + (dy * dy)) * 9)), 0, 1);
            return shade.Mix(lit, bright).Colour(alpha * 0.88f);
        });
    }
}
