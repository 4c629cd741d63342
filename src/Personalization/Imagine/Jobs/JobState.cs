namespace Personalization.Imagine.Jobs;

/// <summary>Where a job is. Stored by number: append only.</summary>
public enum JobState
{
    /// <summary>Accepted, not painted yet.</summary>
    Accepted = 0,

    /// <summary>Its pictures are stored; they have yet to be delivered.</summary>
    Painted = 1,

    /// <summary>Its pictures were delivered.</summary>
    Delivered = 2,

    /// <summary>It cannot be done; the apology has yet to be delivered.</summary>
    Failed = 3,

    /// <summary>The apology was delivered, or its pictures or the apology can no longer be.</summary>
    Closed = 4,

    /// <summary>It is over, but the person could not be told: its pictures or its failure are told at their next command.</summary>
    Untold = 5,
}
