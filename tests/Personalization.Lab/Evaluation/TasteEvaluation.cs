using System.Reflection;
using System.Text;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;

namespace Personalization.Lab.Evaluation;

/// <summary>Measures how well the taste model predicts held-out votes, compared with simpler methods.</summary>
public static class TasteEvaluation
{
    /// <summary>Reads the files, learns, scores, prints the tables and, if requested, writes the report.</summary>
    /// <param name="output">Receives progress and tables.</param>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static EvaluationOutcome Run(EvaluationOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        if (ProblemOf(options) is { } problem)
        {
            return EvaluationOutcome.Failed(problem);
        }

        var pictures = ReadPictures(options);
        if (!pictures.IsRead)
        {
            return EvaluationOutcome.Failed(pictures.Problem);
        }

        var (draw, ratings, problemOfVotes) = ReadVotes(options, pictures.Value);
        if (draw is null)
        {
            return EvaluationOutcome.Failed(problemOfVotes!);
        }

        var split = draw(options.Seed);
        if (TooFew(options, split) is { } tooFew)
        {
            return EvaluationOutcome.Failed(tooFew);
        }

        var counts = Count(pictures.Value.FittedWithout(split.HeldOutPictures), split, ratings);
        Introduce(options, counts, output);
        var report = Judge(options, pictures.Value, draw, counts, output, cancellationToken);
        ReportTable.Write(report, output);
        return Save(options, report, output) is { } unsaved ? EvaluationOutcome.Failed(unsaved) : EvaluationOutcome.Measured(report);
    }

    /// <returns>The split of a seed and the number of ratings, or what is wrong with the file.</returns>
    private static (Func<int, Split>? Draw, int Ratings, string? Problem) ReadVotes(EvaluationOptions options, PictureTable pictures)
    {
        if (options.Ratings is { } file)
        {
            var ratings = RatingFile.Read(file, pictures);
            return ratings.IsRead ? (seed => Split.Draw(ratings.Value.Raters, options.HeldOut, options.At.Max(), seed), ratings.Value.Count, null) : (null, 0, ratings.Problem);
        }

        var votes = VoteFile.Read(options.Votes!, pictures);
        return votes.IsRead ? (seed => Split.Draw(votes.Value.Voters, pictures, options.HeldOut, options.NewPictures, seed), 0, null) : (null, 0, votes.Problem);
    }

    private static string? ProblemOf(EvaluationOptions options)
    {
        if ((options.Votes is null) == (options.Ratings is null))
        {
            return "Give either --votes FILE, a CSV file of choices between two pictures, or --ratings FILE, one of ratings of single pictures.";
        }

        if ((options.Pictures is null) == (options.Images is null))
        {
            return "Give either --pictures FILE, a CSV file of features, or --images FOLDER, a folder of pictures.";
        }

        if (options.Images is { } images && (options.FeaturesOf is null || !Directory.Exists(images)))
        {
            return options.FeaturesOf is null
                ? "--images: features cannot be computed here. Give --pictures FILE instead."
                : $"--images {images}: there is no such folder. Check the path.";
        }

        if (options.At.Count == 0 || options.At.Any(votes => votes < 0))
        {
            return $"--at {string.Join(',', options.At)}: give one or more whole numbers, such as 0,10,20,50,100,200.";
        }

        if (options.Communities.Any(size => size < 0))
        {
            return $"--community {string.Join(',', options.Communities)}: give one or more whole numbers, such as 5,20,100.";
        }

        if (options.Splits < 1)
        {
            return $"--splits {options.Splits}: give a whole number of at least 1.";
        }

        // Reported before minutes of work.
        return ReportPath.ProblemOf(options);
    }

    private static Reading<PictureTable> ReadPictures(EvaluationOptions options)
    {
        if (options.Images is not { } folder)
        {
            return PictureTable.Read(options.Pictures!);
        }

        try
        {
            var extracted = options.FeaturesOf!(folder);
            return PictureTable.Create(folder, extracted.Measures, extracted.Pictures);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Reading<PictureTable>.Failed($"--images {folder}: {exception.Message}");
        }
    }

    private static string? TooFew(EvaluationOptions options, Split split)
    {
        if (!split.People.Any(person => person.Test.Count > 0))
        {
            return options.Ratings is not null ? $"--test {options.HeldOut}: no person rated two of the {split.HeldOutPictures.Count} held-out pictures differently. Hold out more, or collect more ratings."
                : options.NewPictures ? $"--new-pictures: no vote is between two of the {split.HeldOutPictures.Count} held-out pictures. Hold out more with --test, or collect more votes."
                : $"--test {options.HeldOut}: no person has enough votes to hold any out. Hold out more, or collect more votes.";
        }

        if (!split.People.Any(person => person.TrainingVotes > 0))
        {
            return $"--test {options.HeldOut}: no vote is left to learn from. Hold out less, or collect more votes.";
        }

        var most = split.People.Where(person => person.Test.Count > 0).Max(person => person.TrainingVotes);
        if (most < options.At.Min())
        {
            return $"--at {options.At.Min()}: no person has enough votes. The largest number of votes of one person, without those held out (--test {options.HeldOut}), is {most}. Give a smaller number, hold out less, or collect more votes.";
        }

        var others = CrossValidation.MaxCommunity(split, options.Seed);
        return options.Communities.Count > 0 && others < options.Communities.Min()
            ? $"--community {options.Communities.Min()}: a community is drawn from the people of the other folds, and those are {others} at the least. Give a smaller number."
            : null;
    }

    private static EvaluationReport.Tally Count(PictureTable pictures, Split split, int ratings) => new(
        split.People.Count,
        ratings,
        pictures.Features.Count,
        pictures.FeatureNames.Count,
        pictures.Constant,
        split.People.Sum(person => person.TrainingVotes),
        split.People.Sum(person => person.Training.Count - person.TrainingVotes),
        split.People.Sum(person => person.Test.Count),
        split.LeftOut,
        split.HeldOutPictures.Count);

    private static void Introduce(EvaluationOptions options, EvaluationReport.Tally counts, TextWriter output)
    {
        var drawn = counts.Ratings > 0 ? $"{counts.Ratings} ratings, from which are drawn " : "";
        output.WriteLine($"{counts.People} people, {counts.Pictures} pictures with {counts.Features} features, {drawn}{counts.TrainingVotes} votes and {counts.TrainingSkips} skips to learn from, {counts.TestVotes} votes held out (--test {options.HeldOut}, --seed {options.Seed})");
        if (options.Splits > 1)
        {
            output.WriteLine($"These are the figures of the first of {options.Splits} splits");
        }

        if (counts.ConstantFeatures.Count > 0)
        {
            output.WriteLine($"Left out, the same for all pictures: {Printable.Escape(string.Join(", ", counts.ConstantFeatures))}");
        }

        if (counts.Ratings > 0)
        {
            output.WriteLine($"{counts.HeldOutPictures} pictures are only in held-out votes, which are all pairs of them that a person rated differently, or {Split.MaxTestPairs} drawn from these where there are more");
        }
        else if (options.NewPictures)
        {
            output.WriteLine($"{counts.HeldOutPictures} pictures are only in held-out votes; {counts.LeftOut} rows are between them and others, or skips, and left out");
        }
        else if (counts.LeftOut > 0)
        {
            output.WriteLine($"{counts.LeftOut} rows are left out: the same pair as one held out");
        }
    }

    private static EvaluationReport Judge(EvaluationOptions options, PictureTable pictures, Func<int, Split> draw, EvaluationReport.Tally counts, TextWriter output, CancellationToken cancellationToken)
    {
        var crossValidation = new RepeatedCrossValidation(options, pictures, draw, output.WriteLine, cancellationToken);
        var communities = crossValidation.Judge();
        return new(
            typeof(TasteEvaluation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            options.Seed,
            new(options.HeldOut.ToString(), options.HoldsPicturesOut, options.Splits, CrossValidation.FoldsFor(counts.People), Summary.Protocol(options)),
            counts,
            communities,
            crossValidation.Changes);
    }

    private static string? Save(EvaluationOptions options, EvaluationReport report, TextWriter output)
    {
        if (options.Report is not { } path)
        {
            return null;
        }

        try
        {
            // While the inputs are open, they cannot be opened exclusively under another name: guards against hard links.
            using var votes = Held(options.Votes ?? options.Ratings);
            using var pictures = Held(options.Pictures);
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            file.Write(Encoding.UTF8.GetBytes(report.ToJson()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"--report {path}: the report cannot be written ({exception.Message}). The tables above are complete.";
        }

        output.WriteLine();
        output.WriteLine($"The full report, with more digits: {path}");
        return null;
    }

    // A pipe has length 0; opening it again would block.
    private static FileStream? Held(string? path) => path is not null && new FileInfo(path) is { Exists: true, Length: > 0 } ? File.OpenRead(path) : null;
}
