using System.Diagnostics.CodeAnalysis;

namespace Personalization.Playground.Places;

/// <summary>The threads that were begun or changed here, who is in which, and what is archived.</summary>
internal sealed class Threads(ChatStore store, TimeProvider time)
{
    /// <summary>Minutes of silence after which Discord archives a thread; the playground leaves it as it is.</summary>
    public const int AutoArchiveMinutes = 1440;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, PlaygroundChannel> _begun = store.LoadThreads().ToDictionary(thread => thread.Id);
    private readonly Dictionary<ulong, StoredThread> _states = store.LoadThreadStates().ToDictionary(state => state.Id);

    /// <summary>Those begun or changed here under one of the channels, by their ids.</summary>
    public IReadOnlyList<PlaygroundChannel> Under(IReadOnlyCollection<ulong> channels)
    {
        lock (_lock)
        {
            return [.. _begun.Values.Where(thread => channels.Contains(thread.Parent!.Value)).OrderBy(thread => thread.Id)];
        }
    }

    public bool TryFind(ulong id, [NotNullWhen(true)] out PlaygroundChannel? thread)
    {
        lock (_lock)
        {
            return _begun.TryGetValue(id, out thread);
        }
    }

    /// <summary>Adds a thread, or changes one.</summary>
    public void Save(PlaygroundChannel thread)
    {
        lock (_lock)
        {
            store.Save(thread);
            _begun[thread.Id] = thread;
        }
    }

    /// <summary>Who joined a thread; its owner has from its beginning.</summary>
    public IReadOnlyList<ulong> Members(PlaygroundChannel thread)
    {
        lock (_lock)
        {
            return Joined(thread);
        }
    }

    /// <returns>Whether that changed anything.</returns>
    public bool Join(PlaygroundChannel thread, ulong user)
    {
        lock (_lock)
        {
            var members = Joined(thread);
            return !members.Contains(user) && Set(StateOf(thread.Id) with { Members = [.. members, user] });
        }
    }

    /// <returns>Whether that changed anything.</returns>
    public bool Leave(PlaygroundChannel thread, ulong user)
    {
        lock (_lock)
        {
            var members = Joined(thread);
            return members.Contains(user) && Set(StateOf(thread.Id) with { Members = [.. members.Where(member => member != user)] });
        }
    }

    /// <summary>Whether and since when a channel is archived; null where it is not.</summary>
    public (bool IsLocked, DateTimeOffset At)? Archived(ulong channel)
    {
        lock (_lock)
        {
            return StateOf(channel) is { ArchivedAt: { } at } state ? (state.IsLocked, at) : null;
        }
    }

    /// <param name="isLocked">Whether only moderators may bring it back.</param>
    public void Archive(ulong channel, bool isLocked)
    {
        lock (_lock)
        {
            Set(StateOf(channel) with { ArchivedAt = time.GetUtcNow(), IsLocked = isLocked });
        }
    }

    public void Restore(ulong channel)
    {
        lock (_lock)
        {
            if (StateOf(channel) is { ArchivedAt: not null } state)
            {
                Set(state with { ArchivedAt = null, IsLocked = false });
            }
        }
    }

    /// <summary>Brings an archived channel back, as a new message does.</summary>
    /// <returns>False where it stays archived, because it is locked.</returns>
    public bool TryRestore(ulong channel)
    {
        lock (_lock)
        {
            if (StateOf(channel) is { ArchivedAt: not null, IsLocked: true })
            {
                return false;
            }

            Restore(channel);
            return true;
        }
    }

    private StoredThread StateOf(ulong channel) => _states.GetValueOrDefault(channel) ?? new(channel);

    private IReadOnlyList<ulong> Joined(PlaygroundChannel thread) =>
        StateOf(thread.Id).Members ?? (thread.Owner is { } owner ? [owner] : []);

    private bool Set(StoredThread state)
    {
        store.Save(state);
        _states[state.Id] = state;
        return true;
    }
}
