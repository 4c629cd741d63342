namespace Personalization.Storage.Tests;

/// <summary>What tests of the storage run on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
