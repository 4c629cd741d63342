using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>Asks the server what its models are, and which of its files belong to a model in parts.</summary>
internal sealed class ComfyUiModels(string name, BackendClient client, ComfyUiOptions options, TimeProvider time)
{
    private const int MaxListed = 8;

    private readonly ConcurrentDictionary<string, (ComfyUiModel Model, long? Asked)> _known = new(StringComparer.Ordinal);

    /// <summary>The settings of a model, with the family that the server told, if it was asked.</summary>
    public ModelOptions SettingsOf(string model)
    {
        var settings = ModelOptions.Of(options, model);
        return _known.TryGetValue(model, out var known) ? settings with { Family = known.Model.Family } : settings;
    }

    /// <summary>Whether a model was found a moment ago, so that the server is not asked again.</summary>
    public bool IsKnown(string model) => _known.TryGetValue(model, out var known) && known.Asked is { } asked && time.GetElapsedTime(asked) < Inspection.Lifetime;

    /// <summary>Has the server asked again the next time; until then the model is what it was.</summary>
    public void Forget(string model)
    {
        if (_known.TryGetValue(model, out var known))
        {
            _known[model] = known with { Asked = null };
        }
    }

    /// <summary>Finds a model on the server, and the files that it needs.</summary>
    /// <exception cref="BackendException">The server does not have it, or not what it needs, or its family has no built-in graph.</exception>
    public async Task<ComfyUiModel> FindAsync(string model, CancellationToken cancellationToken)
    {
        if (IsKnown(model) && _known.TryGetValue(model, out var known))
        {
            return known.Model;
        }

        var checkpoints = await ChoicesAsync("CheckpointLoaderSimple", "ckpt_name", cancellationToken);
        var isCheckpoint = checkpoints.Contains(model, StringComparer.Ordinal);
        var others = isCheckpoint ? [] : await ChoicesAsync("UNETLoader", "unet_name", cancellationToken);
        if (!isCheckpoint && !others.Contains(model, StringComparer.Ordinal))
        {
            throw Misconfigured($"The model \"{model}\" is not on {name}; its checkpoints are {Some(checkpoints)}; its diffusion models are {Some(others)}. Set the Model of Imagine:Versions to one of them.");
        }

        var family = ModelOptions.Of(options, model).Family ?? await FamilyOfAsync(model, isCheckpoint, cancellationToken);
        var found = await WithPartsAsync(new(model, isCheckpoint, family, [], ""), cancellationToken);
        _known[model] = (found, time.GetTimestamp());
        return found;
    }

    /// <summary>The choices of a node's input; empty if the server has no such node.</summary>
    public async Task<IReadOnlyList<string>> ChoicesAsync(string type, string input, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync($"object_info/{type}", cancellationToken);
        return ChoicesIn((answer.IsSuccess ? answer.Json() : throw answer.Refused())[type]?["input"]?["required"]?[input]);
    }

    /// <summary>The choices in the declaration of an input: [[...], {...}], of newer servers ["COMBO", {"options": [...]}].</summary>
    public static string[] ChoicesIn(JsonNode? declaration) =>
        declaration is JsonArray { Count: > 0 } parts && (parts[0] as JsonArray ?? (parts.Count > 1 ? parts[1]?["options"] as JsonArray : null)) is { } choices
            ? [.. choices.Select(choice => choice?.ToString() ?? "")]
            : [];

    /// <summary>Names, or the first of them.</summary>
    public static string Some(IReadOnlyList<string> names) =>
        names.Count == 0 ? "none" : string.Join(", ", names.Take(MaxListed)) + (names.Count > MaxListed ? " and others" : "");

    /// <summary>The family: from the metadata of the file, its name, or, of a checkpoint, its size.</summary>
    private async Task<ModelFamily> FamilyOfAsync(string model, bool isCheckpoint, CancellationToken cancellationToken)
    {
        var folder = isCheckpoint ? "checkpoints" : "diffusion_models";
        var architecture = await ArchitectureAsync(folder, model, cancellationToken);
        return ModelFamilyNames.IsAnother(model) ? throw Unknown(model, "its name is that of a variant which needs more than a prompt, or other files")
            : ModelFamilyNames.Of(architecture) ?? ModelFamilyNames.Of(model) ?? (isCheckpoint ? await FamilyBySizeAsync(model, cancellationToken) : null)
            ?? throw Unknown(model, architecture.Length > 0 ? $"its metadata names the architecture \"{architecture}\"" : $"neither its metadata nor its name tells a family{(isCheckpoint ? ", nor does its size" : "")}");
    }

    /// <summary>The architecture in the metadata of a safetensors file, which training and merging tools write; empty if there is none.</summary>
    private async Task<string> ArchitectureAsync(string folder, string model, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync($"view_metadata/{folder}?filename={Uri.EscapeDataString(model)}", cancellationToken);
        var metadata = answer.IsSuccess ? answer.TryJson() as JsonObject : null;
        string?[] named = [Text("modelspec.architecture"), Text("ss_base_model_version")];
        return named.FirstOrDefault(one => !string.IsNullOrWhiteSpace(one)) ?? "";

        string? Text(string key) => metadata?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    /// <summary>
    /// Stable Diffusion 1.x and XL by the size of a checkpoint with all its parts: 2.0 to 2.2, 4.2 to 4.4 (single precision) or
    /// 7.6 to 7.8 GB (with moving averages), and 6.4 to 7.2 GB.
    /// </summary>
    private async Task<ModelFamily?> FamilyBySizeAsync(string model, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync("experiment/models/checkpoints", cancellationToken);
        var file = (answer.IsSuccess ? answer.TryJson() as JsonArray : null)?.OfType<JsonObject>().FirstOrDefault(one => (string?)one["name"] == model);
        var gigabytes = ((double?)file?["size"] ?? 0) / 1e9;
        return gigabytes switch
        {
            (>= 1.9 and <= 2.3) or (>= 4.2 and <= 4.4) or (>= 7.6 and <= 7.8) => ModelFamily.StableDiffusion15,
            >= 6.4 and <= 7.2 => ModelFamily.StableDiffusionXl,
            _ => null,
        };
    }

    /// <summary>Finds the text encoders and the autoencoder, unless the checkpoint holds them.</summary>
    private async Task<ComfyUiModel> WithPartsAsync(ComfyUiModel model, CancellationToken cancellationToken)
    {
        var recipe = model.Recipe;
        if (model.IsCheckpoint && model.Family != ModelFamily.StableDiffusion3)
        {
            return model;
        }

        if (recipe.Vae is not { } vae)
        {
            throw Misconfigured($"The model \"{model.File}\" is on {name} without its parts ({model.Family}): use a checkpoint, which holds them, or set Backends:{name}:WorkflowFile to a workflow of your own.");
        }

        var encoders = await ChoicesAsync("CLIPLoader", "clip_name", cancellationToken);
        string?[] found = [.. recipe.Encoders.Select((part, i) => Chosen(model.Family, i) ?? part.In(encoders))];
        if (model.IsCheckpoint)
        {
            // The official files hold no encoders, those of others do: their own are used where the server has no others.
            return found.Contains(null) ? model : model with { Encoders = [.. found.OfType<string>()] };
        }

        var vaes = await ChoicesAsync("VAELoader", "vae_name", cancellationToken);
        var missing = recipe.Encoders.Zip(found).Where(one => one.Second is null).Select(one => $"models/text_encoders/{one.First.File}").ToList();
        var foundVae = Chosen(model.Family, recipe.Encoders.Count) ?? vae.In(vaes);
        if (foundVae is null)
        {
            missing.Add($"models/vae/{vae.File}");
        }

        return missing.Count == 0 ? model with { Encoders = [.. found.OfType<string>()], Vae = foundVae! } : throw Misconfigured(
            $"The model \"{model.File}\" ({model.Family}) needs {string.Join(" and ", missing)}, which {name} does not have; its text encoders are {Some(encoders)}; its VAEs are {Some(vaes)}. Put the files there, or set Backends:{name}:WorkflowFile to a workflow of your own.");
    }

    /// <summary>The file of a part of Flux.1 that the operator named; null if none.</summary>
    private string? Chosen(ModelFamily family, int part) =>
        family == ModelFamily.Flux && new[] { options.FluxT5, options.FluxClip, options.FluxVae }[part] is { Length: > 0 } named ? named : null;

    private BackendException Unknown(string model, string found) => Misconfigured(
        $"{name} has a model \"{model}\" of a family without a built-in graph: {found}. If it is one of {string.Join(", ", Enum.GetNames<ModelFamily>())}, set Backends:{name}:Models:{model}:Family; otherwise set Backends:{name}:WorkflowFile to a workflow of your own.");

    private static BackendException Misconfigured(string message) => new(BackendFault.Misconfigured, message);
}
