using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Figures;

/// <summary>What stands in rooms, about two units high or wide.</summary>
internal static class Furniture
{
    public static void Sofa(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.55f, 0.1f, 200, 27, 150, 60, 280);
        form.Shadow(1.25f);
        form.Box(-1.06f, -0.06f, -0.94f, 0.02f, DarkWood);
        form.Box(0.94f, -0.06f, 1.06f, 0.02f, DarkWood);
        form.Box(-1.06f, -1.02f, 1.06f, -0.3f, cloth, 0.8f, 0.18f);
        form.Line(0, -0.98f, 0, -0.5f, cloth.Darker(0.14f), 0.018f);
        form.Box(-1.02f, -0.34f, 1.02f, -0.04f, cloth.Darker(0.06f), 0.9f, 0.06f);
        form.Box(-0.94f, -0.5f, -0.01f, -0.26f, cloth.Lighter(0.04f), 0.8f, 0.09f);
        form.Box(0.01f, -0.5f, 0.94f, -0.26f, cloth.Lighter(0.04f), 0.8f, 0.09f);
        foreach (var x in (ReadOnlySpan<float>)[-1.06f, 1.06f])
        {
            form.Box(x - 0.17f, -0.68f, x + 0.17f, -0.04f, cloth, 1, 0.14f);
        }

        using var cushion = form.Part(-0.68f, -0.48f, 1, -12);
        cushion.Box(-0.2f, -0.36f, 0.2f, 0.02f, Pigment.Of(0.72f, 0.13f, random.Pick(85f, 20f, 250f)), 1, 0.09f);
    }

    public static void Armchair(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.5f, 0.11f, 27, 150, 60, 255);
        form.Shadow(0.9f);
        form.Box(-0.66f, -0.08f, -0.56f, 0.02f, DarkWood);
        form.Box(0.56f, -0.08f, 0.66f, 0.02f, DarkWood);
        form.Body("M-0.62,-0.2 L-0.66,-1.3 C-0.64,-1.62 0.64,-1.62 0.66,-1.3 L0.62,-0.2 Z", cloth);
        for (var i = 0; i < 5; i++)
        {
            form.Oval(-0.3f + (i % 3 * 0.3f) - (i > 2 ? -0.15f : 0), i > 2 ? -0.92f : -1.16f, 0.03f, 0.03f, cloth.Darker(0.2f));
        }

        form.Box(-0.62f, -0.36f, 0.62f, -0.06f, cloth.Darker(0.06f), 0.9f, 0.06f);
        form.Box(-0.5f, -0.56f, 0.5f, -0.3f, cloth.Lighter(0.05f), 0.9f, 0.1f);
        foreach (var x in (ReadOnlySpan<float>)[-0.66f, 0.66f])
        {
            form.Box(x - 0.16f, -0.76f, x + 0.16f, -0.06f, cloth, 1, 0.14f);
        }
    }

    public static void Chair(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.55f, 0.1f, 60, 50, 40);
        form.Shadow(0.75f);
        form.Rod(-0.28f, -0.72f, -0.34f, -0.1f, wood.Darker(0.12f), 0.1f);
        form.Rod(0.66f, -0.74f, 0.7f, -0.12f, wood.Darker(0.12f), 0.1f);
        form.Rod(-0.52f, -1.92f, -0.44f, -0.74f, wood, 0.11f);
        form.Rod(0.4f, -1.96f, 0.46f, -0.76f, wood, 0.11f);
        form.Body("M-0.6,-1.9 C-0.2,-2.1 0.2,-2.1 0.5,-1.96 L0.5,-1.72 C0.2,-1.84 -0.2,-1.84 -0.58,-1.66 Z", wood);
        for (var i = 0; i < 4; i++)
        {
            form.Rod(-0.34f + (i * 0.2f), -1.74f, -0.28f + (i * 0.2f), -0.8f, wood, 0.055f);
        }

        form.Body("M-0.5,-0.82 L0.52,-0.86 L0.76,-0.66 L-0.66,-0.6 Z", wood.Lighter(0.06f), 0.6f, 0.2f);
        form.Body("M-0.66,-0.6 L0.76,-0.66 L0.76,-0.54 L-0.66,-0.48 Z", wood, 0.6f, -0.2f);
        form.Rod(-0.6f, -0.5f, -0.64f, 0, wood, 0.11f);
        form.Rod(0.7f, -0.54f, 0.76f, 0, wood, 0.11f);
        form.Rod(-0.6f, -0.22f, 0.72f, -0.24f, wood.Darker(0.05f), 0.05f);
    }

    public static void Table(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.54f, 0.09f, 60, 50);
        form.Shadow(1.15f);
        form.Rod(-0.72f, -0.84f, -0.74f, -0.14f, wood.Darker(0.14f), 0.1f);
        form.Rod(0.72f, -0.84f, 0.74f, -0.14f, wood.Darker(0.14f), 0.1f);
        form.Body("M-0.86,-1.02 L0.86,-1.02 L1.1,-0.8 L-1.1,-0.8 Z", wood.Lighter(0.07f), 0.5f, 0.2f);
        form.Box(-1.1f, -0.81f, 1.1f, -0.7f, wood, 0.6f);
        form.Box(-1, -0.7f, 1, -0.58f, wood.Darker(0.08f), 0.6f);
        form.Box(-1.02f, -0.7f, -0.88f, 0, wood, 0.9f);
        form.Box(0.88f, -0.7f, 1.02f, 0, wood, 0.9f);
    }

    public static void Lamp(Form form, SeededRandom random)
    {
        var shade = form.Coat(random, 0.82f, 0.08f, 80, 30, 200);
        form.Shadow(0.5f);
        form.Ball(0, -0.05f, 0.4f, 0.1f, Brass);
        form.Round("M-0.1,-0.06 C-0.06,-0.3 -0.24,-0.4 -0.2,-0.6 C-0.16,-0.78 -0.05,-0.84 -0.05,-1.1 L0.05,-1.1 C0.05,-0.84 0.16,-0.78 0.2,-0.6 C0.24,-0.4 0.06,-0.3 0.1,-0.06 Z", Brass);
        form.Easel.Glow(0, -1.3f, 1.7f, Flame.Colour(form.IsLit ? 0.8f : 0.4f));
        form.Round("M-0.34,-1.86 L0.34,-1.86 L0.66,-1.04 C0.3,-0.96 -0.3,-0.96 -0.66,-1.04 Z", shade, 0.35f);
        form.Flat("M-0.3,-1.82 L0.3,-1.82 L0.58,-1.07 C0.3,-1.01 -0.3,-1.01 -0.58,-1.07 Z", Flame, 0.5f, form.IsLit ? 0.6f : 0.3f);
        form.Easel.Glow(0, -1.4f, 0.6f, Flame.Colour(0.8f));
    }

    public static void FloorLamp(Form form, SeededRandom random)
    {
        form.Ball(0, -0.04f, 0.34f, 0.07f, Iron);
        form.Rod(0, -0.06f, 0, -2.3f, Iron, 0.05f);
        form.Easel.Glow(0, -2.2f, 2.2f, Flame.Colour(form.IsLit ? 0.75f : 0.3f));
        form.Round("M-0.28,-2.75 L0.28,-2.75 L0.5,-2.15 L-0.5,-2.15 Z", Paper, 0.3f);
        form.Flat("M-0.25,-2.72 L0.25,-2.72 L0.45,-2.17 L-0.45,-2.17 Z", Flame, 0.5f, form.IsLit ? 0.65f : 0.3f);
    }

    public static void Bed(Form form, SeededRandom random)
    {
        var cover = form.Coat(random, 0.6f, 0.11f, 250, 27, 150, 300);
        form.Shadow(1.4f);
        form.Box(-1.34f, -1.3f, -1.14f, 0.04f, Wood, 1, 0.05f);
        form.Box(1.14f, -0.7f, 1.3f, 0.04f, Wood, 1, 0.05f);
        form.Box(-1.16f, -0.36f, 1.16f, -0.12f, Wood.Darker(0.08f), 0.8f);
        form.Box(-1.14f, -0.58f, 1.16f, -0.3f, China, 0.8f, 0.06f);
        form.Body("M-0.5,-0.68 C0,-0.8 0.8,-0.78 1.16,-0.64 L1.18,-0.18 C0.6,-0.08 0,-0.1 -0.46,-0.2 Z", cover);
        form.Stroke("M-0.2,-0.7 C-0.16,-0.5 -0.2,-0.3 -0.14,-0.16 M0.3,-0.74 C0.36,-0.5 0.32,-0.3 0.36,-0.12 M0.8,-0.72 C0.84,-0.5 0.8,-0.3 0.84,-0.14", cover.Darker(0.12f), 0.025f);
        form.Flat("M-0.56,-0.66 L-0.4,-0.7 L-0.36,-0.2 L-0.5,-0.22 Z", China, 0.1f);
        form.Body("M-1.12,-0.6 C-1.14,-0.88 -0.9,-0.92 -0.74,-0.86 C-0.56,-0.82 -0.56,-0.6 -0.62,-0.56 Z", China, 0.9f);
        form.Body("M-1.04,-0.74 C-1.06,-1 -0.84,-1.04 -0.7,-0.98 C-0.54,-0.92 -0.56,-0.72 -0.62,-0.68 Z", China, 0.9f, 0.1f);
    }

    public static void Piano(Form form, SeededRandom random)
    {
        var lacquer = form.Easel.Scene is { Hue: null, Grey: null } ? random.Pick(Night, DarkWood) : form.Coat(random, 0.4f, 0.12f, 27);
        form.Shadow(1.3f);
        form.Box(-1.05f, -1.5f, 1.05f, -0.16f, lacquer, 0.8f, 0.03f);
        form.Box(-1.12f, -1.6f, 1.12f, -1.48f, lacquer, 1, 0.03f);
        form.Shine("M-0.95,-1.44 L-0.5,-1.44 L-0.8,-0.92 L-0.95,-0.92 Z", 0.16f);
        form.Box(-0.45f, -1.4f, 0.45f, -0.98f, Paper, 0.5f);
        for (var i = 0; i < 4; i++)
        {
            form.Line(-0.38f, -1.3f + (i * 0.09f), -0.05f, -1.3f + (i * 0.09f), Iron, 0.012f);
            form.Line(0.05f, -1.3f + (i * 0.09f), 0.38f, -1.3f + (i * 0.09f), Iron, 0.012f);
        }

        form.Line(0, -1.4f, 0, -0.98f, Paper.Darker(0.2f), 0.02f);
        form.Box(-1.12f, -0.72f, 1.12f, -0.54f, lacquer, 1, 0.02f);
        form.Body("M-1,-0.86 L1,-0.86 L1.06,-0.7 L-1.06,-0.7 Z", China, 0.3f, 0.2f);
        for (var i = 1; i < 21; i++)
        {
            var x = -1 + (i * 0.0953f);
            form.Line(x, -0.86f, x * 1.06f, -0.7f, Iron, 0.008f);
            if (i % 7 is not (0 or 3))
            {
                form.Box(x - 0.026f, -0.86f, x + 0.026f, -0.77f, Night, 0.3f);
            }
        }

        form.Box(-1.1f, -0.56f, -0.96f, 0, lacquer);
        form.Box(0.96f, -0.56f, 1.1f, 0, lacquer);
        form.Rod(-0.08f, -0.1f, -0.08f, -0.02f, Brass, 0.06f);
        form.Rod(0.08f, -0.1f, 0.08f, -0.02f, Brass, 0.06f);
        form.Box(-0.5f, -0.34f, 0.5f, -0.22f, DarkWood, 1, 0.04f);
        form.Rod(-0.4f, -0.22f, -0.44f, 0.14f, DarkWood, 0.07f);
        form.Rod(0.4f, -0.22f, 0.44f, 0.14f, DarkWood, 0.07f);
    }

    public static void Bookshelf(Form form, SeededRandom random) => Shelves(form, random, -1, -2.2f, 1, 0, 5);

    /// <summary>A bookcase of any size, filled.</summary>
    public static void Shelves(Form form, SeededRandom random, float left, float top, float right, float bottom, int rows)
    {
        form.Box(left, top, right, bottom, DarkWood, 0.5f);
        var high = (bottom - top) / rows;
        for (var row = 0; row < rows; row++)
        {
            var floor = top + ((row + 1) * high) - (0.06f * high);
            form.Patch(left + (0.1f * high), floor - (high * 0.86f), right - (0.1f * high), floor, Night, 0.1f);
            var x = left + (0.14f * high);
            for (var i = 0; x < right - (0.3f * high); i++)
            {
                var each = random.Fork((row * 100) + i);
                var (wide, tall) = (high * each.Between(0.12f, 0.23f), high * each.Between(0.56f, 0.8f));
                if (each.Happens(0.06f))
                {
                    x += wide * 2;
                    continue;
                }

                var cover = Pigment.Of(each.Between(0.38f, 0.7f), each.Between(0.04f, 0.13f), each.Pick(27f, 45f, 255f, 150f, 80f, 310f, 200f));
                form.Box(x, floor - tall, x + wide, floor, cover, 0.7f);
                form.Line(x + (wide * 0.15f), floor - (tall * 0.8f), x + (wide * 0.85f), floor - (tall * 0.8f), Brass, high * 0.035f);
                x += wide * 1.04f;
            }

            form.Patch(left, floor, right, floor + (0.06f * high), DarkWood.Lighter(0.08f), 0.2f);
        }
    }

    public static void Fireplace(Form form, SeededRandom random)
    {
        form.Box(-0.9f, -1.3f, 0.9f, 0, Stone, 0.7f);
        for (var row = 0; row < 6; row++)
        {
            for (var i = 0; i < 5; i++)
            {
                var x = -0.88f + (i * 0.36f) + (row % 2 * 0.14f);
                if (x < 0.6f)
                {
                    form.Box(x, -1.26f + (row * 0.21f), x + 0.33f, -1.08f + (row * 0.21f), Pigment.Of(0.52f, 0.09f, 40).Lighter(random.Fork((row * 9) + i).Between(-0.05f, 0.05f)), 0.4f);
                }
            }
        }

        form.Body("M-0.52,0 L-0.52,-0.6 C-0.5,-0.94 0.5,-0.94 0.52,-0.6 L0.52,0 Z", Night, 0.2f);
        form.Easel.Glow(0, -0.2f, 1.5f, Pigment.Of(0.8f, 0.17f, 60).Colour(0.8f));
        form.Rod(-0.34f, -0.08f, 0.34f, -0.14f, DarkWood, 0.12f);
        form.Rod(-0.3f, -0.16f, 0.3f, -0.06f, DarkWood, 0.12f);
        foreach (var (x, tall) in (ReadOnlySpan<(float, float)>)[(-0.2f, 0.44f), (0.02f, 0.62f), (0.22f, 0.4f)])
        {
            form.Flat(FormattableString.Invariant($"M{x},-0.12 C{x - 0.2f},-0.2 {x - 0.12f},{-0.1f - (tall * 0.6f)} {x},{-0.12f - tall} C{x + 0.1f},{-0.1f - (tall * 0.6f)} {x + 0.2f},-0.2 {x},-0.12 Z"), Pigment.Of(0.76f, 0.18f, 55), 0.7f);
            form.Flat(FormattableString.Invariant($"M{x},-0.12 C{x - 0.1f},-0.16 {x - 0.06f},{-0.1f - (tall * 0.35f)} {x},{-0.12f - (tall * 0.55f)} C{x + 0.05f},{-0.1f - (tall * 0.35f)} {x + 0.1f},-0.16 {x},-0.12 Z"), Pigment.Of(0.95f, 0.11f, 95), 0.8f);
        }

        form.Box(-1.04f, -1.42f, 1.04f, -1.28f, DarkWood, 1, 0.02f);
    }

    public static void Plant(Form form, SeededRandom random)
    {
        form.Shadow(0.5f);
        for (var i = 0; i < 13; i++)
        {
            var each = random.Fork(i);
            using var leaf = form.Part(0, -0.6f, each.Between(0.8f, 1.15f), ((i - 6) * 13) + each.Between(-6, 6));
            leaf.Body("M0,0 C-0.1,-0.4 -0.28,-0.7 -0.06,-1.15 C0.2,-0.8 0.14,-0.4 0,0 Z", Leaf.Lighter(each.Between(-0.08f, 0.1f)), 0.8f);
        }

        form.Round("M-0.38,-0.66 L-0.28,0 L0.28,0 L0.38,-0.66 Z", Pigment.Of(0.58f, 0.1f, 45));
        form.Tube(-0.42f, -0.74f, 0.42f, -0.58f, Pigment.Of(0.6f, 0.1f, 45));
    }

    public static void Stove(Form form, SeededRandom random)
    {
        form.Box(-0.6f, -1, 0.6f, 0, Plaster, 0.7f, 0.03f);
        form.Box(-0.62f, -1.08f, 0.62f, -0.98f, Iron, 0.7f, 0.02f);
        form.Box(-0.48f, -0.7f, 0.48f, -0.14f, Iron, 0.5f, 0.04f);
        form.Pane(-0.4f, -0.62f, 0.4f, -0.24f);
        form.Rod(-0.42f, -0.76f, 0.42f, -0.76f, Steel, 0.05f);
        for (var i = 0; i < 4; i++)
        {
            form.Oval(-0.36f + (i * 0.24f), -0.88f, 0.055f, 0.055f, Iron);
        }

        form.Round("M-0.36,-1.46 L-0.34,-1.1 L0.3,-1.1 L0.32,-1.46 Z", form.Coat(random, 0.5f, 0.14f, 27, 250));
        form.Ball(-0.02f, -1.46f, 0.35f, 0.07f, Steel);
        form.Oval(-0.02f, -1.55f, 0.06f, 0.04f, Iron);
        form.Rod(0.32f, -1.36f, 0.56f, -1.36f, Iron, 0.06f);
    }

    public static void Door(Form form, SeededRandom random)
    {
        var paint = form.Coat(random, 0.5f, 0.12f, 27, 150, 250, 60);
        form.Shadow(0.7f);
        form.Box(-0.66f, -2, 0.66f, 0, Plaster, 0.5f);
        form.Box(-0.52f, -1.88f, 0.52f, 0, paint, 0.6f);
        foreach (var (l, t, r, b) in (ReadOnlySpan<(float, float, float, float)>)[(-0.4f, -1.74f, -0.06f, -1), (0.06f, -1.74f, 0.4f, -1), (-0.4f, -0.82f, -0.06f, -0.16f), (0.06f, -0.82f, 0.4f, -0.16f)])
        {
            form.Box(l, t, r, b, paint.Darker(0.06f), -0.5f);
        }

        form.Ball(0.44f, -0.92f, 0.06f, 0.06f, Brass);
    }

    public static void Bench(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.52f, 0.09f, 60, 50);
        form.Shadow(1.15f);
        foreach (var x in (ReadOnlySpan<float>)[-0.82f, 0.82f])
        {
            form.Rod(x, -1.02f, x, 0, Iron, 0.08f);
            form.Rod(x - 0.1f, -0.46f, x - 0.14f, 0, Iron, 0.07f);
        }

        for (var i = 0; i < 3; i++)
        {
            form.Box(-1.06f, -1.04f + (i * 0.17f), 1.06f, -0.92f + (i * 0.17f), wood, 0.6f, 0.02f);
        }

        form.Body("M-1.06,-0.5 L1.06,-0.5 L1.12,-0.4 L-1.12,-0.4 Z", wood.Lighter(0.06f), 0.5f, 0.2f);
        form.Box(-1.12f, -0.41f, 1.12f, -0.34f, wood, 0.6f);
    }
}
