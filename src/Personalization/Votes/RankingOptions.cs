using System.ComponentModel.DataAnnotations;

namespace Personalization.Votes;

/// <summary>The configuration section <c>Ranking</c>.</summary>
public sealed class RankingOptions
{
    /// <summary>How many votes and likes together unlock <c>--p</c>; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int UnlockAt { get; set; } = 200;

    /// <summary>Whether the ranking pictures are painted in the background of the first start; otherwise each is painted when it is first shown.</summary>
    public bool PaintAhead { get; set; } = true;

    /// <summary>How many of the newest public pictures that people made are ranked beside the ranking pictures; 0 (none) to 10,000.</summary>
    [Range(0, 10_000, ErrorMessage = "0 ranks only the ranking pictures.")]
    public int MadePictures { get; set; } = 2000;

    /// <summary>q: the part of the variance between people by which a taste may change in a week; 0 (constant tastes) to 1.</summary>
    [Range(0.0, 1.0, ErrorMessage = "0, the default, is for constant tastes.")]
    public double DriftPerWeek { get; set; }

    /// <summary>Minutes between two checks whether there are enough new votes to refit the community model; 1 to 10,080.</summary>
    [Range(1, 10_080, ErrorMessage = "10,080 minutes are a week.")]
    public int FitEveryMinutes { get; set; } = 10;
}
