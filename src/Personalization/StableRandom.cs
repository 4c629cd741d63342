namespace Personalization;

/// <summary>
/// Random numbers for what is stored or compared: equal seeds give equal numbers on every platform and in every later
/// version of .NET, which <see cref="Random"/> does not promise. SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
/// pseudorandom number generators"). Not safe for use by several threads.
/// </summary>
public sealed class StableRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>SplitMix64's mixing function: a bijection of 64 bits in which every input bit affects every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Uniform over all 64-bit numbers.</summary>
    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform over 0 to <paramref name="end"/> - 1; the bias is below end / 2^64.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>Uniform in 0 to 1, 1 excluded, in steps of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A draw from the standard normal distribution.</summary>
    public double NextNormal() => NormalDistribution.FromUniform(((Next() >> 11) + 1) * (1.0 / (1UL << 53)), NextDouble());
}
