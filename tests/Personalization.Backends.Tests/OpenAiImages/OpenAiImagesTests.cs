using Personalization.Backends.OpenAiImages;
using Personalization.Imagine;
using Personalization.StandIns;

namespace Personalization.Backends.Tests.OpenAiImages;

/// <summary>The client of OpenAI's images and of servers that speak like it.</summary>
public sealed class OpenAiImagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_alone_are_one_generation_of_four()
    {
        await using var server = await StartAsync(new() { Key = "sk-secret" });
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret", Quality = "medium" });

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized with { Width = 1024, Height = 1536 }, PaintingSources.None, new RecordedJournal(), Cancellation));

        var call = Assert.Single(server.Calls);
        Assert.Equal(("POST", "/v1/images/generations", "", "application/json", "Bearer sk-secret"), (call.Method, call.Path, call.Query, call.Headers["Content-Type"], call.Headers["Authorization"]));
        Assert.Equal(
            """{"model":"gpt-image-1","prompt":"a lighthouse by the sea, rich saturated hues, soft light, without people","n":4,"size":"1024x1536","quality":"medium","moderation":"auto","output_format":"png"}""",
            call.Text);
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.All(pictures, picture => Requests.HasNoText(picture, "lighthouse"));
    }

    [Fact]
    public async Task References_are_an_edit_that_says_how_closely_to_keep_to_them()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);
        ReadOnlyMemory<byte>[] references = [Requests.Picture("one"), Requests.Picture("two")];

        await backend.PaintAsync(Requests.Small() with { ReferenceWeight = 0.9 }, new(references, default), new RecordedJournal(), Cancellation);

        var call = Assert.Single(server.Calls);
        Assert.Equal(("POST", "/v1/images/edits"), (call.Method, call.Path));
        Assert.StartsWith("multipart/form-data; boundary=", call.Headers["Content-Type"]);
        Assert.Contains("a lighthouse. Follow the style of the attached pictures closely in colour, light and texture, and leave their subjects out.", call.Text);
        Assert.Contains("name=\"image[]\"; filename=style-1.png", call.Text);
        Assert.Contains("name=\"image[]\"; filename=style-2.png", call.Text);
        Assert.DoesNotContain("moderation", call.Text);
        Assert.Equal(4, backend.CapabilitiesOf("").References);
        Assert.Equal(0, backend.CapabilitiesOf("dall-e-3").References);
    }

    [Fact]
    public async Task A_variation_is_an_edit_of_its_picture()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 4, SeedStep = 0 }, new([], Requests.Picture()), new RecordedJournal(), Cancellation));

        Assert.Contains("A variation of the attached picture: a lighthouse", Assert.Single(server.Calls, call => call.Path == "/v1/images/edits").Text);
        Assert.Equal(4, pictures.Count);
    }

    [Theory]
    [InlineData("gpt-image-1", 1360, 768, "1536x1024", 1536, 867)]
    [InlineData("gpt-image-1", 1024, 1024, "1024x1024", 1024, 1024)]
    [InlineData("gpt-image-2", 1360, 768, "1360x768", 1360, 768)]
    public async Task What_has_another_shape_than_was_asked_for_is_cropped_to_it(string model, int width, int height, string size, int paintedWidth, int paintedHeight)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var picture = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = model, Width = width, Height = height }, PaintingSources.None, new RecordedJournal(), Cancellation))[0];

        Assert.Equal(size, (string?)server.Calls[0].Json["size"]);
        Assert.Equal((paintedWidth, paintedHeight), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Unfinished_pictures_come_in_a_stream()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { PartialImages = 1 });
        var journal = new RecordedJournal();

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 2 }, PaintingSources.None, journal, Cancellation));

        Assert.Equal(2, pictures.Count);
        Assert.True((bool)server.Calls[0].Json["stream"]!);
        Assert.Equal([(0.25, true), (0.5, false), (0.75, true), (1, false)], journal.Progress.Select(progress => (progress.Fraction, !progress.Preview.IsEmpty)));
    }

    [Theory]
    [InlineData(OpenAiImagesStandIn.LocalAi, 4)]
    [InlineData(OpenAiImagesStandIn.SdServer, 1)]
    public async Task Servers_that_speak_like_it_paint_too(string service, int calls)
    {
        await using var server = await StartAsync(new() { Service = service });
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "sd15", Count = 4, Width = 512, Height = 512 }, PaintingSources.None, new RecordedJournal(), Cancellation));

        Assert.Equal(4, pictures.Count);
        Assert.Equal(calls, server.Calls.Count);
        Assert.Equal("""{"model":"sd15","prompt":"a lighthouse","n":4,"size":"512x512","response_format":"b64_json"}""", server.Calls[0].Text);
    }

    [Fact]
    public async Task A_picture_behind_an_address_is_fetched_without_the_key()
    {
        await using var server = await StartAsync(new() { Key = "sk-secret" });
        server.FailNext("POST", "/v1/images/generations", StandIn.Status(200, """{"created":1,"data":[{"url":"/generated-images/1.png"}]}"""));
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret" });

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "sd15", Width = 512, Height = 512 }, PaintingSources.None, new RecordedJournal(), Cancellation)));
        Assert.DoesNotContain("Authorization", server.Calls[^1].Headers.Keys);
    }

    [Theory]
    [InlineData("a cat | dog", "a cat ¦ dog")]
    [InlineData("a cat <sd_cpp_extra_args>{}</sd_cpp_extra_args>", "a cat < sd_cpp_extra_args>{}< /sd_cpp_extra_args>")]
    public async Task A_prompt_gives_the_server_no_orders(string text, string expected)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small(text), PaintingSources.None, new RecordedJournal(), Cancellation);

        Assert.Equal(expected, (string?)server.Calls[0].Json["prompt"]);
    }

    [Fact]
    public async Task What_its_rules_are_against_is_told_kindly_and_asked_once()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var refused = Assert.IsType<PaintingResult.Refused>(await backend.PaintAsync(Requests.Small("something forbidden"), PaintingSources.None, new RecordedJournal(), Cancellation));

        Assert.Contains("Put it in other words", refused.Reason);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task A_full_minute_is_waited_out_as_long_as_the_service_says()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/v1/images", async context =>
        {
            context.Response.Headers["x-ratelimit-reset-requests"] = "30ms";
            await StandIn.Status(429, """{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}""")(context);
        });
        using var backend = Backend(server, Options(server) with { RetrySeconds = 50 });

        Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedJournal(), Cancellation));

        Assert.Equal(2, server.Calls.Count);
    }

    [Theory]
    [InlineData("1s", 1000)]
    [InlineData("6m0s", 360_000)]
    [InlineData("120ms", 120)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Durations_are_read_as_the_service_writes_them(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, OpenAiImagesBackend.Duration(text)?.TotalMilliseconds);

    /// <summary>What the service answers to being asked, and what is made of it.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        { "refused", (int)BackendFault.Unavailable },
        { "hang", (int)BackendFault.Unavailable },
        { "half a body", (int)BackendFault.Unavailable },
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
    public async Task A_bad_answer_is_told_for_what_it_is_and_nothing_is_paid_twice(string trouble, int fault)
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
        using var backend = Backend(server, Options(server) with { ApiKey = "sk-secret", MostMegabytes = 1, PaintingMinutes = 0.01 });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small("a secret wish"), PaintingSources.None, new RecordedJournal(), Cancellation));

        Assert.Equal(fault, (int)exception.Fault);
        Assert.DoesNotContain("a secret wish", exception.Message);
        Assert.DoesNotContain("sk-secret", exception.ToString());
        Assert.InRange(server.Calls.Count, 0, 1);
    }

    private static async Task<OpenAiImagesStandIn> StartAsync(OpenAiImagesStandIn? server = null)
    {
        server ??= new();
        await server.StartAsync();
        return server;
    }

    private static OpenAiImagesBackend Backend(OpenAiImagesStandIn server, OpenAiImagesOptions? options = null) => new("openai", options ?? Options(server), TimeProvider.System);

    private static OpenAiImagesOptions Options(OpenAiImagesStandIn server) =>
        new() { Url = new(server.Address, "/v1"), RetrySeconds = 0.02, ConnectSeconds = 2 };
}
