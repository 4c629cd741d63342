namespace Personalization.Painter.Figures;

/// <summary>An animal's face from the front, drawn about its middle in radii of the head.</summary>
internal sealed class AnimalFace(FigureCanvas figure, Breed breed, SeededRandom random)
{
    private static readonly Pigment Ink = Pigment.Of(0.17f, 0.015f, 40);

    private bool IsCat => breed.Tail == Breed.Tails.Long && breed.Ear == Breed.Ears.Pointed;

    private bool IsFoxlike => breed is { Ear: Breed.Ears.Pointed, Tail: Breed.Tails.Brush } || breed.Pattern == Breed.Patterns.Saddle;

    public void Paint()
    {
        if (breed.HasMane)
        {
            Mane();
        }

        Ears();
        var (wide, chin, _) = breed.Face;
        figure.Form(
            new Shape().Curve(0, -0.88f, wide * 0.66f, -0.74f, wide * 0.98f, -0.18f, wide * 0.9f, 0.28f, chin * 1.15f, 0.74f, 0, 0.92f, -chin * 1.15f, 0.74f, -wide * 0.9f, 0.28f, -wide * 0.98f, -0.18f, -wide * 0.66f, -0.74f),
            breed.Coat.Own,
            0.22f,
            marks: Marks);
        Muzzle();
        Eyes();
    }

    private void Mane()
    {
        var hair = breed.Coat.Own.L < 0.5f ? breed.Coat.Back : Pigment.Of(0.46f, 0.09f, 50);
        var mane = new Shape().Oval(0, 0.12f, 1.3f, 1.36f);
        for (var i = 0; i < 22; i++)
        {
            var each = random.Fork(i);
            var (down, across) = MathF.SinCos(i * MathF.Tau / 22);
            var reach = each.Between(1.5f, 1.78f);
            mane.Limb(across * 1.1f, 0.12f + (down * 1.15f), 0.24f, across * reach, 0.2f + (down * reach * 1.04f), 0.04f);
        }

        figure.Form(mane, hair, 0.25f, 0, () =>
        {
            for (var i = 0; i < figure.Look.Many(60); i++)
            {
                var each = random.Fork(50 + i);
                var (down, across) = MathF.SinCos(each.Between(0, MathF.Tau));
                figure.Easel.Line(across * 0.9f, 0.1f + (down * 0.9f), across * 1.55f, 0.18f + (down * 1.6f), figure.Tone(hair.Lighter(each.Between(-0.1f, 0.14f)), 0, 0.6f), 0.05f);
            }
        });
    }

    private void Ears()
    {
        var (wide, own) = (breed.Face.Wide, breed.Pattern == Breed.Patterns.Panda || breed is { Pattern: Breed.Patterns.Saddle } ? breed.Coat.Back : breed.Coat.Own);
        var inner = breed.Coat.Pale.Mix(Pigment.Of(0.68f, 0.09f, 18), 0.65f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            switch (breed.Ear)
            {
                case Breed.Ears.Pointed:
                    var tall = IsCat ? 1.42f : 1.5f * MathF.Min(1.15f, breed.EarSize);
                    figure.Form(new Shape().Curve(side * wide * 0.9f, -0.2f, side * wide * 0.98f, -0.85f, side * wide * 0.84f, -tall, side * wide * 0.4f, -1.02f, side * wide * 0.14f, -0.7f), own, 0.12f);
                    figure.Flat(new Shape().Curve(side * wide * 0.8f, -0.5f, side * wide * 0.84f, -0.9f, side * wide * 0.78f, -tall * 0.86f, side * wide * 0.5f, -0.9f, side * wide * 0.36f, -0.68f), inner, -0.1f, 0.9f);
                    break;
                case Breed.Ears.Long:
                    figure.Form(new Shape().Limb(side * 0.36f, -0.6f, 0.2f, side * 0.44f, -1.3f, 0.27f, side * 0.56f, -2.05f, 0.08f), own, 0.12f);
                    figure.Flat(new Shape().Limb(side * 0.38f, -0.8f, 0.09f, side * 0.45f, -1.3f, 0.15f, side * 0.53f, -1.86f, 0.05f), inner, 0, 0.9f);
                    break;
                case Breed.Ears.Round:
                    figure.Form(new Shape().Oval(side * wide * 0.72f, -0.76f, 0.36f, 0.35f), breed.HasMane ? own.Darker(0.04f) : own, 0.1f);
                    figure.Oval(side * wide * 0.72f, -0.72f, 0.2f, 0.2f, breed.Pattern == Breed.Patterns.Panda ? own.Lighter(0.06f) : inner.Darker(0.12f), 0, 0.85f);
                    break;
                default:
                    break;
            }
        }
    }

    private void Marks()
    {
        var (wide, chin, _) = breed.Face;
        var (own, back, pale) = breed.Coat;
        if (breed.Pattern == Breed.Patterns.Saddle)
        {
            // A mask: dark crown that comes down between the eyes.
            figure.Flat(new Shape().Curve(-1.3f, -1.2f, -wide, -0.3f, -0.5f, -0.46f, -0.16f, -0.1f, 0, 0.1f, 0.16f, -0.1f, 0.5f, -0.46f, wide, -0.3f, 1.3f, -1.2f), back, 0, 0.95f);
            figure.Flat(new Shape().Oval(0, -0.48f, 0.09f, 0.34f), pale, 0, 0.7f);
        }

        if (IsFoxlike)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                figure.Flat(new Shape().Curve(side * wide * 1.2f, 0.0f, side * wide * 0.6f, 0.16f, side * 0.2f, 0.3f, 0, 0.5f, 0, 1.2f, side * chin, 1.1f, side * wide * 1.2f, 0.6f), pale, 0, 0.96f);
            }
        }
        else if (breed.Pattern == Breed.Patterns.Panda)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                figure.Flat(new Shape().Oval(side * 0.44f, -0.02f, 0.24f, 0.34f, side * 28), back);
            }
        }
        else if (breed.Pattern == Breed.Patterns.Stripes)
        {
            var dark = breed.Size > 0.8f ? Ink : back;
            foreach (var (x, tall) in (ReadOnlySpan<(float, float)>)[(0, 0.36f), (0.2f, 0.3f), (0.4f, 0.22f)])
            {
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    figure.Flat(new Shape().Limb(side * x, -0.9f, 0.06f, side * x * 0.7f, -0.85f + tall, 0.012f), dark, 0, 0.9f);
                    figure.Flat(new Shape().Limb(side * wide, 0.08f + x, 0.05f, side * wide * 0.62f, 0.1f + (x * 0.8f), 0.012f), dark, 0, 0.85f);
                }
            }
        }
        else if (breed.Pattern == Breed.Patterns.Patches)
        {
            figure.Flat(new Shape().Curve(0.05f, -1.2f, 0.12f, -0.5f, 0.4f, -0.05f, 1.1f, 0.1f, 1.3f, -1), back, 0, 0.95f);
            figure.Flat(new Shape().Curve(-0.3f, -1.2f, -0.4f, -0.6f, -1.1f, -0.3f, -1.3f, -1), Pigment.Of(0.7f, 0.12f, 60), 0, 0.9f);
        }
        else if (breed.Pattern == Breed.Patterns.Spots)
        {
            for (var i = 0; i < 26; i++)
            {
                var each = random.Fork(i);
                figure.Oval(each.Between(-0.8f, 0.8f), each.Between(-0.85f, -0.3f), 0.045f, 0.035f, Ink, 0, 0.8f);
            }
        }

        for (var i = 0; i < figure.Look.Many(40); i++)
        {
            var each = random.Fork(300 + i);
            var (down, across) = MathF.SinCos(each.Between(0, MathF.Tau));
            var from = each.Between(0.45f, 0.85f);
            figure.Easel.Line(across * from, down * from, across * (from + 0.1f), down * (from + 0.1f), figure.Tone(own.Lighter(each.Pick(-0.1f, 0.1f)), 0, 0.3f), 0.03f);
        }
    }

    private void Muzzle()
    {
        var wide = breed.Face.Muzzle;
        var pale = breed.Coat.Pale;
        var isPink = IsCat || breed.Ear == Breed.Ears.Long || (breed.Tail == Breed.Tails.Long && breed.Ear == Breed.Ears.Round) || breed.HasMane;
        figure.Form(new Shape().Oval(-wide * 0.48f, 0.46f, wide * 0.62f, wide * 0.56f).Oval(wide * 0.48f, 0.46f, wide * 0.62f, wide * 0.56f).Oval(0, 0.66f, wide * 0.55f, wide * 0.45f).Oval(0, 0.28f, wide * 0.5f, wide * 0.62f), pale, 0.1f);
        var nose = isPink ? Pigment.Of(0.64f, 0.1f, 18) : Ink;
        var size = isPink ? 0.13f : 0.19f;
        figure.Stroke(Ink, 0.045f, 0.8f, -wide * 0.62f, 0.6f, -wide * 0.28f, 0.68f, 0, 0.52f, wide * 0.28f, 0.68f, wide * 0.62f, 0.6f);
        figure.Easel.Line(0, 0.3f, 0, 0.53f, figure.Tone(Ink, 0, 0.8f), 0.045f);
        figure.Flat(new Shape().Curve(-size, 0.2f, 0, 0.16f, size, 0.2f, size * 0.5f, 0.36f, 0, 0.41f, -size * 0.5f, 0.36f), nose);
        if (breed is { Ear: Breed.Ears.Floppy, Foot: Breed.Feet.Paw })
        {
            figure.Form(new Shape().Curve(-0.14f, 0.68f, 0.14f, 0.68f, 0.14f, 0.95f, 0, 1.06f, -0.14f, 0.95f), Pigment.Of(0.66f, 0.13f, 15), 0.05f);
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                figure.Form(new Shape().Curve(side * 0.5f, -0.78f, side * 0.85f, -0.72f, side * 1.12f, -0.1f, side * 1.06f, 0.5f, side * 0.82f, 0.52f, side * 0.7f, -0.1f), breed.Coat.Back.Darker(0.02f), 0.12f);
            }
        }

        if (isPink && breed.Ear != Breed.Ears.Round)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                for (var i = -1; i < 2; i++)
                {
                    figure.Stroke(Pigment.White, 0.022f, 0.75f, side * wide * 0.7f, 0.46f + (0.06f * i), side * 0.9f, 0.4f + (0.12f * i), side * 1.35f, 0.44f + (0.22f * i));
                }
            }
        }
    }

    private void Eyes()
    {
        var isLarge = IsCat;
        var x = breed.Pattern == Breed.Patterns.Panda || breed.Ear == Breed.Ears.Long ? 0.44f : 0.42f;
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            if (isLarge)
            {
                figure.Flat(new Shape().Oval(side * x, -0.08f, 0.26f, 0.23f, side * -16), Ink);
                figure.Easel.Oval(side * x, -0.08f, 0.215f, 0.19f, breed.Iris.Colour());
                figure.Easel.Oval(side * x, -0.08f, 0.08f, 0.18f, Ink.Colour());
                figure.Easel.Circle((side * x) + 0.07f, -0.15f, 0.055f, SkiaSharp.SKColors.White);
                continue;
            }

            figure.Flat(new Shape().Oval(side * x, -0.04f, 0.17f, 0.155f, side * -14), Ink);
            figure.Easel.Circle(side * x, -0.04f, 0.125f, breed.Iris.Colour());
            figure.Easel.Circle(side * x, -0.04f, 0.08f, Ink.Colour());
            figure.Easel.Circle((side * x) + 0.05f, -0.09f, 0.045f, SkiaSharp.SKColors.White);
        }
    }
}
