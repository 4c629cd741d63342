using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Personalization.App.Jobs;
using Personalization.Backends;
using Personalization.Imaging;
using Personalization.Painter;
using Personalization.Storage;

namespace Personalization.App;

/// <summary>The bot's own parts with the bot's own settings and nothing running, for what the program does instead of running the bot.</summary>
internal static class Parts
{
    // Or column: SQLite's code for what the statement names and is not there, https://www.sqlite.org/rescode.html
    private const int NoSuchTable = 1;

    /// <param name="args">Settings, as the bot takes them.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong: the failures name its key.</exception>
    public static ServiceProvider Build(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json")
            .AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddPersonalization(configuration)
            .AddSeeds(Path.Combine(AppContext.BaseDirectory, "seeds"))
            .AddStorage(configuration)
            .AddImaging(configuration)
            .AddPainter()
            .AddImageBackends(configuration)
            .BuildServiceProvider();
    }

    /// <summary>Does something, and says what is wrong in a line where a person can mend it.</summary>
    /// <param name="run">Gives the exit code.</param>
    /// <returns>The exit code; 1 where something was wrong.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> run, TextWriter error)
    {
        try
        {
            return await run();
        }
        catch (OptionsValidationException exception)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
        }
        catch (Exception exception) when (exception is InvalidDataException or StorageException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(exception.Message);
        }
        catch (Exception exception) when ((exception as SqliteException ?? exception.InnerException as SqliteException) is { } fault)
        {
            await error.WriteLineAsync(fault.SqliteErrorCode == NoSuchTable
                ? $"The database is of another version: {fault.Message} Start the bot of this version once, so that it brings the database up to date."
                : $"The database cannot be used: {fault.Message} Check that the disk has space, and that this user may write to the data directory.");
        }

        return 1;
    }

    /// <summary>The same for what Ctrl+C ends.</summary>
    public static Task<int> RunAsync(Func<CancellationToken, Task<int>> run, TextWriter error) => RunAsync(
        async () =>
        {
            using var stop = new CancellationTokenSource();
            ConsoleCancelEventHandler cancel = (_, pressed) =>
            {
                pressed.Cancel = true;
                stop.Cancel();
            };
            Console.CancelKeyPress += cancel;
            try
            {
                return await run(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await error.WriteLineAsync("Stopped.");
                return 1;
            }
            finally
            {
                Console.CancelKeyPress -= cancel;
            }
        },
        error);
}
