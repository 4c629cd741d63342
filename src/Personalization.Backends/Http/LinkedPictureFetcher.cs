using System.Net;
using System.Net.Sockets;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>
/// Fetches pictures that a server's answers link to. An answer may link to any address, also to other machines in the
/// operator's network (server-side request forgery). Therefore links to other hosts than the server's must use https and
/// resolve to public addresses, unless the server itself is inside the network. Errors never quote what such a host answered.
/// </summary>
internal sealed class LinkedPictureFetcher(string backend, BackendOptions options, TimeProvider time) : IDisposable
{
    private readonly BackendClient _client = new(backend, options, time, (context, cancellationToken) => ConnectAsync(options.Url!, context, cancellationToken));

    /// <param name="address">A URL, absolute or relative to the server's.</param>
    /// <exception cref="BackendException">The link is not allowed, or fetching it failed.</exception>
    public async Task<byte[]> FetchAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(options.Url, address, out var file) || file.Scheme is not ("http" or "https"))
        {
            throw new BackendException(BackendFault.Failed, $"{backend} linked to a picture with an invalid address.");
        }

        if (file.Scheme != Uri.UriSchemeHttps && !IsSameHost(options.Url!, file))
        {
            throw new BackendException(BackendFault.Failed, $"{backend} linked to a picture on another host without https, which is not allowed.");
        }

        try
        {
            var answer = await _client.GetAsync(file.AbsoluteUri, cancellationToken);
            return answer.IsSuccess ? answer.Body : throw new BackendException(FaultOf(answer), $"{backend} linked to a picture that cannot be fetched ({(int)answer.Status}).");
        }
        catch (BackendException exception) when (exception.InnerException?.InnerException is PrivateAddressException)
        {
            throw new BackendException(BackendFault.Failed, $"{backend} linked to a picture at {file.Authority}, which is inside a private network; that is not allowed.");
        }
    }

    public void Dispose() => _client.Dispose();

    private static BackendFault FaultOf(BackendAnswer answer) =>
        answer.Refused().Fault == BackendFault.Unavailable ? BackendFault.Unavailable : BackendFault.Failed;

    private static bool IsSameHost(Uri server, Uri file) => string.Equals(server.IdnHost, file.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Connects to exactly the addresses that were checked: a second lookup of the name could give others.</summary>
    private static async ValueTask<Stream> ConnectAsync(Uri server, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);

        // A proxy of the operator resolves names itself, by its own rules.
        var request = context.InitialRequestMessage;
        var isTrusted = request.Method == HttpMethod.Connect || IsSameHost(server, request.RequestUri!);
        if (!isTrusted && !addresses.All(PublicAddress.IsPublic) && (await Dns.GetHostAddressesAsync(server.IdnHost, cancellationToken)).Any(PublicAddress.IsPublic))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The link resolves to an address that is not public.</summary>
    private sealed class PrivateAddressException : Exception;
}
