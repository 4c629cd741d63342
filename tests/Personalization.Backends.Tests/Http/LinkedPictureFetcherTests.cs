using System.Net;
using System.Net.Sockets;
using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Tests.Http;

/// <summary>Links in the answers of servers.</summary>
public sealed class LinkedPictureFetcherTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Fetcher_rejects_links_of_a_public_server_into_the_private_network(string host)
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var address = $"https://{host}:{((IPEndPoint)inside.LocalEndpoint).Port}/secret";
        using var fetcher = Fetcher("https://8.8.8.8/api");

        var exception = await Assert.ThrowsAsync<BackendException>(() => fetcher.FetchAsync(address, Cancellation));

        Assert.Equal(BackendFault.Failed, exception.Fault);
        Assert.Contains("is inside a private network; that is not allowed", exception.Message);
        Assert.False(inside.Pending());
    }

    [Theory]
    [InlineData("http://127.0.0.1:8188", "https://localhost:{0}/a.png")]
    [InlineData("http://localhost:8188", "http://localhost:{0}/a.png")]
    public async Task Fetcher_allows_links_of_a_private_server_into_its_network(string server, string address)
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        using var fetcher = Fetcher(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var fetching = fetcher.FetchAsync(string.Format(address, ((IPEndPoint)inside.LocalEndpoint).Port), stop.Token);
        using var connection = await inside.AcceptTcpClientAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.True(connection.Connected);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://8.8.8.8/a.png")]
    [InlineData("http://")]
    public async Task Fetcher_rejects_addresses_that_are_not_http(string address)
    {
        using var fetcher = Fetcher("https://8.8.8.8/api");

        var exception = await Assert.ThrowsAsync<BackendException>(() => fetcher.FetchAsync(address, Cancellation));

        Assert.Equal((BackendFault.Failed, "sd linked to a picture with an invalid address."), (exception.Fault, exception.Message));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("64:ff9b::a01:203", false)]
    [InlineData("2002:a01:203::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Public_address_distinguishes_public_from_special_addresses(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    private static LinkedPictureFetcher Fetcher(string server) =>
        new("sd", new StableDiffusionCppOptions { Url = new(server), RetrySeconds = 0.001 }, TimeProvider.System);
}
