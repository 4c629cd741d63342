using Microsoft.Extensions.Logging.Abstractions;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.Http;
using Personalization.Backends.OpenAiImages;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests;

/// <summary>Good pictures of a request of which others are withheld, missing, damaged, deleted or black.</summary>
public sealed class MissingPicturesTests
{
    private static readonly ImageRequest Four = Requests.Small() with { Count = 4 };

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 0, 3)]
    public async Task Horde_gives_the_pictures_that_were_neither_withheld_nor_lost(int censored, int missing, int withheld)
    {
        await using var server = await StartedAsync(new AiHordeStandIn { Censored = censored, Missing = missing });
        using var backend = Horde(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend));

        Assert.Equal(Enumerable.Range(censored + missing, 4 - censored - missing), painted.Positions);
        Assert.Equal(painted.Positions.Count, painted.Pictures.Count);
        Assert.Equal((withheld, missing > 0), (painted.Withheld, painted.Problem.Length > 0));
        Assert.Single(server.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task Horde_gives_the_pictures_beside_a_damaged_one()
    {
        await using var server = await StartedAsync(new AiHordeStandIn());
        server.FailNext("GET", "/r2/", StandIn.Status(200, "hello", "image/webp"), after: 1);
        using var backend = Horde(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend));

        Assert.Equal([0, 2, 3], painted.Positions);
        Assert.Contains("not a picture", painted.Problem);
    }

    [Theory]
    [InlineData("""{"error":{"message":"no","code":"moderation_blocked"}}""", 3, 0)]
    [InlineData("""{"error":{"message":"no","code":"insufficient_quota"}}""", 0, 3)]
    public async Task OpenAi_gives_the_pictures_that_were_paid_for_before_a_call_was_refused(string body, int withheld, int lost)
    {
        await using var server = await StartedAsync(new OpenAiImagesStandIn());
        server.FailNext("POST", "/v1/images", StandIn.Status(400, body), after: 1, times: 10);
        using var backend = OpenAi(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend, Four with { Model = "dall-e-3" }));

        Assert.Single(painted.Pictures);
        Assert.Equal((withheld, lost > 0), (painted.Withheld, painted.Problem.Length > 0));
        Assert.Equal(2, server.Posts.Count);
    }

    [Fact]
    public async Task OpenAi_gives_the_pictures_beside_a_filtered_and_a_damaged_one_and_does_not_pay_again()
    {
        await using var server = await StartedAsync(new OpenAiImagesStandIn());
        var picture = Convert.ToBase64String(Requests.Picture());
        server.FailNext("POST", "/v1/images", StandIn.Status(200, $$$$"""{"data":[{"b64_json":"{{{{picture}}}}"},{"b64_json":"aGVsbG8="},{"content_filter_results":{"violence":{"filtered":true}}},{"b64_json":"{{{{picture}}}}"}]}"""));
        using var backend = OpenAi(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend));

        Assert.Equal((2, 1), (painted.Pictures.Count, painted.Withheld));
        Assert.Single(server.Posts);
    }

    [Fact]
    public async Task StableDiffusionCpp_gives_the_pictures_that_it_returned_with_their_seeds()
    {
        await using var server = await StartedAsync(new StableDiffusionCppStandIn { Missing = 1 });
        using var backend = new StableDiffusionCppBackend("sd", Options<StableDiffusionCppOptions>(server.Address), TimeProvider.System);

        Assert.Equal([1, 2, 3], Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend)).Positions);
    }

    [Fact]
    public async Task WebUi_gives_the_finished_pictures_of_an_interrupted_task()
    {
        await using var server = await StartedAsync(new StableDiffusionWebUiStandIn());
        var picture = Convert.ToBase64String(Requests.Picture());
        server.FailNext("POST", "/sdapi/v1/txt2img", StandIn.Status(200, $$"""{"images":["{{picture}}","{{picture}}","{{picture}}"],"info":"{\"all_seeds\":[7,8,9,10],\"index_of_first_image\":0}"}"""));
        using var backend = new StableDiffusionWebUiBackend("webui", Options<StableDiffusionWebUiOptions>(server.Address), TimeProvider.System);

        Assert.Equal([0, 1], Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend)).Positions);
    }

    [Fact]
    public async Task ComfyUi_gives_the_pictures_beside_a_prompt_that_failed()
    {
        await using var server = await StartedAsync(new ComfyUiStandIn { Failure = "CUDA out of memory", Fails = number => number == 2 });
        using var backend = Comfy(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(backend, Four with { Model = "sd15.safetensors" }));

        Assert.Equal([0, 2, 3], painted.Positions);
        Assert.Contains("ran out of memory at 64 x 64", painted.Problem);
    }

    [Fact]
    public async Task Black_pictures_are_painted_once_more_without_what_the_server_kept()
    {
        await using var server = await StartedAsync(new ComfyUiStandIn { Black = 4 });
        using var guarded = new GuardedBackend(Comfy(server), TimeProvider.System);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(guarded, Four with { Model = "sd15.safetensors" }));

        Assert.Equal(4, painted.Pictures.Count);
        Assert.Equal(8, server.Calls.Count(call => call.Path == "/prompt"));
        Assert.Equal("""{"unload_models":true,"free_memory":true}""", Assert.Single(server.Calls, call => call.Path == "/free").Text);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(int.MaxValue, 0)]
    public async Task Black_pictures_and_their_requests_do_not_stay_at_the_server(int black, int kept)
    {
        var server = new ComfyUiStandIn { Black = black };
        await using var started = await StartedAsync(server);
        using var guarded = new GuardedBackend(Comfy(server), TimeProvider.System);

        await Record.ExceptionAsync(() => PaintAsync(guarded, Four with { Model = "sd15.safetensors" }));

        Assert.Equal(kept, server.History.Count);
    }

    [Fact]
    public async Task Black_pictures_of_a_broken_decoder_are_neither_delivered_nor_taken_for_missing_capabilities()
    {
        await using var server = await StartedAsync(new ComfyUiStandIn { Black = int.MaxValue });
        using var guarded = new GuardedBackend(Comfy(server), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "sd15.safetensors", steps: null, TestContext.Current.CancellationToken);

        Assert.StartsWith("comfy paints only black pictures, twice: its VAE overflows", report.Problem, StringComparison.Ordinal);
        Assert.Empty(report.False);
        Assert.Equal(2, server.Calls.Count(call => call.Path == "/prompt"));
    }

    [Fact]
    public async Task Black_picture_is_left_out_beside_others()
    {
        await using var server = await StartedAsync(new ComfyUiStandIn { Black = 1 });
        using var guarded = new GuardedBackend(Comfy(server), TimeProvider.System);

        var painted = Assert.IsType<PaintingResult.Painted>(await PaintAsync(guarded, Four with { Model = "sd15.safetensors" }));

        Assert.Equal([1, 2, 3], painted.Positions);
        Assert.Contains("black", painted.Problem);
    }

    [Fact]
    public async Task Server_that_paints_one_picture_a_call_is_found_out_and_then_asked_for_one_at_a_time()
    {
        await using var server = await StartedAsync(new StableDiffusionWebUiStandIn { PaintsOne = true });
        using var guarded = new GuardedBackend(new StableDiffusionWebUiBackend("webui", Options<StableDiffusionWebUiOptions>(server.Address), TimeProvider.System), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, TestContext.Current.CancellationToken);
        var before = CallsOf(server).Count();
        var painted = Assert.IsType<PaintingResult.Painted>(await PaintingCalls.PaintAsync(guarded, Four, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        Assert.Equal(["batch"], report.False);
        Assert.Contains("It was asked for 2 pictures in one call and returned 1.", report.Remarks);
        Assert.Equal([(7, 1), (8, 1), (9, 1), (10, 1)], CallsOf(server).Skip(before));
        Assert.Equal(4, painted.Pictures.Select(picture => Convert.ToHexString(picture.Png.Span)).Distinct().Count());
        Assert.Equal("", painted.Problem);
    }

    [Fact]
    public async Task Server_that_paints_one_picture_a_call_is_asked_for_the_others_before_it_is_checked()
    {
        await using var server = await StartedAsync(new StableDiffusionWebUiStandIn { PaintsOne = true });
        using var guarded = new GuardedBackend(new StableDiffusionWebUiBackend("webui", Options<StableDiffusionWebUiOptions>(server.Address), TimeProvider.System), TimeProvider.System);

        var painted = await PaintingCalls.PaintAsync(guarded, Four, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken);

        Assert.Equal(4, Requests.Painted(painted).Count);
        Assert.Equal([(7, 4), (8, 3), (9, 2), (10, 1)], CallsOf(server));
    }

    /// <summary>The seed and the number of pictures of each call.</summary>
    private static IEnumerable<(long Seed, int Count)> CallsOf(StableDiffusionWebUiStandIn server) =>
        server.Calls.Where(call => call.Path == "/sdapi/v1/txt2img").Select(call => ((long)call.Json["seed"]!, (int)call.Json["n_iter"]!));

    private static async Task<T> StartedAsync<T>(T server)
        where T : StandIn
    {
        await server.StartAsync();
        return server;
    }

    private static AiHordeBackend Horde(AiHordeStandIn server) =>
        new("horde", Options<AiHordeOptions>(new(server.Address, "/api/v2/")), TimeProvider.System, NullLogger<AiHordeBackend>.Instance);

    private static OpenAiImagesBackend OpenAi(OpenAiImagesStandIn server) => new("openai", Options<OpenAiImagesOptions>(new(server.Address, "/v1")), TimeProvider.System);

    private static ComfyUiBackend Comfy(ComfyUiStandIn server) => new("comfy", Options<ComfyUiOptions>(server.Address), TimeProvider.System);

    private static T Options<T>(Uri url)
        where T : BackendOptions, new() => new T { Url = url, PollSeconds = 0.02, RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };

    private static Task<PaintingResult> PaintAsync(IImageBackend backend, ImageRequest? request = null) =>
        backend.PaintAsync(request ?? Four, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken);
}
