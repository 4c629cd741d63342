using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.OpenAiImages;

/// <summary>Writes calls in the form of OpenAI's image interface, or as sd-server extends it.</summary>
internal sealed class OpenAiRequests(OpenAiImagesOptions options)
{
    private PromptSyntax Syntax => IsOpenAi(options.Url!) ? OpenAiPromptSyntax.Instance : OpenAiCompatiblePromptSyntax.Instance;

    /// <summary>Whether the address is OpenAI's own service, directly or on Azure, and not a compatible server.</summary>
    public static bool IsOpenAi(Uri server) =>
        $".{server.Host}".EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || server.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>The fields of a call, with an empty prompt.</summary>
    /// <param name="count">Pictures to ask for.</param>
    public JsonObject Fields(ImageRequest request, int count, bool isStreamed)
    {
        var model = OpenAiModels.NameOf(request.Model);
        var fields = new JsonObject
        {
            ["model"] = model,
            ["prompt"] = "",
            ["n"] = count,
            ["size"] = OpenAiModels.SizeFor(model, request.Width, request.Height),
        };
        if (OpenAiModels.IsGpt(model))
        {
            fields["quality"] = options.Quality;
            fields["moderation"] = options.Moderation;
            fields["output_format"] = "png";
            if (isStreamed)
            {
                fields["stream"] = true;
                fields["partial_images"] = options.PartialImages;
            }
        }
        else
        {
            // GPT models always send data, and reject this field.
            fields["response_format"] = "b64_json";
        }

        return fields;
    }

    /// <summary>The same for sd-server.</summary>
    public static JsonObject SdServerFields(ImageRequest request, int count) => new()
    {
        ["model"] = SdServerModel.ListedName,
        ["prompt"] = "",
        ["n"] = count,
        ["size"] = string.Create(CultureInfo.InvariantCulture, $"{request.Width}x{request.Height}"),
        ["output_format"] = "png",
    };

    /// <summary>What sd-server reads within a prompt besides its text, in the form of its own interface; picture i of a call has the seed + i.</summary>
    /// <param name="first">The position in the request of the call's first picture, from 0.</param>
    /// <param name="told">What the server told of its model; null for nothing.</param>
    public string ExtraArguments(ImageRequest request, BackendCapabilities capabilities, SdServerModel? told, int first)
    {
        var arguments = new JsonObject
        {
            ["seed"] = request.SeedOf(first),
            ["negative_prompt"] = capabilities.Negative ? PromptWriter.Negative(request, Syntax) : "",
            ["sample_params"] = SdServerModel.Sampling(told, ModelOptions.Of(options, request.Model), request),
            ["embed_image_metadata"] = false,
        };
        return $"<sd_cpp_extra_args>{arguments.ToJsonString(BackendClient.Plain)}</sd_cpp_extra_args>";
    }

    /// <param name="images">How many pictures are sent along.</param>
    public string Prompt(ImageRequest request, BackendCapabilities capabilities, int images, bool isVariation)
    {
        var words = PromptWriter.Positive(request, Syntax, capabilities);
        if (images == 0)
        {
            return words;
        }

        // The interface has no weight for references: it is expressed in words, in three steps.
        var how = request.ReferenceWeight switch { < 0.34 => "loosely ", > 0.67 => "closely ", _ => "" };
        return isVariation
            ? $"A variation of the attached picture: {words}"
            : $"{words}. Follow the style of the attached pictures {how}in colour, light and texture, and leave their subjects out.";
    }

    /// <summary>A picture from words alone.</summary>
    public static HttpRequestMessage Generation(JsonObject fields) => new(HttpMethod.Post, "images/generations")
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(fields.ToJsonString(BackendClient.Plain))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    /// <summary>A picture from words and pictures.</summary>
    public static HttpRequestMessage Edit(JsonObject fields, ReadOnlyMemory<byte>[] images)
    {
        var content = new FormData();
        foreach (var (field, value) in fields)
        {
            // Edits do not accept the field moderation.
            if (field != "moderation")
            {
                content.Add(field, value!.GetValueKind() == JsonValueKind.True ? "true" : value.ToString());
            }
        }

        for (var i = 0; i < images.Length; i++)
        {
            content.Add("image[]", $"style-{i + 1}.png", images[i]);
        }

        return new(HttpMethod.Post, "images/edits") { Content = content };
    }
}
