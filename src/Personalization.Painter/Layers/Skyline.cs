using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>A city: rows of towers, each nearer one clearer, with windows that are lit when it is dark.</summary>
internal static class Skyline
{
    public static void Paint(Easel easel, float foot, float rise, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            easel.ThrowIfCancelled();
            var near = rows == 1 ? 0.6f : (float)row / (rows - 1);
            Towers(easel, easel.Random.Fork("city").Fork(row), foot + (near * easel.Height * 0.03f), rise * (1 - (0.32f * near)), near);
        }
    }

    /// <summary>A street that leads into the city, wet enough to shine.</summary>
    public static void Street(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("street");
        var own = Pigment.Of(0.42f, 0.015f, 260);
        using (var shader = Easel.Vertical(horizon, easel.Height, light.On(own, 0.5f).Mix(light.Horizon, 0.35f).Colour(), light.On(own, 0).Colour()))
        {
            easel.Fill(SKRect.Create(-easel.Width * 0.2f, horizon, easel.Width * 1.4f, easel.Height), shader);
        }

        for (var i = 0; i < easel.Look.Many(70); i++)
        {
            var each = random.Fork(i);
            var t = each.Unit();
            var y = horizon + ((easel.Height - horizon) * t);
            var colour = easel.Light.IsDark ? Pigment.Of(0.8f, 0.14f, each.Pick(75f, 60f, 200f, 330f)) : light.Horizon.Lighter(0.05f);
            var x = each.Unit() * easel.Width;
            easel.Line(x, y, x, y + (easel.Unit * (6 + (34 * t))), colour.Colour(0.28f), easel.Unit * (1.5f + (3 * t)));
        }

        var vanish = easel.Width * 0.5f;
        for (var i = 0; i < 9; i++)
        {
            var (a, b) = ((i + 0.1f) / 9, (i + 0.55f) / 9);
            float Y(float t) => horizon + ((easel.Height * 1.05f - horizon) * t * t);
            easel.Line(vanish, Y(a), vanish, Y(b), light.On(Pigment.Of(0.9f, 0.04f, 90), 0.5f * (1 - a)).Colour(0.75f), easel.Unit * (0.8f + (7 * a * a)));
        }

        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            easel.Line(vanish + (side * easel.Width * 0.05f), horizon, vanish + (side * easel.Width * 0.62f), easel.Height * 1.05f, light.On(own.Lighter(0.2f), 0.2f).Colour(0.7f), 3 * easel.Unit);
        }
    }

    private static void Towers(Easel easel, SeededRandom random, float foot, float rise, float near)
    {
        var light = easel.Light;
        var distance = 0.72f * (1 - near);
        var hue = random.Pick(250f, 270f, 30f, 200f);
        var x = -easel.Width * 0.14f;
        for (var i = 0; x < easel.Width * 1.14f; i++)
        {
            var each = random.Fork(i);
            var wide = easel.Unit * each.Between(22, 52) * (0.65f + (0.55f * near));
            var centre = 1 - MathF.Min(1, MathF.Abs(((x + (wide / 2)) / easel.Width) - 0.5f) * 1.3f);
            var tall = rise * (0.28f + (0.72f * MathF.Pow(each.Unit(), 1.4f) * (0.45f + centre)));
            var own = Pigment.Of(each.Between(0.42f, 0.62f), 0.03f, hue + each.Between(-25, 25));
            Tower(easel, each, SKRect.Create(x, foot - tall, wide, tall + (easel.Height * 0.3f)), own, distance, near);
            x += wide * each.Between(0.9f, 1.35f);
        }
    }

    private static void Tower(Easel easel, SeededRandom random, SKRect body, Pigment own, float distance, float near)
    {
        var light = easel.Light;
        var (lit, dark) = (light.On(own, distance, 0.4f).Colour(), light.On(own, distance, -0.55f).Colour());
        using (var shader = SKShader.CreateLinearGradient(new(body.Left, 0), new(body.Right, 0), light.X < body.MidX ? [lit, dark] : [dark, lit], SKShaderTileMode.Clamp))
        {
            easel.Fill(body, shader);
        }

        var roof = random.Below(5);
        var colour = light.On(own, distance, -0.2f).Colour();
        if (roof == 0)
        {
            easel.Line(body.MidX, body.Top, body.MidX, body.Top - (body.Width * 0.9f), colour, 1.6f * easel.Unit);
        }
        else if (roof == 1)
        {
            easel.Fill(SKRect.Create(body.Left + (body.Width * 0.2f), body.Top - (body.Width * 0.3f), body.Width * 0.6f, body.Width * 0.32f), colour);
        }
        else if (roof == 2)
        {
            using var builder = new SKPathBuilder();
            builder.MoveTo(body.Left, body.Top + 1);
            builder.LineTo(body.MidX, body.Top - (body.Width * 0.55f));
            builder.LineTo(body.Right, body.Top + 1);
            builder.Close();
            using var gable = builder.Detach();
            easel.Fill(gable, colour);
        }

        Windows(easel, random.Fork("windows"), body, own, distance, near);
    }

    private static void Windows(Easel easel, SeededRandom random, SKRect body, Pigment own, float distance, float near)
    {
        var light = easel.Light;
        var pitch = easel.Unit * (7.5f - (1.8f * easel.Look.Detail)) * (0.75f + (0.45f * near));
        var columns = (int)(body.Width / pitch);
        var rows = Math.Min(60, (int)(body.Height / pitch));
        var share = light.IsDark ? 0.5f : light.Time == DayTime.Sunset ? 0.22f : 0.04f;
        if (columns < 1 || (easel.Look.Detail < -0.6f && near < 0.5f))
        {
            return;
        }

        var gap = body.Width / columns;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var each = random.Fork((row * 64) + column);
                var isLit = each.Happens(share);
                if (!isLit && easel.Look.Detail < -0.3f)
                {
                    continue;
                }

                var colour = isLit
                    ? Pigment.Of(each.Between(0.78f, 0.92f), 0.12f, each.Pick(75f, 82f, 90f, 60f, 215f)).Mix(light.Haze, distance * 0.5f).Colour(0.95f)
                    : light.On(own.Darker(0.12f).Mix(light.Zenith, 0.35f), distance, each.Between(-0.6f, 0.1f)).Colour(0.7f);
                easel.Fill(SKRect.Create(body.Left + (gap * (column + 0.24f)), body.Top + (pitch * (row + 0.5f)), gap * 0.52f, pitch * 0.56f), colour);
            }
        }
    }
}
