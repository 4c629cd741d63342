namespace Personalization.Painter.Figures;

/// <summary>Fish and whales from the side, the middle at (0, 0), about two units long, facing right.</summary>
internal sealed class Swimmer(FigureCanvas figure, Motif animal, SeededRandom random)
{
    private static readonly Pigment Ink = Pigment.Of(0.17f, 0.015f, 265);

    /// <summary>One unit as a share of the smaller side of a picture that it has for itself.</summary>
    public static float SizeOf(Motif animal) => animal switch { Motif.Whale => 0.42f, Motif.Shark => 0.36f, Motif.Dolphin => 0.31f, _ => 0.26f };

    public void Paint()
    {
        switch (animal)
        {
            case Motif.Whale:
                Whale();
                break;
            case Motif.Shark:
                Shark();
                break;
            case Motif.Dolphin:
                Dolphin();
                break;
            default:
                Fish();
                break;
        }
    }

    /// <summary>A carp in a pond, seen from above.</summary>
    public void PaintFromAbove()
    {
        var pale = Pigment.Of(0.95f, 0.015f, 70);
        var patch = Pigment.Of(0.62f, 0.19f, figure.Easel.Scene.Hue ?? random.Pick(38f, 45f, 30f));
        var isWhole = random.Happens(0.3f);
        figure.Oval(-0.1f, 0.14f, 0.95f, 0.26f, Pigment.Of(0.2f, 0.05f, 220), 0, 0.3f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Flat(new Shape().Curve(0.3f, side * 0.18f, 0.2f, side * 0.46f, -0.04f, side * 0.42f, 0.1f, side * 0.2f), pale, 0, 0.75f);
            figure.Flat(new Shape().Curve(-0.34f, side * 0.12f, -0.46f, side * 0.3f, -0.6f, side * 0.26f, -0.5f, side * 0.1f), pale, 0, 0.75f);
        }

        figure.Flat(new Shape().Curve(-0.74f, -0.03f, -1f, -0.26f, -1.22f, -0.2f, -1.06f, 0.03f, -1.2f, 0.26f, -0.98f, 0.22f, -0.74f, 0.07f), pale.Mix(patch, 0.25f), 0, 0.8f);
        figure.Form(new Shape().Limb(0.62f, -0.02f, 0.16f, 0.28f, 0.01f, 0.23f, -0.2f, 0.02f, 0.2f, -0.56f, -0.01f, 0.11f, -0.84f, 0.02f, 0.05f), isWhole ? patch : pale, 0.08f, 0, () =>
        {
            for (var i = 0; i < 5 && !isWhole; i++)
            {
                var each = random.Fork(i);
                figure.Flat(new Shape().Oval(0.62f - (0.34f * i) + each.Between(-0.06f, 0.06f), each.Between(-0.14f, 0.14f), each.Between(0.12f, 0.2f), each.Between(0.09f, 0.17f), each.Between(-40, 40)), i == 3 && each.Happens(0.5f) ? Ink : patch, 0, 0.95f);
            }
        });
        figure.Stroke(pale.Darker(0.1f), 0.02f, 0.7f, 0.2f, 0, -0.1f, 0.02f, -0.4f, 0);
        figure.Oval(0.62f, -0.12f, 0.03f, 0.03f, Ink);
        figure.Oval(0.62f, 0.1f, 0.03f, 0.03f, Ink);
    }

    private void Fish()
    {
        var own = figure.Easel.Scene switch
        {
            { Grey: { } grey } => Pigment.Of(grey, 0.015f, 250),
            { Hue: { } hue } => Pigment.Of(0.66f, 0.16f, hue),
            _ => random.Pick(Pigment.Of(0.7f, 0.18f, 52), Pigment.Of(0.8f, 0.16f, 88), Pigment.Of(0.6f, 0.15f, 255), Pigment.Of(0.64f, 0.19f, 28)),
        };
        var fin = own.Mix(Pigment.Of(0.9f, 0.1f, 75), 0.35f);
        Fin(fin, -0.6f, -0.02f, -1.02f, -0.5f, -1.32f, -0.42f, -1.12f, 0.0f, -1.3f, 0.44f, -0.98f, 0.46f, -0.6f, 0.06f);
        Fin(fin, 0.34f, -0.4f, 0.1f, -0.76f, -0.36f, -0.72f, -0.5f, -0.3f);
        Fin(fin, -0.1f, 0.36f, -0.2f, 0.66f, -0.48f, 0.6f, -0.5f, 0.24f);
        figure.Form(new Shape().Curve(0.86f, 0.04f, 0.66f, -0.22f, 0.24f, -0.46f, -0.28f, -0.4f, -0.7f, -0.08f, -0.7f, 0.1f, -0.28f, 0.4f, 0.24f, 0.46f, 0.66f, 0.28f), own, 0.12f, 0, () =>
        {
            figure.Flat(new Shape().Curve(0.8f, 0.2f, 0.2f, 0.22f, -0.6f, 0.1f, -0.3f, 0.6f, 0.5f, 0.6f), own.Mix(Pigment.White, 0.6f), 0, 0.6f);
            for (var row = 0; row < 6; row++)
            {
                for (var column = 0; column < 7; column++)
                {
                    var (x, y) = (0.24f - (0.13f * column) - (row % 2 * 0.065f), -0.32f + (0.12f * row));
                    figure.Stroke(own.Darker(0.1f), 0.014f, 0.55f, x, y - 0.055f, x - 0.05f, y, x, y + 0.055f);
                }
            }

            figure.Stroke(own.Darker(0.16f), 0.022f, 0.8f, 0.4f, -0.3f, 0.32f, 0, 0.4f, 0.3f);
        });
        Fin(fin.Darker(0.05f), 0.2f, 0.08f, -0.04f, 0.34f, -0.26f, 0.32f, -0.12f, 0.1f, 0.06f, 0.0f);
        figure.Oval(0.58f, -0.1f, 0.1f, 0.1f, Pigment.White);
        figure.Eye(0.6f, -0.1f, 0.065f);
        figure.Stroke(own.Darker(0.25f), 0.022f, 0.9f, 0.86f, 0.06f, 0.78f, 0.1f, 0.72f, 0.09f);
    }

    private void Fin(Pigment own, params ReadOnlySpan<float> outline)
    {
        var (x, y, points) = (outline[0], outline[1], outline.ToArray());
        figure.Form(new Shape().Curve(outline), own, 0.04f, 0, () =>
        {
            for (var i = 2; i + 1 < points.Length; i += 2)
            {
                figure.Easel.Line(x, y, points[i], points[i + 1], figure.Tone(own.Darker(0.12f), 0, 0.6f), 0.018f);
            }
        });
    }

    private void Whale()
    {
        var own = figure.Easel.Scene.Hue is { } hue ? Pigment.Of(0.48f, 0.1f, hue) : Pigment.Of(0.44f, 0.06f, random.Pick(245f, 255f, 235f));
        var pale = Pigment.Of(0.88f, 0.02f, 230);
        Flukes(own.Darker(0.03f), -1.0f, -0.14f);
        figure.Form(new Shape().Limb(0.3f, 0.22f, 0.09f, 0.12f, 0.42f, 0.08f, -0.08f, 0.56f, 0.02f), own.Darker(0.1f), 0.04f, -0.3f);
        figure.Form(new Shape().Curve(1.04f, 0.04f, 0.98f, -0.16f, 0.66f, -0.31f, 0.14f, -0.37f, -0.3f, -0.27f, -0.66f, -0.17f, -1.02f, -0.19f, -1.04f, -0.08f, -0.66f, 0.04f, -0.2f, 0.24f, 0.34f, 0.34f, 0.8f, 0.26f), own, 0.1f, 0, () =>
        {
            figure.Flat(new Shape().Curve(1.1f, 0.06f, 0.8f, 0.1f, 0.4f, 0.12f, -0.1f, 0.14f, -0.6f, 0.04f, -0.3f, 0.5f, 0.6f, 0.5f), pale, 0, 0.92f);
            for (var i = 0; i < 7; i++)
            {
                figure.Stroke(pale.Darker(0.16f), 0.012f, 0.8f, 1.0f - (0.03f * i), 0.12f + (0.026f * i), 0.5f, 0.16f + (0.028f * i), 0.0f, 0.16f + (0.026f * i));
            }

            for (var i = 0; i < figure.Look.Many(16); i++)
            {
                var each = random.Fork(i);
                figure.Oval(each.Between(-0.8f, 0.8f), each.Between(-0.34f, 0), 0.012f, 0.009f, own.Lighter(0.16f), 0, 0.6f);
            }
        });
        figure.Form(new Shape().Polygon(-0.46f, -0.22f, -0.62f, -0.34f, -0.66f, -0.18f), own.Darker(0.04f), 0.03f);
        figure.Form(new Shape().Limb(0.4f, 0.2f, 0.1f, 0.22f, 0.46f, 0.09f, 0.0f, 0.66f, 0.02f), own, 0.04f);
        figure.Stroke(own.Darker(0.18f), 0.016f, 0.9f, 1.03f, 0.06f, 0.82f, 0.08f, 0.64f, 0.05f, 0.56f, 0.0f);
        figure.Eye(0.56f, -0.06f, 0.032f);
    }

    private void Dolphin()
    {
        var own = Pigment.Of(0.56f, 0.045f, figure.Easel.Scene.Hue ?? 245);
        Flukes(own.Darker(0.04f), -0.92f, 0.18f);
        figure.Form(new Shape().Curve(0.06f, -0.34f, -0.06f, -0.6f, -0.26f, -0.66f, -0.2f, -0.3f), own.Darker(0.03f), 0.03f);
        figure.Form(new Shape().Curve(1.08f, 0.06f, 0.84f, 0.0f, 0.7f, -0.2f, 0.34f, -0.36f, -0.1f, -0.34f, -0.6f, -0.08f, -0.94f, 0.14f, -0.9f, 0.22f, -0.5f, 0.18f, 0, 0.2f, 0.5f, 0.22f, 0.82f, 0.13f, 1.06f, 0.12f), own, 0.09f, 0, () =>
            figure.Flat(new Shape().Curve(1.1f, 0.1f, 0.7f, 0.08f, 0.2f, 0.08f, -0.4f, 0.12f, -0.2f, 0.4f, 0.6f, 0.4f), Pigment.Of(0.92f, 0.012f, 230), 0, 0.9f));
        figure.Form(new Shape().Curve(0.4f, 0.12f, 0.3f, 0.4f, 0.12f, 0.48f, 0.2f, 0.16f), own.Darker(0.03f), 0.03f);
        figure.Stroke(own.Darker(0.2f), 0.014f, 0.9f, 1.07f, 0.09f, 0.86f, 0.07f, 0.72f, 0.03f);
        figure.Eye(0.62f, -0.04f, 0.032f);
    }

    private void Shark()
    {
        var (own, pale) = (Pigment.Of(0.52f, 0.03f, figure.Easel.Scene.Hue ?? 245), Pigment.Of(0.93f, 0.008f, 230));
        figure.Form(new Shape().Curve(-0.9f, 0.0f, -1.08f, -0.3f, -1.3f, -0.46f, -1.18f, -0.06f, -1.22f, 0.24f, -1.02f, 0.12f, -0.88f, 0.08f), own.Darker(0.03f), 0.04f);
        figure.Form(new Shape().Curve(0.22f, -0.24f, 0.04f, -0.56f, -0.14f, -0.6f, -0.1f, -0.22f), own.Darker(0.02f), 0.03f);
        figure.Form(new Shape().Curve(-0.5f, -0.12f, -0.6f, -0.22f, -0.68f, -0.22f, -0.66f, -0.08f), own, 0.02f);
        figure.Form(new Shape().Curve(1.08f, -0.04f, 0.7f, -0.22f, 0.2f, -0.3f, -0.4f, -0.17f, -0.94f, -0.02f, -0.94f, 0.06f, -0.4f, 0.16f, 0.2f, 0.25f, 0.7f, 0.17f), own, 0.08f, 0, () =>
        {
            figure.Flat(new Shape().Curve(1.1f, 0.02f, 0.5f, 0.05f, -0.4f, 0.04f, -0.9f, 0.04f, -0.3f, 0.4f, 0.7f, 0.4f), pale, 0, 0.95f);
            for (var i = 0; i < 4; i++)
            {
                figure.Stroke(own.Darker(0.18f), 0.014f, 0.85f, 0.42f - (0.055f * i), -0.1f, 0.39f - (0.055f * i), 0, 0.42f - (0.055f * i), 0.09f);
            }
        });
        figure.Form(new Shape().Curve(0.34f, 0.12f, 0.16f, 0.44f, -0.04f, 0.52f, 0.08f, 0.14f), own.Darker(0.03f), 0.03f);
        figure.Flat(new Shape().Curve(0.94f, 0.07f, 0.76f, 0.06f, 0.66f, 0.12f, 0.8f, 0.12f), Pigment.Of(0.35f, 0.09f, 20));
        for (var i = 0; i < 5; i++)
        {
            figure.Flat(new Shape().Polygon(0.7f + (0.045f * i), 0.07f, 0.74f + (0.045f * i), 0.07f, 0.72f + (0.045f * i), 0.105f), Pigment.White);
        }

        figure.Eye(0.74f, -0.07f, 0.026f);
    }

    private void Flukes(Pigment own, float x, float y) =>
        figure.Form(new Shape().Curve(x + 0.12f, y + 0.02f, x - 0.1f, y - 0.14f, x - 0.36f, y - 0.28f, x - 0.22f, y - 0.04f, x - 0.4f, y + 0.14f, x - 0.12f, y + 0.12f), own, 0.04f);
}
