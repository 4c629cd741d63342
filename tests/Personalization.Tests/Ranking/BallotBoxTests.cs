using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class BallotBoxTests
{
    private static readonly Voter Ann = RankingWorld.Ann;
    private static readonly Voter Bob = RankingWorld.Bob;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_pair_stays_until_it_is_answered()
    {
        await using var world = await RankingWorld.CreateAsync();

        var first = await world.Box.OpenAsync(Ann, Token);
        var second = await world.Box.OpenAsync(Ann, Token);

        Assert.Equal(first, second);
        Assert.Equal(first.Pair.Left, first.Left.Id);
        Assert.Equal(first.Pair.Right, first.Right.Id);
    }

    [Fact]
    public async Task Answer_tells_now_and_then_what_the_last_votes_taught()
    {
        await using var world = await RankingWorld.CreateAsync();
        var ballot = await world.Box.OpenAsync(Ann, Token);
        var told = new List<(int Votes, TasteLesson Lesson)>();
        for (var votes = 1; votes <= 60; votes++)
        {
            var counted = Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(Ann, ballot.Pair.Id, RankingWorld.MoreVivid(ballot), Token));
            ballot = counted.Next;
            if (counted.Lesson is { } lesson)
            {
                told.Add((votes, lesson));
            }
        }

        Assert.Contains(told, one => one.Lesson is { Change: TasteChange.BecameSure, Trait.Liked: "vivid" });
        Assert.True(told[0].Votes >= 10);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.Votes - pair.First.Votes >= 10));
        Assert.True(told.Count > 1);
    }

    [Fact]
    public async Task Answer_is_stored_and_brings_the_next_pair()
    {
        await using var world = await RankingWorld.CreateAsync();
        var ballot = await world.Box.OpenAsync(Ann, Token);

        var result = await world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Right, Token);

        var next = Assert.IsType<BallotResult.Counted>(result).Next;
        Assert.Equal(new UnlockProgress(1, 0, 200), next.Progress);
        Assert.Equal(await world.Ballots.OpenPairAsync(Ann.Profile, Token), next.Pair);
        Assert.Equal([ballot.Pair with { Choice = Choice.Right, AnsweredAt = world.Ballots.AnsweredAt }], await world.Ballots.AnsweredAsync(Ann.Profile, Token));
    }

    [Fact]
    public async Task Ballot_box_unlocks_and_has_learnt_the_taste_after_two_hundred_votes()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);

        var shown = await world.VoteAsync(Ann, 200);

        Assert.False(shown[199].Progress.IsUnlocked);
        Assert.True(shown[200].Progress.IsUnlocked);
        Assert.Equal(new UnlockProgress(200, 0, 200), await world.Unlock.ProgressAsync(Ann.Profile, Token));
        Assert.Equal(201, shown.Select(ballot => ballot.Pair.Id).Distinct().Count());
        var taste = await world.TasteOfAsync(Ann);
        Assert.All(Enumerable.Range(1, 4), axis => Assert.True(taste.Mean[0] > 4 * Math.Abs(taste.Mean[axis])));
    }

    [Fact]
    public async Task Skip_goes_on_and_counts_for_nothing()
    {
        await using var world = await RankingWorld.CreateAsync();
        var ballot = await world.Box.OpenAsync(Ann, Token);

        var result = await world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Skip, Token);

        var next = Assert.IsType<BallotResult.Counted>(result).Next;
        Assert.NotEqual(ballot.Pair.Id, next.Pair.Id);
        Assert.Equal(0, next.Progress.Count);
        Assert.Equal(0, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Count);
        Assert.Equal(world.Community.Now.Model.Prior.Mean.ToArray(), (await world.TasteOfAsync(Ann)).Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public async Task Presses_at_the_same_moment_count_once_and_all_show_the_same_next_pair()
    {
        await using var world = await RankingWorld.CreateAsync();
        var ballot = await world.Box.OpenAsync(Ann, Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Left, Token))));

        var next = Assert.Single(results.OfType<BallotResult.Counted>()).Next;
        var late = results.OfType<BallotResult.AlreadyAnswered>().ToList();
        Assert.Equal(19, late.Count);
        Assert.All(late, press => Assert.Equal(next, press.Current));
        Assert.Equal(1, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Votes);
    }

    [Fact]
    public async Task Press_on_an_old_pair_changes_nothing_and_shows_the_open_one()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 3);

        var result = await world.Box.AnswerAsync(Ann, shown[0].Pair.Id, Choice.Skip, Token);

        Assert.Equal(shown[3], Assert.IsType<BallotResult.AlreadyAnswered>(result).Current);
        Assert.Equal(3, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Votes);
    }

    [Fact]
    public async Task Pair_of_another_person_is_neither_answered_nor_taken_back()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 1);

        Assert.IsType<BallotResult.NotYours>(await world.Box.AnswerAsync(Bob, shown[1].Pair.Id, Choice.Left, Token));
        Assert.IsType<BallotResult.NotYours>(await world.Box.AnswerAsync(Bob, shown[0].Pair.Id, Choice.Left, Token));
        Assert.IsType<BallotResult.NotYours>(await world.Box.UndoAsync(Bob, shown[1].Pair.Id, Token));
        Assert.Equal(shown[1], await world.Box.OpenAsync(Ann, Token));
    }

    [Fact]
    public async Task Pair_that_does_not_exist_is_unknown()
    {
        await using var world = await RankingWorld.CreateAsync();

        Assert.IsType<BallotResult.Unknown>(await world.Box.AnswerAsync(Ann, 12345, Choice.Left, Token));
    }

    [Fact]
    public async Task Press_after_a_restart_counts_as_if_nothing_had_happened()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 5);

        var (box, _, _) = world.Start();
        var result = await box.AnswerAsync(Ann, shown[5].Pair.Id, Choice.Left, Token);

        Assert.Equal(6, Assert.IsType<BallotResult.Counted>(result).Next.Progress.Votes);
    }

    [Fact]
    public async Task Ballot_box_shows_the_next_pair_of_a_faster_process()
    {
        await using var world = await RankingWorld.CreateAsync();
        var (otherBox, _, _) = world.Start();
        var ballot = await world.Box.OpenAsync(Ann, Token);
        var theirs = default(Task<BallotResult>);
        world.Ballots.BeforeAnswer = () =>
        {
            world.Ballots.BeforeAnswer = null;
            theirs = otherBox.AnswerAsync(Ann, ballot.Pair.Id, Choice.Right, Token);
            SpinWait.SpinUntil(() => theirs.IsCompleted, TimeSpan.FromSeconds(10));
        };

        var ours = await world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Left, Token);

        var next = Assert.IsType<BallotResult.Counted>(await theirs!).Next;
        Assert.Equal(next, Assert.IsType<BallotResult.AlreadyAnswered>(ours).Current);
        Assert.Equal(1, next.Progress.Votes);
    }

    [Fact]
    public async Task Vote_through_another_process_is_noticed()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 2);

        await world.Start().Box.AnswerAsync(Ann, shown[2].Pair.Id, Choice.Left, Token);

        Assert.Equal(3, (await world.Box.OpenAsync(Ann, Token)).Progress.Votes);
    }

    [Fact]
    public async Task Vote_that_could_not_be_stored_is_not_remembered()
    {
        await using var world = await RankingWorld.CreateAsync();
        var ballot = await world.Box.OpenAsync(Ann, Token);
        world.Ballots.BeforeAnswer = () => throw new IOException("The disk is full.");

        await Assert.ThrowsAsync<IOException>(() => world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Left, Token));

        world.Ballots.BeforeAnswer = null;
        Assert.Equal(ballot, await world.Box.OpenAsync(Ann, Token));
        Assert.IsType<BallotResult.Counted>(await world.Box.AnswerAsync(Ann, ballot.Pair.Id, Choice.Left, Token));
    }

    [Fact]
    public async Task Undo_opens_the_last_pair_again()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 3);

        var result = await world.Box.UndoAsync(Ann, shown[3].Pair.Id, Token);

        var undone = Assert.IsType<BallotResult.Undone>(result).Ballot;
        Assert.Equal(shown[2], undone);
        Assert.Null(undone.Pair.Choice);
        Assert.Equal(2, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Votes);
    }

    [Fact]
    public async Task Undo_is_exact_to_the_last_bit()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 30);
        var before = await world.TasteOfAsync(Ann);

        await world.VoteAsync(Ann, 1);
        Assert.NotEqual(before.Mean.ToArray(), (await world.TasteOfAsync(Ann)).Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        await world.Box.UndoAsync(Ann, (await world.Box.OpenAsync(Ann, Token)).Pair.Id, Token);

        var after = await world.TasteOfAsync(Ann);
        Assert.Equal(before.Mean.ToArray(), after.Mean.ToArray());
        Assert.Equal(before.Covariance.ToArray(), after.Covariance.ToArray());
    }

    [Fact]
    public async Task Pressing_one_undo_twice_undoes_once()
    {
        await using var world = await RankingWorld.CreateAsync();
        var shown = await world.VoteAsync(Ann, 3);

        await world.Box.UndoAsync(Ann, shown[3].Pair.Id, Token);
        var second = await world.Box.UndoAsync(Ann, shown[3].Pair.Id, Token);

        Assert.Equal(shown[2], Assert.IsType<BallotResult.AlreadyAnswered>(second).Current);
        Assert.Equal(2, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Votes);
    }

    [Fact]
    public async Task Pair_that_was_withdrawn_teaches_nothing_cannot_be_taken_back_and_does_not_come_again()
    {
        // Three pictures make three pairs.
        await using var world = await RankingWorld.CreateAsync(prompts: 1, stylesEach: 3);
        var shown = await world.VoteAsync(Ann, 1);
        var before = await world.TasteOfAsync(Ann);

        var third = await world.Box.WithdrawAsync(Ann, shown[1].Pair.Id, Token);

        Assert.Equal(before.Mean.ToArray(), (await world.TasteOfAsync(Ann)).Mean.ToArray());
        Assert.Equal(1, third.Progress.Votes);
        Assert.Equal(3, new[] { shown[0], shown[1], third }.Select(ballot => ballot.Left.Id.Value + ballot.Right.Id.Value).Distinct().Count());
        Assert.Equal(shown[0].Pair, Assert.IsType<BallotResult.Undone>(await world.Box.UndoAsync(Ann, third.Pair.Id, Token)).Ballot.Pair);

        // Another start knows it too.
        var (box, _, _) = world.Start();
        var next = Assert.IsType<BallotResult.Counted>(await box.AnswerAsync(Ann, shown[0].Pair.Id, Choice.Left, Token)).Next;
        Assert.Equal(third.Left.Id.Value + third.Right.Id.Value, next.Left.Id.Value + next.Right.Id.Value);
    }

    [Fact]
    public async Task Undo_before_the_first_answer_has_nothing_to_take_back()
    {
        await using var world = await RankingWorld.CreateAsync();
        var ballot = await world.Box.OpenAsync(Ann, Token);

        var result = await world.Box.UndoAsync(Ann, ballot.Pair.Id, Token);

        Assert.Equal(ballot, Assert.IsType<BallotResult.NothingToUndo>(result).Current);
    }

    [Fact]
    public async Task Like_is_a_choice_over_its_page_and_as_much_over_pictures_of_the_pool()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        PictureId[] beside = [await world.MadeAsync(Bob.Person, new(-1, 0, 0, 0, 0)), await world.MadeAsync(Bob.Person, new(-1, 0.5f, 0, 0, 0)), liked];

        var result = await world.Box.LikeAsync(Ann, liked, beside, Token);

        Assert.Equal(new UnlockProgress(0, 1, 200), Assert.IsType<LikeResult.Liked>(result).Progress);
        var like = Assert.Single(await world.Ballots.LikesAsync(Ann.Profile, Token));
        Assert.Equal(beside[..2], like.PassedOver);
        Assert.Equal(8, like.Drawn!.Distinct().Count());
        Assert.DoesNotContain(liked, like.Drawn!);
        var drawn = await world.Pictures.FindAsync(like.Drawn!, Token);
        var expected = world.Community.Now.Model.Rebuild(
            [
                StyleWorld.Preferred(new(1, 0, 0, 0, 0), new(-1, 0, 0, 0, 0)) with { Weight = 0.25 },
                StyleWorld.Preferred(new(1, 0, 0, 0, 0), new(-1, 0.5f, 0, 0, 0)) with { Weight = 0.25 },
                .. drawn.Select(other => StyleWorld.Preferred(new(1, 0, 0, 0, 0), other.Style!) with { Weight = 0.5 / 8 }),
            ]);
        Assert.Equal(expected.Mean.ToArray(), (await world.TasteOfAsync(Ann)).Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.IsType<LikeResult.AlreadyLiked>(await world.Box.LikeAsync(Ann, liked, beside, Token));
        Assert.Equal(1, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Likes);
    }

    [Fact]
    public async Task Taste_after_several_likes_of_a_page_is_the_one_that_a_start_would_learn()
    {
        await using var world = await RankingWorld.CreateAsync();
        var page = (await world.Pictures.RankingPicturesAsync(Token)).Where((_, i) => i % 6 == 0).Take(12).Select(picture => picture.Id).ToArray();
        foreach (var id in page[..6])
        {
            await world.Box.LikeAsync(Ann, id, page, Token);
        }

        using var lease = await world.Tastes.AcquireAsync(Ann.Profile, Token);
        Assert.Equal((await world.Start().Learner.RebuildAsync(Ann.Profile, Token)).Taste.Mean.ToArray(), lease.State.Taste.Mean.ToArray());
    }

    [Fact]
    public async Task Picture_that_was_made_private_since_cannot_be_liked()
    {
        await using var world = await RankingWorld.CreateAsync();
        var made = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        await world.Box.OpenAsync(Ann, Token);
        world.Pictures.Change(picture => picture.Id == made, picture => picture with { Kind = PictureKind.Private });

        Assert.IsType<LikeResult.Unknown>(await world.Box.LikeAsync(Ann, made, [], Token));
    }

    [Fact]
    public async Task Like_of_a_made_picture_is_a_choice_over_made_ones_by_others_and_ranking_pictures_for_the_rest()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        var other = await world.MadeAsync(new(9), new(-1, 0, 0, 0, 0));
        await world.MadeAsync(Ann.Person, new(0, 1, 0, 0, 0));

        await world.Box.LikeAsync(Ann, liked, [], Token);

        var drawn = Assert.Single(await world.Ballots.LikesAsync(Ann.Profile, Token)).Drawn!;
        Assert.Equal(8, drawn.Count);
        Assert.Equal(other, drawn[0]);
        Assert.All(await world.Pictures.FindAsync([.. drawn.Skip(1)], Token), picture => Assert.Equal(PictureKind.Ranking, picture.Kind));
    }

    [Fact]
    public async Task Like_that_is_taken_back_has_taught_nothing_and_may_be_given_again()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 5);
        var before = await world.TasteOfAsync(Ann);
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        await world.Box.LikeAsync(Ann, liked, [], Token);

        Assert.Equal(new UnlockProgress(5, 0, 200), await world.Box.UnlikeAsync(Ann, liked, Token));

        Assert.Equal(before.Mean.ToArray(), (await world.TasteOfAsync(Ann)).Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Equal(new UnlockProgress(5, 0, 200), await world.Box.UnlikeAsync(Ann, liked, Token));
        Assert.IsType<LikeResult.Liked>(await world.Box.LikeAsync(Ann, liked, [], Token));
    }

    [Fact]
    public async Task Like_is_no_choice_over_pictures_that_are_liked_too_or_alike_in_style()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        var alike = await world.MadeAsync(Bob.Person, new(0.9f, 0, 0, 0, 0));
        var also = await world.MadeAsync(Bob.Person, new(-1, 0, 0, 0, 0));

        await world.Box.LikeAsync(Ann, liked, [alike, also], Token);
        await world.Box.LikeAsync(Ann, also, [alike, liked], Token);

        var likes = await world.Ballots.LikesAsync(Ann.Profile, Token);
        var (first, second) = (await DrawnAsync(likes[0]), await DrawnAsync(likes[1]));
        var expected = world.Community.Now.Model.Rebuild(
            [
                .. first.Select(style => StyleWorld.Preferred(new(1, 0, 0, 0, 0), style) with { Weight = 1.0 / first.Length }),
                StyleWorld.Preferred(new(-1, 0, 0, 0, 0), new(0.9f, 0, 0, 0, 0)) with { Weight = 0.5 },
                .. second.Select(style => StyleWorld.Preferred(new(-1, 0, 0, 0, 0), style) with { Weight = 0.5 / second.Length }),
            ]);
        Assert.Equal(expected.Mean.ToArray(), (await world.Learner.RebuildAsync(Ann.Profile, Token)).Taste.Mean.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);

        async Task<StyleVector[]> DrawnAsync(Like like) =>
            [.. (await world.Pictures.FindAsync([.. like.Drawn!.Except([liked, also])], Token)).Select(picture => picture.Style!)];
    }

    [Fact]
    public async Task Like_of_a_picture_of_the_pool_draws_its_subject_in_other_styles_too()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = (await world.Pictures.RankingPicturesAsync(Token))[0];

        await world.Box.LikeAsync(Ann, liked.Id, [], Token);

        var drawn = await world.Pictures.FindAsync(Assert.Single(await world.Ballots.LikesAsync(Ann.Profile, Token)).Drawn!, Token);
        Assert.Equal(4, drawn.Count(other => other.Prompt == liked.Prompt));
    }

    [Fact]
    public async Task Like_of_an_earlier_version_is_a_choice_over_the_pool_and_not_over_its_grid()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        var sibling = await world.MadeAsync(Bob.Person, new(-1, 0, 0, 0, 0));
        var before = new Like(Ann.Profile, liked, [sibling]);
        await world.Ballots.LikeAsync(before, Token);
        await world.Box.LikeAsync(Bob, (await world.Pictures.RankingPicturesAsync(Token))[0].Id, [], Token);

        var taste = await world.TasteOfAsync(Ann);

        Assert.Equal(8, taste.Comparisons);
        Assert.Equal(BallotsHash.From([], [before]), await world.Learner.HashAsync(Ann.Profile, Token));
    }

    [Fact]
    public async Task Own_pictures_are_neither_liked_nor_passed_over()
    {
        await using var world = await RankingWorld.CreateAsync();
        var own = await world.MadeAsync(Ann.Person, new(-1, 0, 0, 0, 0));
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));
        var other = await world.MadeAsync(Bob.Person, new(0, 1, 0, 0, 0));

        Assert.IsType<LikeResult.OwnPicture>(await world.Box.LikeAsync(Ann, own, [liked], Token));
        Assert.Equal(0, (await world.Unlock.ProgressAsync(Ann.Profile, Token)).Count);

        await world.Box.LikeAsync(Ann, liked, [own, other], Token);
        Assert.Equal([other], Assert.Single(await world.Ballots.LikesAsync(Ann.Profile, Token)).PassedOver);
    }

    [Fact]
    public async Task Private_or_missing_picture_is_unknown_to_a_like()
    {
        await using var world = await RankingWorld.CreateAsync();
        var hidden = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0), PictureKind.Private);

        Assert.IsType<LikeResult.Unknown>(await world.Box.LikeAsync(Ann, hidden, [], Token));
        Assert.IsType<LikeResult.Unknown>(await world.Box.LikeAsync(Ann, new PictureId(12345), [], Token));
    }

    [Fact]
    public async Task Picture_liked_with_nothing_beside_it_teaches_about_as_much_as_one_vote()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.MadeAsync(Bob.Person, new(1, 0, 0, 0, 0));

        await world.Box.LikeAsync(Ann, liked, [], Token);

        var vote = world.Community.Now.Model.Rebuild([StyleWorld.Preferred(new(1, 0, 0, 0, 0), new(0, 0, 0, 0, 0))]);
        var taste = await world.TasteOfAsync(Ann);
        Assert.InRange(taste.Mean[StyleWorld.Vividness], 0.5 * vote.Mean[0], 1.5 * vote.Mean[0]);
        Assert.Equal(8, taste.Comparisons);
        Assert.Equal(taste.Mean.ToArray(), (await world.Start().Learner.RebuildAsync(Ann.Profile, Token)).Taste.Mean.ToArray());
    }

    [Fact]
    public async Task Likes_and_votes_unlock_together()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 60, stylesEach: 8);
        await world.VoteAsync(Ann, 199);

        await world.Box.LikeAsync(Ann, await world.MadeAsync(Bob.Person, new StyleVector(1, 0, 0, 0, 0)), [], Token);

        Assert.True((await world.Unlock.ProgressAsync(Ann.Profile, Token)).IsUnlocked);
        Assert.False((await world.Unlock.ProgressAsync(Bob.Profile, Token)).IsUnlocked);
    }

    [Fact]
    public async Task People_whose_ids_end_alike_do_not_wait_for_each_other()
    {
        // The lowest bits of a Discord id count what one worker made in one millisecond: mostly the same few numbers.
        await using var world = await RankingWorld.CreateAsync();
        using var lease = await world.Tastes.AcquireAsync(new ProfileId(1UL << 22), Token);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        for (var id = 2UL; id < 20; id++)
        {
            (await world.Tastes.AcquireAsync(new(id << 22), deadline.Token)).Dispose();
        }
    }

    [Fact]
    public async Task People_who_share_a_lock_still_vote_apart()
    {
        await using var world = await RankingWorld.CreateAsync();

        // Of so many some share a lock of the book.
        const int People = 1100;
        await Parallel.ForAsync(1, People, Token, async (id, _) => await world.VoteAsync(RankingWorld.VoterOf((ulong)id), 2));

        foreach (var id in Enumerable.Range(1, People - 1))
        {
            Assert.Equal(2, (await world.Unlock.ProgressAsync(new((ulong)id), Token)).Votes);
        }
    }

    [Fact]
    public async Task Taste_cache_keeps_nothing_of_an_earlier_community()
    {
        await using var world = await RankingWorld.CreateAsync();
        var former = await VotedInAsync(world, 20);

        // Onto another stack: what runs here was called by the end of the last vote, whose frames hold the community while
        // their code is not optimized.
        await Task.Yield();
        world.Community.Change(StyleWorld.Community());
        await world.VoteAsync(Bob, 1);

        // A thread that has just run the votes may still hold them in a register.
        for (var i = 0; i < 10 && former.TryGetTarget(out _); i++)
        {
            await Task.Yield();
            GC.Collect();
        }

        Assert.False(former.TryGetTarget(out _));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<WeakReference<Community>> VotedInAsync(RankingWorld world, ulong people)
    {
        world.Community.Change(StyleWorld.Community());
        for (var person = 10ul; person < 10 + people; person++)
        {
            await world.VoteAsync(RankingWorld.VoterOf(person), 1);
        }

        return new(world.Community.Now);
    }
}
