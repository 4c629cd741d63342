using System.Diagnostics;
using System.Security.Cryptography;

namespace Personalization.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own: started in a temporary folder when the first test wants a database, and gone with it
/// at their end, however they end. Where PostgreSQL is not installed, those tests are skipped, unless
/// <c>REQUIRE_POSTGRES=true</c> says that it must be.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "postgres";

    // Texts are ordered by the rules of a language, as where an operator chose one, if this version can do so. Nothing is synced: only processes
    // die in tests, no machine. At the end of its input, which is at the latest the end of the tests' process, it cleans up.
    private const string Script = """
        set -e
        trap '' INT TERM
        read -r password
        folder=$(mktemp -d)
        cd "$folder"
        printf '%s\n' "$password" > password
        initdb() { "$1/initdb" -D data -U postgres --auth=scram-sha-256 --pwfile=password --encoding=UTF8 --no-sync --no-instructions $2 >> log 2>&1; }
        initdb "$1" '--locale=C --locale-provider=icu --icu-locale=en' || initdb "$1" --locale=C || { cat log >&2; exit 1; }
        start() { "$1/pg_ctl" start -D data -l log -w -t 60 -s -o "-k '$folder' -c listen_addresses= -c fsync=off -c max_connections=300"; }
        stop() { "$1/pg_ctl" stop -D data -m immediate -s; }
        start "$1" || { cat log >&2; rm -rf "$folder"; exit 1; }
        echo "$folder"
        while read -r command; do "$command" "$1"; echo "$command"; done
        stop "$1" || true
        cd /
        rm -rf "$folder"
        """;

    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly Lazy<Task<string>> _folder;
    private Process? _process;
    private int _created;

    public PostgresServer() => _folder = new(StartAsync);

    /// <summary>Creates an empty database, or skips the running test.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        if (FindBinaries() is null)
        {
            const string Missing = "PostgreSQL is not installed: initdb is neither on the PATH nor in /usr/lib/postgresql/*/bin.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("REQUIRE_POSTGRES") == "true", Missing);
            Assert.Fail(Missing);
        }

        var database = $"test_{Interlocked.Increment(ref _created)}";
        await ExecuteAsync($"CREATE DATABASE {database}");
        return await ConnectionStringAsync(database);
    }

    /// <summary>The connection string of a database, which need not exist.</summary>
    public async Task<string> ConnectionStringAsync(string database) => $"Host={await _folder.Value};Database={database};Username={Owner};Password={_password}";

    /// <summary>Ends the sessions that a database has, as when the processes that have them are killed.</summary>
    public Task EndSessionsAsync(string database) =>
        ExecuteAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'");

    /// <summary>Deletes a database, with its sessions.</summary>
    public Task DropAsync(string database) => ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");

    /// <summary>Runs a statement beside all databases of tests.</summary>
    public async Task ExecuteAsync(string sql)
    {
        var folder = await _folder.Value;
        var start = new ProcessStartInfo(Path.Combine(FindBinaries()!, "psql"), ["-X", "-q", "-h", folder, "-U", Owner, "-d", "postgres", "-c", sql])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = _password },
        };
        using var psql = Process.Start(start)!;
        var output = psql.StandardOutput.ReadToEndAsync();
        var error = await psql.StandardError.ReadToEndAsync();
        await output;
        await psql.WaitForExitAsync();
        Assert.True(psql.ExitCode == 0, $"{sql}: {error}");
    }

    /// <summary>Stops the server as a crash does, all of its processes at once.</summary>
    public Task StopHardAsync() => SendAsync("stop");

    /// <summary>Starts it again after <see cref="StopHardAsync"/>.</summary>
    public Task StartAgainAsync() => SendAsync("start");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private async Task SendAsync(string command)
    {
        await _process!.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        Assert.Equal(command, await _process.StandardOutput.ReadLineAsync());
    }

    private async Task<string> StartAsync()
    {
        string[] command = ["sh", "-c", Script, "sh", FindBinaries()!];
        string[] start = IsRoot() ? ["runuser", "-u", File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody", "--", .. command] : command;
        _process = Process.Start(new ProcessStartInfo(start[0], start[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await _process.StandardInput.WriteLineAsync(_password);
        await _process.StandardInput.FlushAsync();
        var folder = await _process.StandardOutput.ReadLineAsync();
        return folder ?? throw new InvalidOperationException($"PostgreSQL did not start: {await _process.StandardError.ReadToEndAsync()}");
    }

    // It refuses to run as root.
    private static bool IsRoot() => OperatingSystem.IsLinux() && Environment.UserName == "root";

    private static string? FindBinaries()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "initdb"))
            .Where(File.Exists)
            .Select(file => Path.GetDirectoryName(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file)!);
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return path.Concat(versions).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
