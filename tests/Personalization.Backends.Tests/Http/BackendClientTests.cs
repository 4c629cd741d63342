using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.Http;
using Personalization.Backends.OpenAiImages;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.Http;

/// <summary>Calls to any server.</summary>
public sealed class BackendClientTests : IAsyncLifetime
{
    private readonly StableDiffusionCppStandIn _server = new();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Client_does_not_repeat_a_call_that_timed_out()
    {
        _server.FailNext("GET", "/sdcpp", StandIn.Hang(), times: 4);
        var time = new FakeTimeProvider();
        using var client = Client(time: time);

        var asking = client.GetAsync("sdcpp/v1/capabilities", Cancellation);
        await _server.CalledAsync(call => call.Method == "GET");
        time.Advance(TimeSpan.FromSeconds(30));
        var exception = await Assert.ThrowsAsync<BackendException>(() => asking.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.Equal((BackendFault.Unavailable, "sd did not answer GET /sdcpp/v1/capabilities within 30 s."), (exception.Fault, exception.Message));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Client_reports_a_connection_timeout()
    {
        // The listener accepts nothing and its backlog is full: the next connection waits.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, Cancellation);
        using var client = Client(new() { Url = new($"http://{listener.LocalEndPoint}"), ConnectSeconds = 0.2, RetrySeconds = 0.001 });

        var exception = await Assert.ThrowsAsync<BackendException>(() => client.PostAsync("sdcpp/v1/img_gen", new JsonObject(), isRepeatable: false, limit: TimeSpan.FromMinutes(15), Cancellation));

        Assert.Equal((BackendFault.Unavailable, $"sd cannot be reached at {listener.LocalEndPoint}: no connection within 0.2 s (Backends:sd:ConnectSeconds)."), (exception.Fault, exception.Message));
    }

    [Fact]
    public async Task Client_names_the_unreachable_host_without_the_query()
    {
        await _server.StopAsync();
        using var client = Client(new() { Url = new("https://aihorde.example/api/v2"), RetrySeconds = 0.001 });

        var exception = await Assert.ThrowsAsync<BackendException>(() => client.GetAsync($"{_server.Address}a.webp?X-Amz-Signature=hidden", Cancellation));

        Assert.StartsWith($"sd cannot be reached at {_server.Address.Authority}", exception.Message);
        Assert.DoesNotContain("hidden", exception.ToString());
    }

    [Fact]
    public async Task Client_repeats_a_call_that_was_answered_with_429()
    {
        _server.FailNext("POST", "/sdcpp", StandIn.Status(429, """{"error":"job queue is full"}"""));
        using var client = Client();

        var answer = await client.PostAsync("sdcpp/v1/img_gen", new JsonObject(), isRepeatable: false, limit: null, Cancellation);

        Assert.True(answer.IsSuccess);
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task Client_repeats_an_idempotent_call_if_the_connection_breaks()
    {
        _server.FailNext("GET", "/sdcpp", StandIn.Cut, times: 2);
        using var client = Client();

        Assert.True((await client.GetAsync("sdcpp/v1/capabilities", Cancellation)).IsSuccess);
        Assert.Equal(3, _server.Calls.Count);
    }

    [Fact]
    public async Task Client_reports_a_redirect_and_does_not_follow_it()
    {
        _server.FailNext("GET", "/sdcpp", context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "https://elsewhere.example/sdcpp/?token=hidden";
            return Task.CompletedTask;
        });
        using var client = Client();

        var exception = (await client.GetAsync("sdcpp/v1/capabilities", Cancellation)).Refused();

        Assert.Equal((BackendFault.Misconfigured, "sd redirects GET /sdcpp/v1/capabilities to https://elsewhere.example/sdcpp/ (302): set Backends:sd:Url to the server's new address."), (exception.Fault, exception.Message));
        Assert.Single(_server.Calls);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task Answer_rejects_invalid_and_ambiguous_JSON(string body)
    {
        _server.FailNext("GET", "/sdcpp", StandIn.Status(200, body));
        using var client = Client();
        var answer = await client.GetAsync("sdcpp/v1/capabilities", Cancellation);

        Assert.Null(answer.TryJson()?["a"]);
        Assert.Contains("is not JSON", Assert.Throws<BackendException>(answer.Json).Message);
    }

    [Theory]
    [InlineData("""{"error":"RequestValidationError","detail":"","body":{"prompt":"a secret wish"},"errors":"1 validation error: a secret wish"}""", "RequestValidationError")]
    [InlineData("""{"detail":[{"type":"int_parsing","loc":["body","steps"],"msg":"Input should be a valid integer","input":{"prompt":"a secret wish"}}]}""", "body.steps: Input should be a valid integer")]
    [InlineData("""{"error":"OutOfMemoryError","detail":"","body":"","errors":"CUDA out of memory"}""", "OutOfMemoryError; CUDA out of memory")]
    [InlineData("""{"error":{"message":"Too large","code":"x"},"prompt":"a secret wish"}""", "Too large")]
    [InlineData("""{"message":"Validation failed","rc":"ValidationError"}""", "Validation failed")]
    [InlineData("""{"images":[],"parameters":{"prompt":"a secret wish"}}""", "")]
    [InlineData("""{"images":[],"parameters":{"prompt":"a secret wish""", "")]
    [InlineData("""["a secret wish"]""", "")]
    [InlineData("500 Internal\nServer Error", "500 Internal Server Error")]
    public async Task Answer_quotes_the_error_message_and_not_the_prompt(string body, string words)
    {
        _server.FailNext("GET", "/sdcpp", StandIn.Status(422, body));
        using var client = Client();

        var exception = (await client.GetAsync("sdcpp/v1/capabilities", Cancellation)).Refused();

        Assert.StartsWith("sd refused GET /sdcpp/v1/capabilities (422", exception.Message);
        Assert.Equal(words, exception.ServerResponse);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/behind/a%20proxy")]
    [InlineData("/behind/a%20proxy/")]
    public async Task Client_accepts_an_address_with_a_path_with_or_without_a_slash(string path)
    {
        using var client = Client(new() { Url = new(_server.Address + path.TrimStart('/')) });

        await client.GetAsync("sdcpp/v1/capabilities", Cancellation);

        Assert.Equal($"{Uri.UnescapeDataString(path).TrimEnd('/')}/sdcpp/v1/capabilities", _server.Calls[0].Path);
    }

    [Fact]
    public async Task Client_replaces_unpaired_surrogates()
    {
        using var client = Client();

        await client.PostAsync("sdcpp/v1/img_gen", new JsonObject { ["prompt"] = "a \ud83d cat" }, isRepeatable: false, limit: null, Cancellation);

        Assert.Equal("a \ufffd cat", (string?)_server.Calls[0].Json["prompt"]);
    }

    [Fact]
    public void Settings_do_not_print_keys_or_passwords()
    {
        Assert.DoesNotContain("sk-secret", new OpenAiImagesOptions { ApiKey = "sk-secret" }.ToString());
        Assert.DoesNotContain("hunter2", new StableDiffusionWebUiOptions { User = "ann", Password = "hunter2" }.ToString());
    }

    private BackendClient Client(StableDiffusionCppOptions? options = null, TimeProvider? time = null) =>
        new("sd", options ?? new StableDiffusionCppOptions { Url = _server.Address, RetrySeconds = 0.001 }, time ?? TimeProvider.System);
}
