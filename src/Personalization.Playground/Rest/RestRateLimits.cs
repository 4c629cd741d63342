using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Personalization.Playground.Rest;

/// <summary>
/// Discord's rate limits. It does not publish the numbers of its buckets; those here are of the size that bots see. The
/// global limit is documented: 50 requests a second, interaction endpoints exempt.
/// </summary>
internal sealed class RestRateLimits(TimeProvider time)
{
    private const int PerBucket = 5;
    private const int Global = 50;
    private static readonly TimeSpan BucketWindow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GlobalWindow = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Reset, int Used)> _buckets = new(StringComparer.Ordinal);
    private (DateTimeOffset Reset, int Used) _global;

    /// <summary>Counts a request and writes the headers.</summary>
    /// <param name="route">The method and path template: what a bucket is named after.</param>
    /// <param name="major">The channel, server or webhook: what has a bucket of its own.</param>
    /// <returns>How long to wait, and whether that is for the global limit; null when the request may pass.</returns>
    public (TimeSpan Wait, bool IsGlobal)? Count(HttpResponse response, string route, string major, bool isInteraction)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!isInteraction)
            {
                _global = now >= _global.Reset ? (now + GlobalWindow, 1) : (_global.Reset, _global.Used + 1);
                if (_global.Used > Global)
                {
                    return (_global.Reset - now, true);
                }
            }

            var key = $"{route} {major}";
            var (reset, used) = _buckets.GetValueOrDefault(key);
            var bucket = now >= reset ? (Reset: now + BucketWindow, Used: 1) : (Reset: reset, Used: used + 1);
            _buckets[key] = bucket;
            Sweep(now);
            WriteHeaders(response, route, bucket, now);
            return bucket.Used > PerBucket ? (bucket.Reset - now, false) : null;
        }
    }

    private static void WriteHeaders(HttpResponse response, string route, (DateTimeOffset Reset, int Used) bucket, DateTimeOffset now)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(route)))[..16];
        response.Headers["X-RateLimit-Limit"] = $"{PerBucket}";
        response.Headers["X-RateLimit-Remaining"] = $"{Math.Max(0, PerBucket - bucket.Used)}";
        response.Headers["X-RateLimit-Reset"] = (bucket.Reset.ToUnixTimeMilliseconds() / 1000d).ToString("F3", CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset-After"] = (bucket.Reset - now).TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Bucket"] = hash;
    }

    private void Sweep(DateTimeOffset now)
    {
        if (_buckets.Count < 2000)
        {
            return;
        }

        foreach (var key in _buckets.Where(bucket => bucket.Value.Reset < now).Select(bucket => bucket.Key).ToList())
        {
            _buckets.Remove(key);
        }
    }
}
