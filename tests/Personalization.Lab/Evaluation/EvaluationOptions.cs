namespace Personalization.Lab.Evaluation;

/// <summary>What <see cref="TasteEvaluation"/> evaluates, and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The default numbers of votes after which people are judged.</summary>
    public static IReadOnlyList<int> UsualAt { get; } = [10, 20, 50, 100, 200];

    /// <summary>A CSV file with the columns person, left, right, choice and, optionally, time; each person's rows in the order they voted. Null where <see cref="Ratings"/> is given.</summary>
    public string? Votes { get; init; }

    /// <summary>A CSV file with the columns person, picture and rating, from which votes are drawn; null where <see cref="Votes"/> is given.</summary>
    public string? Ratings { get; init; }

    /// <summary>A CSV file with the column picture and one for each feature; null where <see cref="Images"/> is given.</summary>
    public string? Pictures { get; init; }

    /// <summary>A folder of pictures to compute features of; null where <see cref="Pictures"/> is given.</summary>
    public string? Images { get; init; }

    /// <summary>What is extracted from every picture in a folder. Only for <see cref="Images"/>.</summary>
    public Func<string, ExtractedPictures>? FeaturesOf { get; init; }

    /// <summary>After how many votes of a person to judge; 0 for the community's prior alone.</summary>
    public IReadOnlyList<int> At { get; init; } = UsualAt;

    /// <summary>How many of each person's votes are held out, or of all pictures; null for the usual share.</summary>
    public HoldOut? Test { get; init; }

    /// <summary>Whether held-out votes are only between pictures without training votes. Always so with <see cref="Ratings"/>.</summary>
    public bool NewPictures { get; init; }

    /// <summary>In how many splits into training and test to judge, at least 1.</summary>
    public int Splits { get; init; } = 1;

    /// <summary>How many people a community is learnt from, each at least 0; empty for all of the other folds.</summary>
    public IReadOnlyList<int> Communities { get; init; } = [];

    /// <summary>Equal seeds hold out the same votes and give the same report.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the report is written as JSON; null for nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Whether the report may be written over a file that is there already; never over what is read.</summary>
    public bool Force { get; init; }

    /// <summary>Whether pictures are held out, and not single votes.</summary>
    internal bool HoldsPicturesOut => NewPictures || Ratings is not null;

    /// <summary>What is held out.</summary>
    internal HoldOut HeldOut => Test ?? (HoldsPicturesOut ? HoldOut.UsualOfPictures : HoldOut.Usual);
}
