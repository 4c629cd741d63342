using System.Net;
using System.Net.Sockets;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>
/// Fetches the pictures that a server's answers name by address. An answer may name any address, and whoever runs this may
/// have more in their network than the server: on other hosts than the server's own only https is spoken, and only to public
/// addresses, unless the server is in that network itself. Nothing that such an address answers is told.
/// </summary>
internal sealed class LinkedPictureFetcher(string backend, BackendOptions options, TimeProvider time) : IDisposable
{
    private readonly BackendClient _client = new(backend, options, time, (context, cancellationToken) => ConnectAsync(options.Url!, context, cancellationToken));

    /// <param name="address">Absolute, or relative to the server's.</param>
    /// <exception cref="BackendException">It may not be fetched, or cannot be.</exception>
    public async Task<byte[]> FetchAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(options.Url, address, out var file) || file.Scheme is not ("http" or "https"))
        {
            throw new BackendException(BackendFault.Failed, $"{backend} names a picture at what is no address of one.");
        }

        if (file.Scheme != Uri.UriSchemeHttps && !IsOwn(options.Url!, file))
        {
            throw new BackendException(BackendFault.Failed, $"{backend} names a picture on another host without https, which is not fetched.");
        }

        try
        {
            var answer = await _client.GetAsync(file.AbsoluteUri, cancellationToken);
            return answer.IsSuccess ? answer.Body : throw new BackendException(FaultOf(answer), $"{backend} names a picture that cannot be fetched ({(int)answer.Status}).");
        }
        catch (BackendException exception) when (exception.InnerException?.InnerException is InsideException)
        {
            throw new BackendException(BackendFault.Failed, $"{backend} names a picture at {file.Authority}, which is inside a network and is not fetched from.");
        }
    }

    public void Dispose() => _client.Dispose();

    private static BackendFault FaultOf(BackendAnswer answer) =>
        answer.Refused().Fault == BackendFault.Unavailable ? BackendFault.Unavailable : BackendFault.Failed;

    private static bool IsOwn(Uri server, Uri file) => string.Equals(server.IdnHost, file.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Connects to the very addresses that were looked at: a name may mean another one a moment later.</summary>
    private static async ValueTask<Stream> ConnectAsync(Uri server, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);

        // The operator's proxy, if there is one, looks names up itself, by rules of its own.
        var request = context.InitialRequestMessage;
        var isTrusted = request.Method == HttpMethod.Connect || IsOwn(server, request.RequestUri!);
        if (!isTrusted && !addresses.All(PublicAddress.IsPublic) && (await Dns.GetHostAddressesAsync(server.IdnHost, cancellationToken)).Any(PublicAddress.IsPublic))
        {
            throw new InsideException();
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

    /// <summary>For an address that is not public.</summary>
    private sealed class InsideException : Exception;
}
