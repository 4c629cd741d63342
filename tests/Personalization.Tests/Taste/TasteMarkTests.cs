using Personalization.Taste;
using Xunit;

namespace Personalization.Tests.Taste;

/// <summary>What a person is told of what their last choices taught.</summary>
public sealed class TasteMarkTests
{
    [Theory]
    [InlineData(0.6, 0.85, TasteChange.BecameSure)]
    [InlineData(-0.95, 0.85, TasteChange.BecameSure)]
    [InlineData(0.85, 0.95, TasteChange.BecameSurer)]
    [InlineData(-0.9, -0.96, TasteChange.BecameSurer)]
    [InlineData(0.85, 0.65, TasteChange.BecameUnsure)]
    [InlineData(0.85, -0.6, TasteChange.BecameUnsure)]
    public void Change_of_a_trait_is_told(double before, double now, TasteChange change)
    {
        var lesson = Lesson([before, 0.5, 0.5, 0.5, 0.5], [now, 0.5, 0.5, 0.5, 0.5]);

        Assert.Equal(change, lesson!.Change);
        Assert.Equal(Math.Sign(change == TasteChange.BecameUnsure ? before : now) > 0 ? "vivid" : "muted", lesson.Trait.Liked);
    }

    [Theory]
    [InlineData(0.5, 0.75)]
    [InlineData(0.85, 0.9)]
    [InlineData(0.85, 0.75)]
    [InlineData(0.6, -0.7)]
    [InlineData(0.97, 0.999)]
    public void Change_that_is_not_clear_is_not_told(double before, double now) =>
        Assert.Null(Lesson([before, 0.5, 0.5, 0.5, 0.5], [now, 0.5, 0.5, 0.5, 0.5]));

    [Fact]
    public void Change_is_not_told_before_the_tenth_vote()
    {
        Assert.Null(Lesson([0.5, 0.5, 0.5, 0.5, 0.5], [0.9, 0.5, 0.5, 0.5, 0.5], votes: 9));
        Assert.NotNull(Lesson([0.5, 0.5, 0.5, 0.5, 0.5], [0.9, 0.5, 0.5, 0.5, 0.5], votes: 10));
    }

    [Fact]
    public void Most_certain_new_trait_is_told_before_all_other_changes() =>
        Assert.Equal("bright", Lesson([0.81, 0.6, 0.6, 0.85, 0.5], [0.99, 0.9, 0.85, 0.5, 0.5])!.Trait.Liked);

    [Fact]
    public void Change_that_another_went_before_is_told_next()
    {
        var (mark, now) = (Mark(0, [0.5, 0.5, 0.5, 0.5, 0.5]), Mark(10, [0.9, 0.5, 0.95, 0.5, 0.5]));

        var first = mark.LessonOf(now);
        var second = mark.Told(first!, now).LessonOf(now with { Votes = 20 });

        Assert.Equal(("detailed", "vivid"), (first!.Trait.Liked, second!.Trait.Liked));
        Assert.Null(mark.Told(first, now).Told(second, now with { Votes = 20 }).LessonOf(now with { Votes = 30 }));
    }

    [Fact]
    public void Trait_that_is_doubted_has_the_confidence_that_is_left_in_it() =>
        Assert.Equal(0.4, Lesson([0.85, 0.5, 0.5, 0.5, 0.5], [-0.6, 0.5, 0.5, 0.5, 0.5])!.Trait.Confidence, precision: 9);

    private static TasteLesson? Lesson(double[] before, double[] now, int votes = 10) => Mark(5, before).LessonOf(Mark(5 + votes, now));

    /// <param name="confidences">One for each axis; negative for its low end.</param>
    private static TasteMark Mark(int votes, double[] confidences) =>
        new(votes, [.. StyleWorld.Vocabulary.Axes.Zip(confidences, (axis, confidence) => new TasteTrait(axis, Math.Sign(confidence), Math.Abs(confidence)))]);
}
