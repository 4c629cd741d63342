using System.Globalization;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>The ratings of all people.</summary>
internal sealed class RatingFile
{
    private const string Person = "person";
    private const string Picture = "picture";
    private const string Rating = "rating";

    // The square of anything larger may be more than a number can be.
    private const double MaxMagnitude = 1e100;

    private RatingFile(IReadOnlyList<Rater> raters, int count) => (Raters, Count) = (raters, count);

    /// <summary>In the order in which they first occur.</summary>
    public IReadOnlyList<Rater> Raters { get; }

    /// <summary>The number of rows, repeats counted.</summary>
    public int Count { get; }

    /// <summary>Reads person, picture and rating of each row; of several ratings of one picture by one person, the mean counts.</summary>
    public static Reading<RatingFile> Read(string path, PictureTable pictures)
    {
        var opened = CsvTable.Open(path, "--ratings");
        if (!opened.IsRead)
        {
            return Reading<RatingFile>.Failed(opened.Problem);
        }

        using var table = opened.Value;
        if (new[] { Person, Picture, Rating }.FirstOrDefault(column => table.Find(column) < 0) is { } missing)
        {
            return Reading<RatingFile>.Failed(table.Problem($"there is no column \"{missing}\" among {string.Join(", ", table.Columns)}. The header is person,picture,rating, in any order."));
        }

        var (person, picture, rating) = (table.Find(Person), table.Find(Picture), table.Find(Rating));
        var raters = new Dictionary<string, OrderedDictionary<int, (double Sum, int Count)>>(StringComparer.Ordinal);
        var count = 0;
        string? problem;
        while (table.Next(out problem))
        {
            problem = ProblemOf(table, person, picture, rating, pictures, out var value);
            if (problem is not null)
            {
                break;
            }

            if (!raters.TryGetValue(table[person], out var rated))
            {
                raters[table[person]] = rated = [];
            }

            var index = pictures.Find(table[picture])!.Value;
            var (sum, times) = rated.GetValueOrDefault(index);
            rated[index] = (sum + value, times + 1);
            count++;
        }

        return problem is not null ? Reading<RatingFile>.Failed(problem)
            : count == 0 ? Reading<RatingFile>.Failed($"{Path.GetFileName(path)}: there is no rating under the header.")
            : new RatingFile([.. raters.Select(rater => new Rater(rater.Key, [.. rater.Value.Select(rated => (rated.Key, rated.Value.Sum / rated.Value.Count))]))], count);
    }

    private static string? ProblemOf(CsvTable table, int person, int picture, int rating, PictureTable pictures, out double value)
    {
        value = 0;
        return table[person].Length == 0 ? table.Problem("the person has no name. Give every person a name or a number.")
            : pictures.Find(table[picture]) is null ? table.Problem($"the picture \"{table[picture]}\" has no features. Add it to the pictures, or take the row out.")
            : !double.TryParse(table[rating], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !(Math.Abs(value) <= MaxMagnitude)
                ? table.Problem($"the rating \"{table[rating]}\" is not a number from -1e100 to 1e100. Write it as 4 or 3.5, or take the row out.")
            : null;
    }
}
