namespace Personalization.Painter.Figures;

/// <summary>What lies on a coat: saddles, stripes, spots and patches, drawn inside of an outline.</summary>
internal sealed class CoatPattern(FigureCanvas figure, SeededRandom random)
{
    /// <param name="breed">Whose coat it is.</param>
    /// <param name="left">Where the animal ends behind, in its units.</param>
    /// <param name="right">Where it ends before.</param>
    /// <param name="top">Height of its top, negative.</param>
    public void Paint(Breed breed, float left, float right, float top)
    {
        var (own, back, _) = breed.Coat;
        switch (breed.Pattern)
        {
            case Breed.Patterns.Saddle:
                figure.Flat(new Shape().Curve(left, -0.72f, left * 0.4f, -0.74f, right * 0.4f, -0.78f, right * 0.8f, top + 0.42f, right, top + 0.26f, right, top, left, top), back, 0, 0.92f);
                break;
            case Breed.Patterns.Stripes:
                Stripes(left, right, breed.Size > 0.8f ? Pigment.Of(0.2f, 0.02f, 50) : back, breed.Size > 0.8f ? 17 : 13);
                break;
            case Breed.Patterns.Bands:
                Bands(left, right, top, back);
                break;
            case Breed.Patterns.Spots:
                Spots(left, right);
                break;
            case Breed.Patterns.Tiles:
                Tiles(left, right, top, back);
                break;
            case Breed.Patterns.Patches:
                Patches(left, right, top, back);
                break;
            case Breed.Patterns.Panda:
                figure.Flat(new Shape().Curve(right * 0.28f, top, right * 0.52f, top, right * 0.62f, 0, right * 0.12f, 0), back, 0, 0.96f);
                break;
            default:
                figure.Flat(new Shape().Curve(left, -0.88f, 0, -0.9f, right * 0.5f, -0.95f, right, top + 0.3f, right, top, left, top), back, 0, own == back ? 0 : 0.5f);
                break;
        }
    }

    // A tiger's: from the back down and to a point, two by two.
    private void Stripes(float left, float right, Pigment dark, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            var x = left + ((right - left) * (i + each.Between(0.2f, 0.8f)) / count);
            var (reach, slant, wide) = (each.Between(0.26f, 0.5f), each.Between(-0.08f, 0.03f), each.Between(0.018f, 0.03f));
            figure.Flat(new Shape().Limb(x, -1.05f, wide, x + slant, -1.02f + (reach * 0.5f), wide * 1.1f, x + (slant * 1.8f), -1.02f + reach, 0.004f), dark, 0, 0.85f);
            if (each.Happens(0.7f))
            {
                figure.Flat(new Shape().Limb(x + 0.05f, -0.5f, 0.006f, x + 0.03f, -0.42f - (0.1f * each.Unit()), wide * 0.9f, x + 0.06f, -0.24f, 0.006f), dark, 0, 0.8f);
            }
        }

        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(left + 0.34f, -0.34f), (left + 0.36f, -0.22f), (right * 0.5f, -0.4f), (right * 0.5f, -0.28f)])
        {
            figure.Easel.Line(x - 0.12f, y - 0.02f, x + 0.06f, y + 0.02f, figure.Tone(dark, 0, 0.8f), 0.028f);
        }
    }

    // A zebra's: all around, from neck to leg.
    private void Bands(float left, float right, float top, Pigment dark)
    {
        for (var i = 0; i < 22; i++)
        {
            var t = i / 21f;
            var x = left + ((right - left) * t);
            var lean = t < 0.3f ? 0.3f : t > 0.72f ? -0.34f : 0.02f;
            figure.Flat(new Shape().Limb(x + lean, top, 0.02f, x + (lean * 0.3f), -1f, 0.03f, x, -0.7f, 0.034f, x - (lean * 0.4f), -0.4f, 0.008f), dark, 0, 0.95f);
        }

        for (var i = 0; i < 8; i++)
        {
            var y = -0.48f + (i * 0.06f);
            figure.Easel.Line(left, y + 0.03f, left * 0.3f, y, figure.Tone(dark), 0.026f);
            figure.Easel.Line(right * 0.2f, y, right * 0.8f, y + 0.02f, figure.Tone(dark), 0.026f);
        }
    }

    private void Spots(float left, float right)
    {
        var dark = Pigment.Of(0.24f, 0.03f, 50);
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 17; column++)
            {
                var each = random.Fork((row * 40) + column);
                var (x, y) = (left + ((right - left) * (column + each.Between(0.1f, 0.9f)) / 17), -1.08f + (0.11f * (row + each.Between(0, 0.8f))));
                var size = each.Between(0.018f, 0.032f);
                figure.Oval(x, y, size * 1.2f, size, dark, 0, 0.9f);
                if (row < 4)
                {
                    figure.Oval(x, y, size * 0.6f, size * 0.45f, Pigment.Of(0.6f, 0.11f, 62), 0, 0.9f);
                }
            }
        }
    }

    private void Tiles(float left, float right, float top, Pigment dark)
    {
        for (var y = top; y < -0.3f; y += 0.16f)
        {
            for (var x = left; x < right; x += 0.17f)
            {
                var each = random.Fork((int)((x * 50) + (y * 5000)) + 100000);
                var (cx, cy, size) = (x + each.Between(-0.03f, 0.03f), y + each.Between(-0.03f, 0.03f), each.Between(0.055f, 0.075f));
                var corners = new float[12];
                for (var i = 0; i < 6; i++)
                {
                    var (down, across) = MathF.SinCos(i * MathF.Tau / 6 + each.Between(-0.25f, 0.25f));
                    (corners[2 * i], corners[(2 * i) + 1]) = (cx + (across * size), cy + (down * size));
                }

                figure.Flat(new Shape().Polygon(corners), dark, 0, 0.9f);
            }
        }
    }

    private void Patches(float left, float right, float top, Pigment dark)
    {
        ReadOnlySpan<(float X, float Y, float Wide, float Tall)> places = [(0.12f, -0.86f, 0.22f, 0.2f), (0.42f, -0.78f, 0.24f, 0.26f), (0.68f, -0.6f, 0.14f, 0.16f), (0.3f, -0.45f, 0.1f, 0.1f), (0.86f, top + 0.22f, 0.16f, 0.2f), (0.08f, -0.4f, 0.1f, 0.16f)];
        for (var i = 0; i < places.Length; i++)
        {
            var each = random.Fork(i);
            var (place, wide, tall) = (places[i], places[i].Wide * each.Between(0.8f, 1.2f), places[i].Tall * each.Between(0.8f, 1.2f));
            var x = left + ((right - left) * place.X);
            var points = new float[16];
            for (var p = 0; p < 8; p++)
            {
                var (down, across) = MathF.SinCos(p * MathF.Tau / 8);
                var reach = each.Between(0.75f, 1.2f);
                (points[2 * p], points[(2 * p) + 1]) = (x + (across * wide * reach), place.Y + (down * tall * reach));
            }

            figure.Flat(new Shape().Curve(points), dark, 0, 0.95f);
        }
    }
}
