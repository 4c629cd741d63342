using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>
/// Draws one thing in units of its own size: it stands at (0, 0), up is negative, and the light comes from the upper left,
/// because the canvas is mirrored where it does not. Dispose it to give the canvas back as it was.
/// </summary>
internal sealed class Form : IDisposable
{
    private readonly float _distance;
    private readonly float _hair;
    private readonly int _restore;

    /// <param name="x">Its middle, in pixels.</param>
    /// <param name="foot">Where it stands, in pixels.</param>
    /// <param name="size">Pixels of one unit.</param>
    /// <param name="distance">0 before us, 1 at the horizon.</param>
    public Form(Easel easel, float x, float foot, float size, float distance = 0.05f)
        : this(easel, distance, 1.2f * easel.Unit / (size * Enlargement(easel.Canvas.TotalMatrix)))
    {
        easel.Canvas.Translate(x, foot);
        easel.Canvas.Scale(size * easel.Lean, size);
    }

    private Form(Easel easel, float distance, float hair) =>
        (Easel, _distance, _hair, _restore) = (easel, distance, hair, easel.Canvas.Save());

    public Easel Easel { get; }

    /// <summary>Whether its lamps and windows are lit.</summary>
    public bool IsLit => Easel.Light.IsDark || Easel.Light.Time == DayTime.Sunset;

    public void Dispose() => Easel.Canvas.RestoreToCount(_restore);

    /// <summary>A part with an origin, a scale and a turn of its own.</summary>
    public Form Part(float x, float y, float scale = 1, float degrees = 0)
    {
        var part = new Form(Easel, _distance, _hair / MathF.Abs(scale));
        Easel.Canvas.Translate(x, y);
        Easel.Canvas.RotateDegrees(degrees);
        Easel.Canvas.Scale(scale, MathF.Abs(scale));
        return part;
    }

    /// <summary>The colour the prompt names, or else one of the thing's own hues.</summary>
    public Pigment Coat(SeededRandom random, float lightness, float chroma, params ReadOnlySpan<float> hues)
    {
        var own = hues[random.Below(hues.Length)];
        return Easel.Scene switch
        {
            { Grey: { } grey } => Pigment.Of(grey, 0.008f, 260),
            { Hue: { } hue } => Pigment.Of(lightness, MathF.Max(0.12f, chroma), hue),
            _ => Pigment.Of(lightness, chroma, own),
        };
    }

    public SKColor Tone(Pigment own, float lit = 0, float alpha = 1) => Easel.Light.On(own, _distance, lit).Colour(alpha);

    /// <summary>A solid: light where it faces the light, dark where it turns away, and a contour that lifts it off its ground.</summary>
    /// <param name="relief">How much it turns; 0 for what is flat.</param>
    public void Body(SKPath path, Pigment own, float relief = 1, float lit = 0)
    {
        var bounds = path.Bounds;
        using (var shader = SKShader.CreateLinearGradient(
            new(bounds.Left, bounds.Top),
            new(bounds.Left + (bounds.Width * 0.75f), bounds.Bottom),
            [Tone(own, lit + (0.42f * relief)), Tone(own, lit), Tone(own, lit - (0.62f * relief))],
            [0, 0.4f, 1],
            SKShaderTileMode.Clamp))
        {
            Easel.Fill(path, shader);
        }

        Contour(path, own);
    }

    public void Body(string outline, Pigment own, float relief = 1, float lit = 0)
    {
        using var path = SKPath.ParseSvgPathData(outline);
        Body(path, own, relief, lit);
    }

    public void Box(float left, float top, float right, float bottom, Pigment own, float relief = 1, float radius = 0, float lit = 0)
    {
        using var path = Rounded(left, top, right, bottom, radius);
        Body(path, own, relief, lit);
    }

    /// <summary>An upright cylinder.</summary>
    public void Tube(float left, float top, float right, float bottom, Pigment own, float lit = 0)
    {
        using var path = Rounded(left, top, right, bottom, 0);
        Round(path, own, lit);
    }

    /// <summary>A solid of revolution: shaded across, brightest a third from the light.</summary>
    public void Round(SKPath path, Pigment own, float lit = 0)
    {
        var bounds = path.Bounds;
        using (var shader = SKShader.CreateLinearGradient(
            new(bounds.Left, 0),
            new(bounds.Right, 0),
            [Tone(own, lit - 0.1f), Tone(own, lit + 0.5f), Tone(own, lit), Tone(own, lit - 0.75f)],
            [0, 0.28f, 0.55f, 1],
            SKShaderTileMode.Clamp))
        {
            Easel.Fill(path, shader);
        }

        Contour(path, own);
    }

    public void Round(string outline, Pigment own, float lit = 0)
    {
        using var path = SKPath.ParseSvgPathData(outline);
        Round(path, own, lit);
    }

    public void Ball(float x, float y, float radiusX, float radiusY, Pigment own, float lit = 0)
    {
        using var builder = new SKPathBuilder();
        builder.AddOval(new(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
        using var path = builder.Detach();
        using (var shader = SKShader.CreateRadialGradient(
            new(x - (0.4f * radiusX), y - (0.45f * radiusY)),
            1.55f * MathF.Max(radiusX, radiusY),
            [Tone(own, lit + 0.6f), Tone(own, lit), Tone(own, lit - 0.85f)],
            [0, 0.45f, 1],
            SKShaderTileMode.Clamp))
        {
            Easel.Fill(path, shader);
        }

        Contour(path, own);
    }

    /// <summary>A surface without relief and contour.</summary>
    public void Flat(string outline, Pigment own, float lit = 0, float alpha = 1)
    {
        using var path = SKPath.ParseSvgPathData(outline);
        Easel.Fill(path, Tone(own, lit, alpha));
    }

    public void Patch(float left, float top, float right, float bottom, Pigment own, float lit = 0, float alpha = 1) =>
        Easel.Fill(new SKRect(left, top, right, bottom), Tone(own, lit, alpha));

    public void Oval(float x, float y, float radiusX, float radiusY, Pigment own, float lit = 0, float alpha = 1) =>
        Easel.Oval(x, y, radiusX, radiusY, Tone(own, lit, alpha));

    public void Ring(float x, float y, float radius, Pigment own, float width, float lit = 0) =>
        Easel.Ring(x, y, radius, Tone(own, lit), width);

    /// <summary>A rod: a line with light along its upper side.</summary>
    public void Rod(float x0, float y0, float x1, float y1, Pigment own, float width, float lit = 0)
    {
        Easel.Line(x0, y0, x1, y1, Tone(own, lit - 0.3f), width);
        Easel.Line(x0 - (width * 0.16f), y0 - (width * 0.16f), x1 - (width * 0.16f), y1 - (width * 0.16f), Tone(own, lit + 0.35f), width * 0.45f);
    }

    public void Line(float x0, float y0, float x1, float y1, Pigment own, float width, float lit = 0, float alpha = 1) =>
        Easel.Line(x0, y0, x1, y1, Tone(own, lit, alpha), width);

    public void Stroke(string outline, Pigment own, float width, float lit = 0, float alpha = 1)
    {
        using var path = SKPath.ParseSvgPathData(outline);
        Easel.Stroke(path, Tone(own, lit, alpha), width);
    }

    /// <summary>Light thrown back by something smooth.</summary>
    public void Shine(string outline, float alpha = 0.5f)
    {
        using var path = SKPath.ParseSvgPathData(outline);
        Easel.Fill(path, Easel.Light.Beam.Mix(Pigment.White, 0.5f).Colour(alpha * (0.45f + (0.55f * Easel.Light.Strength))));
    }

    /// <summary>What shines by itself, whatever the light.</summary>
    public void Lamp(float x, float y, float radius, Pigment own, float strength = 1)
    {
        Easel.Glow(x, y, radius * (IsLit ? 5 : 3), own.Colour((IsLit ? 0.7f : 0.35f) * strength));
        Easel.Circle(x, y, radius, own.Colour());
    }

    /// <summary>The shadow on the ground it stands on.</summary>
    public void Shadow(float half, float y = 0, float x = 0.12f)
    {
        var shade = Easel.Light.Shade with { L = Easel.Light.Shade.L * 0.5f };
        Easel.Oval(x, y, half * 1.08f, half * 0.13f, shade.Colour(0.28f));
        Easel.Oval(x * 0.5f, y, half * 0.9f, half * 0.08f, shade.Colour(0.38f));
    }

    /// <summary>A pane of glass: lit from within when it is dark, else a piece of sky.</summary>
    public void Pane(float left, float top, float right, float bottom, bool isLit = true)
    {
        var rect = new SKRect(left, top, right, bottom);
        if (IsLit && isLit)
        {
            Easel.Fill(rect, Pigment.Of(0.88f, 0.12f, 80).Colour());
            return;
        }

        using var sky = SKShader.CreateLinearGradient(
            new(left, top), new(right, bottom), [Tone(Pigment.Of(0.74f, 0.05f, 235), 0.3f), Tone(Pigment.Of(0.42f, 0.05f, 245))], SKShaderTileMode.Clamp);
        Easel.Fill(rect, sky);
    }

    // Of a picture within the picture.
    private static float Enlargement(SKMatrix matrix) => MathF.Sqrt(MathF.Abs((matrix.ScaleX * matrix.ScaleY) - (matrix.SkewX * matrix.SkewY)));

    private static SKPath Rounded(float left, float top, float right, float bottom, float radius)
    {
        using var builder = new SKPathBuilder();
        builder.AddRoundRect(new SKRoundRect(new(left, top, right, bottom), radius));
        return builder.Detach();
    }

    // By day a darker edge, in the dark a paler one: a thing must stand out from a ground of its own colour.
    private void Contour(SKPath path, Pigment own)
    {
        var colour = Easel.Light.IsDark
            ? Tone(own.Lighter(0.18f), 0.35f, 0.4f)
            : Tone(own.Darker(0.24f), -0.4f, 0.6f);
        Easel.Stroke(path, colour, _hair);
    }
}
