using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Xunit;
using static Personalization.Tests.Ranking.RankingWorld;

namespace Personalization.Tests.Ranking;

public sealed class PageSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_shows_twelve_pictures_of_different_prompts_and_makers_and_none_of_the_persons_own()
    {
        await using var world = await CreateAsync();
        for (ulong maker = 1; maker <= 30; maker++)
        {
            await AddAsync(world, new(maker), $"prompt {maker % 20}", count: 4);
        }

        var (pages, walk) = await BeginAsync(world);
        var (shown, _, isLast) = await pages.ReadAsync(Ann, walk, 0, Token);

        Assert.False(isLast);
        Assert.Equal(12, shown.Count);
        Assert.Equal(12, shown.DistinctBy(picture => picture.Prompt).Count());
        Assert.Equal(12, shown.DistinctBy(picture => picture.Author).Count());
        Assert.All(shown, picture => Assert.Equal(PictureKind.Made, picture.Kind));
        Assert.DoesNotContain(shown, picture => picture.Author == Ann.Person);
    }

    [Fact]
    public async Task Page_shows_ranking_pictures_where_there_are_none_by_others()
    {
        await using var world = await CreateAsync();
        await AddAsync(world, Ann.Person, "a boat", count: 4);

        var (pages, walk) = await BeginAsync(world);
        var (shown, _, _) = await pages.ReadAsync(Ann, walk, 0, Token);

        Assert.Equal(12, shown.Count);
        Assert.All(shown, picture => Assert.Equal(PictureKind.Ranking, picture.Kind));
    }

    [Fact]
    public async Task Walk_shows_every_picture_once_and_ends()
    {
        await using var world = await CreateAsync(prompts: 20, stylesEach: 3);
        await AddAsync(world, Bob.Person, "a boat", count: 4);

        var (pages, walk) = await BeginAsync(world);
        var shown = new List<PictureId>();
        for (var page = 0; ; page++)
        {
            var (pictures, _, isLast) = await pages.ReadAsync(Ann, walk, page, Token);
            Assert.NotEmpty(pictures);
            shown.AddRange(pictures.Select(picture => picture.Id));
            if (isLast)
            {
                Assert.Empty((await pages.ReadAsync(Ann, walk, page + 1, Token)).Pictures);
                break;
            }
        }

        Assert.Equal(64, shown.Count);
        Assert.Equal(64, shown.Distinct().Count());
    }

    [Fact]
    public async Task Walk_stays_the_same_while_pictures_are_made_and_liked()
    {
        await using var world = await CreateAsync();
        await AddAsync(world, Bob.Person, "a boat", count: 4);
        var (pages, walk) = await BeginAsync(world);
        var before = (await pages.ReadAsync(Ann, walk, 1, Token)).Pictures;

        await AddAsync(world, new(77), "a lake", count: 4);
        await world.Box.LikeAsync(Ann, before[0].Id, [], Token);

        Assert.Equal(before.Select(picture => picture.Id), (await pages.ReadAsync(Ann, walk, 1, Token)).Pictures.Select(picture => picture.Id));
    }

    [Fact]
    public async Task Walk_leaves_out_what_was_liked_before_it_began()
    {
        await using var world = await CreateAsync(prompts: 12, stylesEach: 2);
        var liked = (await world.Pictures.RankingPicturesAsync(Token)).Take(12).Select(picture => picture.Id).ToArray();
        foreach (var id in liked)
        {
            await world.Box.LikeAsync(Ann, id, [], Token);
        }

        var (pages, walk) = await BeginAsync(world);
        var (first, _, isLast) = await pages.ReadAsync(Ann, walk, 0, Token);

        Assert.DoesNotContain(first, picture => liked.Contains(picture.Id));
        Assert.Equal(6, first.Count);
        Assert.False(isLast);
    }

    [Fact]
    public async Task Pictures_of_a_page_differ_more_in_style_than_chance_would_have_it()
    {
        await using var world = await CreateAsync(prompts: 60, stylesEach: 6);
        var (pages, walk) = await BeginAsync(world);
        var all = await world.Pictures.RankingPicturesAsync(Token);

        var nearest = 0.0;
        for (uint seed = 0; seed < 20; seed++)
        {
            nearest += Nearest((await pages.ReadAsync(Ann, walk with { Seed = seed }, 0, Token)).Pictures);
        }

        var random = new Random(1);
        var byChance = Enumerable.Range(0, 20).Sum(_ => Nearest([.. all.OrderBy(_ => random.Next()).Take(12)]));
        Assert.True(nearest > 1.5 * byChance, $"{nearest} is not 1.5 times {byChance}.");
    }

    [Fact]
    public async Task Newest_pictures_come_first_more_often()
    {
        await using var world = await CreateAsync();
        for (ulong maker = 10; maker < 410; maker++)
        {
            await AddAsync(world, new(maker), $"prompt {maker}", count: 1);
        }

        var (pages, walk) = await BeginAsync(world);
        var makers = new List<ulong>();
        for (uint seed = 0; seed < 20; seed++)
        {
            makers.AddRange((await pages.ReadAsync(Ann, walk with { Seed = seed }, 0, Token)).Pictures.Select(picture => picture.Author!.Value.Value));
        }

        Assert.InRange(makers.Count(maker => maker >= 310) / (double)makers.Count, 0.4, 0.75);
        Assert.Contains(makers, maker => maker < 110);
    }

    private static async Task<(PageSource Pages, PageWalk Walk)> BeginAsync(RankingWorld world)
    {
        var pages = new PageSource(world.Pictures, world.Guilds, world.Ballots, world.Pools, new Random(1));
        return (pages, await pages.BeginAsync(Ann, Token));
    }

    private static Task<IReadOnlyList<Picture>> AddAsync(RankingWorld world, PersonId maker, string prompt, int count)
    {
        var random = new Random((int)maker.Value);
        return world.Pictures.AddAsync(
            [
                .. Enumerable.Range(0, count).Select(i => new Picture
                {
                    Kind = PictureKind.Made,
                    Author = maker,
                    Guild = RankingWorld.Guild,
                    Prompt = prompt,
                    Style = Taste.StyleWorld.RandomStyle(random),
                    Seed = (uint)i,
                    Width = 8,
                    Height = 8,
                }),
            ],
            Token);
    }

    /// <summary>The least distance between two styles.</summary>
    private static double Nearest(IReadOnlyList<Picture> pictures) =>
        pictures.SelectMany((a, i) => pictures.Skip(i + 1).Select(b => Distance(a.Style!, b.Style!))).Min();

    private static double Distance(StyleVector a, StyleVector b) => Math.Sqrt(Enumerable.Range(0, a.Dimension).Sum(axis => Math.Pow(a[axis] - b[axis], 2)));
}
