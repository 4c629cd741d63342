using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class PoolSourceTests
{
    [Fact]
    public async Task Pool_is_loaded_once_and_not_before_there_is_something_in_it()
    {
        var pictures = new PicturesInMemory();
        var source = new PoolSource(pictures, new(new FakeExtractor()), new(StyleWorld.Community()), Options.Create(new RankingOptions()));

        Assert.Equal(0, (await source.LoadAsync(TestContext.Current.CancellationToken)).PairCount);
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var first = await source.LoadAsync(TestContext.Current.CancellationToken);
        var second = await source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(18, first.PairCount);
        Assert.Same(first, second);
        Assert.Equal(2, pictures.Loads);
    }

    [Fact]
    public async Task Pool_is_loaded_again_after_a_fit_of_the_community()
    {
        var pictures = new PicturesInMemory();
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var current = new CurrentCommunity(StyleWorld.Community());
        var source = new PoolSource(pictures, new(new FakeExtractor()), current, Options.Create(new RankingOptions()));
        await source.LoadAsync(TestContext.Current.CancellationToken);

        current.Change(StyleWorld.Community());

        Assert.Same(current.Now, (await source.LoadAsync(TestContext.Current.CancellationToken)).Community);
    }

    [Fact]
    public async Task Pool_is_loaded_once_for_all_concurrent_callers()
    {
        var loading = new TaskCompletionSource();
        var pictures = new PicturesInMemory { BeforeLoaded = loading.Task };
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor()), new(StyleWorld.Community()), Options.Create(new RankingOptions()));

        var waiting = Enumerable.Range(0, 64).Select(_ => source.LoadAsync(TestContext.Current.CancellationToken)).ToArray();
        loading.SetResult();
        var pools = await Task.WhenAll(waiting);

        Assert.Single(pools.Distinct());
        Assert.Equal(1, pictures.Loads);
    }

    [Fact]
    public async Task Pool_reaches_the_others_when_one_caller_stops_waiting()
    {
        var loading = new TaskCompletionSource();
        var pictures = new PicturesInMemory { BeforeLoaded = loading.Task };
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor()), new(StyleWorld.Community()), Options.Create(new RankingOptions()));
        using var gone = new CancellationTokenSource();

        var first = source.LoadAsync(TestContext.Current.CancellationToken);
        var second = source.LoadAsync(gone.Token);
        var third = source.LoadAsync(TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        loading.SetResult();

        Assert.Same(await first, await third);
    }

    [Fact]
    public async Task Newest_pictures_that_people_made_and_did_not_keep_private_join_the_pool()
    {
        var pictures = new PicturesInMemory();
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var made = await pictures.AddAsync([Made("old"), Made("old"), Made("new"), Made("new"), Made("new") with { Kind = PictureKind.Private }], TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor()), new(StyleWorld.Community()), Options.Create(new RankingOptions { MadePictures = 2 }));

        var pool = await source.LoadAsync(TestContext.Current.CancellationToken);

        var request = Assert.Single(pool.MadePrompts);
        Assert.Equal([made[2].Id, made[3].Id], request.Select(picture => picture.Id));
        Assert.Equal(12, pool.Pictures.Count);
    }

    [Fact]
    public async Task Neither_one_request_nor_one_person_fills_the_pool()
    {
        var pictures = new PicturesInMemory();
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        await pictures.AddAsync([.. Enumerable.Range(0, 60).Select(i => Made($"request {i / 4}") with { Author = new(2) })], TestContext.Current.CancellationToken);
        await pictures.AddAsync([.. Enumerable.Range(0, 40).Select(_ => Made("again and again"))], TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor()), new(StyleWorld.Community()), Options.Create(new RankingOptions { MadePictures = 200 }));

        var pool = await source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(8, Assert.Single(pool.MadePrompts, request => request[0].Picture.Prompt == "again and again").Count);
        Assert.Equal(20, pool.MadePrompts.Where(request => request[0].Picture.Author == new PersonId(2)).Sum(request => request.Count));
    }

    [Fact]
    public async Task Pool_keeps_the_newest_pictures_of_each_person()
    {
        var pictures = new PicturesInMemory();
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var made = await pictures.AddAsync([.. Enumerable.Range(0, 60).Select(i => Made($"request {i / 4}"))], TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor()), new(StyleWorld.Community()), Options.Create(new RankingOptions { MadePictures = 200 }));

        var pool = await source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(made.TakeLast(20).Select(picture => picture.Id), pool.MadePrompts.SelectMany(request => request).Select(picture => picture.Id));
    }

    [Fact]
    public async Task Copy_of_a_picture_does_not_join_the_pool_unless_people_of_another_server_made_it()
    {
        var pictures = new PicturesInMemory();
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var made = await pictures.AddAsync([Seen(1), Seen(1), Seen(2) with { Style = new(1, 0, 0, 0, 0) }, Seen(1) with { Guild = new(6) }], TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor(embedding: 2)), new(StyleWorld.Community()), Options.Create(new RankingOptions()));

        var pool = await source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal([made[0].Id, made[2].Id, made[3].Id], pool.Made.Select(picture => picture.Id));
        Assert.True(pool.AreCopies(pool.Made[0], pool.Made[2]));
        Assert.False(pool.AreCopies(pool.Made[0], pool.Made[1]));
    }

    [Fact]
    public async Task Ranking_picture_that_copies_another_is_not_ranked_unless_all_do()
    {
        var pictures = new PicturesInMemory();
        var ranking = await pictures.AddAsync([.. StyleWorld.RankingPictures(2, 3).Select((picture, i) => picture with { Features = Encoded(i is 1 or 2 ? 1 : i) })], TestContext.Current.CancellationToken);
        var source = new PoolSource(pictures, new(new FakeExtractor(embedding: 2)), new(StyleWorld.Community()), Options.Create(new RankingOptions()));
        Assert.Equal(ranking.Select(picture => picture.Id).Except([ranking[2].Id]), (await source.LoadAsync(TestContext.Current.CancellationToken)).Pictures.Select(picture => picture.Id));

        foreach (var picture in ranking)
        {
            await pictures.SetFeaturesAsync(picture.Id, Encoded(0), TestContext.Current.CancellationToken);
        }

        var alike = new PoolSource(pictures, new(new FakeExtractor(embedding: 2)), new(StyleWorld.Community()), Options.Create(new RankingOptions()));
        Assert.Equal(6, (await alike.LoadAsync(TestContext.Current.CancellationToken)).PairCount);
    }

    private static Picture Seen(double angle) => Made("a boat") with { Guild = new(5), Features = Encoded(angle) };

    private static ExtractedFeatures Encoded(double angle) => new("fake-1", [0, 0, 0, (float)Math.Cos(angle), (float)Math.Sin(angle)]);

    private static Picture Made(string prompt) =>
        new() { Kind = PictureKind.Made, Author = new(1), Prompt = prompt, Style = new(0, 0, 0, 0, 0), Seed = 1, Width = 8, Height = 8 };
}
