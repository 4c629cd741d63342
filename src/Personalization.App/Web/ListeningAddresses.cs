using System.Net;
using Microsoft.Extensions.Options;

namespace Personalization.App.Web;

/// <summary>The addresses in the setting <c>Urls</c>, checked with all other settings.</summary>
internal sealed class ListeningAddresses(IConfiguration configuration) : IValidateOptions<AllSettings>
{
    private const string Key = "Urls";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AllSettings options)
    {
        var wrong = Of(configuration).Where(url => Parse(url) is null).Select(url => $"{Key} is \"{url}\"; it must be http or https addresses such as http://localhost:5080, with ; between them.").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    /// <summary>The addresses that other computers can reach. The web server listens everywhere for a name that it does not know.</summary>
    public static IEnumerable<string> Public(IConfiguration configuration) =>
        Of(configuration).Where(url => Parse(url) is { IsUnixPipe: false } address && !IsLoopback(address.Host));

    /// <summary>Whether a host name or address means this computer alone.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string[] Of(IConfiguration configuration) =>
        (configuration[Key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            var isRight = address is { Scheme: "http" or "https", Port: >= 0 and <= IPEndPoint.MaxPort }
                && (address.IsUnixPipe || (address.Host.Length > 0 && (!address.Host.Contains(':') || IPAddress.TryParse(address.Host, out _))));
            return isRight ? address : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
