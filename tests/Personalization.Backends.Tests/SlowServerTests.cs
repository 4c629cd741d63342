using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Personalization.Backends.ComfyUi;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests;

/// <summary>Jobs of several people at one server that is slow, from the queue to the answers.</summary>
public sealed class SlowServerTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(29);

    [Fact]
    public async Task Slow_server_paints_the_pictures_of_three_people()
    {
        const int Concurrency = 2;
        var time = new PollingTime(Poll);
        await using var server = new ComfyUiStandIn { Pace = (time, TimeSpan.FromSeconds(120)) };
        await server.StartAsync();
        using var backend = new GuardedBackend(
            new ComfyUiBackend("comfy", new() { Url = server.Address, PollSeconds = Poll.TotalSeconds, AnswerSeconds = 600, ConnectSeconds = 30, PaintingMinutes = 15 }, time), time);
        var (pictures, files, delivery) = (new PicturesInMemory(), new PictureFilesInMemory(), new RecordedDelivery());
        using var jobs = new JobsInMemory(pictures);
        var (backends, paintings) = (new ImageBackends([backend]), new ActivePaintings(time));
        var keeper = new PictureKeeper(files, new SecondByte(), SecondByte.Community(), TestRun.Threads, NullLogger<PictureKeeper>.Instance);
        var step = new PaintStep(jobs, pictures, files, new GuildsInMemory(), backends, keeper, paintings, delivery, time, NullLogger<PaintStep>.Instance);
        var turns = new PaintingTurns(jobs, delivery, paintings, Options.Create(new JobsOptions { Concurrency = Concurrency }), time);
        var runner = new ImagineRunner(jobs, pictures, files, backends, turns, step, paintings, new(pictures, files, new SecondByte(), TestRun.Threads), new FirstPicture(), TestRun.Threads, delivery, NullLogger<ImagineRunner>.Instance);
        ulong[] ids = [1, 2, 3];
        foreach (var id in ids)
        {
            await jobs.AddAsync(SampleJob.Create(id) with { Person = new(id), Backend = "comfy", Request = Requests.Small() with { Model = "sd15.safetensors", Count = 4 } });
        }

        var begun = time.GetTimestamp();
        var running = ids.Select(id => runner.RunAsync(id, Cancellation)).ToArray();
        while (Unfinished() > 0)
        {
            // Those at the server: the others wait for a turn, and ask nothing.
            await time.AllWaitAsync(() => Math.Min(Concurrency, Unfinished()), running);
            time.Pass(Poll);
        }

        await Task.WhenAll(running);
        Assert.InRange(time.GetElapsedTime(begun), TimeSpan.FromSeconds(12 * 120), TimeSpan.FromMinutes(60));
        Assert.All(delivery.All, answer => Assert.StartsWith("picture ", answer.What, StringComparison.Ordinal));
        Assert.Equal(ids, delivery.All.Select(answer => answer.Job).Order());
        foreach (var id in ids)
        {
            Assert.Equal((JobState.Delivered, 4, null), await OutcomeAsync(id));
        }

        int Unfinished() => running.Count(job => !job.IsCompleted);

        async Task<(JobState State, int Pictures, JobFailure? Failure)> OutcomeAsync(ulong id)
        {
            var job = (await jobs.FindAsync(id, Cancellation))!;
            return (job.State, job.Pictures.Count, job.Failure);
        }
    }
}
