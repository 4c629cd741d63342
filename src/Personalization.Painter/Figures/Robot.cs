namespace Personalization.Painter.Figures;

/// <summary>A robot of plates and joints that looks at the viewer, one unit high without its antenna.</summary>
internal sealed class Robot(FigureCanvas figure, SeededRandom random)
{
    public void Paint()
    {
        var scene = figure.Easel.Scene;
        var own = scene.Hue is { } hue ? Pigment.Of(0.62f, 0.12f, hue) : scene.Grey is { } grey ? Pigment.Of(Math.Clamp(grey, 0.3f, 0.92f), 0.01f, 260) : Pigment.Of(0.72f, random.Pick(0.02f, 0.09f), random.Pick(250f, 60f, 195f));
        var dark = Pigment.Of(0.36f, 0.02f, 260);
        var glow = Pigment.Of(0.86f, 0.13f, random.Pick(200f, 195f, 85f));
        figure.Shadow(0, 0.34f, 0.035f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Limb(side * 0.11f, -0.36f, 0.036f, side * 0.12f, -0.08f, 0.036f), dark, 0.02f);
            figure.Form(Plate(side * 0.12f, -0.12f, 0.062f, 0.07f), own, 0.03f);
            figure.Form(new Shape().Curve(side * 0.03f, 0, side * 0.05f, -0.07f, side * 0.14f, -0.09f, side * 0.23f, -0.05f, side * 0.24f, 0), own.Darker(0.08f), 0.03f);
            var (handX, handY) = (side * 0.34f, side < 0 ? -0.32f : -0.62f);
            figure.Form(new Shape().Limb(side * 0.24f, -0.58f, 0.03f, side * 0.33f, -0.46f, 0.03f, handX, handY, 0.028f), dark, 0.02f);
            figure.Form(new Shape().Oval(side * 0.24f, -0.58f, 0.062f, 0.062f), own, 0.03f);
            figure.Form(new Shape().Oval(handX, handY, 0.05f, 0.05f).Limb(handX, handY, 0.02f, handX - 0.04f, handY + (side < 0 ? 0.08f : -0.08f), 0.014f).Limb(handX, handY, 0.02f, handX + 0.04f, handY + (side < 0 ? 0.08f : -0.08f), 0.014f), own.Darker(0.1f), 0.02f);
        }

        figure.Form(new Shape().Polygon(-0.05f, -0.7f, 0.05f, -0.7f, 0.05f, -0.6f, -0.05f, -0.6f), dark, 0.02f);
        figure.Form(Plate(0, -0.47f, 0.2f, 0.17f), own, 0.06f, 0, () =>
        {
            figure.Flat(Plate(0, -0.5f, 0.11f, 0.07f), dark);
            for (var i = 0; i < 3; i++)
            {
                figure.Easel.Circle(-0.06f + (0.06f * i), -0.52f, 0.016f, Pigment.Of(0.75f, 0.15f, 30 + (i * 58)).Colour());
            }

            figure.Easel.Line(-0.07f, -0.47f, 0.07f, -0.47f, glow.Colour(), 0.012f);
        });
        figure.Easel.Line(0, -0.98f, 0, -1.08f, figure.Tone(dark), 0.014f);
        figure.Easel.Circle(0, -1.09f, 0.026f, Pigment.Of(0.65f, 0.19f, 27).Colour());
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Oval(side * 0.185f, -0.82f, 0.03f, 0.055f), dark, 0.015f);
        }

        figure.Form(Plate(0, -0.83f, 0.18f, 0.145f), own, 0.05f);
        figure.Flat(Plate(0, -0.84f, 0.14f, 0.085f), Pigment.Of(0.22f, 0.02f, 260));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Easel.Glow(side * 0.066f, -0.85f, 0.085f, glow.Colour(0.8f));
            figure.Easel.Circle(side * 0.066f, -0.85f, 0.034f, glow.Colour());
            figure.Easel.Circle((side * 0.066f) + 0.01f, -0.862f, 0.011f, SkiaSharp.SKColors.White);
        }

        for (var i = -2; i < 3; i++)
        {
            figure.Easel.Line(i * 0.022f, -0.725f, i * 0.022f, -0.7f, figure.Tone(dark), 0.009f);
        }
    }

    private static Shape Plate(float x, float y, float halfWide, float halfTall)
    {
        var (cutX, cutY) = (halfWide * 0.86f, halfTall * 0.82f);
        return new Shape().Curve(x - cutX, y - halfTall, x, y - halfTall, x + cutX, y - halfTall, x + halfWide, y - cutY, x + halfWide, y, x + halfWide, y + cutY, x + cutX, y + halfTall, x, y + halfTall, x - cutX, y + halfTall, x - halfWide, y + cutY, x - halfWide, y, x - halfWide, y - cutY);
    }
}
