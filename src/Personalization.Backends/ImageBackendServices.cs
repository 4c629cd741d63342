using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.Http;
using Personalization.Backends.OpenAiImages;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;

namespace Personalization.Backends;

/// <summary>Registers the image servers.</summary>
public static class ImageBackendServices
{
    private const string Section = "Backends";
    private const string KindKey = "Kind";

    private static readonly Dictionary<string, BackendRegistration> Kinds = new BackendRegistration[]
    {
        BackendRegistration.Create<OpenAiImagesOptions>("OpenAiImages", (name, options, time, _) => new OpenAiImagesBackend(name, options, time)),
        BackendRegistration.Create<StableDiffusionCppOptions>("StableDiffusionCpp", (name, options, time, _) => new StableDiffusionCppBackend(name, options, time)),
        BackendRegistration.Create<AiHordeOptions>("AiHorde", (name, options, time, loggers) => new AiHordeBackend(name, options, time, loggers.CreateLogger<AiHordeBackend>())),
        BackendRegistration.Create<ComfyUiOptions>("ComfyUi", (name, options, time, loggers) => new ComfyUiBackend(name, options, time, loggers.CreateLogger<ComfyUiBackend>())),
        BackendRegistration.Create<StableDiffusionWebUiOptions>("StableDiffusionWebUi", (name, options, time, _) => new StableDiffusionWebUiBackend(name, options, time)),
    }.ToDictionary(kind => kind.Kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Adds a backend for each section of <c>Backends</c>. A section is named after its kind, or has the key <c>Kind</c>, so
    /// that there can be two servers of one kind. Wrong settings are reported at start.
    /// </summary>
    public static IServiceCollection AddImageBackends(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<BackendChecker>();
        var faults = new List<string>();
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var kind = section[KindKey] ?? section.Key;
            if (Kinds.TryGetValue(kind, out var registration))
            {
                registration.Add(services, configuration, section);
            }
            else
            {
                faults.Add($"{section.Path}:{KindKey} is \"{kind}\"; it must be one of {string.Join(", ", Kinds.Keys)}.");
            }
        }

        return services.AddSettingsSection(new(Section, faults));
    }

    /// <summary>How a server of one kind is added.</summary>
    private sealed record BackendRegistration(string Kind, Action<IServiceCollection, IConfiguration, IConfigurationSection> Add)
    {
        public static BackendRegistration Create<TOptions>(string kind, Func<string, TOptions, TimeProvider, ILoggerFactory, IImageBackend> create)
            where TOptions : BackendOptions => new(kind, (services, configuration, section) =>
            {
                services.AddSettings<TOptions>(configuration, section.Path, name: section.Path, besides: KindKey);
                services.AddSingleton<IImageBackend>(provider =>
                {
                    var time = provider.GetRequiredService<TimeProvider>();
                    var options = provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(section.Path);
                    var backend = create(section.Key, options, time, provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance);
                    return new GuardedBackend(backend, time, CandidatesOf(backend, section.Path, options), [.. options.Models.Keys]);
                });
            });

        private static int CandidatesOf(IImageBackend backend, string path, BackendOptions options)
        {
            if (options.Candidates <= ImageRequest.GridSize)
            {
                return 0;
            }

            // What is declared without naming a model holds for all.
            return backend.CapabilitiesOf("").IsFree ? options.Candidates
                : throw new OptionsValidationException(path, typeof(BackendOptions), [$"{path}:{nameof(BackendOptions.Candidates)} is {options.Candidates}; each picture of {backend.Name} costs money or other people's time; it must be {ImageRequest.GridSize}."]);
        }
    }
}
