using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Personalization.Storage;

internal sealed class StorageOptionsValidation : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (!string.Equals(options.Provider, "Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            return ValidateOptionsResult.Fail($"Storage:Provider is \"{options.Provider}\"; it must be Sqlite.");
        }

        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            return ValidateOptionsResult.Fail("DataDirectory is empty; it names the folder to keep everything in.");
        }

        return FailureOf(options.ConnectionString) is { } failure
            ? ValidateOptionsResult.Fail($"Storage:ConnectionString {failure}")
            : ValidateOptionsResult.Success;
    }

    private static string? FailureOf(string connectionString)
    {
        SqliteConnectionStringBuilder connection;
        try
        {
            connection = new(connectionString);
        }
        catch (ArgumentException exception)
        {
            return $"is not one for SQLite: {exception.Message}";
        }

        // A database in memory forgets what was accepted, and each pooled connection would have its own.
        var isFile = connection.DataSource is not ("" or ":memory:") && connection.Mode != SqliteOpenMode.Memory;
        return isFile ? null : "names no file; write Data Source=path/to/personalization.db.";
    }
}
