using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Personalization.App.Cli;

namespace Personalization.Lab.Simulation;

/// <summary>The command line of <see cref="TasteSimulation"/>.</summary>
public static class SimulateCommand
{
    private const string Description =
        """
        Let simulated people with hidden tastes vote on the shipped pictures, and measure how often they prefer pictures with --p.

        Needs no server, no votes and no image model, and changes nothing. The people are simulated: they follow axes of style,
        like the middle of axes, change their taste half way, often answer the wrong way round, or answer at random; with
        --painted some follow pixels, or what an image encoder sees, which the model does not use. Their answers are noisy,
        with skips and slips. It measures the program with such people, not with real ones; for those, see evaluate.
        """;

    /// <summary>The command <c>simulate</c>.</summary>
    /// <param name="createPool">Creates the pool by the settings when it is needed.</param>
    public static Command Create(Func<IReadOnlyList<string>, LabPool> createPool)
    {
        var people = new Option<int>("--people") { Description = "People of each kind, 10 to 10,000.", HelpName = "N", DefaultValueFactory = _ => 200, CustomParser = Count };
        var seed = new Option<int>("--seed") { Description = "The same number gives the same people and results.", HelpName = "NUMBER", DefaultValueFactory = _ => 1, CustomParser = SeedOption.Parse };
        var painted = new Option<bool>("--painted") { Description = "Add people who judge really painted pictures by their pixels; takes minutes." };
        var lapses = new Option<double>("--lapses") { Description = "The share of answers, 0 to 0.5, that people who lapse give the wrong way round.", HelpName = "SHARE", DefaultValueFactory = _ => 0.2, CustomParser = Share };
        var folder = new Option<string?>("--out") { Description = "Write the plots (PNG) and report.json into this folder.", HelpName = "FOLDER" };
        folder.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && (path.Length == 0 || File.Exists(path)))
            {
                result.AddError($"--out \"{path}\" is no folder. Name one; it is made where there is none.");
            }
        });
        var command = new Command("simulate", Description) { people, seed, painted, lapses, folder };
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new SimulationOptions
            {
                People = parsed.GetValue(people),
                Seed = parsed.GetValue(seed),
                Painted = parsed.GetValue(painted),
                Lapses = parsed.GetValue(lapses),
                Folder = parsed.GetValue(folder),
            };
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

            // On another thread, so that Ctrl+C takes effect at once.
            return Task.Run(() => Run(options, () => createPool(parsed.Settings()), output, error, cancellationToken), CancellationToken.None);
        });
        return command;
    }

    private static int Run(SimulationOptions options, Func<LabPool> createPool, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Reported before minutes of work.
        if (options.Folder is { } folder && !CanWriteInto(folder))
        {
            error.WriteLine($"--out {folder}: nothing can be written into this folder. Name one that you may write to; it is made where there is none.");
            return 1;
        }

        try
        {
            TasteSimulation.Run(options, createPool(), output, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Stopped. Nothing was written.");
            return 1;
        }
    }

    private static bool CanWriteInto(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static double Share(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) || share > 0.5)
        {
            result.AddError($"--lapses {text}: give a share from 0 to 0.5, such as 0.2.");
        }

        return share;
    }

    private static int Count(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 10 or > 10_000)
        {
            result.AddError($"--people is {text}; it takes 10 to 10,000.");
        }

        return count;
    }
}
