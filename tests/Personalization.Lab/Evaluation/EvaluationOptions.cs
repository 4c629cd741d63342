namespace Personalization.Lab.Evaluation;

/// <summary>What <see cref="TasteEvaluation"/> evaluates, and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The default numbers of votes after which people are judged.</summary>
    public static IReadOnlyList<int> UsualAt { get; } = [10, 20, 50, 100, 200];

    /// <summary>A CSV file with the columns person, left, right, choice and, optionally, time; each person's rows in the order they voted.</summary>
    public required string Votes { get; init; }

    /// <summary>A CSV file with the column picture and one for each feature; null where <see cref="Images"/> is given.</summary>
    public string? Pictures { get; init; }

    /// <summary>A folder of pictures to compute features of; null where <see cref="Pictures"/> is given.</summary>
    public string? Images { get; init; }

    /// <summary>Features of every picture in a folder, as many for each, under the name that votes call it by. Only for <see cref="Images"/>.</summary>
    public Func<string, IReadOnlyList<(string Picture, float[] Features)>>? FeaturesOf { get; init; }

    /// <summary>After how many votes of a person to judge, each at least 1.</summary>
    public IReadOnlyList<int> At { get; init; } = UsualAt;

    /// <summary>How many of each person's votes are held out.</summary>
    public HoldOut Test { get; init; } = HoldOut.Usual;

    /// <summary>Whether held-out votes are only between pictures without training votes.</summary>
    public bool NewPictures { get; init; }

    /// <summary>Equal seeds hold out the same votes and give the same report.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the report is written as JSON; null for nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Whether the report may be written over a file that is there already; never over what is read.</summary>
    public bool Force { get; init; }
}
