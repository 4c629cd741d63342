using Microsoft.Extensions.Options;
using Personalization.Catalogue;
using Personalization.Storage;
using Personalization.Votes;

namespace Personalization.App.Jobs;

/// <summary>Seeds the ranking pictures in the background of each start, paints those that are missing, and logs the progress.</summary>
internal sealed partial class CatalogueService(
    CatalogueSeeding seeding,
    CataloguePainter painter,
    StorageSpace space,
    IOptions<RankingOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<CatalogueService> logger) : BackgroundService
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(2);

    // Until a full storage is tried again.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not to be cancelled: it takes a moment, and the storage stays open until it has ended.
        if (await TrySeedAsync() && options.Value.PaintAhead)
        {
            await PaintAheadAsync(stoppingToken);
        }
    }

    /// <returns>False when the program was asked to stop, as without pairs there is nothing to rank.</returns>
    private async Task<bool> TrySeedAsync()
    {
        try
        {
            await seeding.DoneAsync();
            LogSeeded();
            return true;
        }
        catch (Exception exception) when (exception is StorageException or InvalidDataException or IOException)
        {
            LogNotSeeded(exception.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
            return false;
        }
    }

    private async Task PaintAheadAsync(CancellationToken stoppingToken)
    {
        var last = time.GetTimestamp();
        var progress = new Report<(int Painted, int Total)>(value =>
        {
            if (value.Painted == value.Total || time.GetElapsedTime(last) >= LogEvery)
            {
                last = time.GetTimestamp();
                LogPainted(value.Painted, value.Total);
            }
        });
        try
        {
            await PaintAsync(progress, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogStopped(exception);
        }
    }

    /// <summary>Paints all that is missing, however often the storage is full meanwhile.</summary>
    private async Task PaintAsync(IProgress<(int Painted, int Total)> progress, CancellationToken cancellationToken)
    {
        for (var hasWaited = false; ; hasWaited = true)
        {
            try
            {
                space.Require();
                await painter.PaintMissingAsync(progress, cancellationToken);
                return;
            }
            catch (StorageFullException)
            {
                // The operator is told of it by the storage.
                var pause = Task.Delay(Pause, time, cancellationToken);
                if (!hasWaited)
                {
                    LogWaiting();
                }

                await pause;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The ranking pictures are prepared")]
    private partial void LogSeeded();

    [LoggerMessage(Level = LogLevel.Critical, Message = "The ranking pictures could not be prepared: {Reason}")]
    private partial void LogNotSeeded(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The ranking pictures wait for space; they are painted ahead again as soon as there is some")]
    private partial void LogWaiting();

    [LoggerMessage(Level = LogLevel.Information, Message = "Painted {Painted} of {Total} ranking pictures")]
    private partial void LogPainted(int painted, int total);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ranking pictures are no longer painted ahead; each is painted when it is shown, and the next start continues")]
    private partial void LogStopped(Exception exception);

    // Progress<T> posts to the thread pool, which can change the order of the lines.
    private sealed class Report<T>(Action<T> handler) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => handler(value);
    }
}
