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

    /// <summary>Runs the call; its errors become those of <see cref="IDiscord"/>.</summary>
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
        try
        {
            // Discord.Net waits for rate limits; whatever else is repeated, the transport repeats.
            return await send(new RequestOptions { RetryMode = RetryMode.RetryRatelimit, CancelToken = cancellationToken, Timeout = (int)Patience.TotalMilliseconds });
        }
        catch (HttpException exception)
        {
            throw new DiscordException(exception.HttpCode, (int?)exception.DiscordCode ?? 0, exception.Reason ?? "no reason given");
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is TimeoutException or OperationCanceledException)
        {
            // Discord.Net reports a cancellation as a timeout.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (RateLimitedException)
        {
            throw new DiscordException(HttpStatusCode.TooManyRequests, 0, $"It would have to wait more than {Patience.TotalSeconds:0.###} s for a rate limit.");
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            throw new HttpRequestException("Discord did not answer in time.", exception);
        }
        catch (Exception exception) when (IsDone && MayBeUnread && exception is not (ArgumentException or HttpRequestException))
        {
            return default;
        }
        finally
        {
            Running.Value = null;
        }
    }
}
