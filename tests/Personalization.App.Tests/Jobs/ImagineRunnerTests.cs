using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage;

namespace Personalization.App.Tests.Jobs;

/// <summary>
/// The runner on the real storage, called as the scheduler would call it: retries, lost attempts, cancellation and lost files.
/// Its other rules are tested on stores in memory.
/// </summary>
public sealed class ImagineRunnerTests
{
    /// <summary>Of job 1.</summary>
    private static readonly byte[] FirstPicture = [5, 0];

    [Fact]
    public async Task Painting_that_keeps_failing_ends_in_one_apology()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { Faults = int.MaxValue });
        await program.AddOrphanAsync(1);

        for (var tries = 1; tries < ImagineRunner.MaxPaintingFaults; tries++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(program));
        }

        await RunAsync(program);
        await RunAsync(program);

        var (_, what) = Assert.Single(program.Delivery.All);
        Assert.StartsWith("apology GivenUp", what, StringComparison.Ordinal);
        Assert.Equal(JobState.Closed, await program.StateOfAsync(1));
        Assert.Equal(ImagineRunner.MaxPaintingFaults, program.Painter.Requests.Count);
    }

    [Fact]
    public async Task Pictures_that_were_paid_for_and_cannot_be_saved_are_not_painted_again()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        await File.WriteAllTextAsync(program.PictureFolder, "no folder", Cancellation);

        await RunAsync(program);

        Assert.Single(program.Painter.Requests);
        Assert.StartsWith("apology NotSaved", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_whose_pictures_meet_a_full_disk_waits_without_a_failed_try_and_is_done_once_there_is_space()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { IsFree = true });
        await program.AddOrphanAsync(1);
        Fill(program);

        await Assert.ThrowsAsync<StorageFullException>(() => RunAsync(program));
        Assert.Equal((JobState.Accepted, 0), ((await program.Jobs.FindAsync(1, Cancellation))!.State, (await program.Jobs.FindAsync(1, Cancellation))!.Faults));
        Assert.True(program.Get<StorageSpace>().IsFull);
        await RunAsync(program);

        Assert.StartsWith("picture", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
        Assert.False(program.Get<StorageSpace>().IsFull);
    }

    [Fact]
    public async Task Jobs_are_neither_accepted_nor_painted_while_the_disk_is_full_and_those_that_wait_go_on_by_themselves()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { IsFree = true, Waits = true });
        await program.AddOrphanAsync(1);
        Fill(program);
        await Assert.ThrowsAsync<StorageFullException>(() => program.Get<IPictureFiles>().SaveAsync(FirstPicture, "png", Cancellation));

        // Room is looked for by writing: by the job that is refused, and by the first run of the one that waits.
        string[] probes = [.. Enumerable.Range(1, 2).Select(probe => Path.Combine(Path.GetDirectoryName(program.DatabaseFile)!, $"space-{probe}.tmp"))];
        Array.ForEach(probes, probe => File.CreateSymbolicLink(probe, "/dev/full"));
        await Assert.ThrowsAsync<StorageFullException>(() => program.EnqueueAsync(2).WaitAsync(JobsProgram.Deadline, Cancellation));
        await program.StartAsync();

        await program.Painter.BegunAsync();
        Assert.All(probes, probe => Assert.Null(new FileInfo(probe).LinkTarget));
        program.Painter.Open();
        Assert.Equal((1UL, "picture 0500"), await program.Delivery.NextAsync());
        Assert.Single(program.Log.Lines, line => line.Contains("The storage is full: make space", StringComparison.Ordinal));
        Assert.True(await program.EnqueueAsync(2));
    }

    [Fact]
    public async Task Painted_pictures_whose_files_are_lost_end_in_an_apology_and_a_chat_that_is_away_does_not()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        program.Delivery.Faults = ImagineRunner.MaxPaintingFaults;
        for (var tries = 0; tries < ImagineRunner.MaxPaintingFaults; tries++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(program));
        }

        Directory.Delete(program.PictureFolder, recursive: true);
        await RunAsync(program);

        Assert.StartsWith("apology PicturesLost", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempt_that_was_paused_finds_that_it_has_lost_the_job()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { Waits = true });
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
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { Waits = true });
        await program.AddOrphanAsync(1);
        for (var tries = 0; tries < ImagineRunner.MaxPaintingFaults + 1; tries++)
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
    public async Task Job_that_is_cancelled_before_its_painting_begins_is_not_painted()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        var jobs = new WatchedJobs(program.Jobs);
        var runner = RunnerOn(program, jobs);
        jobs.Begun = () => runner.CancelAsync(1, JobsProgram.Job(1).Person, Cancellation);

        await runner.RunAsync(1, Cancellation).WaitAsync(JobsProgram.Deadline, Cancellation);

        Assert.Empty(program.Painter.Requests);
        Assert.StartsWith("apology Cancelled", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_is_cancelled_while_its_ticket_arrives_is_stopped_by_that_ticket()
    {
        await using var program = await JobsProgram.CreateAsync(new ScriptedBackend { Ticket = "7", Waits = true });
        await program.AddOrphanAsync(1);
        var jobs = new WatchedJobs(program.Jobs);
        var runner = RunnerOn(program, jobs);
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
    public async Task Job_that_crashes_the_program_each_time_is_given_up()
    {
        await using var program = await JobsProgram.CreateAsync();
        await program.AddOrphanAsync(1);
        for (var tries = 0; tries < ImagineRunner.MaxInterruptions; tries++)
        {
            await program.Jobs.BeginAttemptAsync(1, Cancellation);
        }

        await RunAsync(program);

        Assert.Empty(program.Painter.Requests);
        Assert.StartsWith("apology", Assert.Single(program.Delivery.All).What, StringComparison.Ordinal);
    }

    /// <summary>A runner of the program on other rows.</summary>
    private static ImagineRunner RunnerOn(JobsProgram program, IImagineJobStore jobs)
    {
        var services = program.Get<IServiceProvider>();
        return ActivatorUtilities.CreateInstance<ImagineRunner>(services, jobs, ActivatorUtilities.CreateInstance<PaintingTurns>(services, jobs), ActivatorUtilities.CreateInstance<PaintStep>(services, jobs));
    }

    /// <summary>Has the first file of the program, which is the first picture of job 1, meet a full disk.</summary>
    private static void Fill(JobsProgram program)
    {
        var key = $"{Convert.ToHexStringLower(SHA256.HashData(FirstPicture))}.png";
        var folder = Directory.CreateDirectory(Path.Combine(program.PictureFolder, key[..2]));
        File.CreateSymbolicLink(Path.Combine(folder.FullName, $"{key}.{Environment.ProcessId}-1.tmp"), "/dev/full");
    }

    private static Task RunAsync(JobsProgram program) => program.Get<ImagineRunner>().RunAsync(1, Cancellation);

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

        public Task SetReplyToAsync(ulong id, string replyTo, ulong? message, CancellationToken cancellationToken) => inner.SetReplyToAsync(id, replyTo, message, cancellationToken);

        public Task<int> WithdrawAsync(IReadOnlyCollection<ulong> messages, Func<string, string> withdraw, CancellationToken cancellationToken) => inner.WithdrawAsync(messages, withdraw, cancellationToken);

        public Task<bool> OpenAsync(ulong id, Func<string, bool> mayOpen, CancellationToken cancellationToken) => inner.OpenAsync(id, mayOpen, cancellationToken);

        public Task<bool> SetBackendAsync(ulong id, int attempt, string backend, ImageRequest request, CancellationToken cancellationToken) =>
            inner.SetBackendAsync(id, attempt, backend, request, cancellationToken);

        public async Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken)
        {
            var isCancelled = await inner.CancelAsync(id, person, cancellationToken);
            Cancelled.TrySetResult();
            return isCancelled;
        }

        public Task<IReadOnlyList<ulong>> UnpaintedAsync(PersonId person, CancellationToken cancellationToken) => inner.UnpaintedAsync(person, cancellationToken);

        public Task<IReadOnlyList<ImagineJob>> AbandonedAsync(DateTimeOffset since, CancellationToken cancellationToken) => inner.AbandonedAsync(since, cancellationToken);

        public Task<IReadOnlyList<ImagineJob>> UntoldAsync(PersonId person, int count, CancellationToken cancellationToken) => inner.UntoldAsync(person, count, cancellationToken);

        public Task SetToldAsync(ulong id, CancellationToken cancellationToken) => inner.SetToldAsync(id, cancellationToken);

        public Task<ImagineJob?> NewestAsync(PersonId person, bool withPrivate, CancellationToken cancellationToken) => inner.NewestAsync(person, withPrivate, cancellationToken);

        public Task<int> LastPreviewAsync(PersonId person, CancellationToken cancellationToken) => inner.LastPreviewAsync(person, cancellationToken);

        public async Task<bool> SetTicketAsync(ulong id, int attempt, string ticket, CancellationToken cancellationToken)
        {
            if (Kept is { } kept)
            {
                Kept = null;
                await kept();
            }

            return await inner.SetTicketAsync(id, attempt, ticket, cancellationToken);
        }

        public Task<IReadOnlyList<Picture>?> SetPaintedAsync(ulong id, int attempt, IReadOnlyList<Picture> pictures, JobFailure.Incomplete? missing, CancellationToken cancellationToken) =>
            inner.SetPaintedAsync(id, attempt, pictures, missing, cancellationToken);

        public Task<bool> SetStateAsync(ulong id, int attempt, JobState state, JobFailure? failure, CancellationToken cancellationToken) =>
            inner.SetStateAsync(id, attempt, state, failure, cancellationToken);

        public Task<int?> CountFaultAsync(ulong id, int attempt, CancellationToken cancellationToken) => inner.CountFaultAsync(id, attempt, cancellationToken);

        public Task<IReadOnlyList<ulong>> UnfinishedAsync(CancellationToken cancellationToken) => inner.UnfinishedAsync(cancellationToken);
    }
}
