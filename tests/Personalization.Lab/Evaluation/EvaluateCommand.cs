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
        How well the model predicts people who rated pictures, from their first vote on, with communities of some sizes:
          evaluate --ratings ratings.csv --images FOLDER --at 0,5,20,50,200 --community 5,20,100

        See the lead in accuracy: if the lead over "community mean" is less than twice the ± beside it, tastes
        differ too little, or there are too few votes, for a personal prediction to be better than a common one. 1,000 people
        with 300 votes each take some minutes. Exit code 0: done; 1: a file or a value is wrong, and the message says which.
        """;

    private readonly Option<string?> _votes = new("--votes")
    {
        HelpName = "votes.csv",
        Description = "Who chose what: a CSV file whose first line is person,left,right,choice (and time, if known). choice is left, right or skip. Each person's rows stand in the order they voted.",
    };

    private readonly Option<string?> _ratings = new("--ratings")
    {
        HelpName = "ratings.csv",
        Description = "Instead of --votes: a CSV file whose first line is person,picture,rating. Of two pictures that a person rated differently, the better rated one is chosen; the mean of repeated ratings counts. Pictures are held out, as with --new-pictures.",
    };

    private readonly Option<string?> _pictures = new("--pictures")
    {
        HelpName = "pictures.csv",
        Description = "What the pictures are: a CSV file with the column picture, the name used in votes.csv, and a column of numbers for each feature. Columns embedding-0, embedding-1 and so on are an image encoder's output, and reduced to principal components as in the bot.",
    };

    private readonly Option<string?> _images = new("--images")
    {
        HelpName = "FOLDER",
        Description = "Instead of --pictures: a folder of pictures. Their features are computed as the bot does, with its image encoder if Vision:EncoderPath is set; the file name is the picture's name.",
    };

    private readonly Option<string?> _at = new("--at")
    {
        HelpName = "N,N,...",
        Description = "After how many votes of a person to judge; 0 is the community's prior alone.",
        DefaultValueFactory = _ => string.Join(',', EvaluationOptions.UsualAt),
    };

    private readonly Option<HoldOut?> _test = new("--test")
    {
        HelpName = "SHARE|COUNT",
        Description = "How many of each person's votes to hold out and judge by: a share such as 0.2, which is the default, or a count such as 40. With --new-pictures or --ratings, how many of all pictures: 0.25 by default.",
        CustomParser = ShareOrCount,
    };

    private readonly Option<bool> _newPictures = new("--new-pictures")
    {
        Description = "Hold out pictures, with all votes between two of them: harder, and the situation of a new picture.",
    };

    private readonly Option<int> _splits = new("--splits")
    {
        HelpName = "N",
        Description = "Judge in so many random splits and take means: for few people or pictures, where one split is noisy.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _community = new("--community")
    {
        HelpName = "N,N,...",
        Description = "Learn the community from so many people, drawn from the other folds; several numbers are judged one after another. Default: from all of them.",
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

    private readonly Func<IReadOnlyList<string>, string, ExtractedPictures> _featuresOf;

    private EvaluateCommand(Func<IReadOnlyList<string>, string, ExtractedPictures> featuresOf) => _featuresOf = featuresOf;

    /// <summary>The command <c>evaluate</c>.</summary>
    /// <param name="featuresOf">By the settings, what is extracted from every picture in a folder, for <c>--images</c>.</param>
    public static Command Create(Func<IReadOnlyList<string>, string, ExtractedPictures> featuresOf)
    {
        var line = new EvaluateCommand(featuresOf);
        Validate(line._at, "0,10,20,50,100,200");
        Validate(line._community, "5,20,100");
        var command = new Command("evaluate", Description);
        foreach (var option in new Option[] { line._votes, line._ratings, line._pictures, line._images, line._at, line._test, line._newPictures, line._splits, line._community, line._seed, line._report, line._force })
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
            Votes = parsed.GetValue(_votes),
            Ratings = parsed.GetValue(_ratings),
            Pictures = parsed.GetValue(_pictures),
            Images = parsed.GetValue(_images),
            FeaturesOf = folder => _featuresOf(parsed.Settings(), folder),
            At = Numbers(parsed.GetRequiredValue(_at)!),
            Test = parsed.GetValue(_test),
            NewPictures = parsed.GetValue(_newPictures),
            Splits = parsed.GetValue(_splits),
            Communities = parsed.GetValue(_community) is { } sizes ? Numbers(sizes) : [],
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

    private static void Validate(Option<string?> option, string example) => option.Validators.Add(result =>
    {
        var text = result.GetValueOrDefault<string?>();
        if (text?.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(part => !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } wrong)
        {
            result.AddError($"{option.Name} {text}: \"{wrong}\" is not a whole number. Write it as {example}.");
        }
    });

    private static int[] Numbers(string text) => [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

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
