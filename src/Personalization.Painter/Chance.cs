namespace Personalization.Painter;

/// <summary>
/// Chance that is the same on every machine, run and thread: SplitMix64 (Steele, Lea and Flood 2014). A fork depends on
/// its name and the seed alone, never on what was drawn before, so that one more tree moves no cloud.
/// </summary>
internal sealed class Chance
{
    private readonly ulong _seed;
    private ulong _state;

    public Chance(ulong seed)
    {
        _seed = seed;
        _state = seed;
    }

    public Chance Fork(string name) => new(Mix(_seed ^ Hash(name)));

    public Chance Fork(int index) => new(Mix(_seed + (0xD1B54A32D192ED03UL * ((ulong)index + 1))));

    /// <summary>FNV-1a, 64 bits, over UTF-16 units: unlike <see cref="string.GetHashCode()"/> it is the same in every process.</summary>
    public static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 0x100000001B3UL;
        }

        return hash;
    }

    /// <summary>Uniform in 0 to 1, 1 excluded.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    public float Between(float low, float high) => low + ((high - low) * Unit());

    public int Below(int count) => (int)(Next() % (ulong)count);

    public bool Happens(float probability) => Unit() < probability;

    public float Sign() => (Next() & 1) == 0 ? -1 : 1;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>About normal with mean 0 and deviation 1: the sum of four uniforms, so never beyond 3.5.</summary>
    public float Bell() => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508f;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);
}
