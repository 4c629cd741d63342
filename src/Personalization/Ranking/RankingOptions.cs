using System.ComponentModel.DataAnnotations;

namespace Personalization.Ranking;

/// <summary>The configuration section <c>Ranking</c>.</summary>
public sealed class RankingOptions
{
    /// <summary>How many votes and likes together open <c>--p</c>.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Ranking:UnlockAt takes a whole number from {1} to {2}.")]
    public int UnlockAt { get; set; } = 200;

    /// <summary>Whether the ranking pictures are painted in the background of the first start, or each when it is first shown.</summary>
    public bool PaintAhead { get; set; } = true;
}
