namespace Personalization.Votes;

/// <summary>How far a person is on the way to <c>--p</c>.</summary>
/// <param name="Votes">Pairs answered Left or Right.</param>
/// <param name="Likes">Pictures by others that were liked.</param>
/// <param name="Required">How many of both together open <c>--p</c>; at least 1.</param>
public readonly record struct Unlock(int Votes, int Likes, int Required)
{
    /// <summary>Votes and likes together.</summary>
    public int Count => Votes + Likes;

    /// <summary>How many are still missing; 0 once unlocked.</summary>
    public int Missing => Math.Max(0, Required - Count);

    public bool IsUnlocked => Count >= Required;
}
