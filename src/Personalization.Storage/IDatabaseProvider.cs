using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Personalization.Storage;

/// <summary>
/// What differs between kinds of databases. A project for one implements this and registers it as a singleton;
/// <see cref="StorageOptions.Provider"/> selects it by name.
/// </summary>
public interface IDatabaseProvider
{
    /// <summary>The value of <c>Storage:Provider</c> that selects this provider, compared without case.</summary>
    string Name { get; }

    /// <summary>The connection string to use where none is configured, or an empty one where there is no default.</summary>
    string DefaultConnectionString(string dataDirectory);

    /// <summary>What is wrong with a connection string, as the predicate of a sentence, or null where it can be used.</summary>
    string? FaultOf(string connectionString);

    /// <summary>Selects the database, its migrations and its settings for a context.</summary>
    void Configure(DbContextOptionsBuilder builder, string connectionString);

    /// <summary>Connections for code that writes beside the stores, with the same settings as theirs.</summary>
    DbDataSource CreateDataSource(string connectionString);

    /// <summary>Creates or migrates the database, and keeps other processes out until the provider is disposed.</summary>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    /// <exception cref="StorageException">It cannot be used; the message tells the operator why.</exception>
    Task PrepareAsync(PersonalizationContext context, StorageOptions options, CancellationToken cancellationToken);

    /// <summary>Checks that the database exists, without creating it.</summary>
    /// <exception cref="StorageException">It does not; the message says where it was expected.</exception>
    void RequireDatabase(string connectionString);

    /// <summary>What an operator should know of a failed command: what is wrong and what to do; null where the caller caused it, such as by a broken constraint.</summary>
    string? Explain(DbException exception);

    /// <summary>Whether an exception, or one within it, says that there is no space left for the database.</summary>
    bool IsFull(Exception exception);

    /// <summary>Where there is no space left if <see cref="IsFull"/>: what follows "make space on the disk of".</summary>
    string DiskOf(StorageOptions options);

    /// <summary>Whether an exception, or one within it, says that a transaction was undone because of another one, so that the same again can succeed.</summary>
    bool IsConflict(Exception exception);

    /// <summary>Whether an exception, or one within it, says that a unique index already has a row that the transaction did not find, because another one may have added it meanwhile.</summary>
    bool IsDuplicate(Exception exception);

    /// <summary>Whether an exception, or one within it, says that an open session had ended, as in a restart of a server, so that the same again in another one can succeed.</summary>
    bool IsSessionLost(Exception exception);

    /// <summary>Waits until this process may begin another write; dispose of the result to let the next one begin.</summary>
    Task<IDisposable> WaitForWriteAsync(CancellationToken cancellationToken);
}
