using System.Diagnostics;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>Writes requests in the form of each program.</summary>
internal static class WebUiRequests
{
    /// <summary>The body of a call.</summary>
    /// <param name="task">The id that the task is to have.</param>
    public static JsonObject Body(
        StableDiffusionWebUiOptions options,
        WebUiModels models,
        BackendCapabilities capabilities,
        ImageRequest request,
        PaintingSources sources,
        WebUiFlavor flavor,
        string task)
    {
        var (model, defaults) = (models.SettingsOf(request.Model), models.DefaultsOf(request.Model));
        var guidance = model.Guidance ?? defaults.Guidance;

        // Forge has the model's own guidance in a field of its own; SD.Next has one field for both.
        var isDistilled = defaults.IsGuidanceEmbedded && flavor != WebUiFlavor.SdNext;

        // One at a time: how many fit into the memory of the operator's GPU is unknown. The server gives picture i the seed + i.
        var body = new JsonObject
        {
            ["prompt"] = PromptWriter.Positive(request, WebUiPromptSyntax.Instance, capabilities),
            ["negative_prompt"] = capabilities.Negative ? PromptWriter.Negative(request, WebUiPromptSyntax.Instance) : "",
            ["seed"] = request.Seed,
            ["batch_size"] = 1,
            ["n_iter"] = request.Count,
            ["steps"] = model.StepsOf(request, defaults.Steps),
            ["cfg_scale"] = isDistilled ? 1 : guidance,
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["send_images"] = true,
            ["save_images"] = false,
            ["force_task_id"] = task,
        };
        if (isDistilled)
        {
            body["distilled_cfg_scale"] = guidance;
        }

        if (model.Sampler is { } sampler)
        {
            body["sampler_name"] = sampler;
        }

        if (model.Scheduler is { } scheduler)
        {
            body["scheduler"] = scheduler;
        }

        if (request.Model.Length > 0)
        {
            body["override_settings"] = new JsonObject { ["sd_model_checkpoint"] = request.Model };
            body["override_settings_restore_afterwards"] = true;
        }

        if (!sources.Original.IsEmpty)
        {
            body["init_images"] = new JsonArray(Convert.ToBase64String(sources.Original.Span));
            body["denoising_strength"] = options.VariationStrength;
        }

        AddReferences(body, options.IpAdapter, [.. sources.References.Take(capabilities.References)], request.ReferenceWeight, flavor);
        return body;
    }

    private static void AddReferences(JsonObject body, string adapter, ReadOnlyMemory<byte>[] references, double weight, WebUiFlavor flavor)
    {
        if (references.Length == 0)
        {
            return;
        }

        if (flavor == WebUiFlavor.SdNext)
        {
            body["ip_adapter"] = new JsonArray(new JsonObject
            {
                ["adapter"] = adapter,
                ["images"] = new JsonArray([.. references.Select(reference => (JsonNode)Convert.ToBase64String(reference.Span))]),
                ["masks"] = new JsonArray(),
                ["scale"] = weight,
                ["start"] = 0,
                ["end"] = 1,
                ["crop"] = false,
            });
            return;
        }

        var module = flavor switch
        {
            WebUiFlavor.Forge => "CLIP-ViT-H (IPAdapter)",
            WebUiFlavor.Automatic1111 => "ip-adapter-auto",
            _ => throw new UnreachableException($"The flavor {flavor} has no module for references."),
        };

        // The effects of several units add up: each gets an equal share of the weight.
        body["alwayson_scripts"] = new JsonObject
        {
            ["ControlNet"] = new JsonObject
            {
                ["args"] = new JsonArray([.. references.Select(reference => (JsonNode)new JsonObject
                {
                    ["enabled"] = true,
                    ["module"] = module,
                    ["model"] = adapter,
                    ["image"] = Convert.ToBase64String(reference.Span),
                    ["weight"] = Math.Round(weight / references.Length, 3),
                    ["guidance_start"] = 0,
                    ["guidance_end"] = 1,
                    ["control_mode"] = "Balanced",
                    ["resize_mode"] = "Crop and Resize",
                    ["pixel_perfect"] = false,
                    ["save_detected_map"] = false,
                })]),
            },
        };
    }
}
