using System.ComponentModel.DataAnnotations;

namespace Personalization.Votes;

/// <summary>The configuration section <c>Ranking</c>.</summary>
public sealed class RankingOptions
{
    /// <summary>How many votes and likes together open <c>--p</c>.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Ranking:UnlockAt takes a whole number from {1} to {2}.")]
    public int UnlockAt { get; set; } = 200;

    /// <summary>Whether the ranking pictures are painted in the background of the first start, or each when it is first shown.</summary>
    public bool PaintAhead { get; set; } = true;

    /// <summary>How many of the newest pictures that people made, and did not keep private, are ranked beside the ranking pictures; 0 for none.</summary>
    [Range(0, 10_000, ErrorMessage = "Ranking:MadePictures takes a whole number from {1} to {2}; 0 ranks only the ranking pictures.")]
    public int MadePictures { get; set; } = 2000;

    /// <summary>q: by how much of the differences between people a taste may change in a week; 0 for tastes that stay.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Ranking:DriftPerWeek takes a number from {1} to {2}; 0, the default, is for tastes that stay.")]
    public double DriftPerWeek { get; set; }

    /// <summary>Minutes between two looks at whether the community has voted enough for another fit.</summary>
    [Range(1, 10_080, ErrorMessage = "Ranking:FitEveryMinutes takes a whole number from {1} to {2}, a week.")]
    public int FitEveryMinutes { get; set; } = 10;
}
