using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Personalization.EndToEnd;

/// <summary>The whole program as a process of its own.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    /// <summary>What the program logs once people can rank.</summary>
    public const string Prepared = "The ranking pictures are prepared";

    private const int Terminate = 15;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource<string> Seen)> _awaited = [];

    private BotProcess(Process process) => _process = process;

    /// <summary>The program's file, as it is published: the build of these tests sees to that.</summary>
    public static string Program { get; } = typeof(BotProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Program").Value!;

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the program.</summary>
    /// <param name="settings">As environment variables, their keys with <c>:</c>.</param>
    public static BotProcess Start(string dataDirectory, params (string Key, string Value)[] settings) => Start(dataDirectory, [], settings);

    /// <summary>Starts the program with arguments.</summary>
    /// <inheritdoc cref="Start(string, ValueTuple{string, string}[])"/>
    public static BotProcess Start(string dataDirectory, string[] arguments, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["DataDirectory"] = dataDirectory;
        start.Environment["Urls"] = "http://127.0.0.1:0";

        // Other tests take all processors, and pictures would wait for them.
        start.Environment["Compute__Nice"] = "0";
        start.Environment["Vision__Encoder"] = "false";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__")] = value;
        }

        var bot = new BotProcess(new Process { StartInfo = start });
        bot._process.OutputDataReceived += (_, line) => bot.Read(line.Data);
        bot._process.ErrorDataReceived += (_, line) => bot.Read(line.Data);
        bot._process.Start();
        bot._process.BeginOutputReadLine();
        bot._process.BeginErrorReadLine();
        return bot;
    }

    /// <summary>Starts the program against a playground and waits until it hears what people do, and is ready for it.</summary>
    public static async Task<BotProcess> ConnectAsync(PlaygroundHost playground, string dataDirectory, params (string Key, string Value)[] settings)
    {
        var bot = Start(dataDirectory, [.. playground.Settings, .. settings]);
        await bot.SeesAsync(" commands");
        await bot.SeesAsync(Prepared);
        return bot;
    }

    /// <summary>Waits until a line with the text was printed.</summary>
    /// <returns>The line.</returns>
    public Task<string> SeesAsync(string text)
    {
        lock (_output)
        {
            var line = _output.ToString().Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
            if (line is not null)
            {
                return Task.FromResult(line);
            }

            var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, seen));
            return seen.Task.WaitAsync(Deadline);
        }
    }

    /// <summary>As <c>kill -9</c>: nothing is said, nothing is saved.</summary>
    public void Kill() => _process.Kill();

    public Task ExitedAsync() => _process.WaitForExitAsync().WaitAsync(Deadline);

    /// <summary>As <c>kill</c>, or <c>docker stop</c>: SIGTERM.</summary>
    /// <returns>The exit code and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> StopAsync()
    {
        var started = Stopwatch.GetTimestamp();
        _ = SendSignal(_process.Id, Terminate);
        await ExitedAsync();
        return (_process.ExitCode, Stopwatch.GetElapsedTime(started));
    }

    public async Task<int> ExitCodeAsync()
    {
        await ExitedAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            foreach (var (text, seen) in _awaited)
            {
                if (line?.Contains(text, StringComparison.Ordinal) == true)
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}
