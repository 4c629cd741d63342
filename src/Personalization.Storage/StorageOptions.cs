namespace Personalization.Storage;

/// <summary>Where everything is kept: the configuration section <c>Storage</c> and the key <c>DataDirectory</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The key <c>Storage:Provider</c>: <c>Sqlite</c> or <c>Postgres</c>, in either case.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>The key <c>Storage:ConnectionString</c>; without one, SQLite's is the file <c>personalization.db</c> in the data directory. It can hold a password: never log it.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The key <c>DataDirectory</c>, outside of the section since the logs are there too: the folder of the database and the pictures, created when it is missing.</summary>
    public string DataDirectory { get; internal set; } = "data";

    /// <summary>Whether the database is filled from another one, and may be half of it.</summary>
    internal bool IsMoving { get; set; }
}
