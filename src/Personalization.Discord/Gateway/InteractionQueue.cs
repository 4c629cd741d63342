using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Personalization.Discord.Interactions;

namespace Personalization.Discord.Gateway;

/// <summary>
/// Hands interactions to the handler in the order they came in, as many at once as can be answered in time. Whoever would wait
/// longer is told that the bot is busy, which takes none of the places.
/// </summary>
internal sealed partial class InteractionQueue(IInteractionHandler handler, AnswerRecord answers, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Interactions at once whose answer is still to come. One that is answered, or whose time is over, leaves its place.</summary>
    private const int Places = 64;

    /// <summary>Interactions at once that are handled, those answered included, and refusals under way.</summary>
    private const int MaxRunning = 1024;

    /// <summary>Interactions that may come in before the first of them is looked at.</summary>
    private const int MaxQueueLength = 1024;

    /// <summary>The longest that one waits for a place.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(500);

    /// <summary>One line of the log tells of all that were refused within this time.</summary>
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Channel<Interaction> _waiting = Channel.CreateBounded<Interaction>(MaxQueueLength);
    private readonly SemaphoreSlim _places = new(Places);
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private readonly Lock _logLock = new();
    private long _number;
    private long? _lastLog;
    private int _refused;

    /// <summary>Takes an interaction; never waits.</summary>
    public void Add(Interaction interaction)
    {
        if (!_waiting.Writer.TryWrite(interaction))
        {
            Refuse(interaction, InteractionRefusal.Busy);
        }
    }

    /// <summary>Tells the person why an interaction is not handled; never waits.</summary>
    public void Refuse(Interaction interaction, InteractionRefusal refusal)
    {
        LogRefusals();
        if (_running.Count < 2 * MaxRunning)
        {
            _ = Start(interaction, () => handler.RefuseAsync(interaction, refusal, CancellationToken.None));
        }
    }

    /// <summary>No further interactions are to come.</summary>
    public void Complete() => _waiting.Writer.Complete();

    /// <summary>Handles interactions until the last is finished. They are not cancelled: what is accepted ends within the host's shutdown timeout.</summary>
    public async Task RunAsync()
    {
        await foreach (var interaction in _waiting.Reader.ReadAllAsync())
        {
            if (_running.Count >= MaxRunning || !await HasPlaceAsync(interaction))
            {
                Refuse(interaction, InteractionRefusal.Busy);
            }
            else if (interaction.IsLate)
            {
                _places.Release();
                answers.Missed(interaction.Handle.Id);
                LogLate(interaction.Handle.Id);
            }
            else
            {
                var handling = Start(interaction, () => handler.HandleAsync(interaction, CancellationToken.None));
                _ = LeaveAsync(interaction, handling);
            }
        }

        await Task.WhenAll(_running.Values);
    }

    public void Dispose() => _places.Dispose();

    private async Task<bool> HasPlaceAsync(Interaction interaction)
    {
        if (await _places.WaitAsync(TimeSpan.Zero))
        {
            return true;
        }

        var left = MaxWait - interaction.Elapsed;
        using var patience = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        try
        {
            await _places.WaitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Runs a handler on another thread; the task never fails.</summary>
    private Task Start(Interaction interaction, Func<Task> handle)
    {
        var number = Interlocked.Increment(ref _number);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handling = Task.Run(async () =>
        {
            await begun.Task;
            try
            {
                await handle();
            }
            catch (Exception exception)
            {
                LogHandlerFailed(exception, interaction.Handle.Id);
            }
            finally
            {
                _running.TryRemove(number, out _);
            }
        });
        _running[number] = handling;
        begun.SetResult();
        return handling;
    }

    /// <summary>Leaves the place of an interaction once it is answered, handled, or too late to be answered.</summary>
    private async Task LeaveAsync(Interaction interaction, Task handling)
    {
        using var stop = new CancellationTokenSource();
        var over = interaction.WaitUntilLateAsync(stop.Token);
        if (await Task.WhenAny(interaction.Answered, handling, over) == over)
        {
            answers.Missed(interaction.Handle.Id);
            LogUnanswered(interaction.Handle.Id);
        }

        _places.Release();
        await stop.CancelAsync();
    }

    private void LogRefusals()
    {
        int refused;
        lock (_logLock)
        {
            _refused++;
            if (_lastLog is { } last && time.GetElapsedTime(last) < LogInterval)
            {
                return;
            }

            _lastLog = time.GetTimestamp();
            (refused, _refused) = (_refused, 0);
        }

        LogBusy(refused);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} interactions are not handled, and their people told so: more than can be answered in time, or unreadable")]
    private partial void LogBusy(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} is not handled: its time was over when its turn came")]
    private partial void LogLate(ulong interaction);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} is still without an answer though its time is over")]
    private partial void LogUnanswered(ulong interaction);

    [LoggerMessage(Level = LogLevel.Error, Message = "Interaction {Interaction} failed")]
    private partial void LogHandlerFailed(Exception exception, ulong interaction);
}
