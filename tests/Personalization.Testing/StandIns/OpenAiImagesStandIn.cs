using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>OpenAI Images, LocalAI or sd-server: rejects, ignores and answers as the selected service does.</summary>
public sealed partial class OpenAiImagesStandIn : StandIn
{
    /// <summary>The services with this interface.</summary>
    public const string OpenAi = "OpenAI", LocalAi = "LocalAI", SdServer = "sd-server";

    private static readonly string[] Sizes = ["auto", "1024x1024", "1536x1024", "1024x1536"];
    private static readonly string[] GptFields = ["model", "prompt", "n", "size", "quality", "moderation", "output_format", "output_compression", "background", "stream", "partial_images", "user"];

    private int _painted;

    public string Service { get; init; } = OpenAi;

    public string? Key { get; init; }

    /// <summary>The models that it lists; null for the service's own.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The file that sd-server was started with.</summary>
    public string File { get; init; } = "sd15.safetensors";

    /// <summary>A prompt with these words violates its rules.</summary>
    public string Forbidden { get; init; } = "forbidden";

    protected override void Forget() => _painted = 0;

    protected override void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (Key is { } key && !context.Request.Path.StartsWithSegments("/generated-images", StringComparison.Ordinal) && context.Request.Headers.Authorization != $"Bearer {key}")
            {
                await Status(401, """{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""")(context);
                return;
            }

            if (context.Request.Path.StartsWithSegments("/generated-images", StringComparison.Ordinal) && context.Request.Headers.Authorization.Count > 0)
            {
                // The key must not be sent with requests for files.
                context.Response.StatusCode = 400;
                return;
            }

            await next(context);
        });
        string[] listed = Service switch { SdServer => ["sd-cpp-local"], LocalAi => ["stablediffusion", "sd15"], _ => ["gpt-image-1", "dall-e-3"] };
        app.MapGet("/v1/models", () => Results.Json(new { data = (Models ?? listed).Select(id => new { id, @object = "model", owned_by = "local" }) }));
        if (Service == SdServer)
        {
            app.MapGet("/sdcpp/v1/capabilities", () => Results.Json(new
            {
                model = new { name = File, stem = Path.GetFileNameWithoutExtension(File), path = $"/models/{File}" },
                defaults_by_mode = new { img_gen = new { width = 512, height = 512, seed = 42, sample_params = new { sample_steps = 20, guidance = new { txt_cfg = 7 } } } },
            }));
        }

        app.MapPost("/v1/images/generations", (Delegate)GenerateAsync);
        app.MapPost("/v1/images/edits", (Delegate)EditAsync);
        app.MapGet("/generated-images/{name}", (string name) => Results.Bytes(PaintedPng.Paint(512, 512, null, "", name), "image/png"));
    }

    private IResult Invalid(string message, string code = "invalid_value") => Service == SdServer
        ? Results.Json(new { error = message }, statusCode: 400)
        : Results.Json(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } }, statusCode: 400);

    private async Task<IResult> GenerateAsync(HttpContext context)
    {
        var request = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        if (request["n"] is { } n && n.GetValueKind() != JsonValueKind.Number)
        {
            return Invalid("Invalid type for 'n': expected an integer.", "invalid_type");
        }

        return await AnswerAsync(context, request, "image_generation", references: "");
    }

    private async Task<IResult> EditAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (FormPart.Parse(context.Request.ContentType ?? "", body.ToArray()) is not { } form)
        {
            return Invalid("Could not parse multipart form.");
        }

        var files = form.Where(part => part.Name is "image" or "image[]").ToArray();
        if (files.Length is 0 or > 16 || files.Any(file => file is not { FileName.Length: > 0, ContentType: "image/png" or "image/jpeg" or "image/webp" }))
        {
            return Invalid("Missing required parameter: 'image'.");
        }

        // sd-server paints over the first one.
        var references = string.Concat(files.Take(Service == SdServer ? 1 : files.Length).Select(file => Convert.ToBase64String(file.Content)));
        var request = new JsonObject(form.Except(files).Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, field.Name is "n" or "partial_images" ? int.Parse(field.Text, CultureInfo.InvariantCulture) : field.Name == "stream" ? field.Text == "true" : field.Text)));
        return request.ContainsKey("moderation") && Service == OpenAi
            ? Invalid("Unknown parameter: 'moderation'.", "unknown_parameter")
            : await AnswerAsync(context, request, "image_edit", references);
    }

    private async Task<IResult> AnswerAsync(HttpContext context, JsonObject request, string kind, string references)
    {
        var model = (string?)request["model"] ?? "dall-e-2";
        var prompt = (string?)request["prompt"] ?? "";
        var size = (string?)request["size"] ?? "auto";
        if (Service == OpenAi && (model.StartsWith("gpt-image-1", StringComparison.Ordinal) || model.StartsWith("chatgpt-image", StringComparison.Ordinal)))
        {
            if (request.Select(field => field.Key).FirstOrDefault(field => !GptFields.Contains(field)) is { } unknown)
            {
                return Invalid($"Unknown parameter: '{unknown}'.", "unknown_parameter");
            }

            if (!Sizes.Contains(size))
            {
                return Invalid($"Invalid value: '{size}'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.");
            }
        }

        if (Service == OpenAi && model == "dall-e-3" && (int?)request["n"] is > 1)
        {
            return Invalid("You must provide n=1 for this model.");
        }

        var sides = size.Split('x').Select(side => int.Parse(side, CultureInfo.InvariantCulture)).ToArray();
        if (Service == OpenAi && model.StartsWith("gpt-image-2", StringComparison.Ordinal) && (sides.Any(side => side % 16 != 0) || sides.Max() > 3 * sides.Min() || sides.Max() > 3840))
        {
            return Invalid($"Invalid size '{size}'.");
        }

        if (prompt.Contains(Forbidden, StringComparison.Ordinal))
        {
            return Invalid("Your request was rejected by the safety system.", "moderation_blocked");
        }

        if (Service == SdServer)
        {
            return PaintAsSdServer(request, sides, references);
        }

        var count = Service == LocalAi ? 1 : (int?)request["n"] ?? 1;
        if ((bool?)request["stream"] == true && Service == OpenAi)
        {
            await StreamAsync(context, (int?)request["partial_images"] ?? 0, kind, () => Paint(sides, prompt, references));
            return Results.Empty;
        }

        var isData = model.Contains("gpt-image", StringComparison.Ordinal) || (string?)request["response_format"] == "b64_json";
        return Results.Json(new
        {
            created = 1,
            data = Enumerable.Range(0, count).Select(_ => isData
                ? new { b64_json = (string?)Convert.ToBase64String(Paint(sides, prompt, references)), url = (string?)null }
                : new { b64_json = (string?)null, url = (string?)new Uri(Address, $"/generated-images/{Interlocked.Increment(ref _painted)}.png").ToString() }),
        });
    }

    /// <summary>
    /// Takes a seed only from within the prompt, otherwise its own, so that equal calls give equal pictures; picture i has the
    /// seed + i. Of the pictures of an edit, it paints over the first and drops the others.
    /// </summary>
    private static IResult PaintAsSdServer(JsonObject request, int[] sides, string references)
    {
        const int OwnSeed = 42;

        var prompt = (string?)request["prompt"] ?? "";
        var found = ExtraArguments().Match(prompt);
        var arguments = found.Success ? JsonNode.Parse(found.Groups["json"].Value) as JsonObject : null;
        prompt = ExtraArguments().Replace(prompt, "");
        var seed = arguments?["seed"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<long>() : OwnSeed;
        var negative = (string?)arguments?["negative_prompt"] ?? "";
        var isMarked = arguments?["embed_image_metadata"]?.GetValueKind() != JsonValueKind.False;
        int[] rounded = [.. sides.Select(side => (Math.Clamp(side, 64, 4096) + 63) / 64 * 64)];
        return Results.Json(new
        {
            created = 1,
            output_format = "png",
            data = Enumerable.Range(0, (int?)request["n"] ?? 1).Select(i => new
            {
                b64_json = Convert.ToBase64String(PaintedPng.Paint(rounded[0], rounded[1], isMarked ? prompt : null, "parameters", prompt, negative, seed + i, arguments?["sample_params"]?.ToJsonString(), references)),
            }),
        });
    }

    [GeneratedRegex("<sd_cpp_extra_args>(?<json>.*?)</sd_cpp_extra_args>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ExtraArguments();

    // There are no seeds: no two calls give the same picture.
    private byte[] Paint(int[] sides, string prompt, string references) =>
        PaintedPng.Paint(sides[0], sides[1], prompt, "parameters", prompt, references, Interlocked.Increment(ref _painted));

    private static async Task StreamAsync(HttpContext context, int partials, string kind, Func<byte[]> paint)
    {
        context.Response.ContentType = "text/event-stream";
        for (var i = 0; i <= partials; i++)
        {
            var type = i < partials ? $"{kind}.partial_image" : $"{kind}.completed";
            var data = new JsonObject { ["type"] = type, ["b64_json"] = Convert.ToBase64String(paint()) };
            if (i < partials)
            {
                data["partial_image_index"] = i;
            }

            await context.Response.WriteAsync($"event: {type}\ndata: {data.ToJsonString()}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }
}
