using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Personalization.Playground.Rest;

/// <summary>Discord's REST interface, as far as bots of this kind use it.</summary>
internal sealed class RestEndpoints(ApplicationRoutes application, CommandRoutes commands, InteractionRoutes interactions, MessageRoutes messages, ChannelRoutes channels, GuildRoutes guilds)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // Libraries name the version, or leave it to Discord's default.
        foreach (var prefix in new[] { "/api/v10", "/api" })
        {
            var api = routes.MapGroup(prefix);
            application.Map(api);
            commands.Map(api);
            interactions.Map(api);
            messages.Map(api);
            channels.Map(api);
            guilds.Map(api);
            api.MapFallback("{**path}", () => RestRequest.Json(DiscordError.NotFound.ToJson(), DiscordError.NotFound.Status));
        }
    }
}
