using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Personalization.Storage;

/// <summary>How the stores read and write.</summary>
internal sealed class Database(IDbContextFactory<PersonalizationContext> contexts, DatabaseProviders providers, StorageSpace space)
{
    /// <summary>The configured kind of database.</summary>
    public IDatabaseProvider Provider { get; } = providers.Selected;

    /// <exception cref="StorageException">The database cannot be used; the message tells the operator why.</exception>
    /// <exception cref="StorageFullException">There is no space left; as for the other methods.</exception>
    public Task<T> ReadAsync<T>(Func<PersonalizationContext, Task<T>> read, CancellationToken cancellationToken) => RunAsync(read, cancellationToken);

    /// <summary>
    /// Runs a transaction that may write from its first read on. It is durable when the task completes, and undone when
    /// <paramref name="write"/> throws.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<PersonalizationContext, Task<T>> write, CancellationToken cancellationToken)
    {
        using var turn = await Provider.WaitForWriteAsync(cancellationToken);
        var result = await RunAsync(
            async context =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                var written = await write(context);

                // Cancelled now, the caller could not know whether it was stored.
                await transaction.CommitAsync(CancellationToken.None);
                return written;
            },
            cancellationToken);
        space.Written(StorageSpace.Part.Database);
        return result;
    }

    private async Task<T> RunAsync<T>(Func<PersonalizationContext, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await work(context);
        }
        catch (Exception exception) when (Provider.IsFull(exception))
        {
            throw space.Full(StorageSpace.Part.Database, exception);
        }
        catch (Exception exception) when ((exception as DbException ?? exception.InnerException as DbException) is { } fault && Provider.Explain(fault) is { } explanation)
        {
            throw new StorageException(explanation, exception);
        }
    }
}
