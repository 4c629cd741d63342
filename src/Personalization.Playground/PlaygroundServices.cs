using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Personalization.Playground.Gateway;
using Personalization.Playground.Interactions;
using Personalization.Playground.People;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground;

/// <summary>
/// A simulation of Discord for one computer: its gateway, its REST interface, and a chat page for people. It lives in
/// whatever web host it is added to.
/// </summary>
public static class PlaygroundServices
{
    public static IServiceCollection AddPlayground(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<PlaygroundOptions>();
        services.AddSingleton(provider => new PlaygroundServer(provider.GetRequiredService<IOptions<PlaygroundOptions>>(), provider.GetRequiredService<Threads>()));
        services.AddSingleton<Snowflakes>();
        services.AddSingleton<ChatStore>();
        services.AddSingleton<Chat>();
        services.AddSingleton<MessageJson>();
        AddPlaces(services);
        AddGateway(services);
        AddRest(services);
        services.AddSingleton<LiveHub>();
        services.AddSingleton<PagePlaces>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<CommandRegistry>();
        services.AddSingleton<InteractionEvent>();
        services.AddSingleton<InteractionDesk>();
        services.AddSingleton<PersonInteractions>();
        services.AddSingleton<PersonEndpoints>();
        return services;
    }

    /// <summary>
    /// Maps the chat page to <c>/</c>, the REST interface to <c>/api/v10</c> and the gateway to <c>/gateway</c>. The host
    /// must use WebSockets.
    /// </summary>
    public static IEndpointRouteBuilder MapPlayground(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<RestEndpoints>().Map(routes);
        routes.ServiceProvider.GetRequiredService<PersonEndpoints>().Map(routes);
        routes.MapGet("/gateway", GatewayAsync);
        MapPage(routes);
        return routes;
    }

    private static void AddPlaces(IServiceCollection services)
    {
        services.AddSingleton<Threads>();
        services.AddSingleton<Chronicle>();
        services.AddSingleton<PlaceDirectory>();
        services.AddSingleton<ChannelJson>();
        services.AddSingleton<GuildJson>();
    }

    private static void AddGateway(IServiceCollection services)
    {
        services.AddSingleton<GatewayHub>();
        services.AddSingleton<GatewayGreeting>();
    }

    private static void AddRest(IServiceCollection services)
    {
        services.AddSingleton<RestRateLimits>();
        services.AddSingleton<RestApi>();
        services.AddSingleton<RestEndpoints>();
        services.AddSingleton<ApplicationRoutes>();
        services.AddSingleton<CommandRoutes>();
        services.AddSingleton<InteractionRoutes>();
        services.AddSingleton<MessageRoutes>();
        services.AddSingleton<ChannelRoutes>();
        services.AddSingleton<GuildRoutes>();
    }

    private static async Task GatewayAsync(HttpContext context, GatewayGreeting greeting, GatewayHub hub, PlaygroundServer server, TimeProvider time)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var resumeUrl = new Uri($"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host}/gateway");
        using var connection = new GatewayConnection(socket, context.Request.Query["compress"] == "zlib-stream", resumeUrl, greeting, hub, server, time);
        await connection.RunAsync(context.RequestAborted);
    }

    private static void MapPage(IEndpointRouteBuilder routes)
    {
        var files = new ManifestFiles();
        routes.MapGet("/", () => files.Send("index.html"));
        routes.MapGet("/assets/{**path}", (string path) => files.Send(path));
    }

    // The page's files are in the assembly, so that the playground is one reference and nothing to deploy.
    private sealed class ManifestFiles
    {
        private readonly FileExtensionContentTypeProvider _types = new();

        public IResult Send(string path)
        {
            var stream = typeof(ManifestFiles).Assembly.GetManifestResourceStream($"wwwroot/{path}");
            return stream is null
                ? Results.NotFound()
                : Results.Stream(stream, _types.TryGetContentType(path, out var type) ? type : "application/octet-stream");
        }
    }
}
