namespace Personalization.Ranking;

/// <summary>What a person said of a pair. Stored by number: append only.</summary>
public enum Choice
{
    Left = 0,
    Right = 1,

    /// <summary>No preference: neither a vote nor counted towards unlocking.</summary>
    Skip = 2,
}
