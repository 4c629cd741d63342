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
    private const string Settings = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET lock_timeout = '3s';";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _connectionString;
    private readonly string _server;
    private readonly IHostApplicationLifetime? _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _watch;

    private PostgresHold(NpgsqlConnection connection, string server, IHostApplicationLifetime? lifetime, TimeProvider time, ILogger logger)
    {
        _connectionString = connection.ConnectionString;
        (_server, _lifetime, _time, _logger) = (server, lifetime, time, logger);
        _watch = WatchAsync(connection);
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="server">The names of database and server.</param>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    /// <exception cref="NpgsqlException">The server does not answer or refuses.</exception>
    public static async Task<PostgresHold> TakeAsync(string connectionString, string server, IHostApplicationLifetime? lifetime, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        // It asks the server every ten seconds whether it is still there.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10, PersistSecurityInfo = true };
        return new(await LockAsync(own.ToString(), server, cancellationToken), server, lifetime, time, logger);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    private static async Task<NpgsqlConnection> LockAsync(string connectionString, string server, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"{Settings} SELECT pg_advisory_lock({Key});", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
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

    private async Task WatchAsync(NpgsqlConnection connection)
    {
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
                    connection = await LockAgainAsync();
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

    private async Task<NpgsqlConnection> LockAgainAsync()
    {
        while (true)
        {
            try
            {
                return await LockAsync(_connectionString, _server, _stop.Token);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(RetryInterval, _time, _stop.Token);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Server} has ended the session that keeps other processes out, as in a restart of the server: {Reason}")]
    private partial void LogLost(string server, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Server} answers again, and other processes are kept out as before")]
    private partial void LogTaken(string server);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason} This one has lost its session and stops")]
    private partial void LogOther(string reason);
}
