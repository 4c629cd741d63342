using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>Reads the answers of the interface: pictures and errors.</summary>
internal sealed class WebUiAnswers(string name, StableDiffusionWebUiOptions options)
{
    private readonly PictureReceiver _pictures = new(name, options);

    /// <summary>The pictures of an answer: a grid may come before them and control maps after them.</summary>
    /// <param name="isInterrupted">Whether we interrupted the task, so that the last picture is unfinished.</param>
    /// <exception cref="BackendException">There is no picture.</exception>
    public async Task<PaintingResult> PicturesAsync(BackendAnswer answer, ImageRequest request, bool isInterrupted)
    {
        var count = request.Count;
        var body = answer.Json();
        var images = body["images"] as JsonArray ?? throw answer.Unexpected("has no images");
        JsonNode? info = null;
        try
        {
            info = (string?)body["info"] is { } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            // Some servers send an empty text.
        }

        var first = (int?)info?["index_of_first_image"] ?? 0;
        var available = images.Count - first;
        var planned = (info?["all_seeds"] as JsonArray)?.Count is > 0 and var seeds ? seeds : available;
        var painted = Math.Min(planned, available);
        var received = new ReceivedPictures();
        // Of an interrupted task all seeds are listed.
        var isUnfinished = isInterrupted || planned > available;
        if (painted < count || isUnfinished)
        {
            var incomplete = isInterrupted
                ? new BackendException(BackendFault.TimedOut, $"{name} did not finish every picture in its time.")
                : new BackendException(BackendFault.Failed, $"{name} painted {painted} pictures of {count}{(isUnfinished ? ": it may have been interrupted on the server" : " in one call")}.");
            painted = isUnfinished ? Math.Max(0, painted - 1) : painted;
            received.Lose(incomplete, count - painted);
        }

        foreach (var (position, image) in images.Skip(first).Take(Math.Min(painted, count)).Index())
        {
            await received.AddAsync(position, () => _pictures.ReadBase64((string?)image ?? throw answer.Unexpected("has an image without data"), request));
        }

        return received.Result();
    }

    /// <summary>Converts an error status into a message for the operator.</summary>
    public BackendException Refusal(BackendAnswer answer, ImageRequest? request = null)
    {
        var words = answer.Words();
        switch (answer.Status)
        {
            // FastAPI answers an unknown path so; the interface itself answers 404 with a reason.
            case HttpStatusCode.NotFound when words is "" or "Not Found" || answer.TryJson() is null:
                return new(BackendFault.Misconfigured, $"{name} has no /sdapi: start it with --api. (The server at Backends:{name}:Url answered 404.)");
            case HttpStatusCode.NotFound when request is not null && words.Contains("sampler", StringComparison.OrdinalIgnoreCase):
                var sampler = ModelOptions.Of(options, request.Model).Sampler;
                return new(BackendFault.Misconfigured, $"{name} does not have the sampler \"{sampler}\": set Backends:{name}:Sampler, or Sampler of the model, to one that it lists at /sdapi/v1/samplers.") { ServerResponse = words };
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new(BackendFault.Misconfigured, $"{name} rejected the user name or password: set Backends:{name}:User and Password to the values of --api-auth.") { ServerResponse = words };
            case HttpStatusCode.UnprocessableEntity when words.Contains("always on script", StringComparison.OrdinalIgnoreCase):
                return new(BackendFault.Misconfigured, $"{name} lacks the ControlNet extension that Backends:{name}:IpAdapter needs: install it, or leave the setting empty.") { ServerResponse = words };
            default:
                return answer.Refused();
        }
    }
}
