using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class TasteSummarizerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Summary_of_votes_for_the_more_vivid_names_the_trait_and_the_votes()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 150);

        var summary = await SummaryAsync(world);

        Assert.Equal(("vividness", "vivid", "muted"), (summary.Traits[0].Axis.Id, summary.Traits[0].Liked, summary.Traits[0].Disliked));
        Assert.True(summary.Traits[0].Confidence > 0.95);
        Assert.Equal(TasteVerdict.Personal, summary.Verdict);
        var telling = summary.Influential.Where(vote => vote.Trait.Axis.Id == "vividness").ToArray();
        Assert.Equal(2, telling.Length);
        Assert.All(telling, vote => Assert.True(vote.Chosen.Style![0] > vote.Other.Style![0]));
        Assert.All(telling, vote => Assert.Equal(vote.Chosen.Prompt, vote.Other.Prompt));
    }

    [Fact]
    public async Task Verdict_is_personal_when_choices_are_predicted_but_less_surely_than_the_model_thinks()
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

        Assert.Equal(TasteVerdict.Personal, (await SummaryAsync(world)).Verdict);
    }

    [Fact]
    public async Task Change_of_taste_is_told_and_explained_by_the_choices_since()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var shown = await world.VoteAsync(RankingWorld.Ann, 100);
        Assert.Null((await SummaryAsync(world)).Change);
        await AnswerAsync(world, shown[^1], 60, ballot => RankingWorld.MoreVivid(ballot) == Choice.Left ? Choice.Right : Choice.Left);

        var summary = await SummaryAsync(world);

        Assert.Equal(ChangeKind.OtherTaste, summary.Change?.Kind);
        Assert.InRange(summary.Change!.Value.Choices, 50, 70);
        Assert.Equal("muted", summary.Traits[0].Liked);
        Assert.NotEmpty(summary.Influential);
        Assert.All(summary.Influential.Where(vote => vote.Trait.Axis.Id == "vividness"), vote => Assert.True(vote.Chosen.Style![0] < vote.Other.Style![0]));
        Assert.Equal(TasteVerdict.Personal, summary.Verdict);
    }

    [Fact]
    public async Task Random_choices_at_the_end_are_told_and_change_nothing()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var shown = await world.VoteAsync(RankingWorld.Ann, 150);
        var before = await SummaryAsync(world);
        await AnswerAsync(world, shown[^1], 40, _ => Choice.Left);

        var summary = await SummaryAsync(world);

        Assert.Equal(ChangeKind.Random, summary.Change?.Kind);
        Assert.InRange(summary.Change!.Value.Choices, 30, 50);
        Assert.Equal(("vivid", TasteVerdict.Personal), (summary.Traits[0].Liked, summary.Verdict));
        Assert.Equal(before.Traits[0].Weight, summary.Traits[0].Weight, 0.1 * before.Traits[0].Weight);
    }

    [Fact]
    public async Task Influential_votes_appear_once()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 100);

        var telling = (await SummaryAsync(world)).Influential;

        Assert.Equal(telling.Count, telling.Select(vote => (vote.Chosen.Id, vote.Other.Id)).Distinct().Count());
    }

    [Fact]
    public async Task Influential_votes_show_their_trait_clearly()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 100);

        var summary = await SummaryAsync(world);

        Assert.NotEmpty(summary.Influential);
        Assert.All(summary.Influential, vote =>
        {
            var axis = world.Community.Now.Space.Axes.ToList().IndexOf(vote.Trait.Axis);
            Assert.True(Math.Sign(vote.Trait.Weight) * (vote.Chosen.Style![axis] - vote.Other.Style![axis]) >= 0.5);
        });
    }

    [Fact]
    public async Task Trait_that_no_vote_shows_has_no_influential_vote()
    {
        // Pictures of the same prompt differ, but hardly.
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8, scale: 0.2f);
        await world.VoteAsync(RankingWorld.Ann, 150);

        var summary = await SummaryAsync(world);

        Assert.Contains(summary.Traits, trait => trait.IsSure);
        Assert.Empty(summary.Influential);
    }

    [Fact]
    public async Task Accuracy_is_measured_on_random_pairs()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 200);

        var accuracy = (await SummaryAsync(world)).Accuracy!.Value;

        var random = (await world.Ballots.AnsweredAsync(RankingWorld.Ann.Profile, Token)).Where(pair => pair.IsRandom).TakeLast(60).ToArray();
        Assert.Equal(random.Length, accuracy.Total);
        Assert.Equal(random.Count(pair => pair.Expectation > 0.5 == (pair.Choice == Choice.Left)), accuracy.Correct);
        Assert.True(accuracy.Share > 0.8, $"{accuracy}");
        Assert.InRange(accuracy.StandardError, 0.01, 0.08);
    }

    [Fact]
    public async Task Accuracy_is_null_for_a_handful_of_pairs()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        int random;
        do
        {
            await world.VoteAsync(RankingWorld.Ann, 1);
            random = (await world.Ballots.AnsweredAsync(RankingWorld.Ann.Profile, Token)).Count(pair => pair.IsRandom);
            Assert.Equal(random >= 10, (await SummaryAsync(world)).Accuracy is not null);
        }
        while (random < 10);
    }

    [Fact]
    public async Task Verdict_on_answers_by_a_coin_is_chance()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var chance = 0;
        for (var person = 1ul; person <= 20; person++)
        {
            var coin = new Random((int)person);
            var ballot = await world.Box.OpenAsync(RankingWorld.VoterOf(person), Token);
            for (var i = 0; i < 120; i++)
            {
                var result = await world.Box.AnswerAsync(RankingWorld.VoterOf(person), ballot.Pair.Id, coin.Next(2) == 0 ? Choice.Left : Choice.Right, Token);
                ballot = Assert.IsType<BallotResult.Counted>(result).Next;
            }

            chance += (await SummaryAsync(world, RankingWorld.VoterOf(person))).Verdict == TasteVerdict.LikeChance ? 1 : 0;
        }

        // A coin may run well now and then.
        Assert.True(chance >= 17, $"{chance} of 20");
    }

    [Fact]
    public async Task Verdict_on_people_with_a_taste_is_hardly_ever_chance()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var (asked, chance) = (0, 0);
        for (var person = 1ul; person <= 40; person++)
        {
            // Tastes as people's differ: weights of one standard deviation on each axis.
            var random = new Random((int)person);
            double[] weights = [.. Enumerable.Range(0, world.Community.Now.Space.StyleDimension).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            var ballot = await world.Box.OpenAsync(RankingWorld.VoterOf(person), Token);
            for (var vote = 1; vote <= 100; vote++)
            {
                var difference = weights.Select((weight, axis) => weight * (ballot.Left.Style![axis] - ballot.Right.Style![axis])).Sum();
                var choice = random.NextDouble() < 1 / (1 + Math.Exp(-difference)) ? Choice.Left : Choice.Right;
                ballot = Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(RankingWorld.VoterOf(person), ballot.Pair.Id, choice, Token)).Next;
                if (vote is 30 or 40 or 60 or 80 or 100)
                {
                    asked++;
                    chance += (await SummaryAsync(world, RankingWorld.VoterOf(person))).Verdict == TasteVerdict.LikeChance ? 1 : 0;
                }
            }
        }

        Assert.True(chance <= asked / 20, $"{chance} of {asked}");
    }

    [Fact]
    public async Task Verdict_after_a_few_choices_is_too_early()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(RankingWorld.Ann, 10);

        Assert.Equal(TasteVerdict.TooEarly, (await SummaryAsync(world)).Verdict);
    }

    [Fact]
    public async Task Summary_without_any_choice_claims_nothing()
    {
        await using var world = await RankingWorld.CreateAsync();

        var summary = await SummaryAsync(world);

        Assert.Null(summary.Accuracy);
        Assert.Empty(summary.Influential);
        Assert.DoesNotContain(summary.Traits, trait => trait.IsSure);
        Assert.Equal(0.5, summary.ExpectedAccuracy, 0.001);
        Assert.True(summary.AttainableAccuracy > 0.6, $"{summary.AttainableAccuracy}");
    }

    [Fact]
    public async Task More_votes_leave_less_to_gain()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 20);
        var early = (await SummaryAsync(world)).AccuracyGain;
        await world.VoteAsync(RankingWorld.Ann, 180);

        Assert.True((await SummaryAsync(world)).AccuracyGain < early / 2);
    }

    [Fact]
    public async Task Summary_of_likes_alone_names_the_trait_and_shows_what_was_passed_over()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await LikeAsync(world, RankingWorld.Ann, 32, page => [page.MaxBy(picture => picture.Style![0])!]);

        var summary = await SummaryAsync(world);

        Assert.Equal("vivid", summary.Traits[0].Liked);
        Assert.True(summary.Traits[0].Confidence > 0.95);
        Assert.Equal(TasteVerdict.Personal, summary.Verdict);
        var likes = await world.Ballots.LikesAsync(RankingWorld.Ann.Profile, Token);
        var telling = summary.Influential.Where(choice => choice.Trait.Axis.Id == "vividness").ToArray();
        Assert.Equal(2, telling.Length);
        Assert.All(telling, choice =>
        {
            Assert.True(choice.Chosen.Style![0] >= 0.5 && choice.Chosen.Style[0] - choice.Other.Style![0] >= 1);
            Assert.Contains(choice.Other.Id, likes.Single(like => like.Picture == choice.Chosen.Id).PassedOver);
        });
    }

    [Fact]
    public async Task Verdict_on_likes_by_a_coin_is_hardly_ever_personal()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var personal = 0;
        for (ulong person = 10; person < 30; person++)
        {
            var coin = new Random((int)person);
            await LikeAsync(world, RankingWorld.VoterOf(person), 60, page => [page[coin.Next(page.Count)]]);
            personal += (await SummaryAsync(world, RankingWorld.VoterOf(person))).Verdict == TasteVerdict.Personal ? 1 : 0;
        }

        Assert.InRange(personal, 0, 1);
    }

    [Fact]
    public async Task Verdict_on_likes_by_a_taste_is_hardly_ever_anything_but_personal()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        var personal = 0;
        for (ulong person = 10; person < 30; person++)
        {
            // Dark and muted as far as it is seen: what a picture shows matters as much as how it was painted.
            double Utility(Picture picture) => new Random((int)(person * 100_003) + (int)picture.Id.Value).NextDouble() * 3.5 - picture.Style![0] - picture.Style[2];
            await LikeAsync(world, RankingWorld.VoterOf(person), 32, page => page.OrderByDescending(Utility).Take(4));
            personal += (await SummaryAsync(world, RankingWorld.VoterOf(person))).Verdict == TasteVerdict.Personal ? 1 : 0;
        }

        Assert.True(personal >= 19, $"{personal} of 20");
    }

    [Fact]
    public async Task Summary_reads_answers_once()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(RankingWorld.Ann, 60);
        var readings = 0;
        world.Ballots.BeforeAnswered = () => readings++;

        await SummaryAsync(world);

        Assert.Equal(1, readings);
    }

    /// <summary>Likes pictures page by page, twenty pages of each walk.</summary>
    private static async Task LikeAsync(RankingWorld world, Voter voter, int count, Func<IReadOnlyList<Picture>, IEnumerable<Picture>> choose)
    {
        var pages = new PageSource(world.Pictures, world.Likeness, world.Guilds, world.Ballots, world.Pools, new Random((int)voter.Person.Value));
        var walk = await pages.BeginAsync(voter, Token);
        for (var (read, likes) = (0, 0); likes < count; read++)
        {
            var (page, _, isLast) = await pages.ReadAsync(voter, walk, read % 20, Token);
            Assert.False(isLast);
            foreach (var picture in choose(page).Take(count - likes))
            {
                await world.Box.LikeAsync(voter, picture.Id, [.. page.Select(shown => shown.Id)], Token);
                likes++;
            }

            walk = read % 20 == 19 ? await pages.BeginAsync(voter, Token) : walk;
        }
    }

    private static async Task<TasteSummary> SummaryAsync(RankingWorld world, Voter? person = null) =>
        await new TasteSummarizer(world.Learner, world.Unlock).SummarizeAsync((person ?? RankingWorld.Ann).Profile, Token);

    private static async Task AnswerAsync(RankingWorld world, Ballot ballot, int count, Func<Ballot, Choice> choose)
    {
        for (var i = 0; i < count; i++)
        {
            ballot = Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(RankingWorld.Ann, ballot.Pair.Id, choose(ballot), Token)).Next;
        }
    }
}
