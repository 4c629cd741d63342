namespace Personalization.Codes;

/// <summary>The snapshots that codes name.</summary>
public interface ISnapshotStore
{
    Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken);

    /// <summary>Stores a snapshot under a code that is not taken.</summary>
    /// <returns>What now stands under the code: the given snapshot, or the one that was there before.</returns>
    Task<TasteSnapshot> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken);
}
