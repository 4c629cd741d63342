namespace Personalization.Votes;

/// <summary>How a pair was answered. Stored by number: append only.</summary>
public enum Choice
{
    Left = 0,
    Right = 1,

    /// <summary>No preference: not a vote, and not counted towards unlocking.</summary>
    Skip = 2,

    /// <summary>
    /// Not an answer: the file of a picture was lost, and the pair was withdrawn. It teaches nothing and cannot be undone; it is
    /// kept so that the pair is not shown again.
    /// </summary>
    Withdrawn = 3,
}
