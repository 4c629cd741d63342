using SkiaSharp;
using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Figures;

/// <summary>What people build, about two units wide or high, standing on the ground.</summary>
internal static class Buildings
{
    /// <summary>The gable to the light and the long roof beside it; the scene's words make it a hut, a barn or a villa by colour.</summary>
    public static void House(Form form, SeededRandom random)
    {
        var (wall, roof) = (Pigment.Of(random.Between(0.82f, 0.93f), 0.035f, random.Pick(60f, 85f, 230f)), Pigment.Of(0.48f, 0.11f, random.Pick(28f, 40f, 255f)));
        if (form.Easel.Scene is not { Hue: null, Grey: null })
        {
            // A red house has red walls, under a roof that lets them be seen.
            (wall, roof) = (form.Coat(random, 0.64f, 0.12f, 0), Pigment.Of(0.42f, 0.035f, 45));
        }

        form.Shadow(1.1f);
        Smoke(form, random, 0.62f, -1.75f);
        form.Box(0.5f, -1.7f, 0.74f, -1.1f, roof.Darker(0.1f));
        form.Box(-0.3f, -0.82f, 1, 0, wall, 0.5f, 0, -0.35f);
        form.Body("M-0.55,-1.5 L0.84,-1.5 L1.12,-0.78 L-0.02,-0.78 Z", Cover(form, roof), 0.7f);
        Courses(form, roof, -0.4f, 0.95f, -1.4f, -0.85f, 4);
        form.Body("M-1,0 L-1,-0.8 L-0.55,-1.42 L-0.1,-0.8 L-0.1,0 Z", wall, 0.4f, 0.15f);
        form.Stroke("M-1.12,-0.72 L-0.55,-1.5 L0.02,-0.72", Cover(form, roof), 0.11f);
        Window(form, -0.55f, -0.92f, 0.14f, 0.26f, wall);
        form.Box(-0.68f, -0.52f, -0.42f, 0, roof.Darker(0.12f), 0.6f);
        form.Oval(-0.47f, -0.25f, 0.022f, 0.022f, Brass, 0.4f);
        form.Box(-0.74f, -0.03f, -0.36f, 0.03f, Stone, 0.4f);
        Window(form, 0.2f, -0.28f, 0.28f, 0.32f, wall);
        Window(form, 0.66f, -0.28f, 0.28f, 0.32f, wall);
    }

    public static void Barn(Form form, SeededRandom random)
    {
        var wall = form.Coat(random, 0.48f, 0.15f, 29);
        form.Shadow(1.1f);
        form.Body("M0.1,0 L0.1,-0.82 L1.05,-0.82 L1.05,0 Z", wall, 0.4f, -0.35f);
        form.Body("M-0.35,-1.5 L0.78,-1.5 L1.02,-1.2 L1.14,-0.8 L0.3,-0.8 Z", Cover(form, Pigment.Of(0.45f, 0.02f, 60)), 0.6f);
        form.Body("M-1,0 L-1,-0.8 L-0.82,-1.2 L-0.35,-1.5 L0.12,-1.2 L0.3,-0.8 L0.3,0 Z", wall, 0.4f, 0.1f);
        form.Stroke("M-1.05,-0.74 L-0.84,-1.22 L-0.35,-1.53 L0.14,-1.22 L0.35,-0.74", China, 0.06f);
        for (var i = 1; i < 7; i++)
        {
            form.Line(-1 + (i * 0.186f), -0.8f, -1 + (i * 0.186f), 0, wall.Darker(0.1f), 0.012f);
        }

        form.Box(-0.66f, -0.62f, -0.04f, 0, wall.Darker(0.05f), 0.3f);
        form.Stroke("M-0.66,0 L-0.66,-0.62 L-0.04,-0.62 L-0.04,0 M-0.35,-0.62 L-0.35,0 M-0.66,-0.62 L-0.35,0 L-0.04,-0.62 M-0.66,0 L-0.35,-0.62 L-0.04,0", China, 0.035f);
        form.Box(-0.48f, -1.16f, -0.22f, -0.88f, Night, 0.1f);
        form.Stroke("M-0.48,-1.16 L-0.22,-1.16 L-0.22,-0.88 L-0.48,-0.88 Z", China, 0.035f);
    }

    public static void Church(Form form, SeededRandom random)
    {
        var wall = Pigment.Of(0.88f, 0.025f, random.Pick(80f, 60f, 230f));
        var roof = form.Coat(random, 0.42f, 0.07f, 255, 30, 190);
        form.Shadow(1.1f);
        form.Box(-0.3f, -0.86f, 1.05f, 0, wall, 0.5f, 0, -0.2f);
        form.Body("M-0.4,-0.84 L-0.3,-1.36 L0.86,-1.36 L1.16,-0.84 Z", Cover(form, roof), 0.7f);
        Courses(form, roof, -0.2f, 1, -1.28f, -0.9f, 3);
        foreach (var x in (ReadOnlySpan<float>)[0.16f, 0.48f, 0.8f])
        {
            Arched(form, x, -0.22f, 0.15f, 0.44f);
        }

        form.Box(-0.86f, -1.55f, -0.3f, 0, wall, 0.7f, 0, 0.12f);
        form.Round("M-0.93,-1.53 L-0.58,-2.45 L-0.23,-1.53 Z", roof);
        form.Stroke("M-0.58,-2.4 L-0.58,-2.74 M-0.68,-2.62 L-0.48,-2.62", form.IsLit ? Brass : Iron, 0.045f);
        Arched(form, -0.58f, -1.1f, 0.2f, 0.32f);
        form.Ball(-0.58f, -0.86f, 0.11f, 0.11f, China);
        form.Stroke("M-0.58,-0.93 L-0.58,-0.86 L-0.53,-0.84", Iron, 0.02f);
        form.Body("M-0.72,0 L-0.72,-0.38 C-0.7,-0.5 -0.46,-0.5 -0.44,-0.38 L-0.44,0 Z", DarkWood);
    }

    /// <summary>A pagoda: upturned roofs, each smaller than the one below.</summary>
    public static void Temple(Form form, SeededRandom random)
    {
        var wood = form.Coat(random, 0.5f, 0.15f, 30, 27);
        var tiles = Pigment.Of(0.36f, 0.035f, random.Pick(195f, 255f, 160f));
        form.Shadow(1.2f);
        form.Box(-1.05f, -0.14f, 1.05f, 0, Stone, 0.6f);
        form.Box(-0.92f, -0.24f, 0.92f, -0.13f, Stone.Lighter(0.06f), 0.6f);
        form.Line(0, -2.3f, 0, -2.95f, Brass, 0.05f);
        for (var i = 0; i < 3; i++)
        {
            form.Oval(0, -2.5f - (i * 0.13f), 0.09f - (i * 0.02f), 0.03f, Brass, 0.3f);
        }

        const int tiers = 4;
        for (var i = tiers - 1; i >= 0; i--)
        {
            var half = 0.66f - (0.12f * i);
            var foot = -0.24f - (i * 0.54f);
            form.Box(-half, foot - 0.42f, half, foot, Plaster, 0.6f);
            for (var k = 0; k <= 4; k++)
            {
                var x = -half + (k * half / 2);
                form.Patch(x - 0.035f, foot - 0.42f, x + 0.035f, foot, wood);
            }

            form.Patch(-half, foot - 0.12f, half, foot - 0.07f, wood);
            if (form.IsLit)
            {
                form.Patch(-half * 0.42f, foot - 0.36f, half * 0.42f, foot - 0.14f, Flame, 0.6f);
            }

            var (wide, high) = (half + 0.36f, foot - 0.36f);
            form.Body(
                FormattableString.Invariant($"M{-wide},{high - 0.06f} C{-wide * 0.7f},{high + 0.02f} {-half},{high - 0.06f} {-half * 0.72f},{high - 0.26f} L{half * 0.72f},{high - 0.26f} C{half},{high - 0.06f} {wide * 0.7f},{high + 0.02f} {wide},{high - 0.06f} L{wide * 0.93f},{high + 0.06f} C{wide * 0.5f},{high + 0.1f} {-wide * 0.5f},{high + 0.1f} {-wide * 0.93f},{high + 0.06f} Z"),
                Cover(form, tiles));
            form.Stroke(FormattableString.Invariant($"M{-wide * 0.93f},{high + 0.06f} C{-wide * 0.5f},{high + 0.1f} {wide * 0.5f},{high + 0.1f} {wide * 0.93f},{high + 0.06f}"), wood, 0.03f);
        }

        form.Box(-0.16f, -0.56f, 0.16f, -0.24f, DarkWood, 0.5f);
    }

    /// <summary>A Greek temple, whole.</summary>
    public static void Columns(Form form, SeededRandom random)
    {
        var stone = Pigment.Of(0.88f, 0.03f, random.Pick(80f, 70f));
        form.Shadow(1.2f);
        form.Box(-1.12f, -0.1f, 1.12f, 0, stone.Darker(0.06f), 0.5f);
        form.Box(-1.02f, -0.2f, 1.02f, -0.1f, stone, 0.5f);
        form.Box(-0.9f, -1.1f, 0.9f, -0.2f, stone.Darker(0.35f), 0.3f);
        for (var i = 0; i < 6; i++)
        {
            Column(form, -0.86f + (i * 0.344f), -0.2f, 1.12f, stone);
        }

        form.Box(-1.02f, -1.28f, 1.02f, -1.1f, stone, 0.5f);
        form.Body("M-1.1,-1.28 L0,-1.76 L1.1,-1.28 Z", stone, 0.8f);
        form.Flat("M-0.84,-1.33 L0,-1.68 L0.84,-1.33 Z", stone.Darker(0.2f));
    }

    public static void Ruin(Form form, SeededRandom random)
    {
        var stone = Pigment.Of(0.74f, 0.03f, random.Pick(80f, 65f, 100f));
        form.Shadow(1.3f);
        form.Body("M0.2,0 L0.2,-1.5 L0.38,-1.62 L0.52,-1.44 L0.72,-1.5 L0.84,-1.1 L1.02,-1.04 L1.06,-0.6 L1.22,-0.5 L1.3,0 Z", stone.Darker(0.06f), 0.8f);
        form.Body("M0.46,0 L0.46,-0.7 C0.5,-1 0.84,-1 0.88,-0.7 L0.88,0 Z", Night, 0.1f);
        for (var row = 0; row < 6; row++)
        {
            for (var i = 0; i < 4; i++)
            {
                var each = random.Fork((row * 8) + i);
                var (x, y) = (0.26f + (i * 0.26f) + (row % 2 * 0.1f), -0.14f - (row * 0.2f));
                if (x + 0.16f < 1.22f - (row * 0.05f) && (x > 0.88f || x + 0.18f < 0.46f || row > 4) && each.Happens(0.75f))
                {
                    form.Stroke(FormattableString.Invariant($"M{x},{y} L{x + 0.16f},{y}"), stone.Darker(0.2f), 0.016f);
                }
            }
        }

        form.Box(-1.24f, -0.14f, 0.2f, 0, stone, 0.5f);
        Column(form, -1.02f, -0.14f, 1.5f, stone);
        Column(form, -0.56f, -0.14f, 1.5f, stone);
        form.Body("M-1.22,-1.62 L-0.34,-1.62 L-0.28,-1.78 L-0.5,-1.9 L-1.22,-1.9 Z", stone);
        Broken(form, -0.12f, -0.14f, 0.72f, stone);
        using (var fallen = form.Part(-0.2f, 0.02f, 1, 82))
        {
            Broken(fallen, 0, 0.3f, 0.66f, stone.Darker(0.05f));
        }

        foreach (var (x, y, size) in (ReadOnlySpan<(float, float, float)>)[(-1.36f, 0.06f, 0.12f), (0.9f, 0.1f, 0.14f), (1.34f, 0.04f, 0.1f), (0.1f, 0.14f, 0.1f)])
        {
            form.Body(FormattableString.Invariant($"M{x - size},{y} L{x - (size * 0.7f)},{y - size} L{x + (size * 0.5f)},{y - (size * 1.1f)} L{x + size},{y - (size * 0.2f)} L{x + (size * 0.8f)},{y} Z"), stone);
        }

        for (var i = 0; i < form.Easel.Look.Many(16); i++)
        {
            var each = random.Fork(100 + i);
            var (x, y) = each.Pick((0.3f, -1.45f), (0.95f, -1.02f), (-0.6f, -1.86f), (1.2f, -0.46f));
            form.Oval(x + each.Between(-0.12f, 0.12f), y + each.Between(0, 0.4f), 0.05f, 0.045f, Leaf, each.Between(-0.5f, 0.4f), 0.9f);
        }
    }

    public static void Tower(Form form, SeededRandom random)
    {
        var stone = Pigment.Of(0.68f, 0.025f, random.Pick(70f, 50f, 260f));
        var roof = form.Coat(random, 0.46f, 0.11f, 255, 25, 290);
        form.Shadow(0.6f);
        form.Round("M-0.5,0 L-0.4,-1.6 L0.4,-1.6 L0.5,0 Z", stone);
        form.Round("M-0.42,-1.55 L-0.54,-1.72 L-0.54,-2 L0.54,-2 L0.54,-1.72 L0.42,-1.55 Z", stone.Lighter(0.03f));
        for (var i = 0; i < 5; i++)
        {
            form.Box(-0.54f + (i * 0.235f), -2.12f, -0.4f + (i * 0.235f), -1.99f, stone, 0.5f);
        }

        form.Round("M-0.4,-2.02 L0,-2.9 L0.4,-2.02 Z", roof);
        form.Line(0, -2.86f, 0, -3.2f, DarkWood, 0.03f);
        form.Body("M0,-3.2 L0.36,-3.1 L0,-2.98 Z", roof.Lighter(0.1f));
        form.Body("M-0.16,0 L-0.16,-0.36 C-0.14,-0.54 0.14,-0.54 0.16,-0.36 L0.16,0 Z", DarkWood);
        Arched(form, 0, -1.64f, 0.16f, 0.26f);
        Arched(form, -0.08f, -0.95f, 0.12f, 0.26f);
        for (var i = 0; i < form.Easel.Look.Many(14); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(-0.36f, 0.3f), each.Between(-1.5f, -0.1f));
            form.Line(x, y, x + 0.1f, y, stone.Darker(0.14f), 0.018f, 0, 0.7f);
        }
    }

    /// <summary>A tapering tower of glass with setbacks and a spire.</summary>
    public static void Skyscraper(Form form, SeededRandom random)
    {
        var glass = form.Coat(random, 0.62f, 0.06f, 235, 215, 250);
        foreach (var (half, foot, top) in (ReadOnlySpan<(float, float, float)>)[(0.16f, -2.6f, -2.95f), (0.3f, -2.1f, -2.62f), (0.42f, -1.3f, -2.12f), (0.54f, 0, -1.32f)])
        {
            form.Box(-half, top, half * 0.45f, foot, glass, 0.5f, 0, 0.1f);
            form.Box(half * 0.45f, top, half, foot, glass.Darker(0.1f), 0.5f, 0, -0.4f);
            var rows = (int)((foot - top) / 0.11f);
            for (var row = 0; row < rows; row++)
            {
                var y = top + 0.05f + (row * (foot - top - 0.04f) / rows);
                for (var column = 0; column < 7; column++)
                {
                    var x = -half + (half * 0.05f) + (column * half * 2 * 0.95f / 7);
                    var each = random.Fork((int)(foot * -100) + (row * 8) + column);
                    var isLit = each.Happens(form.IsLit ? 0.6f : 0);
                    form.Patch(x, y, x + (half * 0.19f), y + 0.065f, isLit ? Flame : glass.Darker(0.16f), isLit ? 0.8f : column < 5 ? 0.05f : -0.3f);
                }
            }

            form.Shine(FormattableString.Invariant($"M{-half * 0.8f},{top} L{-half * 0.55f},{top} L{-half * 0.55f},{foot} L{-half * 0.8f},{foot} Z"), 0.22f);
        }

        form.Rod(0, -2.94f, 0, -3.6f, Steel, 0.05f);
        form.Lamp(0, -3.6f, 0.03f, Pigment.Of(0.6f, 0.2f, 27), 0.7f);
    }

    public static void FerrisWheel(Form form, SeededRandom random)
    {
        var paint = form.Coat(random, 0.62f, 0.14f, 250, 27, 330);
        form.Shadow(0.8f);
        form.Rod(0, -1.4f, -0.66f, 0, Steel, 0.09f);
        form.Rod(0, -1.4f, 0.66f, 0, Steel, 0.09f);
        form.Ring(0, -1.4f, 1.14f, paint, 0.05f);
        form.Ring(0, -1.4f, 0.98f, paint, 0.035f);
        const int cars = 12;
        for (var i = 0; i < cars; i++)
        {
            var (sin, cos) = MathF.SinCos((i + 0.25f) * MathF.Tau / cars);
            form.Line(0, -1.4f, cos * 1.14f, -1.4f + (sin * 1.14f), paint.Lighter(0.06f), 0.022f);
            var (x, y) = (cos * 1.14f, -1.4f + (sin * 1.14f));
            var own = Pigment.Of(0.66f, 0.16f, (i * 77) % 360);
            form.Line(x, y, x, y + 0.08f, Iron, 0.025f);
            form.Body(FormattableString.Invariant($"M{x - 0.13f},{y + 0.1f} C{x - 0.1f},{y + 0.02f} {x + 0.1f},{y + 0.02f} {x + 0.13f},{y + 0.1f} L{x + 0.1f},{y + 0.26f} L{x - 0.1f},{y + 0.26f} Z"), own);
            if (form.IsLit)
            {
                form.Lamp(x, y, 0.03f, Flame, 0.6f);
            }
        }

        form.Ball(0, -1.4f, 0.13f, 0.13f, Brass);
    }

    /// <summary>The tower of Paris: four legs that curve together, two platforms and a lattice.</summary>
    public static void IronTower(Form form, SeededRandom random)
    {
        var iron = form.Coat(random, 0.46f, 0.055f, 60);
        form.Shadow(0.85f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            form.Body(FormattableString.Invariant($"M{side * 0.8f},0 C{side * 0.5f},-0.7 {side * 0.2f},-1.3 {side * 0.07f},-2.7 L{side * 0.01f},-2.7 C{side * 0.06f},-1.4 {side * 0.2f},-0.7 {side * 0.46f},0 Z"), iron, 0.6f);
        }

        for (var i = 0; i < 22; i++)
        {
            var t = i / 22f;
            var (y, half, next) = (-0.12f - (t * 2.5f), 0.72f * MathF.Pow(1 - t, 2.1f) + 0.05f, 0.72f * MathF.Pow(1 - ((i + 1) / 22f), 2.1f) + 0.05f);
            var inner = t < 0.4f ? half * 0.58f : 0;
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                form.Line(side * half, y, side * inner * 0.9f, y - 0.11f, iron.Darker(0.14f), 0.014f);
                form.Line(side * inner, y, side * next, y - 0.11f, iron.Darker(0.14f), 0.014f);
            }
        }

        form.Stroke("M-0.5,-0.02 C-0.42,-0.5 0.42,-0.5 0.5,-0.02", iron, 0.05f);
        form.Box(-0.58f, -0.76f, 0.58f, -0.64f, iron);
        form.Box(-0.34f, -1.32f, 0.34f, -1.23f, iron);
        form.Box(-0.1f, -2.76f, 0.1f, -2.66f, iron);
        form.Rod(0, -2.7f, 0, -3.1f, iron, 0.045f);
        if (form.IsLit)
        {
            for (var i = 0; i < 30; i++)
            {
                var each = random.Fork(i);
                var t = each.Unit();
                form.Lamp(each.Between(-0.7f, 0.7f) * MathF.Pow(1 - t, 1.8f), -0.1f - (t * 2.5f), 0.014f, Flame, 0.7f);
            }
        }
    }

    public static void Windmill(Form form, SeededRandom random)
    {
        var wall = Pigment.Of(0.9f, 0.03f, random.Pick(80f, 60f));
        var cap = form.Coat(random, 0.44f, 0.1f, 40, 27, 255);
        form.Shadow(0.7f);
        form.Round("M-0.52,0 L-0.32,-1.5 L0.32,-1.5 L0.52,0 Z", wall);
        form.Round("M-0.38,-1.46 C-0.38,-1.78 -0.2,-1.94 0,-1.94 C0.2,-1.94 0.38,-1.78 0.38,-1.46 Z", cap);
        form.Stroke("M-0.56,-0.6 L0.56,-0.6 M-0.56,-0.6 L-0.56,-0.72 M0.56,-0.6 L0.56,-0.72 M-0.58,-0.72 L0.58,-0.72", DarkWood, 0.04f);
        Arched(form, 0.02f, -0.86f, 0.16f, 0.26f);
        form.Body("M-0.15,0 L-0.15,-0.38 C-0.12,-0.48 0.12,-0.48 0.15,-0.38 L0.15,0 Z", DarkWood);
        for (var i = 0; i < 4; i++)
        {
            using var sail = form.Part(-0.04f, -1.58f, 1, 18 + (i * 90) + (form.Easel.Look.Dynamism * 14));
            sail.Rod(0, 0, 0, -1.3f, DarkWood, 0.05f);
            sail.Body("M0.03,-0.3 L0.32,-0.3 L0.32,-1.28 L0.03,-1.28 Z", Paper, 0.4f);
            for (var k = 1; k < 6; k++)
            {
                sail.Line(0.03f, -0.3f - (k * 0.165f), 0.32f, -0.3f - (k * 0.165f), DarkWood, 0.02f);
            }

            sail.Line(0.18f, -0.3f, 0.18f, -1.28f, DarkWood, 0.016f);
        }

        form.Ball(-0.04f, -1.58f, 0.09f, 0.09f, Iron);
    }

    public static void Pyramid(Form form, SeededRandom random)
    {
        var stone = form.Coat(random, 0.76f, 0.09f, 75, 65);
        foreach (var (x, size) in (ReadOnlySpan<(float, float)>)[(1.1f, 0.5f), (-1.15f, 0.62f), (0, 1)])
        {
            using var each = form.Part(x, 0, size);
            each.Body("M0.2,-1.3 L1.1,0 L0.3,0.06 Z", stone, 0.3f, -0.6f);
            each.Body("M0.2,-1.3 L0.3,0.06 L-1.1,0 Z", stone, 0.3f, 0.3f);
            for (var row = 1; row < form.Easel.Look.Many(11); row++)
            {
                var t = row / (float)form.Easel.Look.Many(11);
                var y = -1.3f * (1 - t);
                each.Line(0.2f - (1.3f * t), y, 0.2f + (0.1f * t), y + (0.06f * t), stone.Darker(0.12f), 0.012f, 0, 0.8f);
                each.Line(0.2f + (0.1f * t), y + (0.06f * t), 0.2f + (0.9f * t), y, stone.Darker(0.2f), 0.012f, -0.4f, 0.8f);
            }
        }
    }

    public static void Tent(Form form, SeededRandom random)
    {
        var cloth = form.Coat(random, 0.66f, 0.15f, 60, 150, 27);
        form.Shadow(1.15f);
        form.Body("M-0.3,-1.1 L0.62,-0.98 L1.12,0 L0.3,0 Z", cloth.Darker(0.05f), 0.5f, -0.35f);
        form.Body("M-1,0 L-0.3,-1.1 L0.3,0 Z", cloth, 0.5f, 0.15f);
        form.Body("M-0.34,-0.86 L-0.62,0 L-0.02,0 Z", form.IsLit ? Flame : Night, 0.2f);
        form.Body("M-0.34,-0.86 L-0.02,0 L0.12,0 C-0.04,-0.3 -0.2,-0.6 -0.34,-0.86 Z", cloth.Lighter(0.08f), 0.3f);
        form.Line(-0.3f, -1.1f, -0.3f, -1.2f, DarkWood, 0.04f);
        form.Line(-1, 0, -1.3f, 0.1f, Paper, 0.014f);
        form.Line(1.12f, 0, 1.36f, 0.08f, Paper, 0.014f);
        if (form.IsLit)
        {
            form.Easel.Glow(-0.32f, -0.3f, 1, Flame.Colour(0.7f));
        }
    }

    public static void Igloo(Form form, SeededRandom random)
    {
        var snow = new Pigment(0.94f, -0.008f, -0.018f);
        form.Shadow(1.05f);
        form.Body("M-0.95,0 C-0.95,-1.1 0.75,-1.1 0.75,0 Z", snow);
        form.Stroke("M-0.9,-0.28 C-0.4,-0.18 0.3,-0.18 0.7,-0.28 M-0.76,-0.54 C-0.4,-0.46 0.2,-0.46 0.56,-0.54 M-0.5,-0.74 C-0.3,-0.7 0.1,-0.7 0.3,-0.74 M-0.6,-0.2 L-0.58,-0.5 M-0.2,-0.22 L-0.18,-0.48 M-0.4,-0.5 L-0.34,-0.72 M0,-0.48 L-0.02,-0.7 M-0.1,-0.72 L-0.1,-0.82", snow.Darker(0.16f), 0.02f);
        form.Body("M0.2,0.03 C0.2,-0.62 1.04,-0.62 1.04,0.03 Z", snow.Lighter(0.03f));
        form.Body("M0.38,0.03 C0.38,-0.42 0.92,-0.42 0.92,0.03 Z", Pigment.Of(0.3f, 0.05f, 255), 0.2f);
        form.Oval(random.Between(-0.7f, -0.5f), 0.02f, 0.14f, 0.05f, snow, 0.2f);
    }

    /// <summary>A mountain of ice in the sea: seen whole and from afar, as buildings are.</summary>
    public static void Iceberg(Form form, SeededRandom random)
    {
        var ice = Pigment.Of(0.93f, 0.025f, 225);
        var peak = random.Between(-0.3f, 0.1f);
        form.Flat("M-1.1,0.06 L1.1,0.06 L0.6,0.7 L0,0.9 L-0.5,0.66 Z", Pigment.Of(0.78f, 0.07f, 210), 0, 0.3f);
        form.Body(FormattableString.Invariant($"M-1.1,0.04 L-0.86,-0.5 L-0.56,-0.62 L{peak},-1.4 L{peak + 0.3f},-1.02 L0.56,-0.92 L0.8,-0.4 L1.12,0.04 Z"), ice, 0.5f, 0.15f);
        form.Flat(FormattableString.Invariant($"M{peak},-1.4 L{peak + 0.3f},-1.02 L0.56,-0.92 L0.8,-0.4 L1.12,0.04 L0.3,0.04 L{peak + 0.24f},-0.6 Z"), Pigment.Of(0.76f, 0.055f, 235), -0.1f, 0.85f);
        form.Flat(FormattableString.Invariant($"M-0.56,-0.62 L-0.3,-0.3 L-0.46,0.04 L-1.1,0.04 L-0.86,-0.5 Z"), Pigment.Of(0.82f, 0.045f, 228), 0, 0.7f);
        form.Stroke(FormattableString.Invariant($"M{peak},-1.36 L{peak + 0.1f},-0.8 L-0.06,-0.4 M0.5,-0.84 L0.44,-0.4"), Pigment.Of(0.66f, 0.06f, 230), 0.02f, 0, 0.6f);
        for (var i = 0; i < 5; i++)
        {
            form.Line(-1.2f + (i * 0.08f), 0.08f + (i * 0.05f), 1.2f - (i * 0.12f), 0.08f + (i * 0.05f), ice, 0.03f, 0.2f, 0.6f - (i * 0.1f));
        }
    }

    public static void Torii(Form form, SeededRandom random)
    {
        var paint = form.Coat(random, 0.56f, 0.19f, 32);
        form.Shadow(1);
        foreach (var x in (ReadOnlySpan<float>)[-0.66f, 0.66f])
        {
            form.Tube(x - 0.09f, -1.6f, x + 0.09f, 0, paint);
            form.Tube(x - 0.12f, -0.16f, x + 0.12f, 0.02f, Iron);
        }

        form.Box(-0.92f, -1.26f, 0.92f, -1.12f, paint);
        form.Box(-0.07f, -1.52f, 0.07f, -1.24f, paint);
        form.Body("M-1.16,-1.78 C-0.6,-1.62 0.6,-1.62 1.16,-1.78 L1.06,-1.54 C0.6,-1.48 -0.6,-1.48 -1.06,-1.54 Z", paint);
        form.Body("M-1.24,-1.9 C-0.6,-1.74 0.6,-1.74 1.24,-1.9 L1.18,-1.76 C0.6,-1.62 -0.6,-1.62 -1.18,-1.76 Z", Iron);
    }

    public static void Fountain(Form form, SeededRandom random)
    {
        var water = Pigment.Of(0.8f, 0.05f, 225);
        form.Shadow(1.1f);
        form.Round("M-1.05,-0.34 C-1,-0.1 -0.9,0.02 0,0.04 C0.9,0.02 1,-0.1 1.05,-0.34 Z", Stone);
        form.Oval(0, -0.34f, 1.05f, 0.15f, Stone, 0.4f);
        form.Oval(0, -0.33f, 0.93f, 0.11f, water);
        form.Tube(-0.1f, -0.95f, 0.1f, -0.3f, Stone);
        form.Round("M-0.5,-0.98 C-0.4,-0.78 -0.2,-0.74 0,-0.74 C0.2,-0.74 0.4,-0.78 0.5,-0.98 Z", Stone);
        form.Oval(0, -0.98f, 0.5f, 0.07f, water, 0.3f);
        form.Tube(-0.06f, -1.3f, 0.06f, -0.98f, Stone);
        for (var i = 0; i < form.Easel.Look.Many(26); i++)
        {
            var each = random.Fork(i);
            var reach = each.Between(-1, 1);
            var isHigh = i % 2 == 0;
            var (top, end, wide) = isHigh ? (-1.75f, -1f, 0.44f) : (-1f, -0.36f, 0.86f);
            var start = isHigh ? 0 : reach * 0.45f;
            form.Stroke(FormattableString.Invariant($"M{start},{(isHigh ? -1.3f : -0.96f)} C{start + (reach * wide * 0.25f)},{top} {reach * wide * 0.85f},{top + 0.1f} {reach * wide},{end}"), new(0.97f, -0.005f, -0.01f), 0.022f, 0.3f, 0.65f);
        }
    }

    /// <summary>Spans the water of its landscape from bank to bank: arches of stone.</summary>
    public static void StoneBridge(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("bridge");
        var stone = Pigment.Of(0.66f, 0.03f, random.Pick(70f, 50f, 260f));
        using var form = new Form(easel, easel.Width / 2, horizon + ((easel.Height - horizon) * 0.5f), MathF.Min(easel.Width * 0.27f, easel.Height * 0.36f), 0.14f);
        using var builder = new SKPathBuilder { FillType = SKPathFillType.EvenOdd };
        builder.MoveTo(-7, 0.2f);
        builder.LineTo(-7, -0.42f);
        builder.LineTo(-2.6f, -0.42f);
        builder.CubicTo(-1.4f, -0.44f, -0.7f, -0.86f, 0, -0.86f);
        builder.CubicTo(0.7f, -0.86f, 1.4f, -0.44f, 2.6f, -0.42f);
        builder.LineTo(7, -0.42f);
        builder.LineTo(7, 0.2f);
        builder.Close();
        foreach (var (x, half, high) in Arches)
        {
            builder.MoveTo(x - half, 0.2f);
            builder.LineTo(x - half, 0);
            builder.CubicTo(x - half, -high * 1.3f, x + half, -high * 1.3f, x + half, 0);
            builder.LineTo(x + half, 0.2f);
            builder.Close();
        }

        using var path = builder.Detach();
        form.Body(path, stone, 0.7f);
        foreach (var (x, half, high) in Arches)
        {
            form.Stroke(FormattableString.Invariant($"M{x - half},0.1 L{x - half},0 C{x - half},{-high * 1.3f} {x + half},{-high * 1.3f} {x + half},0 L{x + half},0.1"), stone.Darker(0.12f), 0.055f);
            form.Flat(FormattableString.Invariant($"M{x - half},0.24 L{x + half},0.24 L{x + (half * 0.6f)},0.5 L{x - (half * 0.6f)},0.5 Z"), new(0.9f, -0.01f, -0.02f), 0, 0.12f);
        }

        form.Stroke("M-7,-0.44 L-2.6,-0.44 C-1.4,-0.46 -0.7,-0.88 0,-0.88 C0.7,-0.88 1.4,-0.46 2.6,-0.44 L7,-0.44", stone.Lighter(0.08f), 0.08f);
        for (var i = 0; i < easel.Look.Many(60); i++)
        {
            var each = random.Fork(i);
            var x = each.Between(-2.2f, 2.2f);
            var y = -0.2f - (each.Unit() * (0.16f + (0.4f * MathF.Max(0, 1 - MathF.Abs(x)))));
            var isOpen = false;
            foreach (var (at, half, high) in Arches)
            {
                isOpen |= MathF.Abs(x - at) < half + 0.1f && y > -high - 0.06f;
            }

            if (!isOpen)
            {
                form.Line(x, y, x + each.Between(0.06f, 0.13f), y, stone.Darker(0.13f), 0.016f, 0, 0.8f);
            }
        }
    }

    /// <summary>Two towers and their cables, from bank to bank.</summary>
    public static void SuspensionBridge(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("bridge");
        using var form = new Form(easel, easel.Width / 2, horizon + ((easel.Height - horizon) * 0.34f), MathF.Min(easel.Width * 0.3f, easel.Height * 0.4f), 0.18f);
        var steel = form.Coat(random, 0.5f, 0.15f, 30);
        form.Stroke("M-7,-0.2 L-2.4,-0.2 C-1.9,-0.3 -1.3,-0.9 -0.95,-1.42 C-0.5,-0.3 0.5,-0.3 0.95,-1.42 C1.3,-0.9 1.9,-0.3 2.4,-0.2 L7,-0.2", steel, 0.05f);
        for (var i = -22; i <= 22; i++)
        {
            var x = i * 0.1f;
            var away = MathF.Abs(x);
            var top = away < 0.95f ? -0.5f - (0.92f * MathF.Pow(away / 0.95f, 2)) : -1.42f + (1.2f * MathF.Sqrt(Math.Min(1, (away - 0.95f) / 1.45f)));
            if (top < -0.16f)
            {
                form.Line(x, top + 0.04f, x, -0.1f, steel, 0.012f);
            }
        }

        form.Box(-7, -0.14f, 7, -0.03f, steel.Darker(0.06f), 0.5f);
        foreach (var x in (ReadOnlySpan<float>)[-0.95f, 0.95f])
        {
            form.Box(x - 0.2f, 0.1f, x + 0.2f, 0.34f, Stone, 0.8f);
            form.Box(x - 0.13f, -1.55f, x - 0.05f, 0.2f, steel);
            form.Box(x + 0.05f, -1.55f, x + 0.13f, 0.2f, steel);
            foreach (var y in (ReadOnlySpan<float>)[-1.5f, -1.15f, -0.75f, -0.35f])
            {
                form.Box(x - 0.12f, y, x + 0.12f, y + 0.08f, steel);
            }
        }
    }

    private static readonly (float X, float Half, float High)[] Arches = [(-1.5f, 0.34f, 0.26f), (-0.62f, 0.42f, 0.5f), (0.4f, 0.46f, 0.56f), (1.38f, 0.36f, 0.3f)];

    private static Pigment Cover(Form form, Pigment roof) => Layers.Ground.IsSnow(form.Easel) ? new(0.95f, 0, -0.01f) : roof;

    private static void Courses(Form form, Pigment roof, float left, float right, float top, float bottom, int count)
    {
        count = Math.Min(9, form.Easel.Look.Many(count));
        for (var i = 0; i < count; i++)
        {
            var t = (i + 0.5f) / count;
            form.Line(left + (0.3f * t), top + ((bottom - top) * t), right + (0.08f * t), top + ((bottom - top) * t), roof.Darker(0.12f), 0.018f, 0, 0.6f);
        }
    }

    private static void Window(Form form, float x, float foot, float wide, float high, Pigment frame)
    {
        form.Box(x - (wide / 2) - 0.03f, foot - high - 0.03f, x + (wide / 2) + 0.03f, foot + 0.03f, frame.Lighter(0.06f), 0.3f);
        form.Pane(x - (wide / 2), foot - high, x + (wide / 2), foot);
        form.Line(x, foot - high, x, foot, frame.Lighter(0.06f), 0.024f);
        form.Line(x - (wide / 2), foot - (high / 2), x + (wide / 2), foot - (high / 2), frame.Lighter(0.06f), 0.024f);
    }

    private static void Arched(Form form, float x, float foot, float wide, float high)
    {
        var (half, top) = (wide / 2, foot - high);
        form.Flat(FormattableString.Invariant($"M{x - half},{foot} L{x - half},{top} C{x - half},{top - wide} {x + half},{top - wide} {x + half},{top} L{x + half},{foot} Z"), form.IsLit ? Flame : Pigment.Of(0.3f, 0.03f, 255), form.IsLit ? 0.9f : 0);
    }

    private static void Column(Form form, float x, float foot, float high, Pigment stone)
    {
        form.Box(x - 0.15f, foot - 0.07f, x + 0.15f, foot, stone);
        form.Tube(x - 0.1f, foot - high + 0.1f, x + 0.1f, foot - 0.06f, stone);
        for (var i = 0; i < 4; i++)
        {
            form.Line(x - 0.07f + (i * 0.047f), foot - high + 0.16f, x - 0.07f + (i * 0.047f), foot - 0.1f, stone.Darker(0.14f), 0.012f, 0, 0.7f);
        }

        form.Box(x - 0.16f, foot - high, x + 0.16f, foot - high + 0.11f, stone);
    }

    private static void Broken(Form form, float x, float foot, float high, Pigment stone)
    {
        form.Box(x - 0.15f, foot - 0.07f, x + 0.15f, foot, stone);
        form.Round(FormattableString.Invariant($"M{x - 0.1f},{foot - 0.06f} L{x - 0.1f},{foot - high + 0.14f} L{x - 0.03f},{foot - high} L{x + 0.02f},{foot - high + 0.1f} L{x + 0.07f},{foot - high + 0.03f} L{x + 0.1f},{foot - high + 0.2f} L{x + 0.1f},{foot - 0.06f} Z"), stone);
    }

    private static void Smoke(Form form, SeededRandom random, float x, float y)
    {
        for (var i = 0; i < 5; i++)
        {
            var each = random.Fork(700 + i);
            form.Oval(x + (i * 0.09f) + each.Between(-0.03f, 0.03f), y - (i * 0.15f), 0.07f + (i * 0.03f), 0.06f + (i * 0.02f), Materials.Smoke, 0.1f, 0.5f - (i * 0.07f));
        }
    }
}
