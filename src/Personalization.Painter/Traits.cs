namespace Personalization.Painter;

/// <summary>How old a person is.</summary>
internal enum Age
{
    Child,
    Adult,
    Old,
}

/// <summary>What a face expresses.</summary>
internal enum Mood
{
    Calm,
    Smile,
    Laugh,
    Sad,
    Angry,
    Surprised,
    Asleep,
}

/// <summary>How hair is worn.</summary>
internal enum HairCut
{
    Short,
    Parted,
    Bald,

    /// <summary>Left at the sides only.</summary>
    Ring,
    Long,
    Wavy,
    Bob,
    Bun,
    Tail,
    Braids,
    Curly,
    Topknot,
}

/// <summary>What grows on a chin.</summary>
internal enum BeardCut
{
    None,
    Moustache,
    Full,
    Long,
}

/// <summary>What a prompt says of its first person's looks; null where it says nothing.</summary>
internal sealed record Traits
{
    public Age? Age { get; init; }

    public Mood? Mood { get; init; }

    public HairCut? Cut { get; init; }

    public Pigment? Hair { get; init; }

    public BeardCut? Beard { get; init; }

    /// <summary>Lightness of the skin.</summary>
    public float? Skin { get; init; }

    /// <summary>Hue of the eyes, in degrees.</summary>
    public float? Iris { get; init; }

    /// <summary>Whether it is a man, where the prompt says so beside the name of a role: "a woman warrior".</summary>
    public bool? IsMan { get; init; }

    /// <summary>Places in the terms of colours that are of hair, eyes or skin, and so not of what is worn.</summary>
    public IReadOnlySet<int> Taken { get; init; } = new HashSet<int>();
}
