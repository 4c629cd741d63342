using Microsoft.Extensions.Options;
using Personalization.Backends.Check;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Jobs;

/// <summary>Checks the backends whose pictures cost nothing, whenever a backend has no picture to paint for a person.</summary>
internal sealed partial class BackendCheckService(ImageBackends backends, BackendChecker check, PaintingTurns turns, IOptions<ImagineOptions> options, ILogger<BackendCheckService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // First of all: a check waits for as long as people's pictures are painted.
        foreach (var (name, model) in options.Value.Models())
        {
            await backends.Require(name).InspectAsync(model, stoppingToken);
        }

        foreach (var (name, model) in options.Value.Models())
        {
            var backend = backends.Require(name);
            var capabilities = backend.CapabilitiesOf(model);
            if (capabilities.Notice.Length > 0)
            {
                LogNotice(backend.Name, capabilities.Notice);
            }

            // The Painter, which paints styles exactly, is proved by the program's own tests.
            if (!options.Value.CheckAtStart || !capabilities.IsFree || capabilities.Styles)
            {
                continue;
            }

            CheckReport report;
            try
            {
                report = await check.RunAsync(backend, model, steps: null, token => turns.IdleAsync(backend.Name, token), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // An unchecked backend still paints.
                LogUnchecked(exception, backend.Name, model);
                continue;
            }

            if (report.Problem is { } problem)
            {
                LogProblem(backend.Name, model, problem);
            }
            else if (report.False.Count > 0)
            {
                LogFalse(backend.Name, model, string.Join(" ", [string.Join(", ", report.False) + ".", .. report.Remarks]));
            }
            else
            {
                LogProved(backend.Name, model, report.Took);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend}: {Notice}")]
    private partial void LogNotice(string backend, string notice);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Backend} with \"{Model}\" could not be checked")]
    private partial void LogUnchecked(Exception exception, string backend, string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend} does not paint with \"{Model}\": {Problem}")]
    private partial void LogProblem(string backend, string model, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend} with \"{Model}\" does not have every capability it declares; switched off: {Capabilities}")]
    private partial void LogFalse(string backend, string model, string capabilities);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Backend} with \"{Model}\" has the capabilities it declares, as far as pictures show them; a small picture took {Elapsed}")]
    private partial void LogProved(string backend, string model, TimeSpan elapsed);
}
