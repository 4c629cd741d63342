using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.ComfyUi;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.ComfyUi;

/// <summary>The client of ComfyUI with its built-in graphs.</summary>
public sealed partial class ComfyUiTests
{
    private const string Sdxl = "sdxl_base.safetensors";

    [Fact]
    public async Task ComfyUi_backend_submits_one_prompt_per_picture_of_stable_diffusion()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation));

        var calls = Calls(server, "/prompt");
        Assert.Equal(4, calls.Length);
        Assert.Equal(
            """{"prompt":{"4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"sdxl_base.safetensors"}},"6":{"class_type":"CLIPTextEncode","inputs":{"text":"a lighthouse by the sea, (rich saturated hues:1.26), (soft light:1.11)","clip":["4",1]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"people, washed-out hues","clip":["4",1]}},"3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":25,"cfg":7,"sampler_name":"dpmpp_2m","scheduler":"karras","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["4",0],"personalization_job":"#"}},"8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["4",2]}},"9":{"class_type":"PreviewImage","inputs":{"images":["8",0],"personalization_job":"#"}},"5":{"class_type":"EmptyLatentImage","inputs":{"width":512,"height":768,"batch_size":1}}},"client_id":"#","prompt_id":"#"}""",
            Ids().Replace(calls[0].Text, "#").Replace($"\"{((string)calls[0].Json["prompt_id"]!)[..8]}\"", "\"#\"", StringComparison.Ordinal));
        Assert.Equal(("POST", "application/json"), (calls[0].Method, calls[0].Headers["Content-Type"]));
        Assert.DoesNotContain("Origin", calls[0].Headers.Keys);
        Assert.Equal([4000000000, 4000000001, 4000000002, 4000000003], calls.Select(call => (long)call.Json["prompt"]!["3"]!["inputs"]!["seed"]!));
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.All(pictures, picture => Assert.Equal((512, 768), (picture.Width, picture.Height)));
        Assert.All(pictures, picture => Requests.HasNoText(picture, "lighthouse", "class_type"));
        Assert.Equal((1024 * 1024, 8), backend.SizeOf(Sdxl));
    }

    [Fact]
    public async Task ComfyUi_backend_sends_its_other_calls_in_their_exact_form()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var reporter = new RecordedReporter();
        await backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, reporter, Cancellation);
        await backend.DiscardAsync(reporter.Ticket!, Cancellation);

        var id = (string)Calls(server, "/prompt")[0].Json["prompt_id"]!;
        Assert.Equal(id, Guid.ParseExact(id, "D").ToString("D"));
        Assert.Contains(server.Calls, call => call is { Method: "GET", Path: "/object_info/CheckpointLoaderSimple", Query: "" });
        Assert.Contains(server.Calls, call => call.Method == "GET" && call.Path == $"/history/{id}");
        Assert.Contains(server.Calls, call => call is { Method: "GET", Path: "/view", Query: "?filename=temp_00001_.png&subfolder=&type=temp" });
        Assert.Equal($$"""{"delete":["{{id}}"]}""", Assert.Single(Calls(server, "/history")).Text);
        var client = (string)Calls(server, "/prompt")[0].Json["client_id"]!;
        Assert.Contains(server.Calls, call => call.Method == "GET" && call.Path == "/ws" && call.Query == $"?clientId={client}");
    }

    [Fact]
    public async Task ComfyUi_backend_reports_an_unknown_model_with_the_known_ones()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var exception = await FaultAsync(backend, Requests.Small() with { Model = "dreamshaper.safetensors" });

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Equal("The model \"dreamshaper.safetensors\" is not on comfy; its checkpoints are sd15.safetensors, sdxl_base.safetensors, flux1-schnell-fp8.safetensors; its diffusion models are flux1-dev.safetensors. Set the Model of Imagine:Versions to one of them.", exception.Message);
    }

    [Fact]
    public async Task ComfyUi_backend_uploads_references_and_chains_them()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { IpAdapterPreset = "STANDARD (medium strength)" });
        ReadOnlyMemory<byte>[] references = [Requests.Picture("one"), Requests.Picture("two")];
        var request = Requests.Small() with { Model = Sdxl, ReferenceWeight = 0.8 };

        var with = Requests.Painted(await backend.PaintAsync(request, new(references, default), new RecordedReporter(), Cancellation));
        var without = Requests.Painted(await backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(4, backend.CapabilitiesOf(Sdxl).References);
        var graph = Calls(server, "/prompt")[0].Json["prompt"]!;
        var uploads = Calls(server, "/upload/image").Select(upload => FormPart.Parse(upload)![0]).Take(2).ToArray();
        Assert.Equal(references.Select(reference => Convert.ToBase64String(reference.Span)), uploads.Select(upload => Convert.ToBase64String(upload.Content)));
        Assert.Equal([graph["60"]!["inputs"]!["image"]!.ToString(), graph["61"]!["inputs"]!["image"]!.ToString()], uploads.Select(upload => $"{upload.FileName} [temp]"));
        Assert.Equal("""{"class_type":"IPAdapterUnifiedLoader","inputs":{"model":["4",0],"preset":"STANDARD (medium strength)"}}""", graph["50"]!.ToJsonString());
        Assert.Equal("""{"class_type":"IPAdapterAdvanced","inputs":{"model":["70",0],"ipadapter":["50",1],"image":["61",0],"weight":0.4,"weight_type":"style transfer","combine_embeds":"concat","start_at":0,"end_at":1,"embeds_scaling":"V only"}}""", graph["71"]!.ToJsonString());
        Assert.Equal("""["71",0]""", graph["3"]!["inputs"]!["model"]!.ToJsonString());
        Assert.NotEqual(without[0].Png.ToArray(), with[0].Png.ToArray());
    }

    [Theory]
    [InlineData("flux1-schnell-fp8.safetensors")]
    [InlineData("flux1-dev.safetensors")]
    public async Task ComfyUi_backend_uses_redux_for_the_references_of_flux(string model)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { FluxRedux = "flux1-redux-dev.safetensors" });
        var request = Requests.Small() with { Model = model, ReferenceWeight = 0.8 };

        var with = Requests.Painted(await backend.PaintAsync(request, new([Requests.Picture("one"), Requests.Picture("two")], default), new RecordedReporter(), Cancellation));
        var without = Requests.Painted(await backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(4, backend.CapabilitiesOf(model).References);
        var graphs = Calls(server, "/prompt").Select(call => call.Json["prompt"]!).ToArray();
        Assert.Equal("""{"class_type":"StyleModelLoader","inputs":{"style_model_name":"flux1-redux-dev.safetensors"}}""", graphs[0]["50"]!.ToJsonString());
        Assert.Equal("""{"class_type":"CLIPVisionLoader","inputs":{"clip_name":"sigclip_vision_patch14_384.safetensors"}}""", graphs[0]["51"]!.ToJsonString());
        Assert.Equal("""{"class_type":"CLIPVisionEncode","inputs":{"clip_vision":["51",0],"image":["61",0],"crop":"center"}}""", graphs[0]["81"]!.ToJsonString());
        Assert.Equal("""{"class_type":"StyleModelApply","inputs":{"conditioning":["26",0],"style_model":["50",0],"clip_vision_output":["80",0],"strength":0.4,"strength_type":"multiply"}}""", graphs[0]["70"]!.ToJsonString());
        Assert.Equal("""{"class_type":"StyleModelApply","inputs":{"conditioning":["70",0],"style_model":["50",0],"clip_vision_output":["81",0],"strength":0.4,"strength_type":"multiply"}}""", graphs[0]["71"]!.ToJsonString());
        Assert.Equal("""["71",0]""", graphs[0]["3"]!["inputs"]!["positive"]!.ToJsonString());
        Assert.Equal("""["26",0]""", graphs[1]["3"]!["inputs"]!["positive"]!.ToJsonString());
        Assert.NotEqual(without[0].Png.ToArray(), with[0].Png.ToArray());
    }

    [Theory]
    [InlineData("STANDARD (medium strength)", "", 4, 0)]
    [InlineData("", "flux1-redux-dev.safetensors", 0, 4)]
    [InlineData("", "", 0, 0)]
    public async Task ComfyUi_backend_declares_references_only_with_the_adapter_of_the_model(string adapter, string redux, int stableDiffusion, int flux)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { IpAdapterPreset = adapter, FluxRedux = redux });

        Assert.Equal(stableDiffusion, backend.CapabilitiesOf(Sdxl).References);
        Assert.Equal(flux, backend.CapabilitiesOf("flux1-dev.safetensors").References);
    }

    [Fact]
    public async Task ComfyUi_backend_reports_an_unknown_sampler_with_the_known_ones()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server, Options(server) with { Sampler = "DPM++ 2M" });

        var exception = await FaultAsync(backend, Requests.Small() with { Model = Sdxl });

        // The server's refusal lists none of more than 20.
        Assert.Equal(
            "comfy cannot run the workflow: the sampler_name \"DPM++ 2M\" is not on the server; it has euler, euler_cfg_pp, euler_ancestral, heun, dpm_2, dpm_2_ancestral, lms, dpm_fast and others.",
            exception.Message);
    }

    [Fact]
    public async Task ComfyUi_backend_reports_a_missing_node()
    {
        await using var server = await StartAsync(new() { HasIpAdapter = false });
        using var backend = Backend(server, Options(server) with { IpAdapterPreset = "STANDARD (medium strength)" });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small() with { Model = Sdxl, ReferenceWeight = 1 }, new([Requests.Picture()], default), new RecordedReporter(), Cancellation));

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Contains("node IPAdapterUnifiedLoader does not exist", exception.Message);
    }

    [Fact]
    public async Task ComfyUi_backend_paints_variations_over_their_picture()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 4 }, new([], Requests.Picture()), new RecordedReporter(), Cancellation));

        var graph = Calls(server, "/prompt")[0].Json["prompt"]!;
        Assert.Equal("""{"class_type":"VAEEncode","inputs":{"pixels":["40",0],"vae":["4",2]}}""", graph["41"]!.ToJsonString());
        Assert.Equal([7, 8, 9, 10], Calls(server, "/prompt").Select(SeedOf));
        Assert.Equal((0.6, """["41",0]"""), ((double)graph["3"]!["inputs"]!["denoise"]!, graph["3"]!["inputs"]!["latent_image"]!.ToJsonString()));
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
    }

    [Theory]
    [InlineData("a cat embedding:evil", "a cat embedding :evil")]
    [InlineData("a (cat:2)", @"a \(cat:2\)")]
    [InlineData("\"}, \"9\": {\"class_type\": \"Evil\"", "\"}, \"9\": {\"class_type\": \"Evil\"")]
    public async Task ComfyUi_backend_escapes_the_syntax_of_the_server(string text, string expected)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small(text) with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation);

        var graph = Calls(server, "/prompt")[0].Json["prompt"]!;
        Assert.Equal(expected, (string?)graph["6"]!["inputs"]!["text"]);
        Assert.Equal(7, graph.AsObject().Count);
    }

    [Fact]
    public async Task ComfyUi_backend_reports_progress_and_previews_of_the_socket()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var reporter = new RecordedReporter { OnReport = progress => Then(!progress.Preview.IsEmpty, server.Release) };

        await backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2 }, PaintingSources.None, reporter, Cancellation);

        Assert.Contains(reporter.Progress, progress => progress is { Fraction: 0.25, Preview.IsEmpty: false });
        var preview = reporter.Progress.First(progress => !progress.Preview.IsEmpty).Preview;
        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(preview.Span[1..4]));
    }

    [Fact]
    public async Task ComfyUi_backend_paints_without_a_socket()
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/ws", StandIn.Status(403, ""));
        using var backend = Backend(server);

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation)));
    }

    [Theory]
    [InlineData("no JSON", WebSocketMessageType.Text)]
    [InlineData("null", WebSocketMessageType.Text)]
    [InlineData("[1]", WebSocketMessageType.Text)]
    [InlineData("""{"type":7,"data":[]}""", WebSocketMessageType.Text)]
    [InlineData("""{"type":"progress","data":{"max":"many","value":null}}""", WebSocketMessageType.Text)]
    [InlineData("\0\0\0\u0001\0\0\0\u0002<script>", WebSocketMessageType.Binary)]
    [InlineData("\0\0\0\u0004\u007f\u007f\u007f\u007f{}", WebSocketMessageType.Binary)]
    [InlineData("\0", WebSocketMessageType.Binary)]
    public async Task ComfyUi_backend_paints_even_if_the_socket_sends_unexpected_messages(string words, WebSocketMessageType type)
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/ws", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync("""{"type":"execution_start","data":{"prompt_id":"x"}}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
            await socket.SendAsync(Encoding.Latin1.GetBytes(words), type, endOfMessage: true, Cancellation);
        });
        using var backend = new GuardedBackend(Backend(server), TimeProvider.System);
        var reporter = new RecordedReporter();

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, reporter, Cancellation)));
        Assert.All(reporter.Progress, progress => Assert.True(progress.Preview.IsEmpty));
    }

    [Fact]
    public async Task ComfyUi_backend_reports_the_position_in_the_queue()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var first = backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call.Path == "/queue");

        var reporter = new RecordedReporter { OnReport = progress => Then(progress is { Ahead: 1, CountsPictures: true }, server.Release) };
        Requests.Painted(await backend.PaintAsync(Requests.Small("another") with { Model = Sdxl }, PaintingSources.None, reporter, Cancellation));
        Requests.Painted(await first);
    }

    [Fact]
    public async Task Prompt_of_another_client_that_does_not_end_is_logged_once_and_makes_ours_wait()
    {
        var poll = TimeSpan.FromSeconds(29);
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var other = Backend(server, Options(server) with { PaintingMinutes = 60 });
        var theirs = other.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call.Path == "/queue");
        using var log = new RecordedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var time = new PollingTime(poll);
        using var backend = new ComfyUiBackend("comfy", Options(server) with { PollSeconds = poll.TotalSeconds, PaintingMinutes = 1, AnswerSeconds = 600 }, time, loggers.CreateLogger<ComfyUiBackend>());

        Task[] ours = [.. Enumerable.Range(0, 2).Select(_ => backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation))];
        for (var i = 0; i < 6; i++)
        {
            // Looked at after 0, 29, 58 and 87 seconds.
            await time.AllWaitAsync(() => ours.Length, ours);
            Assert.Equal(i >= 3, !log.Lines.IsEmpty);
            time.Pass(poll);
        }

        var id = (string)Calls(server, "/prompt")[0].Json["prompt_id"]!;
        Assert.Contains($"comfy has run prompt {id} of another client for more than 1 minutes, and everyone waits for it", Assert.Single(log.Lines), StringComparison.Ordinal);
        server.Release();
        await theirs;
        while (ours.Any(painting => !painting.IsCompleted))
        {
            await time.AllWaitAsync(() => ours.Count(painting => !painting.IsCompleted), ours);
            time.Pass(poll);
        }

        await Task.WhenAll(ours);
    }

    [Fact]
    public async Task ComfyUi_backend_collects_its_prompts_after_a_restart_of_the_bot()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var stop = new CancellationTokenSource();
        using var before = Backend(server);
        var reporter = new RecordedReporter { OnReport = _ => Then(Calls(server, "/queue", "GET").Length > 0, stop.Cancel) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => before.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2 }, PaintingSources.None, reporter, stop.Token));

        server.Release();
        using var after = Backend(server);
        var pictures = Requests.Painted(await after.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2 }, PaintingSources.None, new RecordedReporter(reporter.Ticket), Cancellation));

        Assert.Equal(2, pictures.Count);
        Assert.Equal(2, Calls(server, "/prompt").Length);
        Assert.InRange(reporter.Ticket!.Length, 1, ImagineJob.MaxTicketLength);
    }

    [Fact]
    public async Task ComfyUi_backend_submits_prompts_again_with_the_same_seeds_after_a_restart_of_the_server()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2 }, PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call.Path == "/prompt" && SeedOf(call) == 8);

        await server.StopAsync();
        server.HoldsPainting = false;
        await server.StartAsync();

        Assert.Equal(2, Requests.Painted(await painting).Count);
        Assert.Equal([7, 8, 7, 8], Calls(server, "/prompt").Select(SeedOf));
    }

    [Theory]
    [InlineData(0, false, new[] { 7, 7, 8 })]
    [InlineData(1, false, new[] { 7, 8, 7, 8 })]
    [InlineData(0, true, new[] { 7, 7, 8 })]
    public async Task ComfyUi_backend_submits_a_prompt_again_that_did_not_arrive(int arrived, bool isAnswerBegun, int[] seeds)
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/prompt", isAnswerBegun ? StandIn.HalfABody() : StandIn.Cut, after: arrived);
        using var backend = Backend(server);

        var painting = await backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2 }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(2, Requests.Painted(painting).Count);
        Assert.Equal(seeds, Calls(server, "/prompt").Select(call => (int)SeedOf(call)));
    }

    [Fact]
    public async Task ComfyUi_backend_cancels_jobs_by_their_ids_the_running_one_last()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        using var stop = new CancellationTokenSource();
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2 }, PaintingSources.None, reporter, stop.Token);
        await server.CalledAsync(call => call is { Method: "GET", Path: "/queue" });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);

        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));

        var id = reporter.Ticket![..^4];
        Assert.Equal(
            [$"/api/jobs/{id}01/cancel {{}}", $"/api/jobs/{id}00/cancel {{}}"],
            server.Calls.Where(call => call.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(call => $"{call.Path} {call.Text}"));
        Assert.Empty(Calls(server, "/interrupt"));
        Assert.Empty(Calls(server, "/queue"));
        Assert.False(await backend.CancelAsync("5eed0000-0000-4000-8000-000000000000*1", Cancellation));
    }

    [Fact]
    public async Task ComfyUi_backend_cancels_its_own_prompts_only()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true, HasJobs = false });
        using var backend = Backend(server);
        using var stop = new CancellationTokenSource();
        var others = backend.PaintAsync(Requests.Small("another person's") with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call.Path == "/queue");
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, reporter, stop.Token);
        await reporter.ReportedAsync();

        // A backend that still polled would consider the prompt forgotten and submit it again.
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);
        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));

        Assert.Equal($$"""{"delete":["{{reporter.Ticket!.Split('*')[0]}}"]}""", Assert.Single(Calls(server, "/queue", "POST")).Text);
        Assert.Empty(Calls(server, "/interrupt"));
        server.Release();
        Requests.Painted(await others);
        Assert.False(await backend.CancelAsync(reporter.Ticket!, Cancellation));
    }

    [Fact]
    public async Task ComfyUi_backend_interrupts_its_running_prompt_by_id()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true, HasJobs = false });
        using var backend = Backend(server);
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, reporter, Cancellation);
        await server.CalledAsync(call => call.Path == "/queue");

        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));

        Assert.Equal($$"""{"prompt_id":"{{reporter.Ticket!.Split('*')[0]}}"}""", Assert.Single(Calls(server, "/interrupt")).Text);
        var exception = await Assert.ThrowsAsync<BackendException>(() => painting);
        Assert.Contains("interrupted", exception.Message);
    }

    [Fact]
    public async Task ComfyUi_backend_cancels_the_other_prompts_if_one_fails()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true, HasJobs = false, Failure = "CUDA out of memory" });
        using var backend = Backend(server);
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 3 }, PaintingSources.None, reporter, Cancellation);
        await server.CalledAsync(call => call is { Method: "GET", Path: "/queue" });

        server.ReleaseOne();

        var exception = await Assert.ThrowsAsync<BackendException>(() => painting);
        Assert.Equal("CUDA out of memory", exception.ServerResponse);
        var id = reporter.Ticket![..^4];
        Assert.Equal($$"""{"delete":["{{id}}02"]}""", Assert.Single(Calls(server, "/queue", "POST")).Text);
        Assert.Equal($$"""{"prompt_id":"{{id}}01"}""", Assert.Single(Calls(server, "/interrupt")).Text);
    }

    [Fact]
    public async Task ComfyUi_backend_cancels_prompts_that_exceed_the_time_limit()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });

        // Without a socket, a report means that no call is pending whose own time limit would expire too.
        server.FailNext("GET", "/ws", StandIn.Status(403, ""));
        var time = new FakeTimeProvider();
        using var backend = new ComfyUiBackend("comfy", Options(server) with { PaintingMinutes = 15 }, time);
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, reporter, Cancellation);
        await reporter.ReportedAsync();

        time.Advance(TimeSpan.FromMinutes(15));

        Assert.Contains("painted for 15 minutes without progress", (await Assert.ThrowsAsync<BackendException>(() => painting)).Message);
        Assert.Single(Calls(server, $"/api/jobs/{reporter.Ticket!.Split('*')[0]}/cancel"));
    }

    [Fact]
    public async Task ComfyUi_backend_gives_the_pictures_that_are_painted_where_the_next_exceeds_the_time_limit()
    {
        await using var server = await StartAsync(new() { HoldsFrom = 3 });
        server.FailNext("GET", "/ws", StandIn.Status(403, ""));
        var time = new FakeTimeProvider();
        using var backend = new ComfyUiBackend("comfy", Options(server) with { PaintingMinutes = 15, AnswerSeconds = 600 }, time);
        using var reported = new SemaphoreSlim(0);
        var reporter = new RecordedReporter { OnReport = _ => reported.Release() };
        var painting = backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 4 }, PaintingSources.None, reporter, Cancellation);
        await reported.WaitAsync(Cancellation);
        while (reporter.Progress[^1].Fraction < 0.5)
        {
            var calls = server.Calls.Count;
            while (server.Calls.Count == calls)
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Yield();
            }

            await reported.WaitAsync(Cancellation);
        }

        time.Advance(TimeSpan.FromMinutes(15));

        var painted = Assert.IsType<PaintingResult.Painted>(await painting);
        Assert.Equal([0, 1], painted.Positions);
        Assert.Equal("comfy did not finish every picture in its time.", painted.Problem);
    }

    [Fact]
    public async Task ComfyUi_socket_has_a_new_id_per_connection_and_sends_its_features()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation);
        await backend.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(2, server.Calls.Where(call => call.Path == "/ws").Select(call => call.Query).Distinct().Count());
        Assert.Equal(2, server.FirstWords.Count);
        Assert.All(server.FirstWords, words => Assert.Equal("""{"type":"feature_flags","data":{"supports_preview_metadata":true}}""", words));
    }

    [Fact]
    public async Task ComfyUi_backend_wraps_seeds_from_the_maximum_to_zero()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small() with { Model = Sdxl, Count = 2, Seed = uint.MaxValue }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal([uint.MaxValue, 0], Calls(server, "/prompt").Select(SeedOf));
    }

    [Theory]
    [InlineData("CUDA out of memory", "torch.OutOfMemoryError", (int)BackendFault.Size, "comfy ran out of memory at 64 x 64 pixels (torch.OutOfMemoryError).")]
    [InlineData("Allocation on device 0 would exceed allowed memory.", "RuntimeError", (int)BackendFault.Size, "comfy ran out of memory at 64 x 64 pixels (RuntimeError).")]
    [InlineData("mat1 and mat2 shapes cannot be multiplied", "RuntimeError", (int)BackendFault.Failed, "comfy failed in its node KSampler (RuntimeError).")]
    public async Task ComfyUi_backend_reports_the_node_that_failed(string failure, string type, int fault, string message)
    {
        await using var server = await StartAsync(new() { Failure = failure, FailureType = type });
        using var backend = Backend(server);

        var exception = await FaultAsync(backend, Requests.Small() with { Model = Sdxl });

        Assert.Equal((fault, message, failure), ((int)exception.Fault, exception.Message, exception.ServerResponse));
    }

    /// <summary>A failure of the server, and the expected fault.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        { "refused", (int)BackendFault.Unavailable },
        { "hang", (int)BackendFault.Unavailable },
        { "server error", (int)BackendFault.Failed },
        { "another id", (int)BackendFault.Misconfigured },
        { "no JSON", (int)BackendFault.Failed },
        { "too much", (int)BackendFault.Failed },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ComfyUi_backend_reports_a_bad_answer_and_submits_nothing_twice(string trouble, int fault)
    {
        await using var server = await StartAsync();
        if (trouble == "refused")
        {
            await server.StopAsync();
        }

        server.FailNext(
            "POST",
            "/prompt",
            trouble switch
            {
                "hang" => StandIn.Hang(),
                "server error" => StandIn.Status(500, "500 Internal Server Error", "text/plain"),
                "another id" => StandIn.Status(200, """{"prompt_id":"1","number":1,"node_errors":{}}"""),
                "no JSON" => StandIn.Status(200, "<html>"),
                _ => StandIn.Status(200, "\"" + new string('x', 2_000_000) + "\""),
            });
        using var backend = Backend(server, Options(server) with { AnswerSeconds = trouble == "hang" ? 0.5 : 30, MaxMegabytes = 1 });

        var exception = await FaultAsync(backend, Requests.Small("a secret wish") with { Model = Sdxl });

        Assert.Equal(fault, (int)exception.Fault);
        Assert.DoesNotContain("a secret wish", exception.Message);
        Assert.InRange(Calls(server, "/prompt").Length, 0, 1);
    }

    [Fact]
    public async Task ComfyUi_backend_rejects_data_that_is_not_a_picture()
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(200, "<script>", "image/png"));
        using var backend = Backend(server);

        var exception = await FaultAsync(backend, Requests.Small() with { Model = Sdxl });

        Assert.Equal((BackendFault.Failed, "comfy sent data that is not a picture in PNG, JPEG or WebP format."), (exception.Fault, exception.Message));
    }

    [Fact]
    public async Task ComfyUi_backend_reports_which_setting_allows_larger_pictures()
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/view", Requests.File(PaintedPng.Paint(2048, 2049, null, "", 1)), times: 2);
        using var bounded = Backend(server);
        using var allowed = Backend(server, Options(server) with { MaxMegapixels = 5 });

        var exception = await FaultAsync(bounded, Requests.Small() with { Model = Sdxl });
        var pictures = Requests.Painted(await allowed.PaintAsync(Requests.Small() with { Model = Sdxl }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal("comfy sent a picture of 2048 x 2049 pixels; the maximum is 4194304 pixels in total. Configure the server to return smaller pictures, or increase Backends:comfy:MaxMegapixels.", exception.Message);
        Assert.Equal(2049, pictures[0].Height);
    }

    private static long SeedOf(Call call) => (long)call.Json["prompt"]!["3"]!["inputs"]!["seed"]!;

    internal static Call[] Calls(ComfyUiStandIn server, string path, string method = "POST") =>
        [.. server.Calls.Where(call => call.Path == path && call.Method == method)];

    internal static async Task<ComfyUiStandIn> StartAsync(ComfyUiStandIn? server = null)
    {
        server ??= new();
        await server.StartAsync();
        return server;
    }

    internal static ComfyUiBackend Backend(ComfyUiStandIn server, ComfyUiOptions? options = null) => new("comfy", options ?? Options(server), TimeProvider.System);

    internal static ComfyUiOptions Options(ComfyUiStandIn server) => new() { Url = server.Address, PollSeconds = 0.02, RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    private static void Then(bool isTime, Action act)
    {
        if (isTime)
        {
            act();
        }
    }

    private static Task<BackendException> FaultAsync(ComfyUiBackend backend, ImageRequest request) =>
        Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation));
}
