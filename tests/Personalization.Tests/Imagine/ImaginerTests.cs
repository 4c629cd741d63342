using Microsoft.Extensions.Options;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Tests.Ranking;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>From a prompt to the job that is done for it.</summary>
public sealed class ImaginerTests : IDisposable
{
    private readonly SnapshotsInMemory _snapshots = new();
    private readonly RecordedQueue _queue = new();
    private readonly RunnerWorld _doing = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 5)]
    [InlineData(1, 6)]
    public async Task Portable_code_about_styles_that_are_not_known_here_is_refused_and_not_kept(int version, int axes)
    {
        await using var world = await RankingWorld.CreateAsync();
        var portable = PortableCode.From(Taste(axes) with { SpaceVersion = version });

        var refused = await Imaginer(world).SubmitAsync(ImagineOrder(), Asking(portable), Token);

        Assert.Equal(new SubmitResult.LaterCode(version, 1), refused);
        Assert.Null(await _snapshots.FindAsync(CodeIssuer.CodeOf(portable.Snapshot), Token));
        Assert.Empty(_queue.Jobs);
    }

    [Fact]
    public async Task Portable_code_about_styles_that_are_known_here_is_followed_and_named()
    {
        await using var world = await RankingWorld.CreateAsync();
        var portable = PortableCode.From(Taste(axes: 5));

        var job = await AcceptedAsync(Imaginer(world), Asking(portable));

        Assert.Equal($"a boat --p {CodeIssuer.CodeOf(portable.Snapshot)}", job.Prompt);
        Assert.NotEmpty(job.Request.Additions);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(9, 4)]
    public async Task Server_is_shown_no_more_pictures_than_it_takes(int takes, int shown)
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.Pictures.AddAsync([.. Enumerable.Range(0, 5).Select(i => Liked($"hill {i}"))], Token);
        var code = await NamedAsync(Taste(axes: 5) with { Favourites = [.. liked.Select(picture => picture.Id)] });

        var request = (await AcceptedAsync(Imaginer(world, Server(references: takes)), Asking(code))).Request;

        Assert.Equal(liked.Take(shown).Select(picture => picture.Id), request.References);
        Assert.Equal(shown > 0, request.ReferenceWeight > 0);
    }

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(2, 3, 2)]
    [InlineData(4, 1, 4)]
    public async Task Fallback_gets_references_too_and_the_job_records_only_those_that_were_sent(int takes, int ofFallback, int recorded)
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.Pictures.AddAsync([.. Enumerable.Range(0, 4).Select(i => Liked($"hill {i}"))], Token);
        var code = await NamedAsync(Taste(axes: 5) with { Favourites = [.. liked.Select(picture => picture.Id)] });
        var imaginer = Imaginer(world, Server(references: takes), Server("Second", references: ofFallback));

        var job = await AcceptedAsync(imaginer, Asking(code));

        var most = Math.Max(takes, ofFallback);
        Assert.Equal(liked.Take(most).Select(picture => picture.Id), job.Request.References);
        Assert.True(job.Request.ReferenceWeight > 0);
        Assert.Equal(recorded, imaginer.EffectOf(job).References);
        Assert.Equal(ofFallback, imaginer.EffectOf(job with { Backend = "Second" }).References);
        Assert.Equal(most, imaginer.EffectOf(job with { Backend = "of a version before" }).References);
    }

    [Fact]
    public async Task References_of_several_tastes_are_sent_best_first_one_of_each_prompt_without_missing_ones()
    {
        await using var world = await RankingWorld.CreateAsync();
        var liked = await world.Pictures.AddAsync([Liked("a hill"), Liked("a lake"), Liked("a road"), Liked("a road")], Token);
        var (hill, lake, road, sameRoad) = (liked[0].Id, liked[1].Id, liked[2].Id, liked[3].Id);
        var heavy = await NamedAsync(Taste(axes: 5) with { Owner = RankingWorld.Ann.Profile, Favourites = [road, hill] });
        var light = await NamedAsync(Taste(axes: 5) with { Owner = RankingWorld.Bob.Profile, Favourites = [new(9999), sameRoad, lake] });
        var prompt = Asking(heavy) with { Profiles = [new(light, 1), new(heavy, 2)] };

        var job = await AcceptedAsync(Imaginer(world, Server(references: 4)), prompt);

        Assert.Equal([road, hill, lake], job.Request.References);
    }

    [Theory]
    [InlineData(9, 6, true, true, 100)]
    [InlineData(0, 0, false, true, 100)]
    [InlineData(0, 0, true, false, 100)]
    [InlineData(0, 0, true, true, 0)]
    public async Task Candidates_are_painted_only_for_a_personal_taste_that_can_rank_them(int candidates, int ofFallback, bool hasTaste, bool isMeasured, int stylize)
    {
        await using var world = await RankingWorld.CreateAsync();
        world.Community.Change(MoreVivid(isMeasured ? Map : null));
        var prompt = Asking(await NamedAsync(Taste(axes: 5))) with { Stylize = Stylize.TryCreate(stylize, out var strength) ? strength : default };

        var job = await AcceptedAsync(
            Imaginer(world, Server(candidates: 9), Server("Second", candidates: 6)),
            hasTaste ? prompt : prompt with { Profiles = null });

        Assert.Equal(candidates, job.Request.Candidates);
        Assert.Equal(ofFallback, job.Request.On(Assert.Single(job.Request.Fallbacks)).Candidates);
    }

    [Fact]
    public async Task Variation_paints_no_more_than_it_shows_on_any_backend()
    {
        await using var world = await RankingWorld.CreateAsync();
        world.Community.Change(MoreVivid(Map));
        var imaginer = Imaginer(world, Server(candidates: 9), Server("Second", candidates: 6));
        var job = await AcceptedAsync(imaginer, Asking(await NamedAsync(Taste(axes: 5))));
        var made = await world.MadeAsync(RankingWorld.Ann.Person, new(0, 0, 0, 0, 0));

        var varied = Assert.IsType<SubmitResult.Accepted>(await imaginer.VaryAsync(ImagineOrder(), job with { Pictures = [made] }, 0, Token)).Job.Request;

        Assert.Equal(0, varied.Candidates);
        Assert.Equal(0, varied.On(Assert.Single(varied.Fallbacks)).Candidates);
    }

    [Fact]
    public async Task Variation_is_painted_with_new_seeds_each_time_and_knows_those_of_its_original()
    {
        await using var world = await RankingWorld.CreateAsync();
        var imaginer = Imaginer(world);

        var (picture, first, second) = (await MadeAsync(world), await VariedAsync(world, imaginer), await VariedAsync(world, imaginer));

        Assert.Equal(3, new[] { picture.Seed, first.Seed, second.Seed }.Distinct().Count());
        Assert.Equal([picture.Seed], first.Lineage);
        Assert.Equal((first.Original, first.OriginalNumber), (new PictureId(picture.Id.Value + 1), 1));
    }

    [Fact]
    public async Task Variation_of_a_variation_knows_the_seeds_of_both()
    {
        await using var world = await RankingWorld.CreateAsync();
        var job = await AcceptedAsync(Imaginer(world), new Prompt { Text = "a boat" });
        var picture = await MadeAsync(world);
        var varied = job with { Pictures = [picture.Id], Request = job.Request with { Lineage = [4] } };

        var again = Assert.IsType<SubmitResult.Accepted>(await Imaginer(world).VaryAsync(ImagineOrder(), varied, 0, Token)).Job.Request;

        Assert.Equal([4, picture.Seed], again.Lineage);
    }

    [Fact]
    public async Task Variation_stays_on_the_side_of_each_axis_that_its_picture_leans_to()
    {
        await using var world = await RankingWorld.CreateAsync();
        var job = await AcceptedAsync(Imaginer(world), new Prompt { Text = "a boat" });
        var picture = await MadeAsync(world);
        job = job with { Pictures = [picture.Id], Request = job.Request with { Seed = picture.Seed - 1, Styles = [new(1, 1, 1, 1, 1), new(-0.4f, 0.9f, 0.1f, 0, 0.02f)] } };

        for (var i = 0; i < 50; i++)
        {
            var request = Assert.IsType<SubmitResult.Accepted>(await Imaginer(world).VaryAsync(ImagineOrder(), job, 0, Token)).Job.Request;
            Assert.All(request.Styles, style =>
            {
                Assert.InRange(style[0], -0.481f, -0.319f);
                Assert.InRange(style[1], 0.719f, 1);
                Assert.InRange(style[2], 0.079f, 0.121f);
                Assert.InRange(style[3], -0.201f, 0.201f);
                Assert.InRange(style[4], -0.181f, 0.221f);
            });
            Assert.Equal(4, request.Styles.Distinct().Count());
        }
    }

    [Fact]
    public void Style_of_a_request_is_found_by_the_seed_of_its_picture()
    {
        var request = new ImageRequest { Text = "a boat", Seed = uint.MaxValue, Count = 2, Width = 8, Height = 8, Styles = [new(0.1f), new(0.2f)] };

        Assert.Equal(new StyleVector(0.2f), request.StyleOf(request.SeedOf(1)));
        Assert.Null(request.StyleOf(request.SeedOf(2)));
        Assert.Null((request with { Styles = [] }).StyleOf(request.Seed));
    }

    [Fact]
    public async Task Variation_of_what_a_backend_painted_that_is_gone_since_is_accepted_and_apologized_for_later()
    {
        await using var world = await RankingWorld.CreateAsync();
        var job = await AcceptedAsync(Imaginer(world), new Prompt { Text = "a boat" });
        var picture = await MadeAsync(world);

        var submission = await Imaginer(world).VaryAsync(ImagineOrder(), job with { Backend = "Gone", Pictures = [picture.Id] }, 0, Token);

        Assert.Equal("Gone", Assert.IsType<SubmitResult.Accepted>(submission).Job.Backend);
    }

    [Fact]
    public async Task Seeds_of_all_candidates_are_within_what_every_server_counts_in()
    {
        await using var world = await RankingWorld.CreateAsync();

        var job = await AcceptedAsync(Imaginer(world), new Prompt { Text = "a boat" });

        Assert.InRange((long)job.Request.Seed + ImageRequest.MaxCandidates - 1, uint.MaxValue - 1, uint.MaxValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Private_request_makes_private_pictures(bool isPrivate)
    {
        await using var world = await RankingWorld.CreateAsync();

        await Imaginer(world).SubmitAsync(ImagineOrder() with { IsPrivate = isPrivate }, new Prompt { Text = "a boat" }, Token);

        Assert.Equal(isPrivate, Assert.Single(_queue.Jobs).IsPrivate);
    }

    public void Dispose() => _doing.Dispose();

    /// <summary>A map of an extractor that measures nothing.</summary>
    private static FeatureMap Map { get; } = new("nothing", [], 5, new([], [], []), [], [[], [], [], [], []], [], []);

    /// <summary>People who like vivid pictures, all of them.</summary>
    private static Community MoreVivid(FeatureMap? map)
    {
        var space = new FeatureSpace(StyleWorld.Vocabulary, map, null);
        double[] spread = [.. from row in Enumerable.Range(0, 5) from column in Enumerable.Range(0, 5) select row == column ? 1.0 : 0];
        return new(space, new CommunityPrior(1, [2, 0, 0, 0, 0], spread, new double[25], 0, new Dictionary<long, Appeal>(), tieOdds: 0));
    }

    private static TasteSnapshot Taste(int axes)
    {
        float[] weights = [3, .. new float[axes - 1]];
        return new(default, 2, 1, 0, weights, weights, [.. weights.Select(_ => 0.1f)], 200, 0);
    }

    private static Picture Liked(string prompt) =>
        new() { Kind = PictureKind.Ranking, Prompt = prompt, Style = new(0, 0, 0, 0, 0), Seed = 1, Width = 8, Height = 8 };

    private static Prompt Asking(PersonalizationCode code) => new() { Text = "a boat", Profiles = [new(code, 1)] };

    private static Prompt Asking(PortableCode code) => new() { Text = "a boat", Profiles = [new(default, 1) { Portable = code }] };

    private static ImagineOrder ImagineOrder() => new(1, RankingWorld.Ann, "channel", IsPrivate: false);

    private async Task<PersonalizationCode> NamedAsync(TasteSnapshot taste)
    {
        var code = CodeIssuer.CodeOf(taste);
        await _snapshots.AddOrGetAsync(code, taste, Token);
        return code;
    }

    private static async Task<ImagineJob> AcceptedAsync(Imaginer imaginer, Prompt prompt) =>
        Assert.IsType<SubmitResult.Accepted>(await imaginer.SubmitAsync(ImagineOrder(), prompt, Token)).Job;

    private static async Task<Picture> MadeAsync(RankingWorld world) =>
        (await world.Pictures.FindAsync(await world.MadeAsync(RankingWorld.Ann.Person, new(0, 0, 0, 0, 0)), Token))!;

    private static async Task<ImageRequest> VariedAsync(RankingWorld world, Imaginer imaginer)
    {
        var job = await AcceptedAsync(imaginer, new Prompt { Text = "a boat" });
        var picture = await MadeAsync(world);
        return Assert.IsType<SubmitResult.Accepted>(await imaginer.VaryAsync(ImagineOrder(), job with { Pictures = [picture.Id] }, 0, Token)).Job.Request;
    }

    /// <param name="servers">The first one's version is the default; the others are what it falls back on.</param>
    private Imaginer Imaginer(RankingWorld world, params IReadOnlyList<FakeBackend> servers)
    {
        var files = new PictureFilesInMemory();
        servers = servers.Count > 0 ? servers : [new()];
        var version = new ModelVersion { Backend = servers[0].Name };
        version.Fallback.AddRange(servers.Skip(1).Select(server => new ModelVersion { Backend = server.Name }));
        var options = new ImagineOptions { DefaultVersion = "1", Versions = { ["1"] = version } };
        return new(
            world.Unlock,
            new CodeIssuer(world.Learner, _snapshots),
            world.Community,
            StyleWorld.Vocabulary,
            new PromptAugmenter(StyleWorld.Vocabulary),
            new ImageBackends(servers),
            world.Pictures,
            files,
            world.Guilds,
            new PictureReader(world.Pictures, files, PainterFixture.ExactPainter, new(world.Pictures, files, new SecondByte(), TestRun.Threads), new FirstPicture(), TestRun.Threads),
            Options.Create(options),
            _queue,
            _doing.Jobs,
            _doing.Runner,
            TimeProvider.System,
            new Highest());
    }

    /// <summary>A server that is only asked what it can do.</summary>
    private static FakeBackend Server(string name = "First", int references = 0, int candidates = 0) => new()
    {
        Name = name,
        Area = 64 * 64,
        Capabilities = new() { References = references, Candidates = candidates },
        Failure = new NotSupportedException("Nothing is painted here."),
    };

    /// <summary>Draws the highest number there is, and then the next lower ones.</summary>
    private sealed class Highest : Random
    {
        private int _drawn;

        public override long NextInt64(long maxValue) => maxValue - ++_drawn;
    }
}
