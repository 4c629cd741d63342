using Microsoft.Extensions.Options;
using Personalization.Imagine.Backends;
using Personalization.Prompts;

namespace Personalization.Imagine;

/// <summary>Checks that every version leads to a backend that exists and knows its model, and that settings of models are for models of versions.</summary>
public sealed class ImagineOptionsValidation(ImageBackends backends) : IValidateOptions<ImagineOptions>
{
    public ValidateOptionsResult Validate(string? name, ImagineOptions options)
    {
        var failures = new List<string>();
        if (options.Versions.Count == 0)
        {
            failures.Add("Imagine:Versions is empty: it needs at least one version, such as Imagine:Versions:6.0:Backend = Painter.");
        }
        else if (!options.Versions.ContainsKey(options.DefaultVersion))
        {
            failures.Add($"Imagine:DefaultVersion is \"{options.DefaultVersion}\"; Imagine:Versions has {string.Join(", ", options.Versions.Keys)}.");
        }

        string[] names = [.. options.Versions.Keys];
        failures.AddRange(names.Where(version => PromptParser.Parse($"a cat --v {version}", names).Prompt?.Version != version)
            .Select(version => $"Imagine:Versions:{version} cannot be asked for with --v: a name must be words or numbers without quotes and without dashes in front, and must not be the same number as another."));

        foreach (var (key, model) in options.Versions.SelectMany(version => Models($"Imagine:Versions:{version.Key}", version.Value)))
        {
            var backendName = model.Backend ?? options.Backend;
            if (backendName.Length == 0)
            {
                failures.Add($"{key} has no backend: set {key}:Backend, or Imagine:Backend for all versions, to one of {Known()}.");
                continue;
            }

            if (backends.Find(backendName) is not { } backend)
            {
                failures.Add($"{key} is painted by \"{backendName}\"; the backends are {Known()} (each section Backends:NAME adds one).");
                continue;
            }

            try
            {
                backend.SizeOf(model.Model);
            }
            catch (ArgumentException exception)
            {
                failures.Add($"{key}:Model is \"{model.Model}\": {exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal)}");
            }
        }

        if (failures.Count == 0)
        {
            failures.AddRange(backends.All.SelectMany(backend => UnusedModels(backend, options)));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Settings of a model that no version uses have no effect: mostly its name is misspelt, or the server has only one.</summary>
    private static IEnumerable<string> UnusedModels(IImageBackend backend, ImagineOptions options)
    {
        string[] used = [.. options.Models().Where(one => string.Equals(one.Backend, backend.Name, StringComparison.OrdinalIgnoreCase)).Select(one => one.Model).Distinct(StringComparer.OrdinalIgnoreCase)];
        var names = used.Length == 0 ? "no model of it" : string.Join(", ", used.Select(model => model.Length == 0 ? "its only model, without a name" : model));
        return backend.NamedModels.Where(model => !used.Contains(model, StringComparer.OrdinalIgnoreCase)).Select(model =>
            $"Backends:{backend.Name}:Models:{model} is for a model that no version uses; the versions use {names}. Set Imagine:Versions:NAME:Model to {model}, or put settings for all models directly into Backends:{backend.Name}, such as Backends:{backend.Name}:Steps.");
    }

    private string Known() => string.Join(", ", backends.All.Select(backend => backend.Name));

    private static IEnumerable<(string Key, ModelVersion Model)> Models(string key, ModelVersion model) =>
        model.Fallback.SelectMany((fallback, i) => Models($"{key}:Fallback:{i}", fallback)).Prepend((key, model));
}
