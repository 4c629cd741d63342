using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Ranking;

namespace Personalization.App.Jobs;

/// <summary>Measures new pictures and fits the community in the background, again and again; nobody waits for it.</summary>
internal sealed partial class CommunityService(
    Catalogue catalogue,
    CommunityLearner learner,
    IOptions<RankingOptions> options,
    TimeProvider time,
    ILogger<CommunityService> logger) : BackgroundService
{
    // The last fit is there before the first vote.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await learner.ResumeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = new HashSet<PictureId>();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.FitEveryMinutes), time);
        do
        {
            try
            {
                foreach (var picture in (await catalogue.MeasureAsync(stoppingToken)).Where(told.Add))
                {
                    LogUnreadable(picture);
                }

                var begun = time.GetTimestamp();
                if (await learner.LearnAsync(stoppingToken) is { } fitted)
                {
                    var took = time.GetElapsedTime(begun);
                    LogFitted(fitted.Version, fitted.Space.Dimension, took);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The last fit stays in force, and the next round tries again.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Community fit {Version} over {Features} features took {Elapsed}")]
    private partial void LogFitted(int version, int features, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be measured in picture {Picture}: its file is gone or damaged")]
    private partial void LogUnreadable(PictureId picture);

    [LoggerMessage(Level = LogLevel.Error, Message = "The community could not be fitted; the last fit stays in force")]
    private partial void LogFailed(Exception exception);
}
