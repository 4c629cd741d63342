using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>Copies all rows of a PostgreSQL storage, as they are at one moment, into a new SQLite database, which <see cref="StorageMove"/> can move back.</summary>
public static class StorageCopy
{
    /// <summary>Copies while others use the source. What Quartz keeps is not copied: the next start schedules unfinished jobs by their rows.</summary>
    /// <param name="source">The services of a storage on PostgreSQL.</param>
    /// <param name="target">Those of one on SQLite, whose file does not exist.</param>
    /// <exception cref="StorageException">It could not be copied; the message tells the operator why.</exception>
    public static async Task RunAsync(IServiceProvider source, IServiceProvider target, CancellationToken cancellationToken)
    {
        try
        {
            await using var from = await ContextAsync(source, cancellationToken);
            if (!from.Database.GetMigrations().SequenceEqual(await from.Database.GetAppliedMigrationsAsync(cancellationToken)))
            {
                throw new StorageException("The database is not of this version. Start the bot of this version on it once, or make the backup with the version that it is of.");
            }

            await using var to = await ContextAsync(target, cancellationToken);
            await to.Database.MigrateAsync(cancellationToken);
            await from.Database.OpenConnectionAsync(cancellationToken);
            await to.Database.OpenConnectionAsync(cancellationToken);
            await CopyAsync(from, (NpgsqlConnection)from.Database.GetDbConnection(), to.Database.GetDbConnection(), cancellationToken);

            // One file, without a log beside it.
            await to.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = DELETE;", cancellationToken);
        }
        catch (DbException exception)
        {
            throw new StorageException($"The database could not be copied: {exception.Message} Run it again once the server answers and there is space.", exception);
        }
    }

    private static async Task CopyAsync(PersonalizationContext from, NpgsqlConnection reader, DbConnection writer, CancellationToken cancellationToken)
    {
        // What others commit meanwhile is not seen.
        await using var moment = await reader.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var transaction = await writer.BeginTransactionAsync(cancellationToken);
        foreach (var table in from.Model.GetEntityTypes().OrderBy(entity => entity.GetForeignKeys().Any()).Select(entity => new TableCopy(entity)))
        {
            await table.CopyBackAsync(reader, writer, transaction, cancellationToken);
            if (table.NumberedBy is not null)
            {
                await CountOnAsync(table, reader, writer, transaction, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Numbers go on after the last one that was ever given, also where its row is gone: buttons in messages still have it.</summary>
    private static async Task CountOnAsync(TableCopy table, NpgsqlConnection reader, DbConnection writer, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand($"SELECT pg_sequence_last_value(pg_get_serial_sequence('\"{table.Name}\"', '{table.NumberedBy}')::regclass)", reader);
        if (await last.ExecuteScalarAsync(cancellationToken) is long number)
        {
            await using var next = writer.CreateCommand();
            next.Transaction = transaction;
            next.CommandText = $"DELETE FROM sqlite_sequence WHERE name = '{table.Name}'; INSERT INTO sqlite_sequence (name, seq) VALUES ('{table.Name}', {number});";
            await next.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static Task<PersonalizationContext> ContextAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IDbContextFactory<PersonalizationContext>>().CreateDbContextAsync(cancellationToken);
}
