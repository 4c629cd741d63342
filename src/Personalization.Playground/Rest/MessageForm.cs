using System.Text.Json.Nodes;

namespace Personalization.Playground.Rest;

/// <summary>A message as a bot sends it, checked against Discord's rules.</summary>
internal sealed class MessageForm
{
    public const int Ephemeral = 1 << 6;
    public const int Loading = 1 << 7;

    private const int SuppressEmbeds = 1 << 2;
    private const int SuppressNotifications = 1 << 12;
    private const int ComponentsV2 = 1 << 15;
    private const int MaximumContent = 2000;
    private const int MaximumEmbedText = 6000;
    private const int MaximumDescription = 1024;

    private readonly JsonObject _json;
    private readonly Dictionary<int, (StoredFile File, byte[] Content)> _uploads;

    private MessageForm(JsonObject json, Dictionary<int, (StoredFile File, byte[] Content)> uploads)
    {
        _json = json;
        _uploads = uploads;
    }

    public int Flags => (_json["flags"]?.GetValue<int>() ?? 0) & (Ephemeral | ComponentsV2 | SuppressEmbeds | SuppressNotifications);

    /// <summary>The nonce by which a repeated message is known; null without <c>enforce_nonce</c>.</summary>
    public string? EnforcedNonce => _json["enforce_nonce"]?.GetValue<bool>() == true ? _json["nonce"]?.ToString() : null;

    /// <summary>Whom the message may call; null for all.</summary>
    public JsonObject? AllowedMentions => _json["allowed_mentions"] as JsonObject;

    /// <summary>The message of the same channel that it replies to; null for none.</summary>
    public ulong? RepliesTo => ulong.TryParse(_json["message_reference"]?["message_id"]?.ToString(), out var id) ? id : null;

    /// <summary>The files that it brings.</summary>
    public IEnumerable<(StoredFile File, byte[] Content)> Uploads => _uploads.OrderBy(upload => upload.Key).Select(upload => upload.Value);

    /// <param name="edited">The message that is edited; null for a new one.</param>
    /// <exception cref="DiscordError">The message breaks a rule.</exception>
    public static MessageForm Read(JsonObject json, RequestForm request, JsonObject? edited, Func<ulong> nextId)
    {
        var uploads = request.Files.ToDictionary(
            file => file.Key,
            file => (StoredFile.Create(nextId(), NameOf(json, file.Key) ?? file.Value.Name, file.Value.ContentType, file.Value.Content), file.Value.Content));
        var form = new MessageForm(json, uploads);
        form.Check(edited);
        return form;
    }

    /// <summary>Writes the form into a message. Call only under the chat's lock.</summary>
    public void ApplyTo(StoredMessage message, bool isEdit)
    {
        var target = message.Json;
        ApplyFiles(message);
        foreach (var (name, empty) in new (string, Func<JsonNode>)[] { ("content", () => ""), ("embeds", () => new JsonArray()), ("components", () => new JsonArray()) })
        {
            if (_json.ContainsKey(name) || !isEdit)
            {
                target[name] = _json[name]?.DeepClone() ?? empty();
            }
        }

        if ((message.Flags & ComponentsV2) != 0)
        {
            // Components take the place of what a message said before.
            target["content"] = "";
            target["embeds"] = new JsonArray();
        }

        target["attachments"] = new JsonArray([.. message.Files.Select(file => file.ToJson(UrlOf(message, file), (message.Flags & Ephemeral) != 0))]);
        Resolve(target["components"]!, message);
        Resolve(target["embeds"]!, message);
        ComponentDefaults.Complete(target["components"]!);
        foreach (var embed in target["embeds"]!.AsArray().OfType<JsonObject>())
        {
            embed["type"] ??= "rich";
        }

        if (_json["nonce"] is { } nonce)
        {
            target["nonce"] = nonce.DeepClone();
        }
    }

    private static string? NameOf(JsonObject json, int number) =>
        Entries(json).FirstOrDefault(entry => entry["id"]?.ToString() == $"{number}")?["filename"]?.ToString();

    private static IEnumerable<JsonObject> Entries(JsonObject json) => (json["attachments"] as JsonArray ?? []).OfType<JsonObject>();

    private static string UrlOf(StoredMessage message, StoredFile file) => CdnUrl.Of(message.ChannelId, file);

    private void Check(JsonObject? edited)
    {
        var check = new FormCheck();
        var isV2 = (Flags & ComponentsV2) != 0 || ((edited?["flags"]?.GetValue<int>() ?? 0) & ComponentsV2) != 0;
        var content = check.Text(_json, "", "content", 0, MaximumContent) ?? "";
        var embeds = check.Array(_json, "", "embeds", 0, 10);
        CheckEmbeds(check, embeds);
        if (isV2 && (content.Length > 0 || embeds.Count > 0))
        {
            check.Fail(content.Length > 0 ? "content" : "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", $"The '{(content.Length > 0 ? "content" : "embeds")}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
        }

        var kept = (edited?["attachments"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        CheckAttachments(check, kept);
        var names = _uploads.Values.Select(upload => upload.File.Name).Concat(kept.Where(Stays).Select(attachment => attachment["filename"]!.ToString())).ToHashSet(StringComparer.Ordinal);
        new ComponentCheck(check, isV2, names).Message(_json);
        check.ThrowIfFailed();
        var components = _json["components"] as JsonArray ?? [];
        if (edited is null && content.Length == 0 && embeds.Count == 0 && components.Count == 0 && _uploads.Count == 0)
        {
            throw DiscordError.EmptyMessage;
        }
    }

    private static void CheckEmbeds(FormCheck check, JsonArray embeds)
    {
        var text = 0;
        for (var i = 0; i < embeds.Count; i++)
        {
            if (embeds[i] is JsonObject embed)
            {
                var at = FormCheck.Join("embeds", i);
                text += check.Text(embed, at, "title", 0, 256)?.Length ?? 0;
                text += check.Text(embed, at, "description", 0, 4096)?.Length ?? 0;
                check.Array(embed, at, "fields", 0, 25);
            }
        }

        if (text > MaximumEmbedText)
        {
            check.Fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", $"Embed size exceeds maximum size of {MaximumEmbedText}");
        }
    }

    private void CheckAttachments(FormCheck check, List<JsonObject> kept)
    {
        var entries = check.Array(_json, "", "attachments", 0, 10);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is JsonObject entry)
            {
                check.Text(entry, FormCheck.Join("attachments", i), "description", 0, MaximumDescription);
            }

            var id = entries[i]?["id"]?.ToString();
            var isUpload = int.TryParse(id, out var number) && _uploads.ContainsKey(number);
            if (!isUpload && !kept.Exists(attachment => attachment["id"]!.ToString() == id))
            {
                check.Fail(FormCheck.Join(FormCheck.Join("attachments", i), "id"), "ATTACHMENT_NOT_FOUND", $"No file or attachment has the id {id}.");
            }
        }
    }

    private bool Stays(JsonObject attachment) =>
        _json["attachments"] is not JsonArray || Entries(_json).Any(entry => entry["id"]?.ToString() == attachment["id"]!.ToString());

    // A list of attachments says what stays; without one, files are added to those there are.
    private void ApplyFiles(StoredMessage message)
    {
        if (_json["attachments"] is JsonArray)
        {
            var listed = Entries(_json).Select(entry => entry["id"]?.ToString()).ToHashSet();
            message.Files.RemoveAll(file => !listed.Contains($"{file.Id}"));
        }

        message.Files.AddRange(_uploads.OrderBy(upload => upload.Key).Select(upload => Described(upload.Value.File, $"{upload.Key}")));
        for (var i = 0; i < message.Files.Count; i++)
        {
            message.Files[i] = Described(message.Files[i], $"{message.Files[i].Id}");
        }
    }

    private StoredFile Described(StoredFile file, string id) =>
        Entries(_json).FirstOrDefault(entry => entry["id"]?.ToString() == id)?["description"] is { } description ? file with { Description = description.ToString() } : file;

    // attachment://NAME becomes the address of that file.
    private static void Resolve(JsonNode node, StoredMessage message)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array.Where(item => item is not null))
                {
                    Resolve(item!, message);
                }

                break;
            case JsonObject media when media["url"] is JsonValue value && value.TryGetValue(out string? url) && url.StartsWith("attachment://", StringComparison.Ordinal):
                var file = message.Files.Last(file => file.Name == url["attachment://".Length..]);
                media["url"] = UrlOf(message, file);
                media["proxy_url"] = UrlOf(message, file);
                media["content_type"] = file.ContentType;
                media["width"] = file.Width;
                media["height"] = file.Height;
                media["id"] = $"{file.Id}";
                media["attachment_id"] = $"{file.Id}";
                if (media.Parent is JsonObject holder && media.GetPropertyName() == "file")
                {
                    (holder["name"], holder["size"]) = (file.Name, file.Length);
                }

                break;
            case JsonObject item:
                foreach (var child in item.Where(child => child.Value is JsonObject or JsonArray).Select(child => child.Value!).ToList())
                {
                    Resolve(child, message);
                }

                break;
        }
    }
}
