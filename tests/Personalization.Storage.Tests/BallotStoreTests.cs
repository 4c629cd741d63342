using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public abstract class BallotStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly ProfileId Ann = new(ulong.MaxValue - 5);
    private static readonly ProfileId Ben = new(22);

    private TemporaryStorage _storage = null!;
    private IReadOnlyList<PictureId> _pictures = null!;

    private IBallotStore Ballots => _storage.Get<IBallotStore>();

    public async ValueTask InitializeAsync()
    {
        _storage = await TemporaryStorage.CreateAsync(kind);
        _pictures = await _storage.AddRankingPicturesAsync(8);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Answer_is_stored_and_the_next_pair_is_open()
    {
        var first = await OpenAsync(Ann);

        var second = await AnswerAsync(first, Choice.Right);

        Assert.Equal(second, await Ballots.OpenPairAsync(Ann, Cancellation));
        var answered = Assert.Single(await Ballots.AnsweredAsync(Ann, Cancellation));
        Assert.NotNull(answered.AnsweredAt);
        Assert.Equal(first with { Choice = Choice.Right, AnsweredAt = answered.AnsweredAt }, answered);
        Assert.Equal(answered, await Ballots.FindPairAsync(first.Id, Cancellation));
    }

    [Fact]
    public async Task Pair_with_many_answers_at_once_counts_one_of_them()
    {
        var pair = await OpenAsync(Ann);

        var answers = await AtOnceAsync(16, index => AnswerAsync(pair, index % 2 == 0 ? Choice.Left : Choice.Right));

        Assert.Single(answers, next => next is not null);
        Assert.Equal((1, 0), await Ballots.CountAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Counts_in_the_database_and_in_memory_agree_about_every_choice()
    {
        var pair = await OpenAsync(Ann);
        Assert.False(pair.IsVote);
        foreach (var choice in Enum.GetValues<Choice>())
        {
            var before = await Ballots.CountAsync(Ann, Cancellation);
            pair = (await AnswerAsync(pair, choice))!;

            var answered = (await Ballots.AnsweredAsync(Ann, Cancellation))[^1];
            Assert.Equal(choice, answered.Choice);
            Assert.Equal(answered.IsVote ? before.Votes + 1 : before.Votes, (await Ballots.CountAsync(Ann, Cancellation)).Votes);
        }

        Assert.Equal(2, (await Ballots.CountAsync(Ann, Cancellation)).Votes);
        Assert.Equal(2, await Ballots.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Pair_of_another_profile_is_not_answered()
    {
        var pair = await OpenAsync(Ann);

        Assert.Null(await AnswerAsync(pair with { Profile = Ben }, Choice.Left));

        Assert.Equal(pair, await Ballots.OpenPairAsync(Ann, Cancellation));
        Assert.Null(await Ballots.OpenPairAsync(Ben, Cancellation));
    }

    [Fact]
    public async Task Profile_with_many_pairs_opened_at_once_has_one_open_pair_that_all_callers_get()
    {
        var pairs = await AtOnceAsync(16, index => Ballots.OpenAsync(new(0, Ann, _pictures[index % 4], _pictures[4], null), Cancellation));

        var open = Assert.Single(pairs.Distinct());
        Assert.Equal(open, await Ballots.OpenPairAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Database_itself_refuses_a_second_open_pair()
    {
        await OpenAsync(Ann);
        await using var context = await _storage.ContextAsync();

        context.Pairs.Add(new() { ProfileId = Ann.Value, LeftId = _pictures[0].Value, RightId = _pictures[1].Value });

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Cancellation));
        Assert.Matches("(?i:unique)", Assert.IsType<DbException>(exception.InnerException, exactMatch: false).Message);
    }

    [Fact]
    public async Task Pair_of_a_missing_picture_is_refused()
    {
        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => Ballots.OpenAsync(new(0, Ann, _pictures[0], new PictureId(999), null), Cancellation));

        Assert.Matches("(?i:foreign key)", Assert.IsType<DbException>(exception.InnerException, exactMatch: false).Message);
    }

    [Fact]
    public async Task Undo_opens_the_last_answered_pair_again_and_drops_the_one_that_was_open()
    {
        var first = await OpenAsync(Ann);
        var second = await AnswerAsync(first, Choice.Left);
        var third = await AnswerAsync(second!, Choice.Skip);

        var undone = await Ballots.UndoAsync(Ann, Cancellation);

        Assert.Equal(second! with { Choice = Choice.Skip }, undone! with { AnsweredAt = null });
        Assert.Equal(second, await Ballots.OpenPairAsync(Ann, Cancellation));
        Assert.Null(await Ballots.FindPairAsync(third!.Id, Cancellation));
        Assert.Equal([first.Id], (await Ballots.AnsweredAsync(Ann, Cancellation)).Select(pair => pair.Id));
    }

    [Fact]
    public async Task Undo_goes_back_to_the_first_answer_and_no_further()
    {
        var first = await OpenAsync(Ann);
        await AnswerAsync((await AnswerAsync(first, Choice.Left))!, Choice.Left);

        await Ballots.UndoAsync(Ann, Cancellation);
        Assert.Equal(first with { Choice = Choice.Left }, (await Ballots.UndoAsync(Ann, Cancellation))! with { AnsweredAt = null });

        Assert.Null(await Ballots.UndoAsync(Ann, Cancellation));
        Assert.Equal(first, await Ballots.OpenPairAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Undo_passes_over_withdrawn_pairs()
    {
        var first = await OpenAsync(Ann);
        var withdrawn = await AnswerAsync(first, Choice.Left);
        await AnswerAsync(withdrawn!, Choice.Withdrawn);

        Assert.Equal(first.Id, (await Ballots.UndoAsync(Ann, Cancellation))!.Id);
        Assert.Null(await Ballots.UndoAsync(Ann, Cancellation));

        Assert.Equal(first, await Ballots.OpenPairAsync(Ann, Cancellation));
        Assert.Equal([withdrawn!.Id], (await Ballots.AnsweredAsync(Ann, Cancellation)).Select(pair => pair.Id));
        Assert.Equal((0, 0), await Ballots.CountAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Liked_pictures_are_returned_oldest_like_first_until_the_like_is_taken_back()
    {
        await Ballots.LikeAsync(new(Ann, _pictures[2], [_pictures[1]]), Cancellation);
        await Ballots.LikeAsync(new(Ann, _pictures[0], []), Cancellation);
        await Ballots.LikeAsync(new(new(2), _pictures[1], []), Cancellation);

        Assert.Equal([_pictures[2], _pictures[0]], await Ballots.LikedAsync(Ann, Cancellation));

        Assert.True(await Ballots.UnlikeAsync(Ann, _pictures[2], Cancellation));
        Assert.False(await Ballots.UnlikeAsync(Ann, _pictures[2], Cancellation));
        Assert.False(await Ballots.UnlikeAsync(Ann, _pictures[1], Cancellation));
        Assert.Equal([_pictures[0]], await Ballots.LikedAsync(Ann, Cancellation));
        Assert.Equal([_pictures[1]], await Ballots.LikedAsync(new(2), Cancellation));
    }

    [Fact]
    public async Task Answer_to_a_pair_that_an_undo_deleted_changes_nothing()
    {
        var first = await OpenAsync(Ann);
        var gone = await AnswerAsync(first, Choice.Left);
        await Ballots.UndoAsync(Ann, Cancellation);

        Assert.Null(await AnswerAsync(gone!, Choice.Right));

        Assert.Equal(first, await Ballots.OpenPairAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Skip_is_an_answer_but_not_a_vote()
    {
        var next = await AnswerAsync(await OpenAsync(Ann), Choice.Skip);
        await AnswerAsync(next!, Choice.Right);

        Assert.Equal((1, 0), await Ballots.CountAsync(Ann, Cancellation));
        Assert.Equal([Choice.Skip, Choice.Right], (await Ballots.AnsweredAsync(Ann, Cancellation)).Select(pair => pair.Choice!.Value));
    }

    [Fact]
    public async Task Picture_is_liked_once_by_each_profile()
    {
        var like = new Like(Ann, _pictures[3], [_pictures[0], _pictures[1], _pictures[2]], [_pictures[2], _pictures[1]]);

        var liked = await AtOnceAsync(8, _ => Ballots.LikeAsync(like, Cancellation));
        await Ballots.LikeAsync(new(Ann, _pictures[0], []), Cancellation);
        await Ballots.LikeAsync(like with { Profile = Ben }, Cancellation);

        Assert.Single(liked, first => first);
        var likes = await Ballots.LikesAsync(Ann, Cancellation);
        Assert.Equal([_pictures[3], _pictures[0]], likes.Select(one => one.Picture));
        Assert.Equal(like.PassedOver, likes[0].PassedOver);
        Assert.Equal(like.Drawn, likes[0].Drawn);
        Assert.Null(likes[1].Drawn);
        Assert.Equal((0, 2), await Ballots.CountAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Answers_and_likes_survive_a_kill_of_the_process()
    {
        var next = await AnswerAsync(await OpenAsync(Ann), Choice.Left);
        await Ballots.LikeAsync(new(Ann, _pictures[0], []), Cancellation);

        await using var restarted = await _storage.AfterKillAsync();

        Assert.Equal((1, 1), await restarted.Get<IBallotStore>().CountAsync(Ann, Cancellation));
        Assert.Equal(next, await restarted.Get<IBallotStore>().OpenPairAsync(Ann, Cancellation));
    }

    [Fact]
    public async Task Votes_of_many_people_at_once_all_count()
    {
        const int People = 20;
        const int Votes = 10;

        await AtOnceAsync(People, async index =>
        {
            var pair = await OpenAsync(new((ulong)index + 1));
            for (var vote = 0; vote < Votes; vote++)
            {
                pair = (await AnswerAsync(pair, Choice.Left))!;
            }

            return pair;
        });

        for (var person = 1; person <= People; person++)
        {
            Assert.Equal((Votes, 0), await Ballots.CountAsync(new((ulong)person), Cancellation));
        }
    }

    [Fact]
    public async Task Ballots_of_one_person_through_two_programs_at_once_stay_exact()
    {
        await using var beside = _storage.Beside();
        IBallotStore[] doors = [Ballots, beside.Get<IBallotStore>()];
        var first = await OpenAsync(Ann);
        foreach (var choice in (Choice[])[Choice.Left, Choice.Right, Choice.Left, Choice.Right, Choice.Left, Choice.Right])
        {
            await AnswerAsync((await Ballots.OpenPairAsync(Ann, Cancellation))!, choice);
        }

        for (var answers = 6; answers > 0; answers -= 2)
        {
            await AtOnceAsync(2, index => doors[index].UndoAsync(Ann, Cancellation));
            Assert.Equal((answers - 2, 0), await Ballots.CountAsync(Ann, Cancellation));
        }

        Assert.Equal(first, await Ballots.OpenPairAsync(Ann, Cancellation));
        for (var answers = 0; answers < 10; answers++)
        {
            var open = (await Ballots.OpenPairAsync(Ann, Cancellation))!;
            var answered = await AtOnceAsync(4, index => doors[index % 2].AnswerAsync(open, Choice.Left, open with { Id = 0, Choice = null }, Cancellation));
            Assert.Single(answered, next => next is not null);
        }

        Assert.Equal((10, 0), await Ballots.CountAsync(Ann, Cancellation));
        Assert.NotNull(await Ballots.UndoAsync(Ann, Cancellation));
        await AtOnceAsync(8, index => index % 2 == 0 ? doors[0].LikeAsync(new(Ann, _pictures[5], []), Cancellation) : doors[1].LikeAsync(new(Ann, _pictures[6], []), Cancellation));
        Assert.Equal((9, 2), await Ballots.CountAsync(Ann, Cancellation));
    }

    private static async Task<IReadOnlyCollection<T>> AtOnceAsync<T>(int count, Func<int, Task<T>> act)
    {
        var results = new ConcurrentBag<T>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = count, CancellationToken = Cancellation }, async (index, _) => results.Add(await act(index)));
        return results;
    }

    [Fact]
    public async Task Ballots_of_all_profiles_are_listed_once_with_answers_and_likes()
    {
        await AnswerAsync((await AnswerAsync(await OpenAsync(Ben), Choice.Skip))!, Choice.Left);
        await OpenAsync(Ann);
        var like = new Like(new(7), _pictures[0], [_pictures[1]]);
        await Ballots.LikeAsync(like, Cancellation);

        var all = new Dictionary<ProfileId, ProfileBallots>();
        await foreach (var profile in Ballots.AllAsync(Cancellation))
        {
            all.Add(profile.Profile, profile);
        }

        Assert.Equal([new(7), Ben], all.Keys.OrderBy(person => person.Value));
        Assert.Equal([Choice.Skip, Choice.Left], all[Ben].Answered.Select(pair => pair.Choice!.Value));
        Assert.Equal(_pictures[0], Assert.Single(all[new(7)].Likes).Picture);
        Assert.Equal(2, await Ballots.CountAsync(Cancellation));
    }

    private Task<Pair> OpenAsync(ProfileId profile) => Ballots.OpenAsync(new(0, profile, _pictures[0], _pictures[1], null) { IsRandom = true, Expectation = 0.7 }, Cancellation);

    private Task<Pair?> AnswerAsync(Pair pair, Choice choice) => Ballots.AnswerAsync(pair, choice, new(0, pair.Profile, _pictures[2], _pictures[3], null), Cancellation);

    public sealed class OnSqlite() : BallotStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : BallotStoreTests(DatabaseKind.Postgres);
}
