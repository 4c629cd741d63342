using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Figures;

/// <summary>What drives, flies and sails, about two units long and facing right.</summary>
internal static class Vehicles
{
    private const float WheelY = -0.2f;

    public static void Bicycle(Form form, SeededRandom random)
    {
        var frame = form.Coat(random, 0.56f, 0.16f, 27, 250, 150, 85);
        form.Shadow(1);
        foreach (var x in (ReadOnlySpan<float>)[-0.62f, 0.62f])
        {
            SpokedWheel(form, x, -0.46f, 0.42f);
        }

        form.Stroke("M-0.62,-0.46 L-0.05,-0.42 L-0.2,-0.98 M-0.62,-0.46 L-0.175,-0.88 L0.42,-0.9 L-0.05,-0.42", frame, 0.075f, -0.25f);
        form.Stroke("M-0.62,-0.46 L-0.05,-0.42 L-0.2,-0.98 M-0.62,-0.46 L-0.175,-0.88 L0.42,-0.9 L-0.05,-0.42", frame, 0.035f, 0.35f);
        form.Rod(0.38f, -1.08f, 0.62f, -0.46f, frame, 0.065f);
        form.Stroke("M0.38,-1.08 L0.36,-1.17 C0.42,-1.22 0.52,-1.26 0.62,-1.2 C0.68,-1.15 0.62,-1.08 0.54,-1.1", Iron, 0.055f);
        form.Body("M-0.42,-1.06 C-0.3,-1.12 -0.15,-1.1 0.02,-1.03 C-0.06,-0.99 -0.18,-0.98 -0.3,-0.98 C-0.38,-0.98 -0.44,-1 -0.42,-1.06 Z", DarkWood);
        form.Ring(-0.05f, -0.42f, 0.1f, Steel, 0.035f);
        form.Rod(-0.05f, -0.42f, 0.08f, -0.24f, Steel, 0.035f);
        form.Rod(-0.05f, -0.42f, -0.18f, -0.6f, Steel, 0.035f);
        form.Line(0.02f, -0.22f, 0.15f, -0.24f, Iron, 0.05f);
        form.Line(-0.25f, -0.61f, -0.12f, -0.6f, Iron, 0.05f);
    }

    public static void Motorcycle(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.5f, 0.16f, 27, 250, 60);
        form.Shadow(1.05f);
        Wheel(form, -0.66f, -0.34f, 0.34f);
        Wheel(form, 0.66f, -0.34f, 0.34f);
        form.Rod(0.36f, -1.02f, 0.66f, -0.34f, Steel, 0.07f);
        form.Body("M-0.3,-0.28 L0.28,-0.28 L0.34,-0.6 L-0.34,-0.6 Z", Iron);
        form.Ball(-0.02f, -0.42f, 0.17f, 0.16f, Steel);
        form.Rod(-0.1f, -0.26f, -0.95f, -0.3f, Steel, 0.09f);
        form.Body("M-0.98,-0.74 C-0.8,-0.9 -0.5,-0.86 -0.3,-0.78 L0.02,-0.78 L0.02,-0.64 L-0.7,-0.58 Z", Rubber);
        form.Body("M-0.06,-0.62 C-0.08,-0.92 0.12,-0.98 0.3,-0.94 C0.44,-0.9 0.48,-0.76 0.42,-0.62 Z", coat);
        form.Body("M0.36,-0.6 C0.42,-0.78 0.84,-0.84 1.02,-0.5 C0.88,-0.66 0.58,-0.68 0.44,-0.5 Z", coat);
        form.Body("M-1.04,-0.5 C-0.98,-0.78 -0.6,-0.82 -0.4,-0.6 L-0.48,-0.5 C-0.66,-0.66 -0.88,-0.64 -1.04,-0.5 Z", coat);
        form.Stroke("M0.36,-1 C0.3,-1.14 0.18,-1.16 0.08,-1.1", Iron, 0.06f);
        form.Ball(0.48f, -0.94f, 0.1f, 0.1f, Steel);
        form.Lamp(0.54f, -0.94f, 0.055f, Flame);
    }

    public static void Car(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.56f, 0.16f, 27, 250, 200, 85, 150);
        form.Shadow(1.12f);
        form.Body(
            "M-1.02,-0.2 C-1.06,-0.4 -1.02,-0.52 -0.86,-0.57 L-0.64,-0.62 C-0.5,-0.86 -0.38,-0.98 -0.1,-1 L0.16,-1 C0.4,-0.98 0.5,-0.84 0.64,-0.63 C0.9,-0.59 1.04,-0.52 1.05,-0.36 L1.05,-0.2 Z",
            coat);
        form.Body("M-0.52,-0.63 C-0.42,-0.8 -0.34,-0.89 -0.12,-0.91 L-0.02,-0.91 L-0.02,-0.63 Z", Glass.Darker(0.25f), 0.8f);
        form.Body("M0.06,-0.63 L0.06,-0.91 L0.15,-0.91 C0.32,-0.9 0.4,-0.8 0.5,-0.63 Z", Glass.Darker(0.25f), 0.8f);
        form.Shine("M-0.4,-0.64 L-0.22,-0.9 L-0.14,-0.9 L-0.32,-0.64 Z", 0.4f);
        form.Shine("M-0.98,-0.5 C-0.6,-0.6 0.5,-0.62 1,-0.48 L1,-0.44 C0.5,-0.57 -0.6,-0.55 -0.98,-0.46 Z", 0.45f);
        form.Stroke("M0.02,-0.94 L0.02,-0.24 M-0.56,-0.6 L-0.5,-0.24 M0.52,-0.62 L0.48,-0.24", coat.Darker(0.2f), 0.016f);
        form.Line(0.1f, -0.52f, 0.18f, -0.52f, Steel, 0.03f);
        form.Line(-0.44f, -0.52f, -0.36f, -0.52f, Steel, 0.03f);
        form.Box(-1.08f, -0.27f, 1.1f, -0.17f, Steel.Darker(0.12f), 1, 0.04f);
        form.Body("M0.92,-0.54 C1.02,-0.52 1.05,-0.46 1.05,-0.4 L0.9,-0.42 Z", Flame, 0.3f);
        form.Patch(-1.04f, -0.5f, -0.96f, -0.38f, Pigment.Of(0.5f, 0.18f, 27));
        if (form.IsLit)
        {
            form.Easel.Glow(1.06f, -0.46f, 0.6f, Flame.Colour(0.8f));
        }

        Wheel(form, -0.6f, WheelY, 0.21f);
        Wheel(form, 0.62f, WheelY, 0.21f);
    }

    public static void Bus(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.6f, 0.16f, 27, 85, 250, 150);
        form.Shadow(1.15f);
        form.Box(-1.1f, -1.12f, 1.1f, -0.17f, coat, 0.8f, 0.1f);
        form.Box(-1.06f, -1.02f, 0.98f, -0.62f, Glass.Darker(0.45f), 0.2f, 0.04f);
        for (var i = 0; i < 5; i++)
        {
            var left = -1.02f + (i * 0.345f);
            form.Pane(left, -0.98f, left + 0.3f, -0.66f);
        }

        form.Box(0.72f, -1, 1.06f, -0.2f, Glass.Darker(0.45f), 0.2f, 0.03f);
        form.Pane(0.75f, -0.97f, 0.88f, -0.24f);
        form.Pane(0.91f, -0.97f, 1.04f, -0.24f);
        form.Patch(-1.1f, -0.5f, 0.7f, -0.42f, China, 0.1f);
        form.Shine("M-1.04,-1.1 L1,-1.1 L1.06,-1.06 L-1.08,-1.06 Z", 0.5f);
        form.Lamp(1.07f, -0.32f, 0.045f, Flame, 0.8f);
        Wheel(form, -0.66f, WheelY, 0.21f);
        Wheel(form, 0.46f, WheelY, 0.21f);
    }

    public static void Truck(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.55f, 0.16f, 27, 250, 60, 150);
        form.Shadow(1.15f);
        form.Box(-1.15f, -0.3f, 1.05f, -0.2f, Iron);
        form.Box(-1.15f, -1.22f, 0.3f, -0.3f, Plaster, 0.8f, 0.02f);
        for (var i = 1; i < 6; i++)
        {
            var x = -1.15f + (i * 0.24f);
            form.Line(x, -1.19f, x, -0.33f, Plaster.Darker(0.18f), 0.014f);
        }

        form.Patch(-1.15f, -0.52f, 0.3f, -0.4f, coat);
        form.Body("M0.36,-0.24 L0.36,-1 C0.36,-1.06 0.4,-1.08 0.46,-1.08 L0.72,-1.08 C0.8,-1.06 0.86,-0.86 0.92,-0.68 L1.08,-0.6 C1.12,-0.56 1.12,-0.3 1.1,-0.24 Z", coat);
        form.Body("M0.48,-0.68 L0.48,-0.98 L0.7,-0.98 C0.75,-0.92 0.79,-0.8 0.82,-0.68 Z", Glass.Darker(0.2f), 0.8f);
        form.Line(0.46f, -0.56f, 0.54f, -0.56f, Steel, 0.03f);
        form.Lamp(1.09f, -0.44f, 0.045f, Flame, 0.8f);
        foreach (var x in (ReadOnlySpan<float>)[-0.86f, -0.42f, 0.74f])
        {
            Wheel(form, x, WheelY, 0.21f);
        }
    }

    public static void Tractor(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.52f, 0.17f, 145, 27, 85);
        form.Shadow(1.1f);
        form.Rod(0.56f, -0.86f, 0.56f, -1.36f, Iron, 0.08f);
        form.Body("M-0.1,-0.36 L-0.1,-0.9 L0.9,-0.86 C1,-0.82 1.02,-0.7 1.02,-0.36 Z", coat);
        form.Stroke("M0.3,-0.5 L0.3,-0.76 M0.44,-0.5 L0.44,-0.76 M0.58,-0.5 L0.58,-0.76", coat.Darker(0.16f), 0.04f);
        form.Box(-0.72f, -1.46f, 0.04f, -0.56f, Glass.Darker(0.1f), 0.5f);
        form.Stroke("M-0.72,-1.46 L-0.72,-0.5 M0.02,-1.46 L0.04,-0.8 M-0.36,-1.46 L-0.36,-0.8", coat, 0.06f);
        form.Box(-0.8f, -1.56f, 0.12f, -1.44f, coat, 1, 0.03f);
        form.Body("M-1,-0.7 C-0.9,-1.06 -0.2,-1.06 -0.06,-0.6 L-0.2,-0.52 C-0.4,-0.86 -0.7,-0.86 -0.86,-0.6 Z", coat);
        Wheel(form, -0.5f, -0.48f, 0.48f);
        Wheel(form, 0.72f, -0.26f, 0.26f);
        form.Lamp(1.02f, -0.66f, 0.05f, Flame, 0.7f);
    }

    /// <summary>A steam engine with carriages that run out of the picture behind it.</summary>
    public static void Train(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.44f, 0.13f, 27, 150, 250);
        form.Patch(-8, 0.02f, 8, 0.1f, Stone.Darker(0.2f));
        for (var i = -30; i < 30; i++)
        {
            form.Patch(i * 0.26f, 0, (i * 0.26f) + 0.12f, 0.08f, DarkWood);
        }

        form.Rod(-8, -0.01f, 8, -0.01f, Steel, 0.05f);
        for (var i = 0; i < 5; i++)
        {
            Carriage(form, -1.62f - (i * 1.42f), coat);
        }

        for (var i = 0; i < 8; i++)
        {
            var each = random.Fork(i);
            form.Ball(0.6f - (i * 0.34f), -1.62f - (0.1f * i) + each.Between(-0.06f, 0.06f), 0.17f + (0.055f * i), 0.14f + (0.045f * i), Smoke);
        }

        form.Box(-0.95f, -0.42f, 0.98f, -0.26f, Iron);
        form.Round("M-0.25,-0.98 L0.84,-0.98 C0.94,-0.9 0.94,-0.52 0.84,-0.42 L-0.25,-0.42 Z", coat);
        using (var turned = form.Part(0, -0.7f, 1, 90))
        {
            turned.Tube(-0.28f, -0.86f, 0.28f, 0.25f, coat);
            turned.Tube(-0.3f, -0.96f, 0.3f, -0.7f, Iron);
            foreach (var y in (ReadOnlySpan<float>)[-0.45f, -0.12f])
            {
                turned.Tube(-0.285f, y, 0.285f, y + 0.05f, Brass);
            }
        }

        form.Round("M0.66,-0.98 L0.63,-1.4 L0.54,-1.5 L0.92,-1.5 L0.83,-1.4 L0.8,-0.98 Z", Iron);
        form.Ball(0.28f, -1, 0.13f, 0.16f, Brass);
        form.Box(-0.96f, -1.22f, -0.26f, -0.36f, coat.Darker(0.03f));
        form.Box(-1.04f, -1.34f, -0.18f, -1.2f, Iron, 1, 0.05f);
        form.Pane(-0.84f, -1.1f, -0.42f, -0.78f);
        form.Body("M0.96,-0.4 L1.24,-0.04 L0.9,-0.04 Z", Pigment.Of(0.5f, 0.16f, 27));
        form.Lamp(0.98f, -0.78f, 0.07f, Flame);
        foreach (var x in (ReadOnlySpan<float>)[-0.68f, -0.2f, 0.28f])
        {
            SpokedWheel(form, x, -0.25f, 0.22f);
        }

        SpokedWheel(form, 0.74f, -0.16f, 0.13f);
        form.Rod(-0.68f, -0.2f, 0.28f, -0.2f, Steel, 0.05f);
    }

    /// <summary>Flies; its middle is at (0, 0).</summary>
    public static void Airplane(Form form, SeededRandom random)
    {
        var stripe = form.Coat(random, 0.55f, 0.16f, 250, 27, 200);
        using var tilted = form.Part(0, 0, 1, -10);
        tilted.Body("M0.1,-0.06 L-0.28,-0.62 L-0.12,-0.62 L0.42,-0.08 Z", China.Darker(0.12f));
        tilted.Body("M-0.72,-0.1 L-1.02,-0.56 L-0.84,-0.56 L-0.46,-0.14 Z", stripe);
        tilted.Body("M-1.05,-0.12 C-0.7,-0.2 0.3,-0.24 0.72,-0.2 C0.96,-0.16 1.08,-0.06 1.06,0.02 C0.96,0.12 0.5,0.14 0.1,0.14 C-0.4,0.14 -0.9,0.02 -1.05,-0.06 Z", China);
        tilted.Flat("M-1.04,-0.06 C-0.4,0 0.6,0.02 1.05,0.02 C1.03,0.04 1,0.06 0.97,0.08 C0.4,0.08 -0.5,0.06 -1,-0.04 Z", stripe);
        for (var i = 0; i < 11; i++)
        {
            tilted.Oval(-0.62f + (i * 0.12f), -0.085f, 0.03f, 0.038f, form.IsLit ? Flame : Glass.Darker(0.35f));
        }

        tilted.Body("M0.8,-0.17 C0.92,-0.14 0.98,-0.1 1,-0.06 L0.82,-0.06 Z", Glass.Darker(0.35f), 0.4f);
        tilted.Body("M0.3,0.04 L-0.3,0.66 L-0.52,0.66 L-0.12,0.04 Z", China.Darker(0.04f));
        tilted.Round("M0.02,0.22 C0.2,0.2 0.26,0.24 0.26,0.3 C0.26,0.36 0.2,0.4 0.02,0.38 Z", Steel);
        tilted.Body("M-0.82,-0.06 L-1.12,0.14 L-1.24,0.12 L-1.02,-0.08 Z", China.Darker(0.08f));
        for (var i = 0; i < 2; i++)
        {
            tilted.Line(-1.3f, 0.02f + (i * 0.06f), -2.4f, 0.02f + (i * 0.1f), Smoke, 0.03f, 0.2f, 0.5f);
        }
    }

    /// <summary>Flies; its middle is at (0, 0).</summary>
    public static void Helicopter(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.54f, 0.16f, 27, 250, 150, 85);
        using var tilted = form.Part(0, 0, 1, 4);
        tilted.Body("M-0.2,-0.2 L-1.2,-0.16 L-1.2,-0.08 L-0.2,0.16 Z", coat);
        tilted.Body("M-1.06,-0.12 L-1.3,-0.46 L-1.16,-0.48 L-0.94,-0.12 Z", coat.Darker(0.05f));
        tilted.Ring(-1.2f, -0.3f, 0.17f, Iron, 0.03f);
        tilted.Line(-1.32f, -0.4f, -1.08f, -0.2f, Iron, 0.045f);
        tilted.Body("M-0.5,0.02 C-0.5,-0.34 -0.2,-0.44 0.16,-0.44 C0.6,-0.42 0.84,-0.1 0.84,0.08 C0.8,0.3 0.5,0.36 0.1,0.36 C-0.3,0.36 -0.5,0.26 -0.5,0.02 Z", coat);
        tilted.Body("M0.3,-0.36 C0.6,-0.32 0.78,-0.1 0.8,0.04 L0.3,0.04 Z", Glass.Darker(0.2f));
        tilted.Body("M-0.1,-0.34 L0.2,-0.36 L0.2,0.02 L-0.1,0.02 Z", Glass.Darker(0.25f));
        tilted.Shine("M0.4,-0.28 L0.52,-0.24 L0.44,0 L0.34,0 Z", 0.6f);
        tilted.Box(-0.06f, -0.62f, 0.08f, -0.42f, Iron);
        tilted.Body("M-1.25,-0.66 C-0.6,-0.72 0.6,-0.72 1.25,-0.62 C0.6,-0.6 -0.6,-0.6 -1.25,-0.66 Z", Iron, 0.4f);
        tilted.Stroke("M-0.3,0.34 L-0.4,0.58 M0.4,0.34 L0.44,0.58 M-0.66,0.6 L0.66,0.6 C0.76,0.6 0.8,0.54 0.8,0.48", Iron, 0.045f);
    }

    /// <summary>Dives; its middle is at (0, 0).</summary>
    public static void Submarine(Form form, SeededRandom random)
    {
        var coat = form.Coat(random, 0.78f, 0.15f, 90, 27, 200);
        form.Body("M-0.86,0 L-1.16,-0.36 L-1,-0.36 L-0.7,-0.1 Z", coat.Darker(0.06f));
        form.Body("M-0.86,0 L-1.16,0.36 L-1,0.36 L-0.7,0.1 Z", coat.Darker(0.1f));
        form.Body("M-0.3,-0.34 L-0.2,-0.74 L0.3,-0.74 L0.36,-0.34 Z", coat);
        form.Stroke("M0.14,-0.74 L0.14,-1.04 L0.34,-1.04", Iron, 0.06f);
        form.Body("M-0.96,0 C-0.9,-0.42 -0.4,-0.46 0.1,-0.46 C0.7,-0.44 1.04,-0.24 1.06,0 C1.04,0.24 0.7,0.44 0.1,0.46 C-0.4,0.46 -0.9,0.42 -0.96,0 Z", coat, 1.1f);
        for (var i = 0; i < 3; i++)
        {
            form.Ball(-0.42f + (i * 0.46f), -0.04f, 0.16f, 0.16f, Steel);
            form.Ball(-0.42f + (i * 0.46f), -0.04f, 0.11f, 0.11f, form.IsLit ? Flame : Glass.Darker(0.15f));
        }

        form.Lamp(1.04f, 0.04f, 0.06f, Flame);
        form.Line(-1.02f, -0.2f, -1.02f, 0.2f, Iron, 0.07f);
    }

    /// <summary>Flies; its middle is at (0, 0).</summary>
    public static void Rocket(Form form, SeededRandom random)
    {
        var trim = form.Coat(random, 0.55f, 0.18f, 27, 250, 60);
        using var tilted = form.Part(0, 0, 1, 24);
        tilted.Easel.Glow(0, 0.95f, 0.8f, Flame.Colour(0.8f));
        tilted.Flat("M-0.2,0.6 C-0.34,1 -0.12,1.3 0,1.6 C0.12,1.3 0.34,1 0.2,0.6 Z", Pigment.Of(0.7f, 0.19f, 45), 0.4f);
        tilted.Flat("M-0.12,0.6 C-0.2,0.85 -0.08,1.05 0,1.25 C0.08,1.05 0.2,0.85 0.12,0.6 Z", Pigment.Of(0.96f, 0.1f, 95), 0.5f);
        tilted.Body("M-0.26,0.1 C-0.5,0.25 -0.58,0.5 -0.56,0.8 L-0.22,0.56 Z", trim);
        tilted.Body("M0.26,0.1 C0.5,0.25 0.58,0.5 0.56,0.8 L0.22,0.56 Z", trim, 1, -0.3f);
        tilted.Round("M-0.22,0.62 C-0.36,0.2 -0.34,-0.5 0,-1.05 C0.34,-0.5 0.36,0.2 0.22,0.62 Z", China);
        tilted.Round("M-0.225,-0.6 C-0.17,-0.76 -0.1,-0.9 0,-1.05 C0.1,-0.9 0.17,-0.76 0.225,-0.6 Z", trim);
        tilted.Tube(-0.2f, 0.58f, 0.2f, 0.68f, Iron);
        tilted.Ball(0, -0.22f, 0.16f, 0.16f, Steel);
        tilted.Ball(0, -0.22f, 0.115f, 0.115f, Glass.Darker(0.25f));
        tilted.Body("M-0.05,0.2 L0.05,0.2 L0.05,0.78 L-0.05,0.78 Z", trim);
    }

    /// <summary>Flies; its middle is at (0, 0).</summary>
    public static void Spaceship(Form form, SeededRandom random)
    {
        var trim = form.Coat(random, 0.56f, 0.16f, 27, 250, 200);
        var hull = Pigment.Of(0.84f, 0.02f, 250);
        using var tilted = form.Part(0, 0, 1, -8);
        foreach (var y in (ReadOnlySpan<float>)[-0.2f, 0.02f])
        {
            tilted.Easel.Glow(-1.02f, y, 0.5f, Pigment.Of(0.85f, 0.13f, 220).Colour(0.9f));
            tilted.Flat(FormattableString.Invariant($"M-0.9,{y - 0.08f} L-1.7,{y} L-0.9,{y + 0.08f} Z"), Pigment.Of(0.92f, 0.09f, 215), 0.4f, 0.85f);
        }

        tilted.Body("M-0.6,-0.2 L-0.96,-0.66 L-0.66,-0.66 L0.02,-0.24 Z", hull.Darker(0.1f));
        tilted.Box(-1, -0.32f, -0.6f, -0.08f, Iron, 1, 0.06f);
        tilted.Box(-1, -0.1f, -0.6f, 0.14f, Iron, 1, 0.06f);
        tilted.Body("M-0.86,-0.28 C-0.4,-0.36 0.2,-0.34 0.6,-0.2 L1.22,-0.02 C0.8,0.12 -0.2,0.18 -0.86,0.12 Z", hull);
        tilted.Flat("M-0.86,-0.1 C-0.2,-0.14 0.6,-0.1 1.2,-0.02 C0.6,0.02 -0.3,0.02 -0.86,-0.02 Z", trim);
        tilted.Body("M0.12,-0.3 C0.3,-0.46 0.56,-0.36 0.74,-0.16 L0.16,-0.2 Z", Glass.Darker(0.2f));
        tilted.Shine("M0.24,-0.33 C0.36,-0.4 0.5,-0.34 0.56,-0.28 L0.3,-0.28 Z", 0.6f);
        tilted.Body("M-0.1,0.06 L-0.78,0.56 L-1.06,0.56 L-0.62,0.04 Z", hull.Darker(0.04f));
        tilted.Flat("M-0.5,0.36 L-0.64,0.46 L-0.94,0.46 L-0.88,0.36 Z", trim);
        for (var i = 0; i < form.Easel.Look.Many(6); i++)
        {
            tilted.Line(-0.7f + (i * 0.17f), -0.24f, -0.66f + (i * 0.17f), 0.08f, hull.Darker(0.2f), 0.012f);
        }

        for (var i = 0; i < 5; i++)
        {
            tilted.Lamp(-0.5f + (i * 0.16f), 0.03f, 0.022f, Flame, 0.6f);
        }
    }

    /// <summary>A flying saucer with its beam; its middle is at (0, 0).</summary>
    public static void Saucer(Form form, SeededRandom random)
    {
        var glow = form.Easel.Scene.Hue ?? random.Pick(150f, 200f, 95f);
        form.Flat("M-0.3,0.15 L-0.95,1.8 L0.95,1.8 L0.3,0.15 Z", Pigment.Of(0.92f, 0.1f, glow), 0.5f, 0.3f);
        form.Ball(0, -0.16f, 0.44f, 0.42f, Glass);
        form.Shine("M-0.3,-0.3 C-0.24,-0.46 -0.1,-0.52 0,-0.52 C-0.1,-0.44 -0.2,-0.34 -0.22,-0.22 Z", 0.7f);
        form.Body("M-1.05,0.04 C-0.7,-0.24 0.7,-0.24 1.05,0.04 C0.7,0.28 -0.7,0.28 -1.05,0.04 Z", Steel);
        form.Flat("M-1.05,0.04 C-0.5,0.16 0.5,0.16 1.05,0.04 C0.7,0.28 -0.7,0.28 -1.05,0.04 Z", Iron, 0, 0.5f);
        for (var i = 0; i < 7; i++)
        {
            var t = (i - 3) / 3f;
            form.Lamp(t * 0.86f, 0.08f + (0.07f * (1 - (t * t))), 0.05f, Pigment.Of(0.9f, 0.15f, glow + (i % 2 * 60)));
        }
    }

    /// <summary>A steamer, half a boat's height in the water.</summary>
    public static void Ship(Form form, SeededRandom random)
    {
        var hull = form.Coat(random, 0.34f, 0.07f, 255, 27, 265);
        for (var i = 0; i < 6; i++)
        {
            form.Ball(-0.02f - (i * 0.26f), -1.16f - (i * 0.1f), 0.1f + (i * 0.035f), 0.08f + (i * 0.03f), Smoke.Darker(0.15f));
        }

        form.Box(-0.72f, -0.5f, 0.62f, -0.3f, China);
        form.Box(-0.56f, -0.68f, 0.46f, -0.49f, China);
        form.Box(0.02f, -0.84f, 0.4f, -0.67f, China);
        for (var i = 0; i < 9; i++)
        {
            form.Pane(-0.66f + (i * 0.14f), -0.44f, -0.57f + (i * 0.14f), -0.36f);
        }

        for (var i = 0; i < 6; i++)
        {
            form.Pane(-0.48f + (i * 0.15f), -0.62f, -0.39f + (i * 0.15f), -0.55f);
        }

        foreach (var x in (ReadOnlySpan<float>)[-0.42f, -0.12f])
        {
            form.Tube(x, -1.06f, x + 0.19f, -0.67f, Pigment.Of(0.54f, 0.17f, 30));
            form.Tube(x, -1.08f, x + 0.19f, -0.98f, Iron);
        }

        form.Line(0.72f, -0.3f, 0.72f, -1.1f, DarkWood, 0.025f);
        form.Line(0.72f, -1.08f, 1.06f, -0.36f, Iron, 0.008f);
        form.Line(0.72f, -1.08f, 0.3f, -0.84f, Iron, 0.008f);
        form.Body("M-1.02,-0.34 L1.14,-0.38 C1.06,-0.16 0.98,0 0.9,0.12 L-0.86,0.12 C-0.98,0 -1.02,-0.16 -1.02,-0.34 Z", hull);
        form.Flat("M-0.98,0 L0.97,0 L0.9,0.12 L-0.86,0.12 Z", Pigment.Of(0.5f, 0.16f, 28));
        form.Line(-1, -0.29f, 1.1f, -0.32f, China, 0.03f);
        for (var i = 0; i < 8; i++)
        {
            form.Oval(-0.8f + (i * 0.2f), -0.16f, 0.03f, 0.03f, form.IsLit ? Flame : Glass);
        }

        Wake(form, 1.15f, 0.12f);
    }

    /// <summary>Three masts of square sails above a high stern.</summary>
    public static void Galleon(Form form, SeededRandom random)
    {
        var sail = form.Easel.Scene.Hue is { } hue ? Pigment.Of(0.7f, 0.12f, hue) : Paper;
        foreach (var (x, top, wide) in (ReadOnlySpan<(float, float, float)>)[(-0.58f, -1.5f, 0.3f), (0.02f, -1.85f, 0.4f), (0.6f, -1.55f, 0.32f)])
        {
            form.Rod(x, -0.3f, x, top, DarkWood, 0.05f);
            for (var i = 0; i < 3; i++)
            {
                var (a, b, half) = (top + 0.1f + (i * 0.4f * -top / 1.7f), top + 0.42f + (i * 0.4f * -top / 1.7f), wide * (0.62f + (0.19f * i)));
                form.Body(
                    FormattableString.Invariant($"M{x - half},{a} L{x + half},{a} C{x + half + 0.09f},{(a + b) / 2} {x + half + 0.06f},{b - 0.05f} {x + half},{b} C{x},{b - 0.08f} {x - half + 0.1f},{b - 0.04f} {x - half},{b} C{x - half + 0.1f},{(a + b) / 2} {x - half + 0.06f},{a + 0.1f} {x - half},{a} Z"),
                    sail);
                form.Line(x - half, a, x + half, a, DarkWood, 0.028f);
            }

            form.Body(FormattableString.Invariant($"M{x},{top} L{x - 0.26f},{top + 0.05f} L{x},{top + 0.12f} Z"), Pigment.Of(0.45f, 0.16f, 27));
        }

        form.Rod(0.92f, -0.4f, 1.3f, -0.72f, DarkWood, 0.04f);
        form.Body("M0.7,-0.95 L1.24,-0.66 L0.78,-0.5 Z", sail);
        form.Body("M-1.08,-0.72 L-0.66,-0.66 L-0.6,-0.38 L0.66,-0.36 L0.74,-0.5 L1.1,-0.52 C1,-0.22 0.9,0 0.78,0.14 L-0.82,0.14 C-0.98,-0.1 -1.06,-0.4 -1.08,-0.72 Z", Wood.Darker(0.06f));
        form.Stroke("M-1.04,-0.5 L-0.62,-0.34 L0.7,-0.3 L1.04,-0.4 M-0.98,-0.24 C-0.4,-0.12 0.4,-0.1 0.96,-0.24", Brass, 0.03f);
        for (var i = 0; i < 6; i++)
        {
            form.Patch(-0.62f + (i * 0.22f), -0.22f, -0.52f + (i * 0.22f), -0.13f, Night);
        }

        form.Pane(-0.98f, -0.62f, -0.9f, -0.52f);
        form.Pane(-0.84f, -0.6f, -0.76f, -0.5f);
        Wake(form, 1.05f, 0.14f);
    }

    public static void Rowboat(Form form, SeededRandom random)
    {
        var hull = form.Coat(random, 0.5f, 0.1f, 45, 27, 200);
        form.Body("M-0.98,-0.36 C-0.5,-0.28 0.5,-0.28 1.02,-0.4 C0.6,-0.12 -0.6,-0.12 -0.98,-0.36 Z", DarkWood.Darker(0.08f), 0.4f);
        form.Box(-0.3f, -0.32f, -0.16f, -0.2f, Wood);
        form.Box(0.3f, -0.32f, 0.44f, -0.2f, Wood);
        form.Body("M-1,-0.36 C-0.5,-0.2 0.5,-0.2 1.06,-0.42 C0.98,-0.16 0.8,0.04 0.6,0.1 L-0.62,0.1 C-0.84,0.02 -0.96,-0.16 -1,-0.36 Z", hull);
        form.Stroke("M-0.97,-0.26 C-0.5,-0.1 0.5,-0.1 1,-0.3 M-0.88,-0.1 C-0.4,0 0.5,0 0.92,-0.14", hull.Darker(0.14f), 0.018f);
        form.Stroke("M-1,-0.36 C-0.5,-0.2 0.5,-0.2 1.06,-0.42", Wood.Lighter(0.14f), 0.035f);
        form.Rod(0.1f, -0.42f, -0.78f, 0.16f, Wood, 0.04f);
        form.Body("M-0.74,0.08 L-1.02,0.2 L-0.94,0.3 L-0.68,0.18 Z", Wood);
        Wake(form, 1.02f, 0.1f);
    }

    // Ripples below the water line, and the colour of the water over the keel.
    private static void Wake(Form form, float half, float y)
    {
        var foam = new Pigment(0.95f, -0.01f, -0.01f);
        for (var i = 0; i < 6; i++)
        {
            form.Line(-half + (i * 0.09f), y + (i * 0.035f), half - (i * 0.14f), y + (i * 0.035f), foam, 0.022f, 0.1f, 0.5f - (i * 0.07f));
        }
    }

    private static void Carriage(Form form, float x, Pigment coat)
    {
        form.Box(x - 0.64f, -1.05f, x + 0.64f, -0.3f, coat, 0.7f, 0.04f);
        form.Box(x - 0.66f, -1.14f, x + 0.66f, -1.03f, Iron, 1, 0.05f);
        form.Patch(x - 0.64f, -0.56f, x + 0.64f, -0.51f, Brass);
        for (var i = 0; i < 4; i++)
        {
            form.Pane(x - 0.55f + (i * 0.29f), -0.94f, x - 0.34f + (i * 0.29f), -0.64f);
        }

        form.Rod(x + 0.62f, -0.28f, x + 0.84f, -0.28f, Iron, 0.05f);
        form.Box(x - 0.62f, -0.3f, x + 0.62f, -0.22f, Iron);
        SpokedWheel(form, x - 0.4f, -0.14f, 0.12f);
        SpokedWheel(form, x + 0.4f, -0.14f, 0.12f);
    }

    private static void Wheel(Form form, float x, float y, float radius)
    {
        form.Ball(x, y, radius, radius, Rubber);
        form.Ball(x, y, radius * 0.6f, radius * 0.6f, Steel);
        form.Oval(x, y, radius * 0.2f, radius * 0.2f, Iron);
        for (var i = 0; i < 5; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / 5);
            form.Line(x + (cos * radius * 0.22f), y + (sin * radius * 0.22f), x + (cos * radius * 0.5f), y + (sin * radius * 0.5f), Iron, radius * 0.09f);
        }
    }

    private static void SpokedWheel(Form form, float x, float y, float radius)
    {
        var spokes = Math.Clamp(form.Easel.Look.Many(12), 6, 20);
        for (var i = 0; i < spokes; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / spokes);
            form.Line(x, y, x + (cos * radius), y + (sin * radius), Steel, radius * 0.035f);
        }

        form.Ring(x, y, radius, Rubber, radius * 0.17f);
        form.Ring(x, y, radius * 0.86f, Steel, radius * 0.07f, 0.2f);
        form.Oval(x, y, radius * 0.13f, radius * 0.13f, Steel);
    }
}
