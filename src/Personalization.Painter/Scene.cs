namespace Personalization.Painter;

/// <summary>What a prompt names that the Painter can paint.</summary>
internal enum Motif
{
    Forest,
    Sea,
    Lake,
    Mountain,
    Desert,
    City,
    Meadow,
    Snowfield,
    Space,
    Dog,
    Wolf,
    Fox,
    Cat,
    Horse,
    Deer,
    Bird,
    Butterfly,
    Person,
    Man,
    Flower,
    Rose,
    Tulip,
    Daisy,
    Poppy,
    Tree,
    House,
    Castle,
    Lighthouse,
    Boat,
    Balloon,
    Path,
    Cloud,
    Star,
    Moon,
    Sun,
    Rain,
    Snow,
    Mist,
    Lettering,
    Border,
}

/// <summary>When the picture's light is.</summary>
internal enum DayTime
{
    Day,
    Dawn,
    Sunset,
    Dusk,
    Night,
    Grey,
}

/// <summary>Which composition carries the picture.</summary>
internal enum SceneKind
{
    Abstract,
    Landscape,
    Bouquet,
    Portrait,
    Logo,
}

/// <summary>What a picture is to show, as far as the Painter understands its prompt.</summary>
/// <param name="Kind">The composition.</param>
/// <param name="Places">Where it is, in the prompt's order.</param>
/// <param name="Figures">What stands, runs or lies there, in the prompt's order.</param>
/// <param name="Time">When it is; null leaves it to chance.</param>
/// <param name="Season">When in the year it is.</param>
/// <param name="Lettering">Words to be written, as quoted.</param>
/// <param name="IsOnWhite">Whether it stands on a white ground.</param>
/// <param name="Avoided">What must not be painted.</param>
/// <param name="Hue">The hue, in degrees, of a colour the prompt names for what stands there.</param>
internal sealed record Scene(
    SceneKind Kind,
    IReadOnlyList<Motif> Places,
    IReadOnlyList<Motif> Figures,
    DayTime? Time,
    Season Season,
    string? Lettering,
    bool IsOnWhite,
    IReadOnlySet<Motif> Avoided,
    float? Hue)
{
    public bool Has(Motif motif) => Places.Contains(motif) || Figures.Contains(motif);

    /// <summary>Whether something the prompt does not name may be added.</summary>
    public bool Allows(Motif motif) => !Avoided.Contains(motif);
}

/// <summary>The time of year.</summary>
internal enum Season
{
    Summer,
    Spring,
    Autumn,
    Winter,
}
