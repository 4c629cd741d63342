namespace Personalization.Painter;

/// <summary>The light of a picture: where it comes from, what it does to colours near and far.</summary>
internal sealed record Light
{
    public required DayTime Time { get; init; }

    /// <summary>The sun's or moon's place in pixels.</summary>
    public required float X { get; init; }

    public required float Y { get; init; }

    public required Pigment Zenith { get; init; }

    public required Pigment Middle { get; init; }

    public required Pigment Horizon { get; init; }

    /// <summary>What distance fades into.</summary>
    public required Pigment Haze { get; init; }

    /// <summary>The colour of the sun or moon and of what it strikes.</summary>
    public required Pigment Beam { get; init; }

    /// <summary>The colour of what it does not strike.</summary>
    public required Pigment Shade { get; init; }

    /// <summary>How much light there is, 1 in the day.</summary>
    public required float Strength { get; init; }

    public bool IsDark => Time is DayTime.Night or DayTime.Dusk;

    /// <summary>A thing's own colour as it is seen here.</summary>
    /// <param name="own">Its colour in white light.</param>
    /// <param name="distance">0 before us, 1 at the horizon.</param>
    /// <param name="lit">-1 in shadow, 1 struck by the light.</param>
    public Pigment On(Pigment own, float distance, float lit = 0)
    {
        var seen = own with { L = own.L * Strength };
        seen = lit > 0
            ? seen.Mix(Beam with { L = Math.Min(1, seen.L + 0.3f) }, lit * 0.42f)
            : seen.Mix(Shade with { L = seen.L * 0.55f }, -lit * 0.6f);
        return seen.Mix(Haze, Math.Clamp(distance, 0, 1) * 0.82f);
    }

    public static Light For(Scene scene, Look look, SeededRandom random, float width, float height)
    {
        var isIndoors = scene.Kind is SceneKind.Interior or SceneKind.StillLife or SceneKind.Logo;
        var time = scene.Has(Motif.Lunar) || scene.Has(Motif.Stage) ? DayTime.Day : scene.Time ?? (scene.Has(Motif.Space) || scene.Has(Motif.Star) || scene.Has(Motif.Moon)
            ? DayTime.Night
            : random.Pick(DayTime.Day, DayTime.Day, DayTime.Day, DayTime.Dawn, DayTime.Dawn, DayTime.Sunset, DayTime.Sunset, isIndoors ? DayTime.Day : DayTime.Dusk));
        var side = random.Sign();

        // A calm picture has its light near the middle, a moving one far to one side.
        var x = width * (0.5f + (side * (0.2f + (0.1f * look.Dynamism) + random.Between(-0.03f, 0.05f))));
        var low = height * random.Between(0.34f, 0.44f);
        var high = height * random.Between(0.13f, 0.24f);
        var shift = random.Between(-9, 9);
        Pigment Lch(float l, float c, float h) => Pigment.Of(l, c, h + shift);
        var light = OfSky();

        // Lamps do indoors what the sky leaves undone.
        return isIndoors ? light with { Strength = MathF.Max(0.86f, light.Strength), Beam = light.IsDark ? Lch(0.95f, 0.09f, 82) : light.Beam, Shade = light.Shade with { L = MathF.Max(0.34f, light.Shade.L) } } : light;

        Light OfSky() => time switch
        {
            DayTime.Dawn => new()
            {
                Time = time,
                X = x,
                Y = low,
                Strength = 0.9f,
                Zenith = Lch(0.62f, 0.085f, 262),
                Middle = Lch(0.78f, 0.07f, 330),
                Horizon = Lch(0.9f, 0.085f, 70),
                Haze = Lch(0.84f, 0.045f, 20),
                Beam = Lch(0.95f, 0.09f, 80),
                Shade = Lch(0.4f, 0.07f, 290),
            },
            DayTime.Sunset => new()
            {
                Time = time,
                X = x,
                Y = low,
                Strength = 0.82f,
                Zenith = Lch(0.42f, 0.1f, 282),
                Middle = Lch(0.66f, 0.13f, 20),
                Horizon = Lch(0.85f, 0.135f, 72),
                Haze = Lch(0.72f, 0.09f, 45),
                Beam = Lch(0.92f, 0.13f, 78),
                Shade = Lch(0.3f, 0.08f, 310),
            },
            DayTime.Dusk => new()
            {
                Time = time,
                X = x,
                Y = high,
                Strength = 0.56f,
                Zenith = Lch(0.25f, 0.075f, 275),
                Middle = Lch(0.42f, 0.1f, 290),
                Horizon = Lch(0.68f, 0.12f, 25),
                Haze = Lch(0.46f, 0.07f, 300),
                Beam = Lch(0.9f, 0.05f, 60),
                Shade = Lch(0.18f, 0.06f, 280),
            },
            DayTime.Night => new()
            {
                Time = time,
                X = x,
                Y = high,
                Strength = 0.52f,
                Zenith = Lch(0.15f, 0.055f, 275),
                Middle = Lch(0.25f, 0.075f, 265),
                Horizon = Lch(0.4f, 0.075f, 240),
                Haze = Lch(0.32f, 0.055f, 255),
                Beam = Lch(0.95f, 0.025f, 230),
                Shade = Lch(0.12f, 0.05f, 275),
            },
            DayTime.Grey => new()
            {
                Time = time,
                X = x,
                Y = high,
                Strength = 0.78f,
                Zenith = Lch(0.56f, 0.025f, 250),
                Middle = Lch(0.7f, 0.02f, 240),
                Horizon = Lch(0.82f, 0.02f, 220),
                Haze = Lch(0.77f, 0.02f, 230),
                Beam = Lch(0.95f, 0.02f, 100),
                Shade = Lch(0.36f, 0.03f, 260),
            },
            _ => new()
            {
                Time = DayTime.Day,
                X = x,
                Y = high,
                Strength = 1,
                Zenith = Lch(0.58f, 0.13f, 254),
                Middle = Lch(0.76f, 0.085f, 242),
                Horizon = Lch(0.93f, 0.035f, 215),
                Haze = Lch(0.85f, 0.045f, 235),
                Beam = Lch(0.98f, 0.05f, 95),
                Shade = Lch(0.42f, 0.06f, 270),
            },
        };
    }
}
