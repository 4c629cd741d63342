using Microsoft.Extensions.Options;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Tests.Ranking;
using Personalization.Tests.Taste;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>Previews of a taste on the way to <c>--p</c>.</summary>
public sealed class TastePreviewerTests : IDisposable
{
    private static readonly Voter Ann = RankingWorld.Ann;

    private readonly SnapshotsInMemory _snapshots = new();
    private readonly RecordedQueue _queue = new();
    private readonly RunnerWorld _doing = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(19, 0, 0)]
    [InlineData(20, 0, 20)]
    [InlineData(26, 0, 20)]
    [InlineData(26, 20, 0)]
    [InlineData(60, 20, 50)]
    [InlineData(199, 50, 100)]
    [InlineData(199, 100, 0)]
    [InlineData(200, 50, 0)]
    public async Task Preview_is_due_once_from_each_point_until_the_taste_is_unlocked(int count, int given, int due)
    {
        await using var world = await RankingWorld.CreateAsync();
        if (given > 0)
        {
            await _doing.AddAsync(job => job with { Person = Ann.Person, Preview = new(given, [], IsOwnPrompt: true), Failure = new JobFailure.Cancelled(), State = JobState.Closed });
        }

        Assert.Equal(due, await Previewer(world).DueAsync(Ann.Person, world.Unlock.Progress(count - 1, 1), Token));
    }

    [Fact]
    public async Task Preview_that_was_not_delivered_is_due_again()
    {
        await using var world = await RankingWorld.CreateAsync();
        await _doing.AddAsync(job => job with { Person = Ann.Person, Preview = new(20, [], IsOwnPrompt: true) });
        Assert.Equal(0, await Previewer(world).DueAsync(Ann.Person, world.Unlock.Progress(21, 0), Token));

        _doing.Delivery.IsReachable = false;
        await _doing.RunAsync();

        Assert.Equal(JobState.Closed, (await _doing.JobAsync()).State);
        Assert.Equal(20, await Previewer(world).DueAsync(Ann.Person, world.Unlock.Progress(21, 0), Token));
    }

    [Fact]
    public async Task Preview_paints_the_last_prompt_with_the_taste_so_far_and_issues_no_code()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(Ann, 30);
        await AskedAsync($"a hill --s 0 --p {PersonalizationCode.FromNumber(1)}", seed: 7);

        var job = await PreviewAsync(world);

        Assert.Equal("a hill", job.Prompt);
        Assert.Equal(("a hill", 7u), (job.Request.Text, job.Request.Seed));
        Assert.True(job.Request.Styles[0][StyleWorld.Vividness] > 0.1);
        Assert.Equal((20, true), (job.Preview!.At, job.Preview.IsOwnPrompt));
        Assert.Equal("vivid", job.Preview.Traits[0].Liked);
        Assert.All(job.Preview.Traits, trait => Assert.True(trait.IsSure));
        Assert.Equal(0, _snapshots.Count);
    }

    [Fact]
    public async Task Preview_says_that_nothing_is_sure_where_choices_contradict_each_other()
    {
        await using var world = await RankingWorld.CreateAsync();

        Assert.Empty((await PreviewAsync(world)).Preview!.Traits);
    }

    [Theory]
    [InlineData(true, "a secret")]
    [InlineData(false, "a hill")]
    public async Task Preview_shows_a_private_prompt_only_in_private_places_and_its_pictures_to_the_person_alone(bool isPrivatePlace, string prompt)
    {
        await using var world = await RankingWorld.CreateAsync();
        await AskedAsync("a hill", seed: 1);
        await AskedAsync("a secret", seed: 2, job => job with { IsPrivate = true });

        var job = await PreviewAsync(world, isPrivatePlace);

        Assert.Equal((prompt, true), (job.Prompt, job.IsPrivate));
    }

    [Fact]
    public async Task Own_prompt_comes_with_its_job_which_says_where_it_may_be_shown()
    {
        await using var world = await RankingWorld.CreateAsync();
        await AskedAsync("a hill", seed: 1);
        await AskedAsync("a secret", seed: 2, job => job with { IsPrivate = true });

        var (prompt, job) = (await Previewer(world).OwnPromptAsync(Ann.Person, Token))!.Value;

        Assert.Equal(("a secret --p", true), (prompt.ToString(), job.IsPrivate));
    }

    [Fact]
    public async Task Preview_passes_over_failed_jobs_and_earlier_previews()
    {
        await using var world = await RankingWorld.CreateAsync();
        await AskedAsync("a hill", seed: 1);
        await AskedAsync("a refused hill", seed: 2, job => job with { Failure = new JobFailure.GivenUp() });
        await AskedAsync("a previewed hill", seed: 3, job => job with { Preview = new(20, [], IsOwnPrompt: true) });

        Assert.Equal("a hill", (await PreviewAsync(world)).Prompt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a hill --v removed")]
    public async Task Preview_paints_a_ranking_prompt_where_there_is_no_prompt_to_repeat(string? last)
    {
        await using var world = await RankingWorld.CreateAsync();
        if (last is not null)
        {
            await AskedAsync(last, seed: 1);
        }

        var job = await PreviewAsync(world);

        Assert.StartsWith("prompt ", job.Prompt, StringComparison.Ordinal);
        Assert.False(job.Preview!.IsOwnPrompt);
        Assert.Null(await Previewer(world).OwnPromptAsync(Ann.Person, Token));
    }

    public void Dispose() => _doing.Dispose();

    private async Task AskedAsync(string prompt, uint seed, Func<ImagineJob, ImagineJob>? change = null)
    {
        var job = SampleJob.Create(100 + seed) with { Person = Ann.Person, Prompt = prompt };
        job = job with { Request = job.Request with { Seed = seed } };
        await _doing.Jobs.AddAsync(change?.Invoke(job) ?? job);
    }

    private async Task<ImagineJob> PreviewAsync(RankingWorld world, bool isPrivatePlace = false)
    {
        var job = await Previewer(world).PreviewAsync(new(1, Ann, "channel", isPrivatePlace), 20, Token);
        Assert.Equal(Assert.Single(_queue.Jobs), job);
        return job!;
    }

    private TastePreviewer Previewer(RankingWorld world)
    {
        var files = new PictureFilesInMemory();
        var codes = new CodeIssuer(world.Learner, _snapshots);
        var imaginer = new Imaginer(
            world.Unlock,
            codes,
            world.Community,
            StyleWorld.Vocabulary,
            new PromptAugmenter(StyleWorld.Vocabulary),
            new ImageBackends([new FakeBackend { Name = "First", Area = 64 * 64 }]),
            world.Pictures,
            files,
            world.Guilds,
            new PictureReader(world.Pictures, files, PainterFixture.ExactPainter, new(world.Pictures, files, new SecondByte(), TestRun.Threads), new FirstPicture(), TestRun.Threads),
            Options.Create(new ImagineOptions { DefaultVersion = "1", Versions = { ["1"] = new ModelVersion { Backend = "First" } } }),
            _queue,
            _doing.Jobs,
            _doing.Runner,
            TimeProvider.System,
            new Random(1));
        var pools = new PoolSource(world.Pictures, world.Likeness, world.Community, Options.Create(new RankingOptions()));
        return new(world.Unlock, codes, StyleWorld.Vocabulary, pools, _doing.Jobs, imaginer, new Random(1));
    }
}
