using System.Net;
using Microsoft.Extensions.Options;

namespace Personalization.App.Web;

/// <summary>The addresses in the setting <c>Urls</c>, or in <c>Kestrel:Endpoints</c>, which take their place; checked with all other settings.</summary>
internal sealed class ListeningAddresses(IConfiguration configuration) : IValidateOptions<AllSettings>
{
    private const string Key = "Urls";
    private const string Server = "Kestrel";

    // What the web server reads of its section (https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints).
    private static readonly string[] ServerKeys = ["Certificates", "EndpointDefaults", "Endpoints"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AllSettings options) =>
        Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    /// <summary>The addresses that other computers can reach, with their settings. The web server listens everywhere for a name that it does not know.</summary>
    public static IEnumerable<(string Key, string Url)> Public(IConfiguration configuration) =>
        Of(configuration).Where(one => Parse(one.Url) is { IsUnixPipe: false } address && !IsLoopback(address.Host));

    /// <summary>Whether a host name or address means this computer alone.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private IEnumerable<string> Faults() =>
    [
        .. Of(configuration).Where(one => Parse(one.Url) is null).Select(one => $"{one.Key} is \"{one.Url}\"; it must be {(one.Key == Key ? "http or https addresses such as http://localhost:5080, with ; between them" : "an http or https address such as http://localhost:5080")}."),
        .. Of(configuration).Where(LacksCertificate).Select(one => $"{one.Key} is \"{one.Url}\"; https needs a certificate, of which {Server}:Certificates:Default:Path and Password tell. Use http where a proxy in front of the bot has one."),
        .. configuration.GetSection(Server).GetChildren().Where(child => !ServerKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).Select(child => $"{child.Path} is not a setting; {Server} takes {string.Join(", ", ServerKeys)}."),
    ];

    private bool LacksCertificate((string Key, string Url) one) =>
        Parse(one.Url) is { Scheme: "https" }
        && !configuration.GetSection($"{Server}:Certificates:Default").Exists()
        && (one.Key == Key || !configuration.GetSection(one.Key[..one.Key.LastIndexOf(':')]).GetSection("Certificate").Exists());

    private static IEnumerable<(string Key, string Url)> Of(IConfiguration configuration) =>
    [
        .. configuration[Key]?.Split(';', StringSplitOptions.TrimEntries).Where((url, i) => i == 0 || url.Length > 0).Select(url => (Key, url)) ?? [],
        .. configuration.GetSection($"{Server}:Endpoints").GetChildren().Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"] ?? "")),
    ];

    private static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            var isRight = address is { Scheme: "http" or "https", PathBase: "", Port: >= 0 and <= IPEndPoint.MaxPort }
                && (address.IsUnixPipe || (address.Host.Length > 0 && (!address.Host.Contains(':') || IPAddress.TryParse(address.Host, out _))));
            return isRight ? address : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
