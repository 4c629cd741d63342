using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>
/// Keeps other processes out of the database: an advisory lock, which ends with its session. Where the session is lost, such as
/// by a restart of the server, it is taken again as soon as the server answers; if another process was faster, this one stops.
/// </summary>
internal sealed partial class PostgresHold : IAsyncDisposable
{
    // "personal" in ASCII; only this program takes it in its database.
    private const long Key = 0x706572736F6E616C;

    // A server knows after 25 seconds that the machine of the lock's owner is gone, not after the usual two hours; a killed
    // process's own machine tells it at once, and a start waits as long for that as the server may take.
    // Servers before version 14 have no idle_session_timeout.
    private const string Settings = """
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET lock_timeout = '3s';
        SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout';
        """;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _connectionString;
    private readonly string _server;
    private readonly IHostApplicationLifetime? _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _watch;

    private PostgresHold(Held held, string server, IHostApplicationLifetime? lifetime, TimeProvider time, ILogger logger)
    {
        _connectionString = held.Connection.ConnectionString;
        (_server, _lifetime, _time, _logger) = (server, lifetime, time, logger);
        _watch = WatchAsync(held);
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="server">The names of database and server.</param>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    /// <exception cref="NpgsqlException">The server does not answer or refuses.</exception>
    public static async Task<PostgresHold> TakeAsync(string connectionString, string server, IHostApplicationLifetime? lifetime, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        // It asks the server every ten seconds whether it is still there.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10, PersistSecurityInfo = true };
        return new(await LockAsync(own.ToString(), lost: null, server, cancellationToken), server, lifetime, time, logger);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    /// <param name="lost">The own session that had the lock. Where only the connection to it broke, the server may still have it.</param>
    private static async Task<Held> LockAsync(string connectionString, Session? lost, string server, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (lost is not null)
            {
                await using var end = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2", connection)
                {
                    Parameters = { new() { Value = lost.Process }, new() { Value = lost.Start } },
                };
                await end.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var command = new NpgsqlCommand($"{Settings} SELECT pg_advisory_lock({Key});", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new(connection, await SessionOfAsync(connection, cancellationToken));
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            if (exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                throw new StorageInUseException($"Another process uses the {server}. Is the program running already on this database?", exception);
            }

            throw;
        }
    }

    // A process id can be given to another session later; with its start, it is this one for ever.
    private static async Task<Session> SessionOfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()", connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetInt32(0), row.GetDateTime(1));
    }

    private async Task WatchAsync(Held held)
    {
        var (connection, session) = held;
        try
        {
            while (true)
            {
                try
                {
                    // The server never notifies: it ends when the session does.
                    await connection.WaitAsync(_stop.Token);
                }
                catch (NpgsqlException exception)
                {
                    LogLost(_server, exception.GetBaseException().Message);
                    await connection.DisposeAsync();
                    (connection, session) = await LockAgainAsync(session);
                    LogTaken(_server);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (StorageInUseException exception)
        {
            LogOther(exception.Message);
            Environment.ExitCode = 1;
            _lifetime?.StopApplication();
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<Held> LockAgainAsync(Session lost)
    {
        while (true)
        {
            try
            {
                return await LockAsync(_connectionString, lost, _server, _stop.Token);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(RetryInterval, _time, _stop.Token);
            }
        }
    }

    private sealed record Session(int Process, DateTime Start);

    private sealed record Held(NpgsqlConnection Connection, Session Session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Server} has ended the session that keeps other processes out, as in a restart of the server: {Reason}")]
    private partial void LogLost(string server, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Server} answers again, and other processes are kept out as before")]
    private partial void LogTaken(string server);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason} This one has lost its session and stops")]
    private partial void LogOther(string reason);
}
