using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>
/// Copies all rows of a SQLite storage into an empty PostgreSQL database. While it is under way the target has a table that
/// says so: no bot starts on it then, and the next move goes on where this one stopped.
/// </summary>
public static class StorageMove
{
    internal const string Marker = "StorageMove";

    /// <summary>Copies what is not in the target yet, and compares every table. The source is only read; its bot must not run.</summary>
    /// <param name="source">The services of a storage on SQLite.</param>
    /// <param name="target">Those of one on PostgreSQL, not started.</param>
    /// <param name="moved">Is told of each table that is the same in both.</param>
    /// <exception cref="StorageException">It cannot be moved; the message tells the operator why.</exception>
    public static async Task RunAsync(IServiceProvider source, IServiceProvider target, Func<MovedTable, Task> moved, CancellationToken cancellationToken)
    {
        await using var from = await ContextAsync(source, cancellationToken);
        await OpenNewestAsync(from, cancellationToken);
        target.GetRequiredService<IOptions<StorageOptions>>().Value.IsMoving = true;
        await target.MigrateStorageAsync(cancellationToken);
        await using var to = await ContextAsync(target, cancellationToken);
        var (reader, writer) = (from.Database.GetDbConnection(), (NpgsqlConnection)to.Database.GetDbConnection());

        // What others refer to, first.
        TableCopy[] tables = [.. to.Model.GetEntityTypes().OrderBy(entity => entity.GetForeignKeys().Any()).Select(entity => new TableCopy(entity))];
        try
        {
            await to.Database.OpenConnectionAsync(cancellationToken);
            await BeginAsync(writer, tables, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new StorageException($"The move could not begin: {exception.Message} Nothing was changed in the source; run move-storage again.", exception);
        }

        foreach (var table in tables)
        {
            try
            {
                await table.CopyAsync(reader, writer, cancellationToken);
                var (original, copy) = (await table.SumAsync(reader, cancellationToken), await table.SumAsync(writer, cancellationToken));
                if (original != copy)
                {
                    throw new StorageException($"{table.Name} differs: {original.Rows} rows with the checksum {original.Checksum} in SQLite, {copy.Rows} with {copy.Checksum} in PostgreSQL. The source has changed since the move began. Move into another, empty database.");
                }

                await moved(copy);
            }
            catch (DbException exception)
            {
                throw new StorageException($"The move stopped at {table.Name}: {exception.Message} Nothing was changed in the source; the next move-storage goes on from here.", exception);
            }
        }

        try
        {
            await EndAsync(reader, writer, tables, cancellationToken);
        }
        catch (DbException exception)
        {
            // A session that ended in the commit may have stored it.
            throw new StorageException($"The move could not be ended: {exception.Message} Run move-storage again. If the next move-storage says that the target is in use, this one was complete.", exception);
        }
    }

    /// <summary>Whether a move into the database has begun and not ended.</summary>
    internal static async Task<bool> IsUnfinishedAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"SELECT to_regclass('\"{Marker}\"') IS NOT NULL");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static Task<PersonalizationContext> ContextAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IDbContextFactory<PersonalizationContext>>().CreateDbContextAsync(cancellationToken);

    private static async Task OpenNewestAsync(PersonalizationContext source, CancellationToken cancellationToken)
    {
        try
        {
            await source.Database.OpenConnectionAsync(cancellationToken);
            var applied = await source.Database.GetAppliedMigrationsAsync(cancellationToken);
            if (!source.Database.GetMigrations().SequenceEqual(applied))
            {
                throw new StorageException("The source is not of this version. Start the bot of this version on it once, stop it, and move it then.");
            }
        }
        catch (DbException exception)
        {
            throw new StorageException($"The source cannot be read: {exception.Message} Check that it is the database of a bot, and that this user may read it.", exception);
        }
    }

    private static async Task BeginAsync(NpgsqlConnection target, TableCopy[] tables, CancellationToken cancellationToken)
    {
        await using var transaction = await target.BeginTransactionAsync(cancellationToken);
        await using var begun = new NpgsqlCommand($"SELECT to_regclass('\"{Marker}\"') IS NOT NULL", target);
        if (!(bool)(await begun.ExecuteScalarAsync(cancellationToken))!)
        {
            foreach (var table in tables)
            {
                await using var any = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM \"{table.Name}\")", target);
                if ((bool)(await any.ExecuteScalarAsync(cancellationToken))!)
                {
                    throw new StorageException($"The target is in use: its table {table.Name} has rows. Name an empty database in Storage:ConnectionString.");
                }
            }

            await using var marker = new NpgsqlCommand($"CREATE TABLE \"{Marker}\" ()", target);
            await marker.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Numbers go on after the last one that was ever given, also where its row is gone: buttons in messages still have it.</summary>
    private static async Task EndAsync(DbConnection source, NpgsqlConnection target, TableCopy[] tables, CancellationToken cancellationToken)
    {
        await using var transaction = await target.BeginTransactionAsync(cancellationToken);
        foreach (var table in tables.Where(table => table.NumberedBy is not null))
        {
            await using var last = source.CreateCommand();
            last.CommandText = $"SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'";
            if (await last.ExecuteScalarAsync(cancellationToken) is long number and > 0)
            {
                await using var next = new NpgsqlCommand($"SELECT setval(pg_get_serial_sequence('\"{table.Name}\"', '{table.NumberedBy}'), {number})", target);
                await next.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        await using var end = new NpgsqlCommand($"DROP TABLE \"{Marker}\"; ANALYZE;", target);
        await end.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
