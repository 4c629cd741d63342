using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>A person's taste in terms they can see and correct.</summary>
/// <param name="Progress">How far they are.</param>
/// <param name="Traits">Every axis of style, strongest first.</param>
/// <param name="BeyondStyle">What pixels tell beyond style and is sure, strongest first; empty until pictures were measured.</param>
/// <param name="Telling">For the strongest sure traits, the votes that say so most, most telling first.</param>
/// <param name="Accuracy">How often they were foretold, on pairs that chance alone chose; null while there were too few.</param>
/// <param name="Expected">The share, 0.5 to 1, of choices between random pairs that are expected to be foretold now.</param>
/// <param name="Possible">The same, were the taste fully known.</param>
/// <param name="Verdict">What the choices say in all.</param>
public sealed record TasteSummary(
    UnlockProgress Progress,
    IReadOnlyList<TasteTrait> Traits,
    IReadOnlyList<TasteTrait> BeyondStyle,
    IReadOnlyList<TellingVote> Telling,
    MeasuredAccuracy? Accuracy,
    double Expected,
    double Possible,
    TasteVerdict Verdict)
{
    /// <summary>What all further votes together could gain, in shares of choices foretold.</summary>
    public double Gain => Math.Max(0, Possible - Expected);
}
