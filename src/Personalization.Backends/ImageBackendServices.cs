using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.OpenAiImages;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Backends.Http;
using Personalization.Imagine;
using Personalization.Imagine.Backends;

namespace Personalization.Backends;

/// <summary>What paints.</summary>
public static class ImageBackendServices
{
    private static readonly Dictionary<string, Kind> Kinds = new Kind[]
    {
        Kind.Of<OpenAiImagesOptions>("OpenAiImages", (name, options, time, _) => new OpenAiImagesBackend(name, options, time)),
        Kind.Of<StableDiffusionCppOptions>("StableDiffusionCpp", (name, options, time, _) => new StableDiffusionCppBackend(name, options, time)),
        Kind.Of<AiHordeOptions>("AiHorde", (name, options, time, loggers) => new AiHordeBackend(name, options, time, loggers.CreateLogger<AiHordeBackend>())),
        Kind.Of<ComfyUiOptions>("ComfyUi", (name, options, time, _) => new ComfyUiBackend(name, options, time)),
        Kind.Of<StableDiffusionWebUiOptions>("StableDiffusionWebUi", (name, options, time, _) => new StableDiffusionWebUiBackend(name, options, time)),
    }.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Adds a backend for each section of <c>Backends</c>. A section is named after its kind, or says it as <c>Kind</c>, so
    /// that there can be two servers of one.
    /// </summary>
    /// <exception cref="OptionsValidationException">A section is wrong: the failures name its keys.</exception>
    public static IServiceCollection AddImageBackends(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<BackendChecker>();
        foreach (var section in configuration.GetSection("Backends").GetChildren())
        {
            var kind = section["Kind"] ?? section.Key;
            if (!Kinds.TryGetValue(kind, out var known))
            {
                throw Wrong(section, [$"{section.Path}:Kind is \"{kind}\"; the kinds are {string.Join(", ", Kinds.Keys)}."]);
            }

            known.Add(services, section);
        }

        return services;
    }

    private static OptionsValidationException Wrong(IConfigurationSection section, IEnumerable<string> failures) =>
        new(section.Path, typeof(BackendOptions), failures);

    /// <summary>One kind of server.</summary>
    private sealed record Kind(string Name, Action<IServiceCollection, IConfigurationSection> Add)
    {
        public static Kind Of<TOptions>(string name, Func<string, TOptions, TimeProvider, ILoggerFactory, IImageBackend> create)
            where TOptions : BackendOptions, new() => new(name, (services, section) =>
            {
                var options = Read<TOptions>(section);
                services.AddSingleton<IImageBackend>(provider =>
                {
                    var time = provider.GetRequiredService<TimeProvider>();
                    var backend = create(section.Key, options, time, provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance);
                    return new GuardedBackend(backend, time, CandidatesOf(backend, section, options));
                });
            });

        private static int CandidatesOf(IImageBackend backend, IConfigurationSection section, BackendOptions options)
        {
            // What is said of no model in particular holds for all.
            var capabilities = backend.CapabilitiesOf("");
            return options.Candidates <= ImageRequest.GridSize ? 0
                : !capabilities.IsFree ? throw Wrong(section, [$"{section.Path}:Candidates is {options.Candidates}, and each picture of {backend.Name} costs somebody something: leave it at {ImageRequest.GridSize}."])
                : options.Candidates > capabilities.Batch ? throw Wrong(section, [$"{section.Path}:Candidates is {options.Candidates}; {backend.Name} paints {ImageRequest.GridSize} to {capabilities.Batch} at once."])
                : options.Candidates;
        }

        private static TOptions Read<TOptions>(IConfigurationSection section)
            where TOptions : BackendOptions, new()
        {
            KnownSettings.Require(section, typeof(TOptions), "Kind");
            var options = new TOptions();
            try
            {
                section.Bind(options);
            }
            catch (InvalidOperationException exception)
            {
                throw Wrong(section, [exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message]);
            }

            var failures = Failures(section.Path, options)
                .Concat(options.Url is { } url ? Failures($"{section.Path}:Url", url) : [])
                .Concat(options.Models.SelectMany(model => Failures($"{section.Path}:Models:{model.Key}", model.Value)))
                .ToArray();
            return failures.Length == 0 ? options : throw Wrong(section, failures);
        }

        private static IEnumerable<string> Failures(string path, Uri url)
        {
            if (url.IsAbsoluteUri && url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0)
            {
                // Not shown: it may be secret.
                yield return $"{path} holds a name and password, a query or a fragment, which is not sent: leave it out.";
            }
            else if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            {
                yield return $"{path} is \"{url}\"; it is an address such as http://127.0.0.1:8188.";
            }
        }

        private static IEnumerable<string> Failures(string path, object options)
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
            return results.Select(result => $"{path}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}");
        }
    }
}
