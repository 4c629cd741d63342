using System.ComponentModel.DataAnnotations;

namespace Personalization.Votes;

/// <summary>The configuration section <c>Ranking</c>.</summary>
public sealed class RankingOptions
{
    /// <summary>Votes and likes together that unlock <c>--p</c>.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Ranking:UnlockAt takes a whole number from {1} to {2}.")]
    public int UnlockAt { get; set; } = 200;

    /// <summary>Whether ranking pictures are painted in the background after the first start; otherwise each is painted when first shown.</summary>
    public bool PaintAhead { get; set; } = true;

    /// <summary>The number of newest pictures by people, private ones excluded, that are ranked beside the ranking pictures; 0 for none.</summary>
    [Range(0, 10_000, ErrorMessage = "Ranking:MadePictures takes a whole number from {1} to {2}; 0 ranks only the ranking pictures.")]
    public int MadePictures { get; set; } = 2000;

    /// <summary>q: the variance a taste gains in a week, as a share of the variance between people; 0 for tastes that do not change.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Ranking:DriftPerWeek takes a number from {1} to {2}; 0, the default, is for tastes that stay.")]
    public double DriftPerWeek { get; set; }

    /// <summary>Minutes between two checks whether there are enough new votes for another fit of the community.</summary>
    [Range(1, 10_080, ErrorMessage = "Ranking:FitEveryMinutes takes a whole number from {1} to {2}, a week.")]
    public int FitEveryMinutes { get; set; } = 10;
}
