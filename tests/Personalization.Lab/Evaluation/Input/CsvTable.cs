using CsvHelper;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>A CSV file with a header, row by row: commas, quotes as in RFC 4180, any line ends, a byte order mark or none.</summary>
internal sealed class CsvTable : IDisposable
{
    private static readonly CsvReaderOptions Options = new()
    {
        // A file with semicolons is an error with its own message.
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        PoolStrings = true,
        MalformedData = CsvMalformedDataHandling.Throw,

        // Far longer than any valid row: a row this long has an unclosed quote.
        MaxRecordSize = 1 << 20,
    };

    private readonly string _file;
    private readonly CsvReader _reader;

    private CsvTable(string path)
    {
        _file = Path.GetFileName(path);
        _reader = CsvReader.FromFile(path, Options);
    }

    /// <summary>The header.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="option">The option that names the file.</param>
    public static Reading<CsvTable> Open(string path, string option)
    {
        if (Directory.Exists(path))
        {
            return Reading<CsvTable>.Failed($"{option} {path}: this is a folder. Name a CSV file.");
        }

        CsvTable table;
        try
        {
            table = new(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Reading<CsvTable>.Failed($"{option} {path}: the file cannot be read ({exception.Message}). Check the path and its permissions.");
        }

        var problem = table.ReadHeader();
        if (problem is null)
        {
            return table;
        }

        table.Dispose();
        return Reading<CsvTable>.Failed(problem);
    }

    /// <summary>Goes to the next row that is not blank.</summary>
    /// <param name="problem">What is wrong with the row; null where nothing is.</param>
    /// <returns>False at the end of the file, and where there is a problem.</returns>
    public bool Next(out string? problem)
    {
        problem = null;
        while (Read(out problem))
        {
            // A spreadsheet saves its empty rows as commas.
            if (Enumerable.Range(0, _reader.FieldCount).All(_reader.IsEmpty))
            {
                continue;
            }

            if (_reader.FieldCount != Columns.Count)
            {
                problem = Problem($"{_reader.FieldCount} fields, but the header has {Columns.Count}. {(_reader.FieldCount < Columns.Count ? "Add what is missing, or take the row out." : "Put a name that contains a comma in double quotes.")}");
                return false;
            }

            return true;
        }

        return false;
    }

    /// <summary>The line that was read last, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>A field of the row, without spaces around it.</summary>
    public string this[int column] => _reader.GetString(column);

    /// <summary>The position of a column, in any case; -1 where there is none.</summary>
    public int Find(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Says where something is wrong, and what.</summary>
    public string Problem(string what) => $"{_file}, line {Line}: {what}";

    public void Dispose() => _reader.Dispose();

    private string? ReadHeader()
    {
        if (!Read(out var problem))
        {
            return problem ?? $"{_file}: the file is empty. Its first line names the columns.";
        }

        Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetString)];
        if (Columns.Count == 1 && Columns[0].IndexOfAny([';', '\t']) >= 0)
        {
            return Problem($"the header \"{Columns[0]}\" is not separated by commas. Save the file as comma-separated CSV.");
        }

        var twice = Columns.GroupBy(column => column, StringComparer.OrdinalIgnoreCase).FirstOrDefault(column => column.Count() > 1);
        return twice is null ? null : Problem($"the column \"{twice.Key}\" is there twice. Give every column a name of its own.");
    }

    private bool Read(out string? problem)
    {
        problem = null;
        try
        {
            var isRow = _reader.Read();
            Line = _reader.LineNumber;
            return isRow;
        }
        catch (CsvFormatException exception)
        {
            Line = Math.Max(Line, exception.LineNumber);
            problem = Problem("the double quotes do not match. Put a name with a comma or a quote in one pair of double quotes, and write a quote within it twice.");
            return false;
        }
        catch (IOException exception)
        {
            problem = $"{_file}: the file cannot be read on after line {Line} ({exception.Message}).";
            return false;
        }
    }
}
