namespace Personalization.Lab.Simulation;

/// <summary>A mean over people and its standard error.</summary>
public readonly record struct Estimate(double Mean, double StandardError)
{
    /// <param name="values">One value a person, at least two.</param>
    public static Estimate Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return new(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count * (values.Count - 1.0))));
    }

    public override string ToString() => FormattableString.Invariant($"{100 * Mean:0.0} ± {100 * StandardError:0.0}");
}
