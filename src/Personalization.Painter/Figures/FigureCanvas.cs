using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>
/// A place in the picture to draw one figure at, in its own units: x to where it faces, y down, the origin between its feet.
/// Shapes drawn here are modelled by the picture's light. Disposing it returns to the picture's own coordinates.
/// </summary>
internal sealed class FigureCanvas : IDisposable
{
    // The nearness of everything drawn here: a breath of haze, so that figures belong to their picture.
    private const float Distance = 0.03f;

    private readonly SKPaint _paint = new() { IsAntialias = true };

    /// <param name="size">Pixels to a unit.</param>
    /// <param name="facing">1 to the right, -1 to the left.</param>
    public FigureCanvas(Easel easel, float x, float y, float size, float facing)
    {
        Easel = easel;
        Facing = facing;
        Side = (easel.Light.X - x) * facing > 0 ? 1 : -1;
        easel.Canvas.Save();
        easel.Canvas.Translate(x, y);
        easel.Canvas.Scale(size * facing, size);
    }

    public Easel Easel { get; }

    public Look Look => Easel.Look;

    public Light Light => Easel.Light;

    public float Facing { get; }

    /// <summary>1 if the light comes from before the figure, -1 from behind it.</summary>
    public float Side { get; }

    public void Dispose()
    {
        Easel.Canvas.Restore();
        _paint.Dispose();
    }

    /// <summary>A colour as it is seen here.</summary>
    public SKColor Tone(Pigment own, float lit = 0, float alpha = 1) => Light.On(own, Distance, lit).Colour(alpha);

    /// <summary>Draws a shape with a lit and a shaded side, and disposes it.</summary>
    /// <param name="round">How far light and shade reach into it, in units.</param>
    /// <param name="lit">-1 in the shade of another part, 1 towards the light.</param>
    /// <param name="marks">Draws what lies on it, cut off at its outline.</param>
    public void Form(Shape shape, Pigment own, float round = 0.06f, float lit = 0, Action? marks = null)
    {
        using (shape)
        {
            using var path = shape.Detach();
            Easel.Fill(path, Tone(own, lit));
            var canvas = Easel.Canvas;
            canvas.Save();
            canvas.ClipPath(path, antialias: true);
            marks?.Invoke();
            var depth = Math.Clamp(0.46f + (0.16f * Look.Drama), 0.1f, 0.8f);
            Rim(path, Side * round, -round * 0.9f, round * 0.75f, Light.Shade.Colour(depth));
            Rim(path, -Side * round * 0.55f, round * 0.5f, round * 0.45f, Light.Beam.Colour(0.4f + (0.12f * Look.Drama)));
            canvas.Restore();
        }
    }

    /// <summary>Draws a shape in one even colour, and disposes it.</summary>
    public void Flat(Shape shape, Pigment own, float lit = 0, float alpha = 1)
    {
        using (shape)
        {
            using var path = shape.Detach();
            Easel.Fill(path, Tone(own, lit, alpha));
        }
    }

    /// <summary>A stroke of one width through points of x and y.</summary>
    public void Stroke(Pigment own, float width, float alpha, params ReadOnlySpan<float> points)
    {
        using var path = Easel.Curve(System.Runtime.InteropServices.MemoryMarshal.Cast<float, SKPoint>(points), closed: false);
        Easel.Stroke(path, Tone(own, 0, alpha), width);
    }

    public void Oval(float x, float y, float radiusX, float radiusY, Pigment own, float lit = 0, float alpha = 1) =>
        Easel.Oval(x, y, radiusX, radiusY, Tone(own, lit, alpha));

    /// <summary>A dark eye with a glint, as of an animal.</summary>
    public void Eye(float x, float y, float radius)
    {
        Easel.Circle(x, y, radius, Pigment.Of(0.15f, 0.012f, 280).Colour());
        Easel.Circle(x + (radius * 0.32f), y - (radius * 0.36f), radius * 0.34f, SKColors.White);
    }

    /// <summary>The shadow that a figure casts on level ground.</summary>
    public void Shadow(float x, float radiusX, float radiusY = 0.05f) =>
        Easel.Oval(x, 0, radiusX, radiusY, Light.On(Pigment.Of(0.28f, 0.03f, 280), 0.08f, -0.6f).Colour(0.42f));

    /// <summary>Runs a drawing in a place and size within the figure.</summary>
    /// <param name="turn">Degrees, clockwise.</param>
    public void At(float x, float y, float scale, float turn, Action draw)
    {
        var canvas = Easel.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(turn);
        canvas.Scale(scale);
        draw();
        canvas.Restore();
    }

    // A colour along the edges that face away from a direction: all of it, less the shape moved that way and softened.
    private void Rim(SKPath path, float dx, float dy, float sigma, SKColor colour)
    {
        var canvas = Easel.Canvas;
        canvas.SaveLayer(path.Bounds, null);
        canvas.DrawColor(colour);
        canvas.Translate(dx, dy);
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, sigma);
        _paint.MaskFilter = blur;
        _paint.BlendMode = SKBlendMode.DstOut;
        _paint.Color = SKColors.Black;
        canvas.DrawPath(path, _paint);
        _paint.MaskFilter = null;
        canvas.Restore();
    }
}
