using System.Collections.Concurrent;
using Personalization.Codes;

namespace Personalization.Testing;

/// <summary>Snapshots without a disk.</summary>
public sealed class SnapshotsInMemory : ISnapshotStore
{
    private readonly ConcurrentDictionary<PersonalizationCode, TasteSnapshot> _snapshots = [];

    public Task<TasteSnapshot?> FindAsync(PersonalizationCode code, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshots.GetValueOrDefault(code));

    public Task<TasteSnapshot> AddOrGetAsync(PersonalizationCode code, TasteSnapshot snapshot, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshots.GetOrAdd(code, snapshot));
}
