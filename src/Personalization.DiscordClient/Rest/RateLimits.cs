using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using Personalization.Discord.Rest;

namespace Personalization.DiscordClient.Rest;

/// <summary>
/// Discord's rate limits as its response headers report them: a bucket for each route and major parameter, and one global limit. No
/// limit but the global one, 50 requests a second, is known in advance.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    /// <summary>
    /// The longest that an answer may close a bucket for: after it, one request asks again. Discord's own limits are reset within a
    /// minute; more is a mistake of something in between, or a ban, which one request a minute does not prolong.
    /// </summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private const int GlobalPerSecond = 50;

    // Each interaction has buckets of its own; those unused for this long have been reset since.
    private const int SweepAbove = 1000;
    private static readonly TimeSpan KeepUnused = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Bucket> _byRoute = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Bucket> _byHash = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _lastSecond = new();
    private readonly Lock _globalLock = new();
    private DateTimeOffset _closedUntil;
    private DateTimeOffset _nextSweep;

    /// <summary>A wait of so many seconds, at most <see cref="MaxWait"/>.</summary>
    public static TimeSpan Wait(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, MaxWait.TotalSeconds));

    /// <summary>Waits until Discord would take a request on the route; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="DiscordException">That would take longer than the route's patience.</exception>
    public async Task<Bucket> EnterAsync(Route route, CancellationToken cancellationToken)
    {
        var bucket = await EnterBucketAsync(route, cancellationToken);
        try
        {
            while (!route.IsInteraction && GlobalWait() is { Ticks: > 0 } wait)
            {
                await Task.Delay(route.Endures(wait), time, cancellationToken);
            }

            return bucket;
        }
        catch (Exception exception) when (exception is OperationCanceledException or DiscordException)
        {
            bucket.Leave();
            throw;
        }
    }

    /// <summary>Ends the request that <see cref="EnterAsync"/> let through, and learns from its answer.</summary>
    /// <param name="headers">Null where there was no answer.</param>
    /// <param name="refusal">What a 429 said; null for any other answer.</param>
    public void Leave(Route route, Bucket bucket, HttpResponseHeaders? headers, Refusal? refusal)
    {
        var known = headers is null ? bucket : Bind(route, bucket, headers);
        bucket.Leave();
        if (refusal is { IsGlobal: true })
        {
            CloseAll(refusal.RetryAfter);
        }
        else if (refusal is not null)
        {
            // The other headers of a 429 may describe another limit than the one that was exceeded.
            known.Close(refusal.RetryAfter);
        }
        else if (Number(headers, "X-RateLimit-Limit") is { } limit
            && Number(headers, "X-RateLimit-Remaining") is { } remaining
            && Number(headers, "X-RateLimit-Reset-After") is { } seconds)
        {
            known.Learn((int)limit, (int)remaining, Wait(seconds));
        }

        SweepIfDue();
    }

    private static double? Number(HttpResponseHeaders? headers, string name) =>
        headers is not null
        && headers.TryGetValues(name, out var values)
        && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<Bucket> EnterBucketAsync(Route route, CancellationToken cancellationToken)
    {
        while (true)
        {
            var bucket = _byRoute.GetOrAdd(route.Key, _ => new Bucket(time));
            await bucket.EnterAsync(route, cancellationToken);
            if (_byRoute.GetOrAdd(route.Key, bucket) == bucket)
            {
                return bucket;
            }

            // While this one waited, an answer told that the route belongs to another bucket.
            bucket.Leave();
        }
    }

    // Routes with one hash share a bucket where their major parameter is the same.
    private Bucket Bind(Route route, Bucket bucket, HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("X-RateLimit-Bucket", out var hashes))
        {
            return bucket;
        }

        var shared = _byHash.GetOrAdd($"{hashes.First()} {route.Major}", bucket);
        _byRoute[route.Key] = shared;
        return shared;
    }

    private void CloseAll(TimeSpan retryAfter)
    {
        lock (_globalLock)
        {
            _closedUntil = time.GetUtcNow() + retryAfter;
        }
    }

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

    private void SweepIfDue()
    {
        var now = time.GetUtcNow();
        lock (_globalLock)
        {
            if (now < _nextSweep || _byRoute.Count <= SweepAbove)
            {
                return;
            }

            _nextSweep = now + KeepUnused;
        }

        foreach (var buckets in new[] { _byRoute, _byHash })
        {
            foreach (var (key, bucket) in buckets)
            {
                if (bucket.IsIdleSince(now - KeepUnused))
                {
                    buckets.TryRemove(key, out _);
                }
            }
        }
    }

    /// <summary>What a 429 says: how long to wait, and whether that holds for everything.</summary>
    internal sealed record Refusal(TimeSpan RetryAfter, bool IsGlobal);
}
