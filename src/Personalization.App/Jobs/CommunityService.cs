using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Jobs;

/// <summary>Measures new pictures and fits the community model in the background, periodically.</summary>
internal sealed partial class CommunityService(
    CatalogueSeeding seeding,
    PictureMeasurer measurer,
    IFeatureExtractor extractor,
    CommunityLearner learner,
    IOptions<RankingOptions> options,
    TimeProvider time,
    ILogger<CommunityService> logger) : BackgroundService
{
    // The last fit is loaded before the first vote.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await learner.ResumeAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is fitted again from the votes, which are the truth.
            LogNotResumed(exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await seeding.DoneAsync().WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!seeding.IsDone)
        {
            // It stops, or CatalogueService tells why it has to.
            return;
        }

        LogExtractor(extractor.Version);
        await Task.WhenAll(MeasureNewAsync(stoppingToken), LearnPeriodicallyAsync(stoppingToken));
    }

    /// <summary>Measures pictures as soon as they are shown.</summary>
    private async Task MeasureNewAsync(CancellationToken stoppingToken)
    {
        await foreach (var picture in measurer.SoonAsync(stoppingToken))
        {
            try
            {
                // What cannot be measured is told of in the next round.
                await measurer.MeasureAsync(picture, stoppingToken);
            }
            catch (StorageFullException)
            {
                // Told of where pictures are stored; the next round measures it.
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnmeasured(exception);
            }
        }
    }

    private async Task LearnPeriodicallyAsync(CancellationToken stoppingToken)
    {
        var reported = new HashSet<PictureId>();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.FitEveryMinutes), time);
        do
        {
            await MeasureAsync(reported, stoppingToken);
            await LearnAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MeasureAsync(HashSet<PictureId> reported, CancellationToken stoppingToken)
    {
        try
        {
            foreach (var (picture, reason) in (await measurer.MeasureAllAsync(stoppingToken)).Where(unreadable => reported.Add(unreadable.Picture)))
            {
                LogUnreadable(picture, reason);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogUnmeasured(exception);
        }
    }

    private async Task LearnAsync(CancellationToken stoppingToken)
    {
        try
        {
            var begun = time.GetTimestamp();
            if (await learner.LearnAsync(stoppingToken) is { } fitted)
            {
                var took = time.GetElapsedTime(begun);
                LogFitted(fitted.Version, fitted.Space.Dimension, took);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The last fit stays in use, and the next round tries again.
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pictures are measured by {Extractor}")]
    private partial void LogExtractor(string extractor);

    [LoggerMessage(Level = LogLevel.Error, Message = "The last fit of the community could not be loaded; it is fitted again from the votes")]
    private partial void LogNotResumed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Community fit {Version} over {Features} features took {Elapsed}")]
    private partial void LogFitted(int version, int features, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be measured in picture {Picture}: {Reason}")]
    private partial void LogUnreadable(PictureId picture, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "New pictures could not be measured; the next round tries again")]
    private partial void LogUnmeasured(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The community could not be fitted; the last fit stays in use")]
    private partial void LogFailed(Exception exception);
}
