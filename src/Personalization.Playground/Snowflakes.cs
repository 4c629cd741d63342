namespace Personalization.Playground;

/// <summary>Makes ids as Discord does: milliseconds since 2015 in the upper bits, a counter in the lower 22.</summary>
internal sealed class Snowflakes(TimeProvider time)
{
    private const long Epoch = 1420070400000;

    private readonly Lock _lock = new();
    private ulong _last;

    /// <summary>Has all ids from now on come after an earlier one.</summary>
    public void Follow(ulong earlier)
    {
        lock (_lock)
        {
            _last = Math.Max(_last, earlier);
        }
    }

    /// <summary>When an id was made.</summary>
    public static DateTimeOffset TimeOf(ulong id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + Epoch);

    public ulong Next()
    {
        lock (_lock)
        {
            var now = (ulong)(time.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << 22;
            _last = Math.Max(now, _last + 1);
            return _last;
        }
    }
}
