using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Personalization.Playground.Rest;

/// <summary>What every route shares: the bot's token, rate limits, failures on demand, and refusals in Discord's words.</summary>
internal sealed class RestApi(RestRateLimits limits, PlaygroundServer server)
{
    // What Discord keeps a bucket of its own for.
    private static readonly string[] MajorParameters = ["channel", "guild", "application", "interaction", "token"];

    /// <summary>Maps what needs the bot's token.</summary>
    public void Map(RouteGroupBuilder api, string method, string path, Func<RestRequest, IResult> handler) =>
        Map(api, method, path, isInteraction: false, handler);

    /// <summary>Maps what needs only the interaction's own token, which is in its path.</summary>
    public void MapOpen(RouteGroupBuilder api, string method, string path, Func<RestRequest, IResult> handler) =>
        Map(api, method, path, isInteraction: true, handler);

    private void Map(RouteGroupBuilder api, string method, string path, bool isInteraction, Func<RestRequest, IResult> handler) =>
        api.MapMethods(path, [method], async context =>
        {
            var result = await AnswerAsync(context, $"{method} {path}", isInteraction, handler);
            await result.ExecuteAsync(context);
        });

    private async Task<IResult> AnswerAsync(HttpContext context, string route, bool isInteraction, Func<RestRequest, IResult> handler)
    {
        CdnUrl.Follow(context.Request);
        try
        {
            Authorize(context.Request, isInteraction);
            if (server.TakeFailure(context.Request) is { } failure)
            {
                return failure;
            }

            var major = string.Join(' ', MajorParameters.Select(name => context.Request.RouteValues[name]));
            var isCallback = route.EndsWith("/callback", StringComparison.Ordinal);
            if (!isCallback && limits.Count(context.Response, route, major, isInteraction) is var (wait, isGlobal))
            {
                context.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
                context.Response.Headers["X-RateLimit-Scope"] = isGlobal ? "global" : "user";
                return RestRequest.Json(DiscordError.RateLimited(wait, isGlobal), StatusCodes.Status429TooManyRequests);
            }

            var form = await RequestForm.ReadAsync(context.Request, context.RequestAborted);
            server.Record(context.Request, form);
            return handler(new(context, form));
        }
        catch (DiscordError error)
        {
            return RestRequest.Json(error.ToJson(), error.Status);
        }
    }

    private void Authorize(HttpRequest request, bool isInteraction)
    {
        if (request.Headers.UserAgent.Count == 0)
        {
            throw new DiscordError(403, 40333, "internal network error");
        }

        if (isInteraction)
        {
            return;
        }

        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bot ", StringComparison.Ordinal) || !server.Accepts(authorization))
        {
            throw DiscordError.Unauthorized;
        }
    }
}
