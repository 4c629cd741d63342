namespace Personalization.Pictures;

/// <summary>Where a picture came from. Stored by number: append only.</summary>
public enum PictureKind
{
    /// <summary>Painted from <c>seeds/prompts.json</c> to be ranked.</summary>
    Ranking = 0,

    /// <summary>Made from a person's prompt.</summary>
    Made = 1,

    /// <summary>Made in private, such as in a direct message: never shown to others.</summary>
    Private = 2,

    /// <summary>Painted to be ranked, of a catalogue that is not complete yet: not shown.</summary>
    Prepared = 3,

    /// <summary>Was ranked, until another catalogue replaced it: no longer shown, but its votes remain.</summary>
    Retired = 4,
}
