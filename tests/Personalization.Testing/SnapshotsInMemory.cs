using Personalization.Codes;
using Personalization.Votes;

namespace Personalization.Testing;

/// <summary>Snapshots without a disk.</summary>
public sealed class SnapshotsInMemory : ISnapshotStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PersonalizationCode, TasteSnapshot> _snapshots = [];

    /// <summary>How many there are.</summary>
    public int Count => _snapshots.Count;

    /// <summary>Runs once before a snapshot is stored, where another program may come in between.</summary>
    public Func<Task>? BeforeAdd { get; set; }

    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_snapshots.GetValueOrDefault(code));
        }
    }

    public Task<(PersonalizationCode Code, TasteSnapshot Snapshot)?> FindAsync(ProfileId owner, BallotsHash ballots, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Find(owner, ballots));
        }
    }

    public async Task<(PersonalizationCode Code, TasteSnapshot Snapshot)> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (BeforeAdd is { } before)
        {
            BeforeAdd = null;
            await before();
        }

        lock (_lock)
        {
            if (snapshot.Ballots is { } ballots && Find(snapshot.Owner, ballots) is { } same)
            {
                return same;
            }

            if (_snapshots.TryGetValue(code, out var existing) && (snapshot.Ballots is null || existing != snapshot))
            {
                return (code, existing);
            }

            _snapshots[code] = snapshot;
            return (code, snapshot);
        }
    }

    private (PersonalizationCode Code, TasteSnapshot Snapshot)? Find(ProfileId owner, BallotsHash ballots)
    {
        foreach (var (code, snapshot) in _snapshots)
        {
            if (snapshot.Owner == owner && snapshot.Ballots == ballots)
            {
                return (code, snapshot);
            }
        }

        return null;
    }
}
