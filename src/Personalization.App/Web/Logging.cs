using System.Globalization;
using Personalization.Storage.Sqlite;
using Quartz;
using Serilog;
using Serilog.Formatting.Compact;

namespace Personalization.App.Web;

/// <summary>Structured logs: lines for people on the console, JSON in a file a day under the data directory.</summary>
internal static class Logging
{
    /// <summary>Days of log files that are kept.</summary>
    private const int DaysKept = 14;

    public static void UseLogging(this IHostBuilder host) => host.UseSerilog((context, logger) => logger
        .ReadFrom.Configuration(context.Configuration)
        .Enrich.FromLogContext()

        // Quartz logs it with two stacks for each try; ImagineJobRunner's own line is enough.
        .Filter.ByExcluding(entry => entry.Exception is JobExecutionException)
        .Filter.ByExcluding(entry => entry.MessageTemplate.Text.StartsWith(SqliteQuartz.ExpectedWarning, StringComparison.Ordinal))

        // StorageSpace says once that it is full, and once that it is not; each command that fails meanwhile would say it again.
        .Filter.ByExcluding(entry => entry.Exception is StorageFullException || SqliteFaults.IsFull(entry.Exception))
        .WriteTo.Console(
            outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
            formatProvider: CultureInfo.InvariantCulture)
        .WriteTo.File(
            new CompactJsonFormatter(),
            Path.Combine(context.Configuration["DataDirectory"] ?? "data", "logs", "personalization-.json"),
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: DaysKept,
            hooks: new LossyLogFile()));
}
