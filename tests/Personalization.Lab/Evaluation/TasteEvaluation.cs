using System.Reflection;
using System.Text;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;

namespace Personalization.Lab.Evaluation;

/// <summary>Measures how well the taste model predicts held-out votes, compared with simpler methods.</summary>
public static class TasteEvaluation
{
    // q per week; the first is no drift.
    private static readonly double[] DriftRates = [0, 0.005, 0.01, 0.02, 0.05, 0.1];

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

        var votes = VoteFile.Read(options.Votes, pictures.Value);
        if (!votes.IsRead)
        {
            return EvaluationOutcome.Failed(votes.Problem);
        }

        var split = Split.Draw(votes.Value.Voters, pictures.Value, options.Test, options.NewPictures, options.Seed);
        if (TooFew(options, split) is { } tooFew)
        {
            return EvaluationOutcome.Failed(tooFew);
        }

        var counts = Count(pictures.Value, split);
        Introduce(options, counts, output);
        var report = Judge(options, pictures.Value, split, counts, output, cancellationToken);
        ReportTable.Write(report, output);
        return Save(options, report, output) is { } unsaved ? EvaluationOutcome.Failed(unsaved) : EvaluationOutcome.Measured(report);
    }

    private static string? ProblemOf(EvaluationOptions options)
    {
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

        if (options.At.Count == 0 || options.At.Any(votes => votes < 1))
        {
            return $"--at {string.Join(',', options.At)}: give one or more whole numbers of at least 1, such as 10,20,50,100,200.";
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
            return PictureTable.Create(folder, options.FeaturesOf!(folder));
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
            return options.NewPictures
                ? $"--new-pictures: no vote is between two of the {split.HeldOutPictures.Count} held-out pictures. Hold out more with --test, or collect more votes."
                : $"--test {options.Test}: no person has enough votes to hold any out. Hold out more, or collect more votes.";
        }

        var most = split.People.Where(person => person.Test.Count > 0).Max(person => person.TrainingVotes);
        return most < options.At.Min()
            ? $"--at {options.At.Min()}: no person has enough votes. The largest number of votes of one person, without those held out (--test {options.Test}), is {most}. Give a smaller number, hold out less, or collect more votes."
            : null;
    }

    private static EvaluationReport.Tally Count(PictureTable pictures, Split split) => new(
        split.People.Count,
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
        output.WriteLine($"{counts.People} people, {counts.Pictures} pictures with {counts.Features} features, {counts.TrainingVotes} votes and {counts.TrainingSkips} skips to learn from, {counts.TestVotes} votes held out (--test {options.Test}, --seed {options.Seed})");
        if (counts.ConstantFeatures.Count > 0)
        {
            output.WriteLine($"Left out, the same for all pictures: {Printable.Escape(string.Join(", ", counts.ConstantFeatures))}");
        }

        if (options.NewPictures)
        {
            output.WriteLine($"{counts.HeldOutPictures} pictures are only in held-out votes; {counts.LeftOut} rows are between them and others, or skips, and left out");
        }
        else if (counts.LeftOut > 0)
        {
            output.WriteLine($"{counts.LeftOut} rows are left out: the same pair as one held out");
        }
    }

    private static EvaluationReport Judge(EvaluationOptions options, PictureTable pictures, Split split, EvaluationReport.Tally counts, TextWriter output, CancellationToken cancellationToken)
    {
        var crossValidation = CrossValidation.Prepare(pictures, split, options.Seed, output.WriteLine, cancellationToken);
        var rounds = new List<EvaluationReport.RoundResult>();
        foreach (var votes in options.At.Distinct().Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (crossValidation.JudgedAfter(votes).Length == 0)
            {
                output.WriteLine($"No person has {votes} votes without those held out: there is no row for {votes}");
                continue;
            }

            output.WriteLine($"Judging after {votes} votes");
            rounds.Add(Summary.Summarize(crossValidation.After(votes), options.Seed));
        }

        return new(
            typeof(TasteEvaluation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            options.Seed,
            new(options.Test.ToString(), options.NewPictures, crossValidation.FoldCount, crossValidation.Factors, Summary.Protocol(options.NewPictures)),
            counts,
            rounds,
            split.People.Any(person => person.IsTimed) ? Summary.SummarizeDrift(DriftRates, crossValidation.Prequential(DriftRates)) : null);
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
            using var votes = Held(options.Votes);
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
