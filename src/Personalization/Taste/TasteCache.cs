using BitFaster.Caching.Lru;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>
/// Keeps recently used tastes in memory and hands each to one caller at a time. A taste is learnt from the store again
/// whenever its counts of votes and likes differ from the store's, or the community was fitted again.
/// </summary>
public sealed class TasteCache(IBallotStore ballots, TasteLearner learner, CurrentCommunity community) : IDisposable
{
    // States kept; one of 200 votes takes 40 to 70 kB.
    private const int Capacity = 10_000;

    // Striped locks: a lock for each profile would have to be tracked, and among this many two profiles in use rarely share one.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];

    private volatile Generation _recent = new(community.Now);

    public void Dispose()
    {
        foreach (var gate in _locks)
        {
            gate.Dispose();
        }
    }

    /// <summary>Waits until the profile's taste is free, and leases it. Dispose of the lease to let the next caller in.</summary>
    internal async Task<TasteLease> AcquireAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        var gate = _locks[StripeOf(profile)];
        await gate.WaitAsync(cancellationToken);
        try
        {
            // The counts differ after votes by another process, and after a failure between the store and the cache.
            var counts = await ballots.CountAsync(profile, cancellationToken);
            var state = Find(profile);
            if (state is null || (state.Votes, state.Likes) != counts)
            {
                state = (await learner.LearnAsync(profile, cancellationToken)).State;
                Keep(profile, state);
            }

            return new(this, learner, gate, profile, state);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>Keeps a state for the next lease, unless the community was fitted again since: then it is never used again.</summary>
    internal void Keep(ProfileId profile, TasteState state)
    {
        if (state.Community != community.Now)
        {
            Drop(profile);
            return;
        }

        if (_recent is var recent && recent.Community != state.Community)
        {
            // A state holds its community and the whole pool, so states of an earlier community must all go at once.
            _recent = recent = new(state.Community);
        }

        recent.States.AddOrUpdate(profile, state);
    }

    internal void Drop(ProfileId profile) => _recent.States.TryRemove(profile);

    private TasteState? Find(ProfileId profile) =>
        _recent is var recent && recent.Community == community.Now && recent.States.TryGet(profile, out var state) ? state : null;

    // Fibonacci hashing (Knuth 1998, "The Art of Computer Programming", 6.4): a profile has the number of a person, and the low bits of a Discord id count what one worker
    // made within a millisecond and are nearly constant, so mix all bits into the high ones and take those.
    private int StripeOf(ProfileId profile) => (int)Math.BigMul(unchecked(profile.Value * 0x9E3779B97F4A7C15), (ulong)_locks.Length, out _);

    /// <summary>The most recently used states of one community. Safe for concurrent use.</summary>
    private sealed class Generation(Community community)
    {
        public Community Community { get; } = community;

        public ConcurrentLru<ProfileId, TasteState> States { get; } = new(Capacity);
    }
}
