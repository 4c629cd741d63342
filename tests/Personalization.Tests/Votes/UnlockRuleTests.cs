using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Votes;

/// <summary>When <c>--p</c> is unlocked, and the points at which a preview is given on the way.</summary>
public sealed class UnlockRuleTests
{
    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 20)]
    [InlineData(99, 50)]
    [InlineData(199, 100)]
    [InlineData(200, 0)]
    public void Preview_point_is_the_last_one_that_votes_and_likes_reached(int count, int point)
    {
        var rule = Rule(new());

        Assert.Equal(point, rule.PreviewPoint(rule.Progress(count - 3, 3)));
    }

    [Fact]
    public void Preview_points_of_the_default_end_where_the_taste_is_unlocked_earlier() => Assert.Equal([20], new RankingOptions { UnlockAt = 50 }.PreviewPoints());

    [Fact]
    public void Preview_points_that_are_set_replace_the_default_in_any_order()
    {
        var rule = Rule(new() { PreviewAt = [30, 10] });

        Assert.Equal([10, 30], new[] { 25, 35 }.Select(count => rule.PreviewPoint(rule.Progress(count, 0))));
    }

    [Fact]
    public void Preview_points_can_be_none() => Assert.Equal(0, Rule(new() { PreviewAt = [] }).PreviewPoint(new(150, 0, 200)));

    [Theory]
    [InlineData(200, 0, "0 is not possible; each must be a whole number from 1 to 199, before Ranking:UnlockAt (200) opens --p.")]
    [InlineData(30, 30, "30 is not possible; each must be a whole number from 1 to 29, before Ranking:UnlockAt (30) opens --p.")]
    [InlineData(1, 1, "1 is not possible; there is no number before Ranking:UnlockAt (1) opens --p, so it must be empty.")]
    public void Preview_point_outside_the_way_to_the_unlock_is_refused(int unlockAt, int point, string message)
    {
        var options = new RankingOptions { UnlockAt = unlockAt, PreviewAt = [point] };

        Assert.Equal(message, Assert.Single(options.Validate(new ValidationContext(options))).ErrorMessage);
    }

    private static UnlockRule Rule(RankingOptions options) => new(new BallotsInMemory(), Options.Create(options));
}
