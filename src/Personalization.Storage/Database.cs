using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Personalization.Storage;

/// <summary>How the stores read and write.</summary>
internal sealed class Database(IDbContextFactory<PersonalizationContext> contexts, DatabaseProviders providers, StorageSpace space, TimeProvider time, Random random)
{
    // Each time another transaction has got further: only as many at once on the same rows could use them all up.
    private const int MaxTries = 100;

    // A row that another transaction added is found the second time, and a lost session clears its pool; one time more for each
    // where the same happens again. More would not help where a server closes every connection, or a row can never be added.
    private const int MaxTriesOfOthers = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The configured kind of database.</summary>
    public IDatabaseProvider Provider { get; } = providers.Selected;

    /// <exception cref="StorageException">The database cannot be used; the message tells the operator why.</exception>
    /// <exception cref="StorageFullException">There is no space left; as for the other methods.</exception>
    public Task<T> ReadAsync<T>(Func<PersonalizationContext, Task<T>> read, CancellationToken cancellationToken) =>
        ExplainAsync(() => RepeatAsync(() => RunAsync(read, cancellationToken), Provider.IsSessionLost, cancellationToken));

    /// <summary>
    /// Runs a transaction that may write from its first read on. It is durable when the task completes, and undone when
    /// <paramref name="write"/> throws. Where it meets another transaction, it is undone and run again: a row that it read and
    /// changes was changed by no other meanwhile, and a unique index tells it of rows that it did not find.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<PersonalizationContext, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(IsolationLevel.RepeatableRead, write, cancellationToken);

    /// <summary>The same for what depends on how many rows there are, which others may add to: with <see cref="IsolationLevel.Serializable"/>, those of this kind run as if one after another.</summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{PersonalizationContext, Task{T}}, CancellationToken)"/>
    public async Task<T> WriteAsync<T>(IsolationLevel isolation, Func<PersonalizationContext, Task<T>> write, CancellationToken cancellationToken)
    {
        using var turn = await Provider.WaitForWriteAsync(cancellationToken);
        var result = await ExplainAsync(() => CommitAsync(isolation, write, cancellationToken));
        space.Written(StorageSpace.Part.Database);
        return result;
    }

    private Task<T> CommitAsync<T>(IsolationLevel isolation, Func<PersonalizationContext, Task<T>> write, CancellationToken cancellationToken)
    {
        var isCommitting = false;
        return RepeatAsync(
            () => RunAsync(
                async context =>
                {
                    isCommitting = false;
                    await using var transaction = await context.Database.BeginTransactionAsync(isolation, cancellationToken);
                    var written = await write(context);

                    // Cancelled now, the caller could not know whether it was stored.
                    isCommitting = true;
                    await transaction.CommitAsync(CancellationToken.None);
                    return written;
                },
                cancellationToken),

            // A session that ended in the commit may have stored it.
            exception => Provider.IsDuplicate(exception) || (!isCommitting && Provider.IsSessionLost(exception)),
            cancellationToken);
    }

    private async Task<T> RepeatAsync<T>(Func<Task<T>> run, Func<Exception, bool> mayRepeat, CancellationToken cancellationToken)
    {
        for (int conflicts = 1, others = 1; ;)
        {
            try
            {
                return await run();
            }
            catch (Exception exception) when (conflicts < MaxTries && !cancellationToken.IsCancellationRequested && Provider.IsConflict(exception))
            {
                conflicts++;
                await Task.Delay(random.NextDouble() * LongestPause, time, cancellationToken);
            }
            catch (Exception exception) when (others < MaxTriesOfOthers && !cancellationToken.IsCancellationRequested && mayRepeat(exception))
            {
                others++;
            }
        }
    }

    private async Task<T> RunAsync<T>(Func<PersonalizationContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await work(context);
    }

    private async Task<T> ExplainAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (Provider.IsFull(exception))
        {
            throw space.Full(StorageSpace.Part.Database, exception);
        }
        catch (Exception exception) when (FaultIn(exception) is { } fault && Provider.Explain(fault) is { } explanation)
        {
            throw new StorageException(explanation, exception);
        }
    }

    // Some providers' faults are within an exception of Entity Framework that is within another.
    private static DbException? FaultIn(Exception? exception) =>
        exception is null ? null : exception as DbException ?? FaultIn(exception.InnerException);
}
