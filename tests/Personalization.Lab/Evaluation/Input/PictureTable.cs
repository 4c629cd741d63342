using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Personalization.Taste.Model;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>
/// The pictures with their features, made as the bot makes those of a measured picture: numbers are standardised and clipped,
/// an embedding is reduced to its principal components (<see cref="FeatureMap.Standardization"/>), and all are scaled.
/// </summary>
internal sealed class PictureTable
{
    // Before the number of a column that is part of an embedding.
    private const string Embedding = "embedding-";

    // The model holds several matrices of so many numbers squared.
    private const int MaxFeatures = 2048;

    // The square of anything larger may be more than a number can be.
    private const double MaxMagnitude = 1e100;

    private readonly Dictionary<string, int> _indices;
    private readonly float[][] _numbers;
    private readonly string[] _columns;
    private readonly int _measures;

    private PictureTable(List<string> names, List<double[]> raw, IReadOnlyList<string> columns)
    {
        _indices = names.Select((name, index) => (name, index)).ToDictionary(StringComparer.Ordinal);
        var scalings = Enumerable.Range(0, columns.Count).Select(column => ScalingOf(raw, column)).ToArray();
        var varying = Enumerable.Range(0, columns.Count).Where(column => scalings[column].Deviation > 0).ToArray();
        int[] measures = [.. varying.Where(column => !IsEmbedding(columns[column]))];
        int[] embedding = [.. varying.Where(column => IsEmbedding(columns[column]))];
        _measures = measures.Length;
        _columns = [.. measures.Concat(embedding).Select(column => columns[column])];
        Constant = [.. columns.Except(_columns, StringComparer.Ordinal)];

        // Into the range of float, in which the bot keeps what it extracts. A measure's own scale does not matter to what follows,
        // nor does one common to the whole embedding.
        var common = embedding.Select(column => scalings[column].Deviation).DefaultIfEmpty(1).Max();
        _numbers =
        [
            .. raw.Select(row => (float[])
            [
                .. measures.Select(column => (float)((row[column] - scalings[column].Mean) / scalings[column].Deviation)),
                .. embedding.Select(column => (float)((row[column] - scalings[column].Mean) / common)),
            ]),
        ];
        (Features, FeatureNames) = Fit(new HashSet<int>());
    }

    private PictureTable(PictureTable table, IReadOnlySet<int> heldOut)
    {
        (_indices, _numbers, _columns, _measures, Constant) = (table._indices, table._numbers, table._columns, table._measures, table.Constant);
        (Features, FeatureNames) = Fit(heldOut);
    }

    /// <summary>What the model sees of every picture.</summary>
    public IReadOnlyList<PictureFeatures> Features { get; }

    /// <summary>What the features are, in order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Columns that are the same for all pictures, and so left out.</summary>
    public IReadOnlyList<string> Constant { get; }

    /// <summary>
    /// The same pictures with means, deviations and principal components of those that are not held out, as the bot's were fitted
    /// before it saw a new picture.
    /// </summary>
    public PictureTable FittedWithout(IReadOnlySet<int> heldOut) => heldOut.Count == 0 ? this : new(this, heldOut);

    /// <summary>The picture's index; null where it is not there.</summary>
    public int? Find(string picture) => _indices.TryGetValue(picture, out var index) ? index : null;

    public static Reading<PictureTable> Read(string path)
    {
        const string PictureColumn = "picture";

        var opened = CsvTable.Open(path, "--pictures");
        if (!opened.IsRead)
        {
            return Reading<PictureTable>.Failed(opened.Problem);
        }

        using var table = opened.Value;
        var picture = table.Find(PictureColumn);
        if (picture < 0)
        {
            return Reading<PictureTable>.Failed(table.Problem($"there is no column \"{PictureColumn}\" among {string.Join(", ", table.Columns)}. Name the column with the pictures' names so."));
        }

        var columns = Enumerable.Range(0, table.Columns.Count).Where(column => column != picture).ToArray();
        if (ProblemOf(columns.Length) is { } tooMany)
        {
            return Reading<PictureTable>.Failed(table.Problem(tooMany));
        }

        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        var names = new List<string>();
        var raw = new List<double[]>();
        string? problem;
        while (table.Next(out problem))
        {
            var name = table[picture];
            var row = Array.Empty<double>();
            problem = name.Length == 0 ? table.Problem("the picture has no name. Write the name that the votes call it by.")
                : !lines.TryAdd(name, table.Line) ? table.Problem($"the picture \"{name}\" is on line {lines[name]} already. Keep one of them.")
                : ReadNumbers(table, columns, out row);
            if (problem is not null)
            {
                break;
            }

            names.Add(name);
            raw.Add(row);
        }

        return problem is null
            ? Create(Path.GetFileName(path), names, raw, [.. columns.Select(column => table.Columns[column])])
            : Reading<PictureTable>.Failed(problem);
    }

    /// <param name="folder">A folder of pictures.</param>
    /// <param name="measures">The names of the measures, the first numbers of each picture; the others are its embedding.</param>
    /// <param name="pictures">The numbers extracted from each.</param>
    public static Reading<PictureTable> Create(string folder, IReadOnlyList<string> measures, IReadOnlyList<(string Picture, float[] Features)> pictures)
    {
        var length = pictures.Count == 0 ? 0 : pictures[0].Features.Length;
        foreach (var (picture, features) in pictures)
        {
            if (features.Length != length || !features.All(float.IsFinite))
            {
                return Reading<PictureTable>.Failed($"{folder}: the picture \"{picture}\" has {features.Length} features where others have {length}, or one that is not a finite number. Take it out of the folder.");
            }
        }

        if (ProblemOf(length) is { } tooMany)
        {
            return Reading<PictureTable>.Failed($"{folder}: {tooMany}");
        }

        return Create(
            folder,
            [.. pictures.Select(picture => picture.Picture)],
            [.. pictures.Select(picture => Array.ConvertAll(picture.Features, feature => (double)feature))],
            [.. measures, .. Enumerable.Range(0, Math.Max(0, length - measures.Count)).Select(index => string.Create(CultureInfo.InvariantCulture, $"{Embedding}{index}"))]);
    }

    private static string? ReadNumbers(CsvTable table, int[] columns, out double[] row)
    {
        row = new double[columns.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var text = table[columns[i]];
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]) || !double.IsFinite(row[i]))
            {
                return table.Problem($"\"{text}\" in column \"{table.Columns[columns[i]]}\" is not a number. Write numbers as 0.25 or -1e-3, and leave no field empty.");
            }

            if (Math.Abs(row[i]) > MaxMagnitude)
            {
                return table.Problem($"\"{text}\" in column \"{table.Columns[columns[i]]}\" is too large. Write numbers of at most 1e100 either way.");
            }
        }

        return null;
    }

    private static Reading<PictureTable> Create(string source, List<string> names, List<double[]> raw, IReadOnlyList<string> columns)
    {
        if (names.Count < 2)
        {
            return Reading<PictureTable>.Failed($"{source}: {(names.Count == 0 ? "no picture" : "only one picture")}. A vote is between two.");
        }

        var table = new PictureTable(names, raw, columns);
        return table.FeatureNames.Count > 0
            ? table
            : Reading<PictureTable>.Failed($"{source}: no feature differs between pictures{(columns.Count == 0 ? "; there is no column besides \"picture\"" : "")}. Add a column with a number that does.");
    }

    private static string? ProblemOf(int features) => features > MaxFeatures
        ? $"there are {features} features, and at most {MaxFeatures} are taken. Leave some out, or take their principal components."
        : null;

    private (IReadOnlyList<PictureFeatures> Features, IReadOnlyList<string> Names) Fit(IReadOnlySet<int> heldOut)
    {
        var fitted = _numbers.Where((_, picture) => !heldOut.Contains(picture)).ToArray();
        if (_columns.Length == 0)
        {
            return ([], []);
        }

        var raw = Matrix<double>.Build.Dense(fitted.Length, _columns.Length, (row, column) => fitted[row][column]);
        var standardization = FeatureMap.Standardization.Fit(raw, _measures, FeatureSpace.EmbeddingComponents);
        var scale = PictureFeatures.ScaleOf(_measures + standardization.Components.Length);
        var scales = Array.ConvertAll(standardization.Scales, weight => scale * weight);
        return (
            [.. _numbers.Select((row, index) => new PictureFeatures(index + 1, [.. standardization.Apply(row).Zip(scales, (value, weight) => weight * value)]))],
            [.. _columns[.._measures], .. standardization.Components.Select((_, component) => string.Create(CultureInfo.InvariantCulture, $"embedding component {component + 1}"))]);
    }

    private static bool IsEmbedding(string column) =>
        column.StartsWith(Embedding, StringComparison.OrdinalIgnoreCase) && int.TryParse(column.AsSpan(Embedding.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static (double Mean, double Deviation) ScalingOf(List<double[]> raw, int column)
    {
        var mean = raw.Average(row => row[column]);
        var deviation = Math.Sqrt(raw.Average(row => (row[column] - mean) * (row[column] - mean)));
        return (mean, double.IsFinite(deviation) && deviation > 1e-9 * Math.Max(Math.Abs(mean), 1e-30) ? deviation : 0);
    }
}
