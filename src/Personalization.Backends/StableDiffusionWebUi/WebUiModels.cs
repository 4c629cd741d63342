using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>The checkpoints of a web UI: which there are, which one is loaded, and its family.</summary>
internal sealed class WebUiModels(string name, StableDiffusionWebUiOptions options, BackendClient client, WebUiAnswers answers)
{
    private const int MaxListed = 8;

    // What SD.Next calls the families (modules/modeldata.py, get_model_type).
    private static readonly Dictionary<string, ModelFamily> Types = new(StringComparer.Ordinal)
    {
        ["sd"] = ModelFamily.StableDiffusion15,
        ["sdxl"] = ModelFamily.StableDiffusionXl,
        ["sd3"] = ModelFamily.StableDiffusion3,
        ["f1"] = ModelFamily.Flux,
        ["f2"] = ModelFamily.Flux2,
        ["chroma"] = ModelFamily.Chroma,
        ["qwen"] = ModelFamily.QwenImage,
        ["zimage"] = ModelFamily.ZImage,
    };

    private readonly ConcurrentDictionary<string, bool> _checked = new(StringComparer.Ordinal);

    // By the model's name: what its metadata tells, null for nothing.
    private readonly ConcurrentDictionary<string, ModelFamily?> _families = new(StringComparer.Ordinal);
    private volatile Loaded _loaded = new("", null, []);

    /// <summary>Asks which checkpoint is loaded, SD.Next of which type it is, and the others for the metadata of a model.</summary>
    public async Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        var settings = await ObjectAsync("sdapi/v1/options", cancellationToken);
        var checkpoint = await ObjectAsync("sdapi/v1/checkpoint", cancellationToken);
        var title = settings?["sd_model_checkpoint"]?.ToString() ?? "";
        _loaded = new(title, checkpoint?["type"]?.ToString(), [title, .. NamesOf(checkpoint)]);
        _checked.Clear();
        if (NameOf(model) is { Length: > 0 } known && ModelOptions.Of(options, model).Family is null && TypeOf(model) is null)
        {
            _families[known] = await FamilyInMetadataAsync(known, cancellationToken);
        }
    }

    /// <summary>The settings of a model, with the family that the server tells.</summary>
    public ModelOptions SettingsOf(string model)
    {
        var settings = ModelOptions.Of(options, model);
        return settings.Family is not null ? settings
            : TypeOf(model) is { } type ? (Types.TryGetValue(type, out var family) ? settings with { Family = family } : settings)
            : _families.GetValueOrDefault(NameOf(model)) is { } told ? settings with { Family = told }
            : settings;
    }

    /// <summary>How to paint with a model where nothing is set.</summary>
    public FamilyDefaults DefaultsOf(string model) => SettingsOf(model).DefaultsOf(NameOf(model));

    /// <summary>The area of a model's pictures, in square pixels.</summary>
    public int AreaOf(string model) => SettingsOf(model).AreaOf(NameOf(model));

    /// <summary>What the operator should know of a model; empty for nothing.</summary>
    public string NoticeOf(string model)
    {
        var settings = SettingsOf(model);
        if (settings.Family is not null || NameOf(model) is not { Length: > 0 } known || ModelFamilyNames.Of(known) is not null)
        {
            return "";
        }

        var defaults = settings.DefaultsOf(known);
        var sampling = string.Create(CultureInfo.InvariantCulture, $"{settings.Steps ?? defaults.Steps} steps, guidance {settings.Guidance ?? defaults.Guidance}");
        return $"neither the name nor the metadata of the checkpoint \"{known}\" tells a family, so {settings.Assumption($"Backends:{name}{(model.Length == 0 ? "" : $":Models:{model}")}", known, AreaOf(model), sampling)}";
    }

    /// <summary>Checks that the server has the checkpoint, since it would silently use another one, and that its family is known.</summary>
    /// <exception cref="BackendException">It does not, or it is not.</exception>
    public async Task CheckAsync(string model, CancellationToken cancellationToken)
    {
        if (SettingsOf(model).Family is null && TypeOf(model) is { } type)
        {
            throw new BackendException(
                BackendFault.Misconfigured,
                $"{name} has loaded a model of the type \"{type}\", whose size and steps are not known here: let the version use another model, or set Backends:{name}:Family to the family that it is most like ({string.Join(", ", Enum.GetNames<ModelFamily>())}), and Side, Steps and Guidance to its own.");
        }

        if (model.Length == 0 || _checked.ContainsKey(model))
        {
            return;
        }

        var answer = await client.GetAsync("sdapi/v1/sd-models", cancellationToken);
        var models = (answer.IsSuccess ? answer.Json() : throw answers.Refusal(answer)) as JsonArray ?? throw answer.Unexpected("is not a list");
        if (!models.Any(known => NamesOf(known).Contains(model, StringComparer.Ordinal)))
        {
            var some = models.Select(known => (string?)known?["model_name"]).Take(MaxListed);
            throw new BackendException(BackendFault.Misconfigured, $"The checkpoint \"{model}\" is not on {name}; it has {string.Join(", ", some)}{(models.Count > MaxListed ? " and others" : "")}. Set Imagine:Versions to one of them.");
        }

        _checked[model] = true;
    }

    // The file name is a path on the server's operating system, which may differ from ours.
    private static string[] NamesOf(JsonNode? known) =>
        [.. new[] { known?["title"]?.ToString(), known?["model_name"]?.ToString(), known?["name"]?.ToString(), known?["filename"]?.ToString().Split('/', '\\')[^1] }.OfType<string>()];

    /// <summary>The model's name: of the version, or of the loaded checkpoint; empty where that is not known.</summary>
    private string NameOf(string model) => model.Length > 0 ? model : _loaded.Title;

    /// <summary>What SD.Next calls the model's type; null where another one is loaded, or none.</summary>
    private string? TypeOf(string model) =>
        _loaded is { Type: { Length: > 0 } type, Names: var names } && type != "none" && (model.Length == 0 || names.Contains(model, StringComparer.Ordinal)) ? type : null;

    /// <summary>The family that the metadata of a checkpoint's file tells, which AUTOMATIC1111 and Forge show on their page; null for none.</summary>
    private async Task<ModelFamily?> FamilyInMetadataAsync(string model, CancellationToken cancellationToken)
    {
        // A title is a path within the folder of models, and a hash in brackets.
        var file = model.Split(" [")[0].Split('/', '\\')[^1];
        var item = Path.GetExtension(file) is ".safetensors" or ".ckpt" or ".gguf" ? Path.GetFileNameWithoutExtension(file) : file;
        var answer = await ObjectAsync($"sd_extra_networks/metadata?page=checkpoints&item={Uri.EscapeDataString(item)}", cancellationToken);
        var metadata = answer?["metadata"] is JsonValue value && value.TryGetValue<string>(out var text) ? BackendAnswer.TryParse(Encoding.UTF8.GetBytes(text)) as JsonObject : null;
        string?[] architectures = [metadata?["modelspec.architecture"]?.ToString(), metadata?["ss_base_model_version"]?.ToString()];
        return architectures.OfType<string>().Select(ModelFamilyNames.Of).FirstOrDefault(family => family is not null);
    }

    private async Task<JsonObject?> ObjectAsync(string path, CancellationToken cancellationToken) =>
        await client.GetAsync(path, cancellationToken) is { IsSuccess: true } answer ? answer.TryJson() as JsonObject : null;

    private sealed record Loaded(string Title, string? Type, string[] Names);
}
