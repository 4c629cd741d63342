using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>The exclusive right to one profile's taste until disposed. It stays in the community that its state was learnt in.</summary>
internal sealed class TasteLease(TasteCache cache, TasteLearner learner, SemaphoreSlim gate, ProfileId profile, TasteState state) : IDisposable
{
    public TasteState State { get; private set; } = state;

    /// <summary>The state once the pair's answer is stored; <see cref="Keep"/> it then.</summary>
    public Task<TasteState> AfterAsync(Pair answered, CancellationToken cancellationToken) => learner.AddAsync(State, answered, cancellationToken);

    /// <summary>Replaces the state, here and in the cache.</summary>
    public void Keep(TasteState changed)
    {
        State = changed;
        cache.Keep(profile, changed);
    }

    /// <summary>Learns the state from the store again.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        cache.Drop(profile);
        Keep((await learner.LearnAsync(profile, cancellationToken)).State);
    }

    public void Dispose() => gate.Release();
}
