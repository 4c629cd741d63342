using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class TasteSummarizerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Someone_who_takes_the_more_vivid_is_told_so_with_the_votes_that_say_it()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 150);

        var summary = await SummaryAsync(world);

        Assert.Equal(("vividness", "vivid", "muted"), (summary.Traits[0].Axis.Id, summary.Traits[0].Liked, summary.Traits[0].Disliked));
        Assert.True(summary.Traits[0].Confidence > 0.95);
        Assert.Equal(TasteVerdict.OfTheirOwn, summary.Verdict);
        var telling = summary.Telling.Where(vote => vote.Trait.Axis.Id == "vividness").ToArray();
        Assert.Equal(2, telling.Length);
        Assert.All(telling, vote => Assert.True(vote.Chosen.Style![0] > vote.Other.Style![0]));
        Assert.All(telling, vote => Assert.Equal(vote.Chosen.Prompt, vote.Other.Prompt));
    }

    [Fact]
    public async Task Someone_whose_reasons_lie_elsewhere_still_has_a_taste_as_far_as_it_is_foretold()
    {
        // The more vivid three times in four, whatever the difference: often wrong where the model is sure.
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var whim = new Random(2);
        var ballot = await world.Box.OpenAsync(RankingWorld.Ann, Token);
        for (var i = 0; i < 200; i++)
        {
            var choice = RankingWorld.MoreVivid(ballot);
            var whimsical = whim.Next(4) > 0 ? choice : choice == Choice.Left ? Choice.Right : Choice.Left;
            ballot = Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(RankingWorld.Ann, ballot.Pair.Id, whimsical, Token)).Next;
        }

        Assert.Equal(TasteVerdict.OfTheirOwn, (await SummaryAsync(world)).Verdict);
    }

    [Fact]
    public async Task No_vote_is_told_twice()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 100);

        var telling = (await SummaryAsync(world)).Telling;

        Assert.Equal(telling.Count, telling.Select(vote => (vote.Chosen.Id, vote.Other.Id)).Distinct().Count());
    }

    [Fact]
    public async Task How_often_they_were_foretold_is_measured_on_pairs_that_chance_chose()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 200);

        var accuracy = (await SummaryAsync(world)).Accuracy!.Value;

        var random = (await world.Ballots.AnsweredAsync(ProfileId.FirstOf(RankingWorld.Ann), Token)).Where(pair => pair.IsRandom).TakeLast(60).ToArray();
        Assert.Equal(random.Length, accuracy.Of);
        Assert.Equal(random.Count(pair => pair.Expectation > 0.5 == (pair.Choice == Choice.Left)), accuracy.Right);
        Assert.True(accuracy.Share > 0.8, $"{accuracy}");
        Assert.InRange(accuracy.StandardError, 0.01, 0.08);
    }

    [Fact]
    public async Task Of_a_handful_of_pairs_no_share_is_told()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        int random;
        do
        {
            await world.VoteAsync(RankingWorld.Ann, 1);
            random = (await world.Ballots.AnsweredAsync(ProfileId.FirstOf(RankingWorld.Ann), Token)).Count(pair => pair.IsRandom);
            Assert.Equal(random >= 10, (await SummaryAsync(world)).Accuracy is not null);
        }
        while (random < 10);
    }

    [Fact]
    public async Task Someone_who_answers_by_a_coin_is_told_so()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var told = 0;
        for (var person = 1ul; person <= 20; person++)
        {
            var coin = new Random((int)person);
            var ballot = await world.Box.OpenAsync(new(person), Token);
            for (var i = 0; i < 120; i++)
            {
                var result = await world.Box.AnswerAsync(new(person), ballot.Pair.Id, coin.Next(2) == 0 ? Choice.Left : Choice.Right, Token);
                ballot = Assert.IsType<BallotResult.Counted>(result).Next;
            }

            told += (await SummaryAsync(world, new(person))).Verdict == TasteVerdict.LikeChance ? 1 : 0;
        }

        // A coin may run well now and then.
        Assert.True(told >= 17, $"{told} of 20");
    }

    [Fact]
    public async Task Hardly_anybody_with_a_taste_is_ever_told_that_their_choices_look_like_chance()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var (asked, told) = (0, 0);
        for (var person = 1ul; person <= 40; person++)
        {
            // Tastes as people's differ: weights of one standard deviation on each axis.
            var random = new Random((int)person);
            double[] weights = [.. Enumerable.Range(0, world.Community.Now.Space.StyleDimension).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            var ballot = await world.Box.OpenAsync(new(person), Token);
            for (var vote = 1; vote <= 100; vote++)
            {
                var difference = weights.Select((weight, axis) => weight * (ballot.Left.Style![axis] - ballot.Right.Style![axis])).Sum();
                var choice = random.NextDouble() < 1 / (1 + Math.Exp(-difference)) ? Choice.Left : Choice.Right;
                ballot = Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(new(person), ballot.Pair.Id, choice, Token)).Next;
                if (vote is 30 or 40 or 60 or 80 or 100)
                {
                    asked++;
                    told += (await SummaryAsync(world, new(person))).Verdict == TasteVerdict.LikeChance ? 1 : 0;
                }
            }
        }

        Assert.True(told <= asked / 20, $"{told} of {asked}");
    }

    [Fact]
    public async Task After_a_few_choices_it_is_too_early_to_say()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(RankingWorld.Ann, 10);

        Assert.Equal(TasteVerdict.TooEarly, (await SummaryAsync(world)).Verdict);
    }

    [Fact]
    public async Task Without_any_choice_there_is_a_summary_that_claims_nothing()
    {
        await using var world = await RankingWorld.CreateAsync();

        var summary = await SummaryAsync(world);

        Assert.Null(summary.Accuracy);
        Assert.Empty(summary.Telling);
        Assert.DoesNotContain(summary.Traits, trait => trait.IsSure);
        Assert.Equal(0.5, summary.Expected, 0.001);
        Assert.True(summary.Possible > 0.6, $"{summary.Possible}");
    }

    [Fact]
    public async Task More_votes_leave_less_to_gain()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 20);
        var early = (await SummaryAsync(world)).Gain;
        await world.VoteAsync(RankingWorld.Ann, 180);

        Assert.True((await SummaryAsync(world)).Gain < early / 2);
    }

    [Fact]
    public async Task Answers_are_read_once_so_that_nothing_comes_between_a_taste_and_its_votes()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 60);
        var readings = 0;
        world.Ballots.BeforeAnswered = () => readings++;

        await SummaryAsync(world);

        Assert.Equal(1, readings);
    }

    private static async Task<TasteSummary> SummaryAsync(RankingWorld world, PersonId? person = null) =>
        await new TasteSummarizer(world.Profiles, world.Learner, world.Unlock).SummarizeAsync(person ?? RankingWorld.Ann, Token);
}
