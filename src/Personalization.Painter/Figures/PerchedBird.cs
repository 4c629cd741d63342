namespace Personalization.Painter.Figures;

/// <summary>A bird on a post, one unit high with it: an owl from the front, others from the side.</summary>
internal sealed class PerchedBird(FigureCanvas figure, Motif bird, SeededRandom random)
{
    private static readonly Pigment Ink = Pigment.Of(0.16f, 0.012f, 280);

    public void Paint()
    {
        if (IsSmall)
        {
            Branch();
            Songbird();
            return;
        }

        figure.Form(new Shape().Polygon(-0.1f, 0.2f, -0.085f, -0.3f, 0.085f, -0.3f, 0.1f, 0.2f), Pigment.Of(0.42f, 0.05f, 58), 0.04f);
        figure.Oval(0, -0.3f, 0.085f, 0.022f, Pigment.Of(0.6f, 0.05f, 66), 0.2f);
        if (bird == Motif.Owl)
        {
            Owl();
            return;
        }

        Side();
    }

    private bool IsSmall => bird is Motif.Sparrow or Motif.Robin or Motif.Songbird;

    // From the edge behind, with a few leaves.
    private void Branch()
    {
        var wood = Pigment.Of(0.4f, 0.045f, 55);
        figure.Form(new Shape().Limb(-1.6f, -0.1f, 0.05f, -0.6f, -0.24f, 0.04f, 0.1f, -0.3f, 0.03f, 0.62f, -0.42f, 0.01f).Limb(-0.3f, -0.26f, 0.024f, -0.14f, -0.12f, 0.016f, 0.04f, -0.06f, 0.006f), wood, 0.02f);
        for (var i = 0; i < 8; i++)
        {
            var each = random.Fork(60 + i);
            var t = i / 7f;
            var (x, y) = (-0.9f + (1.5f * t), -0.2f - (0.2f * t));
            figure.Form(new Shape().Oval(x + 0.05f, y + (each.Sign() * 0.07f), 0.085f, 0.034f, each.Between(-60, 60)), Layers.Foliage.Leaf(figure.Easel, each), 0.015f);
        }
    }

    private void Songbird()
    {
        var (own, chest, cap) = bird switch
        {
            Motif.Robin => (Pigment.Of(0.5f, 0.05f, 65), Pigment.Of(0.62f, 0.17f, 45), Pigment.Of(0.5f, 0.05f, 65)),
            Motif.Sparrow => (Pigment.Of(0.52f, 0.07f, 55), Pigment.Of(0.86f, 0.02f, 75), Pigment.Of(0.44f, 0.08f, 45)),
            _ => random.Pick((Pigment.Of(0.55f, 0.13f, 250), Pigment.Of(0.7f, 0.13f, 55), Pigment.Of(0.48f, 0.14f, 255)), (Pigment.Of(0.52f, 0.18f, 26), Pigment.Of(0.6f, 0.17f, 30), Pigment.Of(0.48f, 0.18f, 26)), (Pigment.Of(0.84f, 0.16f, 95), Pigment.Of(0.9f, 0.12f, 98), Pigment.Of(0.78f, 0.16f, 90))),
        };
        if (figure.Easel.Scene.Hue is { } hue)
        {
            (own, cap) = (Pigment.Of(0.56f, 0.14f, hue), Pigment.Of(0.5f, 0.14f, hue));
        }

        var wing = own.Darker(0.12f);
        figure.Form(new Shape().Limb(-0.16f, -0.46f, 0.06f, -0.36f, -0.36f, 0.045f, -0.52f, -0.3f, 0.035f), wing, 0.02f, -0.1f);
        foreach (var x in (ReadOnlySpan<float>)[0.0f, 0.07f])
        {
            figure.Form(new Shape().Limb(x, -0.3f, 0.012f, x + 0.01f, -0.4f, 0.014f).Limb(x - 0.03f, -0.295f, 0.012f, x + 0.04f, -0.3f, 0.012f), Pigment.Of(0.5f, 0.07f, 45), 0.006f);
        }

        figure.Form(new Shape().Polygon(0.27f, -0.8f, 0.39f, -0.755f, 0.27f, -0.735f), bird == Motif.Robin ? Pigment.Of(0.4f, 0.04f, 60) : Pigment.Of(0.66f, 0.12f, 70), 0.01f);
        figure.Form(new Shape().Limb(-0.12f, -0.46f, 0.12f, 0.03f, -0.54f, 0.19f, 0.11f, -0.66f, 0.15f, 0.15f, -0.76f, 0.135f), own, 0.06f, 0, () =>
        {
            figure.Flat(new Shape().Curve(0.3f, -0.74f, 0.14f, -0.68f, 0.06f, -0.5f, 0.02f, -0.3f, 0.3f, -0.3f, 0.36f, -0.6f), chest, 0, 0.95f);
            figure.Flat(new Shape().Curve(0.0f, -0.4f, 0.1f, -0.44f, 0.2f, -0.42f, 0.1f, -0.3f), Pigment.Of(0.93f, 0.015f, 80), 0, 0.8f);
            figure.Flat(new Shape().Curve(-0.02f, -0.74f, 0.06f, -0.95f, 0.32f, -0.95f, 0.3f, -0.82f, 0.14f, -0.8f), cap, 0, 0.85f);
            if (bird == Motif.Sparrow)
            {
                figure.Oval(0.2f, -0.66f, 0.06f, 0.05f, Ink, 0, 0.8f);
            }
        });
        figure.Form(new Shape().Curve(0.06f, -0.6f, -0.06f, -0.62f, -0.22f, -0.5f, -0.36f, -0.36f, -0.14f, -0.38f, 0.04f, -0.46f), wing, 0.035f, 0, () =>
        {
            for (var i = 0; i < 5; i++)
            {
                figure.Stroke(bird == Motif.Sparrow ? Pigment.Of(0.3f, 0.04f, 50) : wing.Lighter(0.12f), 0.012f, 0.8f, 0.02f - (0.03f * i), -0.56f + (0.025f * i), -0.12f - (0.02f * i), -0.46f + (0.016f * i), -0.28f - (0.01f * i), -0.39f + (0.006f * i));
            }
        });
        figure.Eye(0.2f, -0.785f, 0.026f);
    }

    private void Owl()
    {
        var own = figure.Easel.Scene.Hue is { } hue ? Pigment.Of(0.55f, 0.1f, hue) : Pigment.Of(random.Pick(0.5f, 0.58f), 0.06f, 58);
        var pale = Pigment.Of(0.88f, 0.035f, 78);
        figure.Form(new Shape().Curve(-0.08f, -0.3f, -0.02f, -0.12f, 0.08f, -0.3f), own.Darker(0.1f), 0.03f);
        figure.Form(new Shape().Oval(0, -0.56f, 0.22f, 0.28f).Oval(0, -0.8f, 0.2f, 0.17f).Polygon(-0.2f, -0.82f, -0.2f, -1.02f, -0.06f, -0.93f).Polygon(0.2f, -0.82f, 0.2f, -1.02f, 0.06f, -0.93f), own, 0.07f, 0, () =>
        {
            figure.Flat(new Shape().Oval(0, -0.48f, 0.14f, 0.2f), pale, 0, 0.9f);
            for (var i = 0; i < 24; i++)
            {
                var (x, y) = ((((i % 4) - 1.5f) * 0.06f) + (i / 4 % 2 * 0.03f), -0.62f + (i / 4 * 0.055f));
                figure.Stroke(own.Darker(0.12f), 0.012f, 0.8f, x - 0.02f, y, x, y + 0.022f, x + 0.02f, y);
            }
        });
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Curve(side * 0.16f, -0.7f, side * 0.25f, -0.56f, side * 0.2f, -0.32f, side * 0.12f, -0.24f, side * 0.13f, -0.5f), own.Darker(0.08f), 0.04f);
            figure.Form(new Shape().Oval(side * 0.085f, -0.8f, 0.105f, 0.11f), pale, 0.03f);
            figure.Easel.Circle(side * 0.085f, -0.8f, 0.062f, Pigment.Of(0.8f, 0.16f, 78).Colour());
            figure.Easel.Circle(side * 0.085f, -0.8f, 0.036f, Ink.Colour());
            figure.Easel.Circle((side * 0.085f) + 0.013f, -0.815f, 0.011f, SkiaSharp.SKColors.White);
            figure.Form(new Shape().Oval(side * 0.05f, -0.3f, 0.04f, 0.022f), Pigment.Of(0.72f, 0.12f, 75), 0.015f);
        }

        figure.Form(new Shape().Polygon(-0.03f, -0.79f, 0.03f, -0.79f, 0, -0.7f), Pigment.Of(0.5f, 0.06f, 70), 0.01f);
    }

    private void Side()
    {
        var isRaven = bird == Motif.Raven;
        var hue = figure.Easel.Scene.Hue;
        var own = isRaven ? Pigment.Of(0.24f, 0.025f, 275) : Pigment.Of(0.58f, 0.18f, hue ?? random.Pick(28f, 145f, 255f));
        var wing = isRaven ? Pigment.Of(0.2f, 0.03f, 275) : Pigment.Of(0.58f, 0.15f, (hue ?? 28) + random.Pick(120f, 220f));
        var beak = isRaven ? Pigment.Of(0.17f, 0.012f, 280) : Pigment.Of(0.86f, 0.05f, 85);

        // Tail, body and head lean forward over the feet.
        figure.Form(new Shape().Limb(-0.08f, -0.42f, 0.07f, -0.24f, isRaven ? -0.24f : -0.14f, 0.055f, -0.34f, isRaven ? -0.14f : 0.16f, isRaven ? 0.04f : 0.012f), wing, 0.03f, -0.15f);
        figure.Form(new Shape().Limb(0.0f, -0.3f, 0.016f, 0.03f, -0.4f, 0.02f).Limb(0.06f, -0.3f, 0.016f, 0.08f, -0.4f, 0.02f), Ink, 0.01f);
        if (!isRaven)
        {
            figure.Form(new Shape().Curve(0.2f, -0.86f, 0.31f, -0.87f, 0.36f, -0.77f, 0.31f, -0.66f, 0.28f, -0.74f, 0.2f, -0.74f), beak, 0.02f);
        }
        else
        {
            figure.Form(new Shape().Curve(0.2f, -0.83f, 0.33f, -0.82f, 0.44f, -0.72f, 0.31f, -0.73f, 0.2f, -0.71f), beak, 0.015f);
        }

        figure.Form(new Shape().Limb(-0.12f, -0.44f, 0.1f, 0.02f, -0.54f, 0.17f, 0.13f, -0.7f, 0.12f, 0.16f, -0.79f, 0.105f), own, 0.06f, 0, () =>
        {
            if (!isRaven)
            {
                figure.Oval(0.2f, -0.79f, 0.065f, 0.06f, Pigment.White, 0, 0.9f);
            }

            for (var i = 0; i < figure.Look.Many(26); i++)
            {
                var each = random.Fork(i);
                var (x, y) = (each.Between(-0.1f, 0.2f), each.Between(-0.84f, -0.4f));
                figure.Easel.Line(x, y, x - 0.025f, y + 0.03f, figure.Tone(own.Lighter(each.Pick(-0.08f, 0.12f)), 0, 0.6f), 0.009f);
            }
        });
        figure.Form(new Shape().Curve(0.1f, -0.62f, 0.02f, -0.64f, -0.12f, -0.54f, -0.3f, -0.26f, -0.1f, -0.36f, 0.06f, -0.44f), wing, 0.04f, 0, () =>
        {
            for (var i = 0; i < 5; i++)
            {
                figure.Stroke(isRaven ? wing.Lighter(0.12f) : wing.Lighter(0.16f), 0.01f, 0.7f, 0.06f - (0.03f * i), -0.56f + (0.02f * i), -0.08f - (0.03f * i), -0.44f + (0.02f * i), -0.22f - (0.02f * i), -0.3f + (0.01f * i));
            }
        });
        figure.Eye(0.19f, -0.805f, 0.024f);
    }
}
