using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Personalization.Discord.Gateway;

namespace Personalization.DiscordClient.Gateway;

/// <summary>One shard: keeps a session with the gateway over as many connections as it takes.</summary>
internal sealed partial class Shard(
    int index,
    int count,
    string token,
    Uri gatewayUrl,
    IdentifyGate gate,
    GatewayState state,
    Action<string, JsonElement> onEvent,
    TimeProvider time,
    Random random,
    ILogger logger)
{
    // GUILDS, for who sees which channel, and GUILD_MESSAGES, for deleted messages: neither is privileged, and interactions need none.
    private const int Intents = (1 << 0) | (1 << 9);

    // Any code but 1000 and 1001 keeps the session.
    private const WebSocketCloseStatus KeepSession = (WebSocketCloseStatus)4000;

    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(60);

    // The server that held the session may be gone for good: after this many failures, identify again.
    private const int MaxResumes = 5;

    private Session? _session;
    private int _failures;

    // Sequence number of the last event; -1 before the first. The heartbeat task reads it while the read loop writes it.
    private int _sequence = -1;

    private int? LastSequence => Volatile.Read(ref _sequence) is >= 0 and var sequence ? sequence : null;

    /// <summary>Stays connected until cancelled.</summary>
    /// <exception cref="GatewayFatalException">Discord rejected the token or the configuration; connecting again is pointless.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ConnectAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or InvalidDataException or TimeoutException || exception.IsMalformedJson())
            {
                LogLost(index, exception.Message);
            }
            finally
            {
                state.Set(index, isReady: false);
            }

            if (++_failures > MaxResumes)
            {
                _session = null;
            }

            var seconds = Math.Min(Math.Pow(2, _failures - 1), MaxBackoff.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(seconds * (0.5 + (random.NextDouble() / 2))), time, cancellationToken);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_session is null)
        {
            await gate.WaitAsync(index, cancellationToken);
        }

        using var dead = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var connection = new Connection(new ClientWebSocket(), new SendLimit(time), time);
        using var inflater = new ZlibStreamReader();
        var heartbeat = Task.CompletedTask;
        try
        {
            var hello = await GreetAsync(connection, inflater, dead.Token);
            var interval = TimeSpan.FromMilliseconds(hello.GetProperty("d").GetProperty("heartbeat_interval").GetDouble());
            heartbeat = KeepAliveAsync(connection, interval, dead);
            await IdentifyOrResumeAsync(connection, dead.Token);
            while (await ReceiveAsync(connection, inflater, dead.Token) is { } message && await HandleAsync(connection, message, dead.Token))
            {
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("the gateway stopped answering", exception);
        }
        catch (WebSocketException exception) when (connection.CloseStatus is not null)
        {
            // The close code, handled below, says more than this exception.
            LogLost(index, exception.Message);
        }
        finally
        {
            await dead.CancelAsync();
            await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await connection.CloseAsync(cancellationToken.IsCancellationRequested ? WebSocketCloseStatus.NormalClosure : KeepSession);
        }

        JudgeClose(connection.CloseStatus, connection.CloseDescription);
    }

    private async Task<JsonElement> GreetAsync(Connection connection, ZlibStreamReader inflater, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(HelloTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var url = new UriBuilder(_session?.ResumeUrl ?? gatewayUrl) { Query = "v=10&encoding=json&compress=zlib-stream" };
        await connection.OpenAsync(url.Uri, either.Token);
        var hello = await ReceiveAsync(connection, inflater, either.Token);
        return hello is { } message && Opcode(message) == GatewayOpcode.Hello
            ? message
            : throw new InvalidDataException("the gateway did not begin with HELLO");
    }

    private Task IdentifyOrResumeAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            return connection.SendAsync(GatewayOpcode.Resume, new { Token = token, SessionId = _session.Id, Seq = Volatile.Read(ref _sequence) }, cancellationToken);
        }

        Volatile.Write(ref _sequence, -1);
        var identify = new
        {
            Token = token,
            Intents,
            Shard = new[] { index, count },
            Properties = new { Os = Environment.OSVersion.Platform.ToString(), Browser = "Personalization", Device = "Personalization" },
        };
        return connection.SendAsync(GatewayOpcode.Identify, identify, cancellationToken);
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> HandleAsync(Connection connection, JsonElement message, CancellationToken cancellationToken)
    {
        switch (Opcode(message))
        {
            case GatewayOpcode.Dispatch:
                Dispatch(message);
                return true;
            case GatewayOpcode.Heartbeat:
                await connection.SendAsync(GatewayOpcode.Heartbeat, LastSequence, cancellationToken);
                return true;
            case GatewayOpcode.HeartbeatAck:
                connection.IsAcknowledged = true;
                return true;
            case GatewayOpcode.Reconnect:
                LogReconnect(index);
                _failures = 0;
                return false;
            case GatewayOpcode.InvalidSession:
                await InvalidateAsync(message, cancellationToken);
                return false;
            default:
                return true;
        }
    }

    private void Dispatch(JsonElement message)
    {
        Volatile.Write(ref _sequence, message.GetProperty("s").GetInt32());
        var name = message.GetProperty("t").GetString() ?? "";
        var data = message.GetProperty("d");
        switch (name)
        {
            case "READY":
                _session = new Session(data.GetProperty("session_id").GetString()!, new Uri(data.GetProperty("resume_gateway_url").GetString()!));
                Joined("READY");
                break;
            case "RESUMED":
                Joined("RESUMED");
                break;
        }

        try
        {
            onEvent(name, data);
        }
        catch (Exception exception) when (exception.IsMalformedJson())
        {
            // A malformed event is dropped; the connection stays up.
            LogMalformed(exception, index, name);
        }
    }

    private void Joined(string how)
    {
        _failures = 0;
        state.Set(index, isReady: true);
        LogJoined(index, count, how);
    }

    // Discord asks clients to wait one to five seconds before identifying again.
    private async Task InvalidateAsync(JsonElement message, CancellationToken cancellationToken)
    {
        var isResumable = message.GetProperty("d").ValueKind == JsonValueKind.True;
        LogInvalidSession(index, isResumable);
        if (!isResumable)
        {
            _session = null;
        }

        await Task.Delay(TimeSpan.FromSeconds(1 + (4 * random.NextDouble())), time, cancellationToken);
    }

    // When the heartbeat loop ends for any reason, so does the connection: nothing else would notice that it is dead.
    private async Task KeepAliveAsync(Connection connection, TimeSpan interval, CancellationTokenSource dead)
    {
        try
        {
            await HeartbeatAsync(connection, interval, dead.Token);
        }
        finally
        {
            await dead.CancelAsync();
        }
    }

    /// <summary>Sends heartbeats until the connection ends; returns when one was not acknowledged before the next.</summary>
    private async Task HeartbeatAsync(Connection connection, TimeSpan interval, CancellationToken cancellationToken)
    {
        await Task.Delay(interval * random.NextDouble(), time, cancellationToken);
        do
        {
            connection.IsAcknowledged = false;
            await connection.SendAsync(GatewayOpcode.Heartbeat, LastSequence, cancellationToken);
            await Task.Delay(interval, time, cancellationToken);
        }
        while (connection.IsAcknowledged);
        LogNoAcknowledgement(index);
    }

    private async Task<JsonElement?> ReceiveAsync(Connection connection, ZlibStreamReader inflater, CancellationToken cancellationToken)
    {
        while (await connection.ReceiveAsync(cancellationToken) is { } part)
        {
            var passedOver = inflater.PassedOver;
            if ((part.IsText ? inflater.ReadText(part.Content.Span, part.IsLast) : inflater.Read(part.Content.Span, part.IsLast)) is { } json)
            {
                return GatewayMessage.Parse(json);
            }

            if (inflater.PassedOver > passedOver)
            {
                LogPassedOver(index, ZlibStreamReader.MaxMessageBytes);
            }
        }

        return null;
    }

    private static GatewayOpcode Opcode(JsonElement message) => (GatewayOpcode)message.GetProperty("op").GetInt32();

    private void JudgeClose(WebSocketCloseStatus? status, string? description)
    {
        if (status is null)
        {
            return;
        }

        LogClosed(index, (int)status, description);
        if (CloseCodes.Fatal(status) is { } reason)
        {
            throw new GatewayFatalException(reason);
        }

        if (CloseCodes.EndsSession(status))
        {
            _session = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} of {Count}: {How}")]
    private partial void LogJoined(int shard, int count, string how);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard}: Discord asks to reconnect")]
    private partial void LogReconnect(int shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: the session is invalid; it can be resumed: {IsResumable}")]
    private partial void LogInvalidSession(int shard, bool isResumable);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: a heartbeat was not acknowledged, so the connection is dead")]
    private partial void LogNoAcknowledgement(int shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} lost its connection: {Reason}")]
    private partial void LogLost(int shard, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: Discord closed the connection with {Code}: {Description}")]
    private partial void LogClosed(int shard, int code, string? description);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: a message of more than {Limit} bytes is passed over; if it describes a server, its channels count as private")]
    private partial void LogPassedOver(int shard, int limit);

    [LoggerMessage(Level = LogLevel.Error, Message = "Shard {Shard}: an event {Event} could not be read")]
    private partial void LogMalformed(Exception exception, int shard, string @event);
}
