namespace Personalization.Votes;

/// <summary>How close a person is to unlocking <c>--p</c>.</summary>
/// <param name="Votes">Pairs answered Left or Right.</param>
/// <param name="Likes">Pictures by others that were liked.</param>
/// <param name="Required">Votes and likes together that unlock <c>--p</c>; at least 1.</param>
public readonly record struct UnlockProgress(int Votes, int Likes, int Required)
{
    /// <summary>Votes and likes together.</summary>
    public int Count => Votes + Likes;

    /// <summary>Votes or likes still missing; 0 once unlocked.</summary>
    public int Missing => Math.Max(0, Required - Count);

    public bool IsUnlocked => Count >= Required;
}
