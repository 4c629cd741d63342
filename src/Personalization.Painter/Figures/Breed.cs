namespace Personalization.Painter.Figures;

/// <summary>How an animal on four legs is built. Lengths are in heights of its shoulder.</summary>
internal sealed record Breed
{
    public enum Tails
    {
        Stub,
        Curl,
        Brush,
        Long,
        Tuft,
        Hair,
    }

    public enum Ears
    {
        Pointed,
        Floppy,
        Leaf,
        Round,
        Fan,
        Long,
    }

    public enum Feet
    {
        Paw,
        Hoof,
        Column,
    }

    public enum Patterns
    {
        Plain,
        Saddle,
        Stripes,
        Bands,
        Spots,
        Tiles,
        Patches,
        Wool,
        Panda,
    }

    /// <summary>Its own colour, that of its back and that of belly and muzzle.</summary>
    public required (Pigment Own, Pigment Back, Pigment Pale) Coat { get; init; }

    public Patterns Pattern { get; init; }

    /// <summary>Height of the shoulder in the picture, against a horse's.</summary>
    public float Size { get; init; } = 1;

    /// <summary>Half the distance from chest to rump.</summary>
    public float Body { get; init; } = 0.52f;

    /// <summary>Height of the belly above the ground.</summary>
    public float Belly { get; init; } = 0.48f;

    /// <summary>Girth at the loins, against the chest's.</summary>
    public float Waist { get; init; } = 0.74f;

    /// <summary>Where the skull is: ahead of the chest, above the ground.</summary>
    public (float Ahead, float Up) Head { get; init; } = (0.22f, 1.2f);

    public (float Base, float Top) Neck { get; init; } = (0.22f, 0.13f);

    public float Skull { get; init; } = 0.14f;

    /// <summary>Length from skull to nose.</summary>
    public float Muzzle { get; init; } = 0.26f;

    public float Snout { get; init; } = 0.062f;

    /// <summary>Degrees the muzzle points down.</summary>
    public float Pitch { get; init; } = 16;

    public (float Thigh, float Shin) Legs { get; init; } = (0.15f, 0.05f);

    public Feet Foot { get; init; }

    public Tails Tail { get; init; }

    public Ears Ear { get; init; }

    public float EarSize { get; init; } = 1;

    public bool HasMane { get; init; }

    public bool HasAntlers { get; init; }

    public bool HasHorns { get; init; }

    public bool HasBeard { get; init; }

    public bool HasTrunk { get; init; }

    /// <summary>Whether its face is drawn from the front, which shows such an animal better than its profile.</summary>
    public bool LooksAtUs { get; init; }

    /// <summary>Seen from the front, in radii of the head: half its width, half the chin's, half the muzzle's.</summary>
    public (float Wide, float Chin, float Muzzle) Face { get; init; } = (0.95f, 0.4f, 0.42f);

    public Pigment Iris { get; init; } = Pigment.Of(0.5f, 0.08f, 65);

    /// <summary>Whether it can be drawn sitting.</summary>
    public bool Sits { get; init; }

    /// <param name="scene">May name a colour.</param>
    public static Breed Of(Motif animal, SeededRandom random, Scene scene)
    {
        var breed = Table(animal, random);
        if (scene.Hue is { } hue)
        {
            return breed with { Coat = (Dyed(breed.Coat.Own, hue), Dyed(breed.Coat.Back, hue), breed.Coat.Pale) };
        }

        return scene.Grey is { } grey
            ? breed with { Coat = (Grey(grey), Grey(grey).Darker(0.05f), Grey(grey).Lighter(0.05f)), Pattern = breed.Pattern is Patterns.Wool or Patterns.Bands or Patterns.Tiles ? breed.Pattern : Patterns.Plain }
            : breed;
    }

    private static Pigment Dyed(Pigment own, float hue) => Pigment.Of(Math.Clamp(own.L, 0.4f, 0.7f), 0.12f, hue);

    private static Pigment Grey(float lightness) => Pigment.Of(lightness, 0.012f, 262);

    private static (Pigment Own, Pigment Back, Pigment Pale) Fur(Pigment own) => (own, own.Darker(0.05f), own.Lighter(0.16f));

    private static Pigment Brown(float lightness, float chroma = 0.07f) => Pigment.Of(lightness, chroma, 56);

    private static Breed Table(Motif animal, SeededRandom random) => animal switch
    {
        Motif.Wolf => new()
        {
            Coat = (Grey(0.56f), Grey(0.36f), Pigment.Of(0.84f, 0.01f, 80)),
            Pattern = Patterns.Saddle,
            Size = 0.9f,
            Belly = 0.5f,
            Head = (0.3f, 1.08f),
            Neck = (0.26f, 0.16f),
            Skull = 0.145f,
            Muzzle = 0.3f,
            Tail = Tails.Brush,
            Ear = Ears.Pointed,
            Face = (1f, 0.26f, 0.34f),
            Iris = Pigment.Of(0.75f, 0.11f, 85),
            Sits = true,
        },
        Motif.Fox => new()
        {
            Coat = (Pigment.Of(0.66f, 0.16f, 48), Pigment.Of(0.58f, 0.16f, 44), Pigment.Of(0.97f, 0.012f, 80)),
            Size = 0.72f,
            Body = 0.56f,
            Belly = 0.46f,
            Waist = 0.8f,
            Head = (0.26f, 1.1f),
            Neck = (0.2f, 0.14f),
            Skull = 0.16f,
            Muzzle = 0.3f,
            Snout = 0.04f,
            Legs = (0.13f, 0.045f),
            Tail = Tails.Brush,
            Ear = Ears.Pointed,
            EarSize = 1.25f,
            Face = (1.08f, 0.16f, 0.26f),
            Iris = Pigment.Of(0.6f, 0.12f, 65),
            Sits = true,
        },
        Motif.Cat => CatCoat(random) with
        {
            Size = 0.66f,
            Body = 0.6f,
            Belly = 0.48f,
            Waist = 0.92f,
            Head = (0.2f, 1.16f),
            Neck = (0.2f, 0.16f),
            Skull = 0.17f,
            Legs = (0.14f, 0.055f),
            Tail = Tails.Long,
            LooksAtUs = true,
            Face = (1.06f, 0.5f, 0.3f),
            Iris = Pigment.Of(0.76f, 0.15f, random.Pick(128f, 95f, 220f)),
            Sits = true,
        },
        Motif.Lion => new()
        {
            Coat = (Pigment.Of(0.72f, 0.095f, 70), Pigment.Of(0.66f, 0.095f, 66), Pigment.Of(0.88f, 0.05f, 80)),
            Body = 0.62f,
            Belly = 0.5f,
            Waist = 0.8f,
            Head = (0.12f, 1.12f),
            Neck = (0.3f, 0.2f),
            Skull = 0.2f,
            Legs = (0.17f, 0.075f),
            Tail = Tails.Tuft,
            Ear = Ears.Round,
            HasMane = true,
            LooksAtUs = true,
            Face = (0.88f, 0.5f, 0.44f),
            Iris = Pigment.Of(0.65f, 0.11f, 75),
            Sits = true,
        },
        Motif.Tiger => new()
        {
            Coat = (Pigment.Of(0.7f, 0.15f, 58), Pigment.Of(0.66f, 0.15f, 54), Pigment.Of(0.95f, 0.02f, 80)),
            Pattern = Patterns.Stripes,
            Body = 0.64f,
            Belly = 0.48f,
            Waist = 0.86f,
            Head = (0.16f, 1.06f),
            Neck = (0.28f, 0.19f),
            Skull = 0.2f,
            Legs = (0.17f, 0.075f),
            Tail = Tails.Long,
            Ear = Ears.Round,
            LooksAtUs = true,
            Face = (1f, 0.55f, 0.46f),
            Iris = Pigment.Of(0.75f, 0.12f, 90),
            Sits = true,
        },
        Motif.Leopard => new()
        {
            Coat = (Pigment.Of(0.78f, 0.1f, 75), Pigment.Of(0.72f, 0.1f, 72), Pigment.Of(0.95f, 0.02f, 85)),
            Pattern = Patterns.Spots,
            Size = 0.9f,
            Body = 0.64f,
            Belly = 0.52f,
            Waist = 0.74f,
            Head = (0.18f, 1.1f),
            Neck = (0.24f, 0.16f),
            Skull = 0.17f,
            Legs = (0.15f, 0.06f),
            Tail = Tails.Long,
            Ear = Ears.Round,
            LooksAtUs = true,
            Face = (0.96f, 0.5f, 0.42f),
            Iris = Pigment.Of(0.75f, 0.12f, 105),
            Sits = true,
        },
        Motif.Bear => new()
        {
            Coat = random.Pick(Fur(Brown(0.42f)), Fur(Brown(0.5f)), Fur(Brown(0.3f, 0.04f))),
            Body = 0.62f,
            Belly = 0.36f,
            Waist = 1.02f,
            Head = (0.22f, 0.94f),
            Neck = (0.3f, 0.22f),
            Skull = 0.21f,
            Legs = (0.21f, 0.12f),
            Foot = Feet.Column,
            Ear = Ears.Round,
            LooksAtUs = true,
            Face = (0.98f, 0.62f, 0.46f),
            Sits = true,
        },
        Motif.PolarBear => new()
        {
            Coat = (Pigment.Of(0.94f, 0.018f, 90), Pigment.Of(0.9f, 0.02f, 90), Pigment.Of(0.98f, 0.005f, 90)),
            Body = 0.66f,
            Belly = 0.38f,
            Waist = 1.02f,
            Head = (0.3f, 0.96f),
            Neck = (0.28f, 0.2f),
            Skull = 0.18f,
            Legs = (0.2f, 0.115f),
            Foot = Feet.Column,
            Ear = Ears.Round,
            LooksAtUs = true,
            Face = (0.92f, 0.56f, 0.44f),
            Sits = true,
        },
        Motif.Panda => new()
        {
            Coat = (Pigment.Of(0.95f, 0.008f, 90), Grey(0.2f), Pigment.Of(0.97f, 0.005f, 90)),
            Pattern = Patterns.Panda,
            Size = 0.9f,
            Body = 0.56f,
            Belly = 0.34f,
            Waist = 1.05f,
            Head = (0.14f, 0.98f),
            Neck = (0.3f, 0.22f),
            Skull = 0.24f,
            Legs = (0.2f, 0.12f),
            Foot = Feet.Column,
            Ear = Ears.Round,
            LooksAtUs = true,
            Face = (1.08f, 0.66f, 0.4f),
            Sits = true,
        },
        Motif.Rabbit => new()
        {
            Coat = random.Pick(Fur(Brown(0.62f, 0.05f)), Fur(Grey(0.66f)), Fur(Pigment.Of(0.94f, 0.008f, 80))),
            Size = 0.6f,
            Ear = Ears.Long,
            LooksAtUs = true,
            Face = (0.84f, 0.5f, 0.32f),
            Sits = true,
        },
        _ => Hoofed(animal, random),
    };

    private static Breed Hoofed(Motif animal, SeededRandom random) => animal switch
    {
        Motif.Horse or Motif.Unicorn => HorseCoat(animal, random) with
        {
            Body = 0.55f,
            Belly = 0.52f,
            Waist = 0.86f,
            Head = (0.38f, 1.5f),
            Neck = (0.27f, 0.13f),
            Skull = 0.13f,
            Muzzle = 0.42f,
            Snout = 0.075f,
            Pitch = 48,
            Legs = (0.16f, 0.045f),
            Foot = Feet.Hoof,
            Tail = Tails.Hair,
            Ear = Ears.Pointed,
            EarSize = 0.75f,
            HasMane = true,
            HasHorns = animal == Motif.Unicorn,
        },
        Motif.Zebra => new()
        {
            Coat = (Pigment.Of(0.95f, 0.006f, 90), Grey(0.2f), Grey(0.3f)),
            Pattern = Patterns.Bands,
            Body = 0.56f,
            Belly = 0.5f,
            Waist = 0.92f,
            Head = (0.34f, 1.38f),
            Neck = (0.27f, 0.15f),
            Skull = 0.13f,
            Muzzle = 0.38f,
            Snout = 0.08f,
            Pitch = 46,
            Legs = (0.16f, 0.045f),
            Foot = Feet.Hoof,
            Tail = Tails.Tuft,
            Ear = Ears.Pointed,
            EarSize = 0.8f,
            HasMane = true,
        },
        Motif.Deer => new()
        {
            Coat = (Pigment.Of(0.58f, 0.09f, 56), Pigment.Of(0.5f, 0.09f, 52), Pigment.Of(0.92f, 0.03f, 80)),
            Body = 0.5f,
            Belly = 0.56f,
            Waist = 0.8f,
            Head = (0.3f, 1.5f),
            Neck = (0.2f, 0.105f),
            Skull = 0.115f,
            Muzzle = 0.3f,
            Snout = 0.055f,
            Pitch = 26,
            Legs = (0.14f, 0.034f),
            Foot = Feet.Hoof,
            Ear = Ears.Leaf,
            EarSize = 1.15f,
            HasAntlers = true,
        },
        Motif.Cow => new()
        {
            Coat = random.Happens(0.5f)
                ? (Pigment.Of(0.95f, 0.008f, 90), Grey(0.22f), Pigment.Of(0.82f, 0.05f, 20))
                : (Pigment.Of(0.95f, 0.012f, 90), Brown(0.45f, 0.09f), Pigment.Of(0.82f, 0.05f, 20)),
            Pattern = Patterns.Patches,
            Body = 0.68f,
            Belly = 0.4f,
            Waist = 1.04f,
            Head = (0.3f, 1.08f),
            Neck = (0.28f, 0.18f),
            Skull = 0.16f,
            Muzzle = 0.36f,
            Snout = 0.11f,
            Pitch = 48,
            Legs = (0.18f, 0.06f),
            Foot = Feet.Hoof,
            Tail = Tails.Tuft,
            Ear = Ears.Leaf,
            EarSize = 1.1f,
            HasHorns = true,
        },
        Motif.Sheep => new()
        {
            Coat = (Pigment.Of(0.93f, 0.015f, 85), Pigment.Of(0.86f, 0.02f, 80), random.Pick(Grey(0.26f), Pigment.Of(0.8f, 0.03f, 70))),
            Pattern = Patterns.Wool,
            Size = 0.72f,
            Body = 0.58f,
            Belly = 0.36f,
            Waist = 1.06f,
            Head = (0.26f, 1.1f),
            Neck = (0.26f, 0.17f),
            Skull = 0.15f,
            Muzzle = 0.24f,
            Snout = 0.085f,
            Pitch = 44,
            Legs = (0.1f, 0.05f),
            Foot = Feet.Hoof,
            Ear = Ears.Leaf,
        },
        Motif.Goat => new()
        {
            Coat = random.Pick((Pigment.Of(0.93f, 0.015f, 85), Pigment.Of(0.9f, 0.02f, 80), Pigment.Of(0.96f, 0.01f, 85)), (Pigment.Of(0.9f, 0.015f, 85), Grey(0.42f), Pigment.Of(0.94f, 0.01f, 80)), (Brown(0.52f), Brown(0.42f), Pigment.Of(0.86f, 0.03f, 75))),
            Pattern = Patterns.Saddle,
            Size = 0.78f,
            Body = 0.52f,
            Belly = 0.44f,
            Waist = 0.95f,
            Head = (0.28f, 1.3f),
            Neck = (0.2f, 0.12f),
            Skull = 0.13f,
            Muzzle = 0.26f,
            Snout = 0.07f,
            Pitch = 36,
            Legs = (0.13f, 0.045f),
            Foot = Feet.Hoof,
            Ear = Ears.Leaf,
            HasHorns = true,
            HasBeard = true,
        },
        Motif.Pig => new()
        {
            Coat = (Pigment.Of(0.82f, 0.07f, 15), Pigment.Of(0.78f, 0.075f, 14), Pigment.Of(0.84f, 0.08f, 12)),
            Size = 0.66f,
            Body = 0.72f,
            Belly = 0.3f,
            Waist = 1.06f,
            Head = (0.2f, 0.84f),
            Neck = (0.33f, 0.26f),
            Skull = 0.22f,
            Muzzle = 0.33f,
            Snout = 0.12f,
            Pitch = 18,
            Legs = (0.17f, 0.075f),
            Foot = Feet.Hoof,
            Tail = Tails.Curl,
            Ear = Ears.Floppy,
            EarSize = 0.9f,
        },
        Motif.Giraffe => new()
        {
            Coat = (Pigment.Of(0.86f, 0.07f, 82), Brown(0.52f, 0.1f), Pigment.Of(0.9f, 0.04f, 85)),
            Pattern = Patterns.Tiles,
            Size = 0.85f,
            Body = 0.42f,
            Belly = 0.6f,
            Waist = 0.9f,
            Head = (0.44f, 2.1f),
            Neck = (0.22f, 0.1f),
            Skull = 0.11f,
            Muzzle = 0.28f,
            Snout = 0.06f,
            Pitch = 32,
            Legs = (0.13f, 0.04f),
            Foot = Feet.Hoof,
            Tail = Tails.Tuft,
            Ear = Ears.Leaf,
            HasHorns = true,
        },
        Motif.Elephant => new()
        {
            Coat = (Pigment.Of(0.62f, 0.014f, 280), Pigment.Of(0.58f, 0.016f, 280), Pigment.Of(0.68f, 0.02f, 30)),
            Size = 1.15f,
            Body = 0.6f,
            Belly = 0.4f,
            Waist = 1.06f,
            Head = (0.2f, 1f),
            Neck = (0.32f, 0.24f),
            Skull = 0.26f,
            Muzzle = 0.12f,
            Snout = 0.17f,
            Legs = (0.19f, 0.135f),
            Foot = Feet.Column,
            Tail = Tails.Tuft,
            Ear = Ears.Fan,
            HasTrunk = true,
        },
        Motif.Hound => random.Below(2) == 0
            ? Hound((Pigment.Of(0.76f, 0.085f, 72), Pigment.Of(0.68f, 0.09f, 66), Pigment.Of(0.88f, 0.05f, 78)), Ears.Floppy, Tails.Brush)
            : Hound((Pigment.Of(0.93f, 0.015f, 80), Brown(0.42f, 0.085f), Pigment.Of(0.96f, 0.01f, 75)), Ears.Floppy, Tails.Long) with { Pattern = Patterns.Patches },
        _ => Hound((Grey(0.6f), Grey(0.3f), Pigment.Of(0.97f, 0.006f, 80)), Ears.Pointed, Tails.Curl) with { Pattern = Patterns.Saddle },
    };

    private static Breed Hound((Pigment Own, Pigment Back, Pigment Pale) coat, Ears ear, Tails tail) => new()
    {
        Coat = coat,
        Size = 0.82f,
        Belly = 0.48f,
        Waist = 0.78f,
        Head = (0.24f, 1.2f),
        Neck = (0.23f, 0.15f),
        Skull = 0.155f,
        Muzzle = 0.28f,
        Snout = 0.075f,
        Pitch = 14,
        Legs = (0.15f, 0.055f),
        Ear = ear,
        Tail = tail,
        Face = (0.86f, 0.42f, 0.44f),
        Sits = true,
    };

    private static Breed CatCoat(SeededRandom random) => random.Below(4) switch
    {
        0 => new() { Coat = (Pigment.Of(0.27f, 0.01f, 280), Pigment.Of(0.22f, 0.01f, 280), Pigment.Of(0.32f, 0.01f, 280)) },
        1 => new() { Coat = (Pigment.Of(0.72f, 0.125f, 62), Pigment.Of(0.58f, 0.13f, 52), Pigment.Of(0.95f, 0.02f, 80)), Pattern = Patterns.Stripes },
        2 => new() { Coat = (Grey(0.62f), Grey(0.4f), Pigment.Of(0.95f, 0.006f, 80)), Pattern = Patterns.Stripes },
        _ => new() { Coat = (Pigment.Of(0.94f, 0.012f, 80), Brown(0.45f), Pigment.Of(0.97f, 0.006f, 80)), Pattern = Patterns.Patches },
    };

    private static Breed HorseCoat(Motif animal, SeededRandom random) => animal == Motif.Unicorn
        ? new() { Coat = (Pigment.Of(0.95f, 0.012f, 320), Pigment.Of(0.78f, 0.11f, random.Pick(340f, 300f, 255f)), Pigment.Of(0.96f, 0.015f, 20)) }
        : random.Below(3) switch
        {
            0 => new() { Coat = (Brown(0.5f, 0.09f), Brown(0.28f, 0.03f), Brown(0.56f)) },
            1 => new() { Coat = (Brown(0.4f, 0.06f), Brown(0.22f, 0.02f), Brown(0.46f, 0.05f)) },
            _ => new() { Coat = (Pigment.Of(0.9f, 0.012f, 80), Pigment.Of(0.78f, 0.02f, 75), Pigment.Of(0.8f, 0.03f, 40)) },
        };
}
