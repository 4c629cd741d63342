using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Layers;

/// <summary>Water in the land: a river that comes towards us, a fall over a cliff, an island and the shore of a holiday.</summary>
internal static class Waters
{
    private static readonly Pigment Foam = new(0.97f, -0.008f, -0.012f);

    /// <summary>A river from the horizon to the picture's foot.</summary>
    public static void River(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("river");
        var top = horizon + ((easel.Height - horizon) * 0.06f);

        // Who stands in the foreground stands beside it, on the side away from the light.
        var isAside = FigureGroup.IsOnGround(easel.Scene);
        var bend = isAside ? easel.Lean * 0.4f : random.Sign() * (0.2f + (0.06f * easel.Look.Dynamism));
        var wide = isAside ? 0.2f : 0.3f;
        var own = Pigment.Of(0.54f, 0.09f, random.Between(215, 240));
        float Middle(float t) => (easel.Width * 0.5f) + (easel.Width * bend * MathF.Sin((t * 4.4f) + 0.5f) * (0.22f + (0.7f * t)));
        float Half(float t) => easel.Width * (0.012f + (wide * MathF.Pow(t, 1.6f)));
        float Y(float t) => top + ((easel.Height - top) * t * 1.05f);
        var (left, right) = (new List<SKPoint>(), new List<SKPoint>());
        for (var t = 0f; t <= 1.05f; t += 0.05f)
        {
            left.Add(new(Middle(t) - Half(t), Y(t)));
            right.Insert(0, new(Middle(t) + Half(t), Y(t)));
        }

        using var path = Easel.Curve([.. left, .. right], closed: true);
        easel.Stroke(path, light.On(Pigment.Of(0.62f, 0.05f, 75), 0.25f, -0.2f).Colour(), 9 * easel.Unit);
        using (var shader = Easel.Vertical(top, easel.Height, light.On(own, 0.4f).Mix(light.Horizon, 0.6f).Colour(), light.On(own, 0.15f).Mix(light.Middle, 0.35f).Colour(), light.On(own.Darker(0.1f), 0).Colour()))
        {
            easel.Fill(path, shader);
        }

        easel.Canvas.Save();
        easel.Canvas.ClipPath(path, antialias: true);
        for (var i = 0; i < easel.Look.Loose(120); i++)
        {
            var each = random.Fork(i);
            var t = MathF.Sqrt(each.Unit());
            var (x, y, half) = (Middle(t) + (Half(t) * each.Between(-1, 1)), Y(t), easel.Unit * (3 + (26 * t)) * each.Between(0.4f, 1));
            easel.Line(x - half, y, x + half, y + (half * 0.06f), (each.Happens(0.6f) ? light.Beam : light.On(own.Darker(0.16f), 0)).Colour(each.Between(0.12f, 0.5f)), easel.Unit * (0.6f + (2 * t)));
        }

        easel.Canvas.Restore();
        for (var i = 0; i < easel.Look.Many(10); i++)
        {
            var each = random.Fork(500 + i);
            var (t, side) = (each.Between(0.15f, 0.85f), each.Sign());
            Rock(easel, each, Middle(t) + (side * Half(t) * each.Between(0.92f, 1.1f)), Y(t), easel.Unit * (2 + (22 * t)) * each.Between(0.6f, 1.2f));
        }
    }

    /// <summary>A cliff across the picture, and a fall from its lip into a pool.</summary>
    public static void Fall(Easel easel, float horizon)
    {
        var light = easel.Light;
        var random = easel.Random.Fork("fall");
        var noise = new Noise(random);
        var (width, height) = (easel.Width, easel.Height);
        var (lip, foot) = (height * 0.2f, horizon + ((height - horizon) * 0.32f));
        var middle = width * (0.5f + random.Between(-0.05f, 0.05f));
        var half = width * random.Between(0.095f, 0.13f);
        var stone = Pigment.Of(0.5f, 0.035f, random.Pick(60f, 110f, 250f));
        float Crest(float x)
        {
            var away = MathF.Abs(x - middle) / width;
            return lip - (height * 0.09f * MathF.Min(1, away * 5)) - (height * 0.12f * noise.Cloud((x / width * 4) + 3, 1, 3)) + (height * 0.06f);
        }

        using (var cliff = easel.Below(Crest, 3 * easel.Unit))
        {
            easel.Canvas.Save();
            easel.Canvas.ClipPath(cliff, antialias: true);
            var area = new SKRect(-width * 0.15f, 0, width * 1.15f, height);
            easel.Field(area, 150, 110, (u, v) =>
            {
                // Tall blocks: the noise is stretched upward and folded into edges.
                var crack = noise.Ridge(u * 9, v * 2.6f, 4);
                var toward = noise.Ridge((u * 9) - (0.22f * easel.Lean), (v * 2.6f) - 0.05f, 4);
                var moss = Math.Clamp((noise.Cloud(u * 7, v * 9, 3) - 0.52f) * 5, 0, 0.75f);
                var lit = Math.Clamp(((crack - toward) * 3) - 0.1f, -0.8f, 0.6f);
                return light.On(stone.Lighter((crack - 0.5f) * 0.16f).Mix(Pigment.Of(0.46f, 0.09f, 135), moss), 0.2f * (1 - v), lit).Colour();
            });
            easel.Canvas.Restore();
        }

        for (var i = 0; i < easel.Look.Many(44); i++)
        {
            var each = random.Fork(900 + i);
            var x = each.Between(-0.05f, 1.05f) * width;
            if (MathF.Abs(x - middle) > half * 1.2f)
            {
                Bush(easel, each, x, Crest(x) + (3 * easel.Unit), easel.Unit * each.Between(10, 24), 0.3f);
            }
        }

        easel.ThrowIfCancelled();
        using (var shade = SKShader.CreateLinearGradient(new(middle - (half * 1.7f), 0), new(middle + (half * 1.7f), 0), [light.Shade.Colour(0), light.Shade.Colour(0.55f), light.Shade.Colour(0.55f), light.Shade.Colour(0)], SKShaderTileMode.Clamp))
        {
            easel.Fill(new SKRect(middle - (half * 1.7f), lip, middle + (half * 1.7f), foot), shade);
        }

        // The water: a pale sheet, then its threads.
        using (var sheet = Easel.Curve([new(middle - (half * 0.8f), lip + (0.01f * height)), new(middle, lip - (0.005f * height)), new(middle + (half * 0.8f), lip + (0.01f * height)), new(middle + half, (lip + foot) / 2), new(middle + (half * 1.25f), foot), new(middle, foot + (0.02f * height)), new(middle - (half * 1.25f), foot), new(middle - half, (lip + foot) / 2)], closed: true))
        using (var shader = Easel.Vertical(lip, foot, light.On(Foam, 0.05f, 0.2f).Colour(0.95f), light.On(Foam.Mix(Pigment.Of(0.7f, 0.06f, 225), 0.3f), 0.05f).Colour(0.92f)))
        {
            easel.Fill(sheet, shader);
        }

        for (var i = 0; i < 30 + easel.Look.Many(70); i++)
        {
            var each = random.Fork(i);
            var (at, start) = (each.Between(-0.85f, 0.85f), each.Unit() * 0.8f);
            var end = MathF.Min(1, start + each.Between(0.15f, 0.6f));
            float X(float t) => middle + (at * half * (0.9f + (0.38f * t)));
            float Y(float t) => lip + ((foot - lip) * t);
            easel.Line(X(start), Y(start), X(end), Y(end), (each.Happens(0.6f) ? light.On(Foam, 0, 0.5f) : light.On(Pigment.Of(0.58f, 0.07f, 230), 0.05f)).Colour(each.Between(0.25f, 0.7f)), easel.Unit * each.Between(0.8f, 3.2f));
        }

        Pool(easel, random, middle, foot);
        for (var i = 0; i < 9; i++)
        {
            var each = random.Fork(300 + i);
            easel.Glow(middle + (each.Between(-1.6f, 1.6f) * half), foot + (each.Between(-0.04f, 0.03f) * height), half * each.Between(0.6f, 1.2f), light.On(Foam, 0.1f, 0.3f).Colour(0.55f), SKBlendMode.SrcOver);
        }

        for (var i = 0; i < 14; i++)
        {
            var each = random.Fork(700 + i);
            var side = i % 2 == 0 ? -1 : 1;
            var t = each.Unit();
            Rock(easel, each, middle + (side * ((half * 1.6f) + (width * 0.34f * t))), foot + ((height - foot) * each.Between(0.02f, 0.2f + (0.6f * t))), easel.Unit * each.Between(14, 34) * (0.7f + (0.6f * t)));
        }

        if (FigureGroup.IsOnGround(easel.Scene))
        {
            Bank(easel);
        }
    }

    /// <summary>Ground before the water, for those who stand at it.</summary>
    public static void Bank(Easel easel)
    {
        var random = easel.Random.Fork("bank");
        var noise = new Noise(random);
        var grass = Foliage.Grass(easel, random);
        float Edge(float x) => (easel.Height * 0.8f) + ((noise.Cloud(x / easel.Width * 3, 2, 3) - 0.5f) * easel.Height * 0.08f);
        using var bank = easel.Below(Edge, 4 * easel.Unit);
        using (var shader = Easel.Vertical(easel.Height * 0.76f, easel.Height, easel.Light.On(grass.Lighter(0.04f), 0.05f, 0.2f).Colour(), easel.Light.On(grass.Darker(0.1f), 0, -0.2f).Colour()))
        {
            easel.Fill(bank, shader);
        }

        easel.Stroke(bank, easel.Light.On(Pigment.Of(0.5f, 0.06f, 80), 0.05f, -0.2f).Colour(0.8f), 3 * easel.Unit);
        for (var i = 0; i < easel.Look.Loose(70); i++)
        {
            var each = random.Fork(i);
            var x = each.Between(-0.02f, 1.02f) * easel.Width;
            var y = Edge(x) + (easel.Height * 0.24f * each.Unit() * each.Unit());
            easel.Line(x, y, x + (each.Between(-3, 3) * easel.Unit), y - (each.Between(4, 11) * easel.Unit), easel.Light.On(grass.Lighter(each.Between(-0.1f, 0.1f)), 0).Colour(0.8f), 1.3f * easel.Unit);
        }
    }

    /// <summary>The middle of the island's shore, in pixels.</summary>
    public static (float X, float Y) IslandAt(Easel easel, float horizon) =>
        (easel.Width * (0.5f + (easel.Lean * 0.04f)), horizon + ((easel.Height - horizon) * 0.3f));

    /// <summary>An island in the sea: sand, a green hill and palms.</summary>
    public static void Island(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("island");
        var (x, foot) = IslandAt(easel, horizon);
        var size = easel.Width * 0.34f;
        using (var form = new Form(easel, x, foot, size, 0.16f))
        {
            form.Oval(0, 0.04f, 1.12f, 0.075f, Foam, 0.1f, 0.8f);
            form.Body("M-1.06,0.02 C-0.8,-0.12 -0.5,-0.16 0,-0.17 C0.5,-0.16 0.8,-0.1 1.06,0.02 C0.7,0.1 -0.7,0.1 -1.06,0.02 Z", Pigment.Of(0.84f, 0.075f, 80), 0.5f);
            form.Body("M-0.8,-0.09 C-0.62,-0.32 -0.4,-0.5 -0.08,-0.56 C0.16,-0.6 0.24,-0.38 0.42,-0.34 C0.6,-0.3 0.72,-0.18 0.82,-0.07 C0.4,-0.14 -0.4,-0.16 -0.8,-0.09 Z", Pigment.Of(0.48f, 0.1f, 138));
            form.Body("M-0.3,-0.48 C-0.16,-0.62 0.06,-0.64 0.16,-0.5 C0.1,-0.34 0.2,-0.2 0.1,-0.14 L-0.2,-0.15 C-0.2,-0.28 -0.34,-0.36 -0.3,-0.48 Z", Pigment.Of(0.52f, 0.03f, 60));
        }

        for (var i = 0; i < easel.Look.Many(26); i++)
        {
            var each = random.Fork(i);
            var at = each.Between(-0.7f, 0.7f);
            Bush(easel, each, x + (at * size), foot - (size * (0.09f + (0.22f * each.Unit() * (1 - MathF.Abs(at))))), size * each.Between(0.06f, 0.12f), 0.2f);
        }

        // What stands on the island has its middle for itself.
        foreach (var (at, tall, turn) in (ReadOnlySpan<(float, float, float)>)[(-0.62f, 0.44f, -12), (0.56f, 0.5f, 14), (0.3f, 0.38f, 2), (-0.36f, 0.34f, -20)])
        {
            Trees.Palm(easel, random.Fork((int)(at * 100)), x + (at * size), foot - (size * 0.06f), size * tall, turn, 0.08f);
        }
    }

    /// <summary>What makes a shore a beach: a palm, a parasol and a towel, where the prompt names nothing else.</summary>
    public static void Holiday(Easel easel, float horizon)
    {
        var random = easel.Random.Fork("holiday");
        var side = easel.Lean;
        var (width, height) = (easel.Width, easel.Height);
        Trees.Palm(easel, random, width * (0.5f + (side * 0.4f)), horizon + ((height - horizon) * 0.78f), height * 0.46f, -side * 10, 0.08f);
        if (easel.Scene.Figures.Count > 0 || easel.Look.Ornament < -0.5f || !easel.Scene.Allows(Motif.Umbrella) || Ground.IsSnow(easel) || easel.Light.IsDark)
        {
            return;
        }

        using var form = new Form(easel, width * (0.5f - (side * 0.27f)), horizon + ((height - horizon) * 0.8f), width * 0.105f);
        var cloth = form.Coat(random, 0.58f, 0.18f, 27, 250, 60);
        form.Body("M0.3,0.1 L1.5,0.02 L1.8,0.22 L0.5,0.32 Z", cloth.Lighter(0.2f), 0.4f);
        form.Shadow(0.9f);
        using var leaned = form.Part(0, 0, 1, -9);
        leaned.Rod(0, 0, 0, -1.9f, Materials.Wood, 0.07f);
        for (var i = 0; i < 5; i++)
        {
            var (a, b) = (-1 + (i * 0.4f), -0.6f + (i * 0.4f));
            leaned.Body(FormattableString.Invariant($"M0,-2 C{a * 0.6f},-1.95 {a},-1.6 {a},-1.26 C{(a + b) / 2},-1.34 {(a + b) / 2},-1.34 {b},-1.26 C{b},-1.6 {b * 0.6f},-1.95 0,-2 Z"), i % 2 == 0 ? cloth : Materials.China, 0.4f, 0.3f - (0.2f * i));
        }
    }

    /// <summary>A palm: a bent trunk and a star of fronds.</summary>

    private static void Pool(Easel easel, SeededRandom random, float middle, float foot)
    {
        var light = easel.Light;
        var own = Pigment.Of(0.56f, 0.09f, random.Between(190, 230));
        float Shore(float x) => foot + (MathF.Abs(x - middle) * 0.02f);
        using (var pool = easel.Below(Shore, 8 * easel.Unit))
        using (var shader = Easel.Vertical(foot, easel.Height, light.On(own.Lighter(0.16f), 0.15f, 0.2f).Colour(), light.On(own, 0.05f).Colour(), light.On(own.Darker(0.14f), 0).Colour()))
        {
            easel.Fill(pool, shader);
        }

        for (var i = 0; i < easel.Look.Many(90); i++)
        {
            var each = random.Fork(1500 + i);
            var t = MathF.Pow(each.Unit(), 1.5f);
            var (x, y, half) = (middle + (each.Bell() * easel.Width * (0.12f + (0.2f * t))), foot + ((easel.Height - foot) * t), easel.Unit * each.Between(5, 26) * (0.5f + t));
            easel.Line(x - half, y, x + half, y, light.On(Foam, 0.05f, 0.3f).Colour(each.Between(0.15f, 0.6f) * (1 - (0.6f * t))), easel.Unit * each.Between(0.8f, 2.2f));
        }
    }

    private static void Rock(Easel easel, SeededRandom random, float x, float foot, float size)
    {
        using var form = new Form(easel, x, foot, size, 0.08f);
        form.Body(
            FormattableString.Invariant($"M-1,0.1 L-0.9,{-random.Between(0.3f, 0.6f)} L-0.4,{-random.Between(0.7f, 1)} L0.3,{-random.Between(0.6f, 0.95f)} L0.85,{-random.Between(0.25f, 0.5f)} L1.05,0.1 C0.5,0.24 -0.5,0.24 -1,0.1 Z"),
            Pigment.Of(0.48f, 0.025f, 70).Lighter(random.Between(-0.06f, 0.08f)));
    }

    private static void Bush(Easel easel, SeededRandom random, float x, float y, float size, float distance)
    {
        var own = Foliage.Grass(easel, random).Darker(0.06f);
        for (var i = 0; i < 4; i++)
        {
            var each = random.Fork(i);
            easel.Oval(x + (each.Between(-0.6f, 0.6f) * size), y - (each.Between(0, 0.5f) * size), size * 0.6f, size * 0.45f, easel.Light.On(own.Lighter(each.Between(-0.06f, 0.06f)), distance, (i * 0.25f) - 0.45f).Colour());
        }
    }
}
