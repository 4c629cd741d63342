namespace Personalization.Votes;

/// <summary>What a person said of a pair. Stored by number: append only.</summary>
public enum Choice
{
    Left = 0,
    Right = 1,

    /// <summary>No preference: neither a vote nor counted towards unlocking.</summary>
    Skip = 2,

    /// <summary>
    /// Nothing: the file of one of the pictures is lost, and the pair was taken away. It is no evidence, nothing to take back,
    /// and only kept so that it does not come again.
    /// </summary>
    Withdrawn = 3,
}
