using System.Text;
using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>A folder with a set of votes and pictures, and the evaluation of it.</summary>
internal sealed class Files : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Files(string votes, string pictures)
    {
        File.WriteAllText(Votes, votes);
        File.WriteAllText(Pictures, pictures);
    }

    public string Folder => _folder.FullName;

    public string Votes => Path.Combine(Folder, "votes.csv");

    private string Ratings => Path.Combine(Folder, "ratings.csv");

    public string Pictures => Path.Combine(Folder, "pictures.csv");

    public string ReportPath => Path.Combine(Folder, "report.json");

    /// <summary>What the last run printed.</summary>
    public string Printed { get; private set; } = "";

    public EvaluationOptions Options => new() { Votes = Votes, Pictures = Pictures };

    /// <summary>The first of the files taken for ratings.</summary>
    public EvaluationOptions OfRatings
    {
        get
        {
            File.Copy(Votes, Ratings, overwrite: true);
            return new() { Ratings = Ratings, Pictures = Pictures };
        }
    }

    public EvaluationOutcome Run(EvaluationOptions? options = null)
    {
        var output = new StringWriter(new StringBuilder());
        var outcome = TasteEvaluation.Run(options ?? Options, output, TestContext.Current.CancellationToken);
        Printed = output.ToString();
        return outcome;
    }

    public EvaluationReport Report(EvaluationOptions? options = null)
    {
        var outcome = Run(options);
        Assert.Null(outcome.Problem);
        return outcome.Report!;
    }

    public void Dispose() => _folder.Dispose();
}
