using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>What a person was last told of their style, with which later knowledge is compared.</summary>
/// <param name="Votes">Pairs answered Left or Right by then.</param>
/// <param name="Traits">A trait for each axis of style, in the axes' order, as it was known when it was told, or at first.</param>
internal sealed record TasteMark(int Votes, IReadOnlyList<TasteTrait> Traits)
{
    /// <summary>Votes after which a person is told again, at the earliest.</summary>
    public const int MinVotes = 10;

    // Below TasteTrait.MinConfidence, so that a trait that wavers around it is not taken back and taught in turns.
    private const double ClearlyUnsure = 0.7;

    // From here on more certainty is no news.
    private const double NearlyCertain = 0.97;

    public static TasteMark Of(FeatureSpace space, TastePosterior taste, int votes) =>
        new(votes, TasteTrait.AllOf(space, taste));

    /// <summary>The most important change since, in the order of <see cref="TasteChange"/>; null when it is too early, or when nothing changed clearly.</summary>
    public TasteLesson? LessonOf(TasteMark now)
    {
        if (now.Votes - Votes < MinVotes)
        {
            return null;
        }

        return Traits.Zip(now.Traits, Compare)
            .OfType<TasteLesson>()
            .OrderBy(lesson => lesson.Change)
            .ThenByDescending(lesson => lesson.Trait.Confidence)
            .FirstOrDefault();
    }

    /// <summary>The mark once the person was told. Changes of other traits remain to be told.</summary>
    public TasteMark Told(TasteLesson lesson, TasteMark now) =>
        new(now.Votes, [.. Traits.Zip(now.Traits, (before, known) => known.Axis == lesson.Trait.Axis ? known : before)]);

    private static TasteLesson? Compare(TasteTrait before, TasteTrait now)
    {
        var isSameSide = before.Liked == now.Liked;
        if (now.IsSure && !(before.IsSure && isSameSide))
        {
            return new(now, TasteChange.BecameSure);
        }

        var confidence = isSameSide ? now.Confidence : 1 - now.Confidence;
        return !before.IsSure ? null
            : confidence < ClearlyUnsure ? new(before with { Confidence = confidence }, TasteChange.BecameUnsure)
            : before.Confidence < NearlyCertain && 1 - confidence <= (1 - before.Confidence) / 2 ? new(now, TasteChange.BecameSurer)
            : null;
    }
}
