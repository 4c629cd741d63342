namespace Personalization.Lab;

/// <summary>A number measured on people.</summary>
/// <param name="StandardError">Over people, and over splits of the pictures where there were several; null for a single person.</param>
public sealed record Estimate(double Value, double? StandardError)
{
    /// <summary>The mean over people and its standard error.</summary>
    /// <param name="people">One value for each person, at least one.</param>
    public static Estimate FromPeople(IReadOnlyCollection<double> people)
    {
        var mean = people.Average();
        return new(mean, people.Count < 2 ? null : Math.Sqrt(people.Sum(value => (value - mean) * (value - mean)) / (people.Count - 1.0) / people.Count));
    }

    /// <summary>
    /// The mean over people of each person's mean over splits. To the variance over people is added that of the splits themselves,
    /// beyond what persons' deviations explain, times 1/N + test/training: splits share most of what is learnt from (Nadeau and
    /// Bengio 2003, "Inference for the generalization error").
    /// </summary>
    /// <param name="splits">For each of N splits, the values of the people judged in it.</param>
    /// <param name="testToTraining">How much is held out for each part that is learnt from.</param>
    public static Estimate FromSplits(IReadOnlyList<IReadOnlyList<(int Person, double Value)>> splits, double testToTraining)
    {
        var means = splits.SelectMany(split => split).GroupBy(one => one.Person, one => one.Value).ToDictionary(person => person.Key, person => person.Average());
        var estimate = FromPeople(means.Values);
        var judged = splits.Where(split => split.Count > 1).ToArray();
        if (estimate.StandardError is not { } overPeople || judged.Length < 2)
        {
            return estimate;
        }

        // Each split is compared with the same people's own means, so that who was judged in it does not count.
        Estimate[] shifts = [.. judged.Select(split => FromPeople([.. split.Select(one => one.Value - means[one.Person])]))];
        var mean = shifts.Average(shift => shift.Value);
        var between = shifts.Sum(shift => (shift.Value - mean) * (shift.Value - mean)) / (shifts.Length - 1.0);
        var byPeople = shifts.Average(shift => shift.StandardError!.Value * shift.StandardError.Value) * shifts.Length / (shifts.Length - 1.0);
        var ofSplits = Math.Max(0, between - byPeople);
        return estimate with { StandardError = Math.Sqrt((overPeople * overPeople) + (ofSplits * ((1.0 / shifts.Length) + testToTraining))) };
    }

    /// <summary>In percent with one decimal, such as <c>93.1 ± 0.4</c>.</summary>
    public string ToPercent() => FormattableString.Invariant($"{100 * Value:0.0} ± {100 * StandardError:0.0}");
}
