using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Personalization.App.Jobs;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Tests.Jobs;

public sealed class BackendUpkeepServiceTests
{
    [Fact]
    public async Task Backends_are_asked_what_they_are_from_time_to_time_also_after_one_could_not_be()
    {
        var time = new UpkeepTime();
        using var asked = new SemaphoreSlim(0);
        var times = 0;
        var backend = new FakeBackend
        {
            Name = "Server",
            OnInspect = () =>
            {
                asked.Release();
                if (++times == 1)
                {
                    throw new InvalidOperationException("It is away.");
                }
            },
        };
        using var jobs = new JobsInMemory(new PicturesInMemory());
        using var service = Service(backend, jobs, time);
        await service.StartAsync(JobsProgram.Cancellation);
        await time.Waiting.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, asked.CurrentCount);
            time.Advance(BackendUpkeepService.Interval);
            Assert.True(await asked.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation));
        }

        await service.StopAsync(JobsProgram.Cancellation);
    }

    [Fact]
    public async Task What_is_left_of_jobs_of_an_earlier_run_is_discarded_at_the_start()
    {
        var discarded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var backend = new ScriptedBackend { Name = "Server", OnDiscard = () => discarded.TrySetResult() };
        using var jobs = new JobsInMemory(new PicturesInMemory());
        var job = SampleJob.Create(1) with { Backend = "Server", Ticket = "7", State = JobState.Closed, Failure = new JobFailure.Cancelled() };
        await jobs.AddAsync(job);
        using var service = Service(backend, jobs, new FakeTimeProvider(job.AcceptedAt));

        await service.StartAsync(JobsProgram.Cancellation);

        await discarded.Task.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);
        Assert.Equal(["7"], backend.Cancelled);
        Assert.Equal(["7"], backend.Discarded);
        await service.StopAsync(JobsProgram.Cancellation);
    }

    private static BackendUpkeepService Service(IImageBackend backend, IImagineJobStore jobs, TimeProvider time)
    {
        var options = new ImagineOptions { Backend = "Server" };
        options.Versions["one"] = new() { Model = "first" };
        var backends = new ImageBackends([backend]);
        return new(backends, new AbandonedJobs(jobs, backends, time), Options.Create(options), time, NullLogger<BackendUpkeepService>.Instance);
    }

    /// <summary>Tells when the service waits for its next round: it begins on a thread of its own.</summary>
    private sealed class UpkeepTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == BackendUpkeepService.Interval)
            {
                _waiting.TrySetResult();
            }

            return timer;
        }
    }
}
