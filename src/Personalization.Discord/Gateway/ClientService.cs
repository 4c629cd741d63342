using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;

namespace Personalization.Discord.Gateway;

/// <summary>
/// What each client's hosted service does alike: it connects once the program has started, stops the program on what is fatal,
/// registers the commands once, and has interactions handled, off the connections' read loops.
/// </summary>
internal abstract partial class ClientService(
    IInteractionHandler handler,
    DeletedMessages deleted,
    AnswerRecord answers,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Unreachable = TimeSpan.FromSeconds(5);

    private int _isRegistered;

    protected InteractionQueue Interactions { get; } = new(handler, answers, time, logger);

    protected AnswerRecord Answers => answers;

    protected TimeProvider Time => time;

    protected ILogger Logger => logger;

    public override void Dispose()
    {
        Interactions.Dispose();
        base.Dispose();
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);

        // Stop as soon as the program is asked to: in the playground the web listener waits for this connection to close.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);

        var handling = Interactions.RunAsync();
        try
        {
            await ConnectAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
        catch (Exception exception) when (exception is GatewayFatalException or DiscordException or OptionsValidationException)
        {
            LogFatal(exception.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
        finally
        {
            // What has come in is still answered, before the client logs out.
            await DisconnectAsync();
            Interactions.Complete();
            await handling;
            await LogOutAsync();
        }
    }

    /// <summary>Stays connected until cancelled.</summary>
    /// <exception cref="GatewayFatalException">Connecting again is pointless.</exception>
    protected abstract Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Closes what is still connected; answers must still be possible.</summary>
    protected virtual Task DisconnectAsync() => Task.CompletedTask;

    /// <summary>Ends the client, once everything is answered.</summary>
    protected virtual Task LogOutAsync() => Task.CompletedTask;

    /// <summary>Asks Discord until it answers: the network may not be up yet when the machine boots.</summary>
    protected async Task<T> ReachAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or DiscordException { Status: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests })
            {
                LogUnreachable(exception.Message);
                await Task.Delay(Unreachable, time, cancellationToken);
            }
        }
    }

    /// <summary>Registers the commands in the background, unless that was done before.</summary>
    /// <param name="register">Says whether Discord had others.</param>
    protected void RegisterOnce(int count, Func<CancellationToken, Task<bool>> register)
    {
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0)
        {
            _ = Task.Run(() => RegisterAsync(count, register));
        }
    }

    /// <summary>Passes on that messages were deleted.</summary>
    protected void Deleted(IReadOnlyList<ulong> messages)
    {
        if (!deleted.Add(messages))
        {
            LogDeletionLost();
        }
    }

    // The gateway may be this program's own listener (the playground), whose address is known only once it has started.
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task RegisterAsync(int count, Func<CancellationToken, Task<bool>> register)
    {
        try
        {
            if (await register(lifetime.ApplicationStopping))
            {
                LogRegistered(count);
            }
            else
            {
                LogUnchanged(count);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The commands registered earlier still work; the next READY tries again.
            _isRegistered = 0;
            LogUnregistered(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private partial void LogFatal(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discord cannot be reached and is tried again: {Reason}")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A deleted message is not handled: too many wait")]
    private partial void LogDeletionLost();

    [LoggerMessage(Level = LogLevel.Information, Message = "All {Count} commands are registered with Discord already")]
    private partial void LogUnchanged(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered {Count} commands")]
    private partial void LogRegistered(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The commands could not be registered")]
    private partial void LogUnregistered(Exception exception);
}
