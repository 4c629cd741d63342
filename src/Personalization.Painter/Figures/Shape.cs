using System.Runtime.InteropServices;
using SkiaSharp;

namespace Personalization.Painter.Figures;

/// <summary>
/// The outline of a part of a figure, put together from limbs, ovals and curves. All turn one way, so that the winding rule
/// makes them one shape.
/// </summary>
internal sealed class Shape : IDisposable
{
    private readonly SKPathBuilder _builder = new();

    /// <summary>A tapered tube along a smooth line.</summary>
    /// <param name="joints">At least two of x, y and radius.</param>
    public Shape Limb(params ReadOnlySpan<float> joints)
    {
        const int between = 5;
        var (x, y, radius) = (joints[0], joints[1], joints[2]);
        _builder.AddCircle(x, y, radius);
        for (var i = 0; i + 3 < joints.Length; i += 3)
        {
            for (var step = 1; step <= between; step++)
            {
                var t = (float)step / between;
                var (nextX, nextY, nextRadius) = (Spline(joints, i, 0, t), Spline(joints, i, 1, t), Math.Max(0.001f, Spline(joints, i, 2, t)));
                Segment(x, y, radius, nextX, nextY, nextRadius);
                (x, y, radius) = (nextX, nextY, nextRadius);
            }
        }

        return this;
    }

    /// <param name="turn">Degrees, clockwise.</param>
    public Shape Oval(float x, float y, float radiusX, float radiusY, float turn = 0)
    {
        const int count = 14;
        var (sine, cosine) = MathF.SinCos(turn * MathF.PI / 180);
        Span<float> points = stackalloc float[2 * count];
        for (var i = 0; i < count; i++)
        {
            var (down, across) = MathF.SinCos(i * MathF.Tau / count);
            points[2 * i] = x + (across * radiusX * cosine) - (down * radiusY * sine);
            points[(2 * i) + 1] = y + (across * radiusX * sine) + (down * radiusY * cosine);
        }

        return Curve(points);
    }

    /// <summary>A closed smooth curve.</summary>
    /// <param name="points">At least three of x and y.</param>
    public Shape Curve(params ReadOnlySpan<float> points)
    {
        var corners = Clockwise(points);
        using var path = Easel.Curve(corners, closed: true);
        _builder.AddPath(path);
        return this;
    }

    /// <param name="points">At least three corners of x and y.</param>
    public Shape Polygon(params ReadOnlySpan<float> points)
    {
        var corners = Clockwise(points);
        _builder.MoveTo(corners[0]);
        foreach (var corner in corners.AsSpan(1))
        {
            _builder.LineTo(corner);
        }

        _builder.Close();
        return this;
    }

    public SKPath Detach() => _builder.Detach();

    public void Dispose() => _builder.Dispose();

    private void Segment(float x0, float y0, float radius0, float x1, float y1, float radius1)
    {
        var (dx, dy) = (x1 - x0, y1 - y0);
        var length = MathF.Max(1e-5f, MathF.Sqrt((dx * dx) + (dy * dy)));
        var (nx, ny) = (-dy / length, dx / length);
        _builder.AddCircle(x1, y1, radius1);
        _builder.MoveTo(x0 - (nx * radius0), y0 - (ny * radius0));
        _builder.LineTo(x1 - (nx * radius1), y1 - (ny * radius1));
        _builder.LineTo(x1 + (nx * radius1), y1 + (ny * radius1));
        _builder.LineTo(x0 + (nx * radius0), y0 + (ny * radius0));
        _builder.Close();
    }

    // Catmull-Rom through one of the three numbers of each joint.
    private static float Spline(ReadOnlySpan<float> joints, int from, int part, float t)
    {
        var (a, b) = (joints[from + part], joints[from + 3 + part]);
        var before = from >= 3 ? joints[from - 3 + part] : a;
        var after = from + 6 < joints.Length ? joints[from + 6 + part] : b;
        return 0.5f * ((2 * a) + ((b - before) * t) + (((2 * before) - (5 * a) + (4 * b) - after) * t * t) + (((3 * a) - before - (3 * b) + after) * t * t * t));
    }

    private static SKPoint[] Clockwise(ReadOnlySpan<float> points)
    {
        var corners = MemoryMarshal.Cast<float, SKPoint>(points).ToArray();
        var area = 0f;
        for (var i = 0; i < corners.Length; i++)
        {
            var next = corners[(i + 1) % corners.Length];
            area += (corners[i].X * next.Y) - (next.X * corners[i].Y);
        }

        if (area < 0)
        {
            Array.Reverse(corners);
        }

        return corners;
    }
}
