using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Personalization.Storage.Tests;

/// <summary>A way to PostgreSQL's socket that can be cut, as a network can: the server does not learn of it.</summary>
internal sealed class CuttableRoute : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _clients = [];
    private readonly ConcurrentBag<Socket> _servers = [];
    private readonly string _socket;
    private readonly Task _accepting;
    private int _accepted;

    /// <param name="folder">Of the server's socket.</param>
    public CuttableRoute(string folder)
    {
        _socket = Path.Combine(folder, ".s.PGSQL.5432");
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were made, also those that were closed at once.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether new connections are closed at once.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Closes the clients' ends of all connections; the server's stay open.</summary>
    public void Cut()
    {
        while (_clients.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Cut();
        while (_servers.TryTake(out var server))
        {
            server.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _accepted);
                if (IsClosed)
                {
                    client.Dispose();
                    continue;
                }

                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
                _clients.Add(client);
                _servers.Add(server);
                _ = PassOnAsync(client, server);
                _ = PassOnAsync(server, client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task PassOnAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }
}
