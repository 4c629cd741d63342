namespace Personalization.Pictures;

/// <summary>Where a picture came from. Stored by number: append only.</summary>
public enum PictureKind
{
    /// <summary>Painted from <c>seeds/prompts.json</c> to be ranked.</summary>
    Ranking = 0,

    /// <summary>Made from a person's prompt, in a place that every member of its guild sees; without a guild, for its maker alone.</summary>
    Made = 1,

    /// <summary>Made where not every member of a guild sees it, such as in a direct message, or withdrawn since: for its maker alone.</summary>
    Private = 2,

    /// <summary>Painted to be ranked, of a catalogue that is not complete yet: not shown.</summary>
    Prepared = 3,

    /// <summary>Was ranked, until another catalogue replaced it: no longer shown, but its votes remain.</summary>
    Retired = 4,

    /// <summary>Deleted by its maker, or expired: nobody is shown it, and its file is gone. What was measured in it remains for its votes.</summary>
    Deleted = 5,
}
