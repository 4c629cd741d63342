namespace Personalization.Codes;

/// <summary>The snapshots that codes refer to.</summary>
public interface ISnapshotStore
{
    Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken);

    /// <summary>Stores a snapshot under a code that is not taken.</summary>
    /// <returns>The snapshot stored under the code: the given one, or an earlier one.</returns>
    Task<TasteSnapshot> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken);
}
