using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Personalization.Testing;

/// <summary>Keeps every line that was logged, and lets a test wait for one.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    /// <summary>The lowest level that is kept.</summary>
    public LogLevel MinLevel { get; init; } = LogLevel.Information;

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Completes when a line with this text has been logged.</summary>
    public async Task SeenAsync(string text)
    {
        var seen = _awaited.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        Match();
        await seen.Task.WaitAsync(TestRun.Deadline, TestRun.Cancellation);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Match()
    {
        foreach (var (text, seen) in _awaited)
        {
            if (!seen.Task.IsCompleted && Lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }

    private sealed class Logger(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.MinLevel;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
                log.Match();
            }
        }
    }
}
