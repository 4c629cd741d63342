using System.Globalization;
using Personalization.Storage.Postgres;
using Personalization.Storage.Sqlite;
using Quartz;
using Serilog;
using Serilog.Filters;
using Serilog.Formatting.Compact;

namespace Personalization.App.Web;

/// <summary>Structured logs: lines for people on the console, JSON in a file a day under the data directory.</summary>
internal static class Logging
{
    /// <summary>Days of log files that are kept.</summary>
    private const int DaysKept = 14;

    public static void UseLogging(this IHostBuilder host) => host.UseSerilog((context, logger) => Levels(logger, context.Configuration)
        .Enrich.FromLogContext()

        // Program's own line names what failed; this one repeats it with a stack.
        .Filter.ByExcluding(entry => StartFailure.IsTold(entry.Exception) && entry.RenderMessage(CultureInfo.InvariantCulture).StartsWith("Hosting failed to start", StringComparison.Ordinal))

        // After a failed start the host stops its services, and reports each that stopped as asked.
        .Filter.ByExcluding(entry => entry.Exception is OperationCanceledException { CancellationToken.IsCancellationRequested: true, InnerException: not TimeoutException } && Matching.FromSource("Microsoft.Extensions.Hosting.Internal.Host")(entry))

        // It repeats at each poll what /readyz answers; what connects tells of it once.
        .Filter.ByExcluding(entry => entry.Exception is null && Matching.FromSource("Microsoft.Extensions.Diagnostics.HealthChecks")(entry))

        // Quartz logs it with two stacks for each try; ImagineJobRunner's own line is enough.
        .Filter.ByExcluding(entry => entry.Exception is JobExecutionException)

        // StorageSpace says once that it is full, and once that it is not; each command that fails meanwhile would say it again.
        .Filter.ByExcluding(entry => entry.Exception is StorageFullException || SqliteFaults.IsFull(entry.Exception) || PostgresFaults.IsFull(entry.Exception))
        .WriteTo.Console(
            outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
            formatProvider: CultureInfo.InvariantCulture)
        .WriteTo.File(
            new CompactJsonFormatter(),
            Path.Combine(context.Configuration["DataDirectory"] ?? "data", "logs", "personalization-.json"),
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: DaysKept,
            hooks: new LossyLogFile()));

    // Wrong levels are reported with all other settings, which needs a log.
    private static LoggerConfiguration Levels(LoggerConfiguration logger, IConfiguration configuration) =>
        LogLevels.Faults(configuration).Any() ? logger : logger.ReadFrom.Configuration(configuration);
}
