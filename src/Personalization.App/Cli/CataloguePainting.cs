using System.Globalization;
using Microsoft.Extensions.Options;
using Personalization.Catalogue;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Storage;

namespace Personalization.App.Cli;

/// <summary>
/// <c>--paint-catalogue</c>: paints the pictures people rank with the backend of the default version. Whenever it is stopped,
/// the next run goes on from there. The bot may run meanwhile.
/// </summary>
internal static class CataloguePainting
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    /// <returns>0 when people rank the pictures from now on, else 1.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) =>
        Parts.RunAsync(stop => RunAsync(args, output, error, stop), error);

    private static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        await MigrateAsync(args, cancellationToken);
        await using var parts = Parts.Build(args);

        // Two at a time would paint each picture twice.
        var path = Path.Combine(parts.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, "paint-catalogue.lock");
        using var hold = LockFile.Take(path, "Is another --paint-catalogue at work?");
        var imagine = parts.GetRequiredService<IOptions<ImagineOptions>>().Value;
        var (name, model) = imagine.Models(imagine.DefaultVersion)[0];
        var backend = parts.GetRequiredService<ImageBackends>().Require(name);
        var what = $"{backend.Name} {model}".TrimEnd();
        await output.WriteLineAsync($"The ranking pictures are painted by {what}, the backend of version {imagine.DefaultVersion}. Ctrl+C stops; the next run goes on from there.");
        try
        {
            var progress = new Progress(output, parts.GetRequiredService<TimeProvider>());
            var (painted, total, isRanked) = await parts.GetRequiredService<CataloguePainter>().TakeOverAsync(backend, model, progress, cancellationToken);
            await output.WriteLineAsync(isRanked
                ? $"{painted} of {total} pictures by {what} are ranked from now on{(painted < total ? "; the others were refused, or failed" : "")}. A bot that is running shows them after its next start or fit of the community."
                : $"Only {painted} of {total} pictures were painted, and the others refused or failed: people go on ranking those there are. Try another model.");
            return isRanked ? 0 : 1;
        }
        catch (BackendException exception)
        {
            await error.WriteLineAsync($"{exception.Message} What is painted so far is kept: start this again to go on.");
            return 1;
        }
    }

    /// <summary>Makes the database ready and lets go of it again; a bot that runs on it has done so.</summary>
    private static async Task MigrateAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var parts = Parts.Build(args);
        try
        {
            await parts.MigrateStorageAsync(cancellationToken);
        }
        catch (StorageInUseException)
        {
        }
    }

    /// <summary>Tells every two seconds how far it is, and how long the rest will take.</summary>
    private sealed class Progress(TextWriter output, TimeProvider time) : IProgress<(int Painted, int Total)>
    {
        private readonly long _begun = time.GetTimestamp();
        private long _last;
        private int? _first;

        public void Report((int Painted, int Total) value)
        {
            // Those of an earlier run say nothing of how long one takes.
            _first ??= value.Painted;
            if (_last != 0 && value.Painted < value.Total && time.GetElapsedTime(_last) < TellEvery)
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
