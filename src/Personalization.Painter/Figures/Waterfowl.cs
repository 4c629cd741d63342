namespace Personalization.Painter.Figures;

/// <summary>A swan or a duck afloat: the waterline at y = 0, a swan's head about 1.2 units up, facing right.</summary>
internal sealed class Waterfowl(FigureCanvas figure, Motif bird, SeededRandom random)
{
    private static readonly Pigment Orange = Pigment.Of(0.7f, 0.16f, 55);

    public void Paint()
    {
        if (bird == Motif.Swan)
        {
            Swan();
        }
        else
        {
            Duck();
        }

        for (var i = 0; i < 5; i++)
        {
            var wide = 0.74f + (0.12f * i);
            figure.Stroke(Pigment.Of(0.93f, 0.015f, 220), 0.016f, 0.6f - (0.1f * i), -wide, 0.03f + (0.035f * i), -wide * 0.4f, 0.045f + (0.04f * i), wide * 0.4f, 0.045f + (0.04f * i), wide, 0.03f + (0.035f * i));
        }
    }

    private void Swan()
    {
        var own = figure.Easel.Scene.Grey is { } grey ? Pigment.Of(grey, 0.01f, 265) : Pigment.Of(0.97f, 0.008f, 80);
        Reflection(own);
        figure.Form(new Shape().Limb(0.34f, -0.2f, 0.19f, 0.52f, -0.46f, 0.1f, 0.42f, -0.74f, 0.072f, 0.36f, -0.96f, 0.068f, 0.48f, -1.12f, 0.075f, 0.58f, -1.09f, 0.07f), own, 0.06f);
        figure.Form(new Shape().Polygon(0.6f, -1.14f, 0.82f, -1.02f, 0.62f, -1.03f), Orange, 0.02f);
        figure.Flat(new Shape().Polygon(0.58f, -1.15f, 0.65f, -1.12f, 0.62f, -1.04f), Pigment.Of(0.18f, 0.01f, 280));
        figure.Eye(0.535f, -1.115f, 0.022f);
        figure.Form(new Shape().Curve(0.62f, -0.16f, 0.5f, -0.34f, 0.2f, -0.42f, -0.2f, -0.42f, -0.56f, -0.4f, -0.88f, -0.5f, -0.7f, -0.2f, -0.5f, 0, 0.1f, 0.02f, 0.5f, 0), own, 0.1f);
        Wing(own, -0.86f, -0.62f);
    }

    private void Duck()
    {
        var isMallard = figure.Easel.Scene.Grey is null && random.Happens(0.65f);
        var own = isMallard ? Pigment.Of(0.74f, 0.018f, 80) : figure.Easel.Scene.Grey is { } grey ? Pigment.Of(grey, 0.01f, 265) : Pigment.Of(0.96f, 0.015f, 85);
        var (head, chest) = isMallard ? (Pigment.Of(0.42f, 0.1f, 155), Pigment.Of(0.42f, 0.07f, 45)) : (own, own);
        Reflection(own);
        figure.Form(new Shape().Curve(0.58f, -0.16f, 0.44f, -0.36f, 0.1f, -0.38f, -0.3f, -0.36f, -0.6f, -0.36f, -0.8f, -0.44f, -0.68f, -0.16f, -0.46f, 0, 0.1f, 0.02f, 0.46f, 0), own, 0.09f, 0, () =>
        {
            figure.Flat(new Shape().Curve(0.28f, -0.5f, 0.7f, -0.5f, 0.7f, 0.1f, 0.3f, 0.1f, 0.2f, -0.16f), chest, 0, 0.95f);
            figure.Flat(new Shape().Curve(-0.56f, -0.4f, -0.84f, -0.5f, -0.84f, -0.1f, -0.6f, 0), isMallard ? Pigment.Of(0.25f, 0.015f, 270) : own, 0, 0.9f);
        });
        figure.Form(new Shape().Limb(0.4f, -0.28f, 0.14f, 0.44f, -0.5f, 0.115f, 0.48f, -0.62f, 0.155f), head, 0.06f, 0, () =>
        {
            if (isMallard)
            {
                figure.Easel.Line(0.2f, -0.4f, 0.7f, -0.44f, figure.Tone(Pigment.White), 0.045f);
            }
        });
        figure.Form(new Shape().Curve(0.6f, -0.68f, 0.8f, -0.6f, 0.86f, -0.55f, 0.72f, -0.53f, 0.6f, -0.55f), isMallard ? Pigment.Of(0.82f, 0.15f, 92) : Orange, 0.025f);
        figure.Eye(0.53f, -0.66f, 0.028f);
        Wing(isMallard ? Pigment.Of(0.6f, 0.025f, 70) : own.Darker(0.03f), -0.62f, -0.48f);
    }

    // Feathers in three rows, the tips behind.
    private void Wing(Pigment own, float tip, float rise)
    {
        for (var row = 0; row < 3; row++)
        {
            var y = rise + (0.1f * row);
            figure.Form(new Shape().Curve(0.34f, -0.3f, 0.1f, y + 0.08f, tip * 0.6f, y - 0.02f, tip + (0.1f * row), y + 0.04f, tip * 0.5f, -0.2f + (0.05f * row), 0.16f, -0.14f + (0.02f * row)), own.Darker(0.015f * row), 0.06f);
        }

        for (var i = 0; i < 5; i++)
        {
            figure.Stroke(own.Darker(0.12f), 0.012f, 0.5f, 0.1f - (0.1f * i), -0.3f + (0.02f * i), -0.1f - (0.1f * i), -0.26f + (0.01f * i), -0.24f - (0.1f * i), -0.3f);
        }
    }

    private void Reflection(Pigment own) => figure.Flat(new Shape().Oval(0.02f, 0.1f, 0.62f, 0.14f), own.Darker(0.25f), -0.2f, 0.35f);
}
