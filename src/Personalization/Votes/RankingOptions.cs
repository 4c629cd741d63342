using System.ComponentModel.DataAnnotations;

namespace Personalization.Votes;

/// <summary>The configuration section <c>Ranking</c>.</summary>
public sealed class RankingOptions : IValidatableObject
{
    private static readonly int[] DefaultPreviews = [20, 50, 100];

    /// <summary>How many votes and likes together unlock <c>--p</c>; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int UnlockAt { get; set; } = 200;

    /// <summary>
    /// How many votes and likes together give a person a preview of their taste, each from 1 to below <see cref="UnlockAt"/>; null
    /// for the default, empty for none. The default is not the value here, because the configuration binder adds to a list that
    /// is there.
    /// </summary>
    public int[]? PreviewAt { get; set; }

    /// <summary>Whether the ranking pictures are painted in the background of the first start; otherwise each is painted when it is first shown.</summary>
    public bool PaintAhead { get; set; } = true;

    /// <summary>How many of the newest public pictures that people made are ranked beside the ranking pictures; 0 (none) to 10,000.</summary>
    [Range(0, 10_000, ErrorMessage = "0 ranks only the ranking pictures.")]
    public int MadePictures { get; set; } = 2000;

    /// <summary>Minutes between two checks whether there are enough new votes to refit the community model; 1 to 10,080.</summary>
    [Range(1, 10_080, ErrorMessage = "10,080 minutes are a week.")]
    public int FitEveryMinutes { get; set; } = 10;

    /// <summary>The numbers of <see cref="PreviewAt"/>, or of the default those that come before <c>--p</c> unlocks; in no order.</summary>
    public IEnumerable<int> PreviewPoints() => PreviewAt ?? DefaultPreviews.Where(point => point < UnlockAt);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => (PreviewAt ?? [])
        .Where(point => point < 1 || point >= UnlockAt)
        .Select(point => new ValidationResult(
            UnlockAt > 1
                ? $"{point} is not possible; each must be a whole number from 1 to {UnlockAt - 1}, before Ranking:UnlockAt ({UnlockAt}) opens --p."
                : $"{point} is not possible; there is no number before Ranking:UnlockAt (1) opens --p, so it must be empty.",
            [nameof(PreviewAt)]));
}
