using Microsoft.Data.Sqlite;

namespace Personalization.Storage.Sqlite;

/// <summary>Copies a database while others use it.</summary>
public static class SqliteCopy
{
    /// <summary>Writes what the database holds at one moment to a new file, compact and without what was deleted. Writers do not wait.</summary>
    /// <exception cref="StorageException">It could not be copied; the message tells the operator why.</exception>
    public static async Task WriteAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        var source = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        try
        {
            await using var connection = new SqliteConnection(source.ToString());
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"{SqliteConnectionSettings.Sql} VACUUM INTO @file;";
            command.Parameters.AddWithValue("@file", file);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new StorageException($"{Path.GetFullPath(source.DataSource)} could not be copied: {exception.Message} Check that {Path.GetFullPath(file)} has space.", exception);
        }
    }
}
