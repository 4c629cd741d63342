namespace Personalization.Painter;

/// <summary>
/// The last correction of a picture's light, as a print is exposed: what the style and the prompt together made nearly black,
/// nearly white or nearly even is brought back far enough for its subject to be seen. It keeps all orders: what was darker stays
/// darker, in a picture and between pictures.
/// </summary>
internal sealed class Exposure
{
    // Mean luma (0 to 1) of the darkest and lightest pictures, and the standard deviation of the flattest, that are left alone.
    private const float Darkest = 0.27f;
    private const float Lightest = 0.8f;
    private const float Flattest = 0.1f;

    // What lies beyond keeps this share of its distance, so that an extreme stays beyond a milder one.
    private const float Beyond = 0.25f;

    // More would show the steps of the tones.
    private const float MaxStretch = 2.6f;

    private readonly float[] _table = new float[1024];

    private Exposure(float gamma, float mean, float stretch)
    {
        for (var i = 0; i < _table.Length; i++)
        {
            var exposed = MathF.Pow(i / 1023f, gamma);
            _table[i] = Math.Clamp(mean + (stretch * (exposed - mean)), 0, 1);
        }
    }

    /// <summary>The corrected light.</summary>
    /// <param name="light">Luma, 0 to 1.</param>
    public float this[float light] => _table[(int)((light * 1023) + 0.5f)];

    /// <param name="light">Luma of places spread over the picture, 0 to 1.</param>
    /// <returns>Null where nothing is to be corrected.</returns>
    public static Exposure? From(ReadOnlySpan<float> light)
    {
        var (mean, _) = Moments(light, 1);
        var wanted = mean < Darkest ? Eased(mean, Darkest) : mean > Lightest ? Eased(mean, Lightest) : mean;

        // The power that takes the mean where it is wanted; of an even picture exactly, of others nearly.
        var gamma = MathF.Log(wanted) / MathF.Log(Math.Clamp(mean, 0.004f, 0.996f));
        var (exposed, deviation) = Moments(light, gamma);
        var stretch = deviation < Flattest ? MathF.Min(MaxStretch, Eased(deviation, Flattest) / MathF.Max(0.001f, deviation)) : 1;
        return wanted == mean && stretch == 1 ? null : new(gamma, exposed, stretch);
    }

    private static float Eased(float value, float limit) => limit + (Beyond * (value - limit));

    private static (float Mean, float Deviation) Moments(ReadOnlySpan<float> light, float gamma)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var each in light)
        {
            var value = gamma == 1 ? each : MathF.Pow(each, gamma);
            sum += value;
            squares += value * value;
        }

        var mean = sum / light.Length;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / light.Length) - (mean * mean))));
    }
}
