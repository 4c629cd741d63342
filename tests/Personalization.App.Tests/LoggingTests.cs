using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
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

    [Fact]
    public void What_fails_on_a_full_disk_is_not_logged_again_by_each_command()
    {
        using var folder = new TemporaryFolder();
        var builder = new HostBuilder().ConfigureAppConfiguration(settings => settings.AddInMemoryCollection([new("DataDirectory", folder.FullName)]));
        builder.UseLogging();
        using (var host = builder.Build())
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Quartz");
            Log(logger, "Left out", new StorageFullException("full"));
            Log(logger, "Left out", new InvalidOperationException("within", new SqliteException("full", 13)));
            Log(logger, "Left out", new InvalidOperationException("within", new PostgresException("full", "ERROR", "ERROR", PostgresErrorCodes.DiskFull)));
            Log(logger, "Kept", new InvalidOperationException("within", new SqliteException("busy", 5)));
        }

        var line = Assert.Single(File.ReadAllLines(Assert.Single(folder.GetFiles("*.json", SearchOption.AllDirectories)).FullName));
        Assert.Contains("Kept", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_poll_of_readiness_finds_and_an_address_in_use_are_not_logged_again()
    {
        using var folder = new TemporaryFolder();
        var builder = new HostBuilder().ConfigureAppConfiguration(settings => settings.AddInMemoryCollection([new("DataDirectory", folder.FullName)]));
        builder.UseLogging();
        using (var host = builder.Build())
        {
            var loggers = host.Services.GetRequiredService<ILoggerFactory>();
            var health = loggers.CreateLogger("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService");
            health.Log(LogLevel.Error, default, "Not connected", exception: null, (text, _) => text);
            Log(health, "Kept: the check failed", new TimeoutException("away"));
            var start = loggers.CreateLogger("Microsoft.Extensions.Hosting.Internal.Host");
            Log(start, "Hosting failed to start", new IOException("in use"));
            Log(start, "Hosting failed to start", new System.Net.Sockets.SocketException(99));
            Log(start, "Hosting failed to start", new InvalidDataException("no encoder"));
            Log(start, "BackgroundService failed", new OperationCanceledException(new CancellationToken(canceled: true)));
            Log(start, "BackgroundService failed, kept", new OperationCanceledException("by itself"));
            Log(start, "Hosting failed to start, kept", new TimeoutException("away"));
        }

        var lines = File.ReadAllLines(Assert.Single(folder.GetFiles("*.json", SearchOption.AllDirectories)).FullName);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Contains("kept", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Log_file_on_a_full_disk_ends_neither_the_program_nor_its_start()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        using (var log = new StreamWriter(new LossyLogFile().OnFileOpened(file, System.Text.Encoding.UTF8)))
        {
            log.Write(new string('x', 100_000));
            log.Flush();
            log.Write("the last line");
        }

        Assert.False(file.CanWrite);
    }

    [Fact]
    public void Log_is_there_to_report_its_own_wrong_level()
    {
        using var folder = new TemporaryFolder();
        var builder = new HostBuilder().ConfigureAppConfiguration(settings => settings.AddInMemoryCollection([new("DataDirectory", folder.FullName), new("Serilog:MinimumLevel:Default", "Loud")]));
        builder.UseLogging();
        using (var host = builder.Build())
        {
            Log(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Start"), "told", new TimeoutException("away"));
        }

        Assert.Contains("told", File.ReadAllText(Assert.Single(folder.GetFiles("*.json", SearchOption.AllDirectories)).FullName), StringComparison.Ordinal);
    }

    private static void Log(ILogger logger, string message, Exception exception) => logger.Log(LogLevel.Error, default, message, exception, (text, _) => text);
}
