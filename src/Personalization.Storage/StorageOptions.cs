namespace Personalization.Storage;

/// <summary>Where everything is kept: the configuration section <c>Storage</c> and the key <c>DataDirectory</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The key <c>Storage:Provider</c>: <c>Sqlite</c>, in either case.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>The key <c>Storage:ConnectionString</c>; without one, the file <c>personalization.db</c> in the data directory.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The key <c>DataDirectory</c>, outside of the section since the logs are there too: the folder of the database and the pictures, created when it is missing.</summary>
    public string DataDirectory { get; internal set; } = "data";
}
