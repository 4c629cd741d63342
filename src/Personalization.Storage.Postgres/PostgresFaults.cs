using System.Data.Common;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>What PostgreSQL's error codes mean (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
public static class PostgresFaults
{
    private const string IdleSessionTimeout = "57P05";

    /// <summary>Whether an exception, or one within it, says that there is no space left for the database.</summary>
    public static bool IsFull(Exception? exception) => Has(exception, fault => fault.SqlState == PostgresErrorCodes.DiskFull);

    /// <summary>Whether a transaction met another one.</summary>
    internal static bool IsConflict(Exception? exception) =>
        Has(exception, fault => fault.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected);

    /// <summary>Whether what a transaction did not find was there when it added it: the second time, it is found.</summary>
    internal static bool IsDuplicate(Exception? exception) => Has(exception, fault => fault.SqlState == PostgresErrorCodes.UniqueViolation);

    /// <summary>Whether a connection of the pool had been ended by the server, or breaks: unlike one that cannot be made.</summary>
    internal static bool IsSessionLost(Exception? exception) =>
        Has(exception, fault => fault.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleSessionTimeout)
        || (exception is not null && (exception is NpgsqlException { InnerException: IOException } || IsSessionLost(exception.InnerException)));

    /// <summary>What is wrong and what to do, in a sentence or two that begin with the server; null where the caller caused it.</summary>
    /// <param name="server">The names of database and server.</param>
    internal static string? Explain(DbException exception, string server) => exception switch
    {
        PostgresException fault => Explain(fault, server),

        // The driver's own, before a server was asked: it has a password to give or none.
        NpgsqlException when exception.Message.StartsWith("No password has been provided", StringComparison.Ordinal) =>
            Refused(server, "it wants a password, and there is none."),
        NpgsqlException when exception.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal) =>
            $"The {server} has no connection left: all of the bot's own are in use. Raise Maximum Pool Size or Timeout in Storage:ConnectionString.",
        NpgsqlException => Unreachable(server, exception.GetBaseException().Message),
        _ => null,
    };

    private static string? Explain(PostgresException fault, string server) => fault.SqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
            $"The {server} is of another version: {Sentence(fault)} Start the bot of this version once, so that it brings the database up to date.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The {server} does not let its user do this: {Sentence(fault)} Make that user the owner of the database.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"The {server} does not exist. Create it, with its user as the owner, or correct Database in Storage:ConnectionString.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"The {server} is read-only: {Sentence(fault)} Set Host in Storage:ConnectionString to the server that takes writes.",
        PostgresErrorCodes.TooManyConnections =>
            $"The {server} has no connection left: {Sentence(fault)} Raise max_connections there, or set Maximum Pool Size in Storage:ConnectionString to fewer; the bot needs no restart.",
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            $"The {server} is changed by too many at once: {Sentence(fault)} The next attempt can succeed.",
        var code when IsOf(code, "28") => Refused(server, Sentence(fault)),
        PostgresErrorCodes.QueryCanceled =>
            $"The {server} has stopped a command: {Sentence(fault)} Raise statement_timeout there if it sets one; the next attempt can succeed.",
        IdleSessionTimeout =>
            $"The {server} has ended an idle session: {Sentence(fault)} Set idle_session_timeout to 0 there; the next attempt can succeed.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Unreachable(server, Sentence(fault)),
        var code when IsOf(code, "08") => Unreachable(server, Sentence(fault)),

        // A broken rule, a wrong statement or a wrong value.
        var code when IsOf(code, "23") || IsOf(code, "42") || IsOf(code, "22") => null,
        _ => $"The {server} cannot be used: {Sentence(fault)} Its log says more.",
    };

    private static string Refused(string server, string reason) =>
        $"The {server} refuses the login: {reason} Correct Username, and Password or the file of Passfile, in Storage:ConnectionString, or what pg_hba.conf allows there.";

    private static string Unreachable(string server, string reason) =>
        $"The {server} does not answer: {reason.TrimEnd('.', ' ')}. Start the server, or correct Host and Port in Storage:ConnectionString; the bot needs no restart while it runs.";

    /// <summary>The server's own words, which hold no values of rows and no password.</summary>
    private static string Sentence(PostgresException fault) => $"{fault.MessageText.TrimEnd('.', ' ')}.";

    private static bool IsOf(string code, string family) => code.StartsWith(family, StringComparison.Ordinal);

    private static bool Has(Exception? exception, Func<PostgresException, bool> matches) => exception switch
    {
        null => false,
        PostgresException fault when matches(fault) => true,
        AggregateException several => several.InnerExceptions.Any(inner => Has(inner, matches)),
        _ => Has(exception.InnerException, matches),
    };
}
