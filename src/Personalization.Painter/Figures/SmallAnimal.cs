namespace Personalization.Painter.Figures;

/// <summary>What creeps and hops: snake, turtle, frog. On the ground at y = 0, about two units wide, facing right.</summary>
internal sealed class SmallAnimal(FigureCanvas figure, Motif animal, SeededRandom random)
{
    public void Paint()
    {
        figure.Shadow(0, animal == Motif.Frog ? 0.62f : 0.95f, 0.07f);
        switch (animal)
        {
            case Motif.Snake:
                Snake();
                break;
            case Motif.Turtle:
                Turtle();
                break;
            default:
                Frog();
                break;
        }
    }

    private Pigment Own(float lightness, float chroma, params ReadOnlySpan<float> hues)
    {
        var hue = random.Pick(hues);
        return figure.Easel.Scene switch
        {
            { Grey: { } grey } => Pigment.Of(grey, 0.012f, 265),
            { Hue: { } said } => Pigment.Of(lightness, MathF.Max(chroma, 0.12f), said),
            _ => Pigment.Of(lightness, chroma, hue),
        };
    }

    private void Snake()
    {
        var own = Own(0.58f, 0.13f, 140, 85, 40);
        var mark = own.Darker(0.24f);

        // Coils from the back to the front, then the raised neck.
        ReadOnlySpan<(float Y, float Wide, float Thick)> coils = [(-0.42f, 0.4f, 0.11f), (-0.27f, 0.6f, 0.13f), (-0.11f, 0.76f, 0.13f)];
        foreach (var (y, wide, thick) in coils)
        {
            figure.Form(new Shape().Limb(-wide, y, thick, -wide * 0.6f, y - 0.08f, thick, wide * 0.6f, y - 0.08f, thick, wide, y, thick, wide * 0.6f, y + 0.06f, thick, -wide * 0.6f, y + 0.06f, thick, -wide, y, thick), own, 0.06f, 0, () =>
            {
                for (var x = -wide; x < wide + 0.1f; x += 0.17f)
                {
                    figure.Flat(new Shape().Polygon(x, y - 0.12f, x + 0.08f, y - 0.02f, x, y + 0.09f, x - 0.08f, y - 0.02f), mark, 0, 0.75f);
                }
            });
        }

        figure.Form(new Shape().Limb(-0.7f, -0.05f, 0.09f, -1f, -0.04f, 0.05f, -1.2f, -0.12f, 0.015f), own, 0.03f);
        figure.Form(new Shape().Limb(0.1f, -0.46f, 0.11f, -0.1f, -0.74f, 0.1f, 0.16f, -0.96f, 0.095f, 0.3f, -1.16f, 0.1f, 0.5f, -1.2f, 0.12f, 0.7f, -1.16f, 0.08f), own, 0.05f, 0, () =>
        {
            for (var i = 0; i < 6; i++)
            {
                figure.Easel.Line(0.02f + (0.04f * i), -0.62f - (0.1f * i), 0.2f + (0.05f * i), -0.62f - (0.1f * i), figure.Tone(own.Lighter(0.18f), 0, 0.6f), 0.03f);
            }
        });
        figure.Stroke(Pigment.Of(0.56f, 0.2f, 22), 0.022f, 1, 0.76f, -1.14f, 0.9f, -1.13f, 1f, -1.18f);
        figure.Stroke(Pigment.Of(0.56f, 0.2f, 22), 0.022f, 1, 0.88f, -1.13f, 0.94f, -1.12f, 1f, -1.08f);
        figure.Easel.Circle(0.55f, -1.23f, 0.045f, Pigment.Of(0.85f, 0.16f, 95).Colour());
        figure.Oval(0.56f, -1.23f, 0.014f, 0.04f, Pigment.Black);
    }

    private void Turtle()
    {
        var skin = Own(0.62f, 0.1f, 130, 115);
        var shell = Pigment.Of(0.46f, 0.08f, random.Pick(70f, 95f, 130f));
        figure.Form(new Shape().Limb(-0.4f, -0.2f, 0.15f, -0.56f, -0.06f, 0.11f).Limb(0.36f, -0.2f, 0.15f, 0.5f, -0.06f, 0.11f), skin.Darker(0.06f), 0.05f, -0.3f);
        figure.Form(new Shape().Limb(-0.74f, -0.22f, 0.08f, -0.98f, -0.12f, 0.015f), skin, 0.03f);
        figure.Form(new Shape().Limb(0.6f, -0.3f, 0.13f, 0.82f, -0.48f, 0.12f, 0.98f, -0.6f, 0.17f, 1.08f, -0.57f, 0.13f), skin, 0.06f);
        figure.Form(new Shape().Curve(0.86f, -0.24f, 0.66f, -0.58f, 0.2f, -0.84f, -0.3f, -0.82f, -0.7f, -0.54f, -0.88f, -0.22f, -0.5f, -0.14f, 0.5f, -0.14f), shell, 0.12f, 0, () =>
        {
            foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(-0.56f, -0.44f), (-0.22f, -0.58f), (0.16f, -0.6f), (0.52f, -0.46f), (-0.36f, -0.78f), (0.0f, -0.84f), (0.36f, -0.78f)])
            {
                figure.Form(new Shape().Polygon(x - 0.16f, y, x - 0.08f, y - 0.14f, x + 0.08f, y - 0.14f, x + 0.16f, y, x + 0.08f, y + 0.14f, x - 0.08f, y + 0.14f), shell.Lighter(0.1f), 0.03f);
            }
        });
        figure.Form(new Shape().Limb(-0.86f, -0.2f, 0.05f, 0, -0.13f, 0.06f, 0.86f, -0.2f, 0.05f), shell.Lighter(0.14f), 0.03f);
        figure.Form(new Shape().Limb(-0.5f, -0.16f, 0.15f, -0.66f, 0.0f, 0.11f).Limb(0.46f, -0.16f, 0.15f, 0.62f, 0.0f, 0.11f), skin, 0.05f);
        figure.Eye(1.06f, -0.64f, 0.042f);
        figure.Stroke(skin.Darker(0.25f), 0.018f, 0.9f, 1.2f, -0.52f, 1.1f, -0.48f, 1f, -0.5f);
    }

    private void Frog()
    {
        var own = Own(0.64f, 0.16f, 138, 130);
        var pale = Pigment.Of(0.9f, 0.07f, 110);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Limb(side * 0.36f, -0.3f, 0.18f, side * 0.64f, -0.26f, 0.16f, side * 0.44f, -0.06f, 0.1f).Oval(side * 0.56f, -0.04f, 0.22f, 0.06f), own.Darker(0.04f), 0.06f);
        }

        figure.Form(new Shape().Oval(0, -0.36f, 0.44f, 0.36f), own, 0.09f, 0, () => figure.Oval(0, -0.22f, 0.28f, 0.28f, pale, 0, 0.95f));
        figure.Form(new Shape().Oval(-0.26f, -0.94f, 0.15f, 0.15f).Oval(0.26f, -0.94f, 0.15f, 0.15f).Oval(0, -0.72f, 0.48f, 0.27f), own, 0.08f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Limb(side * 0.24f, -0.36f, 0.08f, side * 0.22f, -0.08f, 0.07f).Oval(side * 0.24f, -0.03f, 0.13f, 0.05f), own.Lighter(0.02f), 0.04f);
            figure.Oval(side * 0.26f, -0.95f, 0.11f, 0.11f, Pigment.Of(0.95f, 0.04f, 100));
            figure.Eye(side * 0.26f, -0.95f, 0.07f);
            figure.Oval(side * 0.06f, -0.76f, 0.018f, 0.013f, own.Darker(0.3f));
        }

        figure.Stroke(own.Darker(0.3f), 0.024f, 0.9f, -0.32f, -0.7f, -0.14f, -0.6f, 0, -0.585f, 0.14f, -0.6f, 0.32f, -0.7f);
    }
}
