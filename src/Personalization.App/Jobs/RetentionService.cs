using System.Globalization;
using Personalization.Storage.Retention;

namespace Personalization.App.Jobs;

/// <summary>Deletes what is no longer needed, every hour, and tells the operator what the pictures take.</summary>
internal sealed partial class RetentionService(RetentionSweep sweep, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private const double BytesOfMegabyte = 1e6;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // A start has other work, and one after another may fail.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromDays(1);

    private DateTimeOffset _warnedOfLimit = DateTimeOffset.MinValue;
    private DateTimeOffset _warnedOfStrange = DateTimeOffset.MinValue;

    /// <summary>A sweep, and what is said of it.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var report = await sweep.RunAsync(cancellationToken);
        var (size, freed, limit) = (Megabytes(report.Bytes), Megabytes(report.Freed), report.MaxBytes is { } max ? Megabytes(max) : "any number");
        LogKept(report.Pictures, size, limit);
        if (report.Expired + report.Leftovers + report.Rows > 0)
        {
            LogDeleted(report.Expired, report.Leftovers, freed, report.Rows);
        }

        if (report.Strange > 0 && IsDue(ref _warnedOfStrange))
        {
            LogStrange(report.Strange);
        }
        else if (report is { IsOverLimit: true, Strange: 0 } && IsDue(ref _warnedOfLimit))
        {
            LogOverLimit(size, limit);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstAfter, time, stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / BytesOfMegabyte:N0} MB");

    private bool IsDue(ref DateTimeOffset warned)
    {
        var now = time.GetUtcNow();
        var isDue = now - warned >= BetweenWarnings;
        warned = isDue ? now : warned;
        return isDue;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted as no longer needed: {Expired} pictures and {Leftovers} files without a picture, together {Freed}, and {Rows} rows of jobs and unused prompts")]
    private partial void LogDeleted(int expired, int leftovers, string freed, int rows);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Pictures} pictures take {Size} of {Limit}")]
    private partial void LogKept(int pictures, string size, string limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pictures take {Size}, more than the {Limit} of Retention:MaxGigabytes, and all of them are needed or were used within a day: nothing more is deleted. Raise the limit, or make room for them")]
    private partial void LogOverLimit(string size, string limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Files} files of pictures are in no row of the database, so that it may be the wrong one, and nothing is deleted: stop the bot and check Storage:Provider, Storage:ConnectionString and DataDirectory")]
    private partial void LogStrange(int files);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is no longer needed could not be deleted; the next attempt is in an hour: {Reason}")]
    private partial void LogFailed(string reason);
}
