namespace Personalization;

/// <summary>
/// Chance that can be repeated: equal seeds give equal numbers on every platform and in every later version, which
/// <see cref="Random"/> does not promise. SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
internal struct StableRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 to <paramref name="end"/> - 1; its bias is below end / 2^64.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>A draw from the standard normal distribution (Box and Muller 1958).</summary>
    public double NextNormal()
    {
        // In (0, 1], so that the logarithm is finite.
        var radius = Math.Sqrt(-2 * Math.Log(((Next() >> 11) + 1) * (1.0 / (1UL << 53))));
        return radius * Math.Cos(2 * Math.PI * (Next() >> 11) * (1.0 / (1UL << 53)));
    }
}
