using System.Globalization;

namespace Personalization.Storage.Retention;

/// <summary>What a sweep found and did.</summary>
/// <param name="Pictures">Pictures whose files remain.</param>
/// <param name="Bytes">What remains in their folder.</param>
/// <param name="MaxBytes">What may; null without a limit.</param>
/// <param name="Expired">Pictures deleted.</param>
/// <param name="Leftovers">Files deleted that no picture names.</param>
/// <param name="Strange">Files that no picture names, if they are so many that the database may be the wrong one: nothing was deleted then.</param>
/// <param name="Freed">Bytes of what was deleted.</param>
/// <param name="Rows">Rows of jobs and unused prompts deleted.</param>
public sealed record RetentionReport(int Pictures, long Bytes, long? MaxBytes, int Expired, int Leftovers, int Strange, long Freed, int Rows)
{
    /// <summary>What remains, in words.</summary>
    public string Gigabytes => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1e9:0.0##} GB");

    /// <summary>Whether more remains than may.</summary>
    public bool IsOverLimit => Bytes > MaxBytes;
}
