using Personalization.Testing;

namespace Personalization.Painter.Tests;

/// <summary>What the program ships with fits together.</summary>
public sealed class SeedTests
{
    [Fact]
    public void Vocabulary_has_twelve_axes_and_new_ones_come_last() =>
        Assert.Equal(
            ["vividness", "warmth", "brightness", "contrast", "drama", "detail", "softness", "dynamism", "ornament", "texture", "palette", "linework"],
            PainterFixture.Vocabulary.Axes.Select(axis => axis.Id));

    [Fact]
    public void Vocabulary_has_five_descriptors_for_each_end_of_an_axis()
    {
        foreach (var (at, axis) in PainterFixture.Vocabulary.Axes.Index())
        {
            var own = PainterFixture.Vocabulary.Descriptors.Where(descriptor => descriptor.Axis == axis.Id).ToList();
            Assert.True(own.Count(descriptor => descriptor.Direction[at] >= 0.6f) >= 5, axis.Id);
            Assert.True(own.Count(descriptor => descriptor.Direction[at] <= -0.6f) >= 5, axis.Id);
        }

        Assert.True(PainterFixture.Vocabulary.Descriptors.Count >= 150);
    }

    [Fact]
    public void Descriptor_moves_its_own_axis_most_and_is_listed_once()
    {
        Assert.All(PainterFixture.Vocabulary.Descriptors, descriptor =>
        {
            var own = Math.Abs(descriptor.Direction[PainterFixture.Axis(descriptor.Axis)]);
            Assert.Equal(own, descriptor.Direction.Coordinates.ToArray().Max(Math.Abs));
            Assert.True(descriptor.Direction.Coordinates.ToArray().Count(coordinate => Math.Abs(coordinate) == own) == 1, descriptor.Phrase);
        });
        Assert.Equal(PainterFixture.Vocabulary.Descriptors.Count, PainterFixture.Vocabulary.Descriptors.Select(descriptor => descriptor.Phrase).Distinct().Count());
    }

    [Fact]
    public void Descriptors_name_no_subject() =>
        Assert.All(PainterFixture.Vocabulary.Descriptors, descriptor => Assert.Empty(SceneReader.Read(descriptor.Phrase, []).Figures.Concat(SceneReader.Read(descriptor.Phrase, []).Places)));

    [Fact]
    public void Words_and_clashes_are_lower_case()
    {
        Assert.All(PainterFixture.Vocabulary.Axes.SelectMany(axis => axis.Words), word => Assert.Equal(word.ToLowerInvariant(), word));
        Assert.All(PainterFixture.Vocabulary.Descriptors.SelectMany(descriptor => descriptor.Clashes), word => Assert.Equal(word.ToLowerInvariant(), word));
    }

    [Fact]
    public void Ranking_prompts_are_enough_for_two_hundred_pairs_and_the_Painter_knows_nearly_all_subjects()
    {
        Assert.True(PainterFixture.Prompts.Count >= 120);

        // A few are about no thing, so that the abstract is ranked too.
        Assert.InRange(PainterFixture.Prompts.Count(prompt => SceneReader.Read(prompt, []).Kind == SceneKind.Abstract), 3, 16);
        Assert.True(PainterFixture.Prompts.Select(prompt => SceneReader.Read(prompt, []).Kind).Distinct().Count() >= 5);
    }
}
