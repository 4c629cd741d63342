namespace Personalization.Taste.Model;

/// <summary>What a person's answers follow from some point on.</summary>
public enum ChangeKind
{
    /// <summary>Another taste than before.</summary>
    OtherTaste,

    /// <summary>None: as if a coin had given them.</summary>
    Random,
}
