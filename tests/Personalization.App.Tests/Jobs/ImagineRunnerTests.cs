using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.App.Tests.Jobs;

/// <summary>The runner on the real storage, called as the scheduler would call it.</summary>
public sealed class ImagineRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_painting_that_keeps_failing_ends_in_one_apology()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Faults = int.MaxValue });
        await program.AddOrphanAsync(1);

        for (var tries = 1; tries < ImagineRunner.PaintingFaults; tries++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(program));
        }

        await RunAsync(program);
        await RunAsync(program);

        var (_, what) = Assert.Single(program.Delivery.All);
        Assert.StartsWith("apology The pictures could not be painted.", what, StringComparison.Ordinal);
        Assert.Equal(JobState.Closed, await program.StateOfAsync(1));
        Assert.Equal(ImagineRunner.PaintingFaults, program.Painter.Requests.Count);
    }

    [Fact]
    public async Task What_is_paid_for_is_asked_for_once()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Faults = int.MaxValue, Fault = BackendFault.Failed });
        await program.AddOrphanAsync(1);

        await RunAsync(program);

        Assert.Single(program.Painter.Requests);
        Assert.StartsWith("apology The image server failed at them.", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_paid_for_and_cannot_be_kept_is_not_paid_for_again()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        await File.WriteAllTextAsync(program.PictureFolder, "no folder", Cancellation);

        await RunAsync(program);

        Assert.Single(program.Painter.Requests);
        Assert.StartsWith("apology They were painted and could not be kept", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_has_jobs_of_its_own_is_asked_again_though_it_costs_something()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Ticket = "7", Faults = 1, FaultAfterTicket = true, Fault = BackendFault.Failed });
        await program.AddOrphanAsync(1);

        await Assert.ThrowsAsync<BackendException>(() => RunAsync(program));
        await RunAsync(program);

        Assert.Equal(JobState.Delivered, await program.StateOfAsync(1));
    }

    [Theory]
    [InlineData(BackendFault.Failed)]
    [InlineData(BackendFault.Lost)]
    public async Task What_a_free_backend_fails_at_twice_is_painted_by_the_fallback(BackendFault fault)
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { IsFree = true, Faults = 2, Fault = fault });
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { Fallbacks = [new("Painter", "other", 16, 16)] } });

        await Assert.ThrowsAsync<BackendException>(() => RunAsync(program));
        await RunAsync(program);

        Assert.Equal([(8, ""), (8, ""), (16, "other")], program.Painter.Requests.Select(request => (request.Width, request.Model)));
        Assert.Equal(JobState.Delivered, await program.StateOfAsync(1));
        Assert.Equal(0, (await program.Jobs.FindAsync(1, Cancellation))!.Faults);
    }

    [Fact]
    public async Task Of_more_pictures_than_the_answer_holds_those_that_the_taste_likes_best_are_kept()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { Candidates = 6, Preference = [2] } });

        await RunAsync(program);

        Assert.Equal(6, Assert.Single(program.Painter.Requests).Count);
        var kept = await PicturesOfAsync(program, 1);
        Assert.Equal([10u, 9u], kept.Select(picture => picture.Seed));
        Assert.Equal([0.5f, 0.4f], kept.Select(picture => picture.Features!.Values[0]));
        Assert.Equal([5, 5], await program.Get<IPictureFiles>().ReadAsync(kept[0].FileKey!, Cancellation));
        Assert.Equal([5, 4], await program.Get<IPictureFiles>().ReadAsync(kept[1].FileKey!, Cancellation));
    }

    [Fact]
    public async Task Where_nothing_tells_the_best_the_first_ones_are_kept()
    {
        await using var program = await JobsProgram.CreateAsync();
        program.Get<CurrentCommunity>().Change(CommunityLearner.Nobody(new(1, [new("vividness", "muted", "vivid", [])], [])));
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { Candidates = 6, Preference = [2] } });

        await RunAsync(program);

        Assert.Equal([5u, 6u], (await PicturesOfAsync(program, 1)).Select(picture => picture.Seed));
    }

    [Fact]
    public async Task A_reference_whose_file_is_lost_is_painted_without()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { References = 2 });
        var there = await program.Get<IPictureFiles>().SaveAsync(new byte[] { 1, 2 }, "png", Cancellation);
        var pictures = await program.Get<IPictureStore>().AddAsync([Picture($"{new string('a', 64)}.png"), Picture(there)], Cancellation);
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { References = [.. pictures.Select(picture => picture.Id)] } });

        await RunAsync(program);

        Assert.Equal(JobState.Delivered, await program.StateOfAsync(1));
        Assert.Equal([1, 2], Assert.Single(program.Painter.Sources!.References).ToArray());
    }

    [Fact]
    public async Task A_backend_is_shown_no_more_references_than_it_takes()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { References = 1 });
        var pictures = new List<Picture>();
        foreach (var content in new byte[] { 1, 2 })
        {
            pictures.Add(Picture(await program.Get<IPictureFiles>().SaveAsync(new[] { content }, "png", Cancellation)));
        }

        var added = await program.Get<IPictureStore>().AddAsync(pictures, Cancellation);
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { References = [.. added.Select(picture => picture.Id)] } });

        await RunAsync(program);

        Assert.Equal([1], Assert.Single(program.Painter.Sources!.References).ToArray());
    }

    [Fact]
    public async Task Pictures_that_are_asked_for_in_private_stay_out_of_everybody_elses_sight()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1, job => job with { IsPrivate = true });

        await RunAsync(program);

        Assert.All(await PicturesOfAsync(program, 1), picture => Assert.Equal(PictureKind.Private, picture.Kind));
        Assert.Empty(await program.Get<IPictureStore>().MadePicturesAsync(before: null, count: 10, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_has_the_style_it_was_asked_for_in_where_the_backend_takes_one_and_else_what_is_seen_in_it(bool takesStyles)
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { TakesStyles = takesStyles });
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { Styles = [new(0.5f), new(-1f)] } });

        await RunAsync(program);

        var made = await PicturesOfAsync(program, 1);
        Assert.Equal(takesStyles ? [new(0.5f), new(-1f)] : [null, null], made.Select(picture => picture.Style));
        Assert.Equal([0, 0.1f], made.Select(picture => picture.Features!.Values[0]));
    }

    [Fact]
    public async Task An_apology_that_cannot_be_delivered_is_tried_again()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1, job => job with { Backend = "Gone" });
        program.Delivery.Faults = 1;

        await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(program));
        Assert.Equal(JobState.Failed, await program.StateOfAsync(1));
        await RunAsync(program);

        Assert.StartsWith("apology The model", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
        Assert.Equal(JobState.Closed, await program.StateOfAsync(1));
    }

    [Fact]
    public async Task Who_cancelled_is_told_so_though_the_chat_was_away_for_a_moment()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        program.Delivery.Faults = 1;

        Assert.True(await program.Get<ImagineRunner>().CancelAsync(1, JobsProgram.Job(1).Person, Cancellation));
        await RunAsync(program);

        Assert.StartsWith("apology It was cancelled", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_refused_for_what_it_is_ends_in_an_apology_within_minutes()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        program.Delivery.Before = (job, _) => job.State == JobState.Painted ? throw new UndeliverableException("It is too large.", new HttpRequestException()) : Task.CompletedTask;

        for (var tries = 1; tries < ImagineRunner.PaintingFaults; tries++)
        {
            await Assert.ThrowsAsync<UndeliverableException>(() => RunAsync(program));
        }

        await RunAsync(program);

        Assert.StartsWith("apology What was painted is lost, or cannot be shown", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
        Assert.Equal(JobState.Closed, await program.StateOfAsync(1));
        Assert.Single(program.Painter.Requests);
    }

    [Fact]
    public async Task Painted_pictures_whose_files_are_lost_end_in_an_apology_and_a_chat_that_is_away_does_not()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        program.Delivery.Faults = ImagineRunner.PaintingFaults;
        for (var tries = 0; tries < ImagineRunner.PaintingFaults; tries++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(program));
        }

        Directory.Delete(program.PictureFolder, recursive: true);
        await RunAsync(program);

        Assert.StartsWith("apology What was painted is lost", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_attempt_that_wakes_up_finds_it_has_lost_the_job()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Waits = true });
        await program.AddOrphanAsync(1);
        var paused = RunAsync(program);
        await program.Painter.BegunAsync();
        var later = RunAsync(program);
        await program.Painter.BegunAsync();

        program.Painter.Open();
        await Task.WhenAll(paused, later);

        Assert.Single(program.Delivery.All);
        Assert.Equal((JobState.Delivered, 2), ((await program.Jobs.FindAsync(1, Cancellation))!.State, (await program.Jobs.FindAsync(1, Cancellation))!.Attempt));
    }

    [Fact]
    public async Task Cancelled_tries_do_not_count_as_failed()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Waits = true });
        await program.AddOrphanAsync(1);
        for (var tries = 0; tries < ImagineRunner.PaintingFaults + 1; tries++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var run = program.Get<ImagineRunner>().RunAsync(1, stop.Token);
            await program.Painter.BegunAsync();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        program.Painter.Open();
        await RunAsync(program);

        Assert.StartsWith("picture", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_before_there_is_a_painting_to_stop_is_not_painted()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        var jobs = new WatchedJobs(program.Jobs);
        var runner = ActivatorUtilities.CreateInstance<ImagineRunner>(program.Get<IServiceProvider>(), jobs);
        jobs.Begun = () => runner.CancelAsync(1, JobsProgram.Job(1).Person, Cancellation);

        await runner.RunAsync(1, Cancellation).WaitAsync(JobsProgram.Deadline, Cancellation);

        Assert.Empty(program.Painter.Requests);
        Assert.StartsWith("apology It was cancelled", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_as_its_ticket_comes_is_stopped_by_that_ticket()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Ticket = "7", Waits = true });
        await program.AddOrphanAsync(1);
        var jobs = new WatchedJobs(program.Jobs);
        var runner = ActivatorUtilities.CreateInstance<ImagineRunner>(program.Get<IServiceProvider>(), jobs);
        var cancelling = Task.FromResult(false);
        jobs.Kept = async () =>
        {
            cancelling = runner.CancelAsync(1, JobsProgram.Job(1).Person, Cancellation);
            await jobs.Cancelled.Task;
        };

        await runner.RunAsync(1, Cancellation).WaitAsync(JobsProgram.Deadline, Cancellation);

        Assert.True(await cancelling.WaitAsync(JobsProgram.Deadline, Cancellation));
        Assert.Equal(["7"], program.Painter.Cancelled);
    }

    [Fact]
    public async Task A_job_that_brings_the_program_down_each_time_is_given_up()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        for (var tries = 0; tries < ImagineRunner.Interruptions; tries++)
        {
            await program.Jobs.BeginAttemptAsync(1, Cancellation);
        }

        await RunAsync(program);

        Assert.Empty(program.Painter.Requests);
        Assert.StartsWith("apology", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_goes_to_where_it_goes_by_then()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Waits = true });
        await program.AddOrphanAsync(1);
        var run = RunAsync(program);
        await program.Painter.BegunAsync();

        await program.Jobs.SetReplyToAsync(1, "message", Cancellation);
        program.Painter.Open();
        await run;

        Assert.Equal("message", Assert.Single(program.Delivery.Addresses));
    }

    [Fact]
    public async Task Progress_is_shown_at_most_every_two_seconds_and_not_after_the_painting()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        var time = new FakeTimeProvider();
        var job = await program.Jobs.BeginAttemptAsync(1, Cancellation);
        var reporter = new JobPaintingReporter(program.Jobs, job!, program.Delivery, time, () => { }, Cancellation);

        Assert.True(reporter.TakesPreview);
        reporter.Report(new(0.1));
        reporter.Report(new(0.2));
        await reporter.Edit;
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(reporter.TakesPreview);
        reporter.Report(new(0.3));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(reporter.TakesPreview);
        reporter.Report(new(0.4));
        await reporter.DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        reporter.Report(new(0.5));

        Assert.Equal([0.1, 0.4], program.Delivery.Progress);
    }

    [Fact]
    public async Task A_variation_passed_on_to_a_server_that_takes_no_styles_has_seeds_of_its_own_and_they_are_recorded()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1, job => job with { Backend = "Away", Request = job.Request with { SeedStep = 0, Fallbacks = [new("Painter", "", 8, 8)] } });

        await RunnerOf(program, new IImageBackend[] { new AwayServer(), program.Painter }).RunAsync(1, Cancellation);

        var asked = Assert.Single(program.Painter.Requests);
        Assert.Equal(1u, asked.SeedStep);
        Assert.DoesNotContain(5u, (await PicturesOfAsync(program, 1)).Select(picture => picture.Seed));
        Assert.Equal([asked.Seed, asked.Seed + 1], (await PicturesOfAsync(program, 1)).Select(picture => picture.Seed));
    }

    [Fact]
    public async Task A_variation_passed_on_to_another_that_takes_styles_keeps_its_seed()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { TakesStyles = true });
        await program.AddOrphanAsync(1, job => job with { Backend = "Away", Request = job.Request with { SeedStep = 0, Fallbacks = [new("Painter", "", 8, 8)] } });

        await RunnerOf(program, new IImageBackend[] { new AwayServer(), program.Painter }).RunAsync(1, Cancellation);

        Assert.Equal([5u, 5u], (await PicturesOfAsync(program, 1)).Select(picture => picture.Seed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_backend_is_shown_the_original_only_where_it_takes_one(bool takesOriginals)
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { TakesOriginals = takesOriginals });
        var pictures = await program.Get<IPictureStore>().AddAsync([Picture(await program.Get<IPictureFiles>().SaveAsync(new byte[] { 1 }, "png", Cancellation))], Cancellation);
        await program.AddOrphanAsync(1, job => job with { Request = job.Request with { Original = pictures[0].Id } });

        await RunAsync(program);

        Assert.Equal(takesOriginals ? [1] : [], program.Painter.Sources!.Original.ToArray());
    }

    [Fact]
    public async Task Waiting_is_not_limited_while_the_backend_says_so()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Waits = true });
        await program.AddOrphanAsync(1);
        var time = new FakeTimeProvider();
        var run = RunnerOf(program, time).RunAsync(1, Cancellation);
        await program.Painter.BegunAsync();
        foreach (var ahead in (int[])[2, 1, 0])
        {
            time.Advance(ImagineRunner.PaintingLimit - TimeSpan.FromMinutes(1));
            program.Painter.Journal!.Report(new(0, ahead));
        }

        program.Painter.Open();
        await run;

        Assert.StartsWith("picture", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_says_nothing_for_long_has_failed()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedPainter { Waits = true, IsDeaf = true });
        await program.AddOrphanAsync(1);
        var time = new FakeTimeProvider();
        var run = RunnerOf(program, time).RunAsync(1, Cancellation);
        await program.Painter.BegunAsync();

        time.Advance(ImagineRunner.PaintingLimit);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(JobsProgram.Deadline, Cancellation));
        Assert.Equal(1, (await program.Jobs.FindAsync(1, Cancellation))!.Faults);
    }

    [Theory]
    [InlineData((int)BackendFault.Failed)]
    [InlineData((int)BackendFault.Unavailable)]
    public async Task What_a_server_says_is_logged_for_debugging_alone(int fault)
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1, job => job with { Backend = "Away" });
        using var log = new RecordedLog { Least = LogLevel.Debug };
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        var runner = ActivatorUtilities.CreateInstance<ImagineRunner>(
            program.Get<IServiceProvider>(),
            new IImageBackend[] { new AwayServer { Fault = (BackendFault)fault, Said = "no forest" } },
            factory.CreateLogger<ImagineRunner>());

        await Record.ExceptionAsync(() => runner.RunAsync(1, Cancellation));

        Assert.StartsWith("Debug", Assert.Single(log.Lines, line => line.Contains("forest", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains("It is away.", StringComparison.Ordinal));
    }

    private static ImagineRunner RunnerOf(JobsProgram program, object part) =>
        ActivatorUtilities.CreateInstance<ImagineRunner>(program.Get<IServiceProvider>(), part);

    private static Task RunAsync(JobsProgram program) => program.Get<ImagineRunner>().RunAsync(1, Cancellation);

    private static Picture Picture(string fileKey) =>
        new() { Kind = PictureKind.Ranking, Prompt = "a hill", Style = new(0.5f), Seed = 1, Width = 8, Height = 8, FileKey = fileKey };

    private static async Task<IReadOnlyList<Picture>> PicturesOfAsync(JobsProgram program, ulong id)
    {
        var job = await program.Jobs.FindAsync(id, Cancellation);
        var found = (await program.Get<IPictureStore>().FindAsync(job!.Pictures, Cancellation)).ToDictionary(picture => picture.Id);
        return [.. job.Pictures.Select(picture => found[picture])];
    }

    /// <summary>A server that does not answer.</summary>
    private sealed class AwayServer : IImageBackend
    {
        public string Name => "Away";

        public BackendFault Fault { get; init; } = BackendFault.Unavailable;

        public string Said { get; init; } = "";

        public (int Area, int Step) SizeOf(string model) => (64, 8);

        public BackendCapabilities CapabilitiesOf(string model) => new() { Styles = true };

        public Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken) =>
            throw new BackendException(Fault, "It is away.") { Said = Said };

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);
    }

    /// <summary>The jobs' rows, and what happens right after an attempt has begun or before a ticket is kept, once.</summary>
    private sealed class WatchedJobs(IImagineJobStore inner) : IImagineJobStore
    {
        public Func<Task>? Begun { get; set; }

        public Func<Task>? Kept { get; set; }

        /// <summary>Completes once a job's row says that it is cancelled.</summary>
        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<ImagineJob?> BeginAttemptAsync(ulong id, CancellationToken cancellationToken)
        {
            var job = await inner.BeginAttemptAsync(id, cancellationToken);
            if (Begun is { } begun)
            {
                Begun = null;
                await begun();
            }

            return job;
        }

        public Task<ImagineJob?> FindAsync(ulong id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

        public Task SetReplyToAsync(ulong id, string replyTo, CancellationToken cancellationToken) => inner.SetReplyToAsync(id, replyTo, cancellationToken);

        public Task<bool> SetBackendAsync(ulong id, int attempt, string backend, ImageRequest request, CancellationToken cancellationToken) =>
            inner.SetBackendAsync(id, attempt, backend, request, cancellationToken);

        public async Task<bool> CancelAsync(ulong id, PersonId person, string failure, CancellationToken cancellationToken)
        {
            var isCancelled = await inner.CancelAsync(id, person, failure, cancellationToken);
            Cancelled.TrySetResult();
            return isCancelled;
        }

        public Task<IReadOnlyList<ulong>> UnpaintedAsync(PersonId person, CancellationToken cancellationToken) => inner.UnpaintedAsync(person, cancellationToken);

        public async Task<bool> SetTicketAsync(ulong id, int attempt, string ticket, CancellationToken cancellationToken)
        {
            if (Kept is { } kept)
            {
                Kept = null;
                await kept();
            }

            return await inner.SetTicketAsync(id, attempt, ticket, cancellationToken);
        }

        public Task<IReadOnlyList<Picture>?> SetPaintedAsync(ulong id, int attempt, IReadOnlyList<Picture> pictures, CancellationToken cancellationToken) =>
            inner.SetPaintedAsync(id, attempt, pictures, cancellationToken);

        public Task<bool> SetStateAsync(ulong id, int attempt, JobState state, string? failure, CancellationToken cancellationToken) =>
            inner.SetStateAsync(id, attempt, state, failure, cancellationToken);

        public Task<int?> CountFaultAsync(ulong id, int attempt, CancellationToken cancellationToken) => inner.CountFaultAsync(id, attempt, cancellationToken);

        public Task<IReadOnlyList<ulong>> UnfinishedAsync(CancellationToken cancellationToken) => inner.UnfinishedAsync(cancellationToken);
    }
}
