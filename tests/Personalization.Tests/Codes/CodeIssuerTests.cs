using Personalization.Codes;
using Personalization.Ranking;
using Personalization.Tests.Ranking;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Codes;

public sealed class CodeIssuerTests
{
    private static readonly Voter Ann = RankingWorld.Ann;
    private static readonly Voter Bob = RankingWorld.Bob;

    private readonly SnapshotsInMemory _snapshots = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_taste_has_the_same_code_after_a_restart_too()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 20);

        var first = await Issuer(world).IssueAsync(Ann.Profile, Token);
        var second = await new CodeIssuer(world.Start().Learner, _snapshots).IssueAsync(Ann.Profile, Token);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Another_vote_makes_another_code_and_leaves_the_old_one_its_taste()
    {
        await using var world = await RankingWorld.CreateAsync();
        var issuer = Issuer(world);
        await world.VoteAsync(Ann, 20);
        var (old, snapshot) = await issuer.IssueAsync(Ann.Profile, Token);
        var bytes = snapshot.ToBytes();

        await world.VoteAsync(Ann, 1);
        var (code, _) = await issuer.IssueAsync(Ann.Profile, Token);

        Assert.NotEqual(old, code);
        Assert.Equal(bytes, (await issuer.FindAsync(old, Token))!.ToBytes());
    }

    [Fact]
    public async Task Code_names_the_pictures_liked_best_one_of_each_prompt_and_keeps_to_them()
    {
        await using var world = await RankingWorld.CreateAsync();
        var issuer = Issuer(world);
        var shown = await world.VoteAsync(Ann, 60);

        var (code, snapshot) = await issuer.IssueAsync(Ann.Profile, Token);

        var chosen = shown.SkipLast(1).Select(ballot => RankingWorld.MoreVivid(ballot) == Choice.Left ? ballot.Left : ballot.Right).ToDictionary(picture => picture.Id);
        var favourites = snapshot.Favourites.Select(id => chosen[id]).ToArray();
        Assert.Equal(8, favourites.Length);
        Assert.Equal(8, favourites.DistinctBy(picture => picture.Prompt).Count());
        Assert.True(favourites.Average(picture => picture.Style![0]) > chosen.Values.Average(picture => picture.Style![0]) + 0.2);

        await world.Box.LikeAsync(Ann, await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0)), [], Token);
        Assert.Equal(snapshot.Favourites, (await issuer.FindAsync(code, Token))!.Favourites);
        var (_, next) = await issuer.IssueAsync(Ann.Profile, Token);
        Assert.NotEqual(snapshot.Favourites, next.Favourites);
    }

    [Fact]
    public async Task Picture_of_a_skipped_pair_is_not_a_favourite()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 3);
        var ballot = shown[^1];
        for (var skipped = 0; skipped < 20; skipped++)
        {
            ballot = Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Skip, Token)).Next;
        }

        var (_, snapshot) = await Issuer(world).IssueAsync(Ann.Profile, Token);

        var chosen = shown.SkipLast(1).Select(vote => RankingWorld.MoreVivid(vote) == Choice.Left ? vote.Left.Id : vote.Right.Id);
        Assert.NotEmpty(snapshot.Favourites);
        Assert.Subset(chosen.ToHashSet(), snapshot.Favourites.ToHashSet());
    }

    [Fact]
    public async Task Tastes_that_differ_only_in_favourites_have_different_codes()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 20);
        var (code, snapshot) = await Issuer(world).IssueAsync(Ann.Profile, Token);
        var other = snapshot with { Favourites = [.. snapshot.Favourites.Reverse()] };

        Assert.NotEqual(code, CodeIssuer.CodeOf(other));
        Assert.NotEqual(snapshot, other);
    }

    [Fact]
    public async Task Taking_a_vote_back_and_giving_it_again_gives_the_same_codes()
    {
        await using var world = await RankingWorld.CreateAsync();
        var issuer = Issuer(world);
        var shown = await world.VoteAsync(Ann, 20);
        var (before, _) = await issuer.IssueAsync(Ann.Profile, Token);
        var voted = (await world.VoteAsync(Ann, 1))[0];
        var (after, _) = await issuer.IssueAsync(Ann.Profile, Token);

        await world.Box.UndoAsync(Ann, (await world.Box.OpenAsync(Ann, Token)).Pair.Id, Token);
        var (undone, _) = await issuer.IssueAsync(Ann.Profile, Token);
        await world.Box.AnswerAsync(Ann, voted.Pair.Id, RankingWorld.MoreVivid(voted), Token);
        var (repeated, _) = await issuer.IssueAsync(Ann.Profile, Token);

        Assert.Equal(shown[20].Pair, voted.Pair);
        Assert.Equal(before, undone);
        Assert.Equal(after, repeated);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task Code_stays_through_fits_of_the_community_and_follows_them_with_the_next_vote()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        var issuer = Issuer(world);
        await world.VoteAsync(Ann, 20);
        var before = await issuer.IssueAsync(Ann.Profile, Token);

        await FitAsync(world);
        var after = await issuer.IssueAsync(Ann.Profile, Token);
        await world.VoteAsync(Ann, 1);
        var next = await issuer.IssueAsync(Ann.Profile, Token);

        Assert.Equal(before, after);
        Assert.NotEqual(before.Code, next.Code);
        Assert.Equal((0, 1), (before.Snapshot.PriorVersion, next.Snapshot.PriorVersion));
    }

    [Fact]
    public async Task Undo_and_the_same_answer_again_give_their_codes_again_after_a_fit_too()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        var issuer = Issuer(world);
        await world.VoteAsync(Ann, 20);
        var before = await issuer.IssueAsync(Ann.Profile, Token);
        var voted = (await world.VoteAsync(Ann, 1))[0];
        var after = await issuer.IssueAsync(Ann.Profile, Token);
        await FitAsync(world);

        await world.Box.UndoAsync(Ann, (await world.Box.OpenAsync(Ann, Token)).Pair.Id, Token);
        var undone = await issuer.IssueAsync(Ann.Profile, Token);
        world.Ballots.AnsweredAt += TimeSpan.FromDays(3);
        await world.Box.AnswerAsync(Ann, voted.Pair.Id, RankingWorld.MoreVivid(voted), Token);
        var repeated = await issuer.IssueAsync(Ann.Profile, Token);
        await world.Box.UndoAsync(Ann, (await world.Box.OpenAsync(Ann, Token)).Pair.Id, Token);
        await world.Box.AnswerAsync(Ann, voted.Pair.Id, Choice.Skip, Token);
        var skipped = await issuer.IssueAsync(Ann.Profile, Token);

        Assert.Equal(before, undone);
        Assert.Equal(after, repeated);
        Assert.DoesNotContain(skipped.Code, new[] { before.Code, after.Code });
    }

    [Fact]
    public async Task Like_makes_another_code_which_stays_through_fits()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        var issuer = Issuer(world);
        await world.VoteAsync(Ann, 20);
        var (before, _) = await issuer.IssueAsync(Ann.Profile, Token);

        await world.Box.LikeAsync(Ann, await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0)), [], Token);
        var liked = await issuer.IssueAsync(Ann.Profile, Token);
        await FitAsync(world);

        Assert.NotEqual(before, liked.Code);
        Assert.Equal(liked, await issuer.IssueAsync(Ann.Profile, Token));
    }

    [Fact]
    public async Task Withdrawn_pair_changes_no_code()
    {
        await using var world = await RankingWorld.CreateAsync();
        var issuer = Issuer(world);
        var shown = await world.VoteAsync(Ann, 20);
        var before = await issuer.IssueAsync(Ann.Profile, Token);

        await world.Box.WithdrawAsync(Ann, shown[^1].Pair.Id, Token);

        Assert.Equal(before, await issuer.IssueAsync(Ann.Profile, Token));
    }

    [Fact]
    public async Task Snapshot_of_an_earlier_version_keeps_its_code_through_later_fits_once_it_is_issued_again()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.VoteAsync(Ann, 20);
        var (_, snapshot) = await new CodeIssuer(world.Learner, new SnapshotsInMemory()).IssueAsync(Ann.Profile, Token);
        var earlier = CodeIssuer.CodeOf(snapshot);
        await _snapshots.AddOrGetAsync(earlier, snapshot with { Ballots = null }, Token);

        var (issued, _) = await Issuer(world).IssueAsync(Ann.Profile, Token);
        await FitAsync(world);
        var (after, _) = await Issuer(world).IssueAsync(Ann.Profile, Token);

        Assert.Equal((earlier, earlier), (issued, after));
    }

    [Fact]
    public async Task Two_programs_that_issue_the_code_of_the_same_votes_at_once_under_different_fits_give_one_code()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.VoteAsync(Ann, 20);
        (PersonalizationCode Code, TasteSnapshot Snapshot) other = default;
        _snapshots.BeforeAdd = async () =>
        {
            await FitAsync(world);
            other = await Issuer(world).IssueAsync(Ann.Profile, Token);
        };

        var issued = await Issuer(world).IssueAsync(Ann.Profile, Token);

        Assert.Equal(1, issued.Snapshot.PriorVersion);
        Assert.Equal(other, issued);
        Assert.Equal(1, _snapshots.Count);
        Assert.Equal(other, await Issuer(world).IssueAsync(Ann.Profile, Token));
    }

    [Fact]
    public async Task Equal_votes_of_two_people_have_a_code_each()
    {
        await using var world = await RankingWorld.CreateAsync();
        var issuer = Issuer(world);

        var (first, _) = await issuer.IssueAsync(Ann.Profile, Token);
        var (second, _) = await issuer.IssueAsync(Bob.Profile, Token);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Snapshot_says_what_was_learnt()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 20);
        await world.Box.LikeAsync(Ann, await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0)), [], Token);
        var opened = await world.Box.OpenAsync(Ann, Token);
        await world.Box.AnswerAsync(Ann, opened.Pair.Id, Choice.Skip, Token);

        var (_, snapshot) = await Issuer(world).IssueAsync(Ann.Profile, Token);

        var taste = await world.TasteOfAsync(Ann);
        Assert.Equal((Ann.Profile, 2, 1, 0, 20, 1), (snapshot.Owner, snapshot.SchemaVersion, snapshot.SpaceVersion, snapshot.PriorVersion, snapshot.Votes, snapshot.Likes));
        Assert.Equal(taste.Mean.ToArray().Select(weight => (float)weight), snapshot.Mean);
        Assert.Equal(snapshot.Mean, snapshot.Deviation);
        Assert.Equal(Enumerable.Range(0, 5).Select(axis => (float)taste.Variance(axis)), snapshot.Variance);
    }

    [Fact]
    public async Task Code_that_another_taste_has_is_passed_over_the_same_way_every_time()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 20);
        var (free, snapshot) = await Issuer(world).IssueAsync(Ann.Profile, Token);

        // In the other store another person's taste has that code.
        var taken = new SnapshotsInMemory();
        var theirs = snapshot with { Owner = Bob.Profile };
        await taken.AddOrGetAsync(free, theirs, Token);
        var issuer = new CodeIssuer(world.Learner, taken);
        var (first, _) = await issuer.IssueAsync(Ann.Profile, Token);
        var (second, _) = await issuer.IssueAsync(Ann.Profile, Token);

        Assert.NotEqual(free, first);
        Assert.Equal(first, second);
        Assert.Equal(theirs, await issuer.FindAsync(free, Token));
        Assert.Equal(snapshot, await issuer.FindAsync(first, Token));
    }

    [Fact]
    public async Task Code_that_was_never_issued_is_not_found()
    {
        await using var world = await RankingWorld.CreateAsync();

        Assert.Null(await Issuer(world).FindAsync(PersonalizationCode.FromNumber(1), Token));
    }

    /// <summary>Another person votes, and the community is fitted.</summary>
    private static async Task FitAsync(RankingWorld world)
    {
        await world.VoteAsync(Bob, 60);
        Assert.NotNull(await world.CommunityLearner().LearnAsync(Token));
    }

    private CodeIssuer Issuer(RankingWorld world) => new(world.Learner, _snapshots);
}
