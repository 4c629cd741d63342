namespace Personalization.Painter.Figures;

/// <summary>
/// A person's head from the front, a little turned to where the figure faces. Drawn about the bridge of the nose: the crown
/// is 0.5 up, the chin 0.36 down.
/// </summary>
internal sealed class Head(FigureCanvas figure, Character person, SeededRandom random)
{
    /// <summary>How far below the origin the chin is.</summary>
    public const float Chin = 0.36f;

    private const float Turn = 0.022f;

    private static readonly Pigment Ink = Pigment.Of(0.2f, 0.025f, 35);

    private Costume.Hats Hat => person.Costume.Hat;

    /// <summary>What falls behind neck and shoulders.</summary>
    public void Behind()
    {
        var (hair, wind) = (person.Hair.Darker(0.05f), 0.3f * MathF.Max(-0.15f, figure.Look.Dynamism));
        switch (person.Cut)
        {
            case HairCut.Long or HairCut.Wavy:
                var curl = person.Cut == HairCut.Wavy ? 0.07f : 0;
                Strands(
                    new Shape().Curve(0, -0.58f, 0.3f, -0.5f, 0.4f, -0.2f, 0.38f + curl, 0.1f, 0.42f - curl, 0.4f, 0.4f + curl, 0.74f, 0.1f, 0.82f, -0.32f - wind, 0.82f - (wind * 0.4f), -0.46f - wind - curl, 0.6f, -0.4f + curl - (wind * 0.5f), 0.3f, -0.43f - curl, 0, -0.38f, -0.3f, -0.28f, -0.5f),
                    hair,
                    -0.25f,
                    -0.4f,
                    0.8f,
                    wind);
                break;
            case HairCut.Bob:
                Strands(new Shape().Curve(0, -0.58f, 0.32f, -0.48f, 0.41f, -0.1f, 0.39f, 0.24f, 0.24f, 0.36f, -0.24f, 0.36f, -0.39f, 0.24f, -0.41f, -0.1f, -0.32f, -0.48f), hair, -0.25f, -0.4f, 0.35f, 0);
                break;
            case HairCut.Bun:
                figure.Form(new Shape().Oval(-0.06f, -0.64f, 0.17f, 0.15f), hair, 0.05f);
                break;
            case HairCut.Topknot:
                figure.Form(new Shape().Limb(-0.02f, -0.54f, 0.05f, -0.02f, -0.66f, 0.05f).Oval(-0.04f, -0.7f, 0.11f, 0.08f), hair, 0.04f);
                break;
            case HairCut.Tail:
                figure.Form(new Shape().Limb(-0.2f, -0.46f, 0.1f, -0.46f - wind, -0.34f, 0.13f, -0.52f - (wind * 1.6f), 0.06f, 0.12f, -0.44f - (wind * 2), 0.46f, 0.03f), hair, 0.06f);
                break;
            case HairCut.Curly:
                Curls(hair, 26, 0.36f, -0.16f);
                break;
            default:
                break;
        }

        if (Hat == Costume.Hats.Visor)
        {
            figure.Form(new Shape().Oval(0, -0.06f, 0.62f, 0.62f), person.Costume.Main, 0.1f);
            figure.Flat(new Shape().Oval(0.02f, -0.05f, 0.52f, 0.52f), Pigment.Of(0.3f, 0.03f, 260));
        }
        else if (Hat == Costume.Hats.Kabuto)
        {
            figure.Form(new Shape().Curve(-0.3f, -0.4f, -0.46f, -0.05f, -0.62f, 0.28f, 0, 0.4f, 0.62f, 0.28f, 0.46f, -0.05f, 0.3f, -0.4f), person.Costume.Second, 0.06f);
        }
    }

    /// <summary>The head itself and what is on it.</summary>
    public void Paint()
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Form(new Shape().Oval(side * 0.29f, 0, 0.05f, 0.085f), person.Skin.Darker(0.03f), 0.03f);
        }

        figure.Form(Face(), person.Skin, 0.09f, marks: Blush);
        if (person.Age == Age.Old)
        {
            Wrinkles();
        }

        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            Eye(side);
            Brow(side);
        }

        Nose();
        Beard();
        Mouth();
        Hair();
        Wear();
    }

    private Shape Face()
    {
        var jaw = person.Jaw;
        return person.IsChild
            ? Mirrored(0, -0.49f, 0.22f, -0.41f, 0.305f, -0.12f, 0.305f, 0.08f, 0.21f, 0.25f, 0.08f, 0.33f)
            : Mirrored(0, -0.5f, 0.21f, -0.41f, 0.285f, -0.15f, 0.27f, 0.06f, jaw + 0.02f, 0.22f, jaw * 0.45f, 0.345f);
    }

    private void Blush()
    {
        var pink = person.Skin.Mix(Pigment.Of(0.62f, 0.15f, 24), 0.4f);
        var strength = person.IsMan && !person.IsChild ? 0.22f : 0.5f;
        figure.Easel.Glow(0.19f, 0.1f, 0.12f, figure.Tone(pink, 0, strength), SkiaSharp.SKBlendMode.SrcOver);
        figure.Easel.Glow(-0.16f, 0.1f, 0.12f, figure.Tone(pink, 0, strength), SkiaSharp.SKBlendMode.SrcOver);

        // Under the brows and beside the nose the face lies deeper.
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            figure.Easel.Glow((side * 0.12f) + Turn, -0.045f, 0.11f, figure.Tone(person.Skin.Darker(0.1f), -0.3f, 0.28f + (0.14f * figure.Look.Drama)), SkiaSharp.SKBlendMode.SrcOver);
        }

        if (person.Hair.A > 0.08f && person.Age != Age.Old)
        {
            for (var i = 0; i < 14; i++)
            {
                var each = random.Fork(700 + i);
                figure.Oval(each.Between(-0.2f, 0.24f), each.Between(0.03f, 0.13f), 0.007f, 0.006f, person.Skin.Darker(0.14f), 0, 0.55f);
            }
        }
    }

    private void Wrinkles()
    {
        var fold = person.Skin.Darker(0.14f);
        for (var i = 0; i < 2; i++)
        {
            figure.Stroke(fold, 0.009f, 0.5f, -0.12f, -0.25f - (0.055f * i), 0.02f, -0.265f - (0.055f * i), 0.15f, -0.25f - (0.055f * i));
        }

        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var x = (side * 0.125f) + Turn;
            figure.Stroke(fold, 0.009f, 0.6f, x - (side * 0.05f), 0.04f, x, 0.056f, x + (side * 0.05f), 0.04f);
            figure.Stroke(fold, 0.012f, 0.6f, (side * 0.06f) + Turn, 0.1f, (side * 0.115f) + Turn, 0.16f, (side * 0.12f) + Turn, 0.22f);
            for (var i = 0; i < 2; i++)
            {
                figure.Stroke(fold, 0.008f, 0.5f, x + (side * 0.085f), -0.02f + (0.025f * i), x + (side * 0.12f), -0.03f + (0.04f * i), x + (side * 0.14f), -0.035f + (0.05f * i));
            }
        }
    }

    private void Eye(float side)
    {
        var scale = person.IsChild ? 1.28f : person.IsMan ? 0.98f : 1.1f;
        var (x, y) = ((side * (person.IsChild ? 0.135f : 0.125f)) + Turn, person.IsChild ? 0.02f : -0.02f);
        var (half, open) = (0.066f * scale, 0.034f * scale * person.Mood switch { Mood.Surprised => 1.35f, Mood.Laugh => 0.62f, Mood.Angry => 0.85f, _ => 1 });
        if (person.Mood == Mood.Asleep)
        {
            figure.Stroke(Ink, 0.015f, 0.95f, x - half, y + 0.004f, x, y + 0.022f, x + half, y + 0.004f);
            return;
        }

        figure.Flat(new Shape().Curve(x - half, y + 0.006f, x - (half * 0.35f), y - open, x + (half * 0.4f), y - open, x + half, y, x + (half * 0.3f), y + (open * 0.8f), x - (half * 0.4f), y + (open * 0.8f)), Pigment.Of(0.96f, 0.006f, 80), -0.05f);
        var iris = MathF.Min(open * 1.02f, 0.036f * scale);
        figure.Oval(x + 0.006f, y - (open * 0.08f), iris, iris, person.Iris.Darker(0.1f));
        figure.Oval(x + 0.006f, y - (open * 0.02f), iris * 0.8f, iris * 0.8f, person.Iris.Lighter(0.04f));
        figure.Oval(x + 0.006f, y - (open * 0.08f), iris * 0.48f, iris * 0.48f, Pigment.Of(0.12f, 0.01f, 280));
        figure.Easel.Circle(x + 0.016f, y - (open * 0.42f), iris * 0.26f, SkiaSharp.SKColors.White);
        var lid = person.IsMan ? 0.012f : 0.018f;
        figure.Stroke(Ink, lid, 0.95f, x - half, y + 0.006f, x - (half * 0.35f), y - open, x + (half * 0.4f), y - open, x + half, y);
        figure.Stroke(person.Skin.Darker(0.2f), 0.008f, 0.55f, x - (half * 0.8f), y - (open * 1.25f), x, y - (open * 1.75f), x + (half * 0.85f), y - (open * 1.2f));
        if (!person.IsMan)
        {
            figure.Stroke(Ink, 0.014f, 0.95f, x + (side * half * 0.7f), y - (open * 0.6f), x + (side * half * 1.05f), y - (open * 0.7f), x + (side * half * 1.3f), y - (open * 1.1f));
        }
    }

    private void Brow(float side)
    {
        var (x, y) = ((side * 0.13f) + Turn, person.IsChild ? -0.1f : -0.118f);
        var (inner, outer) = person.Mood switch
        {
            Mood.Angry => (0.035f, -0.022f),
            Mood.Sad => (-0.035f, 0.02f),
            Mood.Surprised => (-0.045f, -0.04f),
            _ => (0f, 0f),
        };
        var own = person.Hair.L > 0.6f ? person.Hair.Darker(0.16f) : person.Hair.Darker(0.02f);
        figure.Stroke(own, person.IsMan && !person.IsChild ? 0.03f : 0.02f, 0.92f, x - (side * 0.07f), y + inner + 0.012f, x + (side * 0.01f), y - 0.022f + ((inner + outer) / 2), x + (side * 0.085f), y + outer + 0.012f);
    }

    private void Nose()
    {
        var (fold, length) = (person.Skin.Darker(0.17f), person.IsChild ? 0.1f : person.Age == Age.Old ? 0.135f : 0.12f);
        figure.Easel.Glow(Turn - (0.03f * figure.Side), length - 0.02f, 0.06f, figure.Tone(fold, 0, 0.3f), SkiaSharp.SKBlendMode.SrcOver);
        if (!person.IsChild)
        {
            figure.Stroke(fold, 0.011f, 0.45f, Turn + 0.022f, -0.02f, Turn + 0.036f, length * 0.5f, Turn + 0.046f, length - 0.02f);
        }

        figure.Stroke(fold, 0.013f, 0.8f, Turn - 0.032f, length - 0.008f, Turn - 0.012f, length + 0.01f, Turn + 0.014f, length + 0.012f, Turn + 0.044f, length - 0.006f);
        figure.Oval(Turn + 0.014f, length - 0.035f, 0.014f, 0.02f, person.Skin.Lighter(0.12f), 0.3f, 0.55f);
    }

    private void Mouth()
    {
        var y = person.IsChild ? 0.2f : 0.215f;
        var lips = person.IsMan || person.IsChild ? person.Skin.Mix(Pigment.Of(0.5f, 0.12f, 22), 0.5f) : Pigment.Of(0.52f, 0.15f, 20);
        var thick = person.IsMan ? 0.7f : person.IsChild ? 0.75f : 1;
        var (half, bend) = person.Mood switch
        {
            Mood.Smile => (0.09f, -0.024f),
            Mood.Laugh => (0.105f, -0.03f),
            Mood.Sad => (0.07f, 0.022f),
            Mood.Angry => (0.075f, 0.016f),
            Mood.Surprised => (0.04f, 0f),
            _ => (0.075f, -0.004f),
        };
        if (person.Mood is Mood.Laugh or Mood.Surprised)
        {
            var deep = person.Mood == Mood.Laugh ? 0.075f : 0.05f;
            figure.Flat(new Shape().Curve(Turn - half, y + bend, Turn, y - 0.012f, Turn + half, y + bend, Turn + (half * 0.6f), y + (deep * 0.75f), Turn, y + deep, Turn - (half * 0.6f), y + (deep * 0.75f)), Pigment.Of(0.32f, 0.1f, 20));
            if (person.Mood == Mood.Laugh)
            {
                figure.Flat(new Shape().Curve(Turn - (half * 0.85f), y + (bend * 0.7f), Turn, y - 0.006f, Turn + (half * 0.85f), y + (bend * 0.7f), Turn, y + 0.026f), Pigment.White);
            }

            return;
        }

        figure.Flat(new Shape().Curve(Turn - half, y + bend, Turn - (half * 0.35f), y - (0.022f * thick), Turn, y - (0.014f * thick), Turn + (half * 0.35f), y - (0.022f * thick), Turn + half, y + bend, Turn + (half * 0.5f), y + (0.028f * thick), Turn, y + (0.04f * thick), Turn - (half * 0.5f), y + (0.028f * thick)), lips);
        figure.Stroke(lips.Darker(0.18f), 0.01f, 0.9f, Turn - half, y + bend, Turn - (half * 0.4f), y + 0.002f, Turn, y + 0.004f, Turn + (half * 0.4f), y + 0.002f, Turn + half, y + bend);
    }

    private void Beard()
    {
        var own = person.Hair.Darker(0.02f);
        switch (person.Beard)
        {
            case BeardCut.Full:
                Strands(Mirrored(0, 0.165f, 0.12f, 0.16f, 0.2f, 0.1f, 0.285f, -0.04f, 0.27f, 0.2f, 0.17f, 0.4f, 0.07f, 0.46f), own, 0.15f, 0.1f, 0.46f, 0);
                break;
            case BeardCut.Long:
                Strands(Mirrored(0, 0.165f, 0.13f, 0.15f, 0.2f, 0.1f, 0.285f, -0.04f, 0.3f, 0.24f, 0.26f, 0.6f, 0.1f, 1.08f), own, 0.15f, 0.1f, 1.06f, 0);
                break;
            default:
                break;
        }

        if (person.Beard != BeardCut.None)
        {
            figure.Form(new Shape().Curve(Turn, 0.15f, Turn + 0.09f, 0.15f, Turn + 0.15f, 0.225f, Turn + 0.06f, 0.196f, Turn, 0.186f, Turn - 0.06f, 0.196f, Turn - 0.15f, 0.225f, Turn - 0.09f, 0.15f), own.Lighter(0.03f), 0.02f);
        }
    }

    private void Hair()
    {
        var hair = person.Hair;
        switch (person.Cut)
        {
            case HairCut.Bald:
                return;
            case HairCut.Ring:
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    figure.Form(new Shape().Limb(side * 0.28f, -0.22f, 0.03f, side * 0.315f, -0.1f, 0.06f, side * 0.3f, 0.05f, 0.03f), hair, 0.03f);
                }

                return;
            case HairCut.Short:
                Strands(new Shape().Curve(-0.29f, -0.03f, -0.265f, -0.22f, -0.16f, -0.31f, 0, -0.28f, 0.14f, -0.33f, 0.25f, -0.24f, 0.29f, -0.03f, 0.335f, -0.22f, 0.29f, -0.48f, 0.1f, -0.61f, -0.1f, -0.6f, -0.28f, -0.48f, -0.335f, -0.22f), hair, 0.1f, -0.56f, -0.1f, 0);
                return;
            case HairCut.Parted:
                Strands(new Shape().Curve(-0.29f, -0.05f, -0.25f, -0.25f, -0.1f, -0.3f, 0.1f, -0.35f, 0.21f, -0.4f, 0.26f, -0.22f, 0.29f, -0.05f, 0.335f, -0.25f, 0.27f, -0.5f, 0.02f, -0.62f, -0.24f, -0.54f, -0.35f, -0.28f), hair, 0.18f, -0.52f, -0.1f, 0);
                return;
            case HairCut.Curly:
                Curls(hair, 15, 0.3f, -0.36f);
                return;
            case HairCut.Bob when person.IsChild || random.Fork("fringe").Happens(0.6f):
                Curtains(hair, 0.22f);
                Strands(new Shape().Curve(-0.3f, -0.1f, -0.2f, -0.19f, 0, -0.17f, 0.2f, -0.19f, 0.3f, -0.1f, 0.32f, -0.42f, 0, -0.59f, -0.32f, -0.42f), hair, 0, -0.56f, -0.16f, 0);
                return;
            case HairCut.Long or HairCut.Wavy or HairCut.Bob:
                Curtains(hair, person.Cut == HairCut.Bob ? 0.22f : 0.42f);
                return;
            default:
                Strands(Mirrored(0, -0.385f, 0.15f, -0.36f, 0.235f, -0.25f, 0.275f, -0.1f, 0.29f, -0.06f, 0.31f, -0.24f, 0.25f, -0.47f, 0.12f, -0.575f), hair, -0.02f, -0.57f, -0.2f, 0);
                break;
        }

        if (person.Cut == HairCut.Braids)
        {
            Braids(hair);
        }
    }

    // Two falls of hair that leave the face between them.
    private void Curtains(Pigment hair, float end) => Strands(
        new Shape()
            .Curve(0.05f, -0.44f, -0.1f, -0.38f, -0.215f, -0.22f, -0.265f, 0.02f, -0.3f, end, -0.39f, end - 0.03f, -0.4f, -0.1f, -0.3f, -0.46f, -0.1f, -0.6f, 0.08f, -0.6f)
            .Curve(0.04f, -0.45f, 0.15f, -0.39f, 0.225f, -0.22f, 0.27f, 0.02f, 0.3f, end - 0.02f, 0.39f, end - 0.05f, 0.4f, -0.1f, 0.31f, -0.44f, 0.14f, -0.59f, 0.04f, -0.61f),
        hair,
        0.06f,
        -0.57f,
        end,
        0);

    private void Braids(Pigment hair)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            for (var i = 0; i < 7; i++)
            {
                figure.Form(new Shape().Oval(side * (0.33f + (0.012f * i)), 0.06f + (0.095f * i), 0.075f - (0.004f * i), 0.065f, side * 24 * (i % 2 == 0 ? 1 : -1)), hair, 0.025f);
            }

            figure.Form(new Shape().Oval(side * 0.41f, 0.7f, 0.045f, 0.035f), person.Costume.Trim, 0.02f);
            figure.Form(new Shape().Limb(side * 0.41f, 0.72f, 0.035f, side * 0.42f, 0.84f, 0.008f), hair, 0.02f);
        }
    }

    private void Curls(Pigment hair, int count, float wide, float low)
    {
        var shape = new Shape().Oval(0, -0.36f, wide, 0.2f);
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(500 + i);
            var angle = MathF.PI * (1 - ((i + 0.5f) / count));
            var (up, across) = MathF.SinCos(angle);
            var reach = each.Between(0.94f, 1.08f);
            shape.Oval(across * wide * reach, -0.3f - (up * 0.27f * reach) + ((1 - up) * (low + 0.42f)), 0.105f, 0.1f);
        }

        figure.Form(shape, hair, 0.06f, 0, () =>
        {
            for (var i = 0; i < figure.Look.Many(34); i++)
            {
                var each = random.Fork(600 + i);
                figure.Easel.Ring(each.Between(-0.42f, 0.42f), each.Between(-0.68f, 0.1f), each.Between(0.025f, 0.05f), figure.Tone(hair.Lighter(each.Pick(-0.07f, 0.1f)), 0, 0.5f), 0.012f);
            }
        });
    }

    /// <summary>A mass of hair, with strands from a parting down.</summary>
    private void Strands(Shape shape, Pigment hair, float parting, float from, float to, float wind) => figure.Form(shape, hair, 0.07f, 0, () =>
    {
        for (var i = 0; i < figure.Look.Many(24); i++)
        {
            var each = random.Fork(400 + i);
            var (side, u) = (each.Sign(), each.Unit());
            var (tone, reach) = (hair.Lighter(each.Between(-0.08f, 0.13f)), 0.06f + (0.36f * u));
            figure.Stroke(tone, 0.012f, 0.5f, (parting * (1 - u)) + (side * 0.03f), from + (0.05f * u), (side * reach) + (parting * 0.4f), from + ((to - from) * 0.3f), (side * (reach + 0.05f)) - (wind * 0.4f), from + ((to - from) * 0.7f), (side * (reach + 0.02f)) - wind, to + 0.08f);
        }
    });

    private void Wear()
    {
        var (main, second, trim) = (person.Costume.Main, person.Costume.Second, person.Costume.Trim);
        switch (Hat)
        {
            case Costume.Hats.Pointed:
                figure.Form(new Shape().Curve(-0.34f, -0.36f, -0.24f, -0.72f, -0.2f, -1.02f, -0.42f, -1.3f, -0.02f, -1.12f, 0.16f, -0.76f, 0.34f, -0.36f), second, 0.08f);
                figure.Form(new Shape().Oval(0, -0.34f, 0.62f, 0.12f, -3), second.Lighter(0.03f), 0.05f);
                figure.Flat(new Shape().Curve(-0.335f, -0.4f, 0, -0.33f, 0.335f, -0.4f, 0.3f, -0.5f, 0, -0.44f, -0.3f, -0.5f), trim);
                break;
            case Costume.Hats.Crown:
                figure.Form(new Shape().Polygon(-0.29f, -0.36f, -0.35f, -0.74f, -0.19f, -0.58f, 0, -0.82f, 0.19f, -0.58f, 0.35f, -0.74f, 0.29f, -0.36f, 0, -0.32f), trim, 0.06f);
                foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(-0.35f, -0.76f), (0, -0.84f), (0.35f, -0.76f), (-0.17f, -0.43f), (0, -0.41f), (0.17f, -0.43f)])
                {
                    figure.Oval(x, y, 0.034f, 0.034f, Pigment.Of(0.55f, 0.18f, y < -0.6f ? 25 : 255), 0.2f);
                }

                break;
            case Costume.Hats.Tiara:
                figure.Form(new Shape().Polygon(-0.27f, -0.4f, -0.17f, -0.5f, -0.08f, -0.47f, 0, -0.62f, 0.08f, -0.47f, 0.17f, -0.5f, 0.27f, -0.4f, 0.14f, -0.44f, 0, -0.43f, -0.14f, -0.44f), trim.Lighter(0.08f), 0.03f);
                figure.Oval(0, -0.5f, 0.03f, 0.036f, Pigment.Of(0.6f, 0.15f, 345), 0.2f);
                break;
            case Costume.Hats.Helm:
                figure.Form(new Shape().Curve(-0.1f, -0.62f, -0.5f, -0.86f, -0.86f, -0.5f, -0.78f, -0.2f, -0.6f, -0.52f, -0.3f, -0.6f), second, 0.06f);
                figure.Form(new Shape().Curve(-0.31f, 0.12f, -0.36f, -0.2f, -0.3f, -0.5f, 0, -0.68f, 0.3f, -0.5f, 0.36f, -0.2f, 0.31f, 0.12f, 0.2f, 0.34f, 0.19f, 0.02f, 0.21f, -0.18f, 0.05f, -0.25f, -0.17f, -0.18f, -0.17f, 0.02f, -0.2f, 0.34f), main, 0.07f);
                figure.Form(new Shape().Polygon(-0.01f, -0.64f, 0.05f, -0.64f, 0.045f, 0.06f, 0, 0.06f), main.Lighter(0.05f), 0.02f);
                break;
            case Costume.Hats.Kabuto:
                figure.Form(new Shape().Curve(-0.37f, -0.26f, -0.34f, -0.52f, 0, -0.72f, 0.34f, -0.52f, 0.37f, -0.26f, 0, -0.32f), second, 0.07f);
                figure.Form(new Shape().Curve(-0.44f, -0.22f, 0, -0.36f, 0.44f, -0.22f, 0.3f, -0.3f, 0, -0.42f, -0.3f, -0.3f), main, 0.03f);
                figure.Form(new Shape().Limb(0, -0.42f, 0.05f, -0.2f, -0.56f, 0.04f, -0.38f, -0.96f, 0.008f).Limb(0, -0.42f, 0.05f, 0.2f, -0.56f, 0.04f, 0.38f, -0.96f, 0.008f).Oval(0, -0.43f, 0.075f, 0.075f), trim, 0.03f);
                break;
            case Costume.Hats.Visor:
                figure.Oval(0.02f, -0.05f, 0.52f, 0.52f, Pigment.Of(0.7f, 0.06f, 230), 0.1f, 0.24f);
                figure.Flat(new Shape().Curve(-0.36f, -0.1f, -0.3f, -0.34f, -0.1f, -0.48f, -0.2f, -0.34f, -0.3f, -0.12f), Pigment.White, 0, 0.75f);
                figure.Easel.Ring(0.02f, -0.05f, 0.52f, figure.Tone(main.Darker(0.16f)), 0.05f);
                break;
            case Costume.Hats.Cap:
                figure.Form(new Shape().Curve(-0.35f, -0.26f, -0.35f, -0.5f, -0.16f, -0.67f, 0.16f, -0.67f, 0.35f, -0.5f, 0.35f, -0.26f, 0, -0.31f), second, 0.06f);
                figure.Form(new Shape().Curve(-0.37f, -0.24f, -0.37f, -0.38f, 0, -0.44f, 0.37f, -0.38f, 0.37f, -0.24f, 0, -0.3f), second.Lighter(0.07f), 0.03f);
                break;
            case Costume.Hats.Straw or Costume.Hats.Cowboy:
                Brimmed(Hat == Costume.Hats.Straw ? Pigment.Of(0.82f, 0.08f, 85) : Pigment.Of(0.5f, 0.07f, 58), Hat == Costume.Hats.Straw ? 0 : 0.16f, trim);
                break;
            case Costume.Hats.Tricorn:
                figure.Form(new Shape().Curve(-0.32f, -0.34f, -0.26f, -0.58f, 0, -0.66f, 0.26f, -0.58f, 0.32f, -0.34f), second, 0.06f);
                figure.Form(new Shape().Curve(-0.6f, -0.48f, -0.3f, -0.3f, 0, -0.26f, 0.3f, -0.3f, 0.6f, -0.48f, 0.3f, -0.46f, 0, -0.62f, -0.3f, -0.46f), second.Lighter(0.03f), 0.05f);
                figure.Stroke(trim, 0.022f, 1, -0.6f, -0.48f, -0.3f, -0.46f, 0, -0.61f, 0.3f, -0.46f, 0.6f, -0.48f);
                break;
            case Costume.Hats.Toque:
                figure.Form(new Shape().Oval(-0.2f, -0.74f, 0.22f, 0.2f).Oval(0.2f, -0.74f, 0.22f, 0.2f).Oval(0, -0.84f, 0.26f, 0.22f).Polygon(-0.3f, -0.36f, -0.33f, -0.74f, 0.33f, -0.74f, 0.3f, -0.36f), main, 0.08f);
                break;
            case Costume.Hats.Horned:
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    figure.Form(new Shape().Limb(side * 0.28f, -0.42f, 0.09f, side * 0.52f, -0.5f, 0.07f, side * 0.58f, -0.78f, 0.012f), Pigment.Of(0.9f, 0.035f, 85), 0.03f);
                }

                figure.Form(new Shape().Curve(-0.35f, -0.26f, -0.33f, -0.5f, 0, -0.68f, 0.33f, -0.5f, 0.35f, -0.26f, 0, -0.32f), trim, 0.07f);
                figure.Form(new Shape().Curve(-0.36f, -0.22f, -0.35f, -0.34f, 0, -0.4f, 0.35f, -0.34f, 0.36f, -0.22f, 0, -0.28f), main, 0.03f);
                break;
            case Costume.Hats.Mask:
                figure.Form(Mirrored(0, 0.07f, 0.18f, 0.07f, 0.3f, -0.01f, 0.31f, 0.14f, 0.2f, 0.32f, 0.07f, 0.39f), main, 0.05f);
                figure.Form(Mirrored(0, -0.13f, 0.18f, -0.13f, 0.33f, -0.03f, 0.35f, -0.3f, 0.27f, -0.52f, 0.1f, -0.6f), main, 0.07f);
                figure.Flat(new Shape().Curve(-0.33f, -0.12f, 0, -0.2f, 0.33f, -0.12f, 0.34f, -0.22f, 0, -0.31f, -0.34f, -0.22f), trim);
                break;
            default:
                break;
        }
    }

    // Straw is flat, felt turned up at the sides.
    private void Brimmed(Pigment own, float turnedUp, Pigment band)
    {
        figure.Form(new Shape().Curve(-0.31f, -0.34f, -0.28f, -0.6f, -0.12f, -0.68f - turnedUp, 0, -0.64f - (turnedUp * 0.4f), 0.12f, -0.68f - turnedUp, 0.28f, -0.6f, 0.31f, -0.34f), own, 0.06f);
        figure.Flat(new Shape().Curve(-0.315f, -0.33f, 0, -0.29f, 0.315f, -0.33f, 0.3f, -0.45f, 0, -0.4f, -0.3f, -0.45f), band.Darker(0.08f));
        figure.Form(new Shape().Curve(-0.66f, -0.36f - turnedUp, -0.3f, -0.4f, 0, -0.37f, 0.3f, -0.4f, 0.66f, -0.36f - turnedUp, 0.4f, -0.27f, 0, -0.22f, -0.4f, -0.27f), own.Lighter(0.03f), 0.04f);
    }

    /// <summary>A curve that is the same on both sides.</summary>
    /// <param name="half">Points of x and y down one side; the first and those with x = 0 are on the middle.</param>
    private static Shape Mirrored(params ReadOnlySpan<float> half)
    {
        var points = new List<float>(half.ToArray());
        for (var i = half.Length - 2; i >= 0; i -= 2)
        {
            if (half[i] != 0)
            {
                points.Add(-half[i]);
                points.Add(half[i + 1]);
            }
        }

        return new Shape().Curve([.. points]);
    }
}
