using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;

namespace Personalization.Discord.Rest;

/// <summary>
/// Discord's rate limits as its answers tell them: a bucket a route and major parameter, and one limit over all. No
/// limit is known beforehand but the global one, 50 requests a second.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    private const int GlobalPerSecond = 50;

    // Buckets of interactions come and go with them; those unused for this long have long been reset.
    private const int SweepAbove = 1000;
    private static readonly TimeSpan KeepUnused = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Bucket> _byRoute = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Bucket> _byHash = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _lastSecond = new();
    private readonly Lock _globalLock = new();
    private DateTimeOffset _closedUntil;

    /// <summary>Waits until Discord would take a request on the route.</summary>
    public async Task<Bucket> EnterAsync(Route route, CancellationToken cancellationToken)
    {
        var bucket = _byRoute.GetOrAdd(route.Key, _ => new Bucket(time));
        await bucket.EnterAsync(cancellationToken);
        while (!route.IsInteraction && GlobalWait() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        return bucket;
    }

    /// <summary>Learns from an answer and ends the request that <see cref="EnterAsync"/> let through.</summary>
    public void Leave(Route route, Bucket bucket, HttpResponseHeaders? headers)
    {
        bucket.Leave(
            (int?)Number(headers, "X-RateLimit-Limit"),
            (int?)Number(headers, "X-RateLimit-Remaining"),
            Number(headers, "X-RateLimit-Reset-After") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        if (headers is not null && headers.TryGetValues("X-RateLimit-Bucket", out var hashes))
        {
            // Routes with one hash share a bucket where their major parameter is the same.
            _byRoute[route.Key] = _byHash.GetOrAdd($"{hashes.First()} {route.Major}", bucket);
        }

        if (_byRoute.Count > SweepAbove)
        {
            Sweep();
        }
    }

    /// <summary>Holds everything back: Discord said that the global limit is reached.</summary>
    public void CloseAll(TimeSpan retryAfter)
    {
        lock (_globalLock)
        {
            _closedUntil = time.GetUtcNow() + retryAfter;
        }
    }

    private static double? Number(HttpResponseHeaders? headers, string name) =>
        headers is not null
        && headers.TryGetValues(name, out var values)
        && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private TimeSpan GlobalWait()
    {
        lock (_globalLock)
        {
            var now = time.GetUtcNow();
            if (now < _closedUntil)
            {
                return _closedUntil - now;
            }

            while (_lastSecond.TryPeek(out var first) && now - first >= TimeSpan.FromSeconds(1))
            {
                _lastSecond.Dequeue();
            }

            if (_lastSecond.Count >= GlobalPerSecond)
            {
                return _lastSecond.Peek() + TimeSpan.FromSeconds(1) - now;
            }

            _lastSecond.Enqueue(now);
            return TimeSpan.Zero;
        }
    }

    private void Sweep()
    {
        var oldest = time.GetUtcNow() - KeepUnused;
        foreach (var buckets in new[] { _byRoute, _byHash })
        {
            foreach (var (key, bucket) in buckets)
            {
                if (bucket.LastUsed < oldest)
                {
                    buckets.TryRemove(key, out _);
                }
            }
        }
    }
}
