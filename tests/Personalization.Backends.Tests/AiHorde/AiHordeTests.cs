using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;
using SkiaSharp;

namespace Personalization.Backends.Tests.AiHorde;

/// <summary>The client of AI Horde.</summary>
public sealed class AiHordeTests
{
    [Fact]
    public async Task Horde_backend_submits_polls_and_fetches_pictures_in_the_order_of_their_seeds()
    {
        await using var server = await StartAsync(new() { Keys = ["secret-key"] });
        using var backend = Backend(server, Options(server) with { ApiKey = "secret-key", Contact = "https://example.org" });

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized with { Model = "stable_diffusion" }, PaintingSources.None, new RecordedReporter(), Cancellation));

        const string id = "00000000-0000-4000-8000-000000000001";
        Assert.Equal(
            ["POST /api/v2/generate/async", $"GET /api/v2/generate/check/{id}", $"GET /api/v2/generate/check/{id}", $"GET /api/v2/generate/status/{id}", $"GET /r2/{id}/0.webp", $"GET /r2/{id}/1.webp", $"GET /r2/{id}/2.webp", $"GET /r2/{id}/3.webp"],
            server.Calls.Select(call => $"{call.Method} {call.Path}{call.Query}"));
        var submitted = server.Calls[0];
        Assert.Equal(("secret-key", "Personalization:1:https://example.org", "application/json"), (submitted.Headers["apikey"], submitted.Headers["Client-Agent"], submitted.Headers["Content-Type"]));
        Assert.Equal(
            """{"prompt":"a lighthouse by the sea, (rich saturated hues:1.26), (soft light:1.11) ### people, washed-out hues","params":{"seed":"4000000000","seed_variation":1,"width":512,"height":768,"n":4,"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true},"nsfw":false,"censor_nsfw":true,"trusted_workers":false,"r2":true,"shared":false,"models":["stable_diffusion"]}""",
            submitted.Text);
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.All(pictures, picture => Requests.HasNoText(picture, "lighthouse"));
        Assert.Equal("", backend.CapabilitiesOf("").Notice);
    }

    [Fact]
    public async Task Horde_backend_accepts_pictures_as_data()
    {
        await using var server = await StartAsync(new() { SendsData = true });
        using var backend = Backend(server);

        Assert.Equal(2, Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 2 }, PaintingSources.None, new RecordedReporter(), Cancellation)).Count);
    }

    [Fact]
    public async Task Horde_backend_logs_and_returns_the_cost_without_the_prompt()
    {
        await using var server = await StartAsync();
        using var log = new RecordedLog { MinLevel = LogLevel.Trace };
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        using var backend = Backend(server, logger: loggers.CreateLogger<AiHordeBackend>());

        var painted = Assert.IsType<PaintingResult.Painted>(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal($"Information {typeof(AiHordeBackend)}: horde took the job 00000000-0000-4000-8000-000000000001 for about 10 kudos", Assert.Single(log.Lines).TrimEnd());
        Assert.Equal("about 10 kudos", painted.Cost);
    }

    [Fact]
    public async Task Checker_reports_the_cost_of_a_picture()
    {
        await using var server = await StartAsync();
        using var guarded = new GuardedBackend(Backend(server), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "stable_diffusion", steps: null, Cancellation);

        Assert.Equal("Each of these pictures cost about 10 kudos.", Assert.Single(report.Remarks));
        Assert.True(report.IsAsDeclared);
    }

    [Fact]
    public void Horde_backend_warns_about_the_anonymous_key()
    {
        using var backend = new AiHordeBackend("horde", new(), TimeProvider.System, NullLogger<AiHordeBackend>.Instance);

        Assert.Contains("all pictures are shared with the public", backend.CapabilitiesOf("").Notice);
    }

    [Fact]
    public async Task Horde_backend_paints_a_variation_over_its_picture()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small() with { Count = 4 }, new([], Requests.Picture()), new RecordedReporter(), Cancellation);

        var sent = server.Calls[0].Json;
        using var original = SKCodec.Create(new MemoryStream(Convert.FromBase64String((string)sent["source_image"]!)));
        Assert.Equal((SKEncodedImageFormat.Webp, 64), (original.EncodedFormat, original.Info.Width));
        Assert.Equal(("img2img", 0.6, "7"), ((string?)sent["source_processing"], (double)sent["params"]!["denoising_strength"]!, (string?)sent["params"]!["seed"]));
    }

    [Theory]
    [InlineData("a cat ### dog", "a cat # # # dog")]
    [InlineData("a cat #### dog", "a cat # # # # dog")]
    [InlineData("a (cat:2) embedding:evil", @"a \(cat:2\) embedding :evil")]
    public async Task Horde_backend_escapes_the_syntax_of_the_server(string text, string expected)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small(text), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(expected, (string?)server.Calls[0].Json["prompt"]);
    }

    [Fact]
    public async Task Horde_backend_reports_the_position_in_the_queue()
    {
        await using var server = await StartAsync(new() { HoldsQueue = true });
        using var backend = Backend(server);
        var reporter = new RecordedReporter { OnReport = _ => server.HoldsQueue = false };

        await backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        Assert.Equal([3, null], reporter.Progress.Select(progress => progress.Ahead));
    }

    [Fact]
    public async Task Horde_backend_resumes_a_request_after_a_restart_of_the_bot()
    {
        await using var server = await StartAsync(new() { HoldsQueue = true });
        using var stop = new CancellationTokenSource();
        using var before = Backend(server);
        var reporter = new RecordedReporter { OnReport = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => before.PaintAsync(Requests.Small(), PaintingSources.None, reporter, stop.Token));

        server.HoldsQueue = false;
        using var after = Backend(server);
        Requests.Painted(await after.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(reporter.Ticket), Cancellation));

        Assert.Single(server.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task Horde_backend_submits_a_forgotten_request_again_with_the_same_seed()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter("00000000-0000-4000-8000-000000000999"), Cancellation));

        Assert.Equal("7", (string?)Assert.Single(server.Calls, call => call.Method == "POST").Json["params"]!["seed"]);
    }

    [Fact]
    public async Task Horde_backend_cancels_a_request()
    {
        await using var server = await StartAsync(new() { HoldsQueue = true });
        using var backend = Backend(server);
        using var stop = new CancellationTokenSource();
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, stop.Token);
        await reporter.ReportedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);

        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));
        Assert.Equal([reporter.Ticket!], server.Cancelled);
        Assert.False(await backend.CancelAsync(reporter.Ticket!, Cancellation));
    }

    [Fact]
    public async Task Horde_backend_sends_status_and_cancel_calls_in_their_exact_form()
    {
        await using var server = await StartAsync(new() { Keys = ["secret-key"] });
        using var backend = Backend(server, Options(server) with { ApiKey = " secret-key\n" });

        await backend.CancelAsync("some-request", Cancellation);

        var call = Assert.Single(server.Calls);
        Assert.Equal(("DELETE", "/api/v2/generate/status/some-request", "", "secret-key", "Personalization:1:unknown", 0), (call.Method, call.Path, call.Query, call.Headers["apikey"], call.Headers["Client-Agent"], call.Body.Length));
    }

    [Fact]
    public async Task Horde_backend_scales_down_and_crops_what_exceeds_the_maximum_side()
    {
        await using var server = await StartAsync();
        using var backend = new GuardedBackend(Backend(server), TimeProvider.System);

        var picture = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Width = 3840, Height = 256 }, PaintingSources.None, new RecordedReporter(), Cancellation))[0];

        Assert.Equal("""{"seed":"7","seed_variation":1,"width":3072,"height":256,"n":1,"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true}""", server.Calls[0].Json["params"]!.ToJsonString());
        Assert.Equal((3072, 205), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Horde_backend_cancels_a_request_that_no_worker_can_take()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);
        var reporter = new RecordedReporter();

        await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small() with { Model = "nothing" }, PaintingSources.None, reporter, Cancellation));

        Assert.Equal([reporter.Ticket!], server.Cancelled);
    }

    [Fact]
    public async Task Horde_backend_waits_as_long_as_the_horde_asks()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/api/v2/generate/async", StandIn.Status(429, """{"message":"2 per 1 second"}"""));
        using var backend = Backend(server);

        Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(2, server.Calls.Count(call => call.Method == "POST"));
    }

    [Fact]
    public async Task Horde_backend_returns_a_refusal_for_censored_pictures_and_forbidden_prompts()
    {
        await using var server = await StartAsync(new() { Censored = 4 });
        using var backend = Backend(server);

        var censored = Assert.IsType<PaintingResult.Refused>(await backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation));
        var forbidden = Assert.IsType<PaintingResult.Refused>(await backend.PaintAsync(Requests.Small("something forbidden"), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(new PaintingRefusal.Withheld(4, 4), censored.Refusal);
        Assert.Equal(new PaintingRefusal.AgainstRules(), forbidden.Refusal);
    }

    [Fact]
    public async Task Horde_backend_does_not_decode_a_picture_that_is_too_large()
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/r2/", Requests.File(Requests.Promise(8192, 8192)));
        using var backend = Backend(server);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Contains("8192 x 8192", exception.Message);
        Assert.Contains("Backends:horde:MaxMegapixels", exception.Message);
    }

    [Fact]
    public async Task Horde_backend_fetches_from_other_hosts_with_https_only()
    {
        await using var server = await StartAsync();
        await using var other = await StartAsync();
        var address = $"http://localhost:{other.Address.Port}/r2/x/0.webp";
        server.FailNext("GET", "/api/v2/generate/status", StandIn.Status(200, $$"""{"generations":[{"img":"{{address}}","seed":"7","state":"ok"}]}"""));
        using var backend = Backend(server);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Empty(other.Calls);
        Assert.Equal((BackendFault.Failed, "horde linked to a picture on another host without https, which is not allowed."), (exception.Fault, exception.Message));
    }

    [Fact]
    public async Task Horde_backend_does_not_quote_what_a_link_answers()
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/r2/", StandIn.Status(403, "a secret of the network", "text/plain"));
        using var backend = Backend(server);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal((BackendFault.Failed, "horde linked to a picture that cannot be fetched (403)."), (exception.Fault, exception.Message));
    }

    /// <summary>A failure, the expected fault and a part of its message.</summary>
    public static TheoryData<string, int, string> Faults => new()
    {
        { "refused", (int)BackendFault.Unavailable, "cannot be reached" },
        { "hang", (int)BackendFault.Unavailable, "did not answer" },
        { "half a body", (int)BackendFault.Unavailable, "" },
        { "wrong key", (int)BackendFault.Misconfigured, "Backends:horde:ApiKey" },
        { "kudos", (int)BackendFault.Misconfigured, "requires kudos" },
        { "timeout", (int)BackendFault.Unavailable, "from this IP address" },
        { "too many", (int)BackendFault.Unavailable, "accepts no more" },
        { "maintenance", (int)BackendFault.Unavailable, "accepts no more" },
        { "server error", (int)BackendFault.Failed, "internal" },
        { "not valid", (int)BackendFault.Misconfigured, "validation failed" },
        { "no worker", (int)BackendFault.Misconfigured, "No worker of horde serves \"nothing\"" },
        { "worker fails", (int)BackendFault.Failed, "failed at the request" },
        { "no JSON", (int)BackendFault.Failed, "is not JSON" },
        { "no picture", (int)BackendFault.Failed, "not a picture" },
        { "too much", (int)BackendFault.Failed, "more than 1 MB" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Horde_backend_reports_each_failure(string trouble, int fault, string words)
    {
        await using var server = await StartAsync(new() { Faults = trouble == "worker fails" });
        var (path, answer) = trouble switch
        {
            "hang" => ("/api/v2/generate/async", StandIn.Hang()),
            "half a body" => ("/api/v2/generate/async", StandIn.HalfABody()),
            "timeout" => ("/api/v2/generate/async", StandIn.Status(403, """{"message":"too much","rc":"TimeoutIP"}""")),
            "too many" => ("/api/v2/generate/async", StandIn.Status(429, """{"message":"30 per user","rc":"TooManyPrompts"}""")),
            "maintenance" => ("/api/v2/generate/async", StandIn.Status(503, """{"message":"we are back soon"}""")),
            "server error" => ("/api/v2/generate/async", StandIn.Status(500, """{"message":"internal"}""")),
            "not valid" => ("/api/v2/generate/async", StandIn.Status(400, """{"message":"Input payload validation failed","rc":"ValidationError","errors":{"prompt":"a secret wish is too short"}}""")),
            "no JSON" => ("/api/v2/generate/async", StandIn.Status(202, "<html>")),
            "too much" => ("/api/v2/generate/async", StandIn.Status(202, "\"" + new string('x', 2_000_000) + "\"")),
            "no picture" => ("/r2/", StandIn.Status(200, "hello", "image/webp")),
            _ => ("/nowhere", StandIn.Hang()),
        };
        server.FailNext(path == "/r2/" ? "GET" : "POST", path, answer, times: trouble == "too many" ? 4 : 1);
        if (trouble == "refused")
        {
            await server.StopAsync();
        }

        var options = Options(server) with { AnswerSeconds = trouble == "hang" ? 0.5 : 30, MaxMegabytes = 1, ApiKey = trouble == "wrong key" ? "wrong-secret" : AiHordeOptions.Anonymous };
        using var backend = Backend(server, options);
        var request = Requests.Small("a secret wish") with { Model = trouble == "no worker" ? "nothing" : "", Width = trouble == "kudos" ? 2048 : 64, Height = trouble == "kudos" ? 2048 : 64 };

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(fault, (int)exception.Fault);
        Assert.Contains(words, exception.FullMessage);
        Assert.DoesNotContain("a secret wish", exception.Message);
        Assert.DoesNotContain("wrong-secret", exception.ToString());
        Assert.InRange(server.Calls.Count(call => call.Method == "POST"), 0, trouble == "too many" ? 4 : 1);
    }

    private static async Task<AiHordeStandIn> StartAsync(AiHordeStandIn? server = null)
    {
        server ??= new();
        await server.StartAsync();
        return server;
    }

    private static AiHordeBackend Backend(AiHordeStandIn server, AiHordeOptions? options = null, ILogger<AiHordeBackend>? logger = null) =>
        new("horde", options ?? Options(server), TimeProvider.System, logger ?? NullLogger<AiHordeBackend>.Instance);

    private static AiHordeOptions Options(AiHordeStandIn server) =>
        new() { Url = new(server.Address, "/api/v2/"), PollSeconds = 0.02, RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };
}
