using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Personalization.Playground.Gateway;
using Personalization.Playground.Interactions;
using Personalization.Playground.People;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground;

/// <summary>The messages of every place. Events go out in the order of the changes.</summary>
internal sealed class Chat
{
    private readonly Lock _lock = new();
    private readonly PlaygroundOptions _options;
    private readonly ChatStore _store;
    private readonly PlaceDirectory _places;
    private readonly MessageJson _json;
    private readonly Chronicle _chronicle;
    private readonly GatewayHub _gateway;
    private readonly LiveHub _live;
    private readonly TimeProvider _time;
    private readonly Snowflakes _ids;
    private readonly List<StoredMessage> _messages;

    public Chat(IOptions<PlaygroundOptions> options, ChatStore store, PlaceDirectory places, MessageJson json, Chronicle chronicle, GatewayHub gateway, LiveHub live, TimeProvider time, Snowflakes ids)
    {
        (_options, _store, _places, _json, _chronicle, _gateway, _live, _time, _ids) = (options.Value, store, places, json, chronicle, gateway, live, time, ids);
        _messages = [.. store.Load()];
        _ids.Follow(_messages.SelectMany(message => message.Files.Select(file => file.Id).Append(message.Id)).DefaultIfEmpty().Max());
        _messages.ForEach(message => chronicle.Add(message.ChannelId, message.Id));

        // The interactions they answer were in memory, so nothing can complete them; and a place may have gone with its settings.
        foreach (var unfinished in _messages.FindAll(message => (message.Flags & MessageForm.Loading) != 0 || places.Find(message.ChannelId) is null))
        {
            Remove(unfinished);
        }
    }

    public IReadOnlyList<JsonObject> VisibleTo(ulong person)
    {
        lock (_lock)
        {
            return [.. _messages.Where(message => IsVisible(message, person)).Select(message => message.Json.DeepClone().AsObject())];
        }
    }

    /// <summary>A channel's public messages, newest first, as a bot reads them.</summary>
    /// <param name="bound">An id by its name: only messages <c>before</c> or <c>after</c> it, or half of them each way <c>around</c> it.</param>
    public JsonArray Recent(ulong channel, int count, Func<string, ulong?> bound)
    {
        lock (_lock)
        {
            var all = _messages.FindAll(message => message.ChannelId == channel && message.OnlyFor is null);
            var some = (bound("around"), bound("before"), bound("after")) switch
            {
                ({ } around, _, _) => all.Where(message => message.Id < around).TakeLast(count / 2).Concat(all.Where(message => message.Id >= around).Take((count + 1) / 2)),
                (_, { } before, _) => all.Where(message => message.Id < before).TakeLast(count),
                (_, _, { } after) => all.Where(message => message.Id > after).Take(count),
                _ => all.TakeLast(count),
            };
            return [.. some.Reverse().Select(message => message.Json.DeepClone())];
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
            return _messages.FirstOrDefault(message => message.Id == messageId && IsVisible(message, person))?.Json.DeepClone().AsObject();
        }
    }

    /// <summary>A message's file and its content, which the caller disposes; null when there is none.</summary>
    public (StoredFile File, Stream Content)? OpenFile(ulong fileId)
    {
        lock (_lock)
        {
            var file = _messages.SelectMany(message => message.Files).FirstOrDefault(file => file.Id == fileId);
            return file is not null && _store.Open(file) is { } content ? (file, content) : null;
        }
    }

    /// <summary>Posts a message; one with an enforced nonce that was posted before is given back instead.</summary>
    /// <exception cref="DiscordError">It replies to a message that is not there.</exception>
    public JsonObject Post(Place place, MessageForm form, ulong author, PendingInteraction? answering, int extraFlags)
    {
        lock (_lock)
        {
            if (form.EnforcedNonce is { } nonce && _messages.FirstOrDefault(message => message.ChannelId == place.Id && message.Nonce == nonce) is { } earlier)
            {
                return earlier.Json.DeepClone().AsObject();
            }

            var flags = form.Flags | extraFlags;
            var repliesTo = form.RepliesTo is { } asked ? Stored(asked).Id : (ulong?)null;
            var json = _json.Create(_ids.Next(), place, author, answering, repliesTo, flags, _time.GetUtcNow());
            var id = ulong.Parse(json["id"]!.GetValue<string>());
            var message = new StoredMessage(id, place.Id, (flags & MessageForm.Ephemeral) != 0 ? answering?.Person : null, json) { Nonce = form.EnforcedNonce };
            Apply(form, message, isEdit: false);
            _messages.Add(message);
            _chronicle.Add(place.Id, id);
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
            if (AuthorOf(message) != $"{_places.Bot}")
            {
                throw DiscordError.NotTheAuthor;
            }

            // The loading mark goes with the first edit; the rest of the flags stay but for those a form may set. Who sees a message never changes.
            message.Flags = (message.Flags & ~MessageForm.Loading) | (form.Flags & ~MessageForm.Ephemeral);
            message.Json["edited_timestamp"] = _time.GetUtcNow().ToString("O");
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
            if (IsHeardByBot(message))
            {
                var guild = GuildOf(message);
                _gateway.Send("MESSAGE_DELETE", Named(message), guild, guild is null ? Intents.DirectMessages : Intents.GuildMessages);
            }
        }
    }

    private static string AuthorOf(StoredMessage message) => message.Json["author"]!["id"]!.GetValue<string>();

    private StoredMessage Stored(ulong messageId) =>
        _messages.FirstOrDefault(message => message.Id == messageId) ?? throw DiscordError.UnknownMessage;

    private bool IsVisible(StoredMessage message, ulong person) =>
        message.IsVisibleTo(person) && _places.Find(message.ChannelId) is { } place && _places.CanSee(place, person);

    // An ephemeral message is an event for its person alone, and a bot hears only where it is.
    private bool IsHeardByBot(StoredMessage message) =>
        message.OnlyFor is null && _places.Find(message.ChannelId) is { } place && _places.CanSee(place, _places.Bot);

    private ulong? GuildOf(StoredMessage message) => _places.Find(message.ChannelId)?.Guild?.Id;

    // What is shown is on disk before anyone is told of it.
    private void Apply(MessageForm form, StoredMessage message, bool isEdit)
    {
        foreach (var (file, content) in form.Uploads)
        {
            _store.Save(file, content);
        }

        var before = message.Files.ToList();
        form.ApplyTo(message, isEdit);
        Mentions.Write(message.Json, _places, _places.Find(message.ChannelId)!, form.AllowedMentions);
        _store.Save(message);
        before.FindAll(file => !message.Files.Exists(kept => kept.Id == file.Id)).ForEach(_store.Delete);
    }

    // The newest stays, however large.
    private void ScrollOut()
    {
        var bytes = _messages.Sum(message => message.Bytes);
        while (_messages.Count > _options.MaxMessages || (bytes > _options.MaxFileBytes && _messages.Count > 1))
        {
            bytes -= _messages[0].Bytes;
            Remove(_messages[0]);
        }
    }

    private void Remove(StoredMessage message)
    {
        _messages.Remove(message);
        _store.Delete(message);
        _live.Send(person => IsVisible(message, person), "message_delete", Named(message));
    }

    private JsonObject Named(StoredMessage message)
    {
        var named = new JsonObject { ["id"] = $"{message.Id}", ["channel_id"] = $"{message.ChannelId}" };
        if (GuildOf(message) is { } guild)
        {
            named["guild_id"] = $"{guild}";
        }

        return named;
    }

    private void Announce(string botEvent, string pageEvent, StoredMessage message)
    {
        if (IsHeardByBot(message))
        {
            var place = _places.Find(message.ChannelId)!;
            var isForBot = message.Json["mentions"]!.AsArray().Any(user => user!["id"]!.ToString() == $"{_places.Bot}");
            var isOpen = place.Guild is null || isForBot || AuthorOf(message) == $"{_places.Bot}";
            _gateway.SendMessage(botEvent, _json.Event(message.Json, place), place.Guild?.Id, isOpen);
        }

        _live.Send(person => IsVisible(message, person), pageEvent, message.Json.DeepClone());
    }
}
