using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.App.Jobs;
using Personalization.Imagine;
using Personalization.Imagine.Backends;

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
        using var service = new BackendCheckService(new ImageBackends([new BrokenBackend()]), new(TimeProvider.System), Options.Create(options), loggers.CreateLogger<BackendCheckService>());

        await service.StartAsync(JobsProgram.Cancellation);
        await service.ExecuteTask!.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);

        Assert.Contains(log.Lines, line => line.Contains("Broken with \"first\" could not be checked", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("Broken with \"second\" could not be checked", StringComparison.Ordinal));
    }

    /// <summary>Fails in a way that backends should not.</summary>
    private sealed class BrokenBackend : IImageBackend
    {
        public string Name => "Broken";

        public (int Area, int Step) SizeOf(string model) => (512 * 512, 8);

        public BackendCapabilities CapabilitiesOf(string model) => new() { IsFree = true };

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("This is no picture.");
    }
}
