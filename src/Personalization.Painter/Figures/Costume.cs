namespace Personalization.Painter.Figures;

/// <summary>What a person wears and carries.</summary>
internal sealed record Costume
{
    public enum Tops
    {
        Shirt,
        Jumper,
        Coat,
        Robe,
        Armour,
        Spacesuit,
        Kimono,
        Bodice,
        Apron,
    }

    public enum Bottoms
    {
        Trousers,
        Shorts,
        Skirt,

        /// <summary>To the feet.</summary>
        Gown,
        Tutu,

        /// <summary>As wide as a gown, and divided.</summary>
        Hakama,
    }

    public enum Hats
    {
        None,
        Pointed,
        Crown,
        Tiara,
        Helm,
        Kabuto,
        Visor,
        Cap,
        Straw,
        Cowboy,
        Tricorn,
        Toque,
        Horned,
        Mask,
    }

    public enum Tools
    {
        None,
        Staff,
        Broom,
        Sword,
        Katana,
        Axe,
        Guitar,
        Rod,
        Stick,
        Fork,
        Wand,
        Pan,
    }

    public Tops Top { get; init; }

    public Bottoms Bottom { get; init; }

    public Hats Hat { get; init; }

    public Tools Tool { get; init; }

    public required Pigment Main { get; init; }

    public required Pigment Second { get; init; }

    public Pigment Trim { get; init; } = Materials.Brass;

    public bool HasCape { get; init; }

    public bool HasPack { get; init; }

    public bool HasScarf { get; init; }

    public bool HasWings { get; init; }

    /// <summary>How a thing that the prompt names is carried, where the person is drawn with it.</summary>
    public static Tools ToolOf(Motif thing) => thing switch
    {
        Motif.Guitar or Motif.Violin => Tools.Guitar,
        Motif.Sword => Tools.Sword,
        _ => Tools.None,
    };

    /// <param name="role">A person.</param>
    /// <param name="isMan">Whether it is a man or a boy.</param>
    /// <param name="isChild">Whether it is a child.</param>
    /// <param name="scene">May name a colour, for what is seen most.</param>
    /// <param name="isFirst">Whether it is the prompt's first person, who has what the prompt names.</param>
    public static Costume Of(Motif role, bool isMan, bool isChild, SeededRandom random, Scene scene, bool isFirst)
    {
        var costume = Table(role, isMan, isChild, random, scene);
        if (isFirst && scene.Figures.FirstOrDefault(Things.IsHeld, Motif.Border) is not Motif.Border and var thing)
        {
            costume = costume with { Tool = ToolOf(thing) };
        }

        return scene switch
        {
            { Grey: { } grey } => costume with { Main = Pigment.Of(grey, 0.01f, 265) },
            { Hue: { } hue } => costume with { Main = Pigment.Of(Math.Clamp(costume.Main.L, 0.42f, 0.62f), 0.14f, hue) },
            _ => costume,
        };
    }

    private static Pigment Dye(SeededRandom random, float lightness) => Pigment.Of(lightness + random.Between(-0.04f, 0.04f), 0.115f, random.Pick(25f, 50f, 85f, 150f, 200f, 255f, 300f, 350f));

    private static Pigment Plain(SeededRandom random) => random.Pick(Pigment.Of(0.36f, 0.06f, 262), Pigment.Of(0.4f, 0.04f, 60), Pigment.Of(0.34f, 0.012f, 270), Pigment.Of(0.62f, 0.045f, 78));

    private static Costume Table(Motif role, bool isMan, bool isChild, SeededRandom random, Scene scene)
    {
        var (iron, leather, white) = (Pigment.Of(0.72f, 0.014f, 255), Pigment.Of(0.42f, 0.06f, 55), Pigment.Of(0.95f, 0.008f, 90));
        return role switch
        {
            Motif.King => new() { Main = Pigment.Of(0.44f, 0.14f, 22), Second = white, Top = Tops.Robe, Bottom = Bottoms.Gown, Hat = Hats.Crown, HasCape = true },
            Motif.Queen => new() { Main = Pigment.Of(0.46f, 0.13f, random.Pick(310f, 22f, 255f)), Second = white, Top = Tops.Bodice, Bottom = Bottoms.Gown, Hat = Hats.Crown, HasCape = true },
            Motif.Princess => new() { Main = Pigment.Of(0.74f, 0.1f, random.Pick(350f, 240f, 305f)), Second = white, Top = Tops.Bodice, Bottom = Bottoms.Gown, Hat = Hats.Tiara },
            Motif.Wizard => new() { Main = Pigment.Of(0.4f, 0.11f, random.Pick(270f, 300f, 255f)), Second = Pigment.Of(0.3f, 0.08f, 275), Top = Tops.Robe, Bottom = Bottoms.Gown, Hat = Hats.Pointed, Tool = Tools.Staff },
            Motif.Witch => new() { Main = Pigment.Of(0.28f, 0.04f, 305), Second = Pigment.Of(0.46f, 0.14f, 305), Trim = Pigment.Of(0.62f, 0.15f, 140), Top = Tops.Bodice, Bottom = Bottoms.Gown, Hat = Hats.Pointed, Tool = Tools.Broom },
            Motif.Knight => new() { Main = iron, Second = Pigment.Of(0.48f, 0.15f, random.Pick(25f, 255f)), Top = Tops.Armour, Hat = Hats.Helm, Tool = Tools.Sword, HasCape = true },
            Motif.Samurai => new() { Main = Pigment.Of(0.44f, 0.14f, random.Pick(25f, 25f, 265f)), Second = Pigment.Of(0.25f, 0.03f, 275), Top = Tops.Kimono, Bottom = Bottoms.Hakama, Hat = random.Happens(0.6f) ? Hats.Kabuto : Hats.None, Tool = Tools.Katana },
            Motif.Astronaut => new() { Main = white, Second = white.Darker(0.06f), Trim = Pigment.Of(0.64f, 0.17f, 45), Top = Tops.Spacesuit, Hat = Hats.Visor, HasPack = true },
            Motif.Dancer when isMan => new() { Main = white, Second = Pigment.Of(0.26f, 0.02f, 270), Top = Tops.Shirt },
            Motif.Dancer => new() { Main = Pigment.Of(0.8f, 0.08f, random.Pick(355f, 310f, 240f)), Second = Pigment.Of(0.9f, 0.03f, 20), Top = Tops.Bodice, Bottom = Bottoms.Tutu },
            Motif.Musician => Everyday(isMan, isChild, random, scene) with { Tool = Tools.Guitar, Hat = random.Pick(Hats.None, Hats.Cap, Hats.Straw) },
            Motif.Monk => new() { Main = Pigment.Of(0.62f, 0.16f, 52), Second = Pigment.Of(0.46f, 0.12f, 35), Top = Tops.Kimono, Bottom = Bottoms.Gown },
            Motif.Fisherman => new() { Main = Pigment.Of(0.8f, 0.15f, 90), Second = Pigment.Of(0.34f, 0.06f, 255), Top = Tops.Coat, Hat = Hats.Cap, Tool = Tools.Rod },
            Motif.Hiker => new() { Main = Dye(random, 0.56f), Second = Pigment.Of(0.5f, 0.045f, 80), Top = Tops.Coat, Bottom = Bottoms.Trousers, Hat = random.Pick(Hats.Cap, Hats.None, Hats.Straw), Tool = Tools.Stick, HasPack = true },
            Motif.Viking => new() { Main = leather, Second = Pigment.Of(0.36f, 0.03f, 60), Trim = iron, Top = Tops.Armour, Hat = Hats.Horned, Tool = Tools.Axe, HasCape = true },
            Motif.Pirate => new() { Main = Pigment.Of(0.4f, 0.12f, random.Pick(22f, 255f)), Second = Pigment.Of(0.28f, 0.02f, 60), Top = Tops.Coat, Hat = Hats.Tricorn, Tool = Tools.Sword },
            Motif.Chef => new() { Main = white, Second = Pigment.Of(0.32f, 0.015f, 270), Trim = Pigment.Of(0.55f, 0.18f, 25), Top = Tops.Apron, Hat = Hats.Toque, Tool = Tools.Pan, HasScarf = true },
            Motif.Cowboy => new() { Main = Pigment.Of(0.5f, 0.09f, 40), Second = Pigment.Of(0.42f, 0.075f, 258), Trim = Pigment.Of(0.52f, 0.17f, 25), Top = Tops.Coat, Hat = Hats.Cowboy, HasScarf = true },
            Motif.Farmer => new() { Main = Pigment.Of(0.46f, 0.08f, 255), Second = Pigment.Of(0.46f, 0.08f, 255), Trim = Pigment.Of(0.55f, 0.15f, 25), Top = Tops.Apron, Hat = Hats.Straw, Tool = Tools.Fork },
            Motif.Doctor => new() { Main = white, Second = Pigment.Of(0.5f, 0.07f, 215), Trim = Pigment.Of(0.6f, 0.08f, 215), Top = Tops.Coat },
            Motif.Ninja => new() { Main = Pigment.Of(0.26f, 0.02f, 275), Second = Pigment.Of(0.26f, 0.02f, 275), Trim = Pigment.Of(0.5f, 0.17f, 25), Top = Tops.Kimono, Hat = Hats.Mask, Tool = Tools.Katana, HasScarf = true },
            Motif.Fairy => new() { Main = Pigment.Of(0.72f, 0.12f, random.Pick(150f, 340f, 300f)), Second = Pigment.Of(0.86f, 0.06f, 110), Top = Tops.Bodice, Bottom = Bottoms.Skirt, Hat = Hats.Tiara, Tool = Tools.Wand, HasWings = true },
            _ => Everyday(isMan, isChild, random, scene),
        };
    }

    private static Costume Everyday(bool isMan, bool isChild, SeededRandom random, Scene scene)
    {
        var (main, second) = (Dye(random, 0.58f), Plain(random));
        var worn = new Costume { Main = main, Second = second, Trim = main.Lighter(0.2f) };
        if (scene.Season == Season.Winter || scene.Has(Motif.Snow))
        {
            return worn with { Top = Tops.Coat, Hat = Hats.Cap, HasScarf = true, Trim = Dye(random, 0.62f) };
        }

        if (!isMan && (scene.Has(Motif.Dress) || random.Happens(0.45f)))
        {
            return worn with { Top = Tops.Bodice, Bottom = isChild || random.Happens(0.5f) ? Bottoms.Skirt : Bottoms.Gown, Second = main };
        }

        return worn with
        {
            Top = random.Pick(Tops.Shirt, Tops.Jumper, Tops.Coat),
            Bottom = isChild && random.Happens(0.6f) ? Bottoms.Shorts : !isMan && random.Happens(0.3f) ? Bottoms.Skirt : Bottoms.Trousers,
            HasScarf = random.Happens(0.15f),
        };
    }
}
