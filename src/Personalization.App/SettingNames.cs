using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Options;
using Personalization.Prompts;
using Personalization.Storage;

namespace Personalization.App;

/// <summary>
/// Refuses settings of a section that does not exist: a misspelt one would be ignored silently. A machine's environment
/// variables belong to many programs, so only one that resembles a name of ours is refused.
/// </summary>
internal static class SettingNames
{
    /// <summary>Read by .NET's host, web host and listener, by Serilog, and DataDirectory by ours.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "DataDirectory", "Urls", "AllowedHosts", "HostBuilder", "Kestrel", "Serilog",
        "applicationName", "captureStartupErrors", "contentRoot", "detailedErrors", "environment", "forwardedHeaders_enabled",
        "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "http_ports", "https_ports", "preferHostingUrls",
        "preventHostingStartup", "servicesStartConcurrently", "servicesStopConcurrently", "shutdownTimeoutSeconds",
        "suppressStatusMessages", "webRoot",
    };

    /// <summary>Has sections that do not exist reported at start.</summary>
    public static IServiceCollection AddSettingNames(this IServiceCollection services, IConfigurationRoot configuration) =>
        services.AddSingleton<IValidateOptions<AllSettings>>(provider => new Validation(configuration, provider.GetServices<SettingsSection>()));

    /// <summary>Whether a key can be a setting by its form: it is in a section, or is one of the few outside of sections.</summary>
    public static bool IsSetting(string key) => key.IndexOf(':') > 0 || Others.Contains(key);

    private sealed class Validation(IConfigurationRoot configuration, IEnumerable<SettingsSection> sections) : IValidateOptions<AllSettings>
    {
        public ValidateOptionsResult Validate(string? name, AllSettings options)
        {
            var ours = sections.Select(section => section.Path.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToArray();
            var faults = configuration.Providers.SelectMany(provider => Faults(provider, ours)).Distinct(StringComparer.Ordinal).ToArray();
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private static IEnumerable<string> Faults(IConfigurationProvider provider, string[] ours)
        {
            var isEnvironment = provider is EnvironmentVariablesConfigurationProvider;
            var unknown = provider.GetChildKeys([], null)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(key => !Others.Contains(key) && !ours.Contains(key, StringComparer.OrdinalIgnoreCase) && !IsComment(key));
            foreach (var key in unknown)
            {
                var path = FirstBelow(provider, key);

                // A variable without a section resembles many a name ("url", "http_proxy"), and only one of ours has no section.
                var isAlone = isEnvironment && path == key;
                var nearest = Nearest(key, isAlone ? [nameof(StorageOptions.DataDirectory)] : [.. ours, .. Others]);
                if (isEnvironment && (nearest is null || (isAlone && !key.Any(char.IsLower))))
                {
                    continue;
                }

                var variable = isEnvironment ? $" (environment variable {path.Replace(":", "__")})" : "";
                var meant = nearest is null ? "" : $" Did you mean {nearest}{path[key.Length..]}?";
                yield return $"{path}{variable} is not a setting; the sections are {string.Join(", ", ours)}.{meant}";
            }
        }

        // As editors and people write them into JSON files: "$schema", "//".
        private static bool IsComment(string key) => key[0] is '$' or '/';

        private static string FirstBelow(IConfigurationProvider provider, string path) =>
            provider.GetChildKeys([], path).FirstOrDefault() is { } child ? FirstBelow(provider, $"{path}:{child}") : path;

        private static string? Nearest(string key, string[] names) =>
            Spelling.Nearest(key.ToUpperInvariant(), names.Select(name => name.ToUpperInvariant())) is { } nearest
                ? names.First(name => name.Equals(nearest, StringComparison.OrdinalIgnoreCase))
                : null;
    }
}
