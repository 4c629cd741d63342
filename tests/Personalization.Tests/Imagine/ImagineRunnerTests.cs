using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Taste;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>The runner on stores in memory, called as the scheduler would call it.</summary>
public sealed class ImagineRunnerTests
{
    [Fact]
    public async Task Backend_that_bills_each_call_is_asked_once()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Faults = int.MaxValue, Fault = BackendFault.Failed });
        await world.AddAsync();

        await world.RunAsync();

        Assert.Single(world.Painter.Requests);
        Assert.StartsWith("apology ServerFailed { Fault = Failed }", Assert.Single(world.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backend_with_jobs_of_its_own_is_asked_again_even_if_it_is_not_free()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Ticket = "7", Faults = 1, FaultAfterTicket = true, Fault = BackendFault.Failed });
        await world.AddAsync();

        await Assert.ThrowsAsync<BackendException>(() => world.RunAsync());
        await world.RunAsync();

        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);
    }

    [Fact]
    public async Task Backends_own_job_is_discarded_once_its_pictures_are_stored_and_not_before()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Ticket = "7", IsFree = true });
        world.Files.Saved = _ => throw new IOException("The disk is away.");
        await world.AddAsync();

        await Assert.ThrowsAsync<IOException>(() => world.RunAsync());
        Assert.Empty(world.Painter.Discarded);
        world.Files.Saved = null;
        await world.RunAsync();

        Assert.Equal(["7"], world.Painter.Discarded);
    }

    [Fact]
    public async Task Backends_own_job_is_discarded_when_it_is_cancelled()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Ticket = "7", Waits = true });
        await world.AddAsync();
        var running = world.RunAsync();
        await world.Painter.BegunAsync();

        await world.Runner.CancelAsync(1, SampleJob.Create(1).Person, TestRun.Cancellation);
        await running;

        Assert.Equal(["7"], world.Painter.Cancelled);
        Assert.Equal(["7"], world.Painter.Discarded);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(BackendFault.Failed)]
    public async Task Known_failure_is_one_line_for_each_try(BackendFault? fault)
    {
        using var log = new RecordedLog { MinLevel = LogLevel.Warning };
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var world = new RunnerWorld(new ScriptedBackend { IsFree = true, Faults = 2, Fault = fault }, loggers: factory);
        world.Delivery.Faults = 2;
        await world.AddAsync();

        while ((await world.JobAsync()).State != JobState.Delivered)
        {
            await Record.ExceptionAsync(() => world.RunAsync());
        }

        Assert.Equal(4, log.Lines.Count);
        Assert.All(log.Lines, line => Assert.DoesNotContain('\n', line));
        Assert.EndsWith($"Job 1 failed in state Accepted, 2 times by now: {(fault is null ? "The painter is away." : "The painter cannot.")} ", log.Lines.ElementAt(1), StringComparison.Ordinal);
        Assert.EndsWith("Job 1 failed in state Painted, 1 times by now: The chat is away. ", log.Lines.ElementAt(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_that_nobody_knows_has_its_stack_once()
    {
        using var log = new RecordedLog { MinLevel = LogLevel.Warning };
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var world = new RunnerWorld(loggers: factory);
        var faults = 3;
        world.Delivery.Before = (_, _) => faults-- > 0 ? throw new InvalidOperationException("A fault of ours.") : Task.CompletedTask;
        await world.AddAsync();

        while ((await world.JobAsync()).State != JobState.Delivered)
        {
            await Record.ExceptionAsync(() => world.RunAsync());
        }

        Assert.Equal([true, false, false], log.Lines.Select(line => line.Contains("   at ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(BackendFault.Failed)]
    [InlineData(BackendFault.Lost)]
    public async Task Free_backend_that_fails_twice_is_replaced_by_the_fallback(BackendFault fault)
    {
        using var world = new RunnerWorld(new ScriptedBackend { IsFree = true, Faults = 2, Fault = fault });
        await world.AddAsync(job => job with { Request = job.Request with { Fallbacks = [new("Painter", "other", 16, 16)] } });

        await Assert.ThrowsAsync<BackendException>(() => world.RunAsync());
        await world.RunAsync();

        Assert.Equal([(8, ""), (8, ""), (16, "other")], world.Painter.Requests.Select(request => (request.Width, request.Model)));
        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);
        Assert.Equal(0, (await world.JobAsync()).Faults);
    }

    [Fact]
    public async Task Backend_whose_job_goes_to_the_fallback_is_to_stop_and_remove_it()
    {
        using var other = new ScriptedBackend { Name = "Other" };
        using var world = new RunnerWorld(new ScriptedBackend { Ticket = "7", Faults = 1, FaultAfterTicket = true, Fault = BackendFault.TimedOut }, [other]);
        await world.AddAsync(job => job with { Request = job.Request with { Fallbacks = [new("Other", "", 16, 16)] } });

        await world.RunAsync();

        Assert.Equal(["7"], world.Painter.Cancelled);
        Assert.Equal(["7"], world.Painter.Discarded);
        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);
    }

    [Fact]
    public async Task Backend_that_does_not_answer_when_it_is_to_stop_a_job_keeps_that_from_the_fallback_for_five_seconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new FakeTimeProvider();
        using var other = new ScriptedBackend { Name = "Other" };
        using var world = new RunnerWorld(
            new ScriptedBackend { Ticket = "7", Faults = 1, FaultAfterTicket = true, Fault = BackendFault.Unavailable, OnCancel = HangAsync }, [other], time);
        await world.AddAsync(job => job with { Request = job.Request with { Fallbacks = [new("Other", "", 16, 16)] } });

        var running = world.RunAsync();
        await asked.Task.WaitAsync(TestRun.Deadline, TestRun.Cancellation);
        time.Advance(TimeSpan.FromSeconds(5));
        await running.WaitAsync(TestRun.Deadline, TestRun.Cancellation);

        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);

        async Task<bool> HangAsync(CancellationToken cancellationToken)
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return false;
        }
    }

    [Fact]
    public async Task Pictures_that_can_no_longer_be_delivered_are_kept_to_be_told_of()
    {
        using var world = new RunnerWorld();
        world.Delivery.IsReachable = false;
        await world.AddAsync();

        await world.RunAsync();

        var job = await world.JobAsync();
        Assert.Equal((JobState.Untold, null), (job.State, job.Failure));
        Assert.NotEmpty(job.Pictures);
        Assert.Empty(world.Delivery.All);
    }

    [Fact]
    public async Task Candidates_that_the_taste_likes_best_are_kept()
    {
        using var world = new RunnerWorld();
        await world.AddAsync(job => job with { Request = job.Request with { Candidates = 6, Preference = [2] } });

        await world.RunAsync();

        Assert.Equal(6, Assert.Single(world.Painter.Requests).Count);
        var kept = await world.PaintedAsync();
        Assert.Equal([10u, 9u], kept.Select(picture => picture.Seed));
        Assert.Equal([0.5f, 0.4f], kept.Select(picture => picture.Features!.Values[0]));
        Assert.Equal([5, 5], await world.Files.ReadAsync(kept[0].FileKey!, TestRun.Cancellation));
        Assert.Equal([5, 4], await world.Files.ReadAsync(kept[1].FileKey!, TestRun.Cancellation));
    }

    [Fact]
    public async Task Candidates_are_kept_in_order_where_styles_cannot_be_measured()
    {
        using var world = new RunnerWorld();
        world.Community.Change(CommunityLearner.Initial(new(1, [new("vividness", "muted", "vivid", [])], [])));
        await world.AddAsync(job => job with { Request = job.Request with { Candidates = 6, Preference = [2] } });

        await world.RunAsync();

        Assert.Equal([5u, 6u], (await world.PaintedAsync()).Select(picture => picture.Seed));
    }

    [Fact]
    public async Task Reference_whose_file_is_lost_is_left_out()
    {
        using var world = new RunnerWorld(new ScriptedBackend { References = 2 });
        var there = await world.Files.SaveAsync(new byte[] { 1, 2 }, "png", TestRun.Cancellation);
        var pictures = await world.Pictures.AddAsync([Picture($"{new string('a', 64)}.png"), Picture(there)], TestRun.Cancellation);
        await world.AddAsync(job => job with { Request = job.Request with { References = [.. pictures.Select(picture => picture.Id)] } });

        await world.RunAsync();

        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);
        Assert.Equal([1, 2], Assert.Single(world.Painter.Sources!.References).ToArray());
    }

    [Fact]
    public async Task Reference_that_may_not_be_shown_there_any_more_when_it_is_painted_is_left_out()
    {
        using var world = new RunnerWorld(new ScriptedBackend { References = 9 });
        async Task<Picture> AddAsync(byte content, Func<Picture, Picture> change)
        {
            var picture = Picture(await world.Files.SaveAsync(new[] { content }, "png", TestRun.Cancellation));
            return Assert.Single(await world.Pictures.AddAsync([change(picture with { Kind = PictureKind.Made, Guild = new(5) })], TestRun.Cancellation));
        }

        Picture[] pictures =
        [
            await AddAsync(1, picture => picture),
            await AddAsync(2, picture => picture with { Guild = new(6) }),
            await AddAsync(3, picture => picture with { Guild = new(7) }),
            await AddAsync(4, picture => picture with { Kind = PictureKind.Private }),
            await AddAsync(5, picture => picture with { Kind = PictureKind.Deleted }),
            await AddAsync(6, picture => picture with { Kind = PictureKind.Ranking, Guild = null }),
        ];
        await world.Guilds.SetSharingAsync(new(7), isSharing: true, TestRun.Cancellation);
        await world.AddAsync(job => job with { Guild = new(5), Request = job.Request with { References = [.. pictures.Select(picture => picture.Id)] } });

        await world.RunAsync();

        Assert.Equal<byte>([1, 3, 6], world.Painter.Sources!.References.Select(reference => reference.Span[0]));
    }

    [Fact]
    public async Task Picture_stays_whose_identical_one_is_deleted_with_its_file_before_it_is_stored()
    {
        using var world = new RunnerWorld();
        await world.AddAsync();
        world.Files.Saved = async key =>
        {
            world.Files.Saved = null;
            await world.Files.DeleteAsync(key, TestRun.Cancellation);
        };

        await world.RunAsync();

        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);
        foreach (var picture in await world.PaintedAsync())
        {
            Assert.NotEmpty(await world.Files.ReadAsync(picture.FileKey!, TestRun.Cancellation));
        }
    }

    [Fact]
    public async Task Backend_receives_no_more_references_than_it_takes()
    {
        using var world = new RunnerWorld(new ScriptedBackend { References = 1 });
        var pictures = new List<Picture>();
        foreach (var content in new byte[] { 1, 2 })
        {
            pictures.Add(Picture(await world.Files.SaveAsync(new[] { content }, "png", TestRun.Cancellation)));
        }

        var added = await world.Pictures.AddAsync(pictures, TestRun.Cancellation);
        await world.AddAsync(job => job with { Request = job.Request with { References = [.. added.Select(picture => picture.Id)] } });

        await world.RunAsync();

        Assert.Equal([1], Assert.Single(world.Painter.Sources!.References).ToArray());
    }

    [Fact]
    public async Task Pictures_of_a_private_request_are_not_shown_to_others()
    {
        using var world = new RunnerWorld();
        await world.AddAsync(job => job with { IsPrivate = true });

        await world.RunAsync();

        Assert.All(await world.PaintedAsync(), picture => Assert.Equal(PictureKind.Private, picture.Kind));
        Assert.Empty(await world.Pictures.MadePicturesAsync(before: null, count: 10, TestRun.Cancellation));
    }

    [Fact]
    public async Task Picture_has_the_style_that_its_backend_says_it_was_painted_in()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Styles = [new(0.5f), null] });
        await world.AddAsync(job => job with { Request = job.Request with { Styles = [new(0.1f), new(-1f)] } });

        await world.RunAsync();

        var made = await world.PaintedAsync();
        Assert.Equal([new(0.5f), null], made.Select(picture => picture.Style));
    }

    [Fact]
    public async Task Pictures_are_measured_once_they_are_delivered()
    {
        using var world = new RunnerWorld();
        IReadOnlyList<Picture> delivered = [];
        world.Delivery.Before = async (_, _) => delivered = await world.PaintedAsync();
        await world.AddAsync();

        await world.RunAsync();

        Assert.Equal([null, null], delivered.Select(picture => picture.Features));
        Assert.Equal(delivered.Select(picture => picture.Id), await world.MeasureSoonAsync(delivered.Count));
        Assert.Equal([0, 0.1f], (await world.PaintedAsync()).Select(picture => picture.Features!.Values[0]));
    }

    [Fact]
    public async Task Pictures_are_measured_later_where_the_program_ended_after_their_delivery()
    {
        using var world = new RunnerWorld();
        await world.AddAsync();
        await world.RunAsync();

        // A later start, whose measurer knows nothing of them.
        await new PictureMeasurer(world.Pictures, world.Files, new SecondByte(), TestRun.Threads).MeasureAllAsync(TestRun.Cancellation);

        Assert.Equal([0, 0.1f], (await world.PaintedAsync()).Select(picture => picture.Features!.Values[0]));
    }

    [Fact]
    public async Task Apology_that_cannot_be_delivered_is_tried_again()
    {
        using var world = new RunnerWorld();
        await world.AddAsync(job => job with { Backend = "Gone" });
        world.Delivery.Faults = 1;

        await Assert.ThrowsAsync<HttpRequestException>(() => world.RunAsync());
        Assert.Equal(JobState.Failed, (await world.JobAsync()).State);
        await world.RunAsync();

        Assert.StartsWith("apology ModelRemoved", Assert.Single(world.Delivery.All).What, StringComparison.Ordinal);
        Assert.Equal(JobState.Closed, (await world.JobAsync()).State);
    }

    [Fact]
    public async Task Cancellation_is_confirmed_after_the_chat_was_unreachable()
    {
        using var world = new RunnerWorld();
        await world.AddAsync();
        world.Delivery.Faults = 1;

        Assert.True(await world.Runner.CancelAsync(1, SampleJob.Create(1).Person, TestRun.Cancellation));
        await world.RunAsync();

        Assert.StartsWith("apology Cancelled", Assert.Single(world.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_is_refused_for_its_content_ends_in_an_apology_within_minutes()
    {
        using var world = new RunnerWorld();
        await world.AddAsync();
        world.Delivery.Before = (job, _) => job.State == JobState.Painted ? throw new UndeliverableException("It is too large.", new HttpRequestException()) : Task.CompletedTask;

        for (var tries = 1; tries < ImagineRunner.MaxPaintingFaults; tries++)
        {
            await Assert.ThrowsAsync<UndeliverableException>(() => world.RunAsync());
        }

        await world.RunAsync();

        Assert.StartsWith("apology PicturesLost", Assert.Single(world.Delivery.All).What, StringComparison.Ordinal);
        Assert.Equal(JobState.Closed, (await world.JobAsync()).State);
        Assert.Single(world.Painter.Requests);
    }

    [Fact]
    public async Task Answer_goes_to_the_address_of_the_time_of_delivery()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Waits = true });
        await world.AddAsync();
        var run = world.RunAsync();
        await world.Painter.BegunAsync();

        await world.Jobs.SetReplyToAsync(1, "message", message: null, TestRun.Cancellation);
        world.Painter.Open();
        await run;

        Assert.Equal("message", Assert.Single(world.Delivery.Addresses));
    }

    [Fact]
    public async Task Progress_is_shown_at_most_every_two_seconds_and_not_after_the_painting()
    {
        using var world = new RunnerWorld();
        await world.AddAsync();
        var time = new FakeTimeProvider();
        var job = await world.Jobs.BeginAttemptAsync(1, TestRun.Cancellation);
        var reporter = new JobPaintingReporter(world.Jobs, job!, world.Delivery, time, () => { }, TestRun.Cancellation);

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

        Assert.Equal([0.1, 0.4], world.Delivery.Progress);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_receives_the_original_only_where_it_takes_one(bool takesOriginals)
    {
        using var world = new RunnerWorld(new ScriptedBackend { TakesOriginals = takesOriginals });
        var pictures = await world.Pictures.AddAsync([Picture(await world.Files.SaveAsync(new byte[] { 1 }, "png", TestRun.Cancellation))], TestRun.Cancellation);
        await world.AddAsync(job => job with { Request = job.Request with { Original = pictures[0].Id } });

        await world.RunAsync();

        Assert.Equal(takesOriginals ? [1] : [], world.Painter.Sources!.Original.ToArray());
    }

    [Fact]
    public async Task Waiting_is_not_limited_while_the_backend_reports()
    {
        var time = new FakeTimeProvider();
        using var world = new RunnerWorld(new ScriptedBackend { Waits = true }, time: time);
        await world.AddAsync();
        var run = world.RunAsync();
        await world.Painter.BegunAsync();
        foreach (var ahead in (int[])[2, 1, 0])
        {
            time.Advance(ActivePaintings.MaxSilence - TimeSpan.FromMinutes(1));
            world.Painter.Reporter!.Report(new(0, ahead));
        }

        world.Painter.Open();
        await run;

        Assert.StartsWith("picture", Assert.Single(world.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backend_that_reports_nothing_for_an_hour_has_failed()
    {
        var time = new FakeTimeProvider();
        using var world = new RunnerWorld(new ScriptedBackend { Waits = true, IsDeaf = true }, time: time);
        await world.AddAsync();
        var run = world.RunAsync();
        await world.Painter.BegunAsync();

        time.Advance(ActivePaintings.MaxSilence);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TestRun.Deadline, TestRun.Cancellation));
        Assert.Equal(1, (await world.JobAsync()).Faults);
    }

    [Fact]
    public async Task Pictures_that_were_painted_are_delivered_without_the_missing_ones()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Missing = 1, Withheld = 1 });
        await world.AddAsync(job => job with { Request = job.Request with { Count = 4 } });

        await world.RunAsync();

        var job = await world.JobAsync();
        Assert.Equal((JobState.Delivered, new JobFailure.Incomplete(1, 1)), (job.State, job.Failure));
        Assert.Equal([7u, 8u], (await world.PaintedAsync()).Select(picture => picture.Seed));
        Assert.Single(world.Painter.Requests);
    }

    [Fact]
    public async Task Candidates_that_are_missing_are_not_told_where_the_answer_is_complete()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Missing = 1 });
        await world.AddAsync(job => job with { Request = job.Request with { Candidates = 6, Preference = [2] } });

        await world.RunAsync();

        Assert.Null((await world.JobAsync()).Failure);
        Assert.Equal([10u, 9u], (await world.PaintedAsync()).Select(picture => picture.Seed));
    }

    [Fact]
    public async Task Size_that_does_not_fit_into_the_memory_is_tried_once_more_and_named()
    {
        using var world = new RunnerWorld(new ScriptedBackend { IsFree = true, Faults = int.MaxValue, Fault = BackendFault.Size });
        await world.AddAsync(job => job with { Request = job.Request with { Width = 3840, Height = 272 } });

        await Assert.ThrowsAsync<BackendException>(() => world.RunAsync());
        await world.RunAsync();

        Assert.Equal(new JobFailure.SizeNotPainted(3840, 272), (await world.JobAsync()).Failure);
        Assert.Equal(2, world.Painter.Requests.Count);
    }

    [Theory]
    [InlineData("Sampler not found", "Sampler not found")]
    [InlineData("prompt 'A Forest of elves' has 2 problems\nat node 6", "prompt 'A … of …' has 2 problems at node 6")]
    [InlineData("q=a%20forest%20of%20elves", "q=a%20…%20of%20…")]
    [InlineData("not allowed: Emmas Wald, für dich", "not allowed: … dich")]
    [InlineData("""not allowed: {"x": "f\u00fcr \u732b\u306e"}""", """not allowed: {"x": "…"}""")]
    [InlineData("", "")]
    public void Words_of_a_server_are_kept_without_those_of_the_prompt(string response, string kept) => Assert.Equal(
        kept,
        ServerWords.Without(SampleJob.Create(1).Request with { Text = "a forest of elves", Avoid = ["emmas wald"] }, response));

    [Fact]
    public void Words_of_a_server_are_at_most_200_characters() =>
        Assert.Equal(200, ServerWords.Without(SampleJob.Create(1).Request, new string('x', 5000)).Length);

    [Theory]
    [InlineData((int)BackendFault.Failed)]
    [InlineData((int)BackendFault.Unavailable)]
    public async Task Response_of_a_server_is_logged_whole_at_debug_level_only(int fault)
    {
        using var log = new RecordedLog { MinLevel = LogLevel.Debug };
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        var away = new FakeBackend { Name = "Away", Capabilities = new() { Styles = true }, Failure = new BackendException((BackendFault)fault, "It is away.") { ServerResponse = "no forest in node 6" } };
        using var world = new RunnerWorld(others: [away], loggers: factory);
        await world.AddAsync(job => job with { Backend = "Away" });

        await Record.ExceptionAsync(world.RunAsync);

        Assert.StartsWith("Debug", Assert.Single(log.Lines, line => line.Contains("forest", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Away said: no … in node 6", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("It is away.", StringComparison.Ordinal));
    }

    private static Picture Picture(string fileKey) =>
        new() { Kind = PictureKind.Ranking, Prompt = "a hill", Style = new(0.5f), Seed = 1, Width = 8, Height = 8, FileKey = fileKey };
}
