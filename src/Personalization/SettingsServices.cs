using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Personalization;

/// <summary>Binds and checks settings: the one way for all projects.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Binds options to a section and checks it at start: an unknown key, a value of the wrong type and what data annotations
    /// find are each a line that names the key, the value and what is allowed. What annotations cannot express is an
    /// <see cref="IValidateOptions{TOptions}"/> of the project.
    /// </summary>
    /// <param name="path">The section's key.</param>
    /// <param name="name">The name of the options; null for the unnamed ones.</param>
    /// <param name="isCheckedAtStart">
    /// False where something completes the options later: only keys and types are checked at start then, and the rest when
    /// the options are first used.
    /// </param>
    /// <param name="besides">Keys of the section that are not in the options and are read in another way.</param>
    public static IServiceCollection AddSettings<TOptions>(
        this IServiceCollection services,
        IConfiguration configuration,
        string path,
        string? name = null,
        bool isCheckedAtStart = true,
        params IReadOnlyList<string> besides)
        where TOptions : class
    {
        var section = SettingsSection.Read(configuration.GetSection(path), typeof(TOptions), besides);
        services.AddSettingsSection(section);
        services.AddSingleton<IValidateOptions<TOptions>>(new Validation<TOptions>(name ?? Options.DefaultName, section));
        var options = services.AddOptions<TOptions>(name).Bind(section.Usable);
        if (isCheckedAtStart)
        {
            options.ValidateOnStart();
        }

        return services;
    }

    /// <summary>Adds a section whose faults, if any, are reported at start.</summary>
    public static IServiceCollection AddSettingsSection(this IServiceCollection services, SettingsSection section)
    {
        services.AddSingleton(section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AllSettings>, SectionsValidation>());
        services.AddOptions<AllSettings>().ValidateOnStart();
        return services;
    }

    /// <summary>
    /// Adds a validation that depends on services with settings of their own. It is created when it is used: otherwise wrong
    /// settings of theirs would keep all others from being checked.
    /// </summary>
    public static IServiceCollection AddSettingsValidation<TOptions>(this IServiceCollection services, Func<IServiceProvider, IValidateOptions<TOptions>> create)
        where TOptions : class => services.AddSingleton<IValidateOptions<TOptions>>(provider => new DeferredValidation<TOptions>(() => create(provider)));

    private sealed class DeferredValidation<TOptions>(Func<IValidateOptions<TOptions>> create) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) => create().Validate(name, options);
    }

    private sealed class Validation<TOptions>(string optionsName, SettingsSection section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            if (name != optionsName)
            {
                return ValidateOptionsResult.Skip;
            }

            string[] faults = [.. section.Faults, .. section.Validate(options)];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }

    private sealed class SectionsValidation(IEnumerable<SettingsSection> sections) : IValidateOptions<AllSettings>
    {
        public ValidateOptionsResult Validate(string? name, AllSettings options)
        {
            string[] faults = [.. sections.SelectMany(section => section.Faults)];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
