using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Personalization.App.Cli;

namespace Personalization.Lab.Evaluation;

/// <summary>The command line of <see cref="TasteEvaluation"/>.</summary>
public sealed class EvaluateTasteCommand
{
    private const string Description =
        """
        Measure how well the bot would have guessed votes that it was not shown, beside simpler ways to guess.

        Reads files only: the bot may run meanwhile, and nothing of it is changed. export-votes makes both files from this
        server's votes:
          export-votes --votes votes.csv --pictures pictures.csv
          evaluate --votes votes.csv --pictures pictures.csv

        Read the last table of accuracy, the lead: where that over "community mean" is not twice the ± beside it, tastes differ
        too little, or there are too few votes, for a personal guess to beat a common one. 1,000 people with 300 votes each
        take some minutes. Ends with 0 when done, 1 when a file or a value is wrong and says which.
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

    private readonly Option<HeldOut> _test = new("--test")
    {
        HelpName = "SHARE|COUNT",
        Description = "How many of each person's votes to hold out and judge by: a share such as 0.2, or a count such as 40.",
        DefaultValueFactory = _ => HeldOut.Usual,
        CustomParser = ShareOrCount,
    };

    private readonly Option<bool> _newPictures = new("--new-pictures")
    {
        Description = "Judge only by pictures that nobody has voted on in training: harder, and what a new picture meets.",
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
        Description = "Write the report over a file that is there already.",
    };

    private readonly Func<IReadOnlyList<string>, string, IReadOnlyList<(string Picture, float[] Features)>> _featuresOf;

    private EvaluateTasteCommand(Func<IReadOnlyList<string>, string, IReadOnlyList<(string Picture, float[] Features)>> featuresOf) => _featuresOf = featuresOf;

    /// <summary>The command <c>evaluate</c>.</summary>
    /// <param name="featuresOf">By the settings, features of every picture in a folder, for <c>--images</c>.</param>
    public static Command Create(Func<IReadOnlyList<string>, string, IReadOnlyList<(string Picture, float[] Features)>> featuresOf)
    {
        var line = new EvaluateTasteCommand(featuresOf);
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

        // Off this thread, so that Ctrl+C is answered at once.
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

    private static HeldOut? ShareOrCount(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!HeldOut.TryParse(text, out var heldOut))
        {
            result.AddError($"--test {text}: give a share between 0 and 1 such as 0.2, or a whole number of votes such as 40.");
        }

        return heldOut;
    }
}
