using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Tests.Imagine;

/// <summary>Everything that doing a job takes, on stores in memory, with a backend and a delivery that the test controls.</summary>
internal sealed class RunnerWorld : IDisposable
{
    /// <param name="painter">The backend of the jobs.</param>
    /// <param name="others">Further backends.</param>
    public RunnerWorld(ScriptedBackend? painter = null, IReadOnlyList<IImageBackend>? others = null, TimeProvider? time = null, ILoggerFactory? loggers = null, int concurrency = 2)
    {
        Painter = painter ?? new();
        Jobs = new(Pictures);
        Measurer = new(Pictures, Files, new SecondByte(), TestRun.Threads);
        loggers ??= NullLoggerFactory.Instance;
        time ??= TimeProvider.System;
        var backends = new ImageBackends([Painter, .. others ?? []]);
        var paintings = new ActivePaintings(time);
        var keeper = new PictureKeeper(Files, new SecondByte(), Community, TestRun.Threads, loggers.CreateLogger<PictureKeeper>());
        var paintStep = new PaintStep(Jobs, Pictures, Files, Guilds, backends, keeper, paintings, Delivery, time, loggers.CreateLogger<PaintStep>());
        var turns = new PaintingTurns(Jobs, Delivery, paintings, Options.Create(new JobsOptions { Concurrency = concurrency }), time);
        Runner = new(Jobs, Pictures, Files, backends, turns, paintStep, paintings, Measurer, new FirstPicture(), TestRun.Threads, Delivery, loggers.CreateLogger<ImagineRunner>());
    }

    public ScriptedBackend Painter { get; }

    public PicturesInMemory Pictures { get; } = new();

    public PictureFilesInMemory Files { get; } = new();

    public GuildsInMemory Guilds { get; } = new();

    public JobsInMemory Jobs { get; }

    public RecordedDelivery Delivery { get; } = new();

    public CurrentCommunity Community { get; } = SecondByte.Community();

    public PictureMeasurer Measurer { get; }

    public ImagineRunner Runner { get; }

    /// <summary>Adds job 1.</summary>
    public Task AddAsync(Func<ImagineJob, ImagineJob>? change = null)
    {
        var job = SampleJob.Create(1);
        return Jobs.AddAsync(change is null ? job : change(job));
    }

    public Task RunAsync() => Runner.RunAsync(1, TestRun.Cancellation);

    /// <summary>Measures the next pictures that are to be measured soon, and returns them.</summary>
    public async Task<IReadOnlyList<PictureId>> MeasureSoonAsync(int count)
    {
        var ids = await Measurer.SoonAsync(TestRun.Cancellation).Take(count).ToListAsync(TestRun.Cancellation).AsTask().WaitAsync(TestRun.Deadline, TestRun.Cancellation);
        foreach (var id in ids)
        {
            await Measurer.MeasureAsync(id, TestRun.Cancellation);
        }

        return ids;
    }

    public async Task<ImagineJob> JobAsync() => (await Jobs.FindAsync(1, TestRun.Cancellation))!;

    /// <summary>The pictures of job 1, in order.</summary>
    public async Task<IReadOnlyList<Picture>> PaintedAsync()
    {
        var job = await JobAsync();
        var found = (await Pictures.FindAsync(job.Pictures, TestRun.Cancellation)).ToDictionary(picture => picture.Id);
        return [.. job.Pictures.Select(picture => found[picture])];
    }

    public void Dispose()
    {
        Painter.Dispose();
        Jobs.Dispose();
    }
}
