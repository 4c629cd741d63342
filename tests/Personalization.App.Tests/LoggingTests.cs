using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Personalization.App.Web;
using Quartz;

namespace Personalization.App.Tests;

public sealed class LoggingTests
{
    [Fact]
    public void What_the_scheduler_logs_of_a_failed_try_is_left_out_and_other_errors_are_not()
    {
        using var folder = new TemporaryFolder();
        var builder = new HostBuilder().ConfigureAppConfiguration(settings => settings.AddInMemoryCollection([new("DataDirectory", folder.FullName)]));
        builder.UseLogging();
        using (var host = builder.Build())
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Quartz");
            Log(logger, "Left out", new JobExecutionException(new TimeoutException("away")));
            Log(logger, "Kept", new TimeoutException("away"));
        }

        var line = Assert.Single(File.ReadAllLines(Assert.Single(folder.GetFiles("*.json", SearchOption.AllDirectories)).FullName));
        Assert.Contains("Kept", line, StringComparison.Ordinal);
    }

    private static void Log(ILogger logger, string message, Exception exception) => logger.Log(LogLevel.Error, default, message, exception, (text, _) => text);
}
