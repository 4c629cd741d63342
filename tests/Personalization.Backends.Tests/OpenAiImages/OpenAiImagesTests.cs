using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.OpenAiImages;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.OpenAiImages;

/// <summary>The client of OpenAI's images and of compatible servers.</summary>
public sealed class OpenAiImagesTests
{
    [Fact]
    public async Task OpenAi_backend_requests_four_pictures_in_one_generation()
    {
        await using var server = await StartAsync(new() { Key = "sk-secret" });
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret", Quality = "medium" });

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized with { Width = 1024, Height = 1536 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        var call = Assert.Single(server.Posts);
        Assert.Equal(("POST", "/v1/images/generations", "", "application/json", "Bearer sk-secret"), (call.Method, call.Path, call.Query, call.Headers["Content-Type"], call.Headers["Authorization"]));
        Assert.Equal(
            """{"model":"gpt-image-1","prompt":"a lighthouse by the sea, rich saturated hues, soft light, without people","n":4,"size":"1024x1536","quality":"medium","moderation":"auto","output_format":"png"}""",
            call.Text);
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.All(pictures, picture => Requests.HasNoText(picture, "lighthouse"));
    }

    [Fact]
    public async Task OpenAi_backend_escapes_the_syntax_of_compatible_servers()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small("a (lighthouse:1.5) [sea] BREAK <lora:x:1> | fog"), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(@"a \(lighthouse:1.5\) \[sea\] break < lora:x:1> ¦ fog", (string?)Assert.Single(server.Posts).Json["prompt"]);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/", true)]
    [InlineData("https://EU.API.OpenAI.com/v1/", true)]
    [InlineData("https://mine.openai.azure.com/openai/v1/", true)]
    [InlineData("http://127.0.0.1:1234/v1", false)]
    [InlineData("https://notopenai.com/v1", false)]
    public void OpenAi_is_recognized_by_its_address_and_its_prompts_keep_brackets(string address, bool isIt)
    {
        Assert.Equal(isIt, OpenAiRequests.IsOpenAi(new(address)));
        Assert.Equal("a (red) lighthouse [by AND by]", OpenAiPromptSyntax.Instance.Escape("a (red) lighthouse [by AND by]"));
    }

    [Fact]
    public async Task OpenAi_backend_sends_references_as_an_edit_with_the_weight_in_words()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);
        ReadOnlyMemory<byte>[] references = [Requests.Picture("one"), Requests.Picture("two")];

        await backend.PaintAsync(Requests.Small() with { ReferenceWeight = 0.9 }, new(references, default), new RecordedReporter(), Cancellation);

        var call = Assert.Single(server.Posts);
        Assert.Equal(("POST", "/v1/images/edits"), (call.Method, call.Path));
        Assert.Contains("a lighthouse. Follow the style of the attached pictures closely in colour, light and texture, and leave their subjects out.", call.Text);
        Assert.Equal(["style-1.png", "style-2.png"], FormPart.Parse(call)!.Where(part => part.Name == "image[]").Select(part => part.FileName));
        Assert.DoesNotContain("moderation", call.Text);
        Assert.Equal(4, backend.CapabilitiesOf("").References);
        Assert.Equal(0, backend.CapabilitiesOf("dall-e-3").References);
    }

    [Fact]
    public async Task OpenAi_backend_sends_a_variation_as_an_edit()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 4 }, new([], Requests.Picture()), new RecordedReporter(), Cancellation));

        Assert.Contains("A variation of the attached picture: a lighthouse", Assert.Single(server.Calls, call => call.Path == "/v1/images/edits").Text);
        Assert.Equal(4, pictures.Count);
    }

    [Fact]
    public async Task OpenAi_backend_sends_an_edit_in_its_exact_form()
    {
        await using var server = await StartAsync(new() { Key = "sk-secret" });
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret\n" });

        await backend.PaintAsync(Requests.Small() with { ReferenceWeight = 0.5 }, new([Requests.Picture()], default), new RecordedReporter(), Cancellation);

        var call = Assert.Single(server.Posts);
        var boundary = call.Headers["Content-Type"].Split('=')[1];
        string Field(string name, string value) => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
        Assert.Equal(("POST", "/v1/images/edits", "", $"multipart/form-data; boundary={boundary}", "Bearer sk-secret"), (call.Method, call.Path, call.Query, call.Headers["Content-Type"], call.Headers["Authorization"]));
        Assert.Equal(
            Field("model", "gpt-image-1")
            + Field("prompt", "a lighthouse. Follow the style of the attached pictures in colour, light and texture, and leave their subjects out.")
            + Field("n", "1") + Field("size", "1024x1024") + Field("quality", "auto") + Field("output_format", "png")
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"image[]\"; filename=\"style-1.png\"\r\nContent-Type: image/png\r\n\r\n"
            + Encoding.Latin1.GetString(Requests.Picture()) + $"\r\n--{boundary}--\r\n",
            Encoding.Latin1.GetString(call.Body.Span));
    }

    [Fact]
    public async Task OpenAi_backend_requests_a_stream_in_its_exact_form()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { PartialImages = 2 });

        await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(
            """{"model":"gpt-image-1","prompt":"a lighthouse","n":1,"size":"1024x1024","quality":"auto","moderation":"auto","output_format":"png","stream":true,"partial_images":2}""",
            Assert.Single(server.Posts).Text);
    }

    [Fact]
    public async Task OpenAi_backend_gives_a_stream_its_time_again_with_every_unfinished_picture()
    {
        await using var server = await StartAsync();
        var time = new FakeTimeProvider();
        var picture = Convert.ToBase64String(Requests.Picture());
        using var next = new SemaphoreSlim(0);
        using var shown = new SemaphoreSlim(0);
        server.FailNext("POST", "/v1/images", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var type in (string[])["partial_image", "partial_image", "completed"])
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"event: image_generation.{type}\ndata: {{\"b64_json\":\"{picture}\"}}\n\n");
                await context.Response.Body.FlushAsync();
            }
        });
        using var backend = new OpenAiImagesBackend("openai", Options(server) with { PartialImages = 2, PaintingMinutes = 15 }, time);
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter { OnReport = _ => shown.Release() }, Cancellation);
        await server.CalledAsync(call => call.Path.StartsWith("/v1/images", StringComparison.Ordinal));

        for (var i = 0; i < 2; i++)
        {
            time.Advance(TimeSpan.FromMinutes(14));
            next.Release();
            await shown.WaitAsync(Cancellation);
        }

        time.Advance(TimeSpan.FromMinutes(14));
        next.Release();

        Assert.Single(Requests.Painted(await painting));
    }

    [Fact]
    public async Task OpenAi_backend_reads_events_in_pieces_with_noise_between_them()
    {
        await using var server = await StartAsync();
        var picture = Convert.ToBase64String(Requests.Picture());
        server.FailNext("POST", "/v1/images", async context =>
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            foreach (var piece in (": hello\r\n\r\nevent: image_generation.partial_image\r\ndata: {\"partial_image_index\":0,\"b64_json\":\"" + picture + "\"}\r\n\r\ndata: no JSON\n\ndata: []\n\ndata: null\n\nevent: image_generation.completed\ndata: {\"b64_json\":\ndata: \"" + picture + "\"}\n\n").Chunk(7))
            {
                await context.Response.WriteAsync(new string(piece));
                await context.Response.Body.FlushAsync();
            }
        });
        using var backend = Backend(server, Options(server) with { PartialImages = 1 });
        var reporter = new RecordedReporter();

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation)));
        Assert.Equal([(0.5, true), (1, false)], reporter.Progress.Select(progress => (progress.Fraction, !progress.Preview.IsEmpty)));
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"server_error","code":null,"message":"no"}}""", (int)BackendFault.Failed, 1)]
    [InlineData("""{"type":"error","error":{"type":"invalid_request_error","code":"invalid_value","message":"no"}}""", (int)BackendFault.Misconfigured, 1)]
    [InlineData("""{"type":"error","error":{"type":"requests","code":"rate_limit_exceeded","message":"no"}}""", (int)BackendFault.Unavailable, 4)]
    [InlineData("""{"type":"image_generation.failed","error":"no"}""", (int)BackendFault.Failed, 1)]
    [InlineData("""{"type":"error","code":"server_error","message":"no"}""", (int)BackendFault.Failed, 1)]
    public async Task OpenAi_backend_reports_a_failure_inside_a_stream(string data, int fault, int calls)
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", StandIn.Status(200, $"data: {data}\n\n", "text/event-stream"), times: 4);
        using var backend = Backend(server, Options(server) with { PartialImages = 1 });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal((fault, calls), ((int)exception.Fault, server.Posts.Count));
        Assert.DoesNotContain("ended without", exception.Message);
    }

    [Fact]
    public async Task OpenAi_backend_returns_a_refusal_inside_a_stream()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", StandIn.Status(200, "event: error\ndata: {\"type\":\"error\",\"error\":{\"code\":\"moderation_blocked\",\"message\":\"no\"}}\n\n", "text/event-stream"));
        using var backend = Backend(server, Options(server) with { PartialImages = 1 });

        Assert.IsType<PaintingResult.Refused>(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));
    }

    [Fact]
    public async Task OpenAi_backend_calls_four_times_if_a_model_paints_one_picture_per_call()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        Assert.Equal(4, Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "dall-e-3", Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation)).Count);

        Assert.Equal("""{"model":"dall-e-3","prompt":"a lighthouse","n":1,"size":"1024x1024","response_format":"b64_json"}""", server.Posts[0].Text);
        Assert.Equal(4, server.Posts.Count);
    }

    [Theory]
    [InlineData(false, "", true)]
    [InlineData(false, "sk-secret", false)]
    [InlineData(true, "", false)]
    public void OpenAi_backend_is_not_free_if_the_service_requires_a_key(bool isOpenAi, string key, bool isFree)
    {
        using var backend = new OpenAiImagesBackend("openai", new() { Url = new(isOpenAi ? "https://api.openai.com/v1" : "http://127.0.0.1:8080/v1"), ApiKey = key }, TimeProvider.System);

        Assert.Equal(isFree, backend.CapabilitiesOf("").IsFree);
    }

    [Theory]
    [InlineData("30ms", "1", "50s", "9", 50_000)]
    [InlineData("30ms", "0", "50s", "0", 50_000)]
    [InlineData("50s", "9", "30ms", "0", 30)]
    [InlineData("1s", null, "2s", null, 2000)]
    [InlineData("1.2.3s", null, "0s", null, 40_000)]
    public async Task OpenAi_backend_waits_for_the_exhausted_rate_limit(string requests, string? leftRequests, string tokens, string? leftTokens, int milliseconds)
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", async context =>
        {
            var headers = context.Response.Headers;
            (headers["x-ratelimit-reset-requests"], headers["x-ratelimit-reset-tokens"]) = (requests, tokens);
            (headers["x-ratelimit-remaining-requests"], headers["x-ratelimit-remaining-tokens"]) = (leftRequests, leftTokens);
            await StandIn.Status(429, """{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}""")(context);
        });
        var time = new WaitedTime();
        using var backend = new OpenAiImagesBackend("openai", Options(server) with { ApiKey = "sk-secret", RetrySeconds = 20, PaintingMinutes = 15 }, time);

        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        var pause = await time.Pause.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        time.Advance(pause);

        Requests.Painted(await painting);
        Assert.Equal(milliseconds, pause.TotalMilliseconds);
    }

    [Theory]
    [InlineData("gpt-image-2", 3840, 272, "1776x592", 1776, 126)]
    [InlineData("gpt-image-1", 1360, 768, "1536x1024", 1536, 867)]
    [InlineData("gpt-image-1", 1024, 1024, "1024x1024", 1024, 1024)]
    [InlineData("chatgpt-image-latest", 1360, 768, "1536x1024", 1536, 867)]
    [InlineData("gpt-image-2", 1360, 768, "1360x768", 1360, 768)]
    public async Task OpenAi_backend_requests_the_nearest_size_and_the_picture_is_cropped(string model, int width, int height, string size, int paintedWidth, int paintedHeight)
    {
        await using var server = await StartAsync();
        using var backend = new GuardedBackend(Backend(server), TimeProvider.System);

        var picture = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = model, Width = width, Height = height }, PaintingSources.None, new RecordedReporter(), Cancellation))[0];

        Assert.Equal(size, (string?)server.Posts[0].Json["size"]);
        Assert.Equal((paintedWidth, paintedHeight), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task OpenAi_backend_reports_unfinished_pictures_of_a_stream()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { PartialImages = 1 });
        var reporter = new RecordedReporter();

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 2 }, PaintingSources.None, reporter, Cancellation));

        Assert.Equal(2, pictures.Count);
        Assert.True((bool)server.Posts[0].Json["stream"]!);
        Assert.Equal([(0.25, true), (0.5, false), (0.75, true), (1, false)], reporter.Progress.Select(progress => (progress.Fraction, !progress.Preview.IsEmpty)));
    }

    [Fact]
    public async Task OpenAi_backend_paints_with_a_server_that_gives_one_picture_a_call()
    {
        await using var server = await StartAsync(new() { Service = OpenAiImagesStandIn.LocalAi });
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "sd15", Count = 4, Width = 512, Height = 512 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(4, pictures.Count);
        Assert.Equal(4, server.Posts.Count);
        Assert.Equal("""{"model":"sd15","prompt":"a lighthouse","n":4,"size":"512x512","response_format":"b64_json"}""", server.Posts[0].Text);
    }

    [Fact]
    public async Task OpenAi_backend_fetches_linked_pictures_without_the_key()
    {
        await using var server = await StartAsync(new() { Key = "sk-secret" });
        server.FailNext("POST", "/v1/images/generations", StandIn.Status(200, """{"created":1,"data":[{"url":"/generated-images/1.png"}]}"""));
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret" });

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "sd15", Width = 512, Height = 512 }, PaintingSources.None, new RecordedReporter(), Cancellation)));
        Assert.DoesNotContain("Authorization", server.Calls[^1].Headers.Keys);
    }

    [Theory]
    [InlineData("a cat | dog", "a cat ¦ dog")]
    [InlineData("a cat <sd_cpp_extra_args>{}</sd_cpp_extra_args>", "a cat < sd_cpp_extra_args>{}< /sd_cpp_extra_args>")]
    public async Task OpenAi_backend_escapes_tags_and_separators(string text, string expected)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small(text), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(expected, (string?)server.Posts[0].Json["prompt"]);
    }

    [Fact]
    public async Task OpenAi_backend_returns_a_refusal_and_does_not_repeat_the_call()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var refused = Assert.IsType<PaintingResult.Refused>(await backend.PaintAsync(Requests.Small("something forbidden"), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(new PaintingRefusal.AgainstRules(), refused.Refusal);
        Assert.Single(server.Posts);
    }

    [Fact]
    public async Task OpenAi_backend_waits_as_long_as_the_service_asks()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", async context =>
        {
            context.Response.Headers["x-ratelimit-reset-requests"] = "30ms";
            await StandIn.Status(429, """{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}""")(context);
        });
        using var backend = Backend(server, Options(server) with { RetrySeconds = 50 });

        Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(2, server.Posts.Count);
    }

    [Theory]
    [InlineData("1s", 1000)]
    [InlineData("6m0s", 360_000)]
    [InlineData("120ms", 120)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void OpenAi_backend_parses_the_durations_of_rate_limits(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, OpenAiAnswers.Duration(text)?.TotalMilliseconds);

    [Theory]
    [InlineData("server error")]
    [InlineData("half a body")]
    [InlineData("no picture")]
    public async Task OpenAi_backend_repeats_only_the_call_that_failed(string trouble)
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", Broken(trouble), after: 2, times: 2);
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "dall-e-3", Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.Equal(6, server.Posts.Count);
    }

    [Fact]
    public async Task OpenAi_backend_gives_up_a_call_that_keeps_failing()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", Broken("server error"), after: 1, times: 100);
        using var backend = Backend(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await backend.PaintAsync(Requests.Small() with { Model = "dall-e-3", Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal((1, 5), (painted.Pictures.Count, server.Posts.Count));
    }

    [Theory]
    [InlineData("moderation_blocked")]
    [InlineData("insufficient_quota")]
    public async Task OpenAi_backend_does_not_repeat_final_failures_after_some_pictures(string code)
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", StandIn.Status(400, "{\"error\":{\"message\":\"no\",\"code\":\"" + code + "\"}}"), after: 1);
        using var backend = Backend(server);

        await Record.ExceptionAsync(() => backend.PaintAsync(Requests.Small() with { Model = "dall-e-3", Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(2, server.Posts.Count);
    }

    private static Func<HttpContext, Task> Broken(string trouble) => trouble switch
    {
        "server error" => StandIn.Status(500, """{"error":{"message":"no","code":"server_error"}}"""),
        "half a body" => StandIn.HalfABody(),
        _ => StandIn.Status(200, """{"created":1,"data":[{"b64_json":"aGVsbG8="}]}"""),
    };

    /// <summary>A failure of the service, and the expected fault.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        { "refused", (int)BackendFault.Unavailable },
        { "hang", (int)BackendFault.TimedOut },
        { "half a body", (int)BackendFault.Unavailable },
        { "restart", (int)BackendFault.Unavailable },
        { "wrong key", (int)BackendFault.Misconfigured },
        { "unverified", (int)BackendFault.Misconfigured },
        { "no quota", (int)BackendFault.Misconfigured },
        { "unknown model", (int)BackendFault.Misconfigured },
        { "server error", (int)BackendFault.Failed },
        { "no JSON", (int)BackendFault.Failed },
        { "no pictures", (int)BackendFault.Failed },
        { "no picture", (int)BackendFault.Failed },
        { "broken stream", (int)BackendFault.Failed },
        { "too much", (int)BackendFault.Failed },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task OpenAi_backend_reports_a_bad_answer_and_does_not_pay_twice(string trouble, int fault)
    {
        await using var server = await StartAsync();
        if (trouble == "refused")
        {
            await server.StopAsync();
        }

        static string Error(string code) => "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":\"" + code + "\"}}";
        server.FailNext(
            "POST",
            "/v1/images",
            trouble switch
            {
                "hang" => StandIn.Hang(),
                "half a body" => StandIn.HalfABody(),
                "restart" => StandIn.Cut,
                "wrong key" => StandIn.Status(401, Error("invalid_api_key")),
                "unverified" => StandIn.Status(403, Error("organization_must_be_verified")),
                "no quota" => StandIn.Status(429, Error("insufficient_quota")),
                "unknown model" => StandIn.Status(404, Error("model_not_found")),
                "server error" => StandIn.Status(500, Error("server_error")),
                "no JSON" => StandIn.Status(200, "<html>"),
                "no pictures" => StandIn.Status(200, """{"created":1,"data":[]}"""),
                "no picture" => StandIn.Status(200, """{"created":1,"data":[{"b64_json":"aGVsbG8="}]}"""),
                "broken stream" => StandIn.Status(200, "event: ping\ndata: {}\n\n", "text/event-stream"),
                _ => StandIn.Status(200, "\"" + new string('x', 2_000_000) + "\""),
            });
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret", MaxMegabytes = 1, PaintingMinutes = trouble == "hang" ? 0.01 : 1 });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small("a secret wish"), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(fault, (int)exception.Fault);
        Assert.DoesNotContain("a secret wish", exception.Message);
        Assert.DoesNotContain("sk-secret", exception.ToString());
        Assert.InRange(server.Posts.Count, 0, 1);
    }

    /// <summary>Captures the first pause that is neither the time limit of a call nor a retry.</summary>
    private sealed class WaitedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource<TimeSpan> _pause = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Pause => _pause.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromMinutes(2))
            {
                _pause.TrySetResult(dueTime);
            }

            return timer;
        }
    }

    private static async Task<OpenAiImagesStandIn> StartAsync(OpenAiImagesStandIn? server = null)
    {
        server ??= new();
        await server.StartAsync();
        return server;
    }

    private static OpenAiImagesBackend Backend(OpenAiImagesStandIn server, OpenAiImagesOptions? options = null) => new("openai", options ?? Options(server), TimeProvider.System);

    private static OpenAiImagesOptions Options(OpenAiImagesStandIn server) =>
        new() { Url = new(server.Address, "/v1"), RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };
}
