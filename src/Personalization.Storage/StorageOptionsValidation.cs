using Microsoft.Extensions.Options;

namespace Personalization.Storage;

internal sealed class StorageOptionsValidation(IEnumerable<IDatabaseProvider> providers) : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (DatabaseProviders.Find(providers, options.Provider) is not { } provider)
        {
            return ValidateOptionsResult.Fail($"Storage:Provider is \"{options.Provider}\"; it must be {string.Join(" or ", providers.Select(known => known.Name))}.");
        }

        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            return ValidateOptionsResult.Fail("DataDirectory is empty; it names the folder to keep everything in.");
        }

        return provider.FaultOf(options.ConnectionString) is { } fault
            ? ValidateOptionsResult.Fail($"Storage:ConnectionString {fault}")
            : ValidateOptionsResult.Success;
    }
}
