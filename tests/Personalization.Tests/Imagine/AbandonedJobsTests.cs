using Microsoft.Extensions.Time.Testing;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>What backends may still have of jobs that ended without pictures in an earlier run of the program.</summary>
public sealed class AbandonedJobsTests
{
    [Fact]
    public async Task Jobs_of_the_last_day_that_ended_without_pictures_are_stopped_and_discarded_by_their_tickets()
    {
        using var painter = new ScriptedBackend();
        using var jobs = new JobsInMemory(new PicturesInMemory());
        var now = SampleJob.Create(1).AcceptedAt;
        await AddAsync(1, "parts 0+1:a 1+1:b", new JobFailure.Cancelled());
        await AddAsync(2, "c", new JobFailure.ServerFailed(BackendFault.TimedOut));
        await AddAsync(3, null, new JobFailure.Cancelled());
        await AddAsync(4, "delivered", null);
        await AddAsync(5, "partly delivered", new JobFailure.Incomplete(0, 1));
        await AddAsync(6, "old", new JobFailure.Cancelled(), daysAgo: 2);
        await AddAsync(7, "elsewhere", new JobFailure.Cancelled(), backend: "Gone");

        await new AbandonedJobs(jobs, new ImageBackends([painter]), new FakeTimeProvider(now)).DiscardAsync(TestRun.Cancellation);

        Assert.Equal(["b", "a", "c"], painter.Cancelled);
        Assert.Equal(["a", "b", "c"], painter.Discarded);

        Task AddAsync(ulong id, string? ticket, JobFailure? failure, int daysAgo = 0, string backend = "Painter") => jobs.AddAsync(SampleJob.Create(id) with
        {
            Backend = backend,
            Ticket = ticket,
            Failure = failure,
            State = failure is null or JobFailure.Incomplete ? JobState.Delivered : JobState.Closed,
            AcceptedAt = now.AddDays(-daysAgo),
        });
    }

    [Theory]
    [InlineData(BackendFault.Unavailable, new[] { "1" }, new string[0])]
    [InlineData(BackendFault.Failed, new[] { "1", "2" }, new[] { "1", "2" })]
    public async Task Backend_that_cannot_be_reached_is_asked_once_and_keeps_no_other_from_being_asked(BackendFault fault, string[] cancelled, string[] discarded)
    {
        using var away = new ScriptedBackend { Name = "Away", OnCancel = _ => throw new BackendException(fault, "It is away.") };
        using var painter = new ScriptedBackend();
        using var jobs = new JobsInMemory(new PicturesInMemory());
        foreach (var (id, backend) in ((ulong, string)[])[(1, "Away"), (2, "Away"), (3, "Painter")])
        {
            await jobs.AddAsync(SampleJob.Create(id) with { Backend = backend, Ticket = $"{id}", State = JobState.Closed, Failure = new JobFailure.Cancelled() });
        }

        await new AbandonedJobs(jobs, new ImageBackends([away, painter]), new FakeTimeProvider(SampleJob.Create(1).AcceptedAt)).DiscardAsync(TestRun.Cancellation);

        Assert.Equal(cancelled, away.Cancelled);
        Assert.Equal(discarded, away.Discarded);
        Assert.Equal(["3"], painter.Discarded);
    }
}
