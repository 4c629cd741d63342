using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Figures;

/// <summary>Things that are held, worn, read or played, about two units high or wide.</summary>
internal static class Objects
{
    private static readonly Pigment Gold = Pigment.Of(0.8f, 0.14f, 88);

    public static void Clock(Form form, SeededRandom random)
    {
        var frame = form.Coat(random, 0.46f, 0.1f, 45, 85, 27);
        form.Shadow(0.7f);
        form.Rod(-0.4f, -0.16f, -0.56f, 0, frame, 0.12f);
        form.Rod(0.4f, -0.16f, 0.56f, 0, frame, 0.12f);
        form.Ball(-0.42f, -1.72f, 0.26f, 0.22f, Brass);
        form.Ball(0.42f, -1.72f, 0.26f, 0.22f, Brass);
        form.Rod(0, -1.66f, 0, -1.9f, Iron, 0.06f);
        form.Ball(0, -0.86f, 0.86f, 0.86f, frame);
        form.Ball(0, -0.86f, 0.72f, 0.72f, China);
        for (var i = 0; i < 12; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / 12);
            form.Line(sin * 0.56f, -0.86f - (cos * 0.56f), sin * 0.65f, -0.86f - (cos * 0.65f), Iron, i % 3 == 0 ? 0.07f : 0.035f);
        }

        var hour = random.Between(0, MathF.Tau);
        form.Line(0, -0.86f, MathF.Sin(hour) * 0.34f, -0.86f - (MathF.Cos(hour) * 0.34f), Iron, 0.085f);
        form.Line(0, -0.86f, MathF.Sin(hour * 12) * 0.52f, -0.86f - (MathF.Cos(hour * 12) * 0.52f), Iron, 0.05f);
        form.Oval(0, -0.86f, 0.06f, 0.06f, Pigment.Of(0.5f, 0.18f, 27));
    }

    /// <summary>An open book.</summary>
    public static void Book(Form form, SeededRandom random)
    {
        var cover = form.Coat(random, 0.42f, 0.13f, 27, 255, 150);
        form.Shadow(1.1f);
        form.Body("M-1.1,-0.06 L-0.98,-0.72 L0,-0.6 L0.98,-0.72 L1.1,-0.06 L0,0.06 Z", cover);
        form.Body("M-1,-0.12 C-0.92,-0.5 -0.9,-0.7 -0.88,-0.78 C-0.6,-0.9 -0.2,-0.86 0,-0.66 L0,0 C-0.3,-0.16 -0.7,-0.18 -1,-0.12 Z", Paper, 0.5f, 0.1f);
        form.Body("M1,-0.12 C0.92,-0.5 0.9,-0.7 0.88,-0.78 C0.6,-0.9 0.2,-0.86 0,-0.66 L0,0 C0.3,-0.16 0.7,-0.18 1,-0.12 Z", Paper, 0.5f, -0.12f);
        for (var i = 0; i < 6; i++)
        {
            var y = -0.7f + (i * 0.09f);
            var (a, b) = (-0.8f - (i * 0.012f), -0.12f);
            form.Stroke(FormattableString.Invariant($"M{a},{y} C-0.6,{y - 0.08f} -0.3,{y - 0.06f} {b},{y + 0.08f}"), Iron, 0.02f, 0, 0.7f);
            form.Stroke(FormattableString.Invariant($"M{-a},{y} C0.6,{y - 0.08f} 0.3,{y - 0.06f} {-b},{y + 0.08f}"), Iron, 0.02f, 0, 0.7f);
        }

        form.Line(0, -0.64f, 0, -0.02f, Paper.Darker(0.3f), 0.03f);
        form.Body("M0.3,-0.8 L0.42,-0.81 L0.46,-0.1 L0.4,0.12 L0.34,-0.1 Z", Pigment.Of(0.52f, 0.18f, 27), 0.3f);
    }

    public static void BookPile(Form form, SeededRandom random)
    {
        form.Shadow(0.95f);
        for (var i = 0; i < 5; i++)
        {
            var each = random.Fork(i);
            var (shift, half, y) = (each.Between(-0.12f, 0.12f), each.Between(0.7f, 0.92f), -i * 0.25f);
            var cover = Pigment.Of(each.Between(0.4f, 0.6f), 0.12f, form.Easel.Scene.Hue ?? each.Pick(27f, 255f, 150f, 60f, 310f));
            form.Box(shift - half, y - 0.25f, shift + half, y, cover, 1, 0.04f);
            form.Patch(shift - half + 0.16f, y - 0.21f, shift + half, y - 0.04f, Paper);
            form.Line(shift - half + 0.16f, y - 0.12f, shift + half - 0.02f, y - 0.12f, Paper.Darker(0.15f), 0.012f);
            form.Line(shift - half + 0.05f, y - 0.2f, shift - half + 0.05f, y - 0.05f, Brass, 0.02f);
        }
    }

    public static void Guitar(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.62f, 0.12f, 60, 50, 30);
        form.Shadow(0.6f);
        using var leaned = form.Part(0, -0.02f, 1, 14);
        leaned.Body("M0,-0.94 C0.2,-1.06 0.44,-0.98 0.44,-0.78 C0.44,-0.62 0.34,-0.6 0.36,-0.52 C0.62,-0.42 0.6,0 0,0 C-0.6,0 -0.62,-0.42 -0.36,-0.52 C-0.34,-0.6 -0.44,-0.62 -0.44,-0.78 C-0.44,-0.98 -0.2,-1.06 0,-0.94 Z", wood);
        leaned.Stroke("M0,-0.9 C0.18,-1 0.4,-0.94 0.4,-0.78 C0.4,-0.62 0.3,-0.6 0.32,-0.5 C0.56,-0.38 0.54,-0.04 0,-0.04 C-0.54,-0.04 -0.56,-0.38 -0.32,-0.5 C-0.3,-0.6 -0.4,-0.62 -0.4,-0.78 C-0.4,-0.94 -0.18,-1 0,-0.9 Z", DarkWood, 0.022f);
        leaned.Oval(0, -0.56f, 0.15f, 0.15f, Night);
        leaned.Ring(0, -0.56f, 0.18f, Brass, 0.025f);
        leaned.Box(-0.16f, -0.24f, 0.16f, -0.18f, DarkWood);
        leaned.Box(-0.065f, -1.9f, 0.065f, -0.7f, DarkWood);
        for (var i = 0; i < 11; i++)
        {
            leaned.Line(-0.06f, -1.84f + (i * 0.1f), 0.06f, -1.84f + (i * 0.1f), Steel, 0.014f);
        }

        leaned.Box(-0.1f, -2.2f, 0.1f, -1.88f, wood.Darker(0.1f), 1, 0.03f);
        for (var i = 0; i < 3; i++)
        {
            leaned.Oval(-0.13f, -2.12f + (i * 0.1f), 0.035f, 0.03f, Steel);
            leaned.Oval(0.13f, -2.12f + (i * 0.1f), 0.035f, 0.03f, Steel);
            leaned.Line(-0.035f + (i * 0.035f), -2.1f, -0.035f + (i * 0.035f), -0.2f, Paper, 0.009f, 0.3f);
        }
    }

    public static void Violin(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.5f, 0.13f, 45);
        form.Shadow(0.6f);
        using var leaned = form.Part(-0.08f, -0.02f, 1, 18);
        leaned.Body("M0,-1 C0.3,-1.04 0.4,-0.84 0.34,-0.7 C0.22,-0.64 0.22,-0.5 0.36,-0.42 C0.48,-0.2 0.4,0 0,0 C-0.4,0 -0.48,-0.2 -0.36,-0.42 C-0.22,-0.5 -0.22,-0.64 -0.34,-0.7 C-0.4,-0.84 -0.3,-1.04 0,-1 Z", wood, 1.1f);
        leaned.Stroke("M-0.17,-0.66 C-0.22,-0.56 -0.1,-0.5 -0.17,-0.4 M0.17,-0.66 C0.22,-0.56 0.1,-0.5 0.17,-0.4", Night, 0.03f);
        leaned.Body("M-0.05,-1.7 L0.05,-1.7 L0.075,-0.5 L-0.075,-0.5 Z", Night);
        leaned.Box(-0.13f, -0.46f, 0.13f, -0.41f, Wood);
        leaned.Body("M-0.08,-0.3 L0.08,-0.3 L0.04,-0.02 L-0.04,-0.02 Z", Night);
        leaned.Stroke("M0,-1.7 L0,-1.9 C-0.14,-1.98 0.14,-2.08 0.1,-1.9", wood.Darker(0.06f), 0.09f);
        for (var i = 0; i < 4; i++)
        {
            leaned.Line(-0.04f + (i * 0.026f), -1.7f, -0.05f + (i * 0.034f), -0.26f, Paper, 0.009f, 0.3f);
            leaned.Line(-0.14f, -1.76f - (i % 2 * 0.08f), 0.14f, -1.76f - (i % 2 * 0.08f), Night, 0.03f);
        }

        leaned.Rod(0.62f, 0.04f, 0.36f, -1.9f, DarkWood, 0.035f);
        leaned.Line(0.66f, 0.02f, 0.42f, -1.88f, Paper, 0.02f);
    }

    public static void Umbrella(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.56f, 0.18f, 27, 250, 350, 90);
        form.Stroke("M0,-1.5 L0,-0.12 C0,0.06 0.26,0.06 0.26,-0.12", DarkWood, 0.065f);
        form.Line(0, -2.02f, 0, -1.86f, Iron, 0.05f);
        ReadOnlySpan<float> ribs = [-1.06f, -0.6f, -0.1f, 0.36f, 0.78f, 1.06f];
        for (var i = 0; i < ribs.Length - 1; i++)
        {
            var (a, b) = (ribs[i], ribs[i + 1]);
            var lit = 0.4f - (0.24f * i);
            form.Body(FormattableString.Invariant($"M0,-1.92 C{a * 0.5f},-1.9 {a * 0.95f},-1.5 {a},-0.98 C{(a * 0.7f) + (b * 0.3f)},-1.1 {(a * 0.3f) + (b * 0.7f)},-1.1 {b},-0.98 C{b * 0.95f},-1.5 {b * 0.5f},-1.9 0,-1.92 Z"), i % 2 == 0 ? cloth : cloth.Lighter(0.05f), 0.5f, lit);
        }
    }

    public static void Shoe(Form form, SeededRandom random)
    {
        var skin = form.Coat(random, 0.54f, 0.17f, 27, 250, 150);
        form.Shadow(1.05f);
        form.Box(-1, -0.18f, 1.06f, 0, China, 0.8f, 0.09f);
        form.Body("M-1,-0.16 C-1,-0.5 -0.96,-0.8 -0.94,-1.02 C-0.8,-0.94 -0.5,-0.92 -0.34,-1.02 C-0.2,-0.8 0.1,-0.62 0.5,-0.56 C0.9,-0.5 1.04,-0.36 1.04,-0.16 Z", skin);
        form.Body("M0.5,-0.56 C0.9,-0.5 1.04,-0.36 1.04,-0.16 L0.44,-0.16 C0.42,-0.36 0.44,-0.46 0.5,-0.56 Z", China, 0.8f);
        form.Body("M-0.94,-1.02 C-0.8,-0.94 -0.5,-0.92 -0.34,-1.02 L-0.44,-1.1 C-0.6,-1 -0.8,-1.02 -0.9,-1.08 Z", Night);
        form.Stroke("M-0.7,-0.2 C-0.5,-0.5 -0.2,-0.6 0.2,-0.44 C0,-0.36 -0.3,-0.24 -0.42,-0.2", China, 0.07f);
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = (-0.3f + (i * 0.17f), -0.92f + (i * 0.095f));
            form.Line(x, y, x + 0.18f, y - 0.12f, China, 0.055f, 0.3f);
        }

        form.Line(-0.98f, -0.1f, 1.02f, -0.1f, skin, 0.03f);
    }

    public static void Crown(Form form, SeededRandom random)
    {
        var jewel = form.Easel.Scene.Hue ?? random.Pick(25f, 260f, 145f);
        form.Shadow(0.95f);
        form.Body("M-0.8,-0.4 C-0.6,-0.9 0.6,-0.9 0.8,-0.4 Z", Pigment.Of(0.42f, 0.14f, 20));
        form.Body("M-0.82,-0.36 L-1,-1.22 L-0.56,-0.78 L-0.34,-1.4 L0,-0.86 L0.34,-1.4 L0.56,-0.78 L1,-1.22 L0.82,-0.36 C0.4,-0.24 -0.4,-0.24 -0.82,-0.36 Z", Gold, 1.1f);
        form.Round("M-0.84,-0.38 C-0.4,-0.24 0.4,-0.24 0.84,-0.38 L0.84,-0.06 C0.4,0.1 -0.4,0.1 -0.84,-0.06 Z", Gold.Darker(0.03f));
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(-1, -1.26f), (-0.34f, -1.45f), (0.34f, -1.45f), (1, -1.26f)])
        {
            form.Ball(x, y, 0.1f, 0.1f, Gold);
        }

        for (var i = 0; i < 5; i++)
        {
            var x = -0.62f + (i * 0.31f);
            form.Ball(x, -0.1f + (0.1f * (1 - (x * x))) - 0.05f, 0.095f, 0.085f, Pigment.Of(0.52f, 0.18f, i % 2 == 0 ? jewel : jewel + 120));
        }

        form.Ball(0, -0.62f, 0.12f, 0.15f, Pigment.Of(0.52f, 0.18f, jewel));
        form.Shine("M-0.76,-0.5 L-0.86,-1 L-0.66,-0.74 L-0.66,-0.5 Z", 0.6f);
    }

    public static void Sword(Form form, SeededRandom random)
    {
        var grip = form.Coat(random, 0.4f, 0.12f, 27, 255, 50);
        using var turned = form.Part(0, -0.95f, 1, 28);
        turned.Body("M0,-1.3 L0.11,-1.1 L0.09,0.34 L-0.09,0.34 L-0.11,-1.1 Z", Steel, 0.6f);
        turned.Flat("M0,-1.3 L0.11,-1.1 L0.09,0.34 L0.01,0.34 L0.01,-1.2 Z", Steel.Darker(0.18f), -0.3f);
        turned.Shine("M-0.09,-1.06 L-0.03,-1.16 L-0.03,0.3 L-0.07,0.3 Z", 0.7f);
        turned.Body("M-0.5,0.28 C-0.3,0.36 0.3,0.36 0.5,0.28 L0.52,0.4 C0.3,0.48 -0.3,0.48 -0.52,0.4 Z", Gold);
        turned.Tube(-0.075f, 0.44f, 0.075f, 0.86f, grip);
        for (var i = 0; i < 5; i++)
        {
            turned.Line(-0.07f, 0.52f + (i * 0.07f), 0.07f, 0.48f + (i * 0.07f), grip.Darker(0.16f), 0.02f);
        }

        turned.Ball(0, 0.94f, 0.12f, 0.12f, Gold);
        turned.Ball(0, 0.38f, 0.07f, 0.07f, Pigment.Of(0.5f, 0.19f, 25));
    }

    public static void Shield(Form form, SeededRandom random)
    {
        var paint = form.Coat(random, 0.48f, 0.15f, 255, 27);
        form.Body("M0,-1.72 C0.3,-1.56 0.62,-1.54 0.86,-1.6 C0.92,-0.9 0.7,-0.3 0,0.04 C-0.7,-0.3 -0.92,-0.9 -0.86,-1.6 C-0.62,-1.54 -0.3,-1.56 0,-1.72 Z", Gold);
        form.Body("M0,-1.58 C0.3,-1.44 0.56,-1.42 0.74,-1.46 C0.78,-0.86 0.58,-0.36 0,-0.1 C-0.58,-0.36 -0.78,-0.86 -0.74,-1.46 C-0.56,-1.42 -0.3,-1.44 0,-1.58 Z", paint);
        form.Flat("M-0.1,-1.53 L0.1,-1.53 L0.1,-0.16 L0,-0.1 L-0.1,-0.16 Z M-0.72,-1.1 L0.72,-1.1 L0.7,-0.9 L-0.7,-0.9 Z", Paper, 0.1f);
        form.Ball(0, -1, 0.17f, 0.17f, Gold);
    }

    /// <summary>A treasure chest, open and full.</summary>
    public static void Chest(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.44f, 0.09f, 50);
        form.Shadow(1.1f);
        form.Body("M-0.98,-0.8 L-0.92,-1.22 C-0.86,-1.6 0.86,-1.6 0.92,-1.22 L0.98,-0.8 Z", wood.Darker(0.1f));
        form.Body("M-0.86,-0.82 L-0.8,-1.16 C-0.74,-1.42 0.74,-1.42 0.8,-1.16 L0.86,-0.82 Z", Night, 0.3f);
        form.Stroke("M-0.98,-0.8 L-0.92,-1.22 C-0.86,-1.6 0.86,-1.6 0.92,-1.22 L0.98,-0.8", Gold, 0.07f);
        form.Easel.Glow(0, -0.9f, 1, Gold.Lighter(0.1f).Colour(0.6f));
        for (var i = 0; i < 40; i++)
        {
            var each = random.Fork(i);
            var x = each.Between(-0.8f, 0.8f);
            form.Ball(x, -0.72f - (each.Unit() * 0.34f * (1 - (x * x))), 0.09f, 0.07f, Gold);
        }

        foreach (var (x, y, hue) in (ReadOnlySpan<(float, float, float)>)[(-0.4f, -0.96f, 25), (0.3f, -1.02f, 255), (0.02f, -0.86f, 150)])
        {
            form.Body(FormattableString.Invariant($"M{x - 0.12f},{y} L{x - 0.06f},{y - 0.1f} L{x + 0.06f},{y - 0.1f} L{x + 0.12f},{y} L{x},{y + 0.14f} Z"), Pigment.Of(0.58f, 0.18f, hue));
        }

        form.Box(-1, -0.7f, 1, 0, wood, 0.9f);
        for (var i = 1; i < 4; i++)
        {
            form.Line(-1, -0.7f + (i * 0.175f), 1, -0.7f + (i * 0.175f), wood.Darker(0.14f), 0.018f);
        }

        foreach (var x in (ReadOnlySpan<float>)[-0.98f, -0.06f, 0.84f])
        {
            form.Box(x, -0.72f, x + 0.14f, 0, Gold.Darker(0.05f), 0.8f);
        }

        form.Patch(-1, -0.72f, 1, -0.64f, Gold);
        form.Box(-0.16f, -0.6f, 0.18f, -0.28f, Gold, 0.8f, 0.04f);
        form.Oval(0.01f, -0.48f, 0.045f, 0.045f, Night);
        form.Patch(-0.01f, -0.48f, 0.03f, -0.36f, Night);
    }

    public static void Candle(Form form, SeededRandom random)
    {
        var wax = form.Coat(random, 0.9f, 0.04f, 85, 85, 27);
        form.Ball(0, -0.06f, 0.72f, 0.14f, Brass);
        form.Stroke("M0.62,-0.1 C0.98,-0.2 0.98,-0.5 0.7,-0.44", Brass, 0.08f);
        form.Tube(-0.26f, -1.3f, 0.26f, -0.06f, wax);
        form.Ball(0, -1.3f, 0.26f, 0.07f, wax.Lighter(0.04f), 0.3f);
        form.Body("M-0.26,-1.28 C-0.26,-1.1 -0.2,-0.86 -0.14,-0.86 C-0.08,-0.88 -0.12,-1.14 -0.04,-1.24 Z", wax.Lighter(0.03f), 0.6f);
        form.Line(0, -1.3f, 0.02f, -1.45f, Night, 0.03f);
        form.Easel.Glow(0, -1.62f, 1.3f, Flame.Colour(form.IsLit ? 0.9f : 0.6f));
        form.Flat("M0,-1.38 C-0.2,-1.48 -0.14,-1.72 0.02,-2 C0.1,-1.74 0.2,-1.5 0,-1.38 Z", Pigment.Of(0.8f, 0.17f, 65), 0.6f);
        form.Flat("M0,-1.4 C-0.1,-1.48 -0.07,-1.62 0.01,-1.76 C0.06,-1.62 0.1,-1.48 0,-1.4 Z", Pigment.Of(0.97f, 0.08f, 98), 0.9f);
    }

    public static void Campfire(Form form, SeededRandom random)
    {
        form.Easel.Glow(0, -0.5f, 2.4f, Pigment.Of(0.8f, 0.16f, 62).Colour(form.IsLit ? 0.85f : 0.45f));
        for (var i = 0; i < 9; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / 9);
            form.Ball(cos * 0.86f, 0.02f + (sin * 0.18f), 0.17f, 0.12f, Stone);
        }

        form.Rod(-0.66f, -0.02f, 0.44f, -0.3f, DarkWood, 0.17f);
        form.Rod(0.66f, -0.02f, -0.44f, -0.3f, DarkWood, 0.17f);
        foreach (var (tone, wide, tall) in (ReadOnlySpan<(Pigment, float, float)>)[(Pigment.Of(0.62f, 0.2f, 38), 0.56f, 1.5f), (Pigment.Of(0.76f, 0.18f, 58), 0.42f, 1.14f), (Pigment.Of(0.95f, 0.12f, 95), 0.24f, 0.74f)])
        {
            form.Flat(FormattableString.Invariant($"M0,-0.1 C{-wide * 1.2f},-0.14 {-wide * 1.1f},{-tall * 0.5f} {-wide * 0.5f},{-tall * 0.74f} C{-wide * 0.5f},{-tall * 0.5f} {-wide * 0.1f},{-tall * 0.6f} {wide * 0.05f},{-tall} C{wide * 0.3f},{-tall * 0.7f} {wide * 0.5f},{-tall * 0.66f} {wide * 0.62f},{-tall * 0.8f} C{wide * 0.8f},{-tall * 0.5f} {wide * 1.3f},-0.14 0,-0.1 Z"), tone, 0.7f);
        }

        for (var i = 0; i < form.Easel.Look.Many(12); i++)
        {
            var each = random.Fork(i);
            form.Oval(each.Between(-0.5f, 0.5f), each.Between(-2.2f, -1), 0.025f, 0.03f, Flame, 0.8f);
        }
    }

    public static void Lantern(Form form, SeededRandom random)
    {
        var metal = form.Coat(random, 0.34f, 0.03f, 255, 50);
        form.Shadow(0.55f);
        form.Stroke("M-0.3,-1.5 C-0.3,-2.05 0.3,-2.05 0.3,-1.5", metal, 0.06f);
        form.Easel.Glow(0, -0.8f, 1.7f, Flame.Colour(0.8f));
        form.Body("M-0.46,-0.2 L-0.4,-1.3 L0.4,-1.3 L0.46,-0.2 Z", Flame, 0.3f, 0.4f);
        form.Flat("M0,-0.4 C-0.18,-0.5 -0.12,-0.76 0.02,-1 C0.1,-0.76 0.18,-0.5 0,-0.4 Z", Pigment.Of(0.74f, 0.18f, 55), 0.6f);
        foreach (var x in (ReadOnlySpan<float>)[-0.43f, 0, 0.43f])
        {
            form.Line(x * 0.95f, -1.28f, x * 1.05f, -0.2f, metal, 0.06f);
        }

        form.Line(-0.43f, -0.74f, 0.43f, -0.74f, metal, 0.03f);
        form.Body("M-0.56,-1.28 L-0.24,-1.58 L0.24,-1.58 L0.56,-1.28 Z", metal);
        form.Box(-0.56f, -0.22f, 0.56f, 0, metal, 1, 0.04f);
    }

    /// <summary>Toy balloons on strings; they hang in the air, their middle is at (0, 0).</summary>
    public static void Balloons(Form form, SeededRandom random)
    {
        ReadOnlySpan<(float X, float Y, float Size)> all = [(-0.5f, 0.05f, 0.38f), (0.52f, 0.12f, 0.36f), (-0.28f, -0.5f, 0.4f), (0.34f, -0.46f, 0.4f), (0, -0.04f, 0.44f)];
        var count = form.Easel.Scene.Hue is null || random.Happens(0.5f) ? all.Length : 3;
        for (var i = all.Length - count; i < all.Length; i++)
        {
            var (x, y, size) = all[i];
            var skin = form.Easel.Scene.Hue is { } hue ? Pigment.Of(0.58f, 0.19f, hue) : Pigment.Of(0.66f, 0.17f, 27 + (i * 73));
            form.Stroke(FormattableString.Invariant($"M{x},{y + (size * 1.3f)} C{x},{y + 0.9f} 0.1,1 0.02,1.7"), Paper, 0.018f);
            form.Body(FormattableString.Invariant($"M{x - 0.05f},{y + (size * 1.32f)} L{x},{y + (size * 1.1f)} L{x + 0.05f},{y + (size * 1.32f)} Z"), skin);
            form.Body(FormattableString.Invariant($"M{x},{y + (size * 1.15f)} C{x - (size * 0.5f)},{y + (size * 0.9f)} {x - size},{y + (size * 0.3f)} {x - size},{y - (size * 0.15f)} C{x - size},{y - (size * 0.75f)} {x - (size * 0.55f)},{y - (size * 1.1f)} {x},{y - (size * 1.1f)} C{x + (size * 0.55f)},{y - (size * 1.1f)} {x + size},{y - (size * 0.75f)} {x + size},{y - (size * 0.15f)} C{x + size},{y + (size * 0.3f)} {x + (size * 0.5f)},{y + (size * 0.9f)} {x},{y + (size * 1.15f)} Z"), skin);
            form.Shine(FormattableString.Invariant($"M{x - (size * 0.65f)},{y - (size * 0.3f)} C{x - (size * 0.6f)},{y - (size * 0.7f)} {x - (size * 0.3f)},{y - (size * 0.85f)} {x - (size * 0.15f)},{y - (size * 0.85f)} C{x - (size * 0.35f)},{y - (size * 0.65f)} {x - (size * 0.45f)},{y - (size * 0.4f)} {x - (size * 0.45f)},{y - (size * 0.15f)} Z"), 0.7f);
        }
    }

    public static void Camera(Form form, SeededRandom random)
    {
        var body = form.Coat(random, 0.3f, 0.01f, 260);
        form.Shadow(1);
        form.Box(-1, -1.1f, 1, 0, body, 0.9f, 0.12f);
        form.Box(-0.98f, -1.06f, 0.98f, -0.8f, Steel, 0.9f, 0.08f);
        form.Body("M-0.4,-1.08 L-0.28,-1.38 L0.28,-1.38 L0.4,-1.08 Z", Steel);
        form.Tube(-0.82f, -1.22f, -0.56f, -1.08f, Steel);
        form.Ball(0, -0.52f, 0.5f, 0.5f, Steel);
        form.Ball(0, -0.52f, 0.4f, 0.4f, Night);
        form.Ball(0, -0.52f, 0.27f, 0.27f, Pigment.Of(0.4f, 0.1f, 275));
        form.Shine("M-0.2,-0.62 C-0.16,-0.74 -0.06,-0.76 0,-0.76 C-0.06,-0.7 -0.1,-0.62 -0.1,-0.54 Z", 0.9f);
        form.Pane(0.56f, -1, 0.86f, -0.84f, isLit: false);
    }

    public static void Laptop(Form form, SeededRandom random)
    {
        form.Shadow(1.15f);
        form.Box(-0.86f, -1.3f, 0.86f, -0.18f, Iron, 0.6f, 0.06f);
        var screen = Pigment.Of(0.72f, 0.11f, form.Easel.Scene.Hue ?? random.Pick(235f, 200f, 290f));
        form.Easel.Glow(0, -0.74f, 1.2f, screen.Colour(form.IsLit ? 0.5f : 0.15f));
        form.Box(-0.78f, -1.22f, 0.78f, -0.26f, screen, 0.4f, 0.02f, 0.2f);
        for (var i = 0; i < 6; i++)
        {
            form.Line(-0.62f, -1.08f + (i * 0.13f), -0.62f + random.Fork(i).Between(0.4f, 1.1f), -1.08f + (i * 0.13f), China, 0.04f, 0.3f);
        }

        form.Body("M-0.9,-0.18 L0.9,-0.18 L1.14,0 L-1.14,0 Z", Steel);
        form.Flat("M-0.8,-0.15 L0.8,-0.15 L0.9,-0.07 L-0.9,-0.07 Z", Iron);
        form.Flat("M-0.22,-0.055 L0.22,-0.055 L0.25,-0.015 L-0.25,-0.015 Z", Steel.Darker(0.12f));
    }

    public static void Hat(Form form, SeededRandom random)
    {
        var felt = form.Coat(random, 0.5f, 0.08f, 60, 255, 27);
        form.Shadow(1.05f);
        form.Ball(0, -0.14f, 1.08f, 0.2f, felt.Darker(0.04f));
        form.Body("M-0.6,-0.2 C-0.62,-0.7 -0.5,-1.1 -0.3,-1.12 C-0.1,-1.14 -0.06,-1 0.06,-1 C0.16,-1 0.2,-1.14 0.36,-1.1 C0.54,-1.04 0.62,-0.66 0.6,-0.2 C0.3,-0.08 -0.3,-0.08 -0.6,-0.2 Z", felt);
        form.Flat("M-0.61,-0.4 C-0.3,-0.28 0.3,-0.28 0.61,-0.4 L0.6,-0.2 C0.3,-0.08 -0.3,-0.08 -0.6,-0.2 Z", Night);
    }

    public static void Gift(Form form, SeededRandom random)
    {
        var paper = form.Coat(random, 0.56f, 0.16f, 27, 250, 150);
        var ribbon = random.Pick(Gold, China);
        form.Shadow(0.95f);
        form.Box(-0.8f, -1, 0.8f, 0, paper, 0.9f);
        form.Box(-0.9f, -1.24f, 0.9f, -0.94f, paper.Lighter(0.04f), 0.9f);
        form.Box(-0.14f, -1.24f, 0.14f, 0, ribbon, 0.6f);
        form.Body("M0,-1.22 C-0.3,-1.8 -0.84,-1.66 -0.66,-1.34 C-0.5,-1.2 -0.2,-1.2 0,-1.22 Z", ribbon);
        form.Body("M0,-1.22 C0.3,-1.8 0.84,-1.66 0.66,-1.34 C0.5,-1.2 0.2,-1.2 0,-1.22 Z", ribbon);
        form.Ball(0, -1.25f, 0.12f, 0.11f, ribbon);
    }

    public static void Key(Form form, SeededRandom random)
    {
        var metal = form.Coat(random, 0.76f, 0.13f, 85, 70);
        using var turned = form.Part(0, -0.5f, 1, -24);
        turned.Ring(-0.66f, 0, 0.32f, metal, 0.15f, -0.2f);
        turned.Ring(-0.67f, -0.02f, 0.32f, metal, 0.06f, 0.4f);
        turned.Box(-0.36f, -0.09f, 1.02f, 0.07f, metal, 0.9f, 0.03f);
        turned.Box(0.66f, 0.05f, 0.78f, 0.36f, metal);
        turned.Box(0.86f, 0.05f, 1, 0.44f, metal);
        turned.Ball(-0.36f, -0.01f, 0.1f, 0.14f, metal);
    }

    public static void Gem(Form form, SeededRandom random)
    {
        var hue = form.Easel.Scene.Hue ?? random.Pick(230f, 25f, 150f, 300f);
        var stone = Pigment.Of(0.72f, 0.12f, hue);
        form.Shadow(0.55f);
        form.Easel.Glow(0, -0.7f, 1.3f, stone.Lighter(0.1f).Colour(0.4f));
        ReadOnlySpan<(string Facet, float Lit)> facets =
        [
            ("M-0.98,-0.92 L-0.56,-1.4 L-0.3,-0.92 Z", 0.5f), ("M-0.56,-1.4 L0,-1.4 L-0.3,-0.92 Z", 0.8f), ("M0,-1.4 L0.3,-0.92 L-0.3,-0.92 Z", 0.2f), ("M0,-1.4 L0.56,-1.4 L0.3,-0.92 Z", 0.5f), ("M0.56,-1.4 L0.98,-0.92 L0.3,-0.92 Z", -0.2f),
            ("M-0.98,-0.92 L-0.3,-0.92 L0,0 Z", 0.2f), ("M-0.3,-0.92 L0.3,-0.92 L0,0 Z", 0.6f), ("M0.3,-0.92 L0.98,-0.92 L0,0 Z", -0.6f),
        ];
        foreach (var (facet, lit) in facets)
        {
            form.Body(facet, stone.Lighter(lit * 0.1f), 0.5f, lit);
        }

        form.Shine("M-0.6,-1.06 L-0.46,-1.3 L-0.34,-1.3 L-0.44,-1.06 Z", 0.9f);
    }

    public static void Hourglass(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.46f, 0.09f, 50);
        var sand = Pigment.Of(0.8f, 0.12f, 78);
        form.Shadow(0.7f);
        form.Rod(-0.56f, -1.8f, -0.56f, -0.1f, wood, 0.09f);
        form.Flat("M-0.44,-1.76 C-0.46,-1.2 -0.06,-1.1 -0.06,-0.95 C-0.06,-0.8 -0.46,-0.7 -0.44,-0.14 L0.44,-0.14 C0.46,-0.7 0.06,-0.8 0.06,-0.95 C0.06,-1.1 0.46,-1.2 0.44,-1.76 Z", Glass, 0.2f, 0.55f);
        form.Body("M-0.34,-1.36 C-0.2,-1.14 -0.04,-1.08 -0.03,-0.96 L0.03,-0.96 C0.04,-1.08 0.2,-1.14 0.34,-1.36 C0.1,-1.3 -0.1,-1.3 -0.34,-1.36 Z", sand);
        form.Body("M-0.4,-0.16 C-0.3,-0.34 -0.1,-0.52 0,-0.56 C0.1,-0.52 0.3,-0.34 0.4,-0.16 Z", sand);
        form.Line(0, -0.96f, 0, -0.5f, sand, 0.03f);
        form.Stroke("M-0.44,-1.76 C-0.46,-1.2 -0.06,-1.1 -0.06,-0.95 C-0.06,-0.8 -0.46,-0.7 -0.44,-0.14 M0.44,-1.76 C0.46,-1.2 0.06,-1.1 0.06,-0.95 C0.06,-0.8 0.46,-0.7 0.44,-0.14", Glass.Lighter(0.1f), 0.03f, 0.3f);
        form.Shine("M-0.34,-1.66 C-0.34,-1.4 -0.24,-1.26 -0.18,-1.2 C-0.24,-1.34 -0.25,-1.5 -0.24,-1.66 Z", 0.7f);
        form.Rod(0.56f, -1.8f, 0.56f, -0.1f, wood, 0.09f);
        form.Box(-0.7f, -1.94f, 0.7f, -1.76f, wood, 1, 0.05f);
        form.Box(-0.7f, -0.16f, 0.7f, 0.02f, wood, 1, 0.05f);
    }

    public static void Vase(Form form, SeededRandom random)
    {
        var glaze = form.Coat(random, 0.56f, 0.11f, 240, 30, 180);
        form.Shadow(0.6f);
        for (var i = 0; i < 7; i++)
        {
            var each = random.Fork(i);
            var (x, y) = ((i - 3) * 0.2f + each.Between(-0.05f, 0.05f), -1.75f - each.Between(0, 0.36f) + (MathF.Abs(i - 3) * 0.1f));
            form.Stroke(FormattableString.Invariant($"M0,-1 C{x * 0.3f},-1.2 {x * 0.8f},-1.4 {x},{y}"), Leaf, 0.035f);
            for (var petal = 0; petal < 6; petal++)
            {
                var (sin, cos) = MathF.SinCos(petal * MathF.Tau / 6);
                form.Oval(x + (cos * 0.09f), y + (sin * 0.09f), 0.075f, 0.075f, Pigment.Of(0.74f, 0.15f, 350 + (i % 3 * 40)), -sin * 0.4f);
            }

            form.Oval(x, y, 0.055f, 0.055f, Gold, 0.3f);
        }

        form.Round("M-0.22,-1.06 L-0.28,-1.18 L0.28,-1.18 L0.22,-1.06 C0.2,-0.9 0.56,-0.76 0.56,-0.46 C0.56,-0.2 0.36,-0.1 0.3,0 L-0.3,0 C-0.36,-0.1 -0.56,-0.2 -0.56,-0.46 C-0.56,-0.76 -0.2,-0.9 -0.22,-1.06 Z", glaze);
        form.Stroke("M-0.53,-0.56 C-0.2,-0.46 0.2,-0.46 0.53,-0.56 M-0.5,-0.32 C-0.2,-0.22 0.2,-0.22 0.5,-0.32", glaze.Lighter(0.25f), 0.035f);
    }

    public static void Globe(Form form, SeededRandom random)
    {
        form.Shadow(0.6f);
        form.Body("M-0.44,0 C-0.4,-0.14 -0.1,-0.16 -0.06,-0.3 L0.06,-0.3 C0.1,-0.16 0.4,-0.14 0.44,0 Z", Wood);
        form.Stroke("M0.3,-1.92 C0.98,-1.7 1.1,-0.5 0.1,-0.26", Brass, 0.08f);
        form.Ball(0, -1.06f, 0.76f, 0.76f, form.Coat(random, 0.6f, 0.11f, 235));
        foreach (var land in (ReadOnlySpan<string>)["M-0.56,-1.4 C-0.4,-1.66 -0.1,-1.7 0.02,-1.6 C-0.06,-1.44 -0.2,-1.4 -0.24,-1.22 C-0.4,-1.16 -0.56,-1.24 -0.56,-1.4 Z", "M-0.3,-1.1 C-0.14,-1.16 0.02,-1 -0.04,-0.8 C-0.1,-0.6 -0.22,-0.46 -0.28,-0.6 C-0.32,-0.8 -0.4,-0.96 -0.3,-1.1 Z", "M0.2,-1.5 C0.4,-1.6 0.6,-1.4 0.62,-1.2 C0.5,-1.1 0.44,-0.86 0.36,-0.66 C0.26,-0.76 0.3,-0.96 0.2,-1.06 C0.1,-1.2 0.12,-1.4 0.2,-1.5 Z"])
        {
            form.Flat(land, Pigment.Of(0.62f, 0.12f, 128), 0.05f, 0.95f);
        }

        form.Shine("M-0.56,-1.2 C-0.54,-1.5 -0.3,-1.66 -0.16,-1.7 C-0.34,-1.54 -0.44,-1.3 -0.44,-1.08 Z", 0.35f);
    }

    public static void Bell(Form form, SeededRandom random)
    {
        var metal = form.Coat(random, 0.74f, 0.13f, 85);
        form.Shadow(0.85f);
        form.Ring(0, -1.76f, 0.14f, metal, 0.08f);
        form.Ball(0, -0.1f, 0.18f, 0.16f, Iron);
        form.Round("M-0.9,-0.18 C-0.6,-0.4 -0.62,-0.8 -0.56,-1.1 C-0.5,-1.5 -0.2,-1.64 0,-1.64 C0.2,-1.64 0.5,-1.5 0.56,-1.1 C0.62,-0.8 0.6,-0.4 0.9,-0.18 C0.5,-0.06 -0.5,-0.06 -0.9,-0.18 Z", metal);
        form.Stroke("M-0.7,-0.36 C-0.3,-0.26 0.3,-0.26 0.7,-0.36 M-0.56,-1.06 C-0.2,-0.98 0.2,-0.98 0.56,-1.06", metal.Darker(0.16f), 0.04f);
    }

    public static void Anchor(Form form, SeededRandom random)
    {
        var iron = form.Coat(random, 0.4f, 0.03f, 250, 40);
        form.Shadow(0.8f);
        form.Ring(0, -1.72f, 0.17f, iron, 0.1f);
        form.Rod(0, -1.56f, 0, -0.1f, iron, 0.16f);
        form.Rod(-0.46f, -1.3f, 0.46f, -1.3f, iron, 0.12f);
        form.Stroke("M-0.86,-0.66 C-0.7,-0.14 -0.3,-0.04 0,-0.04 C0.3,-0.04 0.7,-0.14 0.86,-0.66", iron, 0.16f, -0.2f);
        form.Stroke("M-0.86,-0.68 C-0.7,-0.18 -0.3,-0.08 0,-0.08", iron, 0.06f, 0.4f);
        form.Body("M-0.86,-0.92 L-0.62,-0.52 L-1.04,-0.5 Z", iron);
        form.Body("M0.86,-0.92 L1.04,-0.5 L0.62,-0.52 Z", iron);
    }

    public static void Telescope(Form form, SeededRandom random)
    {
        var metal = form.Coat(random, 0.72f, 0.12f, 85, 250);
        form.Shadow(0.7f);
        form.Rod(0, -0.92f, -0.56f, 0, DarkWood, 0.07f);
        form.Rod(0, -0.92f, 0.56f, 0, DarkWood, 0.07f);
        form.Rod(0, -0.92f, 0.06f, 0.04f, DarkWood, 0.07f);
        using var tube = form.Part(0, -1.02f, 1, 52);
        tube.Tube(-0.13f, -0.35f, 0.13f, 0.7f, metal);
        tube.Tube(-0.18f, -1, 0.18f, -0.3f, metal);
        tube.Tube(-0.21f, -1.06f, 0.21f, -0.94f, metal.Darker(0.1f));
        tube.Tube(-0.08f, 0.66f, 0.08f, 0.9f, Iron);
    }

    public static void Potion(Form form, SeededRandom random)
    {
        var brew = form.Coat(random, 0.58f, 0.18f, 310, 145, 200);
        form.Shadow(0.65f);
        form.Easel.Glow(0, -0.6f, 1.3f, brew.Colour(0.5f));
        form.Flat("M-0.16,-1.6 L-0.16,-1.16 C-0.5,-1.04 -0.76,-0.8 -0.76,-0.5 C-0.76,-0.14 -0.4,0.02 0,0.02 C0.4,0.02 0.76,-0.14 0.76,-0.5 C0.76,-0.8 0.5,-1.04 0.16,-1.16 L0.16,-1.6 Z", Glass, 0.2f, 0.6f);
        form.Body("M-0.7,-0.62 C-0.4,-0.74 -0.1,-0.52 0.2,-0.64 C0.4,-0.72 0.6,-0.68 0.7,-0.62 C0.76,-0.2 0.44,-0.04 0,-0.04 C-0.44,-0.04 -0.76,-0.2 -0.7,-0.62 Z", brew);
        form.Stroke("M-0.16,-1.6 L-0.16,-1.16 C-0.5,-1.04 -0.76,-0.8 -0.76,-0.5 C-0.76,-0.14 -0.4,0.02 0,0.02 C0.4,0.02 0.76,-0.14 0.76,-0.5 C0.76,-0.8 0.5,-1.04 0.16,-1.16 L0.16,-1.6", Glass.Lighter(0.1f), 0.035f, 0.3f);
        form.Tube(-0.2f, -1.82f, 0.2f, -1.52f, Wood);
        form.Tube(-0.24f, -1.5f, 0.24f, -1.4f, Glass);
        for (var i = 0; i < 7; i++)
        {
            var each = random.Fork(i);
            form.Ring(each.Between(-0.45f, 0.45f), each.Between(-0.9f, -0.2f), each.Between(0.03f, 0.075f), China, 0.02f);
        }

        form.Shine("M-0.58,-0.5 C-0.58,-0.74 -0.42,-0.9 -0.3,-0.94 C-0.4,-0.76 -0.44,-0.6 -0.44,-0.4 Z", 0.6f);
    }

    public static void CrystalBall(Form form, SeededRandom random)
    {
        var glow = form.Coat(random, 0.7f, 0.13f, 300, 220, 180);
        form.Body("M-0.6,0 C-0.5,-0.2 -0.4,-0.2 -0.42,-0.36 L0.42,-0.36 C0.4,-0.2 0.5,-0.2 0.6,0 Z", Gold);
        form.Easel.Glow(0, -1.04f, 1.5f, glow.Colour(0.6f));
        form.Ball(0, -1.04f, 0.78f, 0.78f, glow);
        form.Stroke("M-0.5,-0.86 C-0.3,-1.3 0.1,-0.7 0.3,-1.1 C0.44,-1.36 0.1,-1.5 -0.1,-1.36 M-0.3,-0.6 C0,-0.8 0.3,-0.5 0.5,-0.8", China, 0.06f, 0.4f, 0.6f);
        form.Shine("M-0.56,-1.2 C-0.52,-1.48 -0.3,-1.62 -0.14,-1.64 C-0.32,-1.5 -0.4,-1.32 -0.38,-1.1 C-0.46,-1.06 -0.56,-1.1 -0.56,-1.2 Z", 0.8f);
        for (var i = 0; i < 6; i++)
        {
            var each = random.Fork(i);
            form.Oval(each.Between(-0.5f, 0.5f), each.Between(-1.5f, -0.6f), 0.025f, 0.025f, China, 0.6f);
        }
    }

    public static void Trophy(Form form, SeededRandom random)
    {
        var metal = form.Coat(random, 0.8f, 0.14f, 88);
        form.Shadow(0.65f);
        form.Box(-0.5f, -0.3f, 0.5f, 0, DarkWood, 1, 0.03f);
        form.Round("M-0.3,-0.3 C-0.1,-0.4 -0.1,-0.6 -0.09,-0.76 L0.09,-0.76 C0.1,-0.6 0.1,-0.4 0.3,-0.3 Z", metal);
        form.Stroke("M-0.54,-1.62 C-1.06,-1.7 -1,-1.02 -0.42,-1.06 M0.54,-1.62 C1.06,-1.7 1,-1.02 0.42,-1.06", metal.Darker(0.06f), 0.1f);
        form.Round("M-0.6,-1.78 C-0.58,-1.2 -0.44,-0.76 0,-0.74 C0.44,-0.76 0.58,-1.2 0.6,-1.78 Z", metal);
        form.Ball(0, -1.78f, 0.6f, 0.1f, metal.Darker(0.1f));
        form.Flat("M0,-1.56 L0.07,-1.38 L0.26,-1.37 L0.11,-1.25 L0.16,-1.06 L0,-1.16 L-0.16,-1.06 L-0.11,-1.25 L-0.26,-1.37 L-0.07,-1.38 Z", metal.Darker(0.16f));
        form.Shine("M-0.46,-1.66 C-0.44,-1.3 -0.38,-1.1 -0.3,-1 C-0.34,-1.2 -0.36,-1.46 -0.34,-1.66 Z", 0.7f);
    }

    /// <summary>A ring with a stone.</summary>
    public static void FingerRing(Form form, SeededRandom random)
    {
        form.Shadow(0.6f);
        form.Ring(0, -0.68f, 0.6f, Gold, 0.17f, -0.25f);
        form.Ring(-0.01f, -0.7f, 0.6f, Gold, 0.07f, 0.5f);
        var stone = form.Coat(random, 0.76f, 0.11f, 230, 25, 150);
        form.Easel.Glow(0, -1.56f, 0.7f, stone.Lighter(0.1f).Colour(0.6f));
        form.Body("M-0.2,-1.2 L0.2,-1.2 L0.3,-1.36 L-0.3,-1.36 Z", Gold);
        form.Body("M-0.42,-1.6 L-0.24,-1.8 L0.24,-1.8 L0.42,-1.6 L0,-1.2 Z", stone);
        form.Body("M-0.42,-1.6 L-0.14,-1.6 L0,-1.2 Z", stone.Lighter(0.1f), 0.4f, 0.3f);
        form.Shine("M-0.2,-1.76 L0.04,-1.76 L-0.04,-1.62 L-0.3,-1.62 Z", 0.8f);
    }

    public static void Spectacles(Form form, SeededRandom random)
    {
        var frame = form.Coat(random, 0.28f, 0.05f, 260, 27, 60);
        form.Shadow(1.05f);
        form.Rod(-0.92f, -0.62f, -0.6f, -0.96f, frame, 0.07f);
        form.Rod(0.92f, -0.62f, 0.6f, -0.96f, frame, 0.07f);
        form.Stroke("M-0.18,-0.56 C-0.1,-0.7 0.1,-0.7 0.18,-0.56", frame, 0.09f);
        foreach (var x in (ReadOnlySpan<float>)[-0.56f, 0.56f])
        {
            form.Box(x - 0.42f, -0.76f, x + 0.42f, -0.06f, Pigment.Of(0.3f, 0.03f, 250), 0.9f, 0.28f);
            form.Shine(FormattableString.Invariant($"M{x - 0.26f},-0.3 L{x},-0.68 L{x + 0.12f},-0.68 L{x - 0.2f},-0.2 Z"), 0.5f);
            using var rim = form.Part(x, -0.41f);
            rim.Stroke("M-0.42,0 C-0.42,-0.3 -0.3,-0.36 0,-0.36 C0.3,-0.36 0.42,-0.3 0.42,0 C0.42,0.3 0.3,0.36 0,0.36 C-0.3,0.36 -0.42,0.3 -0.42,0 Z", frame, 0.08f);
        }
    }

    public static void Letter(Form form, SeededRandom random)
    {
        form.Shadow(1.05f);
        form.Box(-1, -1.26f, 1, 0, form.Coat(random, 0.92f, 0.03f, 85), 0.4f, 0.03f);
        form.Stroke("M-0.98,-0.02 L-0.24,-0.66 M0.98,-0.02 L0.24,-0.66", Paper.Darker(0.2f), 0.025f);
        form.Body("M-1,-1.24 L0,-0.44 L1,-1.24 Z", Paper.Darker(0.02f), 0.4f, 0.1f);
        form.Ball(0, -0.56f, 0.2f, 0.19f, Pigment.Of(0.48f, 0.18f, 25));
        form.Oval(0, -0.56f, 0.1f, 0.09f, Pigment.Of(0.4f, 0.16f, 25));
    }

    public static void Pencil(Form form, SeededRandom random)
    {
        var paint = form.Coat(random, 0.8f, 0.15f, 85, 27, 250);
        using var turned = form.Part(0, -0.72f, 1, 52);
        turned.Tube(-0.15f, -0.86f, 0.15f, 0.62f, paint);
        turned.Line(-0.05f, -0.84f, -0.05f, 0.6f, paint.Darker(0.12f), 0.02f);
        turned.Line(0.06f, -0.84f, 0.06f, 0.6f, paint.Darker(0.16f), 0.02f);
        turned.Tube(-0.155f, -1.02f, 0.155f, -0.84f, Steel);
        turned.Box(-0.15f, -1.2f, 0.15f, -1, Pigment.Of(0.7f, 0.12f, 10), 1, 0.07f);
        turned.Round("M-0.15,0.6 L-0.075,0.56 L0,0.62 L0.075,0.56 L0.15,0.6 L0,1.02 Z", Crust.Lighter(0.14f));
        turned.Flat("M-0.055,0.87 L0.055,0.87 L0,1.02 Z", Night);
    }

    public static void Kite(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.6f, 0.18f, 27, 250, 85);
        using var turned = form.Part(0, 0, 1, 22);
        turned.Stroke("M0,1 C0.3,1.3 -0.3,1.6 0,1.9 C0.24,2.1 0,2.4 0.1,2.6", Paper, 0.025f);
        turned.Body("M0,-1 L0.66,-0.2 L0,1 L-0.66,-0.2 Z", cloth);
        turned.Flat("M0,-1 L0.66,-0.2 L0,-0.2 Z M0,-0.2 L0,1 L-0.66,-0.2 Z", Gold, 0.05f);
        turned.Stroke("M0,-1 L0,1 M-0.66,-0.2 L0.66,-0.2", DarkWood, 0.03f);
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(0.06f, 1.3f), (-0.04f, 1.72f), (0.06f, 2.14f)])
        {
            turned.Body(FormattableString.Invariant($"M{x},{y} L{x - 0.18f},{y - 0.09f} L{x - 0.18f},{y + 0.09f} Z M{x},{y} L{x + 0.18f},{y - 0.09f} L{x + 0.18f},{y + 0.09f} Z"), cloth, 0.4f);
        }
    }

    public static void Snowman(Form form, SeededRandom random)
    {
        var snow = new Pigment(0.95f, -0.006f, -0.014f);
        form.Shadow(0.75f);
        form.Rod(-0.4f, -1.1f, -0.98f, -1.5f, DarkWood, 0.06f);
        form.Rod(0.4f, -1.1f, 0.98f, -1.44f, DarkWood, 0.06f);
        form.Ball(0, -0.46f, 0.62f, 0.52f, snow);
        form.Ball(0, -1.14f, 0.47f, 0.42f, snow);
        form.Ball(0, -1.7f, 0.35f, 0.33f, snow);
        var scarf = form.Coat(random, 0.54f, 0.19f, 27, 250, 145);
        form.Body("M-0.36,-1.48 C-0.1,-1.38 0.1,-1.38 0.36,-1.48 L0.36,-1.34 C0.1,-1.24 -0.1,-1.24 -0.36,-1.34 Z", scarf);
        form.Body("M0.12,-1.36 L0.34,-1.4 L0.4,-0.9 L0.2,-0.88 Z", scarf);
        form.Oval(-0.12f, -1.78f, 0.045f, 0.05f, Night);
        form.Oval(0.14f, -1.78f, 0.045f, 0.05f, Night);
        form.Body("M0,-1.72 L0.36,-1.62 L0.02,-1.6 Z", Pigment.Of(0.68f, 0.18f, 52));
        for (var i = 0; i < 3; i++)
        {
            form.Oval(0.02f, -1.2f + (i * 0.17f), 0.045f, 0.045f, Night);
        }

        form.Box(-0.46f, -2.04f, 0.46f, -1.96f, Night, 0.6f, 0.03f);
        form.Box(-0.28f, -2.5f, 0.28f, -2, Night, 0.8f, 0.03f);
        form.Patch(-0.28f, -2.12f, 0.28f, -2.04f, scarf);
    }

    public static void Heart(Form form, SeededRandom random)
    {
        form.Body("M0,-1.2 C-0.2,-1.74 -1,-1.7 -1,-1.04 C-1,-0.56 -0.4,-0.3 0,0.06 C0.4,-0.3 1,-0.56 1,-1.04 C1,-1.7 0.2,-1.74 0,-1.2 Z", form.Coat(random, 0.55f, 0.21f, 22), 1.2f);
        form.Shine("M-0.8,-1.1 C-0.8,-1.36 -0.6,-1.46 -0.44,-1.46 C-0.58,-1.36 -0.64,-1.2 -0.62,-1 C-0.72,-0.98 -0.78,-1.02 -0.8,-1.1 Z", 0.75f);
    }

    public static void Ball(Form form, SeededRandom random)
    {
        form.Shadow(0.8f);
        form.Ball(0, -0.8f, 0.8f, 0.8f, form.Easel.Scene.Hue is { } hue ? Pigment.Of(0.6f, 0.17f, hue) : China);
        form.Body("M0,-1.06 L0.26,-0.88 L0.16,-0.58 L-0.16,-0.58 L-0.26,-0.88 Z", Night, 0.4f);
        foreach (var spot in (ReadOnlySpan<string>)["M-0.2,-1.56 L0.2,-1.56 L0.12,-1.42 L-0.12,-1.42 Z", "M0.76,-1 L0.62,-1.2 L0.52,-0.96 L0.66,-0.76 L0.79,-0.82 Z", "M-0.76,-1 L-0.62,-1.2 L-0.52,-0.96 L-0.66,-0.76 L-0.79,-0.82 Z", "M-0.46,-0.16 L-0.3,-0.34 L-0.12,-0.24 L-0.16,-0.04 Z", "M0.46,-0.16 L0.3,-0.34 L0.12,-0.24 L0.16,-0.04 Z"])
        {
            form.Flat(spot, Night);
        }

        form.Stroke("M0,-1.06 L0,-1.42 M0.26,-0.88 L0.52,-0.96 M0.16,-0.58 L0.3,-0.34 M-0.16,-0.58 L-0.3,-0.34 M-0.26,-0.88 L-0.52,-0.96", Iron, 0.025f, 0, 0.7f);
    }

    public static void Bag(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.5f, 0.12f, 60, 250, 27, 150);
        form.Shadow(0.85f);
        form.Stroke("M-0.24,-1.5 C-0.24,-1.8 0.24,-1.8 0.24,-1.5", cloth.Darker(0.12f), 0.09f);
        form.Body("M-0.72,0 C-0.84,-0.6 -0.8,-1.56 0,-1.56 C0.8,-1.56 0.84,-0.6 0.72,0 Z", cloth);
        form.Body("M-0.7,-0.94 C-0.66,-1.5 -0.3,-1.58 0,-1.58 C0.3,-1.58 0.66,-1.5 0.7,-0.94 C0.4,-0.76 -0.4,-0.76 -0.7,-0.94 Z", cloth.Lighter(0.05f));
        form.Box(-0.46f, -0.56f, 0.46f, -0.06f, cloth.Darker(0.04f), 0.8f, 0.1f);
        foreach (var x in (ReadOnlySpan<float>)[-0.3f, 0.3f])
        {
            form.Line(x, -0.9f, x, -0.5f, DarkWood, 0.09f);
            form.Box(x - 0.07f, -0.68f, x + 0.07f, -0.54f, Brass, 0.6f);
        }
    }

    public static void Dress(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.55f, 0.16f, 27, 250, 330, 150);
        form.Shadow(0.85f);
        form.Body("M-0.22,-2 L-0.14,-1.72 C-0.06,-1.66 0.06,-1.66 0.14,-1.72 L0.22,-2 L0.34,-1.96 C0.36,-1.6 0.3,-1.4 0.24,-1.16 C0.6,-0.8 0.86,-0.4 0.96,-0.06 C0.4,0.1 -0.4,0.1 -0.96,-0.06 C-0.86,-0.4 -0.6,-0.8 -0.24,-1.16 C-0.3,-1.4 -0.36,-1.6 -0.34,-1.96 Z", cloth);
        form.Stroke("M-0.1,-1.1 C-0.2,-0.7 -0.4,-0.3 -0.5,0 M0.06,-1.1 C0.06,-0.7 0.04,-0.3 0,0.02 M0.16,-1.1 C0.3,-0.7 0.44,-0.3 0.54,0", cloth.Darker(0.14f), 0.035f);
        form.Stroke("M-0.25,-1.16 C-0.1,-1.1 0.1,-1.1 0.25,-1.16", Gold, 0.07f);
    }

    public static void Mirror(Form form, SeededRandom random)
    {
        form.Body("M-0.5,0 L-0.3,-0.3 L0.3,-0.3 L0.5,0 Z", Gold);
        form.Ball(0, -1.1f, 0.76f, 0.96f, form.Coat(random, 0.76f, 0.13f, 85));
        form.Ball(0, -1.1f, 0.62f, 0.82f, Glass);
        form.Shine("M-0.46,-1 L0.1,-1.78 L0.26,-1.7 L-0.4,-0.8 Z M-0.26,-0.7 L0.4,-1.6 L0.46,-1.48 L-0.18,-0.6 Z", 0.6f);
    }

    public static void Skull(Form form, SeededRandom random)
    {
        var bone = form.Coat(random, 0.9f, 0.03f, 88);
        form.Shadow(0.75f);
        form.Body("M-0.84,-1.06 C-0.84,-1.6 -0.46,-1.8 0,-1.8 C0.46,-1.8 0.84,-1.6 0.84,-1.06 C0.84,-0.76 0.7,-0.66 0.6,-0.5 L0.56,-0.1 C0.4,0.04 -0.4,0.04 -0.56,-0.1 L-0.6,-0.5 C-0.7,-0.66 -0.84,-0.76 -0.84,-1.06 Z", bone, 1.1f);
        form.Oval(-0.36f, -0.92f, 0.25f, 0.27f, Night);
        form.Oval(0.36f, -0.92f, 0.25f, 0.27f, Night);
        form.Flat("M0,-0.74 L-0.13,-0.48 L0.13,-0.48 Z", Night);
        for (var i = -2; i <= 2; i++)
        {
            form.Line(i * 0.16f, -0.36f, i * 0.16f, -0.06f, bone.Darker(0.4f), 0.03f);
        }

        form.Line(-0.5f, -0.22f, 0.5f, -0.22f, bone.Darker(0.3f), 0.025f);
    }
}
