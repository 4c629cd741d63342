using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>Head and shoulders, simplified as a poster would: planes of light, open eyes, flowing hair.</summary>
internal static class Portrait
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("portrait");
        var isMan = easel.Scene.Has(Motif.Man);
        var hair = Pigment.Of(random.Pick(0.22f, 0.32f, 0.45f, 0.66f), 0.07f, random.Pick(45f, 55f, 30f));
        var skin = Pigment.Of(random.Pick(0.82f, 0.74f, 0.62f, 0.5f), 0.065f, random.Between(50, 62));
        var cloth = Pigment.Of(0.5f, 0.13f, easel.Scene.Hue ?? random.Between(0, 360));
        var isLong = !isMan && random.Happens(0.75f);
        Bouquet.Backdrop(easel, random.Fork("backdrop"));
        Halo(easel, random, cloth);
        easel.ThrowIfCancelled();

        var size = MathF.Min(easel.Width * 1.05f, easel.Height) * 0.5f;
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate((easel.Width * 0.5f) + (easel.Lean * easel.Width * 0.04f * easel.Look.Dynamism), easel.Height * 0.44f);
        canvas.Scale(size * easel.Lean, size);
        canvas.RotateDegrees(5 + (7 * easel.Look.Dynamism));
        if (isLong)
        {
            HairBehind(easel, random, hair);
        }

        Shoulders(easel, random, skin, cloth, isMan);
        easel.ThrowIfCancelled();
        Face(easel, random, skin, hair, isMan);
        HairBefore(easel, random, hair, isLong);
        canvas.Restore();
    }

    private static void Halo(Easel easel, SeededRandom random, Pigment cloth)
    {
        var light = easel.Light;
        var (x, y) = (easel.Width * 0.5f, easel.Height * 0.4f);
        var radius = MathF.Min(easel.Width, easel.Height) * 0.36f;
        easel.Circle(x, y, radius, light.On(Pigment.Of(0.82f, 0.1f, random.Pick(75f, 30f, 220f, 340f)).Mix(cloth, 0.15f), 0.15f).Colour(0.8f));
        for (var i = 0; i < 2 + (int)(4 * Math.Max(0, easel.Look.Ornament)); i++)
        {
            easel.Ring(x, y, radius * (1.06f + (0.05f * i)), light.Beam.Colour(0.5f - (0.06f * i)), easel.Unit * 1.6f);
        }
    }

    private static void HairBehind(Easel easel, SeededRandom random, Pigment hair)
    {
        var light = easel.Light;
        var wind = 0.35f * Math.Max(-0.2f, easel.Look.Dynamism);
        using var mass = Easel.Curve([new(0, -0.56f), new(0.33f, -0.44f), new(0.41f, -0.1f), new(0.37f, 0.3f), new(0.4f, 0.72f), new(0.1f, 0.8f), new(-0.3f - wind, 0.8f - (wind * 0.5f)), new(-0.48f - wind, 0.45f), new(-0.44f, 0), new(-0.34f, -0.42f)], closed: true);
        easel.Fill(mass, light.On(hair, 0.03f, -0.4f).Colour());
        for (var i = 0; i < easel.Look.Many(26); i++)
        {
            var each = random.Fork(200 + i);
            var start = each.Between(-0.34f, 0.3f);
            var end = (start * 1.25f) - wind - 0.04f;
            using var lock_ = Easel.Curve([new(start * 0.7f, -0.45f), new(start * 1.2f, 0), new(start * 1.15f + each.Between(-0.05f, 0.05f), 0.4f), new(end, 0.76f + each.Between(-0.08f, 0.06f))], closed: false);
            easel.Stroke(lock_, light.On(hair.Lighter(each.Between(-0.04f, 0.14f)), 0.02f, each.Between(-0.2f, 0.5f)).Colour(0.55f), 0.014f);
        }
    }

    private static void Shoulders(Easel easel, SeededRandom random, Pigment skin, Pigment cloth, bool isMan)
    {
        var light = easel.Light;
        var wide = isMan ? 0.98f : 0.8f;
        var neck = isMan ? 0.17f : 0.125f;
        using (var path = Easel.Curve([new(-neck, 0.12f), new(-neck * 1.05f, 0.42f), new(-0.3f, 0.56f), new(0, 0.72f), new(0.3f, 0.56f), new(neck * 1.05f, 0.42f), new(neck, 0.12f)], closed: true))
        using (var shader = SKShader.CreateLinearGradient(new(-0.2f, 0.3f), new(0.22f, 0.4f), [light.On(skin, 0, -0.75f).Colour(), light.On(skin, 0, -0.1f).Colour()], SKShaderTileMode.Clamp))
        {
            easel.Fill(path, shader);
        }

        using var garment = Easel.Curve([new(-0.24f, 0.5f), new(-0.52f, 0.6f), new(-wide, 0.82f), new(-wide * 1.15f, 1.5f), new(wide * 1.15f, 1.5f), new(wide, 0.82f), new(0.52f, 0.6f), new(0.24f, 0.5f), new(0, 0.72f)], closed: true);
        using (var shader = SKShader.CreateLinearGradient(new(-wide, 0.8f), new(wide, 0.7f), [light.On(cloth.Darker(0.1f), 0.03f, -0.5f).Colour(), light.On(cloth, 0.03f).Colour(), light.On(cloth.Lighter(0.05f), 0.03f, 0.4f).Colour()], SKShaderTileMode.Clamp))
        {
            easel.Fill(garment, shader);
        }

        easel.Canvas.Save();
        easel.Canvas.ClipPath(garment, antialias: true);
        for (var i = 0; i < easel.Look.Many(9); i++)
        {
            var each = random.Fork(300 + i);
            var x = each.Between(-0.9f, 0.9f);
            using var fold = Easel.Curve([new(x * 0.4f, 0.55f), new(x * 0.8f, 0.85f), new(x * each.Between(0.9f, 1.2f), 1.3f)], closed: false);
            easel.Stroke(fold, light.On(cloth.Lighter(each.Pick(-0.14f, 0.1f)), 0).Colour(0.4f), 0.018f);
        }

        easel.Canvas.Restore();
    }

    private static void Face(Easel easel, SeededRandom random, Pigment skin, Pigment hair, bool isMan)
    {
        var light = easel.Light;
        var jaw = isMan ? 0.23f : 0.185f;
        using var head = Easel.Curve([new(0, -0.47f), new(0.23f, -0.36f), new(0.285f, -0.1f), new(0.25f, 0.12f), new(jaw, 0.23f), new(0.07f, 0.335f), new(-0.05f, 0.335f), new(-jaw, 0.24f), new(-0.265f, 0.1f), new(-0.29f, -0.12f), new(-0.23f, -0.36f)], closed: true);
        using (var shader = SKShader.CreateLinearGradient(new(-0.28f, 0.05f), new(0.28f, -0.1f), [light.On(skin, 0, -0.5f).Colour(), light.On(skin, 0, 0).Colour(), light.On(skin.Lighter(0.02f), 0, 0.4f).Colour()], [0, 0.45f, 1], SKShaderTileMode.Clamp))
        {
            easel.Fill(head, shader);
        }

        easel.Canvas.Save();
        easel.Canvas.ClipPath(head, antialias: true);
        var depth = 0.28f + (0.24f * easel.Look.Drama);
        using (var shade = Easel.Curve([new(-0.02f, -0.5f), new(0.03f, -0.2f), new(-0.015f, -0.08f), new(0.055f, 0.09f), new(-0.01f, 0.14f), new(0.03f, 0.2f), new(-0.02f, 0.26f), new(0, 0.4f), new(-0.5f, 0.4f), new(-0.5f, -0.5f)], closed: true))
        {
            easel.Fill(shade, light.Shade.Mix(skin, 0.35f).Colour(depth));
        }

        easel.Glow(0.15f, 0.09f, 0.11f, Pigment.Of(0.66f, 0.15f, 25).Colour(0.4f), SKBlendMode.SrcOver);
        easel.Glow(-0.16f, 0.1f, 0.1f, Pigment.Of(0.6f, 0.14f, 22).Colour(0.3f), SKBlendMode.SrcOver);
        if (isMan && random.Happens(0.7f))
        {
            using var beard = Easel.Curve([new(-0.3f, 0), new(-0.21f, 0.07f), new(-0.1f, 0.125f), new(0.02f, 0.115f), new(0.13f, 0.125f), new(0.23f, 0.07f), new(0.31f, 0), new(0.26f, 0.42f), new(-0.26f, 0.42f)], closed: true);
            easel.Fill(beard, light.On(hair, 0, -0.1f).Colour(0.94f));
        }

        easel.Canvas.Restore();
        var ink = light.On(hair.Darker(0.1f), 0).Mix(Pigment.Of(0.22f, 0.03f, 30), 0.5f);
        var iris = Pigment.Of(random.Pick(0.4f, 0.46f, 0.56f), 0.075f, random.Pick(55f, 145f, 245f, 60f));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            using var brow = Easel.Curve([new(side * 0.06f + 0.02f, -0.105f), new(side * 0.13f + 0.02f, -0.135f), new(side * 0.2f + 0.02f, -0.1f)], closed: false);
            easel.Stroke(brow, ink.Colour(0.9f), isMan ? 0.03f : 0.02f);
            Eye(easel, (side * 0.128f) + 0.02f, -0.018f, side, iris, ink);
            for (var lash = 0; lash < 3 && !isMan; lash++)
            {
                var x = (side * (0.13f + (0.026f * lash))) + 0.02f;
                easel.Line(x, -0.046f + (0.009f * lash), x + (side * 0.018f), -0.064f + (0.008f * lash), ink.Colour(), 0.009f);
            }
        }

        using var nose = Easel.Curve([new(0.045f, -0.05f), new(0.062f, 0.06f), new(0.07f, 0.095f), new(0.03f, 0.112f)], closed: false);
        easel.Stroke(nose, light.On(skin.Darker(0.2f), 0, -0.3f).Colour(0.8f), 0.013f);
        var lips = light.On(Pigment.Of(isMan ? 0.52f : 0.55f, isMan ? 0.08f : 0.14f, 22), 0);
        using var mouth = Easel.Curve([new(-0.06f, 0.196f), new(-0.005f, 0.178f), new(0.025f, 0.185f), new(0.05f, 0.178f), new(0.1f, 0.195f), new(0.06f, 0.226f), new(0.02f, 0.235f), new(-0.025f, 0.225f)], closed: true);
        easel.Fill(mouth, lips.Colour());
        using var seam = Easel.Curve([new(-0.06f, 0.197f), new(0.022f, 0.203f), new(0.1f, 0.196f)], closed: false);
        easel.Stroke(seam, lips.Darker(0.16f).Colour(), 0.008f);
    }

    private static void Eye(Easel easel, float x, float y, float side, Pigment iris, Pigment ink)
    {
        var light = easel.Light;
        using var opening = Easel.Curve([new(x - (side * 0.062f), y + 0.006f), new(x - (side * 0.02f), y - 0.026f), new(x + (side * 0.03f), y - 0.027f), new(x + (side * 0.066f), y - 0.006f), new(x + (side * 0.02f), y + 0.024f), new(x - (side * 0.025f), y + 0.022f)], closed: true);
        easel.Fill(opening, light.On(Pigment.Of(0.95f, 0.008f, 80), 0, -0.1f).Colour());
        easel.Canvas.Save();
        easel.Canvas.ClipPath(opening, antialias: true);
        easel.Circle(x + 0.006f, y - 0.004f, 0.03f, light.On(iris.Darker(0.12f), 0).Colour());
        easel.Circle(x + 0.006f, y - 0.004f, 0.024f, light.On(iris, 0, 0.1f).Colour());
        easel.Circle(x + 0.006f, y - 0.004f, 0.013f, Pigment.Of(0.14f, 0.01f, 280).Colour());
        easel.Circle(x + 0.015f, y - 0.014f, 0.007f, SKColors.White);
        easel.Canvas.Restore();
        using var lid = Easel.Curve([new(x - (side * 0.064f), y + 0.008f), new(x - (side * 0.02f), y - 0.027f), new(x + (side * 0.03f), y - 0.029f), new(x + (side * 0.072f), y - 0.004f)], closed: false);
        easel.Stroke(lid, ink.Colour(), 0.013f);
    }

    private static void HairBefore(Easel easel, SeededRandom random, Pigment hair, bool isLong)
    {
        var light = easel.Light;
        using var cap = isLong
            ? Easel.Curve([new(0.08f, -0.4f), new(-0.1f, -0.31f), new(-0.24f, -0.13f), new(-0.29f, 0.12f), new(-0.33f, 0.4f), new(-0.42f, 0.3f), new(-0.4f, -0.1f), new(-0.3f, -0.45f), new(0, -0.59f), new(0.28f, -0.48f), new(0.38f, -0.14f), new(0.35f, 0.26f), new(0.29f, 0.1f), new(0.25f, -0.14f), new(0.18f, -0.32f)], closed: true)
            : Easel.Curve([new(-0.29f, -0.08f), new(-0.25f, -0.24f), new(-0.12f, -0.31f), new(0.1f, -0.27f), new(0.23f, -0.25f), new(0.285f, -0.06f), new(0.345f, -0.26f), new(0.28f, -0.5f), new(0.03f, -0.62f), new(-0.24f, -0.54f), new(-0.35f, -0.3f)], closed: true);
        using (var shader = SKShader.CreateLinearGradient(new(-0.35f, 0), new(0.35f, -0.4f), [light.On(hair, 0, -0.5f).Colour(), light.On(hair, 0, 0).Colour(), light.On(hair.Lighter(0.05f), 0, 0.4f).Colour()], SKShaderTileMode.Clamp))
        {
            easel.Fill(cap, shader);
        }

        easel.Canvas.Save();
        easel.Canvas.ClipPath(cap, antialias: true);
        for (var i = 0; i < easel.Look.Many(30); i++)
        {
            var each = random.Fork(400 + i);
            var side = each.Sign();
            var u = each.Unit();
            using var strand = Easel.Curve([new(0.06f + (side * 0.02f), -0.57f + (0.18f * u)), new(side * (0.2f + (0.13f * (1 - u))), -0.4f + (0.15f * u)), new(side * (0.28f + (0.12f * (1 - u))), each.Between(-0.15f, 0.05f)), new(side * (0.3f + (0.1f * (1 - u))), 0.4f)], closed: false);
            easel.Stroke(strand, light.On(hair.Lighter(each.Between(-0.06f, 0.16f)), 0, 0.2f * side).Colour(0.5f), 0.01f);
        }

        easel.Canvas.Restore();
    }
}
