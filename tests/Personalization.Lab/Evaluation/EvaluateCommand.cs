using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Personalization.App.Cli;

namespace Personalization.Lab.Evaluation;

/// <summary>The command line of <see cref="TasteEvaluation"/>.</summary>
public sealed class EvaluateCommand
{
    private const string Description =
        """
        Measure how well the bot predicts votes that it has not seen, compared with simpler methods.

        Reads files only: the bot may run meanwhile, and nothing of it is changed. export-votes makes both files from this
        server's votes:
          export-votes --votes votes.csv --pictures pictures.csv
          evaluate --votes votes.csv --pictures pictures.csv

        See the last table, the lead in accuracy: if the lead over "community mean" is less than twice the ± beside it, tastes
        differ too little, or there are too few votes, for a personal prediction to be better than a common one. 1,000 people
        with 300 votes each take some minutes. Exit code 0: done; 1: a file or a value is wrong, and the message says which.
        """;

    private readonly Option<string> _votes = new("--votes")
    {
        Required = true,
        HelpName = "votes.csv",
        Description = "Who chose what: a CSV file whose first line is person,left,right,choice (and time, if known). choice is left, right or skip. Each person's rows stand in the order they voted.",
    };

    private readonly Option<string?> _pictures = new("--pictures")
    {
        HelpName = "pictures.csv",
        Description = "What the pictures are: a CSV file with the column picture, the name used in votes.csv, and a column of numbers for each feature.",
    };

    private readonly Option<string?> _images = new("--images")
    {
        HelpName = "FOLDER",
        Description = "Instead of --pictures: a folder of pictures. Their features are computed; the file name is the picture's name.",
    };

    private readonly Option<string> _at = new("--at")
    {
        HelpName = "N,N,...",
        Description = "After how many votes of a person to judge.",
        DefaultValueFactory = _ => string.Join(',', EvaluationOptions.UsualAt),
    };

    private readonly Option<HoldOut> _test = new("--test")
    {
        HelpName = "SHARE|COUNT",
        Description = "How many of each person's votes to hold out and judge by: a share such as 0.2, or a count such as 40.",
        DefaultValueFactory = _ => HoldOut.Usual,
        CustomParser = ShareOrCount,
    };

    private readonly Option<bool> _newPictures = new("--new-pictures")
    {
        Description = "Judge only by pictures without training votes: harder, and the situation of a new picture.",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        HelpName = "NUMBER",
        Description = "Which votes are held out is drawn from this number: the same number gives the same result.",
        DefaultValueFactory = _ => 1,
        CustomParser = SeedOption.Parse,
    };

    private readonly Option<string?> _report = new("--report")
    {
        HelpName = "out.json",
        Description = "Write everything, with more digits, to this file as JSON.",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Overwrite an existing report.",
    };

    private readonly Func<IReadOnlyList<string>, string, IReadOnlyList<(string Picture, float[] Features)>> _featuresOf;

    private EvaluateCommand(Func<IReadOnlyList<string>, string, IReadOnlyList<(string Picture, float[] Features)>> featuresOf) => _featuresOf = featuresOf;

    /// <summary>The command <c>evaluate</c>.</summary>
    /// <param name="featuresOf">By the settings, features of every picture in a folder, for <c>--images</c>.</param>
    public static Command Create(Func<IReadOnlyList<string>, string, IReadOnlyList<(string Picture, float[] Features)>> featuresOf)
    {
        var line = new EvaluateCommand(featuresOf);
        line._at.Validators.Add(result =>
        {
            if (ProblemOf(result.GetValueOrDefault<string>() ?? "") is { } problem)
            {
                result.AddError(problem);
            }
        });
        var command = new Command("evaluate", Description);
        foreach (var option in new Option[] { line._votes, line._pictures, line._images, line._at, line._test, line._newPictures, line._seed, line._report, line._force })
        {
            command.Add(option);
        }

        SettingsArgument.AddTo(command);
        command.SetAction(line.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new EvaluationOptions
        {
            Votes = parsed.GetRequiredValue(_votes),
            Pictures = parsed.GetValue(_pictures),
            Images = parsed.GetValue(_images),
            FeaturesOf = folder => _featuresOf(parsed.Settings(), folder),
            At = [.. parsed.GetRequiredValue(_at).Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))],
            Test = parsed.GetRequiredValue(_test),
            NewPictures = parsed.GetValue(_newPictures),
            Seed = parsed.GetValue(_seed),
            Report = parsed.GetValue(_report),
            Force = parsed.GetValue(_force),
        };
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

        // On another thread, so that Ctrl+C takes effect at once.
        return Task.Run(
            () =>
            {
                try
                {
                    var outcome = TasteEvaluation.Run(options, output, cancellationToken);
                    if (!outcome.IsMeasured)
                    {
                        error.WriteLine(outcome.Problem);
                    }

                    return outcome.IsMeasured ? 0 : 1;
                }
                catch (OperationCanceledException)
                {
                    error.WriteLine("Stopped. Nothing was written.");
                    return 1;
                }
            },
            CancellationToken.None);
    }

    private static string? ProblemOf(string at) =>
        at.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(part => !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) is { } wrong
            ? $"--at {at}: \"{wrong}\" is not a whole number of at least 1. Write it as 10,20,50,100,200."
            : null;

    private static HoldOut? ShareOrCount(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!HoldOut.TryParse(text, out var heldOut))
        {
            result.AddError($"--test {text}: give a share between 0 and 1 such as 0.2, or a whole number of votes such as 40.");
        }

        return heldOut;
    }
}
