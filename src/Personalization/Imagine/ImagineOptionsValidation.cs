using Microsoft.Extensions.Options;
using Personalization.Imagine.Backends;

namespace Personalization.Imagine;

/// <summary>Checks that every version leads to a backend that exists and knows its model.</summary>
public sealed class ImagineOptionsValidation(IEnumerable<IImageBackend> backends) : IValidateOptions<ImagineOptions>
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

        foreach (var (key, model) in options.Versions.SelectMany(version => Models($"Imagine:Versions:{version.Key}", version.Value)))
        {
            var backendName = model.Backend ?? options.Backend;
            var backend = backends.FirstOrDefault(backend => string.Equals(backend.Name, backendName, StringComparison.OrdinalIgnoreCase));
            if (backend is null)
            {
                failures.Add($"{key} is painted by \"{backendName}\"; the backends are {string.Join(", ", backends.Select(known => known.Name))} (each section Backends:NAME adds one).");
                continue;
            }

            try
            {
                backend.SizeOf(model.Model);
            }
            catch (ArgumentException exception)
            {
                failures.Add($"{key}:Model is \"{model.Model}\": {exception.Message}");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<(string Key, ModelVersion Model)> Models(string key, ModelVersion model) =>
        model.Fallback.SelectMany((fallback, i) => Models($"{key}:Fallback:{i}", fallback)).Prepend((key, model));
}
