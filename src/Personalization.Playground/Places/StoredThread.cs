namespace Personalization.Playground.Places;

/// <summary>Who is in a thread, and whether it is archived: what changes without the thread itself.</summary>
/// <param name="Members">Null for its owner alone.</param>
internal sealed record StoredThread(ulong Id, IReadOnlyList<ulong>? Members = null)
{
    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Whether only moderators may bring it back from the archive.</summary>
    public bool IsLocked { get; init; }
}
