using Microsoft.Extensions.Logging;

namespace Personalization.Discord.Tests.StandIn;

/// <summary>Everything that was logged.</summary>
internal sealed class LogSink : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<(LogLevel Level, string Text)> _lines = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>Waits until a line with the text is there.</summary>
    public Task SeesAsync(string text)
    {
        lock (_lock)
        {
            if (_lines.Any(line => line.Text.Contains(text)))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, seen));
            return seen.Task.WaitAsync(Deadline.Of);
        }
    }

    private void Write(LogLevel level, string text)
    {
        lock (_lock)
        {
            _lines.Add((level, text));
            foreach (var (awaited, seen) in _awaited)
            {
                if (text.Contains(awaited))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    private sealed class Writer(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            sink.Write(logLevel, $"{category}: {formatter(state, exception)} {exception}");
    }
}
