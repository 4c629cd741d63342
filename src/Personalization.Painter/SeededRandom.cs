namespace Personalization.Painter;

/// <summary>
/// Random numbers of one part of a picture, the same on every machine, run and thread. A fork depends on its name and the
/// seed alone, not on the numbers drawn before it, so that one more tree does not move any cloud.
/// </summary>
internal sealed class SeededRandom
{
    // A variation's numbers differ from the original's by at most this, uniformly, and its choices in this share of cases:
    // the picture is recognized, and no two look the same.
    private const float MaxMove = 0.12f;
    private const float OtherChoices = 0.12f;

    private readonly ulong _seed;
    private readonly StableRandom _numbers;
    private readonly SeededRandom? _original;

    public SeededRandom(ulong seed)
        : this(seed, null)
    {
    }

    private SeededRandom(ulong seed, SeededRandom? original)
    {
        _seed = seed;
        _numbers = new(seed);
        _original = original;
    }

    /// <summary>Numbers near these: a variation of what they compose.</summary>
    public SeededRandom Near(ulong seed) => new(seed, this);

    public SeededRandom Fork(string name) => new(StableRandom.Mix(_seed ^ Hash(name)), _original?.Fork(name));

    public SeededRandom Fork(int index) => new(StableRandom.Mix(_seed + (0xD1B54A32D192ED03UL * ((ulong)index + 1))), _original?.Fork(index));

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

    /// <summary>Uniform in 0 to 1, 1 excluded. A variation's stays within the range, less often near its ends.</summary>
    public float Unit()
    {
        var own = Own();
        return _original is null ? own : Math.Clamp(_original.Unit() + (MaxMove * ((2 * own) - 1)), 0, MathF.BitDecrement(1));
    }

    public float Between(float low, float high) => low + ((high - low) * Unit());

    public int Below(int count) => _original is { } original && KeepsChoice(original.Below(count), out var kept) ? kept : (int)(_numbers.Next() % (ulong)count);

    public bool Happens(float probability) => Unit() < probability;

    public float Sign() => _original is { } original && KeepsChoice(original.Sign(), out var kept) ? kept : (_numbers.Next() & 1) == 0 ? -1 : 1;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>About normal with mean 0 and standard deviation 1: the sum of four uniforms, at most 3.5 either way.</summary>
    public float Bell() => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508f;

    private float Own() => (_numbers.Next() >> 40) * (1f / (1 << 24));

    private bool KeepsChoice<T>(T choice, out T kept)
    {
        kept = choice;
        return Own() >= OtherChoices;
    }
}
