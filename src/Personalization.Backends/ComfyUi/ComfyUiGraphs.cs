using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>Turns a request into one graph per picture, built in or the operator's workflow, and uploads what they need.</summary>
internal sealed class ComfyUiGraphs(ComfyUiOptions options, ComfyUiWorkflow? workflow, ComfyUiModels models, ComfyUiFiles files)
{
    /// <param name="model">The model of the request; null for the workflow.</param>
    /// <param name="job">Part of the names of the job's files.</param>
    /// <returns>The graphs in the order of the pictures, and how many files were uploaded.</returns>
    /// <exception cref="BackendException">The server does not take a file.</exception>
    public async Task<(IReadOnlyList<JsonObject> Graphs, int Uploads)> BuildAsync(
        ImageRequest request,
        PaintingSources sources,
        BackendCapabilities capabilities,
        ComfyUiModel? model,
        string job,
        CancellationToken cancellationToken)
    {
        var prompt = PromptWriter.Positive(request, ComfyUiPromptSyntax.Instance, capabilities);
        var negative = capabilities.Negative ? PromptWriter.Negative(request, ComfyUiPromptSyntax.Instance) : "";
        var references = new List<string>();
        foreach (var reference in sources.References.Take(capabilities.References))
        {
            references.Add(await files.UploadAsync(reference, job, references.Count, cancellationToken));
        }

        var original = capabilities.Variations && !sources.Original.IsEmpty ? await files.UploadAsync(sources.Original, job, references.Count, cancellationToken) : null;
        JsonObject[] graphs =
        [
            .. Enumerable.Range(0, request.Count).Select(request.SeedOf).Select(seed => model is null
                ? workflow!.With(Values(request, capabilities, prompt, negative, seed, references, original), request.MaxSteps)
                : Graph(request, model, prompt, negative, seed, references, original)),
        ];
        foreach (var graph in graphs)
        {
            PaintAgain(graph, job);
        }

        return (graphs, references.Count + (original is null ? 0 : 1));
    }

    private JsonObject Graph(ImageRequest request, ComfyUiModel model, string prompt, string negative, uint seed, List<string> references, string? original)
    {
        var settings = models.SettingsOf(request.Model);
        return new ComfyUiGraph(
            model,
            settings,
            settings.StepsOf(request, settings.DefaultsOf(request.Model).Steps),
            prompt,
            negative,
            seed,
            request.Width,
            request.Height,
            original is null ? null : (original, options.VariationStrength),
            (references, request.ReferenceWeight)).Build(options);
    }

    private Dictionary<string, JsonNode?> Values(ImageRequest request, BackendCapabilities capabilities, string prompt, string negative, uint seed, List<string> references, string? original)
    {
        var values = new Dictionary<string, JsonNode?>
        {
            ["prompt"] = prompt,
            ["negative"] = negative,
            ["seed"] = seed,
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["batch"] = 1,
        };
        if (request.Model.Length > 0)
        {
            values["checkpoint"] = request.Model;
        }

        if (references.Count > 0)
        {
            values["reference"] = references[0];
            values["referenceWeight"] = request.ReferenceWeight;
        }
        else
        {
            // Without a reference, the picture in the workflow must have no effect.
            values["referenceWeight"] = 0;
        }

        if (capabilities.Variations)
        {
            // Without an original, the picture in the workflow must be painted over completely.
            values["denoise"] = original is null ? 1 : options.VariationStrength;
        }

        if (original is not null)
        {
            values["original"] = original;
        }

        return values;
    }

    /// <summary>
    /// Has the picture painted, and written to a new file. The server keeps the results of nodes by their class and all inputs of
    /// theirs and of the nodes before them, and executes none again: that would prove nothing about seeds, and name the file of
    /// last time, which may have been deleted. An input that a node does not declare is part of the key and otherwise ignored
    /// (ComfyUI, <c>get_immediate_node_signature</c> in <c>comfy_execution/caching.py</c>, <c>get_input_data</c> in
    /// <c>execution.py</c>). Models stay loaded: only what has a seed, or leads nowhere, as outputs do, is marked.
    /// </summary>
    private static void PaintAgain(JsonObject graph, string job)
    {
        var nodes = graph.Select(node => (Id: node.Key, Inputs: node.Value?["inputs"] as JsonObject ?? [])).ToArray();
        var followed = nodes.SelectMany(node => node.Inputs).Select(input => (input.Value as JsonArray)?.FirstOrDefault()?.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, inputs) in nodes)
        {
            if (inputs.ContainsKey("seed") || inputs.ContainsKey("noise_seed") || !followed.Contains(id))
            {
                inputs["personalization_job"] = job;
            }

            if (inputs["filename_prefix"] is JsonValue prefix && prefix.TryGetValue<string>(out var text))
            {
                inputs["filename_prefix"] = $"{text}-{job}";
            }
        }
    }
}
