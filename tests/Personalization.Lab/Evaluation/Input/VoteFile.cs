using System.Globalization;
using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>The votes of all people.</summary>
internal sealed class VoteFile
{
    private const string Person = "person";
    private const string Left = "left";
    private const string Right = "right";
    private const string ChoiceColumn = "choice";
    private const string Time = "time";

    private VoteFile(IReadOnlyList<Voter> voters) => Voters = voters;

    /// <summary>In the order in which they first occur.</summary>
    public IReadOnlyList<Voter> Voters { get; }

    public static Reading<VoteFile> Read(string path, PictureTable pictures)
    {
        var opened = CsvTable.Open(path, "--votes");
        if (!opened.IsRead)
        {
            return Reading<VoteFile>.Failed(opened.Problem);
        }

        using var table = opened.Value;
        if (new[] { Person, Left, Right, ChoiceColumn }.FirstOrDefault(column => table.Find(column) < 0) is { } missing)
        {
            return Reading<VoteFile>.Failed(table.Problem($"there is no column \"{missing}\" among {string.Join(", ", table.Columns)}. The header is person,left,right,choice, in any order, and time if it is known."));
        }

        var columns = new Columns(table.Find(Person), table.Find(Left), table.Find(Right), table.Find(ChoiceColumn), table.Find(Time));
        var voters = new Dictionary<string, List<Vote>>(StringComparer.Ordinal);
        string? problem;
        while (table.Next(out problem))
        {
            var (person, vote) = (table[columns.Person], default(Vote));
            problem = person.Length == 0 ? table.Problem("the person has no name. Give every person a name or a number.") : ReadVote(table, columns, pictures, out vote);
            if (problem is not null)
            {
                break;
            }

            if (!voters.TryGetValue(person, out var votes))
            {
                voters[person] = votes = [];
            }

            // Rows are in order; where one says that it is not, what follows would be learnt in the wrong order.
            if (vote.At is { } at && votes.FindLast(row => row.At is not null).At > at)
            {
                problem = table.Problem($"the time {table[columns.Time]} is before that of the same person's row above. Sort every person's rows by time.");
                break;
            }

            votes.Add(vote);
        }

        return problem is not null ? Reading<VoteFile>.Failed(problem)
            : voters.Count == 0 ? Reading<VoteFile>.Failed($"{Path.GetFileName(path)}: there is no vote under the header.")
            : new VoteFile([.. voters.Select(voter => new Voter(voter.Key, voter.Value))]);
    }

    private static string? ReadVote(CsvTable table, Columns columns, PictureTable pictures, out Vote vote)
    {
        vote = default;
        foreach (var column in new[] { columns.Left, columns.Right })
        {
            if (pictures.Find(table[column]) is null)
            {
                return table.Problem($"the picture \"{table[column]}\" has no features. Add it to the pictures, or take the row out.");
            }
        }

        var (left, right) = (pictures.Find(table[columns.Left])!.Value, pictures.Find(table[columns.Right])!.Value);
        if (left == right)
        {
            return table.Problem($"the picture \"{table[columns.Left]}\" stands on both sides. Take the row out.");
        }

        Choice? choice = table[columns.Choice].ToLowerInvariant() switch
        {
            "left" => Choice.Left,
            "right" => Choice.Right,
            "skip" => Choice.Skip,
            _ => null,
        };
        if (choice is null)
        {
            return table.Problem($"the choice \"{table[columns.Choice]}\" is unknown. Write left, right or skip.");
        }

        DateTimeOffset? at = null;
        if (columns.Time >= 0 && table[columns.Time] is { Length: > 0 } text)
        {
            // 03/04/2026 is March to some and April to others, and 12:30 a time of today.
            if (text.IndexOf('-', StringComparison.Ordinal) != "yyyy".Length || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return table.Problem($"the time \"{text}\" cannot be read. Write it as 2026-03-01 or 2026-03-01T12:30:00Z, or leave it empty.");
            }

            at = time;
        }

        vote = new(left, right, choice.Value, at);
        return null;
    }

    private readonly record struct Columns(int Person, int Left, int Right, int Choice, int Time);
}
