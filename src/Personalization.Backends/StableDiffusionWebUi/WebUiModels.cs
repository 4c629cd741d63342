using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>The checkpoints of a web UI: which there are, which one is loaded, and its family.</summary>
/// <param name="refusal">Converts an error status into a message for the operator.</param>
internal sealed class WebUiModels(string name, StableDiffusionWebUiOptions options, BackendClient client, Func<BackendAnswer, BackendException> refusal)
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
    private volatile Loaded _loaded = new("", null, []);

    /// <summary>Asks which checkpoint is loaded, and SD.Next of which type it is.</summary>
    public async Task InspectAsync(CancellationToken cancellationToken)
    {
        var settings = await ObjectAsync("sdapi/v1/options", cancellationToken);
        var checkpoint = await ObjectAsync("sdapi/v1/checkpoint", cancellationToken);
        var title = settings?["sd_model_checkpoint"]?.ToString() ?? "";
        _loaded = new(title, checkpoint?["type"]?.ToString(), [title, .. NamesOf(checkpoint)]);
    }

    /// <summary>The settings of a model, with the family that the server tells.</summary>
    public ModelOptions SettingsOf(string model)
    {
        var settings = ModelOptions.Of(options, model);
        return settings.Family is null && TypeOf(model) is { } type && Types.TryGetValue(type, out var family) ? settings with { Family = family } : settings;
    }

    /// <summary>How to paint with a model where nothing is set.</summary>
    public FamilyDefaults DefaultsOf(string model) => SettingsOf(model).DefaultsOf(NameOf(model));

    /// <summary>The area of a model's pictures, in square pixels.</summary>
    public int AreaOf(string model) => SettingsOf(model).AreaOf(NameOf(model));

    /// <summary>What the operator should know of a model; empty for nothing.</summary>
    public string NoticeOf(string model) => SettingsOf(model).Family is null && NameOf(model) is { Length: > 0 } known && ModelFamilyNames.Of(known) is null
        ? $"the name of the checkpoint \"{known}\" tells no family, so it is asked for as {SettingsOf(model).FamilyOf(known)}: set {(model.Length == 0 ? $"Backends:{name}:Family" : $"Backends:{name}:Models:{model}:Family")} to its family"
        : "";

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
        var models = (answer.IsSuccess ? answer.Json() : throw refusal(answer)) as JsonArray ?? throw answer.Unexpected("is not a list");
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

    private async Task<JsonObject?> ObjectAsync(string path, CancellationToken cancellationToken) =>
        await client.GetAsync(path, cancellationToken) is { IsSuccess: true } answer ? answer.TryJson() as JsonObject : null;

    private sealed record Loaded(string Title, string? Type, string[] Names);
}
