using System.Text.Json.Nodes;

namespace Personalization.Playground.Rest;

/// <summary>A refusal in Discord's words: status, code, message and, for a form, where it is wrong.</summary>
internal sealed class DiscordError(int status, int code, string message, JsonObject? errors = null) : Exception(message)
{
    public int Status => status;

    public static DiscordError Unauthorized => new(401, 0, "401: Unauthorized");

    public static DiscordError UnknownInteraction => new(404, 10062, "Unknown interaction");

    public static DiscordError AlreadyAcknowledged => new(400, 40060, "Interaction has already been acknowledged.");

    public static DiscordError UnknownWebhook => new(404, 10015, "Unknown Webhook");

    public static DiscordError InvalidWebhookToken => new(401, 50027, "Invalid Webhook Token");

    public static DiscordError ThreadArchived => new(400, 50083, "Thread is archived");

    public static DiscordError UnknownMessage => new(404, 10008, "Unknown Message");

    public static DiscordError UnknownChannel => new(404, 10003, "Unknown Channel");

    public static DiscordError UnknownGuild => new(404, 10004, "Unknown Guild");

    public static DiscordError UnknownMember => new(404, 10007, "Unknown Member");

    public static DiscordError UnknownRole => new(404, 10011, "Unknown Role");

    public static DiscordError UnknownUser => new(404, 10013, "Unknown User");

    public static DiscordError UnknownCommand => new(404, 10063, "Unknown application command");

    public static DiscordError UnknownPermissions => new(404, 10066, "Unknown application command permissions");

    public static DiscordError TooManyFollowUps => new(400, 40094, "This interaction has reached the maximum number of follow up messages");

    public static DiscordError MissingAccess => new(403, 50001, "Missing Access");

    public static DiscordError MissingPermissions => new(403, 50013, "Missing Permissions");

    public static DiscordError CannotMessageUser => new(403, 50007, "Cannot send messages to this user");

    public static DiscordError WrongChannelType => new(400, 50024, "Cannot execute action on this channel type");

    public static DiscordError ThreadExists => new(400, 160004, "A thread has already been created for this message");

    public static DiscordError NotFound => new(404, 0, "404: Not Found");

    public static DiscordError EmptyMessage => new(400, 50006, "Cannot send an empty message");

    public static DiscordError NotTheAuthor => new(403, 50005, "Cannot edit a message authored by another user");

    public static DiscordError TooLarge => new(413, 40005, "Request entity too large");

    public static DiscordError InvalidForm(JsonObject errors) => new(400, 50035, "Invalid Form Body", errors);

    /// <summary>The body of a 429.</summary>
    public static JsonObject RateLimited(TimeSpan wait, bool isGlobal) =>
        new() { ["message"] = "You are being rate limited.", ["retry_after"] = wait.TotalSeconds, ["global"] = isGlobal, ["code"] = 0 };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["message"] = Message, ["code"] = code };
        if (errors is not null)
        {
            json["errors"] = errors.DeepClone();
        }

        return json;
    }
}
