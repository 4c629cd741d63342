using Personalization.Painter.Figures;

namespace Personalization.Painter.Compositions;

/// <summary>Head and shoulders of one person, before a disc of light.</summary>
internal static class Portrait
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("portrait");
        var role = easel.Scene.Figures.First(People.Knows);
        var person = Character.Of(role, random.Fork("person"), easel.Scene, isFirst: true);
        Bouquet.Backdrop(easel, random.Fork("backdrop"));
        Halo(easel, random, person.Costume.Main);
        easel.ThrowIfCancelled();

        // A tall hat needs room above.
        var isTall = person.Costume.Hat is Costume.Hats.Pointed or Costume.Hats.Kabuto or Costume.Hats.Toque;
        var size = MathF.Min(easel.Width * 1.05f, easel.Height) * (isTall ? 0.42f : 0.5f);
        var bearing = random.Fork("bearing");

        // A calm sitter is upright and in the middle.
        var (calm, motion) = (easel.Look.Calm, Math.Max(0, easel.Look.Dynamism));
        var x = (easel.Width * (0.5f + (bearing.Between(-0.035f, 0.035f) * (1 - calm)))) + (easel.Lean * easel.Width * 0.04f * motion);
        using var figure = new FigureCanvas(easel, x, easel.Height * (isTall ? 0.54f : 0.45f), size, easel.Lean * random.Fork("facing").Pick(1f, 1f, -1f));
        figure.At(0, 0, 1, (bearing.Between(-4, 6) * (1 - calm)) + (9 * motion), () =>
        {
            var head = new Head(figure, person, random.Fork("head"));
            head.Behind();
            Shoulders(figure, person, random.Fork("shoulders"));
            easel.ThrowIfCancelled();
            head.Paint();
        });
    }

    private static void Halo(Easel easel, SeededRandom random, Pigment cloth)
    {
        var light = easel.Light;
        var (x, y) = (easel.Width * random.Between(0.46f, 0.54f), easel.Height * random.Between(0.37f, 0.43f));
        var radius = MathF.Min(easel.Width, easel.Height) * random.Between(0.32f, 0.4f);
        easel.Circle(x, y, radius, light.On(Pigment.Of(0.82f, 0.1f, random.Pick(75f, 30f, 220f, 340f)).Mix(cloth, 0.15f), 0.15f).Colour(0.8f));
        for (var i = 0; i < 2 + (int)(4 * Math.Max(0, easel.Look.Ornament)); i++)
        {
            easel.Ring(x, y, radius * (1.06f + (0.05f * i)), light.Beam.Colour(0.5f - (0.06f * i)), easel.Unit * 1.6f);
        }
    }

    private static void Shoulders(FigureCanvas figure, Character person, SeededRandom random)
    {
        var costume = person.Costume;
        var isWide = person.IsMan && !person.IsChild;
        var (wide, neck) = isWide ? (0.92f, 0.165f) : person.IsChild ? (0.62f, 0.11f) : (0.76f, 0.125f);
        figure.Form(new Shape().Curve(-neck, 0.1f, -neck * 1.02f, 0.4f, -0.3f, 0.56f, 0, 0.8f, 0.3f, 0.56f, neck * 1.02f, 0.4f, neck, 0.1f), person.Skin, 0.06f, -0.25f);
        figure.Flat(new Shape().Curve(-neck, 0.24f, 0, 0.4f, neck, 0.24f, neck * 0.9f, 0.44f, 0, 0.52f, -neck * 0.9f, 0.44f), person.Skin.Darker(0.12f), -0.3f, 0.5f);
        var open = costume.Top == Costume.Tops.Bodice ? 0.42f : 0.24f;
        figure.Form(
            new Shape().Curve(-open, 0.5f, -0.52f, 0.58f, -wide, 0.8f, -wide * 1.2f, 1.6f, wide * 1.2f, 1.6f, wide, 0.8f, 0.52f, 0.58f, open, 0.5f, 0, costume.Top == Costume.Tops.Bodice ? 0.84f : 0.7f),
            costume.Main,
            0.14f,
            marks: () => Folds(figure, costume.Main, random));
        Neckwear(figure, person, wide);
    }

    private static void Folds(FigureCanvas figure, Pigment cloth, SeededRandom random)
    {
        for (var i = 0; i < figure.Look.Many(9); i++)
        {
            var each = random.Fork(300 + i);
            var x = each.Between(-0.9f, 0.9f);
            figure.Stroke(cloth.Lighter(each.Pick(-0.1f, 0.07f)), 0.018f, 0.4f, x * 0.5f, 0.6f, x * 0.85f, 0.9f, x * each.Between(0.9f, 1.2f), 1.4f);
        }
    }

    // What tells a role by its shoulders: a collar, plates, fur.
    private static void Neckwear(FigureCanvas figure, Character person, float wide)
    {
        var costume = person.Costume;
        var (main, second, trim) = (costume.Main, costume.Second, costume.Trim);
        switch (costume.Top)
        {
            case Costume.Tops.Shirt or Costume.Tops.Apron:
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    figure.Form(new Shape().Polygon(side * 0.15f, 0.4f, side * 0.32f, 0.53f, side * 0.2f, 0.78f, 0, 0.66f), main.Lighter(0.07f), 0.03f);
                }

                break;
            case Costume.Tops.Jumper:
                figure.Form(new Shape().Curve(-0.19f, 0.38f, 0, 0.46f, 0.19f, 0.38f, 0.27f, 0.56f, 0, 0.7f, -0.27f, 0.56f), main.Lighter(0.05f), 0.04f);
                break;
            case Costume.Tops.Coat:
                figure.Form(new Shape().Curve(-0.17f, 0.42f, 0, 0.5f, 0.17f, 0.42f, 0.2f, 0.7f, 0, 1.4f, -0.2f, 0.7f), person.Role == Motif.Doctor ? trim : second.Lighter(0.1f), 0.05f);
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    figure.Form(new Shape().Polygon(side * 0.17f, 0.38f, side * 0.36f, 0.52f, side * 0.34f, 0.9f, side * 0.06f, 1.4f, side * 0.14f, 0.8f), main.Darker(0.06f), 0.04f);
                }

                break;
            case Costume.Tops.Robe or Costume.Tops.Kimono:
                var band = costume.Top == Costume.Tops.Robe ? trim.Mix(main, 0.2f) : second.Lighter(0.05f);
                figure.Form(new Shape().Polygon(0.17f, 0.38f, 0.34f, 0.52f, 0.14f, 0.98f, -0.06f, 1.6f, -0.3f, 1.6f, 0.02f, 0.8f), band.Darker(0.04f), 0.025f);
                figure.Form(new Shape().Polygon(-0.17f, 0.38f, -0.34f, 0.52f, -0.14f, 0.98f, 0.06f, 1.6f, 0.3f, 1.6f, -0.02f, 0.8f), band, 0.025f);
                break;
            case Costume.Tops.Armour:
                figure.Form(new Shape().Curve(-0.22f, 0.36f, 0, 0.44f, 0.22f, 0.36f, 0.36f, 0.6f, 0, 0.76f, -0.36f, 0.6f), person.Role == Motif.Viking ? Pigment.Of(0.5f, 0.045f, 60) : main.Lighter(0.06f), 0.06f);
                foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                {
                    for (var i = 2; i >= 0; i--)
                    {
                        figure.Form(new Shape().Oval(side * wide * 0.82f, 0.86f + (0.13f * i), 0.34f, 0.25f, side * 16), person.Role == Motif.Viking ? second.Lighter(0.05f * i) : main.Lighter(0.05f), 0.06f);
                    }
                }

                break;
            case Costume.Tops.Spacesuit:
                figure.Form(new Shape().Oval(0, 0.58f, 0.52f, 0.15f), Pigment.Of(0.66f, 0.02f, 255), 0.05f);
                figure.Form(new Shape().Polygon(-0.26f, 0.92f, 0.26f, 0.92f, 0.24f, 1.4f, -0.24f, 1.4f), Pigment.Of(0.6f, 0.02f, 255), 0.05f);
                figure.Easel.Circle(-0.1f, 1.02f, 0.045f, Pigment.Of(0.62f, 0.19f, 27).Colour());
                figure.Easel.Circle(0.06f, 1.02f, 0.045f, Pigment.Of(0.72f, 0.16f, 145).Colour());
                break;
            default:
                figure.Stroke(trim.Mix(Pigment.White, 0.3f), 0.02f, 0.95f, -0.2f, 0.5f, -0.1f, 0.62f, 0, 0.66f, 0.1f, 0.62f, 0.2f, 0.5f);
                figure.Oval(0, 0.69f, 0.035f, 0.045f, trim, 0.2f);
                break;
        }

        if (costume.HasCape && costume.Hat == Costume.Hats.Crown)
        {
            // Ermine.
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                figure.Form(new Shape().Curve(side * 0.2f, 0.44f, side * 0.58f, 0.54f, side * (wide + 0.02f), 0.84f, side * 0.62f, 1.02f, side * 0.3f, 1.1f, side * 0.24f, 0.74f), Pigment.Of(0.95f, 0.01f, 85), 0.08f);
                foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(0.36f, 0.66f), (0.56f, 0.74f), (0.4f, 0.88f), (0.68f, 0.86f)])
                {
                    figure.Oval(side * x, y, 0.018f, 0.04f, Pigment.Of(0.2f, 0.01f, 280));
                }
            }
        }

        if (costume.HasScarf && person.Role != Motif.Ninja)
        {
            figure.Form(new Shape().Limb(-0.24f, 0.42f, 0.1f, 0, 0.52f, 0.12f, 0.24f, 0.42f, 0.1f).Limb(0.16f, 0.5f, 0.1f, 0.22f, 0.9f, 0.11f, 0.2f, 1.3f, 0.1f), trim, 0.06f);
        }
    }
}
