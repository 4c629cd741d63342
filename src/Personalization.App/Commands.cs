using System.CommandLine;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Personalization.Evaluation;
using Personalization.Imagine;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Simulation;
using Personalization.Storage;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.App;

/// <summary>What the program does instead of running the bot: <c>evaluate-taste</c>, <c>export-votes</c>, <c>simulate-taste</c>.</summary>
internal static class Commands
{
    private static readonly string[] Images = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Runs the command that the first argument names.</summary>
    /// <param name="output">Takes what a command tells.</param>
    /// <param name="error">Takes what is wrong.</param>
    /// <returns>The exit code, or null where it names none and the bot is meant.</returns>
    public static async Task<int?> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("A Discord bot that learns each person's taste in pictures. Without a command it runs the bot.")
        {
            EvaluateTasteCommand.Create(FeaturesOf),
            ExportVotesCommand.Create(OpenExportAsync),
            SimulateTasteCommand.Create(Studio),
        };
        if (args.Length == 0 || root.Subcommands.All(command => command.Name != args[0]))
        {
            return null;
        }

        return await Parts.RunAsync(
            () => root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }),
            error);
    }

    private static (string, float[])[] FeaturesOf(string folder)
    {
        using var parts = Parts.Build([]);
        var extractor = parts.GetRequiredService<IFeatureExtractor>();
        string[] images = [.. Directory.EnumerateFiles(folder).Where(file => Images.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        var features = new (string, float[])[images.Length];
        try
        {
            Parallel.For(0, images.Length, i => features[i] = (Path.GetFileName(images[i]), FeaturesOf(extractor, images[i])));
        }
        catch (AggregateException exception)
        {
            // One picture that cannot be read is enough to stop, and its message tells which.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return features;
    }

    private static float[] FeaturesOf(IFeatureExtractor extractor, string file)
    {
        try
        {
            return extractor.Extract(File.ReadAllBytes(file));
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{Path.GetFileName(file)}: {exception.Message} Take it out of the folder.", exception);
        }
    }

    // The bot may be running: its database is read beside it, as it is.
    private static async Task<VotesExport> OpenExportAsync(CancellationToken cancellationToken)
    {
        var parts = Parts.Build([]);
        var database = new SqliteConnectionStringBuilder(parts.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString).DataSource;
        if (!File.Exists(database))
        {
            throw new InvalidDataException($"There is no database {Path.GetFullPath(database)}. Start the bot once, or set DataDirectory to where it keeps its data.");
        }

        await parts.GetRequiredService<CommunityLearner>().ResumeAsync(cancellationToken);
        return new(parts.GetRequiredService<IBallotStore>(), parts.GetRequiredService<IPictureStore>(), parts.GetRequiredService<CurrentCommunity>());
    }

    private static Simulation.Studio Studio()
    {
        var parts = Parts.Build([]);
        return new(
            parts.GetRequiredService<StyleVocabulary>(),
            parts.GetRequiredService<RankingPrompts>(),
            parts.GetServices<IImageBackend>().First(backend => backend.Name == "Painter"),
            parts.GetRequiredService<IFeatureExtractor>());
    }
}
