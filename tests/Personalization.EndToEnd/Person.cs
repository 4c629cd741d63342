using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Personalization.EndToEnd;

/// <summary>A person in the playground: types commands, presses buttons, sees messages.</summary>
internal sealed class Person : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly ClientWebSocket _live = new();
    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);
    private readonly string _id;
    private readonly string _channel;
    private TaskCompletionSource _changed = NewSignal();
    private Task _listening = Task.CompletedTask;

    private Person(HttpClient http, string id, string channel)
    {
        _http = http;
        _id = id;
        _channel = channel;
    }

    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages.Values];
            }
        }
    }

    /// <summary>Has a person open the page of a channel, where they see its messages and no others.</summary>
    public static async Task<Person> JoinAsync(Uri playground, int index, int channel)
    {
        var http = new HttpClient { BaseAddress = playground, Timeout = Deadline };
        var state = (await http.GetFromJsonAsync<JsonObject>("/playground/state"))!;
        var person = new Person(http, state["people"]![index]!["id"]!.ToString(), state["guilds"]![0]!["channels"]![channel]!["id"]!.ToString());
        var url = new UriBuilder(new Uri(playground, $"/playground/live?person={person._id}")) { Scheme = "ws" };
        await person._live.ConnectAsync(url.Uri, CancellationToken.None);
        state = (await http.GetFromJsonAsync<JsonObject>($"/playground/state?person={person._id}"))!;
        foreach (var message in state["messages"]!.AsArray())
        {
            person.Take(message!.AsObject());
        }

        person._listening = person.ListenAsync();
        return person;
    }

    /// <summary>Types a command and gives the message it was answered with, be it that the bot is thinking.</summary>
    public Task<Message> CommandAsync(string name, string prompt) => CommandAsync(name, ("prompt", prompt));

    /// <summary>Types a command with options of its own.</summary>
    public async Task<Message> CommandAsync(string name, params IEnumerable<(string Option, string Value)> options) => Answer(await InteractAsync(new JsonObject
    {
        ["type"] = 2,
        ["command"] = name,
        ["options"] = new JsonObject(options.Select(option => KeyValuePair.Create(option.Option, (JsonNode?)option.Value))),
    }));

    /// <summary>Types a command to a bot that may die of it.</summary>
    public Task TryCommandAsync(string name, string prompt) =>
        InteractAsync(new JsonObject { ["type"] = 2, ["command"] = name, ["options"] = new JsonObject { ["prompt"] = prompt } });

    /// <summary>Types /imagine and waits for the pictures.</summary>
    public async Task<Message> ImagineAsync(string prompt) => await CompleteAsync(await CommandAsync("imagine", prompt));

    /// <summary>Types /rank and waits for the pair.</summary>
    public async Task<Message> RankAsync() => await CompleteAsync(await CommandAsync("rank"));

    /// <summary>Waits until the bot has stopped thinking and shows pictures.</summary>
    public Task<Message> CompleteAsync(Message thinking) => SeesAsync(message => message.Id == thinking.Id && message.Files.Count > 0);

    /// <summary>Presses a button and gives what came of it: the answer, or the message as it was changed, now or later.</summary>
    public async Task<Message> PressAsync(Message message, string label)
    {
        var outcome = await PressRawAsync(message, label);
        return outcome["outcome"]?.ToString() == "deferred update"
            ? await SeesAsync(changed => changed.Id == message.Id && string.CompareOrdinal(changed.EditedAt, message.EditedAt) > 0)
            : Answer(outcome);
    }

    /// <summary>Presses a button; for what is answered in another way than with a message.</summary>
    public Task<JsonObject> PressRawAsync(Message message, string label) => InteractAsync(new JsonObject
    {
        ["type"] = 3,
        ["message"] = message.Id,
        ["custom_id"] = message.Button(label),
    });

    /// <summary>Fills in and sends a modal.</summary>
    public async Task<Message> SubmitAsync(JsonObject modal, string field, string text) => Answer(await InteractAsync(new JsonObject
    {
        ["type"] = 5,
        ["modal"] = modal["modal"]!["id"]!.ToString(),
        ["fields"] = new JsonObject { [field] = text },
    }));

    /// <summary>Waits for a message to be seen, now or later.</summary>
    public async Task<Message> SeesAsync(Func<Message, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            Task changed;
            lock (_messages)
            {
                if (_messages.Values.FirstOrDefault(isIt) is { } message)
                {
                    return message;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"The message was not seen. There are: {string.Join("\n", Messages.Select(message => message.Json.ToJsonString()))}", exception);
            }
        }
    }

    public Task<byte[]> DownloadAsync(string url) => _http.GetByteArrayAsync(new Uri(url));

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _live.Dispose();
        _left.Dispose();
        _http.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Message Answer(JsonObject outcome) =>
        outcome["message"] is JsonObject message
            ? new Message(message)
            : throw new InvalidOperationException($"It was not answered with a message: {outcome.ToJsonString()}");

    private async Task<JsonObject> InteractAsync(JsonObject form)
    {
        form["person"] = _id;
        form["channel"] = _channel;
        using var response = await _http.PostAsJsonAsync("/playground/interactions?wait=true", form);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 20];
        while (!_left.IsCancellationRequested)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _live.ReceiveAsync(buffer.AsMemory(length), _left.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            var live = JsonSerializer.Deserialize<JsonObject>(buffer.AsSpan(0, length))!;
            if (live["type"]!.ToString() is "message_create" or "message_update")
            {
                Take(live["data"]!.AsObject());
            }
        }
    }

    private void Take(JsonObject message)
    {
        if (message["channel_id"]!.ToString() != _channel)
        {
            return;
        }

        lock (_messages)
        {
            _messages[message["id"]!.ToString()] = new Message(message);
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }
}
