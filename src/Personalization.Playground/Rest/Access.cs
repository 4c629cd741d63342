using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>What a request names, where the bot may know of it.</summary>
internal static class Access
{
    /// <summary>The channel of a path.</summary>
    /// <exception cref="DiscordError">There is none, or the bot does not see it.</exception>
    public static Place Seen(this PlaceDirectory places, RestRequest request)
    {
        var place = places.Find(request.Id("channel")) ?? throw DiscordError.UnknownChannel;
        return places.CanSee(place, places.Bot) ? place : throw DiscordError.MissingAccess;
    }

    /// <summary>The server of a path.</summary>
    /// <exception cref="DiscordError">There is none, or the bot is not in it.</exception>
    public static PlaygroundGuild Joined(this PlaceDirectory places, RestRequest request)
    {
        var id = request.Id("guild");
        var guild = places.Options.Guilds.FirstOrDefault(known => known.Id == id) ?? throw DiscordError.UnknownGuild;
        return guild.HasBot ? guild : throw DiscordError.MissingAccess;
    }
}
