using SkiaSharp;

namespace Personalization.Painter;

/// <summary>What every layer paints with: the canvas, the light, the style and the random numbers.</summary>
/// <remarks>One paint object serves all strokes; an easel belongs to one thread.</remarks>
internal sealed class Easel : IDisposable
{
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private readonly CancellationToken _cancellationToken;

    public Easel(SKCanvas canvas, int width, int height, Scene scene, Look look, SeededRandom random, CancellationToken cancellationToken)
    {
        Canvas = canvas;
        Width = width;
        Height = height;
        Scene = scene;
        Look = look;
        Random = random;
        Light = Light.For(scene, look, random.Fork("light"), width, height);
        _cancellationToken = cancellationToken;
    }

    public SKCanvas Canvas { get; }

    public float Width { get; }

    public float Height { get; }

    public Scene Scene { get; }

    public Look Look { get; }

    public SeededRandom Random { get; }

    public Light Light { get; }

    /// <summary>Pixels per pixel of a 512 picture: sizes are thought of at 512.</summary>
    public float Unit => MathF.Min(MathF.Min(Width, Height) * 1.35f, MathF.Sqrt(Width * Height)) / 512;

    /// <summary>Which way things lean, flow and run in this picture.</summary>
    public float Lean => Light.X < Width / 2 ? 1 : -1;

    public void Dispose() => _paint.Dispose();

    /// <summary>Called between layers, so that cancelling stops the painting within one layer.</summary>
    public void ThrowIfCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    public void Fill(SKPath path, SKColor colour)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        Canvas.DrawPath(path, _paint);
    }

    public void Fill(SKPath path, SKShader shader, float alpha = 1)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = SKColors.White.WithAlpha((byte)(255 * alpha));
        _paint.Shader = shader;
        Canvas.DrawPath(path, _paint);
        _paint.Shader = null;
    }

    public void Fill(SKRect rect, SKShader shader, SKBlendMode mode = SKBlendMode.SrcOver)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = SKColors.White;
        _paint.Shader = shader;
        _paint.BlendMode = mode;
        Canvas.DrawRect(rect, _paint);
        _paint.BlendMode = SKBlendMode.SrcOver;
        _paint.Shader = null;
    }

    public void Fill(SKRect rect, SKColor colour)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        Canvas.DrawRect(rect, _paint);
    }

    public void Stroke(SKPath path, SKColor colour, float width, SKStrokeCap cap = SKStrokeCap.Round)
    {
        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeCap = cap;
        _paint.StrokeJoin = SKStrokeJoin.Round;
        _paint.StrokeWidth = width;
        _paint.Color = colour;
        Canvas.DrawPath(path, _paint);
    }

    public void Line(float x0, float y0, float x1, float y1, SKColor colour, float width)
    {
        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeCap = SKStrokeCap.Round;
        _paint.StrokeWidth = width;
        _paint.Color = colour;
        Canvas.DrawLine(x0, y0, x1, y1, _paint);
    }

    public void Circle(float x, float y, float radius, SKColor colour) => Oval(x, y, radius, radius, colour);

    public void Oval(float x, float y, float radiusX, float radiusY, SKColor colour)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        Canvas.DrawOval(x, y, radiusX, radiusY, _paint);
    }

    public void Ring(float x, float y, float radius, SKColor colour, float width)
    {
        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeWidth = width;
        _paint.Color = colour;
        Canvas.DrawCircle(x, y, radius, _paint);
    }

    /// <summary>Light that fades from a point to nothing.</summary>
    public void Glow(float x, float y, float radius, SKColor colour, SKBlendMode mode = SKBlendMode.Screen)
    {
        using var shader = SKShader.CreateRadialGradient(
            new(x, y),
            radius,
            [colour, colour.WithAlpha((byte)(colour.Alpha * 0.45f)), colour.WithAlpha((byte)(colour.Alpha * 0.12f)), colour.WithAlpha(0)],
            [0, 0.25f, 0.6f, 1],
            SKShaderTileMode.Clamp);
        Fill(SKRect.Create(x - radius, y - radius, 2 * radius, 2 * radius), shader, mode);
    }

    public static SKShader Vertical(float top, float bottom, params ReadOnlySpan<SKColor> colours) =>
        SKShader.CreateLinearGradient(new(0, top), new(0, bottom), colours.ToArray(), SKShaderTileMode.Clamp);

    /// <summary>
    /// Paints a rectangle from a function of the place in it (0 to 1 both ways), at a resolution of its own. The function is not
    /// asked about places that the picture's edge or the canvas' clip hides, so it must not draw from a random sequence.
    /// </summary>
    public void Field(SKRect area, int columns, int rows, Func<float, float, SKColor> colour, SKBlendMode mode = SKBlendMode.SrcOver)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var (left, right, top, bottom) = Shown(area, columns, rows);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                var c = colour((column + 0.5f) / columns, (row + 0.5f) / rows);
                pixels[(row * columns) + column] = c.Red | ((uint)c.Green << 8) | ((uint)c.Blue << 16) | ((uint)c.Alpha << 24);
            }
        }

        _paint.BlendMode = mode;
        _paint.Color = SKColors.White;
        Canvas.DrawBitmap(bitmap, area, new SKSamplingOptions(SKFilterMode.Linear), _paint);
        _paint.BlendMode = SKBlendMode.SrcOver;
    }

    /// <summary>What a function of x in pixels is in the middle of each column of a <see cref="Field"/>.</summary>
    public static float[] Columns(SKRect area, int columns, Func<float, float> of) =>
        [.. Enumerable.Range(0, columns).Select(column => of(area.Left + ((column + 0.5f) / columns * area.Width)))];

    // The cells that can show within the clip, and two around them, which linear sampling mixes in.
    private (int Left, int Right, int Top, int Bottom) Shown(SKRect area, int columns, int rows)
    {
        const int Around = 2;

        var clip = Canvas.LocalClipBounds;
        var (across, down) = (columns / area.Width, rows / area.Height);
        return (
            Math.Clamp((int)MathF.Floor((clip.Left - area.Left) * across) - Around, 0, columns),
            Math.Clamp((int)MathF.Ceiling((clip.Right - area.Left) * across) + Around, 0, columns),
            Math.Clamp((int)MathF.Floor((clip.Top - area.Top) * down) - Around, 0, rows),
            Math.Clamp((int)MathF.Ceiling((clip.Bottom - area.Top) * down) + Around, 0, rows));
    }

    /// <summary>A smooth curve through points (Catmull-Rom as cubics).</summary>
    public static SKPath Curve(ReadOnlySpan<SKPoint> points, bool closed)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0]);
        var count = points.Length;
        for (var i = 0; i < (closed ? count : count - 1); i++)
        {
            var before = points[closed ? (i + count - 1) % count : Math.Max(i - 1, 0)];
            var from = points[i];
            var to = points[(i + 1) % count];
            var after = points[closed ? (i + 2) % count : Math.Min(i + 2, count - 1)];
            builder.CubicTo(
                new(from.X + ((to.X - before.X) / 6), from.Y + ((to.Y - before.Y) / 6)),
                new(to.X - ((after.X - from.X) / 6), to.Y - ((after.Y - from.Y) / 6)),
                to);
        }

        if (closed)
        {
            builder.Close();
        }

        return builder.Detach();
    }

    /// <summary>Everything below a height given for each x.</summary>
    public SKPath Below(Func<float, float> height, float step)
    {
        using var builder = new SKPathBuilder();
        var margin = Width * 0.15f;
        var bottom = Height * 1.2f;
        builder.MoveTo(-margin, bottom);
        for (var x = -margin; x <= Width + margin + step; x += step)
        {
            builder.LineTo(x, height(x));
        }

        builder.LineTo(Width + margin, bottom);
        builder.Close();
        return builder.Detach();
    }
}
