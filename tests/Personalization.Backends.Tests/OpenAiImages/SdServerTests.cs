using System.Text.Json.Nodes;
using Personalization.Backends.Check;
using Personalization.Backends.OpenAiImages;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.OpenAiImages;

/// <summary>stable-diffusion.cpp's server through the interface of OpenAI's images.</summary>
public sealed class SdServerTests
{
    [Fact]
    public async Task Sd_server_is_sent_seed_and_negative_in_the_form_that_it_extends_the_interface_with()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Personalized with { MaxSteps = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(["GET /v1/models", "GET /sdcpp/v1/capabilities", "POST /v1/images/generations"], server.Calls.Select(call => $"{call.Method} {call.Path}").Distinct());
        Assert.Equal(
            """{"model":"sd-cpp-local","prompt":"a lighthouse by the sea, (rich saturated hues:1.26), (soft light:1.11)<sd_cpp_extra_args>{\"seed\":4000000000,\"negative_prompt\":\"people, washed-out hues\",\"sample_params\":{\"sample_steps\":4},\"embed_image_metadata\":false}</sd_cpp_extra_args>","n":1,"size":"512x768","output_format":"png"}""",
            server.Posts[0].Text);
    }

    [Fact]
    public async Task Sd_server_gives_another_picture_for_another_seed_and_the_same_for_the_same()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var first = await PngAsync(backend, Requests.Small());

        Assert.Equal(first, await PngAsync(backend, Requests.Small()));
        Assert.NotEqual(first, await PngAsync(backend, Requests.Small() with { Seed = 8 }));
    }

    [Fact]
    public async Task Sd_server_is_asked_for_one_picture_a_call_so_that_each_has_its_time_and_shows_progress()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);
        var reporter = new RecordedReporter();

        var painted = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, reporter, Cancellation));

        Assert.Equal([("7", 1), ("8", 1), ("9", 1), ("10", 1)], server.Posts.Select(call => (SeedIn(call), (int)call.Json["n"]!)));
        Assert.Equal(4, painted.Select(picture => Convert.ToHexString(picture.Png.Span)).Distinct().Count());
        Assert.Equal([0.25, 0.5, 0.75, 1], reporter.Progress.Select(progress => progress.Fraction));
    }

    [Fact]
    public async Task Sd_server_gets_no_liked_pictures_which_it_would_paint_over()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small() with { ReferenceWeight = 0.8 }, new([Requests.Picture("red"), Requests.Picture("blue")], Requests.Picture()), new RecordedReporter(), Cancellation);

        Assert.Equal("/v1/images/generations", Assert.Single(server.Posts).Path);
        Assert.Equal((0, false), (backend.CapabilitiesOf("").References, backend.CapabilitiesOf("").Variations));
    }

    [Theory]
    [InlineData("sd15.safetensors", 512, true, true, "")]
    [InlineData("sd_xl_base_1.0.safetensors", 1024, true, true, "")]
    [InlineData("flux1-dev-q8_0.gguf", 1024, false, false, "")]
    [InlineData("mine.gguf", 512, true, true, "the name of its model, \"mine\", tells no family, so it is asked for as StableDiffusion15 (pictures of 512 x 512 pixels, the server's own steps and guidance where none are set): set Backends:openai:Family to its family, or Backends:openai:Side, Backends:openai:Steps and Backends:openai:Guidance to what it takes")]
    public async Task Sd_server_tells_the_model_whose_size_and_prompt_apply(string file, int side, bool readsWeights, bool readsNegative, string notice)
    {
        await using var server = await StartAsync(file);
        using var backend = Backend(server);

        await backend.InspectAsync("", Cancellation);

        var capabilities = backend.CapabilitiesOf("");
        Assert.Equal((side * side, 64), backend.SizeOf(""));
        Assert.Equal((readsWeights, readsNegative, notice), (capabilities.Weights, capabilities.Negative, capabilities.Notice));
    }

    [Fact]
    public async Task Checker_proves_the_seed_of_an_sd_server_and_declares_no_references()
    {
        await using var server = await StartAsync();
        using var guarded = new GuardedBackend(Backend(server), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);

        Assert.Null(report.Problem);
        Assert.Empty(report.False);
        Assert.Equal((true, true, 2), (report.Proved.Seed, report.Proved.Negative, report.Proved.Batch));
        Assert.Equal(0, report.Declared.References);
    }

    [Fact]
    public async Task Checker_tells_of_a_server_without_seeds_that_gives_the_same_pictures_again()
    {
        await using var server = await StartAsync(models: ["mine"]);
        using var guarded = new GuardedBackend(Backend(server), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "mine", steps: null, Cancellation);

        Assert.Equal("Two calls gave the same picture, as a server does whose seed is fixed: another try of a prompt would give it too. Start the server with a random seed.", Assert.Single(report.Remarks));
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/sdcpp/v1/capabilities")]
    public async Task Sd_server_that_fails_at_telling_what_it_is_stays_what_it_told_before(string path)
    {
        await using var server = await StartAsync("sd_xl_base_1.0.safetensors");
        using var backend = Backend(server);
        await backend.InspectAsync("", Cancellation);
        server.FailNext("GET", path, StandIn.Status(500, ""));

        await backend.InspectAsync("", Cancellation);

        Assert.Equal((1024 * 1024, true), (backend.SizeOf("").Area, backend.CapabilitiesOf("").Seed));
    }

    [Fact]
    public async Task Server_that_is_started_later_is_recognised_with_the_first_painting()
    {
        await using var server = await StartAsync();
        await server.StopAsync();
        using var backend = Backend(server);
        await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        await server.StartAsync();
        await PngAsync(backend, Requests.Small());

        Assert.True(backend.CapabilitiesOf("").Seed);
        Assert.Equal("7", SeedIn(Assert.Single(server.Posts)));
    }

    [Fact]
    public async Task Service_with_a_key_is_not_asked_what_it_is()
    {
        await using var server = new OpenAiImagesStandIn { Key = "sk-secret" };
        await server.StartAsync();
        using var backend = new OpenAiImagesBackend("openai", new() { Url = new(server.Address, "/v1"), ApiKey = "sk-secret" }, TimeProvider.System);

        await backend.InspectAsync("", Cancellation);

        Assert.Empty(server.Calls);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<OpenAiImagesStandIn> StartAsync(string file = "sd15.safetensors", IReadOnlyList<string>? models = null)
    {
        var server = new OpenAiImagesStandIn { Service = OpenAiImagesStandIn.SdServer, File = file, Models = models };
        await server.StartAsync();
        return server;
    }

    private static OpenAiImagesBackend Backend(OpenAiImagesStandIn server) =>
        new("openai", new() { Url = new(server.Address, "/v1"), RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 }, TimeProvider.System);

    private static async Task<byte[]> PngAsync(OpenAiImagesBackend backend, ImageRequest request) =>
        Requests.Painted(await backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation))[0].Png.ToArray();

    private static string SeedIn(Call call) =>
        JsonNode.Parse(((string)call.Json["prompt"]!).Split("<sd_cpp_extra_args>")[1].Split("</")[0])!["seed"]!.ToString();
}
