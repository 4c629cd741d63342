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
        // An exception that backends should not throw.
        var broken = new FakeBackend { Name = "Broken", Capabilities = new() { IsFree = true }, Failure = new InvalidOperationException("This is no picture.") };
        using var service = new BackendCheckService(new ImageBackends([broken]), new(TimeProvider.System), Options.Create(options), loggers.CreateLogger<BackendCheckService>());

        await service.StartAsync(JobsProgram.Cancellation);
        await service.ExecuteTask!.WaitAsync(JobsProgram.Deadline, JobsProgram.Cancellation);

        Assert.Contains(log.Lines, line => line.Contains("Broken with \"first\" could not be checked", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("Broken with \"second\" could not be checked", StringComparison.Ordinal));
    }
}
