using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>A person's taste in terms they can check and correct.</summary>
/// <param name="Progress">How close they are to unlocking <c>--p</c>.</param>
/// <param name="Traits">Every axis of style, strongest first.</param>
/// <param name="BeyondStyle">Sure traits on measures of pixels beyond style, strongest first; empty until pictures were measured.</param>
/// <param name="Influential">The choices that speak most for the strongest sure traits, grouped by trait, largest influence first.</param>
/// <param name="Accuracy">How often their choices were predicted correctly, on random pairs; null while there were too few.</param>
/// <param name="ExpectedAccuracy">The share, 0.5 to 1, of choices between random pairs that the known taste is expected to predict.</param>
/// <param name="AttainableAccuracy">The same if the taste were known exactly.</param>
/// <param name="Verdict">What the choices say as a whole.</param>
public sealed record TasteSummary(
    UnlockProgress Progress,
    IReadOnlyList<TasteTrait> Traits,
    IReadOnlyList<TasteTrait> BeyondStyle,
    IReadOnlyList<InfluentialChoice> Influential,
    MeasuredAccuracy? Accuracy,
    double ExpectedAccuracy,
    double AttainableAccuracy,
    TasteVerdict Verdict)
{
    /// <summary>When they last voted or liked; null where they have not.</summary>
    public DateTimeOffset? LastChoiceAt { get; init; }

    /// <summary>What their choices follow since some point, and about how many these are. Those before a change of taste, and random ones, count little. Null for one taste in all.</summary>
    public (ChangeKind Kind, int Choices)? Change { get; init; }

    /// <summary>The increase in accuracy, 0 to 0.5, that all further votes together could bring.</summary>
    public double AccuracyGain => Math.Max(0, AttainableAccuracy - ExpectedAccuracy);
}
