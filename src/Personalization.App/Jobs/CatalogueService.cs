using Microsoft.Extensions.Options;
using Personalization.Catalogue;
using Personalization.Storage;
using Personalization.Votes;

namespace Personalization.App.Jobs;

/// <summary>Paints the ranking pictures in the background of the first start, and logs the progress.</summary>
internal sealed partial class CatalogueService(CatalogueSeeder seeder, CataloguePainter painter, StorageSpace space, IOptions<RankingOptions> options, TimeProvider time, ILogger<CatalogueService> logger) : BackgroundService
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(2);

    // Until a full storage is tried again.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // The rows exist before anything else starts: the first /rank must find pairs.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await seeder.SeedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.PaintAhead)
        {
            return;
        }

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
