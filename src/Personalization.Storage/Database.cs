using Microsoft.EntityFrameworkCore;

namespace Personalization.Storage;

/// <summary>
/// How the stores read and write. SQLite has one writer at a time and answers the second with "database is locked", so
/// writers queue here, where waiting costs no thread; a transaction that waits is not begun.
/// </summary>
internal sealed class Database(IDbContextFactory<PersonalizationContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    public async Task<T> ReadAsync<T>(Func<PersonalizationContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await read(context);
    }

    /// <summary>
    /// Runs a transaction, from its first read on the only one that writes. It is durable when the task completes, and
    /// undone when <paramref name="write"/> throws.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<PersonalizationContext, Task<T>> write, CancellationToken cancellationToken) =>
        TakeTurnAsync(
            async context =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                var result = await write(context);

                // Cancelling now would leave the caller in the dark about what was stored.
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            cancellationToken);

    /// <summary>Runs what makes its own transaction when it is the only store that writes.</summary>
    public async Task<T> TakeTurnAsync<T>(Func<PersonalizationContext, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await write(context);
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Dispose() => _writer.Dispose();
}
