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

    [Fact]
    public async Task Walk_shows_a_copy_no_second_time()
    {
        await using var world = await CreateAsync(prompts: 1, stylesEach: 2);
        await AddSeenAsync(world, Bob.Person, "a boat", 0, 0.01, 1);
        var (pages, walk) = await BeginAsync(world);

        var shown = new List<Picture>();
        for (var (page, isLast) = (0, false); !isLast; page++)
        {
            (var pictures, _, isLast) = await pages.ReadAsync(Ann, walk, page, Token);
            shown.AddRange(pictures);
        }

        Assert.Equal(2, shown.Count(picture => picture.Prompt == "a boat"));
    }

    [Fact]
    public async Task Pictures_most_like_one_come_nearest_first_one_of_each_prompt_and_without_copies_and_the_persons_own()
    {
        await using var world = await CreateAsync(prompts: 2, stylesEach: 2);
        var asked = (await AddSeenAsync(world, Bob.Person, "a boat", 0, 0.01, 0.4))[0];
        await AddSeenAsync(world, Bob.Person, "a lake", 0.9, 0.3);
        await AddSeenAsync(world, Ann.Person, "a hill", 0.2);
        await AddSeenAsync(world, new(3), "a barn", 0.6);
        await AddAsync(world, new(3), "not seen yet", count: 1);

        var (pictures, _, isLast) = (await PagesOf(world).ReadAlikeAsync(Ann, asked.Id, 0, Token))!.Value;

        Assert.Equal([("a lake", 0.3), ("a boat", 0.4), ("a barn", 0.6)], pictures.Select(picture => (picture.Prompt, Math.Round(Math.Atan2(picture.Features!.Values[4], picture.Features.Values[3]), 3))));
        Assert.True(isLast);
    }

    [Fact]
    public async Task Pictures_like_one_that_the_encoder_has_not_seen_are_those_of_the_nearest_style()
    {
        await using var world = await CreateAsync(prompts: 20, stylesEach: 6);
        var asked = (await AddAsync(world, Bob.Person, "a boat", count: 1))[0];

        var pages = PagesOf(world);
        var first = (await pages.ReadAlikeAsync(Ann, asked.Id, 0, Token))!.Value;
        var second = (await pages.ReadAlikeAsync(Ann, asked.Id, 1, Token))!.Value;

        var ranking = await world.Pictures.RankingPicturesAsync(Token);
        Picture[] shown = [.. first.Pictures, .. second.Pictures];
        double[] distances = [.. shown.Select(picture => Distance(asked.Style!, picture.Style!))];
        Assert.Equal((12, false, 8, true), (first.Pictures.Count, first.IsLast, second.Pictures.Count, second.IsLast));
        Assert.Equal(distances.Order(), distances);
        Assert.All(shown, picture => Assert.Equal(ranking.Where(other => other.Prompt == picture.Prompt).Min(other => Distance(asked.Style!, other.Style!)), Distance(asked.Style!, picture.Style!)));
    }

    [Theory]
    [InlineData(PictureKind.Made, 5, true)]
    [InlineData(PictureKind.Made, 6, false)]
    [InlineData(PictureKind.Private, 5, false)]
    [InlineData(PictureKind.Deleted, 5, false)]
    public async Task What_is_like_a_picture_is_told_to_those_who_may_see_it(PictureKind kind, ulong guild, bool isTold)
    {
        await using var world = await CreateAsync();
        var asked = (await world.Pictures.AddAsync([Seen(Bob.Person, "a boat", 0) with { Kind = kind, Guild = new(guild) }], Token))[0];

        Assert.Equal(isTold, await PagesOf(world).ReadAlikeAsync(Ann, asked.Id, 0, Token) is not null);
        Assert.Equal(kind != PictureKind.Deleted, await PagesOf(world).ReadAlikeAsync(Bob, asked.Id, 0, Token) is not null);
    }

    private static PageSource PagesOf(RankingWorld world) => new(world.Pictures, world.Likeness, world.Guilds, world.Ballots, world.Pools, new Random(1));

    /// <summary>Made pictures of one prompt, whose embeddings have these angles, in radians.</summary>
    private static Task<IReadOnlyList<Picture>> AddSeenAsync(RankingWorld world, PersonId maker, string prompt, params double[] angles) =>
        world.Pictures.AddAsync([.. angles.Select(angle => Seen(maker, prompt, angle))], Token);

    private static Picture Seen(PersonId maker, string prompt, double angle) => new()
    {
        Kind = PictureKind.Made,
        Author = maker,
        Guild = RankingWorld.Guild,
        Prompt = prompt,
        Style = null,
        Features = new("fake-1", [0, 0, 0, (float)Math.Cos(angle), (float)Math.Sin(angle)]),
        Seed = 1,
        Width = 8,
        Height = 8,
    };

    private static async Task<(PageSource Pages, PageWalk Walk)> BeginAsync(RankingWorld world)
    {
        var pages = PagesOf(world);
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
