namespace Personalization.Lab.Evaluation;

/// <summary>Where a report may be written: not over what it is made from, and over nothing else unasked.</summary>
internal static class ReportPath
{
    // A difference in case alone makes another file on Linux only.
    private static readonly StringComparison Comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Why the report cannot be written where the options say; null where it can.</summary>
    public static string? ProblemOf(EvaluationOptions options)
    {
        if (options.Report is not { } report)
        {
            return null;
        }

        var unwritable = $"--report {report}: no file can be written there. Name a file in a folder that exists.";
        if (report.Length == 0 || Directory.Exists(report) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(report))))
        {
            return unwritable;
        }

        try
        {
            var real = Real(report);
            return options.Votes is { } votes && IsSame(real, votes) ? $"--report {report}: this is the file of --votes. Name another file."
                : options.Ratings is { } ratings && IsSame(real, ratings) ? $"--report {report}: this is the file of --ratings. Name another file."
                : options.Pictures is { } pictures && IsSame(real, pictures) ? $"--report {report}: this is the file of --pictures. Name another file."
                : options.Images is { } images && IsIn(real, images) ? $"--report {report}: this is in the folder of --images. Name a file elsewhere."
                : File.Exists(report) && !options.Force ? $"--report {report} is there already. Name another file, or add --force to write over it."
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Links that lead in a circle.
            return unwritable;
        }
    }

    private static bool IsSame(string real, string file) => file.Length > 0 && real.Equals(Real(file), Comparison);

    private static bool IsIn(string real, string folder) =>
        real.StartsWith(Path.TrimEndingDirectorySeparator(Real(folder)) + Path.DirectorySeparatorChar, Comparison);

    /// <summary>The path without links, those of the folders on the way included.</summary>
    private static string Real(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } folder)
        {
            return full;
        }

        var file = new FileInfo(Path.Combine(Real(folder), Path.GetFileName(full)));
        return file.LinkTarget is null ? file.FullName : Real(file.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }
}
