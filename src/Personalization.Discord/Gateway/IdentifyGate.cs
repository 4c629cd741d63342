namespace Personalization.Discord.Gateway;

/// <summary>Lets one shard of each concurrency bucket identify in five seconds, as Discord demands.</summary>
internal sealed class IdentifyGate(int maximumConcurrency, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset[] _next = new DateTimeOffset[maximumConcurrency];
    private readonly SemaphoreSlim _lock = new(1);

    public async Task WaitAsync(int shard, CancellationToken cancellationToken)
    {
        var bucket = shard % maximumConcurrency;
        TimeSpan wait;
        await _lock.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            wait = _next[bucket] > now ? _next[bucket] - now : TimeSpan.Zero;
            _next[bucket] = now + wait + Every;
        }
        finally
        {
            _lock.Release();
        }

        await Task.Delay(wait, time, cancellationToken);
    }

    public void Dispose() => _lock.Dispose();
}
