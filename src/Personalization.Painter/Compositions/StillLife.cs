using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>Things on a table, near enough to touch: before a plain wall, or before the room that the prompt names.</summary>
internal static class StillLife
{
    private const float Edge = 0.62f;

    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("still life");
        easel.Canvas.Save();
        Interior.Tilt(easel);
        Ground(easel, random.Fork("ground"));
        easel.ThrowIfCancelled();
        Table(easel, random.Fork("table"));
        easel.ThrowIfCancelled();
        Arrange(easel, [.. easel.Scene.Figures.Where(Things.IsOnTable)]);
        easel.Canvas.Restore();
    }

    private static void Ground(Easel easel, SeededRandom random)
    {
        var (light, width, height) = (easel.Light, easel.Width, easel.Height);
        if (easel.Scene.Places.Any(place => place != Motif.Room && Interior.Rooms.Contains(place)))
        {
            // The room behind the table is nearer the eye than when one stands in it, and out of focus.
            easel.Canvas.Save();
            easel.Canvas.Translate(width * -0.15f, height * -0.12f);
            easel.Canvas.Scale(1.3f);
            Interior.PaintRoom(easel);
            easel.Canvas.Restore();
            easel.Fill(new SKRect(0, 0, width, height), light.Haze.Colour(0.22f));
            return;
        }

        var noise = new Noise(random);
        var wall = Pigment.Of(random.Between(0.5f, 0.72f), 0.05f, random.Pick(60f, 90f, 200f, 250f, 20f, 150f));
        var (x, y) = (easel.Lean > 0 ? 0.2f : 0.8f, 0.14f);
        easel.Field(new(-0.1f * width, -0.1f * height, width * 1.1f, height * 1.1f), 72, 72, (u, v) =>
        {
            var away = MathF.Sqrt(((u - x) * (u - x)) + ((v - y) * (v - y)));
            var lit = 0.55f - away + ((noise.Cloud(u * 3, v * 3, 3) - 0.5f) * (0.35f - (0.25f * easel.Look.Calm)));
            return light.On(wall, 0, Math.Clamp(lit, -0.6f, 0.6f)).Colour();
        });
    }

    private static void Table(Easel easel, SeededRandom random)
    {
        var (light, width, height) = (easel.Light, easel.Width, easel.Height);
        var top = height * Edge;
        var wood = Pigment.Of(random.Between(0.46f, 0.62f), 0.075f, random.Between(45, 68));
        using (var shader = Easel.Vertical(top, height, light.On(wood, 0.08f, 0.25f).Colour(), light.On(wood, 0, -0.25f).Colour()))
        {
            easel.Fill(new SKRect(-0.1f * width, top, width * 1.1f, height * 1.1f), shader);
        }

        for (var i = 0; i < 7; i++)
        {
            var y = top + ((height - top) * MathF.Pow((i + 0.4f) / 7, 1.4f));
            easel.Line(-0.1f * width, y, width * 1.1f, y + (random.Fork(i).Bell() * 0.002f * height), light.On(wood.Darker(0.14f), 0).Colour(0.8f - (0.6f * easel.Look.Calm)), easel.Unit * (0.9f + (0.25f * i)));
        }

        for (var i = 0; i < easel.Look.Loose(60); i++)
        {
            var each = random.Fork(100 + i);
            var (x, t) = (each.Unit() * width, each.Unit());
            var y = top + ((height - top) * t);
            easel.Line(x, y, x + (easel.Unit * each.Between(8, 60)), y, light.On(wood.Lighter(each.Between(-0.1f, 0.07f)), 0, 0).Colour(0.45f), easel.Unit * each.Between(0.6f, 1.6f));
        }

        easel.Line(-0.1f * width, top, width * 1.1f, top, light.On(wood.Lighter(0.1f), 0, 0.4f).Colour(), 2 * easel.Unit);
    }

    private static void Arrange(Easel easel, List<Motif> things)
    {
        var (width, height) = (easel.Width, easel.Height);
        var count = things.Count;
        var scale = count switch { 1 => 1.12f, 2 => 0.82f, 3 => 0.66f, _ => 0.56f };
        var sway = easel.Lean * 0.03f * Math.Max(0, easel.Look.Dynamism);

        // A round of cloth under what is alone on the table.
        if (count == 1 && easel.Look.Ornament > -0.6f)
        {
            var cloth = Pigment.Of(0.8f, 0.06f, easel.Random.Fork("cloth").Pick(20f, 90f, 230f, 150f));
            var (x, y, half) = (width * (0.5f + sway), height * 0.82f, MathF.Min(height, width) * 0.43f);
            easel.Oval(x, y + (2 * easel.Unit), half * 1.01f, half * 0.25f, easel.Light.Shade.Colour(0.35f));
            easel.Oval(x, y, half, half * 0.24f, easel.Light.On(cloth, 0, 0.05f).Colour());
            easel.Oval(x, y, half * 0.9f, half * 0.21f, easel.Light.On(cloth.Darker(0.06f), 0).Colour());
            easel.Oval(x, y, half * 0.87f, half * 0.2f, easel.Light.On(cloth, 0, 0.05f).Colour());
        }

        // The second and third stand a little behind the first.
        foreach (var (at, thing) in things.Index().OrderByDescending(thing => thing.Index % 2))
        {
            easel.ThrowIfCancelled();
            var x = count == 1 ? 0.5f + sway : 0.5f + ((((at + 0.5f) / count) - 0.5f) * 0.88f) + sway;
            var foot = count == 1 ? 0.83f : at % 2 == 0 ? 0.85f : 0.76f;
            Things.Paint(easel, thing, width * x, height * foot, scale * (at % 2 == 0 || count == 1 ? 1 : 0.92f), 0);
        }
    }
}
