namespace Personalization.Backends.Painter;

/// <summary>Smooth value noise on the integer lattice, and its sums over octaves.</summary>
internal sealed class Noise(Chance chance)
{
    private readonly uint _seed = (uint)chance.Below(int.MaxValue);

    /// <summary>0 to 1, about 0.5 on average.</summary>
    public float At(float x, float y)
    {
        var column = MathF.Floor(x);
        var row = MathF.Floor(y);
        var u = Fade(x - column);
        var v = Fade(y - row);
        var i = (int)column;
        var j = (int)row;
        var top = Lattice(i, j) + ((Lattice(i + 1, j) - Lattice(i, j)) * u);
        var bottom = Lattice(i, j + 1) + ((Lattice(i + 1, j + 1) - Lattice(i, j + 1)) * u);
        return top + ((bottom - top) * v);
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

    private static float Fade(float t) => t * t * (3 - (2 * t));

    private float Lattice(int x, int y)
    {
        var h = ((uint)x * 0x8DA6B343u) ^ ((uint)y * 0xD8163841u) ^ _seed;
        h = (h ^ (h >> 16)) * 0x7FEB352Du;
        h = (h ^ (h >> 15)) * 0x846CA68Bu;
        return (h >> 8) * (1f / (1 << 24));
    }
}
