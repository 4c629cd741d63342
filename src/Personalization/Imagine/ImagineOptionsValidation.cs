using Microsoft.Extensions.Options;

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

        foreach (var (version, model) in options.Versions)
        {
            var backendName = model.Backend ?? options.Backend;
            var backend = backends.FirstOrDefault(backend => string.Equals(backend.Name, backendName, StringComparison.OrdinalIgnoreCase));
            if (backend is null)
            {
                failures.Add($"Imagine:Versions:{version} is painted by \"{backendName}\"; the backends are {string.Join(", ", backends.Select(known => known.Name))}.");
                continue;
            }

            try
            {
                backend.SizeOf(model.Model);
            }
            catch (ArgumentException exception)
            {
                failures.Add($"Imagine:Versions:{version}:Model is \"{model.Model}\": {exception.Message}");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
