using Microsoft.Data.Sqlite;

namespace Personalization.Storage.Sqlite;

/// <summary>What SQLite's result codes mean (https://www.sqlite.org/rescode.html).</summary>
public static class SqliteFaults
{
    private const int Full = 13;

    // The file of shared memory beside a write-ahead log could not grow.
    private const int SharedMemoryFailed = 4874;

    /// <summary>Whether an exception, or one within it, says that there is no space left for the database.</summary>
    public static bool IsFull(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Full } or SqliteException { SqliteExtendedErrorCode: SharedMemoryFailed } => true,
        AggregateException several => several.InnerExceptions.Any(IsFull),
        _ => IsFull(exception.InnerException),
    };
}
