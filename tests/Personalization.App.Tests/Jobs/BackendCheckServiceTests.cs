using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.App.Jobs;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Tests.Jobs;

public sealed class BackendCheckServiceTests
{
    [Fact]
    public async Task Check_that_fails_stops_neither_the_program_nor_the_check_of_the_next_model()
    {
        using var log = new RecordedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var options = new ImagineOptions { Backend = "Broken" };
        options.Versions["one"] = new() { Model = "first" };
        options.Versions["two"] = new() { Model = "second" };
        // An exception that backends should not throw.
        var broken = new FakeBackend { Name = "Broken", Capabilities = new() { IsFree = true }, Failure = new InvalidOperationException("This is no picture.") };
        using var service = new BackendCheckService(new ImageBackends([broken]), new(TimeProvider.System), Turns(), Options.Create(options), loggers.CreateLogger<BackendCheckService>());

        await service.StartAsync(JobsProgram.Cancellation);
        await service.ExecuteTask!.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);

        Assert.Contains(log.Lines, line => line.Contains("Broken with \"first\" could not be checked", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("Broken with \"second\" could not be checked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_waits_while_a_picture_is_painted_for_a_person()
    {
        var turns = Turns();
        var turn = await turns.WaitAsync(SampleJob.Create(1) with { Backend = "Slow" }, JobsProgram.Cancellation);
        var isOver = false;
        var wasOver = new List<bool>();

        // Once with all backends, and once right before its check begins to paint.
        var beforeCheck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inspections = 0;
        var slow = new FakeBackend
        {
            Name = "Slow",
            Capabilities = new() { IsFree = true },
            OnInspect = () =>
            {
                if (++inspections == 2)
                {
                    beforeCheck.SetResult();
                }
            },
            Picture = _ =>
            {
                wasOver.Add(isOver);
                return new(Requests.Picture(), 64, 64);
            },
        };
        using var loggers = LoggerFactory.Create(_ => { });
        var options = new ImagineOptions { Backend = "Slow" };
        options.Versions["one"] = new() { Model = "first" };
        using var service = new BackendCheckService(new ImageBackends([slow]), new(TimeProvider.System), turns, Options.Create(options), loggers.CreateLogger<BackendCheckService>());

        await service.StartAsync(JobsProgram.Cancellation);
        await beforeCheck.Task.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);
        isOver = true;
        turn!.Dispose();
        await service.ExecuteTask!.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);

        Assert.NotEmpty(wasOver);
        Assert.DoesNotContain(false, wasOver);
    }

    private static PaintingTurns Turns() =>
        new(new JobsInMemory(new PicturesInMemory()), new RecordedDelivery(), new ActivePaintings(TimeProvider.System), Options.Create(new JobsOptions()), TimeProvider.System);
}
