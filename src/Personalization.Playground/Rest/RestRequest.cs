using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Personalization.Playground.Rest;

/// <summary>A request to the REST interface: the parts of its path, its query and its body.</summary>
internal sealed record RestRequest(HttpContext Context, RequestForm Form)
{
    public JsonObject Body => Form.Object;

    /// <summary>An answer of the type <c>application/json</c> and nothing after it: some clients compare it whole.</summary>
    public static IResult Json(JsonNode json, int status = StatusCodes.Status200OK) => Results.Content(json.ToJsonString(), "application/json", statusCode: status);

    public string Text(string part) => Context.Request.RouteValues[part]?.ToString() ?? "";

    /// <exception cref="DiscordError">The part is no id.</exception>
    public ulong Id(string part) => ulong.TryParse(Text(part), out var id) ? id : throw DiscordError.NotFound;

    public bool Flag(string name) => bool.TryParse(Context.Request.Query[name], out var isSet) && isSet;

    /// <summary>A number from 1 to a maximum.</summary>
    public int Limit(int usual, int maximum) => int.TryParse(Context.Request.Query["limit"], out var limit) ? Math.Clamp(limit, 1, maximum) : usual;

    public ulong? Snowflake(string name) => ulong.TryParse(Context.Request.Query[name], out var id) ? id : null;
}
