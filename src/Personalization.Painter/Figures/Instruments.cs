using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Figures;

/// <summary>What sounds, and what is read by its screen, about two units high or wide.</summary>
internal static class Instruments
{
    public static void Drum(Form form, SeededRandom random)
    {
        var shell = form.Coat(random, 0.5f, 0.17f, 27, 255, 150);
        form.Shadow(0.9f);
        form.Round("M-0.86,-1.1 L-0.86,-0.16 C-0.5,0.06 0.5,0.06 0.86,-0.16 L0.86,-1.1 Z", shell);
        form.Stroke("M-0.86,-0.2 L-0.56,-0.84 L-0.24,-0.02 L0.08,-0.82 L0.4,-0.04 L0.66,-0.86 L0.86,-0.2", Paper, 0.04f);
        form.Stroke("M-0.86,-0.16 C-0.5,0.06 0.5,0.06 0.86,-0.16", Brass, 0.09f);
        form.Ball(0, -1.1f, 0.88f, 0.26f, Brass);
        form.Ball(0, -1.12f, 0.8f, 0.22f, China);
        form.Rod(0.1f, -1.14f, 1, -1.76f, Wood, 0.06f);
        form.Ball(0.1f, -1.14f, 0.08f, 0.06f, Wood);
        form.Rod(-0.2f, -1.18f, -0.86f, -1.82f, Wood, 0.06f);
        form.Ball(-0.2f, -1.18f, 0.08f, 0.06f, Wood);
    }

    public static void Trumpet(Form form, SeededRandom random)
    {
        var metal = form.Coat(random, 0.78f, 0.14f, 86);
        using var turned = form.Part(0, -0.7f, 1, -12);
        turned.Rod(-1.02f, -0.1f, 0.5f, -0.1f, metal, 0.1f);
        turned.Stroke("M0.34,-0.1 C0.62,-0.1 0.62,0.42 0.3,0.42 L-0.46,0.42 C-0.76,0.42 -0.76,0.06 -0.46,0.06 L0.2,0.06", metal.Darker(0.08f), 0.1f);
        turned.Stroke("M0.34,-0.12 C0.6,-0.12 0.6,0.38 0.3,0.38 L-0.46,0.38", metal, 0.04f, 0.5f);
        turned.Body("M0.36,-0.16 C0.7,-0.18 0.86,-0.34 1,-0.5 L1.06,0.26 C0.9,0.1 0.7,-0.02 0.36,-0.04 Z", metal, 1.1f);
        turned.Ball(1.04f, -0.12f, 0.08f, 0.38f, metal.Darker(0.12f));
        for (var i = 0; i < 3; i++)
        {
            turned.Tube(-0.22f + (i * 0.18f), -0.38f, -0.1f + (i * 0.18f), 0.44f, metal);
            turned.Ball(-0.16f + (i * 0.18f), -0.42f, 0.07f, 0.05f, China);
        }

        turned.Body("M-1.02,-0.2 L-1.14,-0.24 L-1.14,0.04 L-1.02,0 Z", metal);
    }

    public static void Microphone(Form form, SeededRandom random)
    {
        form.Shadow(0.5f);
        form.Ball(0, -0.06f, 0.5f, 0.1f, Iron);
        form.Rod(0, -0.06f, 0, -0.9f, Steel, 0.08f);
        form.Round("M-0.2,-1.2 L0.2,-1.2 L0.13,-0.7 L-0.13,-0.7 Z", form.Coat(random, 0.3f, 0.02f, 260));
        form.Ball(0, -1.5f, 0.36f, 0.42f, Steel);
        for (var i = -3; i <= 3; i++)
        {
            form.Stroke(FormattableString.Invariant($"M{-0.35f + (0.03f * i * i)},{-1.5f + (i * 0.11f)} L{0.35f - (0.03f * i * i)},{-1.5f + (i * 0.11f)}"), Iron, 0.016f);
            form.Stroke(FormattableString.Invariant($"M{i * 0.1f},{-1.9f + (0.02f * i * i)} C{i * 0.13f},-1.6 {i * 0.13f},-1.4 {i * 0.1f},{-1.1f - (0.02f * i * i)}"), Iron, 0.016f);
        }

        form.Tube(-0.24f, -1.24f, 0.24f, -1.14f, Brass);
    }

    public static void Headphones(Form form, SeededRandom random)
    {
        var shell = form.Coat(random, 0.4f, 0.12f, 260, 27, 180);
        form.Stroke("M-0.78,-0.66 C-0.9,-2.02 0.9,-2.02 0.78,-0.66", Iron, 0.2f);
        form.Stroke("M-0.78,-0.74 C-0.84,-1.94 0.5,-1.94 0.7,-1.16", Steel, 0.06f, 0.4f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            form.Box((side * 0.72f) - 0.2f, -0.94f, (side * 0.72f) + 0.2f, -0.02f, Rubber, 1, 0.18f);
            form.Box((side * 0.9f) - 0.2f, -0.86f, (side * 0.9f) + 0.2f, -0.1f, shell, 1.1f, 0.18f);
        }
    }

    public static void Television(Form form, SeededRandom random)
    {
        form.Shadow(1);
        form.Rod(-0.06f, -1.4f, -0.5f, -2, Steel, 0.04f);
        form.Rod(0.06f, -1.4f, 0.5f, -2, Steel, 0.04f);
        form.Rod(-0.6f, -0.2f, -0.76f, 0, DarkWood, 0.1f);
        form.Rod(0.6f, -0.2f, 0.76f, 0, DarkWood, 0.1f);
        form.Box(-1.05f, -1.42f, 1.05f, -0.14f, form.Coat(random, 0.5f, 0.09f, 50, 27, 180), 0.9f, 0.12f);
        form.Box(-0.92f, -1.3f, 0.52f, -0.28f, Iron, 0.5f, 0.18f);
        var screen = Pigment.Of(0.78f, 0.08f, 215);
        form.Easel.Glow(-0.2f, -0.8f, 0.9f, screen.Colour(form.IsLit ? 0.55f : 0.2f));
        form.Box(-0.86f, -1.24f, 0.46f, -0.34f, screen, 0.5f, 0.16f);
        form.Shine("M-0.7,-0.5 L-0.2,-1.18 L0,-1.18 L-0.5,-0.5 Z", 0.5f);
        form.Ball(0.78f, -1.08f, 0.14f, 0.14f, Steel);
        form.Ball(0.78f, -0.74f, 0.1f, 0.1f, Steel);
        for (var i = 0; i < 4; i++)
        {
            form.Line(0.64f, -0.54f + (i * 0.07f), 0.92f, -0.54f + (i * 0.07f), Iron, 0.02f);
        }
    }

    public static void Phone(Form form, SeededRandom random)
    {
        form.Shadow(0.55f);
        form.Box(-0.52f, -2, 0.52f, 0, Iron, 0.8f, 0.14f);
        form.Box(-0.45f, -1.84f, 0.45f, -0.2f, form.Coat(random, 0.6f, 0.12f, 255, 300, 200), 0.6f, 0.03f, 0.1f);
        for (var i = 0; i < 12; i++)
        {
            var (x, y) = (-0.27f + (i % 3 * 0.27f), -1.56f + (i / 3 * 0.3f));
            form.Box(x - 0.09f, y - 0.09f, x + 0.09f, y + 0.09f, Pigment.Of(0.78f, 0.14f, i * 67), 0.4f, 0.04f);
        }

        form.Line(-0.14f, -0.1f, 0.14f, -0.1f, Steel, 0.03f);
        form.Oval(0, -1.92f, 0.035f, 0.035f, Night);
        form.Shine("M-0.4,-1 L0.1,-1.82 L0.3,-1.82 L-0.4,-0.66 Z", 0.22f);
    }

    public static void Bulb(Form form, SeededRandom random)
    {
        var glow = form.Easel.Scene.Hue is { } hue ? Pigment.Of(0.9f, 0.12f, hue) : Flame;
        form.Shadow(0.3f);
        form.Easel.Glow(0, -1.2f, 1.7f, glow.Colour(form.IsLit ? 0.9f : 0.6f));
        form.Body("M-0.24,-0.48 C-0.24,-0.8 -0.66,-0.92 -0.66,-1.32 C-0.66,-1.72 -0.36,-1.96 0,-1.96 C0.36,-1.96 0.66,-1.72 0.66,-1.32 C0.66,-0.92 0.24,-0.8 0.24,-0.48 Z", glow, 0.5f, 0.3f);
        form.Stroke("M-0.14,-0.5 L-0.2,-1.2 L-0.06,-1.04 L0.06,-1.2 L0.2,-1.04 L0.14,-0.5", Pigment.Of(0.62f, 0.17f, 50), 0.035f);
        form.Shine("M-0.48,-1.3 C-0.48,-1.56 -0.32,-1.74 -0.16,-1.8 C-0.3,-1.64 -0.36,-1.46 -0.34,-1.24 C-0.42,-1.2 -0.48,-1.22 -0.48,-1.3 Z", 0.8f);
        for (var i = 0; i < 3; i++)
        {
            form.Tube(-0.25f + (0.02f * i), -0.5f + (i * 0.13f), 0.25f - (0.02f * i), -0.38f + (i * 0.13f), Steel);
        }

        form.Ball(0, -0.08f, 0.12f, 0.08f, Iron);
        _ = random;
    }
}
