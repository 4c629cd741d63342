namespace Personalization.Painter.Figures;

/// <summary>An animal that sits and looks at the viewer, one unit high to its crown. The ears stand above.</summary>
internal sealed class SittingAnimal(FigureCanvas figure, Breed breed, SeededRandom random)
{
    private bool IsStout => breed.Foot == Breed.Feet.Column;

    private float Girth => IsStout ? 1.3f : breed.Ear == Breed.Ears.Long ? 1.1f : 1;

    public void Paint()
    {
        var (own, back, pale) = breed.Coat;
        var limb = breed.Pattern == Breed.Patterns.Panda ? back : own;
        var girth = Girth;
        figure.Shadow(0, 0.42f * girth);
        Tail();

        // Haunches, trunk, forelegs, from back to front.
        figure.Form(new Shape().Oval(-0.2f * girth, -0.17f, 0.17f * girth, 0.19f, 12).Oval(0.2f * girth, -0.17f, 0.17f * girth, 0.19f, -12), limb, 0.06f, -0.12f, () => Spots(300, 34, 0.4f, -0.36f));
        figure.Form(
            new Shape().Curve(0, -0.74f, 0.13f * girth, -0.62f, 0.19f * girth, -0.42f, 0.24f * girth, -0.18f, 0.2f * girth, -0.02f, 0, 0, -0.2f * girth, -0.02f, -0.24f * girth, -0.18f, -0.19f * girth, -0.42f, -0.13f * girth, -0.62f),
            own,
            0.09f,
            marks: () => Chest(girth));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Oval(side * 0.245f * girth, -0.04f, 0.1f, 0.05f), breed.Pattern == Breed.Patterns.Saddle ? pale : limb.Lighter(0.02f), 0.03f);
            var foreleg = IsStout
                ? new Shape().Limb(side * 0.17f * girth, -0.46f, 0.08f, side * 0.2f * girth, -0.3f, 0.085f, side * 0.15f * girth, -0.16f, 0.075f)
                : new Shape().Limb(side * 0.1f, -0.44f, 0.065f, side * 0.095f, -0.24f, 0.058f, side * 0.085f, -0.06f, 0.05f).Oval(side * 0.09f, -0.035f, 0.072f, 0.042f);
            figure.Form(foreleg, limb, 0.04f, 0.05f, () => Paws(side));
        }

        figure.At(0, -0.74f, 0.235f * (IsStout ? 1.06f : 1), 0, () => new AnimalFace(figure, breed, random.Fork("face")).Paint());
    }

    private void Chest(float girth)
    {
        var (own, back, pale) = breed.Coat;
        switch (breed.Pattern)
        {
            case Breed.Patterns.Stripes:
                for (var i = 0; i < 6; i++)
                {
                    foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                    {
                        var y = -0.56f + (0.085f * i);
                        figure.Flat(new Shape().Limb(side * 0.3f * girth, y, 0.018f, side * 0.12f, y + 0.03f, 0.004f), breed.Size > 0.8f ? Pigment.Of(0.2f, 0.02f, 50) : back, 0, 0.85f);
                    }
                }

                break;
            case Breed.Patterns.Spots:
                Spots(0, 40, 0.25f, -0.64f);
                break;
            case Breed.Patterns.Saddle:
                figure.Flat(new Shape().Oval(-0.26f, -0.3f, 0.14f, 0.36f).Oval(0.26f, -0.3f, 0.14f, 0.36f), back, 0, 0.9f);
                break;
            case Breed.Patterns.Patches:
                figure.Flat(new Shape().Oval(0.18f, -0.34f, 0.12f, 0.16f, 20).Oval(-0.2f, -0.14f, 0.1f, 0.12f), back, 0, 0.95f);
                break;
            case Breed.Patterns.Panda:
                figure.Flat(new Shape().Oval(0, -0.58f, 0.4f, 0.13f), back, 0, 0.97f);
                return;
            default:
                break;
        }

        if (own.L - pale.L < -0.02f || own.L > 0.4f)
        {
            figure.Flat(new Shape().Curve(-0.1f, -0.66f, 0.1f, -0.66f, 0.11f, -0.4f, 0.05f, -0.22f, 0, -0.16f, -0.05f, -0.22f, -0.11f, -0.4f), pale, 0, 0.9f);
        }

        for (var i = 0; i < figure.Look.Many(30); i++)
        {
            var each = random.Fork(400 + i);
            var (x, y) = (each.Between(-0.2f, 0.2f), each.Between(-0.6f, -0.1f));
            figure.Easel.Line(x, y, x * 1.06f, y + 0.035f, figure.Tone(own.Lighter(each.Pick(-0.1f, 0.1f)), 0, 0.35f), 0.008f);
        }
    }

    private void Spots(int fork, int count, float half, float top)
    {
        for (var i = 0; i < count && breed.Pattern == Breed.Patterns.Spots; i++)
        {
            var each = random.Fork(fork + i);
            var (x, y, size) = (each.Between(-half, half), each.Between(top, -0.02f), each.Between(0.016f, 0.026f));
            figure.Oval(x, y, size, size * 0.85f, Pigment.Of(0.26f, 0.03f, 50), 0, 0.88f);
            figure.Oval(x, y, size * 0.5f, size * 0.4f, breed.Coat.Back, 0, 0.9f);
        }
    }

    private void Paws(float side)
    {
        Spots(side < 0 ? 600 : 700, 16, 0.16f, -0.44f);
        if (!IsStout && breed is { Tail: Breed.Tails.Brush, Pattern: Breed.Patterns.Plain } && breed.Ear == Breed.Ears.Pointed)
        {
            figure.Flat(new Shape().Oval(side * 0.09f, -0.03f, 0.12f, 0.17f), Pigment.Of(0.24f, 0.02f, 40), 0, 0.9f);
        }
        else if (breed.Pattern is Breed.Patterns.Stripes or Breed.Patterns.Saddle or Breed.Patterns.Patches)
        {
            figure.Flat(new Shape().Oval(side * 0.09f, -0.02f, 0.12f, 0.07f), breed.Coat.Pale, 0, 0.9f);
        }

        for (var toe = -1; toe < 2; toe += 2)
        {
            var x = (side * 0.09f) + (toe * 0.02f);
            figure.Easel.Line(x, -0.045f, x, -0.01f, figure.Tone(breed.Coat.Own.Darker(0.25f), 0, IsStout ? 0 : 0.7f), 0.009f);
        }
    }

    private void Tail()
    {
        var (own, back, pale) = breed.Coat;
        switch (breed.Tail)
        {
            case Breed.Tails.Long or Breed.Tails.Tuft:
                figure.Form(new Shape().Limb(0.2f, -0.08f, 0.05f, 0.38f, -0.07f, 0.046f, 0.47f, -0.22f, 0.043f, 0.4f, -0.38f, 0.038f, 0.46f, -0.5f, 0.03f), own, 0.03f, -0.05f, () =>
                {
                    for (var i = 0; i < 5 && breed.Pattern == Breed.Patterns.Stripes; i++)
                    {
                        figure.Easel.Line(0.34f, -0.16f - (0.08f * i), 0.54f, -0.13f - (0.08f * i), figure.Tone(back.Darker(breed.Size > 0.8f ? 0.3f : 0), 0, 0.85f), 0.026f);
                    }
                });
                if (breed.Tail == Breed.Tails.Tuft)
                {
                    figure.Form(new Shape().Oval(0.47f, -0.54f, 0.055f, 0.08f, 12), Pigment.Of(0.4f, 0.07f, 50), 0.02f);
                }

                break;
            case Breed.Tails.Brush or Breed.Tails.Curl:
                figure.Form(new Shape().Limb(0.16f, -0.1f, 0.05f, 0.38f, -0.08f, 0.1f, 0.52f, -0.22f, 0.1f, 0.56f, -0.44f, 0.02f), own, 0.05f, -0.05f, () =>
                    figure.Flat(new Shape().Limb(0.54f, -0.32f, 0.12f, 0.56f, -0.46f, 0.08f), breed.Pattern == Breed.Patterns.Saddle ? back : pale, 0, 0.94f));
                break;
            default:
                break;
        }
    }
}
