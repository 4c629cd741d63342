using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Figures;

/// <summary>What is eaten and drunk, and its dishes, about two units wide, seen from a little above a table.</summary>
internal static class Food
{
    private static readonly Pigment Broth = Pigment.Of(0.62f, 0.11f, 65);
    private static readonly Pigment Noodle = Pigment.Of(0.88f, 0.1f, 90);
    private static readonly Pigment Tea = Pigment.Of(0.42f, 0.09f, 50);
    private static readonly Pigment Cream = Pigment.Of(0.96f, 0.02f, 85);
    private static readonly Pigment Cherry = Pigment.Of(0.5f, 0.19f, 25);
    private static readonly Pigment Green = Pigment.Of(0.55f, 0.14f, 138);

    public static void Ramen(Form form, SeededRandom random)
    {
        Bowl(form, random, Broth);
        for (var i = 0; i < 4 + form.Easel.Look.Many(16); i++)
        {
            var each = random.Fork(i);
            var (x, y, wide) = (each.Between(-0.55f, 0.35f), each.Between(-0.98f, -0.74f), each.Between(0.2f, 0.42f));
            form.Stroke(FormattableString.Invariant($"M{x},{y} C{x + (wide * 0.3f)},{y - 0.14f} {x + (wide * 0.7f)},{y + 0.12f} {x + wide},{y - 0.02f}"), Noodle.Darker(0.12f), 0.055f);
            form.Stroke(FormattableString.Invariant($"M{x},{y} C{x + (wide * 0.3f)},{y - 0.14f} {x + (wide * 0.7f)},{y + 0.12f} {x + wide},{y - 0.02f}"), Noodle, 0.034f, 0.25f);
        }

        // A halved egg, a slice of fish cake, seaweed, spring onion.
        form.Body("M0.5,-0.92 L0.62,-1.5 L0.94,-1.42 L0.8,-0.86 Z", Pigment.Of(0.28f, 0.04f, 150), 0.6f);
        form.Ball(0.28f, -0.98f, 0.24f, 0.16f, China);
        form.Ball(0.29f, -0.99f, 0.13f, 0.09f, Pigment.Of(0.78f, 0.16f, 70));
        form.Ball(-0.46f, -0.98f, 0.22f, 0.13f, China);
        form.Stroke("M-0.56,-0.98 C-0.54,-1.06 -0.38,-1.06 -0.38,-0.98 C-0.38,-0.92 -0.48,-0.92 -0.46,-0.98", Pigment.Of(0.68f, 0.16f, 5), 0.035f);
        form.Ball(-0.08f, -0.78f, 0.3f, 0.1f, Pigment.Of(0.5f, 0.1f, 40));
        form.Stroke("M-0.3,-0.8 C-0.2,-0.84 0,-0.84 0.14,-0.79", Cream, 0.03f);
        Sprinkle(form, random.Fork("onion"), 16, 0.62f, -0.86f, 0.13f, Green, 0.032f);
        Chopsticks(form);
        Steam(form, random, -1.15f);
    }

    public static void Soup(Form form, SeededRandom random)
    {
        var soup = form.Coat(random, 0.6f, 0.15f, 50, 38, 65, 110);
        Bowl(form, random, soup);
        form.Stroke("M-0.3,-0.86 C-0.1,-0.98 0.2,-0.96 0.24,-0.86 C0.24,-0.78 -0.02,-0.78 -0.02,-0.86", Cream, 0.05f);
        Sprinkle(form, random.Fork("herbs"), 14, 0.66f, -0.86f, 0.11f, Green, 0.035f);
        form.Rod(0.5f, -0.82f, 1.15f, -1.5f, Steel, 0.07f);
        Steam(form, random, -1.1f);
    }

    public static void Rice(Form form, SeededRandom random)
    {
        form.Ball(0, -0.9f, 0.74f, 0.44f, China);
        for (var i = 0; i < 20 + form.Easel.Look.Many(50); i++)
        {
            var each = random.Fork(i);
            var (sin, cos) = MathF.SinCos(each.Between(-MathF.PI, 0));
            var away = MathF.Sqrt(each.Unit()) * 0.92f;
            form.Oval(cos * 0.7f * away, -0.9f + (sin * 0.42f * away), 0.045f, 0.026f, China, each.Between(-0.3f, 0.4f));
        }

        Bowl(form, random, null);
        Sprinkle(form, random.Fork("sesame"), 10, 0.5f, -1.14f, 0.12f, Night, 0.02f);
        Chopsticks(form);
        Steam(form, random, -1.35f);
    }

    public static void Salad(Form form, SeededRandom random)
    {
        for (var i = 0; i < 16; i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(-0.72f, 0.72f), -0.9f - each.Between(0, 0.3f));
            form.Body(FormattableString.Invariant($"M{x - 0.26f},{y + 0.12f} C{x - 0.3f},{y - 0.12f} {x - 0.08f},{y - 0.2f} {x},{y - 0.12f} C{x + 0.1f},{y - 0.24f} {x + 0.3f},{y - 0.1f} {x + 0.24f},{y + 0.12f} Z"), Green.Lighter(each.Between(-0.08f, 0.16f)), 0.7f);
        }

        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(-0.34f, -1), (0.14f, -1.14f), (0.46f, -0.98f)])
        {
            form.Ball(x, y, 0.15f, 0.14f, Cherry);
        }

        form.Ball(-0.08f, -0.94f, 0.19f, 0.13f, China);
        form.Ball(-0.08f, -0.94f, 0.09f, 0.06f, Pigment.Of(0.8f, 0.15f, 85));
        Bowl(form, random, null);
    }

    public static void FruitBowl(Form form, SeededRandom random)
    {
        using (var back = form.Part(-0.42f, -0.86f, 0.5f))
        {
            Apple(back, random);
        }

        using (var back = form.Part(0.42f, -0.86f, 0.52f))
        {
            Orange(back, random);
        }

        form.Body("M-0.1,-1.02 C0.1,-1.5 0.7,-1.6 0.98,-1.34 C0.8,-1.32 0.5,-1.16 0.3,-0.86 Z", Pigment.Of(0.86f, 0.15f, 95));
        Grapes(form, -0.72f, -0.9f, 0.105f, Pigment.Of(0.42f, 0.13f, 320));
        using (var front = form.Part(0, -0.72f, 0.56f))
        {
            Pear(front, random);
        }

        Bowl(form, random, null);
    }

    public static void Apple(Form form, SeededRandom random)
    {
        var skin = form.Coat(random, 0.55f, 0.18f, 27, 27, 125);
        form.Shadow(0.72f);
        form.Body("M0,-1.3 C0.3,-1.52 0.84,-1.4 0.86,-0.86 C0.86,-0.36 0.5,0.04 0.22,0.02 C0.1,0 0.04,-0.04 0,-0.04 C-0.04,-0.04 -0.1,0 -0.22,0.02 C-0.5,0.04 -0.86,-0.36 -0.86,-0.86 C-0.84,-1.4 -0.3,-1.52 0,-1.3 Z", skin, 1.1f);
        form.Flat("M-0.2,-1.3 C-0.1,-1.2 0.1,-1.2 0.2,-1.3 C0.12,-1.24 -0.12,-1.24 -0.2,-1.3 Z", skin.Darker(0.2f));
        form.Stroke("M0,-1.24 C0.02,-1.44 0.06,-1.54 0.14,-1.64", DarkWood, 0.075f);
        form.Body("M0.08,-1.46 C0.2,-1.76 0.56,-1.76 0.72,-1.62 C0.56,-1.42 0.26,-1.36 0.08,-1.46 Z", Leaf);
        form.Shine("M-0.62,-1 C-0.6,-1.2 -0.46,-1.3 -0.32,-1.28 C-0.46,-1.18 -0.52,-1.02 -0.5,-0.82 C-0.58,-0.8 -0.62,-0.88 -0.62,-1 Z", 0.7f);
    }

    public static void Orange(Form form, SeededRandom random)
    {
        var skin = Pigment.Of(0.74f, 0.17f, 58);
        form.Shadow(1.15f);

        // A half, cut open, leans before the whole.
        form.Ball(0, -0.72f, 0.76f, 0.73f, skin);
        for (var i = 0; i < form.Easel.Look.Many(40); i++)
        {
            var each = random.Fork(i);
            var (sin, cos) = MathF.SinCos(each.Between(0, MathF.Tau));
            var away = MathF.Sqrt(each.Unit()) * 0.66f;
            form.Oval(cos * away, -0.72f + (sin * away), 0.018f, 0.016f, skin.Darker(0.12f), 0, 0.7f);
        }

        form.Body("M-0.02,-1.4 C0.12,-1.66 0.44,-1.68 0.58,-1.56 C0.46,-1.4 0.2,-1.32 -0.02,-1.4 Z", Leaf);
        form.Oval(0, -1.38f, 0.06f, 0.04f, DarkWood);
        using var half = form.Part(0.82f, -0.42f, 1, 8);
        half.Ball(0, 0, 0.46f, 0.44f, skin);
        half.Oval(0.01f, 0, 0.41f, 0.39f, Pigment.Of(0.95f, 0.04f, 85), 0.1f);
        for (var i = 0; i < 9; i++)
        {
            using var segment = half.Part(0.01f, 0, 1, i * 40);
            segment.Flat("M0.03,-0.05 C0.14,-0.14 0.14,-0.28 0.08,-0.35 C0.03,-0.37 -0.03,-0.37 -0.08,-0.35 C-0.14,-0.28 -0.14,-0.14 -0.03,-0.05 Z", skin.Lighter(0.04f), 0.1f);
        }
    }

    public static void Lemon(Form form, SeededRandom random)
    {
        var skin = form.Easel.Scene.Hue == 145 ? Pigment.Of(0.74f, 0.17f, 130) : Pigment.Of(0.88f, 0.17f, 102);
        form.Shadow(0.85f);
        form.Body("M-0.98,-0.6 C-0.9,-0.72 -0.8,-0.72 -0.7,-0.9 C-0.4,-1.3 0.4,-1.3 0.7,-0.9 C0.8,-0.74 0.9,-0.7 0.98,-0.56 C0.9,-0.44 0.8,-0.42 0.68,-0.3 C0.36,0.06 -0.4,0.06 -0.7,-0.3 C-0.8,-0.44 -0.9,-0.46 -0.98,-0.6 Z", skin);
        form.Shine("M-0.5,-0.9 C-0.34,-1.08 -0.1,-1.12 0.06,-1.1 C-0.16,-1.02 -0.32,-0.9 -0.38,-0.76 Z", 0.6f);
        form.Body("M0.7,-0.96 C0.76,-1.26 1.06,-1.32 1.2,-1.24 C1.14,-1.04 0.92,-0.92 0.7,-0.96 Z", Leaf);
    }

    public static void Pear(Form form, SeededRandom random)
    {
        form.Shadow(0.62f);
        form.Body("M0,-1.62 C0.2,-1.62 0.3,-1.46 0.32,-1.24 C0.36,-0.96 0.72,-0.84 0.72,-0.46 C0.72,-0.1 0.4,0.02 0,0.02 C-0.4,0.02 -0.72,-0.1 -0.72,-0.46 C-0.72,-0.84 -0.36,-0.96 -0.32,-1.24 C-0.3,-1.46 -0.2,-1.62 0,-1.62 Z", form.Coat(random, 0.78f, 0.15f, 112, 100));
        form.Stroke("M0,-1.6 C0.02,-1.76 0.06,-1.84 0.14,-1.92", DarkWood, 0.07f);
        form.Body("M0.06,-1.72 C0.2,-1.96 0.48,-1.94 0.6,-1.84 C0.48,-1.68 0.24,-1.64 0.06,-1.72 Z", Leaf);
        form.Shine("M-0.48,-0.6 C-0.48,-0.78 -0.36,-0.9 -0.26,-0.98 C-0.32,-0.8 -0.36,-0.6 -0.34,-0.4 C-0.42,-0.4 -0.48,-0.48 -0.48,-0.6 Z", 0.6f);
    }

    public static void Banana(Form form, SeededRandom random)
    {
        var skin = Pigment.Of(0.87f, 0.16f, 95);
        form.Shadow(0.9f);
        foreach (var (dy, turn) in (ReadOnlySpan<(float, float)>)[(-0.16f, -10), (-0.02f, 2), (0.06f, 14)])
        {
            using var each = form.Part(0, dy, 1, turn);
            each.Body("M-0.98,-0.96 C-0.9,-0.3 -0.3,0.1 0.5,-0.12 C0.8,-0.22 0.98,-0.4 1.04,-0.54 L0.94,-0.62 C0.5,-0.42 -0.4,-0.4 -0.76,-1 L-0.8,-1.22 L-0.96,-1.2 Z", skin, 0.9f);
            each.Stroke("M-0.9,-0.92 C-0.7,-0.36 -0.1,-0.12 0.96,-0.54", skin.Darker(0.12f), 0.022f);
            each.Flat("M0.94,-0.62 L1.06,-0.54 L1.02,-0.46 L0.92,-0.54 Z", DarkWood);
        }

        form.Body("M-1,-1.2 L-0.86,-1.46 L-0.68,-1.4 L-0.7,-1.1 Z", Pigment.Of(0.6f, 0.1f, 100));
    }

    public static void Strawberry(Form form, SeededRandom random)
    {
        form.Shadow(0.6f);
        form.Body("M0,0.02 C-0.4,-0.16 -0.78,-0.7 -0.66,-1.1 C-0.56,-1.36 -0.2,-1.36 0,-1.28 C0.2,-1.36 0.56,-1.36 0.66,-1.1 C0.78,-0.7 0.4,-0.16 0,0.02 Z", form.Coat(random, 0.55f, 0.2f, 27), 1.1f);
        for (var row = 0; row < 5; row++)
        {
            for (var i = 0; i < 5 - (row / 2); i++)
            {
                var (x, y) = (((i - ((4 - (row / 2)) / 2f)) * 0.25f) + (row % 2 * 0.05f), -1.02f + (row * 0.2f));
                form.Oval(x, y, 0.03f, 0.045f, Pigment.Of(0.88f, 0.13f, 92), 0.2f);
            }
        }

        form.Body("M0,-1.2 C-0.2,-1.02 -0.3,-1.06 -0.5,-0.98 C-0.42,-1.16 -0.5,-1.2 -0.62,-1.3 C-0.4,-1.36 -0.2,-1.38 0,-1.4 C0.2,-1.38 0.4,-1.36 0.62,-1.3 C0.5,-1.2 0.42,-1.16 0.5,-0.98 C0.3,-1.06 0.2,-1.02 0,-1.2 Z", Green);
        form.Stroke("M0,-1.34 C0.02,-1.5 0.08,-1.56 0.16,-1.6", Green, 0.06f);
    }

    public static void CherryPair(Form form, SeededRandom random)
    {
        var skin = form.Coat(random, 0.48f, 0.19f, 22);
        form.Shadow(0.85f);
        form.Stroke("M-0.44,-0.7 C-0.4,-1.2 -0.1,-1.5 0.2,-1.72 M0.48,-0.64 C0.5,-1.1 0.4,-1.5 0.2,-1.72", Green, 0.055f);
        form.Body("M0.2,-1.72 C0.4,-2 0.8,-1.96 0.94,-1.8 C0.78,-1.6 0.42,-1.58 0.2,-1.72 Z", Leaf);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(-0.44f, -0.4f), (0.48f, -0.36f)])
        {
            form.Ball(x, y, 0.42f, 0.4f, skin);
            form.Shine(FormattableString.Invariant($"M{x - 0.26f},{y - 0.1f} C{x - 0.24f},{y - 0.24f} {x - 0.1f},{y - 0.28f} {x},{y - 0.26f} C{x - 0.1f},{y - 0.18f} {x - 0.16f},{y - 0.1f} {x - 0.16f},{y} Z"), 0.8f);
        }
    }

    public static void GrapeBunch(Form form, SeededRandom random)
    {
        form.Shadow(0.7f);
        form.Stroke("M0,-1.5 C0.04,-1.66 0.12,-1.74 0.26,-1.8", DarkWood, 0.06f);
        Grapes(form, 0, -1.3f, 0.2f, form.Coat(random, 0.46f, 0.14f, 315, 130));
        form.Body("M0.04,-1.5 C-0.3,-1.86 -0.66,-1.76 -0.84,-1.54 C-0.6,-1.52 -0.56,-1.36 -0.36,-1.34 C-0.2,-1.34 0,-1.4 0.04,-1.5 Z", Leaf);
    }

    public static void Watermelon(Form form, SeededRandom random)
    {
        form.Shadow(1);
        form.Body("M-1,-0.86 C-0.9,0.22 0.9,0.22 1,-0.86 Z", Pigment.Of(0.5f, 0.14f, 145), 0.6f);
        form.Flat("M-0.93,-0.86 C-0.82,0.12 0.82,0.12 0.93,-0.86 Z", Pigment.Of(0.9f, 0.07f, 125));
        form.Body("M-0.85,-0.86 C-0.74,0.02 0.74,0.02 0.85,-0.86 Z", Pigment.Of(0.62f, 0.2f, 20), 0.6f);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(-0.5f, -0.66f), (-0.18f, -0.7f), (0.16f, -0.68f), (0.48f, -0.64f), (-0.32f, -0.42f), (0.02f, -0.44f), (0.34f, -0.4f), (-0.06f, -0.24f)])
        {
            form.Oval(x, y, 0.03f, 0.05f, Night);
        }
    }

    public static void Cake(Form form, SeededRandom random)
    {
        var icing = form.Coat(random, 0.84f, 0.08f, 0, 60, 330);
        var sponge = Pigment.Of(0.78f, 0.09f, 75);
        form.Shadow(1.05f);
        form.Round("M-1,-0.14 C-0.9,0.06 0.9,0.06 1,-0.14 Z", China);
        form.Oval(0, -0.14f, 1, 0.13f, China, 0.3f);
        form.Round("M-0.78,-0.9 L-0.78,-0.16 C-0.6,-0.02 0.6,-0.02 0.78,-0.16 L0.78,-0.9 Z", sponge);
        form.Stroke("M-0.78,-0.46 C-0.5,-0.34 0.5,-0.34 0.78,-0.46", Cream, 0.09f, 0.1f);
        form.Round("M-0.8,-0.92 L-0.8,-0.66 C-0.74,-0.5 -0.66,-0.54 -0.62,-0.66 C-0.56,-0.44 -0.42,-0.4 -0.36,-0.6 C-0.3,-0.44 -0.16,-0.36 -0.1,-0.58 C-0.02,-0.34 0.14,-0.36 0.18,-0.58 C0.24,-0.42 0.38,-0.42 0.44,-0.6 C0.5,-0.46 0.6,-0.48 0.64,-0.66 C0.7,-0.52 0.78,-0.56 0.8,-0.68 L0.8,-0.92 Z", icing);
        form.Oval(0, -0.92f, 0.8f, 0.14f, icing.Lighter(0.05f), 0.3f);
        for (var i = 0; i < 5; i++)
        {
            var x = -0.52f + (i * 0.26f);
            var y = -0.92f + (i % 2 * 0.05f);
            form.Tube(x - 0.035f, y - 0.4f, x + 0.035f, y, Pigment.Of(0.78f, 0.13f, i * 80));
            form.Lamp(x, y - 0.47f, 0.04f, Flame, 0.8f);
            form.Flat(FormattableString.Invariant($"M{x - 0.04f},{y - 0.46f} C{x - 0.04f},{y - 0.54f} {x},{y - 0.56f} {x},{y - 0.62f} C{x + 0.02f},{y - 0.56f} {x + 0.04f},{y - 0.52f} {x + 0.04f},{y - 0.46f} Z"), Flame, 0.6f);
        }

        foreach (var x in (ReadOnlySpan<float>)[-0.66f, -0.22f, 0.22f, 0.66f])
        {
            form.Ball(x, -0.86f, 0.085f, 0.08f, Cherry);
        }
    }

    public static void Cupcake(Form form, SeededRandom random)
    {
        var icing = form.Coat(random, 0.82f, 0.1f, 0, 200, 330);
        form.Shadow(0.6f);
        form.Round("M-0.62,-0.7 L-0.44,0 L0.44,0 L0.62,-0.7 Z", Pigment.Of(0.62f, 0.1f, 60));
        for (var i = -4; i <= 4; i++)
        {
            form.Line(i * 0.135f, -0.68f, i * 0.1f, -0.02f, Pigment.Of(0.45f, 0.08f, 55), 0.022f);
        }

        form.Round("M-0.76,-0.74 C-0.8,-0.98 -0.5,-1.02 -0.5,-1.02 C-0.6,-1.24 -0.3,-1.28 -0.3,-1.28 C-0.32,-1.5 0.1,-1.5 0.06,-1.72 C0.3,-1.6 0.36,-1.4 0.3,-1.28 C0.6,-1.24 0.5,-1.02 0.5,-1.02 C0.8,-1 0.8,-0.74 0.74,-0.72 C0.4,-0.6 -0.4,-0.6 -0.76,-0.74 Z", icing);
        form.Stroke("M-0.5,-1 C-0.2,-0.9 0.3,-0.94 0.52,-1.04 M-0.3,-1.28 C-0.1,-1.2 0.16,-1.22 0.32,-1.3", icing.Darker(0.14f), 0.035f);
        form.Ball(0.06f, -1.72f, 0.15f, 0.14f, Cherry);
        Sprinkle(form, random, 14, 0.5f, -0.98f, 0.3f, Pigment.Of(0.7f, 0.16f, 230), 0.025f);
    }

    public static void IceCream(Form form, SeededRandom random)
    {
        form.Body("M-0.5,-1 L0.5,-1 L0,0.1 Z", Crust);
        for (var i = 0; i < 5; i++)
        {
            var t = (i + 0.5f) / 5;
            form.Line(-0.5f + (t * 0.9f), -1, 0.05f - (0.22f * (1 - t)), -0.1f - (0.4f * (1 - t)), Crust.Darker(0.16f), 0.02f);
            form.Line(0.5f - (t * 0.9f), -1, -0.05f + (0.22f * (1 - t)), -0.1f - (0.4f * (1 - t)), Crust.Darker(0.16f), 0.02f);
        }

        var first = form.Coat(random, 0.84f, 0.09f, 0, 150, 60);
        form.Ball(-0.3f, -1.18f, 0.36f, 0.35f, Cream);
        form.Ball(0.3f, -1.18f, 0.36f, 0.35f, Pigment.Of(0.46f, 0.07f, 50));
        form.Ball(0, -1.56f, 0.38f, 0.36f, first);
        form.Body("M-0.6,-1 C-0.5,-1.14 -0.4,-0.9 -0.28,-0.94 C-0.16,-0.84 0,-1 0.1,-0.9 C0.24,-0.88 0.4,-1 0.6,-1 C0.4,-1.12 -0.4,-1.12 -0.6,-1 Z", Cream, 0.5f);
        form.Ball(0.02f, -1.94f, 0.12f, 0.11f, Cherry);
    }

    public static void Donut(Form form, SeededRandom random)
    {
        var icing = form.Coat(random, 0.72f, 0.13f, 0, 50, 330);
        form.Shadow(1);
        form.Ball(0, -0.46f, 1, 0.5f, Crust);
        form.Body("M-0.94,-0.54 C-0.9,-1 -0.4,-1.06 0,-1.06 C0.4,-1.06 0.9,-1 0.94,-0.54 C0.84,-0.36 0.7,-0.5 0.6,-0.36 C0.46,-0.2 0.3,-0.36 0.14,-0.24 C-0.02,-0.14 -0.16,-0.34 -0.32,-0.26 C-0.5,-0.2 -0.56,-0.42 -0.7,-0.38 C-0.84,-0.36 -0.9,-0.44 -0.94,-0.54 Z", icing);
        for (var i = 0; i < 24; i++)
        {
            var each = random.Fork(i);
            var (sin, cos) = MathF.SinCos(each.Between(0, MathF.Tau));
            var away = each.Between(0.5f, 0.86f);
            var (x, y, turn) = (cos * away * 0.88f, -0.64f + (sin * away * 0.38f), each.Between(0, 3));
            form.Line(x, y, x + (MathF.Cos(turn) * 0.07f), y + (MathF.Sin(turn) * 0.05f), Pigment.Of(0.84f, 0.14f, each.Pick(95f, 200f, 145f, 25f)), 0.035f, 0.3f);
        }

        form.Oval(0, -0.68f, 0.3f, 0.13f, Crust.Darker(0.14f));
        form.Oval(0, -0.65f, 0.24f, 0.09f, Pigment.Of(0.3f, 0.04f, 50));
    }

    public static void Bread(Form form, SeededRandom random)
    {
        form.Shadow(1.05f);
        form.Body("M-1.02,-0.36 C-1.04,-0.86 -0.5,-1 0,-1 C0.6,-1 1.04,-0.8 1.02,-0.36 C1,0 0.7,0.02 0,0.02 C-0.7,0.02 -1,0 -1.02,-0.36 Z", Crust, 1.1f);
        foreach (var x in (ReadOnlySpan<float>)[-0.58f, -0.14f, 0.3f])
        {
            form.Body(FormattableString.Invariant($"M{x},-0.5 C{x + 0.06f},-0.8 {x + 0.24f},-0.92 {x + 0.36f},-0.88 C{x + 0.28f},-0.76 {x + 0.16f},-0.56 {x + 0.1f},-0.44 C{x + 0.06f},-0.4 {x},-0.42 {x},-0.5 Z"), Pigment.Of(0.88f, 0.07f, 82), 0.6f);
        }

        for (var i = 0; i < form.Easel.Look.Many(30); i++)
        {
            var each = random.Fork(i);
            form.Oval(each.Between(-0.8f, 0.8f), each.Between(-0.86f, -0.2f), 0.018f, 0.012f, China, 0.2f, 0.7f);
        }
    }

    public static void Pizza(Form form, SeededRandom random)
    {
        form.Shadow(1.1f);
        form.Ball(0, -0.44f, 1.08f, 0.5f, Wood);
        form.Ball(0, -0.5f, 1, 0.44f, Crust);
        form.Ball(0, -0.52f, 0.86f, 0.35f, Pigment.Of(0.84f, 0.14f, 85));
        for (var i = 0; i < 20; i++)
        {
            var each = random.Fork(i);
            var (sin, cos) = MathF.SinCos(each.Between(0, MathF.Tau));
            var away = MathF.Sqrt(each.Unit());
            form.Oval(cos * away * 0.78f, -0.52f + (sin * away * 0.3f), each.Between(0.05f, 0.14f), each.Between(0.02f, 0.05f), Pigment.Of(0.6f, 0.16f, 45), 0, 0.7f);
        }

        for (var i = 0; i < 9; i++)
        {
            var (sin, cos) = MathF.SinCos((i * MathF.Tau / 6.5f) + 0.3f);
            var away = i < 6 ? 0.6f : 0.2f;
            var (x, y) = (cos * away, -0.53f + (sin * away * 0.42f));
            form.Ball(x, y, 0.16f, 0.075f, Pigment.Of(0.52f, 0.17f, 28));
            form.Body(FormattableString.Invariant($"M{x + 0.16f},{y - 0.03f} C{x + 0.2f},{y - 0.1f} {x + 0.32f},{y - 0.08f} {x + 0.34f},{y - 0.02f} C{x + 0.28f},{y + 0.03f} {x + 0.2f},{y + 0.02f} {x + 0.16f},{y - 0.03f} Z"), Green, 0.5f);
        }

        // One slice is cut and drawn out.
        form.Stroke("M0,-0.52 L0.7,-0.2 M0,-0.52 L0.16,-0.07 M0,-0.52 L-0.8,-0.74 M0,-0.52 L-0.5,-0.16 M0,-0.52 L0.5,-0.86", Pigment.Of(0.6f, 0.12f, 60), 0.026f);
        Steam(form, random, -0.8f);
    }

    public static void Burger(Form form, SeededRandom random)
    {
        form.Shadow(0.95f);
        form.Body("M-0.86,-0.3 L0.86,-0.3 C0.88,-0.04 0.7,0.02 0,0.02 C-0.7,0.02 -0.88,-0.04 -0.86,-0.3 Z", Crust);
        form.Box(-0.92f, -0.56f, 0.92f, -0.28f, Pigment.Of(0.38f, 0.06f, 45), 1, 0.12f);
        form.Body("M-0.92,-0.6 L0.92,-0.6 L0.6,-0.46 L0.42,-0.58 L0,-0.36 L-0.4,-0.58 L-0.7,-0.48 Z", Pigment.Of(0.84f, 0.15f, 85), 0.5f);
        form.Box(-0.84f, -0.7f, 0.84f, -0.58f, Cherry, 1, 0.06f);
        form.Body("M-1,-0.72 C-0.9,-0.58 -0.76,-0.72 -0.62,-0.62 C-0.46,-0.52 -0.3,-0.7 -0.14,-0.62 C0.02,-0.54 0.18,-0.7 0.34,-0.62 C0.5,-0.54 0.66,-0.7 0.8,-0.62 C0.92,-0.58 0.98,-0.66 1,-0.74 L0.9,-0.82 L-0.9,-0.82 Z", Green, 0.6f);
        form.Body("M-0.92,-0.78 C-0.96,-1.36 -0.5,-1.5 0,-1.5 C0.5,-1.5 0.96,-1.36 0.92,-0.78 Z", Crust, 1.1f);
        Sprinkle(form, random, 22, 0.6f, -1.26f, 0.16f, Paper, 0.03f);
    }

    public static void Sushi(Form form, SeededRandom random)
    {
        var rice = China;
        var nori = Pigment.Of(0.26f, 0.03f, 150);
        form.Shadow(1.15f);
        form.Box(-1.15f, -0.22f, 1.15f, -0.06f, DarkWood, 0.6f, 0.03f);
        form.Box(-0.9f, -0.08f, -0.7f, 0.02f, DarkWood);
        form.Box(0.7f, -0.08f, 0.9f, 0.02f, DarkWood);
        foreach (var (x, fish) in (ReadOnlySpan<(float, Pigment)>)[(-0.76f, Pigment.Of(0.7f, 0.15f, 45)), (-0.1f, Pigment.Of(0.56f, 0.17f, 22))])
        {
            form.Box(x - 0.27f, -0.5f, x + 0.27f, -0.22f, rice, 0.8f, 0.12f);
            for (var i = 0; i < 12; i++)
            {
                var each = random.Fork((int)(x * 50) + i);
                form.Oval(x + each.Between(-0.22f, 0.22f), each.Between(-0.42f, -0.27f), 0.035f, 0.02f, rice, each.Between(-0.35f, 0.3f));
            }

            form.Body(FormattableString.Invariant($"M{x - 0.34f},-0.4 C{x - 0.34f},-0.7 {x - 0.1f},-0.74 {x},-0.72 C{x + 0.2f},-0.72 {x + 0.36f},-0.6 {x + 0.34f},-0.4 C{x + 0.2f},-0.5 {x - 0.2f},-0.5 {x - 0.34f},-0.4 Z"), fish);
            for (var i = 0; i < 4; i++)
            {
                form.Line(x - 0.2f + (i * 0.12f), -0.5f, x - 0.14f + (i * 0.12f), -0.68f, fish.Lighter(0.14f), 0.022f, 0.2f);
            }
        }

        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(0.5f, -0.22f), (0.9f, -0.22f), (0.7f, -0.62f)])
        {
            form.Tube(x - 0.2f, y - 0.38f, x + 0.2f, y, nori);
            form.Ball(x, y - 0.38f, 0.2f, 0.085f, rice);
            form.Ball(x, y - 0.38f, 0.09f, 0.04f, Pigment.Of(0.66f, 0.17f, 40));
            form.Oval(x + 0.06f, y - 0.375f, 0.035f, 0.022f, Green);
        }

        form.Rod(-1.2f, 0.12f, 0.9f, 0.2f, Pigment.Of(0.5f, 0.14f, 28), 0.05f);
        form.Rod(-1.2f, 0.2f, 0.9f, 0.25f, Pigment.Of(0.5f, 0.14f, 28), 0.05f);
    }

    public static void Cup(Form form, SeededRandom random)
    {
        var china = form.Easel.Scene.Hue is { } hue ? Pigment.Of(0.68f, 0.13f, hue) : random.Pick(China, Pigment.Of(0.66f, 0.09f, 230), Pigment.Of(0.7f, 0.11f, 35));
        form.Shadow(1.05f);
        form.Ball(0, -0.1f, 1.02f, 0.2f, china);
        form.Oval(0, -0.12f, 0.6f, 0.1f, china.Darker(0.1f));
        form.Stroke("M0.66,-0.86 C1.14,-0.96 1.16,-0.36 0.56,-0.34", china.Darker(0.05f), 0.13f, -0.2f);
        form.Stroke("M0.66,-0.88 C1.1,-0.96 1.12,-0.4 0.56,-0.38", china, 0.07f, 0.3f);
        form.Round("M-0.76,-1.02 C-0.76,-0.5 -0.56,-0.12 -0.34,-0.1 L0.34,-0.1 C0.56,-0.12 0.76,-0.5 0.76,-1.02 Z", china);
        form.Ball(0, -1.02f, 0.76f, 0.17f, china);
        form.Oval(0, -1, 0.66f, 0.125f, Tea);
        form.Stroke("M-0.3,-1 C-0.2,-1.08 0,-1.02 0,-0.98 C0.04,-0.94 0.24,-0.94 0.3,-1", Cream.Darker(0.1f), 0.05f);
        Steam(form, random, -1.2f);
    }

    public static void Teapot(Form form, SeededRandom random)
    {
        var china = form.Coat(random, 0.62f, 0.1f, 235, 30, 150);
        form.Shadow(0.95f);
        form.Stroke("M0.66,-1 C1.2,-1.1 1.16,-0.3 0.6,-0.3", china.Darker(0.05f), 0.14f);
        form.Body("M-0.6,-0.5 C-0.9,-0.5 -0.94,-0.86 -1.16,-1.08 L-1,-1.16 C-0.76,-1.04 -0.74,-0.86 -0.56,-0.86 Z", china);
        form.Ball(0, -0.6f, 0.76f, 0.62f, china);
        form.Body("M-0.38,-1.12 C-0.3,-1.3 0.3,-1.3 0.38,-1.12 C0.2,-1.06 -0.2,-1.06 -0.38,-1.12 Z", china.Lighter(0.05f));
        form.Ball(0, -1.33f, 0.09f, 0.09f, Brass);
        form.Shine("M-0.5,-0.8 C-0.44,-1 -0.24,-1.08 -0.1,-1.08 C-0.28,-0.98 -0.38,-0.8 -0.38,-0.62 C-0.46,-0.62 -0.52,-0.7 -0.5,-0.8 Z", 0.6f);
        form.Stroke("M-0.5,-0.36 C-0.2,-0.24 0.2,-0.24 0.5,-0.36", Brass, 0.04f);
        Steam(form, random, -1.4f);
    }

    public static void Bottle(Form form, SeededRandom random)
    {
        var glass = form.Coat(random, 0.4f, 0.09f, 145, 50, 165);
        form.Shadow(0.5f);
        form.Round("M-0.38,0 L-0.38,-1.05 C-0.38,-1.3 -0.14,-1.34 -0.14,-1.56 L-0.14,-1.95 L0.14,-1.95 L0.14,-1.56 C0.14,-1.34 0.38,-1.3 0.38,-1.05 L0.38,0 Z", glass);
        form.Tube(-0.16f, -2.02f, 0.16f, -1.78f, Pigment.Of(0.45f, 0.14f, 25));
        form.Tube(-0.38f, -0.86f, 0.38f, -0.3f, Paper);
        form.Stroke("M-0.24,-0.7 L0.24,-0.7 M-0.18,-0.58 L0.18,-0.58", DarkWood, 0.035f);
        form.Ball(0, -0.44f, 0.07f, 0.07f, Pigment.Of(0.45f, 0.14f, 25));
        form.Shine("M-0.28,-1.1 C-0.27,-1.2 -0.2,-1.24 -0.16,-1.3 L-0.16,-0.9 L-0.28,-0.9 Z", 0.55f);
    }

    public static void Wineglass(Form form, SeededRandom random)
    {
        var wine = form.Coat(random, 0.4f, 0.15f, 20, 15, 92);
        form.Shadow(0.42f);
        form.Ball(0, -0.04f, 0.4f, 0.08f, Glass);
        form.Tube(-0.035f, -0.75f, 0.035f, -0.05f, Glass);
        form.Flat("M-0.46,-1.7 C-0.56,-1.2 -0.5,-0.72 0,-0.72 C0.5,-0.72 0.56,-1.2 0.46,-1.7 Z", Glass, 0.1f, 0.45f);
        form.Round("M-0.49,-1.28 C-0.48,-0.86 -0.3,-0.76 0,-0.76 C0.3,-0.76 0.48,-0.86 0.49,-1.28 Z", wine);
        form.Oval(0, -1.28f, 0.49f, 0.08f, wine.Lighter(0.1f), 0.3f);
        form.Stroke("M-0.46,-1.7 C-0.56,-1.2 -0.5,-0.74 0,-0.72 C0.5,-0.74 0.56,-1.2 0.46,-1.7", Glass.Lighter(0.1f), 0.025f, 0.3f);
        form.Stroke("M-0.46,-1.7 C-0.3,-1.62 0.3,-1.62 0.46,-1.7 C0.3,-1.78 -0.3,-1.78 -0.46,-1.7", Glass.Lighter(0.1f), 0.025f, 0.3f);
        form.Shine("M-0.4,-1.55 C-0.46,-1.2 -0.4,-1 -0.32,-0.92 C-0.34,-1.1 -0.34,-1.3 -0.32,-1.55 Z", 0.6f);
    }

    public static void Cheese(Form form, SeededRandom random)
    {
        var cheese = Pigment.Of(0.84f, 0.14f, 88);
        form.Shadow(1);
        form.Body("M-1,-0.62 L0.2,-1.14 L1,-0.66 Z", cheese.Lighter(0.05f), 0.3f, 0.3f);
        form.Body("M-1,-0.62 L1,-0.66 L1,0 L-1,0.04 Z", cheese, 0.5f, -0.1f);
        foreach (var (x, y, r) in (ReadOnlySpan<(float, float, float)>)[(-0.6f, -0.3f, 0.14f), (-0.1f, -0.18f, 0.1f), (0.24f, -0.44f, 0.13f), (0.7f, -0.24f, 0.15f), (-0.2f, -0.5f, 0.07f), (0.1f, -0.84f, 0.12f)])
        {
            form.Oval(x, y, r, r * (y < -0.7f ? 0.45f : 1), cheese.Darker(0.14f), -0.2f);
            form.Oval(x + (r * 0.15f), y + (r * 0.15f), r * 0.8f, r * (y < -0.7f ? 0.34f : 0.8f), cheese.Darker(0.06f));
        }
    }

    public static void Egg(Form form, SeededRandom random)
    {
        form.Shadow(0.95f);
        form.Body("M-0.96,-0.3 C-1.04,-0.74 -0.6,-0.84 -0.3,-0.8 C0,-0.98 0.5,-0.9 0.64,-0.66 C1.02,-0.62 1.1,-0.2 0.76,-0.1 C0.5,0.1 0.1,-0.02 -0.2,0.04 C-0.5,0.1 -0.9,0 -0.96,-0.3 Z", China, 0.5f);
        form.Ball(0.04f, -0.46f, 0.36f, 0.28f, Pigment.Of(0.8f, 0.17f, 75));
        form.Shine("M-0.14,-0.6 C-0.06,-0.68 0.06,-0.7 0.12,-0.66 C0.02,-0.64 -0.06,-0.56 -0.1,-0.48 Z", 0.8f);
    }

    public static void Pancakes(Form form, SeededRandom random)
    {
        form.Shadow(1.05f);
        form.Ball(0, -0.12f, 1.08f, 0.2f, China);
        for (var i = 0; i < 5; i++)
        {
            form.Ball(random.Fork(i).Between(-0.04f, 0.04f), -0.26f - (i * 0.17f), 0.78f, 0.2f, Crust.Lighter(0.02f * i));
            form.Oval(0, -0.3f - (i * 0.17f), 0.7f, 0.14f, Pigment.Of(0.56f, 0.1f, 58), 0.1f);
        }

        form.Body("M-0.5,-1 C-0.4,-1.12 0.4,-1.12 0.52,-0.98 C0.62,-0.9 0.6,-0.6 0.54,-0.52 C0.46,-0.5 0.46,-0.76 0.36,-0.84 C0.1,-0.78 -0.1,-0.8 -0.2,-0.82 C-0.24,-0.7 -0.2,-0.4 -0.28,-0.36 C-0.38,-0.38 -0.32,-0.7 -0.4,-0.86 Z", Pigment.Of(0.5f, 0.13f, 55), 0.5f, 0.2f);
        form.Body("M-0.2,-1.04 L0.06,-1.14 L0.28,-1.06 L0.26,-0.96 L0.02,-0.88 L-0.2,-0.94 Z", Pigment.Of(0.92f, 0.1f, 98));
        form.Ball(0.44f, -1.04f, 0.09f, 0.08f, Pigment.Of(0.4f, 0.1f, 280));
        form.Ball(-0.4f, -1.03f, 0.1f, 0.09f, Cherry);
    }

    public static void Pumpkin(Form form, SeededRandom random)
    {
        var skin = form.Coat(random, 0.68f, 0.17f, 55);
        form.Shadow(1);
        form.Ball(-0.6f, -0.66f, 0.44f, 0.62f, skin.Darker(0.05f));
        form.Ball(0.6f, -0.66f, 0.44f, 0.62f, skin.Darker(0.1f));
        form.Ball(-0.32f, -0.68f, 0.46f, 0.68f, skin);
        form.Ball(0.34f, -0.68f, 0.46f, 0.68f, skin.Darker(0.04f));
        form.Ball(0, -0.68f, 0.4f, 0.7f, skin);
        form.Body("M-0.1,-1.3 C-0.08,-1.5 0,-1.64 0.2,-1.7 L0.3,-1.58 C0.18,-1.52 0.14,-1.44 0.14,-1.3 Z", Pigment.Of(0.45f, 0.08f, 120));
    }

    public static void Mushroom(Form form, SeededRandom random)
    {
        var cap = form.Coat(random, 0.52f, 0.19f, 28);
        form.Shadow(0.6f);
        form.Round("M-0.24,-0.9 C-0.2,-0.5 -0.34,-0.2 -0.32,0 L0.32,0 C0.34,-0.2 0.2,-0.5 0.24,-0.9 Z", Cream);
        form.Body("M-0.28,-0.72 C-0.1,-0.6 0.1,-0.6 0.28,-0.72 L0.3,-0.56 C0.1,-0.46 -0.1,-0.46 -0.3,-0.56 Z", Cream.Darker(0.06f));
        form.Body("M-0.98,-0.8 C-1,-1.5 -0.4,-1.74 0,-1.74 C0.4,-1.74 1,-1.5 0.98,-0.8 C0.5,-0.62 -0.5,-0.62 -0.98,-0.8 Z", cap, 1.1f);
        foreach (var (x, y, r) in (ReadOnlySpan<(float, float, float)>)[(-0.56f, -1.08f, 0.15f), (-0.1f, -1.4f, 0.17f), (0.4f, -1.26f, 0.13f), (0.7f, -0.96f, 0.1f), (0.1f, -0.94f, 0.12f), (-0.36f, -0.84f, 0.08f)])
        {
            form.Ball(x, y, r, r * 0.85f, China);
        }
    }

    public static void Pineapple(Form form, SeededRandom random)
    {
        var skin = form.Coat(random, 0.72f, 0.14f, 78);
        form.Shadow(0.6f);
        for (var i = 0; i < 9; i++)
        {
            using var leaf = form.Part(0, -1.2f, 1 - (0.05f * MathF.Abs(i - 4)), (i - 4) * 15);
            leaf.Body("M-0.1,0 C-0.14,-0.3 -0.06,-0.56 0.02,-0.78 C0.1,-0.5 0.12,-0.3 0.1,0 Z", Leaf.Lighter(i % 2 * 0.06f), 0.8f);
        }

        form.Body("M0,-1.26 C0.44,-1.26 0.58,-0.94 0.58,-0.62 C0.58,-0.22 0.36,0.02 0,0.02 C-0.36,0.02 -0.58,-0.22 -0.58,-0.62 C-0.58,-0.94 -0.44,-1.26 0,-1.26 Z", skin, 1.1f);
        for (var i = -3; i <= 3; i++)
        {
            form.Stroke(FormattableString.Invariant($"M{-0.5f + (MathF.Abs(i) * 0.05f)},{-0.66f + (i * 0.17f)} C-0.2,{-0.46f + (i * 0.19f)} 0.2,{-0.42f + (i * 0.19f)} 0.5,{-0.86f + (i * 0.15f)} M0.5,{-0.66f + (i * 0.17f)} C0.2,{-0.46f + (i * 0.19f)} -0.2,{-0.42f + (i * 0.19f)} -0.5,{-0.86f + (i * 0.15f)}"), skin.Darker(0.2f), 0.022f, 0, 0.7f);
        }
    }

    public static void Carrot(Form form, SeededRandom random)
    {
        var skin = form.Coat(random, 0.68f, 0.18f, 52);
        form.Shadow(0.9f);
        using var turned = form.Part(-0.1f, -0.36f, 1, 68);
        for (var i = 0; i < 5; i++)
        {
            using var leaf = turned.Part(0, -0.66f, 1, (i - 2) * 17);
            leaf.Body("M-0.03,0 C-0.2,-0.3 -0.14,-0.56 0,-0.8 C0.14,-0.56 0.2,-0.3 0.03,0 Z", Green.Lighter(i % 2 * 0.06f), 0.7f);
        }

        turned.Round("M-0.3,-0.6 C-0.2,-0.74 0.2,-0.74 0.3,-0.6 C0.28,-0.1 0.1,0.6 0,1.02 C-0.1,0.6 -0.28,-0.1 -0.3,-0.6 Z", skin);
        turned.Stroke("M-0.26,-0.4 L-0.06,-0.36 M0.24,-0.2 L0.04,-0.14 M-0.18,0.06 L0,0.1 M0.14,0.3 L0.02,0.34", skin.Darker(0.16f), 0.028f);
    }

    public static void Tomato(Form form, SeededRandom random)
    {
        form.Shadow(0.8f);
        form.Body("M0,-1.12 C0.4,-1.3 0.92,-1.12 0.92,-0.62 C0.92,-0.2 0.6,0.02 0,0.02 C-0.6,0.02 -0.92,-0.2 -0.92,-0.62 C-0.92,-1.12 -0.4,-1.3 0,-1.12 Z", form.Coat(random, 0.56f, 0.2f, 29), 1.1f);
        form.Body("M0,-1.06 L-0.46,-0.86 L-0.26,-1.1 L-0.6,-1.24 L-0.18,-1.24 L-0.02,-1.5 L0.14,-1.24 L0.58,-1.28 L0.26,-1.1 L0.42,-0.84 Z", Green, 0.6f);
        form.Shine("M-0.68,-0.72 C-0.68,-0.94 -0.52,-1.04 -0.4,-1.04 C-0.52,-0.92 -0.56,-0.78 -0.54,-0.6 C-0.62,-0.58 -0.68,-0.64 -0.68,-0.72 Z", 0.7f);
    }

    /// <summary>Half an avocado.</summary>
    public static void Avocado(Form form, SeededRandom random)
    {
        form.Shadow(0.6f);
        form.Body("M0,-1.86 C0.3,-1.86 0.36,-1.5 0.46,-1.2 C0.56,-0.94 0.8,-0.8 0.8,-0.48 C0.8,-0.12 0.44,0.04 0,0.04 C-0.44,0.04 -0.8,-0.12 -0.8,-0.48 C-0.8,-0.8 -0.56,-0.94 -0.46,-1.2 C-0.36,-1.5 -0.3,-1.86 0,-1.86 Z", Pigment.Of(0.36f, 0.08f, 140));
        form.Body("M0,-1.74 C0.2,-1.74 0.26,-1.4 0.36,-1.12 C0.46,-0.88 0.68,-0.76 0.68,-0.46 C0.68,-0.16 0.38,-0.06 0,-0.06 C-0.38,-0.06 -0.68,-0.16 -0.68,-0.46 C-0.68,-0.76 -0.46,-0.88 -0.36,-1.12 C-0.26,-1.4 -0.2,-1.74 0,-1.74 Z", Pigment.Of(0.86f, 0.13f, 118), 0.4f);
        form.Ball(0, -0.5f, 0.34f, 0.34f, form.Coat(random, 0.42f, 0.08f, 50));
    }

    public static void Croissant(Form form, SeededRandom random)
    {
        form.Shadow(1);
        foreach (var (x, y, size, turn) in (ReadOnlySpan<(float, float, float, float)>)[(-0.86f, -0.26f, 0.2f, -52), (0.86f, -0.26f, 0.2f, 52), (-0.6f, -0.46f, 0.32f, -34), (0.6f, -0.46f, 0.32f, 34), (-0.28f, -0.58f, 0.4f, -14), (0.28f, -0.58f, 0.4f, 14), (0, -0.62f, 0.44f, 0)])
        {
            using var fold = form.Part(x, y, size, turn);
            fold.Body("M-0.62,0.9 C-0.9,0.2 -0.7,-0.9 0,-0.96 C0.7,-0.9 0.9,0.2 0.62,0.9 C0.3,1.1 -0.3,1.1 -0.62,0.9 Z", Crust, 1.1f);
            fold.Stroke("M-0.36,0.8 C-0.5,0.2 -0.4,-0.5 -0.1,-0.8 M0.3,0.86 C0.44,0.3 0.4,-0.4 0.16,-0.76", Crust.Darker(0.12f), 0.06f);
        }

        _ = random;
    }

    public static void Cookie(Form form, SeededRandom random)
    {
        var dough = form.Coat(random, 0.72f, 0.1f, 68);
        form.Shadow(0.9f);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(0, -0.2f), (0.1f, -0.42f), (-0.04f, -0.66f)])
        {
            form.Ball(x, y + 0.07f, 0.88f, 0.3f, dough.Darker(0.08f));
            form.Ball(x, y, 0.88f, 0.3f, dough);
        }

        for (var i = 0; i < 12; i++)
        {
            var each = random.Fork(i);
            var (sin, cos) = MathF.SinCos((i * MathF.Tau / 9) + each.Unit());
            var away = i < 9 ? each.Between(0.55f, 0.8f) : 0.25f;
            form.Ball(-0.04f + (cos * away * 0.88f), -0.67f + (sin * away * 0.28f), 0.085f, 0.055f, Pigment.Of(0.3f, 0.05f, 45));
        }
    }

    public static void Fries(Form form, SeededRandom random)
    {
        var box = form.Coat(random, 0.54f, 0.19f, 27);
        form.Shadow(0.65f);
        form.Body("M-0.6,-1.06 C-0.3,-1.2 0.3,-1.2 0.6,-1.06 L0.5,-0.6 L-0.5,-0.6 Z", box.Darker(0.1f));
        for (var i = 0; i < 13; i++)
        {
            var each = random.Fork(i);
            using var stick = form.Part(-0.48f + (i * 0.08f), -0.5f, 1, ((i - 6) * 2.4f) + each.Between(-4, 4));
            stick.Box(-0.055f, each.Between(-1.3f, -0.9f), 0.055f, 0, Pigment.Of(0.86f, 0.14f, 90), 0.8f);
        }

        form.Body("M-0.62,-1 C-0.4,-0.6 0.4,-0.6 0.62,-1 L0.46,0 L-0.46,0 Z", box);
        form.Oval(0, -0.36f, 0.2f, 0.2f, Pigment.Of(0.86f, 0.15f, 92), 0.2f);
    }

    public static void HotDog(Form form, SeededRandom random)
    {
        form.Shadow(1.05f);
        form.Box(-1, -0.74f, 1, -0.16f, Crust, 1, 0.28f);
        form.Box(-1.16f, -0.76f, 1.16f, -0.38f, form.Coat(random, 0.54f, 0.15f, 35), 1.1f, 0.19f);
        form.Stroke("M-1,-0.66 C-0.84,-0.8 -0.76,-0.46 -0.6,-0.6 C-0.44,-0.74 -0.36,-0.46 -0.2,-0.6 C-0.04,-0.74 0.04,-0.46 0.2,-0.6 C0.36,-0.74 0.44,-0.46 0.6,-0.6 C0.76,-0.74 0.84,-0.5 1,-0.62", Pigment.Of(0.86f, 0.16f, 92), 0.085f, 0.1f);
        form.Box(-1.04f, -0.44f, 1.04f, 0, Crust.Lighter(0.04f), 1, 0.2f);
    }

    public static void Sandwich(Form form, SeededRandom random)
    {
        var bread = Pigment.Of(0.86f, 0.07f, 80);
        form.Shadow(1.05f);
        ReadOnlySpan<(float Top, float Bottom, Pigment Own)> layers = [(-0.24f, 0, bread), (-0.36f, -0.22f, Pigment.Of(0.84f, 0.15f, 88)), (-0.5f, -0.34f, Cherry), (-0.64f, -0.48f, Pigment.Of(0.72f, 0.1f, 20))];
        foreach (var (top, bottom, own) in layers)
        {
            form.Box(-1, top, 1, bottom, own, 0.8f, 0.05f);
        }

        form.Body("M-1.08,-0.62 C-0.9,-0.52 -0.76,-0.66 -0.6,-0.56 C-0.4,-0.48 -0.24,-0.64 -0.06,-0.56 C0.12,-0.5 0.3,-0.64 0.46,-0.56 C0.64,-0.48 0.84,-0.64 1.08,-0.6 L1,-0.72 L-1,-0.72 Z", Green, 0.6f);
        form.Box(-1, -0.94f, 1, -0.68f, bread, 0.8f, 0.08f);
        form.Stroke("M-1,-0.86 C-0.96,-0.98 0.96,-0.98 1,-0.86", Crust.Darker(0.06f), 0.07f);
        form.Rod(0.1f, -0.9f, 0.14f, -1.5f, Wood, 0.035f);
        form.Ball(0.14f, -1.46f, 0.12f, 0.12f, form.Coat(random, 0.5f, 0.1f, 125));
    }

    public static void Pie(Form form, SeededRandom random)
    {
        var filling = form.Coat(random, 0.48f, 0.16f, 20, 60);
        form.Shadow(1.05f);
        form.Round("M-1.04,-0.46 L-0.8,-0.02 C-0.4,0.08 0.4,0.08 0.8,-0.02 L1.04,-0.46 Z", Steel);
        form.Ball(0, -0.5f, 1.08f, 0.34f, Crust);
        form.Ball(0, -0.52f, 0.92f, 0.26f, filling);
        for (var i = -2; i <= 2; i++)
        {
            var reach = MathF.Sqrt(1 - (i * i * 0.17f));
            form.Rod(i * 0.36f, -0.52f - (0.25f * reach), (i * 0.36f) + 0.02f, -0.52f + (0.25f * reach), Crust.Lighter(0.06f), 0.1f);
            form.Rod(-0.9f * reach, -0.52f + (i * 0.1f), 0.9f * reach, -0.52f + (i * 0.1f), Crust.Lighter(0.04f), 0.055f);
        }

        Steam(form, random, -0.8f);
    }

    // The dish of all that is served in one; null for no liquid, when the content rises above the rim and was painted before.
    private static void Bowl(Form form, SeededRandom random, Pigment? content)
    {
        var china = form.Easel.Scene.Hue is { } hue && content is not null ? Pigment.Of(0.5f, 0.12f, hue) : random.Fork("bowl").Pick(Pigment.Of(0.45f, 0.12f, 262), Pigment.Of(0.42f, 0.14f, 27), Pigment.Of(0.9f, 0.02f, 85), Pigment.Of(0.4f, 0.05f, 200));
        if (content is { } soup)
        {
            form.Shadow(0.8f);
            form.Ball(0, -0.86f, 1, 0.27f, china);
            form.Oval(0, -0.85f, 0.92f, 0.225f, china.Darker(0.16f), -0.2f);
            form.Oval(0, -0.83f, 0.87f, 0.195f, soup, 0.05f);
            form.Oval(-0.3f, -0.88f, 0.4f, 0.07f, soup.Lighter(0.1f), 0.4f, 0.6f);
        }
        else
        {
            form.Shadow(0.8f);
        }

        form.Round("M-1,-0.84 C-0.98,-0.36 -0.6,-0.1 -0.36,-0.08 L-0.36,0 L0.36,0 L0.36,-0.08 C0.6,-0.1 0.98,-0.36 1,-0.84 C0.9,-0.66 0.4,-0.58 0,-0.58 C-0.4,-0.58 -0.9,-0.66 -1,-0.84 Z", china);
        form.Stroke("M-0.96,-0.66 C-0.8,-0.48 -0.4,-0.4 0,-0.4 C0.4,-0.4 0.8,-0.48 0.96,-0.66", china.L > 0.7f ? Pigment.Of(0.45f, 0.12f, 262) : Cream, 0.04f);
        form.Shine("M-0.86,-0.58 C-0.78,-0.4 -0.66,-0.28 -0.54,-0.22 C-0.62,-0.34 -0.7,-0.46 -0.74,-0.54 Z", 0.5f);
    }

    private static void Chopsticks(Form form)
    {
        form.Rod(0.1f, -0.86f, 1.2f, -1.66f, Pigment.Of(0.4f, 0.1f, 35), 0.055f);
        form.Rod(0.22f, -0.8f, 1.3f, -1.54f, Pigment.Of(0.4f, 0.1f, 35), 0.055f);
    }

    private static void Grapes(Form form, float x, float y, float size, Pigment skin)
    {
        for (var row = 0; row < 5; row++)
        {
            for (var i = 0; i < 5 - row; i++)
            {
                form.Ball(x + ((i - ((4 - row) / 2f)) * size * 1.7f), y + (row * size * 1.45f), size, size, skin);
            }
        }
    }

    private static void Sprinkle(Form form, SeededRandom random, int count, float reach, float y, float high, Pigment own, float size)
    {
        for (var i = 0; i < count; i++)
        {
            var each = random.Fork(i);
            form.Oval(each.Between(-reach, reach), y + each.Between(-high, high), size, size * 0.7f, own, each.Between(-0.3f, 0.4f));
        }
    }

    private static void Steam(Form form, SeededRandom random, float y)
    {
        for (var i = 0; i < 3; i++)
        {
            var (x, sway) = (-0.34f + (i * 0.32f), random.Fork(800 + i).Between(0.1f, 0.2f));
            for (var pass = 0; pass < 2; pass++)
            {
                form.Stroke(FormattableString.Invariant($"M{x},{y} C{x - sway},{y - 0.2f} {x + sway},{y - 0.4f} {x},{y - 0.62f}"), new(0.97f, 0, 0), pass == 0 ? 0.13f : 0.06f, 0.3f, 0.16f);
            }
        }
    }
}
