using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Personalization.Playground.Gateway;
using Personalization.Playground.People;
using Personalization.Playground.Rest;

namespace Personalization.Playground;

/// <summary>
/// Everything there is: people, channels, messages, commands, interactions. Every member takes the lock; events go out
/// in the order of the changes.
/// </summary>
internal sealed class World
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly IOptions<PlaygroundOptions> _options;
    private readonly ChatStore _store;
    private readonly GatewayHub _gateway;
    private readonly LiveHub _live;
    private readonly TimeProvider _time;
    private readonly Snowflakes _ids;
    private readonly List<StoredMessage> _messages;
    private readonly Dictionary<ulong, PendingInteraction> _interactions = [];
    private readonly Dictionary<string, PendingInteraction> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, JsonObject> _modals = [];
    private List<JsonObject> _commands = [];

    public World(IOptions<PlaygroundOptions> options, ChatStore store, GatewayHub gateway, LiveHub live, TimeProvider time)
    {
        (_options, _store, _gateway, _live, _time) = (options, store, gateway, live, time);
        _messages = [.. store.Load()];
        _ids = new(time);
        _ids.Follow(_messages.SelectMany(message => message.Files.Select(file => file.Id).Append(message.Id)).DefaultIfEmpty().Max());

        // The interactions they answer were in memory: nothing can complete them.
        foreach (var unfinished in _messages.FindAll(message => (message.Flags & MessageForm.Loading) != 0))
        {
            Remove(unfinished);
        }
    }

    public PlaygroundOptions Options => _options.Value;

    public JsonObject BotUser => new()
    {
        ["id"] = $"{Options.Application.Id}",
        ["username"] = Options.Application.Name,
        ["global_name"] = null,
        ["discriminator"] = "0000",
        ["avatar"] = null,
        ["bot"] = true,
        ["public_flags"] = 0,
        ["flags"] = 0,
    };

    public DateTimeOffset Now => _time.GetUtcNow();

    public ulong NextId() => _ids.Next();

    public JsonObject PersonUser(ulong person)
    {
        var (id, name) = Options.People.First(known => known.Id == person);
        return new()
        {
            ["id"] = $"{id}",
            ["username"] = name.ToLowerInvariant(),
            ["global_name"] = name,
            ["discriminator"] = "0",
            ["avatar"] = null,
            ["public_flags"] = 0,
        };
    }

    public JsonArray Commands()
    {
        lock (_lock)
        {
            return [.. _commands.Select(command => command.DeepClone())];
        }
    }

    /// <summary>Changes the commands, by a function from the old list to the new.</summary>
    public void SetCommands(Func<IReadOnlyList<JsonObject>, IEnumerable<JsonObject>> change)
    {
        lock (_lock)
        {
            _commands = [.. change(_commands)];
            _live.SendAll("commands", Commands());
        }
    }

    public IReadOnlyList<JsonObject> VisibleTo(ulong person)
    {
        lock (_lock)
        {
            return [.. _messages.Where(message => message.IsVisibleTo(person)).Select(message => message.Json.DeepClone().AsObject())];
        }
    }

    /// <summary>A channel's public messages, newest first, as a bot reads them.</summary>
    public JsonArray Recent(ulong channel, int count)
    {
        lock (_lock)
        {
            return [.. _messages.Where(message => message.ChannelId == channel && message.OnlyFor is null).Reverse().Take(count).Select(message => message.Json.DeepClone())];
        }
    }

    /// <summary>A copy of a message.</summary>
    /// <exception cref="DiscordError">There is none.</exception>
    public JsonObject Find(ulong messageId)
    {
        lock (_lock)
        {
            return Stored(messageId).Json.DeepClone().AsObject();
        }
    }

    /// <summary>The message as one person sees it, or null when they may not see it.</summary>
    public JsonObject? FindVisible(ulong messageId, ulong person)
    {
        lock (_lock)
        {
            return _messages.FirstOrDefault(message => message.Id == messageId && message.IsVisibleTo(person))?.Json.DeepClone().AsObject();
        }
    }

    /// <summary>A file and its content, which the caller disposes; null when there is none.</summary>
    public (StoredFile File, Stream Content)? OpenFile(ulong fileId)
    {
        lock (_lock)
        {
            var file = _messages.SelectMany(message => message.Files).FirstOrDefault(file => file.Id == fileId);
            return file is not null && _store.Open(file) is { } content ? (file, content) : null;
        }
    }

    /// <summary>Posts a message; one with an enforced nonce that was posted before is given back instead.</summary>
    public JsonObject Post(ulong channel, MessageForm form, JsonObject author, PendingInteraction? answering, int extraFlags)
    {
        lock (_lock)
        {
            if (form.EnforcedNonce is { } nonce && _messages.FirstOrDefault(message => message.ChannelId == channel && message.Nonce == nonce) is { } earlier)
            {
                return earlier.Json.DeepClone().AsObject();
            }

            var id = NextId();
            var flags = form.Flags | extraFlags;
            var json = new JsonObject
            {
                ["id"] = $"{id}",
                ["channel_id"] = $"{channel}",
                ["author"] = author,
                ["type"] = answering is { Type: 2 } ? 20 : 0,
                ["timestamp"] = _time.GetUtcNow().ToString("O"),
                ["edited_timestamp"] = null,
                ["flags"] = flags,
                ["tts"] = false,
                ["pinned"] = false,
                ["mention_everyone"] = false,
                ["mentions"] = new JsonArray(),
                ["mention_roles"] = new JsonArray(),
                ["webhook_id"] = answering is null ? null : $"{Options.Application.Id}",
                ["application_id"] = $"{Options.Application.Id}",
            };
            if (answering is not null)
            {
                Attribute(json, answering);
            }

            var message = new StoredMessage(id, channel, (flags & MessageForm.Ephemeral) != 0 ? answering?.Person : null, json) { Nonce = form.EnforcedNonce };
            Apply(form, message, isEdit: false);
            _messages.Add(message);
            Announce("MESSAGE_CREATE", "message_create", message);
            ScrollOut();
            return json.DeepClone().AsObject();
        }
    }

    /// <summary>Edits a message of the bot's.</summary>
    /// <exception cref="DiscordError">There is no such message, or it belongs to another user.</exception>
    public JsonObject Edit(ulong messageId, MessageForm form)
    {
        lock (_lock)
        {
            var message = Stored(messageId);
            if (message.Json["author"]!["id"]!.GetValue<string>() != $"{Options.Application.Id}")
            {
                throw DiscordError.NotTheAuthor;
            }

            // The loading mark goes with the first edit; the rest of the flags stay but for those a form may set. Who sees a message never changes.
            message.Flags = (message.Flags & ~MessageForm.Loading) | (form.Flags & ~MessageForm.Ephemeral);
            message.Json["edited_timestamp"] = Now.ToString("O");
            Apply(form, message, isEdit: true);
            Announce("MESSAGE_UPDATE", "message_update", message);
            ScrollOut();
            return message.Json.DeepClone().AsObject();
        }
    }

    /// <exception cref="DiscordError">There is no such message.</exception>
    public void Delete(ulong messageId)
    {
        lock (_lock)
        {
            var message = Stored(messageId);
            Remove(message);
            if (message.OnlyFor is null)
            {
                _gateway.Send("MESSAGE_DELETE", Named(message), GatewayHub.GuildMessages);
            }
        }
    }

    /// <summary>Sends something a person did to the bot; when it is not answered in time, they are told.</summary>
    /// <param name="locale">The language of the person's client by Discord's name.</param>
    public PendingInteraction Interact(int type, ulong person, string locale, ulong channel, JsonObject data, JsonObject? message, string? command)
    {
        PendingInteraction interaction;
        lock (_lock)
        {
            var id = NextId();
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(40));
            interaction = new(id, token, type, person, channel, _time.GetUtcNow())
            {
                Locale = locale,
                Command = command,
                SourceMessage = message is null ? null : ulong.Parse(message["id"]!.GetValue<string>()),
            };
            Forget();
            _interactions.Add(id, interaction);
            _byToken.Add(token, interaction);
            _gateway.Send("INTERACTION_CREATE", InteractionEvent.Create(this, interaction, data, message), intent: 0);
        }

        _ = FailLateAsync(interaction);
        return interaction;
    }

    /// <summary>The interaction, to be answered for the first time and in time.</summary>
    /// <exception cref="DiscordError">It is unknown, was answered before, or its time has passed.</exception>
    public PendingInteraction Answering(ulong id, string token)
    {
        lock (_lock)
        {
            if (!_interactions.TryGetValue(id, out var interaction) || interaction.Token != token)
            {
                throw DiscordError.UnknownInteraction;
            }

            if (interaction.IsAnswered)
            {
                throw DiscordError.AlreadyAcknowledged;
            }

            if (_time.GetUtcNow() - interaction.CreatedAt > Options.AnswerWithin)
            {
                throw DiscordError.UnknownInteraction;
            }

            return interaction;
        }
    }

    /// <summary>Marks an interaction as answered, once, and completes its waiters.</summary>
    /// <exception cref="DiscordError">Another answer was faster.</exception>
    public void Answered(PendingInteraction interaction, string outcome, JsonObject? message)
    {
        lock (_lock)
        {
            interaction.OriginalMessage ??= message is null ? interaction.SourceMessage : ulong.Parse(message["id"]!.GetValue<string>());
            var data = new JsonObject { ["interaction"] = $"{interaction.Id}", ["outcome"] = outcome, ["message"] = message?.DeepClone() };
            interaction.Outcome.TrySetResult(data);
            _live.SendTo(interaction.Person, "interaction_done", data.DeepClone());
        }
    }

    /// <summary>Claims the one answer an interaction takes.</summary>
    /// <exception cref="DiscordError">It was claimed before.</exception>
    public void Claim(PendingInteraction interaction)
    {
        lock (_lock)
        {
            if (interaction.IsAnswered)
            {
                throw DiscordError.AlreadyAcknowledged;
            }

            interaction.IsAnswered = true;
        }
    }

    /// <summary>The interaction behind a webhook token.</summary>
    /// <exception cref="DiscordError">The token is unknown, or its fifteen minutes are over.</exception>
    public PendingInteraction ByToken(ulong applicationId, string token)
    {
        lock (_lock)
        {
            if (applicationId != Options.Application.Id || !_byToken.TryGetValue(token, out var interaction) || !interaction.IsAnswered)
            {
                throw DiscordError.UnknownWebhook;
            }

            return _time.GetUtcNow() - interaction.CreatedAt <= TokenLifetime ? interaction : throw DiscordError.InvalidWebhookToken;
        }
    }

    /// <summary>Shows a modal to the person.</summary>
    public void Open(PendingInteraction interaction, JsonObject modal)
    {
        lock (_lock)
        {
            _modals[interaction.Id] = modal;
            var shown = modal.DeepClone().AsObject();
            shown["id"] = $"{interaction.Id}";
            shown["interaction"] = $"{interaction.Id}";
            interaction.Modal = modal;
            _live.SendTo(interaction.Person, "modal", shown);
            interaction.Outcome.TrySetResult(new JsonObject { ["interaction"] = $"{interaction.Id}", ["outcome"] = "modal", ["modal"] = shown.DeepClone() });
        }
    }

    /// <summary>The modal that an interaction opened and the interaction itself; null where there is none.</summary>
    public (JsonObject Modal, PendingInteraction Interaction)? Modal(ulong id)
    {
        lock (_lock)
        {
            return _modals.TryGetValue(id, out var modal) && _interactions.TryGetValue(id, out var interaction) ? (modal, interaction) : null;
        }
    }

    private StoredMessage Stored(ulong messageId) =>
        _messages.FirstOrDefault(message => message.Id == messageId) ?? throw DiscordError.UnknownMessage;

    // What is shown is on disk before anyone is told of it.
    private void Apply(MessageForm form, StoredMessage message, bool isEdit)
    {
        foreach (var (file, content) in form.Uploads)
        {
            _store.Save(file, content);
        }

        var before = message.Files.ToList();
        form.ApplyTo(message, isEdit);
        _store.Save(message);
        before.Except(message.Files).ToList().ForEach(_store.Delete);
    }

    // The newest stays, however large.
    private void ScrollOut()
    {
        var bytes = _messages.Sum(message => message.Bytes);
        while (_messages.Count > Options.MaxMessages || (bytes > Options.MaxFileBytes && _messages.Count > 1))
        {
            bytes -= _messages[0].Bytes;
            Remove(_messages[0]);
        }
    }

    private void Remove(StoredMessage message)
    {
        _messages.Remove(message);
        _store.Delete(message);
        _live.SendTo(message.OnlyFor, "message_delete", Named(message));
    }

    private JsonObject Named(StoredMessage message) =>
        new() { ["id"] = $"{message.Id}", ["channel_id"] = $"{message.ChannelId}", ["guild_id"] = $"{Options.Guild.Id}" };

    private void Attribute(JsonObject message, PendingInteraction answering)
    {
        var user = PersonUser(answering.Person);
        message["interaction_metadata"] = new JsonObject
        {
            ["id"] = $"{answering.Id}",
            ["type"] = answering.Type,
            ["user"] = user,
            ["authorizing_integration_owners"] = new JsonObject { ["0"] = $"{Options.Guild.Id}" },
        };
        if (answering.Command is not null)
        {
            message["interaction"] = new JsonObject
            {
                ["id"] = $"{answering.Id}",
                ["type"] = answering.Type,
                ["name"] = answering.Command,
                ["user"] = user.DeepClone(),
            };
        }
    }

    private void Announce(string botEvent, string pageEvent, StoredMessage message)
    {
        // An ephemeral message is an event for its person alone.
        if (message.OnlyFor is null)
        {
            var data = message.Json.DeepClone().AsObject();
            data["guild_id"] = $"{Options.Guild.Id}";
            _gateway.Send(botEvent, data, GatewayHub.GuildMessages);
        }

        _live.SendTo(message.OnlyFor, pageEvent, message.Json.DeepClone());
    }

    private async Task FailLateAsync(PendingInteraction interaction)
    {
        await Task.Delay(Options.AnswerWithin, _time);
        lock (_lock)
        {
            if (interaction.IsAnswered)
            {
                return;
            }

            var data = new JsonObject { ["interaction"] = $"{interaction.Id}", ["outcome"] = "failed", ["message"] = "The application did not respond" };
            interaction.Outcome.TrySetResult(data);
            _live.SendTo(interaction.Person, "interaction_failed", data.DeepClone());
        }
    }

    // Tokens long dead are of no use; one more day answers late calls as Discord does.
    private void Forget()
    {
        var oldest = _time.GetUtcNow() - TimeSpan.FromDays(1);
        foreach (var old in _interactions.Values.Where(interaction => interaction.CreatedAt < oldest).ToList())
        {
            _interactions.Remove(old.Id);
            _byToken.Remove(old.Token);
            _modals.Remove(old.Id);
        }
    }
}
