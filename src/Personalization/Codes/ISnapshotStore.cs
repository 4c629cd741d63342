using Personalization.Votes;

namespace Personalization.Codes;

/// <summary>The snapshots that codes refer to.</summary>
public interface ISnapshotStore
{
    Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken);

    /// <summary>The code and the snapshot that were made of these votes and likes of a profile; null when there are none.</summary>
    Task<(PersonalizationCode Code, TasteSnapshot Snapshot)?> FindAsync(ProfileId owner, BallotsHash ballots, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a snapshot under a code that is not taken, unless one of the same votes and likes is stored already. An equal
    /// snapshot that is stored without them, or of others, is from now on found by these.
    /// </summary>
    /// <returns>What is stored: the given snapshot; an earlier one under this code; or one of the same votes and likes, under its own code.</returns>
    Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken);
}
