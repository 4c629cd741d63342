using Microsoft.Extensions.Options;

namespace Personalization.Storage;

/// <summary>The registered providers.</summary>
internal sealed class DatabaseProviders(IEnumerable<IDatabaseProvider> providers, IOptions<StorageOptions> options)
{
    /// <summary>The one that the configuration selects.</summary>
    /// <exception cref="OptionsValidationException">The configuration is wrong; the message names the key.</exception>
    public IDatabaseProvider Selected => Find(providers, options.Value.Provider)!;

    public static IDatabaseProvider? Find(IEnumerable<IDatabaseProvider> providers, string name) =>
        providers.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));
}
