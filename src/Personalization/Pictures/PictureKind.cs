namespace Personalization.Pictures;

/// <summary>Where a picture came from. Stored by number: append only.</summary>
public enum PictureKind
{
    /// <summary>Painted from <c>seeds/prompts.json</c> to be ranked.</summary>
    Ranking = 0,

    /// <summary>Made by somebody's prompt.</summary>
    Made = 1,

    /// <summary>Made where nobody else looks, such as a direct message: never shown to others.</summary>
    Private = 2,

    /// <summary>Painted to be ranked, of a catalogue that is not complete yet: shown to nobody.</summary>
    Prepared = 3,

    /// <summary>Was ranked, until another catalogue took its place: not shown any more, but the votes about it stay.</summary>
    Retired = 4,
}
