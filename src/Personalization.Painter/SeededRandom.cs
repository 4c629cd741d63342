namespace Personalization.Painter;

/// <summary>
/// Random numbers of one part of a picture, the same on every machine, run and thread. A fork depends on its name and the
/// seed alone, not on the numbers drawn before it, so that one more tree does not move any cloud.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private readonly StableRandom _numbers = new(seed);

    public SeededRandom Fork(string name) => new(StableRandom.Mix(seed ^ Hash(name)));

    public SeededRandom Fork(int index) => new(StableRandom.Mix(seed + (0xD1B54A32D192ED03UL * ((ulong)index + 1))));

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
    public float Unit() => (_numbers.Next() >> 40) * (1f / (1 << 24));

    public float Between(float low, float high) => low + ((high - low) * Unit());

    public int Below(int count) => (int)(_numbers.Next() % (ulong)count);

    public bool Happens(float probability) => Unit() < probability;

    public float Sign() => (_numbers.Next() & 1) == 0 ? -1 : 1;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>About normal with mean 0 and standard deviation 1: the sum of four uniforms, at most 3.5 either way.</summary>
    public float Bell() => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508f;
}
