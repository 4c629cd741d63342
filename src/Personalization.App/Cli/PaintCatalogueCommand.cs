using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Personalization.Catalogue;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Storage;

namespace Personalization.App.Cli;

/// <summary>
/// <c>paint-catalogue</c>: paints the pictures people rank with the backend of the default version. After it was stopped,
/// the next run continues. The bot may run at the same time.
/// </summary>
internal static class PaintCatalogueCommand
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(2);

    /// <summary>The command <c>paint-catalogue</c>.</summary>
    public static Command Create()
    {
        var command = new Command("paint-catalogue", "Paint the pictures people rank with the image server of the default version. The bot may run at the same time. Ends with 0 when people rank the new pictures, otherwise with 1.");
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.Settings(), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        await MigrateAsync(settings, cancellationToken);
        await using var bot = BotHost.BuildForCommand(settings);
        var services = bot.Services;

        // Two at a time would paint each picture twice.
        var path = Path.Combine(services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, "paint-catalogue.lock");
        using var hold = LockFile.Take(path, "Is another paint-catalogue running?");
        var imagine = services.GetRequiredService<IOptions<ImagineOptions>>().Value;
        var (name, model) = imagine.Models(imagine.DefaultVersion)[0];
        var backend = services.GetRequiredService<ImageBackends>().Require(name);
        var what = $"{backend.Name} {model}".TrimEnd();
        await output.WriteLineAsync($"The ranking pictures are painted by {what}, the backend of version {imagine.DefaultVersion}. Ctrl+C stops; the next run continues.");
        try
        {
            var progress = new Progress(output, services.GetRequiredService<TimeProvider>());
            var (painted, total, isRanked) = await services.GetRequiredService<CataloguePainter>().TakeOverAsync(backend, model, progress, cancellationToken);
            await output.WriteLineAsync(isRanked
                ? $"{painted} of {total} pictures by {what} are ranked from now on{(painted < total ? "; the others were refused, or failed" : "")}. A bot that is running shows them after its next start or fit of the community."
                : $"Only {painted} of {total} pictures were painted, and the others were refused or failed: people continue with the pictures they have. Try another model.");
            return isRanked ? 0 : 1;
        }
        catch (BackendException exception)
        {
            await error.WriteLineAsync($"{exception.Message} What is painted so far is kept: start this again to continue.");
            return 1;
        }
    }

    /// <summary>Brings the database up to date and releases it, so that a bot may start.</summary>
    private static async Task MigrateAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        await using var bot = BotHost.BuildForCommand(settings);
        try
        {
            await bot.Services.MigrateStorageAsync(cancellationToken);
        }
        catch (StorageInUseException)
        {
            // A bot is running on it and has done so.
        }
    }

    /// <summary>Prints every two seconds how many pictures are painted, and how long the others will take.</summary>
    private sealed class Progress(TextWriter output, TimeProvider time) : IProgress<(int Painted, int Total)>
    {
        private readonly long _begun = time.GetTimestamp();
        private long _last;
        private int? _first;

        public void Report((int Painted, int Total) value)
        {
            // Pictures of an earlier run do not count towards the time that one takes.
            _first ??= value.Painted;
            if (_last != 0 && value.Painted < value.Total && time.GetElapsedTime(_last) < ReportEvery)
            {
                return;
            }

            _last = time.GetTimestamp();
            var each = value.Painted > _first ? time.GetElapsedTime(_begun) / (value.Painted - _first.Value) : (TimeSpan?)null;
            var rest = each is { } one ? $", about {((value.Total - value.Painted) * one).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)} to go" : "";
            output.WriteLine($"Painted {value.Painted} of {value.Total}{rest}");
        }
    }
}
