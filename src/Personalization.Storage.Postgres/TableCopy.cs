using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>Copies and compares one table of the model, which has the same columns in both databases.</summary>
internal sealed class TableCopy
{
    // Rows of a transaction: what is copied again after an interruption is less.
    private const int AtATime = 1000;

    private readonly string _columns;
    private readonly Type[] _types;
    private readonly string _key;
    private readonly int _keyIndex;

    public TableCopy(IEntityType entity)
    {
        var properties = entity.GetProperties().ToArray();
        var key = entity.FindPrimaryKey()!.Properties[0];
        Name = entity.GetTableName()!;
        _columns = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""));
        _types = [.. properties.Select(TypeOf)];
        _key = key.GetColumnName();
        _keyIndex = Array.IndexOf(properties, key);
        NumberedBy = key.ValueGenerated == ValueGenerated.OnAdd ? _key : null;
    }

    public string Name { get; }

    /// <summary>The column that the database numbers, if any.</summary>
    public string? NumberedBy { get; }

    /// <summary>Copies the rows after the last one that the target has: they are in the order of their keys, and a transaction's rows are there together.</summary>
    public async Task CopyAsync(DbConnection source, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        var last = await LastKeyAsync(target, cancellationToken);
        int copied;
        do
        {
            await using var select = Select(source, last, AtATime);
            await using var rows = await select.ExecuteReaderAsync(cancellationToken);
            await using var import = await target.BeginBinaryImportAsync($"COPY \"{Name}\" ({_columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
            for (copied = 0; await rows.ReadAsync(cancellationToken); copied++)
            {
                await import.StartRowAsync(cancellationToken);
                for (var column = 0; column < _types.Length; column++)
                {
                    var value = ValueOf(rows, column);
                    await WriteAsync(import, value, cancellationToken);
                    last = column == _keyIndex ? value : last;
                }
            }

            await import.CompleteAsync(cancellationToken);
        }
        while (copied == AtATime);
    }

    /// <summary>Copies all rows to an empty SQLite database.</summary>
    public async Task CopyBackAsync(NpgsqlConnection source, DbConnection target, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var select = Select(source, after: null, long.MaxValue);
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        await using var insert = target.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO \"{Name}\" ({_columns}) VALUES ({string.Join(", ", _types.Select((_, column) => $"@c{column}"))})";
        var values = _types.Select((_, column) =>
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@c{column}";
            insert.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        while (await rows.ReadAsync(cancellationToken))
        {
            for (var column = 0; column < _types.Length; column++)
            {
                values[column].Value = ValueOf(rows, column) ?? DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Reads all rows of one of the databases.</summary>
    public async Task<MovedTable> SumAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var select = Select(connection, after: null, long.MaxValue);
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        var count = 0L;
        for (; await rows.ReadAsync(cancellationToken); count++)
        {
            for (var column = 0; column < _types.Length; column++)
            {
                Append(hash, ValueOf(rows, column));
            }
        }

        return new(Name, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static Type TypeOf(IProperty property)
    {
        var mapping = property.GetTypeMapping();
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private async Task<object?> LastKeyAsync(NpgsqlConnection target, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT max(\"{_key}\") FROM \"{Name}\"", target);
        return await command.ExecuteScalarAsync(cancellationToken) is { } key and not DBNull ? key : null;
    }

    private DbCommand Select(DbConnection connection, object? after, long count)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT {_columns} FROM \"{Name}\" {(after is null ? "" : $"WHERE \"{_key}\" > @after")} ORDER BY \"{_key}\" LIMIT {count}";
        if (after is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@after", after);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    // SQLite has numbers of 64 bits for what is boolean or has 32 bits elsewhere.
    private object? ValueOf(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : _types[column] switch
    {
        var type when type == typeof(long) => rows.GetInt64(column),
        var type when type == typeof(int) => rows.GetInt32(column),
        var type when type == typeof(bool) => rows.GetBoolean(column),
        var type when type == typeof(double) => rows.GetDouble(column),
        var type when type == typeof(string) => rows.GetString(column),
        var type when type == typeof(byte[]) => rows.GetFieldValue<byte[]>(column),
        var type => throw new NotSupportedException($"A column of {Name} is a {type}."),
    };

    private static Task WriteAsync(NpgsqlBinaryImporter import, object? value, CancellationToken cancellationToken) => value switch
    {
        null => import.WriteNullAsync(cancellationToken),
        long number => import.WriteAsync(number, cancellationToken),
        int number => import.WriteAsync(number, cancellationToken),
        bool flag => import.WriteAsync(flag, cancellationToken),
        double number => import.WriteAsync(number, cancellationToken),
        string text => import.WriteAsync(text, cancellationToken),
        byte[] bytes => import.WriteAsync(bytes, cancellationToken),
        _ => throw new NotSupportedException($"{value.GetType()}"),
    };

    private static void Append(IncrementalHash hash, object? value)
    {
        byte[]? bytes = value switch
        {
            null => null,
            long number => BitConverter.GetBytes(number),
            int number => BitConverter.GetBytes(number),
            bool flag => BitConverter.GetBytes(flag),
            double number => BitConverter.GetBytes(number),
            string text => Encoding.UTF8.GetBytes(text),
            _ => (byte[])value,
        };

        // With its length, so that no two rows of different values are the same bytes.
        hash.AppendData(BitConverter.GetBytes(bytes?.Length ?? -1));
        hash.AppendData(bytes ?? []);
    }
}
