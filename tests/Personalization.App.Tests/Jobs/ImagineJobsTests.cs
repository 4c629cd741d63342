using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Personalization.App.Jobs;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Quartz;

namespace Personalization.App.Tests.Jobs;

public sealed class ImagineJobsTests
{
    private const string Picture = "picture 0500";

    [Fact]
    public async Task Accepted_job_is_painted_and_delivered_once()
    {
        await using var program = await JobsProgram.StartedAsync();

        Assert.True(await program.EnqueueAsync(1));

        Assert.Equal((1UL, Picture), await program.Delivery.NextAsync());
        await OverAsync(program, 1);
        Assert.Equal(JobState.Delivered, await program.StateOfAsync(1));
        var pictures = await program.Get<IPictureStore>().MadePicturesAsync(before: null, count: 10, Cancellation);
        Assert.Equal([6u, 5u], pictures.Select(picture => picture.Seed));
        Assert.Equal([0x05, 0x00], await program.Get<IPictureFiles>().ReadAsync(pictures[1].FileKey!, Cancellation));
        Assert.All(pictures, picture => Assert.Null(picture.Features));
    }

    [Fact]
    public async Task Asking_again_adds_nothing()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true });
        await program.EnqueueAsync(1);

        Assert.False(await program.EnqueueAsync(1));
        program.Painter.Open();
        await program.Delivery.NextAsync();
        await OverAsync(program, 1);

        Assert.False(await program.EnqueueAsync(1));
        await program.EnqueueAsync(2);
        Assert.Equal((2UL, Picture), await program.Delivery.NextAsync());
        Assert.Equal(2, program.Painter.Requests.Count);
    }

    [Fact]
    public async Task Job_that_could_not_be_scheduled_is_delivered_once_it_can_be()
    {
        await using var program = await JobsProgram.StartedAsync();
        await program.EnqueueAsync(1);
        await program.Delivery.NextAsync();
        await ExecuteAsync(program.DatabaseFile, "CREATE TRIGGER broken BEFORE INSERT ON QRTZ_TRIGGERS BEGIN SELECT RAISE(ABORT, 'broken'); END");

        Assert.True(await program.EnqueueAsync(2));
        await program.Log.SeenAsync("Accepted jobs could not be scheduled");
        Assert.False(await program.IsScheduledAsync(2));

        await ExecuteAsync(program.DatabaseFile, "DROP TRIGGER broken");
        await using var next = await program.AfterKillAsync();
        await StartAndDeliverWithinSecondsAsync(next, 2);
    }

    [Fact]
    public async Task Jobs_accepted_before_the_scheduler_has_started_are_delivered_once()
    {
        await using var program = await JobsProgram.CreateAsync();
        Assert.True(await program.EnqueueAsync(1));
        Assert.True(await program.EnqueueAsync(2));

        await StartAndDeliverWithinSecondsAsync(program, 1, 2);

        Assert.DoesNotContain(program.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_that_is_scheduled_already_keeps_no_other_from_being_scheduled()
    {
        await using var program = await JobsProgram.StartedAsync();
        await program.EnqueueAsync(1);
        await program.Delivery.NextAsync();
        var job = JobBuilder.Create<ImagineJobRunner>().WithIdentity(ImagineSchedule.KeyOf(2)).Build();
        var tomorrow = TriggerBuilder.Create().StartAt(TimeProvider.System.GetUtcNow().AddDays(1)).Build();
        await (await program.SchedulerAsync()).ScheduleJob(job, tomorrow, cancellationToken: Cancellation);

        await program.EnqueueAsync(2);
        await program.EnqueueAsync(3);

        Assert.Equal(3UL, (await program.Delivery.NextAsync()).Job);
        Assert.DoesNotContain(program.Log.Lines, line => line.Contains("could not be scheduled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_painting_is_tried_again()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Faults = 1 });

        await program.EnqueueAsync(1);

        Assert.Equal((1UL, Picture), await program.Delivery.NextAsync());
        await OverAsync(program, 1);
        Assert.Equal(2, (await program.Jobs.FindAsync(1, Cancellation))!.Attempt);

        // The log leaves out what Quartz reports as this exception.
        Assert.Single(program.Log.Lines, line => line.Contains("Job 1 failed", StringComparison.Ordinal) && !line.Contains("   at ", StringComparison.Ordinal));
        Assert.All(program.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)), line => Assert.Contains(nameof(JobExecutionException), line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_delivery_is_tried_again_without_painting_again()
    {
        await using var program = await JobsProgram.StartedAsync();
        program.Delivery.Faults = 1;

        await program.EnqueueAsync(1);

        Assert.Equal((1UL, Picture), await program.Delivery.NextAsync());
        Assert.Single(program.Painter.Requests);
    }

    [Fact]
    public async Task Single_job_of_one_person_is_painted_before_the_second_of_forty_of_another()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true }, concurrency: 1);
        Assert.True(await program.EnqueueAsync(1, Seeded));
        await program.Painter.BegunAsync();
        for (var id = 2UL; id <= 40; id++)
        {
            Assert.True(await program.EnqueueAsync(id, Seeded));
        }

        Assert.True(await program.EnqueueAsync(41, job => Seeded(job) with { Person = new(7) }));

        var places = new Dictionary<ulong, int?>();
        while (places.Count < 40)
        {
            var (waiting, place) = await program.Delivery.NextPlaceAsync();
            places[waiting] = place.Ahead;
        }

        Assert.Equal(0, places[41]);
        program.Painter.Open();
        for (var i = 0; i < 41; i++)
        {
            await program.Delivery.NextAsync();
        }

        Assert.Equal([1, 41, .. Enumerable.Range(2, 39)], program.Painter.Requests.Select(request => (int)request.Seed));
        Assert.Equal(1, program.Painter.MaxAtOnce);

        static ImagineJob Seeded(ImagineJob job) => job with { Request = job.Request with { Seed = (uint)job.Id } };
    }

    [Fact]
    public async Task Clock_set_back_an_hour_parks_no_job_that_waits()
    {
        var time = new MovableTime();
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true }, concurrency: 1, time);
        for (var id = 1UL; id <= 3; id++)
        {
            // Within the hour that the clock is about to have again.
            await program.EnqueueAsync(id, job => job with { AcceptedAt = time.GetUtcNow() });
        }

        await program.Painter.BegunAsync();
        time.Advance(-TimeSpan.FromHours(1));
        program.Painter.Open();

        Assert.Equal([1UL, 2UL, 3UL], new[] { (await program.Delivery.NextAsync()).Job, (await program.Delivery.NextAsync()).Job, (await program.Delivery.NextAsync()).Job }.Order());
    }

    [Fact]
    public async Task Clock_set_back_an_hour_parks_no_job_over_a_restart()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true }, concurrency: 1);
        for (var id = 1UL; id <= 3; id++)
        {
            await program.EnqueueAsync(id);
        }

        await program.Painter.BegunAsync();

        // What was scheduled by a clock an hour ahead.
        await using var next = await program.AfterKillAsync();
        await ExecuteAsync(next.DatabaseFile, $"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = {(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)).UtcTicks}");

        await StartAndDeliverWithinSecondsAsync(next, 1, 2, 3);
    }

    [Fact]
    public async Task Many_jobs_accepted_while_others_run_are_accepted_at_once_and_delivered_once()
    {
        const int Count = 40;
        await using var program = await JobsProgram.StartedAsync();
        var waits = new ConcurrentBag<TimeSpan>();

        await Parallel.ForAsync(0, Count, Cancellation, async (index, _) =>
        {
            var watch = Stopwatch.StartNew();
            Assert.True(await program.EnqueueAsync((ulong)index + 1));
            waits.Add(watch.Elapsed);
        });

        // The scheduler and the stores waiting for each other would show as their timeouts of 10 and 30 seconds.
        Assert.InRange(waits.Max(), TimeSpan.Zero, TimeSpan.FromSeconds(8));

        var delivered = new HashSet<ulong>();
        for (var i = 0; i < Count; i++)
        {
            Assert.True(delivered.Add((await program.Delivery.NextAsync()).Job));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_hands_running_work_back_and_the_next_start_finishes_it(bool isDeaf)
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true, IsDeaf = isDeaf });
        await program.EnqueueAsync(1);
        await program.Painter.BegunAsync();
        var watch = Stopwatch.StartNew();

        await program.StopAsync();

        // Who waited for a deaf painter would wait the host's 30 seconds.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await using var next = await program.AfterKillAsync();
        Assert.Equal((1, 0), await TriesAsync(next, 1));
        Assert.True(await next.IsScheduledAsync(1));
        await next.StartAsync();
        Assert.Equal((1UL, Picture), await next.Delivery.NextAsync());
        Assert.Empty(program.Delivery.All);
    }

    [Fact]
    public async Task Kill_while_painting_is_made_good_by_the_next_start_at_once()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true });
        await program.EnqueueAsync(1);
        await program.Painter.BegunAsync();

        await using var next = await program.AfterKillAsync();
        await StartAndDeliverWithinSecondsAsync(next, 1);

        Assert.Equal(0, (await TriesAsync(next, 1)).Faults);
    }

    [Fact]
    public async Task Kill_before_the_job_began_is_made_good_even_hours_later()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Waits = true }, concurrency: 1);
        await program.EnqueueAsync(1);
        await program.Painter.BegunAsync();
        await program.EnqueueAsync(2);
        await program.EnqueueAsync(3);

        await using var next = await program.AfterKillAsync();
        await ExecuteAsync(next.DatabaseFile, "UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - 72000000000");

        await StartAndDeliverWithinSecondsAsync(next, 1, 2, 3);
    }

    [Fact]
    public async Task Kill_between_painting_and_delivery_delivers_what_was_painted()
    {
        await using var program = await JobsProgram.StartedAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        program.Delivery.Before = async (_, cancellationToken) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        };
        await program.EnqueueAsync(1);
        await reached.Task.WaitAsync(JobsProgram.Deadline, Cancellation);

        await using var next = await program.AfterKillAsync(new ScriptedBackend { Faults = int.MaxValue });
        await StartAndDeliverWithinSecondsAsync(next, 1);

        Assert.Empty(next.Painter.Requests);
    }

    [Fact]
    public async Task Kill_between_two_tries_is_made_good_by_the_next_start()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Faults = 1 });
        await program.EnqueueAsync(1);
        await program.Painter.BegunAsync();
        await program.Log.SeenAsync("Job 1 failed in state Accepted");

        await using var next = await program.AfterKillAsync();
        await StartAndDeliverWithinSecondsAsync(next, 1);
    }

    [Fact]
    public async Task Row_without_a_place_in_the_queue_gets_one_with_the_next_start()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(7);

        await StartAndDeliverWithinSecondsAsync(program, 7);
    }

    [Fact]
    public async Task Exhausted_scheduler_retries_end_in_one_apology()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { Faults = int.MaxValue });
        var job = JobBuilder.Create<ImagineJobRunner>().WithIdentity(ImagineSchedule.KeyOf(1)).Build();
        var trigger = TriggerBuilder.Create().StartNow().WithRetryPolicy(RetryPolicy.Fixed(1, TimeSpan.FromMilliseconds(1))).Build();
        await program.AddOrphanAsync(1);
        await (await program.SchedulerAsync()).ScheduleJob(job, trigger, cancellationToken: Cancellation);

        await program.StartAsync();

        Assert.StartsWith("apology", (await program.Delivery.NextAsync()).What, StringComparison.Ordinal);
        await program.Log.SeenAsync("Job 1 went from Failed to Closed");
        Assert.Equal(2, program.Painter.Requests.Count);
        Assert.Single(program.Delivery.All);
    }

    [Fact]
    public async Task Log_names_jobs_and_never_prompts()
    {
        await using var program = await JobsProgram.StartedAsync(new ScriptedBackend { Faults = 1 });
        await program.EnqueueAsync(987654321);
        await program.Delivery.NextAsync();
        await OverAsync(program, 987654321);

        var lines = program.Log.Lines.ToList();
        Assert.Contains(lines, line => line.Contains("987654321", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("forest", StringComparison.Ordinal));
    }

    private static async Task StartAndDeliverWithinSecondsAsync(JobsProgram program, params ulong[] ids)
    {
        var watch = Stopwatch.StartNew();
        await program.StartAsync();
        var delivered = new List<ulong>();
        while (delivered.Count < ids.Length)
        {
            var (job, what) = await program.Delivery.NextAsync();
            Assert.Equal(Picture, what);
            delivered.Add(job);
        }

        // Not with the next of the scheduler's rounds, which come every 30 and 60 seconds.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(ids, delivered.Order());
        foreach (var id in ids)
        {
            await OverAsync(program, id);
        }
    }

    private static Task OverAsync(JobsProgram program, ulong id) => program.Log.SeenAsync($"Job {id} went from Painted to Delivered");

    private static async Task<(int Attempt, int Faults)> TriesAsync(JobsProgram program, ulong id)
    {
        var job = await program.Jobs.FindAsync(id, Cancellation);
        return (job!.Attempt, job.Faults);
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
