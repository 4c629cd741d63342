namespace Personalization.Painter;

/// <summary>Gradient noise on the integer lattice (Perlin 1985), and its sums over octaves.</summary>
internal sealed class Noise(SeededRandom random)
{
    private readonly uint _seed = (uint)random.Below(int.MaxValue);

    // Eight directions: along the axes and between them.
    private static ReadOnlySpan<float> Across => [1, -1, 0, 0, 1, 1, -1, -1];

    private static ReadOnlySpan<float> Down => [0, 0, 1, -1, 1, -1, 1, -1];

    private static ReadOnlySpan<float> Length => [1, 1, 1, 1, 0.70710678f, 0.70710678f, 0.70710678f, 0.70710678f];

    /// <summary>0 to 1, about 0.5 on average.</summary>
    public float At(float x, float y)
    {
        var column = MathF.Floor(x);
        var row = MathF.Floor(y);
        var u = Fade(x - column);
        var v = Fade(y - row);
        var i = (int)column;
        var j = (int)row;
        var (dx, dy) = (x - column, y - row);
        var (a, b) = (Slope(i, j, dx, dy), Slope(i + 1, j, dx - 1, dy));
        var (c, d) = (Slope(i, j + 1, dx, dy - 1), Slope(i + 1, j + 1, dx - 1, dy - 1));
        var (top, bottom) = (a + ((b - a) * u), c + ((d - c) * u));
        return Math.Clamp(0.5f + (0.72f * (top + ((bottom - top) * v))), 0, 1);
    }

    /// <summary>Octaves of halving size and strength, 0 to 1.</summary>
    public float Cloud(float x, float y, int octaves)
    {
        var (sum, weight, total) = (0f, 1f, 0f);
        for (var octave = 0; octave < octaves; octave++)
        {
            sum += At(x, y) * weight;
            total += weight;
            weight *= 0.5f;
            (x, y) = ((x * 2.03f) + 17.1f, (y * 2.03f) + 5.7f);
        }

        return sum / total;
    }

    /// <summary>Octaves folded at the middle, so that they have sharp crests; 0 to 1.</summary>
    public float Ridge(float x, float y, int octaves)
    {
        var (sum, weight, total) = (0f, 1f, 0f);
        for (var octave = 0; octave < octaves; octave++)
        {
            sum += (1 - MathF.Abs((2 * At(x, y)) - 1)) * weight;
            total += weight;
            weight *= 0.5f;
            (x, y) = ((x * 2.1f) + 11.3f, (y * 2.1f) + 3.9f);
        }

        return sum / total;
    }

    private static float Fade(float t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private float Slope(int x, int y, float dx, float dy)
    {
        var h = ((uint)x * 0x8DA6B343u) ^ ((uint)y * 0xD8163841u) ^ _seed;
        h = (h ^ (h >> 16)) * 0x7FEB352Du;
        h = (h ^ (h >> 15)) * 0x846CA68Bu;
        h ^= h >> 16;

        // By table: which direction comes next cannot be predicted, so branches would take most of the time.
        var direction = (int)(h & 7);
        return ((dx * Across[direction]) + (dy * Down[direction])) * Length[direction];
    }
}
