namespace Personalization.Painter.Figures;

/// <summary>One person's looks: what the prompt says of them, and chance for the rest.</summary>
internal sealed record Character
{
    public required Motif Role { get; init; }

    public required bool IsMan { get; init; }

    public required Age Age { get; init; }

    public required Mood Mood { get; init; }

    public required Pigment Skin { get; init; }

    public required Pigment Hair { get; init; }

    public required HairCut Cut { get; init; }

    public required BeardCut Beard { get; init; }

    public required Pigment Iris { get; init; }

    public required Costume Costume { get; init; }

    /// <summary>Half the width of the jaw, in the units of <see cref="Head"/>; wide makes a square face.</summary>
    public required float Jaw { get; init; }

    public bool IsChild => Age == Age.Child;

    /// <summary>Height, where that of a man is 1.</summary>
    public float Tall => IsChild ? 0.68f : IsMan ? 1 : 0.96f;

    /// <param name="isFirst">Whether the prompt's words on looks are about this person.</param>
    public static Character Of(Motif role, SeededRandom random, Scene scene, bool isFirst)
    {
        var said = isFirst ? scene.Traits : new();
        var isMan = said.IsMan ?? IsManIn(role, random);
        var age = said.Age ?? role switch
        {
            Motif.Girl or Motif.Boy => Age.Child,
            Motif.Wizard => Age.Old,
            Motif.King or Motif.Monk or Motif.Fisherman => random.Happens(0.45f) ? Age.Old : Age.Adult,
            _ => random.Happens(0.12f) && People.IsPlain(role) ? Age.Old : Age.Adult,
        };
        var face = random.Fork("face");
        var (skin, hair) = Complexion(face.Below(said.Hair is { L: > 0.5f } ? 3 : 6));
        if (said.Skin is { } lightness)
        {
            skin = Pigment.Of(lightness, 0.06f, 56);
            hair = lightness < 0.8f ? Pigment.Of(0.22f, 0.02f, 50) : hair;
        }

        if (age == Age.Old)
        {
            hair = Pigment.Of(face.Between(0.78f, 0.94f), 0.01f, 80);
        }

        var costume = Costume.Of(role, isMan, age == Age.Child, random.Fork("costume"), scene, isFirst);
        return new()
        {
            Role = role,
            IsMan = isMan,
            Age = age,
            Mood = said.Mood ?? (role is Motif.Samurai or Motif.Viking ? face.Pick(Mood.Calm, Mood.Angry) : face.Pick(Mood.Calm, Mood.Smile, Mood.Smile)),
            Skin = skin.Lighter(face.Between(-0.025f, 0.025f)),
            Hair = (said.Hair ?? hair).Lighter(face.Between(-0.03f, 0.03f)),
            Cut = costume.Hat is Costume.Hats.Helm or Costume.Hats.Kabuto or Costume.Hats.Mask ? HairCut.Bald : said.Cut ?? CutOf(role, isMan, age, face.Fork("cut")),
            Beard = said.Beard ?? BeardOf(role, isMan, age, face.Fork("beard")),
            Iris = Pigment.Of(face.Pick(0.36f, 0.42f, 0.52f), 0.08f, said.Iris ?? face.Pick(55f, 60f, 145f, 240f)),
            Costume = costume,
            Jaw = (isMan ? 0.2f : 0.165f) + face.Between(-0.015f, 0.02f),
        };
    }

    private static bool IsManIn(Motif role, SeededRandom random) => role switch
    {
        Motif.Man or Motif.Boy or Motif.King or Motif.Wizard or Motif.Monk or Motif.Fisherman or Motif.Viking or Motif.Knight or Motif.Samurai or Motif.Pirate or Motif.Cowboy or Motif.Ninja => true,
        Motif.Woman or Motif.Girl or Motif.Queen or Motif.Princess or Motif.Witch or Motif.Dancer or Motif.Fairy => false,
        _ => random.Fork("sex").Happens(0.5f),
    };

    // Skin and the hair that goes with it.
    private static (Pigment Skin, Pigment Hair) Complexion(int kind) => kind switch
    {
        0 => (Pigment.Of(0.86f, 0.045f, 52), Pigment.Of(0.82f, 0.09f, 86)),
        1 => (Pigment.Of(0.85f, 0.05f, 50), Pigment.Of(0.55f, 0.14f, 46)),
        2 => (Pigment.Of(0.82f, 0.055f, 55), Pigment.Of(0.42f, 0.07f, 54)),
        3 => (Pigment.Of(0.77f, 0.065f, 62), Pigment.Of(0.24f, 0.02f, 40)),
        4 => (Pigment.Of(0.66f, 0.07f, 58), Pigment.Of(0.22f, 0.02f, 40)),
        _ => (Pigment.Of(0.5f, 0.065f, 52), Pigment.Of(0.2f, 0.02f, 40)),
    };

    private static HairCut CutOf(Motif role, bool isMan, Age age, SeededRandom cut) => role switch
    {
        Motif.Wizard => HairCut.Long,
        Motif.Samurai => HairCut.Topknot,
        Motif.Monk => HairCut.Bald,
        Motif.Dancer when !isMan => HairCut.Bun,
        Motif.Viking => cut.Pick(HairCut.Long, HairCut.Braids),
        Motif.Queen or Motif.Princess or Motif.Fairy => cut.Pick(HairCut.Long, HairCut.Wavy, HairCut.Bun),
        _ => (isMan, age) switch
        {
            (true, Age.Old) => cut.Pick(HairCut.Ring, HairCut.Parted, HairCut.Bald, HairCut.Ring),
            (true, _) => cut.Pick(HairCut.Short, HairCut.Parted, HairCut.Short, HairCut.Curly),
            (_, Age.Old) => cut.Pick(HairCut.Bun, HairCut.Bob, HairCut.Curly),
            (_, Age.Child) => cut.Pick(HairCut.Braids, HairCut.Tail, HairCut.Bob, HairCut.Long),
            _ => cut.Pick(HairCut.Long, HairCut.Wavy, HairCut.Bob, HairCut.Bun, HairCut.Tail, HairCut.Curly, HairCut.Wavy),
        },
    };

    private static BeardCut BeardOf(Motif role, bool isMan, Age age, SeededRandom beard) => (role, isMan, age) switch
    {
        (_, false, _) or (_, _, Age.Child) or (Motif.Monk or Motif.Ninja or Motif.Dancer or Motif.Astronaut, _, _) => BeardCut.None,
        (Motif.Wizard, _, _) => BeardCut.Long,
        (Motif.King or Motif.Viking or Motif.Pirate or Motif.Fisherman, _, _) => BeardCut.Full,
        (Motif.Samurai, _, _) => beard.Pick(BeardCut.None, BeardCut.Moustache),
        (Motif.Chef or Motif.Cowboy, _, _) => BeardCut.Moustache,
        (_, _, Age.Old) => beard.Pick(BeardCut.None, BeardCut.Full, BeardCut.Moustache),
        _ => beard.Pick(BeardCut.None, BeardCut.None, BeardCut.Full, BeardCut.Moustache),
    };
}
