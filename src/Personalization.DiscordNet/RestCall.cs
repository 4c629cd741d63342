using System.Net;
using Discord;
using Discord.Net;
using Personalization.Discord.Rest;

namespace Personalization.DiscordNet;

/// <summary>
/// One call of Discord.Net's REST client, with what it cannot say and what it does not tell: the transport that the call's
/// request goes through reads and fills it.
/// </summary>
internal sealed class RestCall
{
    private static readonly AsyncLocal<RestCall?> Running = new();

    // Discord.Net waits by the system's clock, and so does what ends its waiting.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private CancellationTokenSource? _queue;
    private long _since;
    private TimeSpan? _left;

    /// <summary>The call that runs; null where Discord.Net asks something by itself.</summary>
    public static RestCall? Current => Running.Value;

    /// <summary>Discord makes one message of several calls with one nonce; null for none.</summary>
    public string? Nonce { get; init; }

    /// <summary>The longest that it waits for rate limits; longer, it fails, and what it is for can be tried again later.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether it counts where Discord carried it out and Discord.Net could not read the answer.</summary>
    public bool MayBeUnread { get; init; } = true;

    /// <summary>Whether Discord carried it out, whatever becomes of its answer.</summary>
    public bool IsDone { get; set; }

    /// <summary>The message that Discord answered with; null where it did not.</summary>
    public DiscordMessage? Message { get; set; }

    /// <summary>Stops its requests, those too that Discord.Net takes no token for.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Runs the call, once; its errors become those of <see cref="IDiscord"/>.</summary>
    public Task RunAsync(Func<RequestOptions, Task> send, CancellationToken cancellationToken) => RunAsync<object?>(
        async options =>
        {
            await send(options);
            return null;
        },
        cancellationToken);

    /// <inheritdoc cref="RunAsync(Func{RequestOptions, Task}, CancellationToken)"/>
    /// <returns>Discord.Net's result; null where it could not read the answer to what was carried out.</returns>
    public async Task<T?> RunAsync<T>(Func<RequestOptions, Task<T>> send, CancellationToken cancellationToken)
        where T : class?
    {
        cancellationToken.ThrowIfCancellationRequested();
        Running.Value = this;
        Cancellation = cancellationToken;
        _since = Clock.GetTimestamp();
        // Where it knows a limit in advance, Discord.Net waits for all of it.
        using var queue = new CancellationTokenSource(Patience, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(queue.Token, cancellationToken);
        _queue = queue;
        try
        {
            return await send(new RequestOptions { RetryMode = RetryMode.RetryRatelimit, CancelToken = either.Token, Timeout = (int)Patience.TotalMilliseconds });
        }
        catch (HttpException exception)
        {
            throw new DiscordException(exception.HttpCode, (int?)exception.DiscordCode ?? 0, exception.Reason ?? "no reason given");
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Discord.Net reports a cancellation as a timeout.
            throw cancellationToken.IsCancellationRequested ? new OperationCanceledException(exception.Message, exception, cancellationToken)
                : queue.IsCancellationRequested ? Impatient()
                : new HttpRequestException("Discord did not answer in time.", exception);
        }
        catch (RateLimitedException)
        {
            throw Impatient();
        }
        catch (Exception exception) when (exception is not (HttpRequestException or DiscordException) && (IsDone || exception is not ArgumentException))
        {
            // Arguments are checked before anything is sent: after that, it is the answer that cannot be read.
            return IsDone && MayBeUnread ? default : throw new HttpRequestException($"Discord.Net cannot read Discord's answer: {exception.GetType().Name}: {exception.Message}", exception);
        }
        finally
        {
            Running.Value = null;
        }
    }

    /// <summary>Discord.Net has let the request go: from here on the transport alone waits.</summary>
    public void LeaveQueue()
    {
        _queue?.CancelAfter(Timeout.InfiniteTimeSpan);
        _left ??= _queue is null ? Patience : Patience - Clock.GetElapsedTime(_since);
    }

    /// <summary>Takes a wait for a rate limit from its patience.</summary>
    /// <exception cref="DiscordException">It has less left.</exception>
    public void Spend(TimeSpan wait)
    {
        if (wait > (_left ?? Patience))
        {
            throw Impatient();
        }

        _left = (_left ?? Patience) - wait;
    }

    /// <summary>The error of a call that would have to wait too long.</summary>
    public DiscordException Impatient() => new(HttpStatusCode.TooManyRequests, 0, $"It would have to wait more than {Patience.TotalSeconds:0.###} s for a rate limit.");
}
