namespace Personalization;

/// <summary>A <see cref="Random"/> that threads may share.</summary>
internal sealed class LockedRandom : Random
{
    private readonly Random _inner = new();
    private readonly Lock _lock = new();

    public override int Next()
    {
        lock (_lock)
        {
            return _inner.Next();
        }
    }

    public override int Next(int maxValue)
    {
        lock (_lock)
        {
            return _inner.Next(maxValue);
        }
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_lock)
        {
            return _inner.Next(minValue, maxValue);
        }
    }

    public override long NextInt64()
    {
        lock (_lock)
        {
            return _inner.NextInt64();
        }
    }

    public override long NextInt64(long maxValue)
    {
        lock (_lock)
        {
            return _inner.NextInt64(maxValue);
        }
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        lock (_lock)
        {
            return _inner.NextInt64(minValue, maxValue);
        }
    }

    public override float NextSingle()
    {
        lock (_lock)
        {
            return _inner.NextSingle();
        }
    }

    public override double NextDouble()
    {
        lock (_lock)
        {
            return _inner.NextDouble();
        }
    }

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_lock)
        {
            _inner.NextBytes(buffer);
        }
    }

    protected override double Sample() => NextDouble();
}
