namespace Personalization.Lab;

/// <summary>A number measured on people.</summary>
/// <param name="StandardError">Over people; null for a single person.</param>
public sealed record Estimate(double Value, double? StandardError)
{
    /// <summary>The mean over people and its standard error.</summary>
    /// <param name="people">One value for each person, at least one.</param>
    public static Estimate FromPeople(IReadOnlyCollection<double> people)
    {
        var mean = people.Average();
        return new(mean, people.Count < 2 ? null : Math.Sqrt(people.Sum(value => (value - mean) * (value - mean)) / (people.Count - 1.0) / people.Count));
    }

    /// <summary>In percent with one decimal, such as <c>93.1 ± 0.4</c>.</summary>
    public string ToPercent() => FormattableString.Invariant($"{100 * Value:0.0} ± {100 * StandardError:0.0}");
}
