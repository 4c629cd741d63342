using System.CommandLine;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Personalization.App;
using Personalization.Catalogue;
using Personalization.Imagine.Backends;
using Personalization.Lab.Evaluation;
using Personalization.Lab.Simulation;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Lab;

/// <summary>Measures the taste model: on votes in files, on simulated people, on generated votes.</summary>
internal static class Program
{
    private static readonly string[] Images = [".png", ".jpg", ".jpeg", ".webp"];

    private static Task<int> Main(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Measures the taste model of Personalization. Every command takes the bot's settings as --Section:Key=value.")
        {
            EvaluateCommand.Create(FeaturesOf),
            SimulateCommand.Create(CreatePool),
            GenerateCommand.Create(),
        };
        return App.Cli.CommandLine.InvokeAsync(root.Parse(args), output, error);
    }

    private static ExtractedPictures FeaturesOf(IReadOnlyList<string> settings, string folder)
    {
        var bot = BotHost.BuildForCommand(settings);
        using var disposing = (IDisposable)bot;
        var extractor = bot.Services.GetRequiredService<IFeatureExtractor>();
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

        return new([.. extractor.Measures.Select(measure => measure.Id)], features);
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

    private static LabPool CreatePool(IReadOnlyList<string> settings)
    {
        var services = BotHost.BuildForCommand(settings).Services;
        return new(
            services.GetRequiredService<StyleVocabulary>(),
            services.GetRequiredService<RankingPrompts>(),
            services.GetServices<IImageBackend>().First(backend => backend.Name == "Painter"),
            services.GetRequiredService<IFeatureExtractor>());
    }
}
