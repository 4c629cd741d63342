using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Personalization.App;
using Personalization.Storage;
using Personalization.Testing;

namespace Personalization.EndToEnd;

/// <summary>
/// The whole program in the process of the tests: the composition, settings and database of <see cref="BotProcess"/> without the
/// start of a process, which takes three seconds of processor time. For tests that do not end the program.
/// </summary>
internal sealed class HostedBot : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RecordedLog _log;

    private HostedBot(WebApplication app, RecordedLog log)
    {
        _app = app;
        _log = log;
    }

    public bool HasStopped => _app.Lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>What was logged, a line each.</summary>
    public string Output => string.Join('\n', _log.Lines);

    /// <summary>Starts the program against a playground and waits until it hears what people do, and is ready for it.</summary>
    /// <param name="settings">As on the command line.</param>
    public static async Task<HostedBot> ConnectAsync(PlaygroundHost playground, string dataDirectory, params IEnumerable<(string Key, string Value)> settings)
    {
        // Other tests take the rest of the processors: at its low priority, painting would wait for their end. No test of these is about the encoder.
        IEnumerable<(string Key, string Value)> all = [("DataDirectory", dataDirectory), ("Urls", "http://127.0.0.1:0"), ("Compute:Nice", "0"), ("Vision:Encoder", "false"), .. playground.Settings, .. settings];
        var builder = BotHost.CreateBuilder([.. all.Select(setting => $"--{setting.Key}={setting.Value}")]);
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        foreach (var library in new[] { "Microsoft", "System", "Quartz" })
        {
            builder.Logging.AddFilter(library, LogLevel.Warning);
        }

        var bot = new HostedBot(builder.BuildChecked(), log);
        await bot._app.Services.MigrateStorageAsync(CancellationToken.None);
        await bot._app.StartAsync();
        await bot.SeesAsync(" commands");
        await bot.SeesAsync(BotProcess.Prepared);
        return bot;
    }

    /// <summary>Waits until a line with the text was logged.</summary>
    public Task SeesAsync(string text) => _log.SeenAsync(text);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
