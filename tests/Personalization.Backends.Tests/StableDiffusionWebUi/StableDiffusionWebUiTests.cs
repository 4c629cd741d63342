using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.StableDiffusionWebUi;

/// <summary>The client of AUTOMATIC1111, Forge and SD.Next.</summary>
public sealed partial class StableDiffusionWebUiTests
{
    [Fact]
    public async Task WebUi_backend_makes_one_call_and_drops_the_grid_and_the_metadata()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized, PaintingSources.None, new RecordedReporter(), Cancellation));

        var call = Assert.Single(server.Posts, call => call.Path.StartsWith("/sdapi", StringComparison.Ordinal));
        Assert.Equal(("POST", "/sdapi/v1/txt2img", "", "application/json"), (call.Method, call.Path, call.Query, call.Headers["Content-Type"]));
        Assert.Equal(
            """{"prompt":"a lighthouse by the sea, (rich saturated hues:1.26), (soft light:1.11)","negative_prompt":"people, washed-out hues","seed":4000000000,"batch_size":1,"n_iter":4,"steps":25,"cfg_scale":7,"width":512,"height":768,"send_images":true,"save_images":false,"force_task_id":"task(#)"}""",
            TaskId().Replace(call.Text, "task(#)"));
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.All(pictures, picture => Assert.Equal((512, 768), (picture.Width, picture.Height)));
        Assert.All(pictures, picture => Requests.HasNoText(picture, "lighthouse", "Negative prompt"));
    }

    [Fact]
    public async Task WebUi_backend_gives_equal_pictures_for_equal_requests_and_others_with_a_negative()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var once = await PngAsync(backend, Requests.Small());
        Assert.Equal(once, await PngAsync(backend, Requests.Small()));
        Assert.NotEqual(once, await PngAsync(backend, Requests.Small() with { Avoid = ["blur"] }));
    }

    [Fact]
    public async Task WebUi_backend_checks_a_checkpoint_once_and_restores_it_after_each_call()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await PngAsync(backend, Requests.Small() with { Model = "sdxl_base" });
        await PngAsync(backend, Requests.Small() with { Model = "sdxl_base" });

        Assert.Single(server.Calls, call => call.Path == "/sdapi/v1/sd-models");
        var sent = server.Calls.Last(call => call.Path == "/sdapi/v1/txt2img").Json;
        Assert.Equal("""{"sd_model_checkpoint":"sdxl_base"}""", sent["override_settings"]!.ToJsonString());
        Assert.True((bool)sent["override_settings_restore_afterwards"]!);
        Assert.Equal((1024 * 1024, 8), backend.SizeOf("sdxl_base"));
    }

    [Fact]
    public async Task WebUi_backend_reports_an_unknown_checkpoint_with_the_known_ones()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        var exception = await FaultAsync(backend, Requests.Small() with { Model = "dreamshaper" });

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Equal("The checkpoint \"dreamshaper\" is not on webui; it has sd15, sdxl_base. Set Imagine:Versions to one of them.", exception.Message);
    }

    [Theory]
    [InlineData("/models/Stable-diffusion/xl/dream.safetensors")]
    [InlineData(@"C:\\models\\Stable-diffusion\\xl\\dream.safetensors")]
    public async Task WebUi_backend_finds_a_checkpoint_by_its_file_name_on_any_system(string file)
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/sdapi/v1/sd-models", StandIn.Status(200, "[{\"title\":\"xl/dream.safetensors [0123456789]\",\"model_name\":\"xl_dream\",\"filename\":\"" + file + "\"}]"));
        using var backend = Backend(server);

        await PngAsync(backend, Requests.Small() with { Model = "dream.safetensors" });

        Assert.Single(server.Calls, call => call.Path == "/sdapi/v1/txt2img");
    }

    [Fact]
    public async Task WebUi_backend_sends_the_settings_of_a_model()
    {
        await using var server = await StartAsync();
        var options = Options(server);
        options.Models["flux1-dev"] = new() { Steps = 8, Guidance = 2.5, Sampler = "Euler", Scheduler = "Simple" };
        using var backend = Backend(server, options);
        server.FailNext("GET", "/sdapi/v1/sd-models", StandIn.Status(200, """[{"title":"flux1-dev"}]"""));

        await backend.PaintAsync(Requests.Personalized with { Model = "flux1-dev", Count = 1 }, PaintingSources.None, new RecordedReporter(), Cancellation);

        var sent = server.Calls.Last(call => call.Path == "/sdapi/v1/txt2img").Json;
        Assert.Equal("a lighthouse by the sea, rich saturated hues, soft light, without people", (string?)sent["prompt"]);
        Assert.Equal("", (string?)sent["negative_prompt"]);
        Assert.Equal((8, 1, 2.5, "Euler", "Simple"), ((int)sent["steps"]!, (int)sent["cfg_scale"]!, (double)sent["distilled_cfg_scale"]!, (string?)sent["sampler_name"], (string?)sent["scheduler"]));
    }

    [Theory]
    [InlineData(StableDiffusionWebUiStandIn.Automatic1111, """{"ControlNet":{"args":[{"enabled":true,"module":"ip-adapter-auto","model":"ip-adapter_sd15 [1]","image":"REFERENCE","weight":0.8,"guidance_start":0,"guidance_end":1,"control_mode":"Balanced","resize_mode":"Crop and Resize","pixel_perfect":false,"save_detected_map":false}]}}""")]
    [InlineData(StableDiffusionWebUiStandIn.Forge, """{"ControlNet":{"args":[{"enabled":true,"module":"CLIP-ViT-H (IPAdapter)","model":"ip-adapter_sd15 [1]","image":"REFERENCE","weight":0.8,"guidance_start":0,"guidance_end":1,"control_mode":"Balanced","resize_mode":"Crop and Resize","pixel_perfect":false,"save_detected_map":false}]}}""")]
    [InlineData(StableDiffusionWebUiStandIn.SdNext, """[{"adapter":"ip-adapter_sd15 [1]","images":["REFERENCE"],"masks":[],"scale":0.8,"start":0,"end":1,"crop":false}]""")]
    public async Task WebUi_backend_sends_references_in_the_form_of_each_program(string program, string expected)
    {
        await using var server = await StartAsync(new() { Program = program });
        using var backend = Backend(server, Options(server) with { IpAdapter = "ip-adapter_sd15 [1]" });
        var reference = Requests.Picture();
        var request = Requests.Small() with { Count = 2, ReferenceWeight = 0.8 };

        var with = Requests.Painted(await backend.PaintAsync(request, new([reference], default), new RecordedReporter(), Cancellation));
        var without = Requests.Painted(await backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation));

        var sent = server.Calls.First(call => call.Path == "/sdapi/v1/txt2img").Json;
        Assert.Equal(expected.Replace("REFERENCE", Convert.ToBase64String(reference)), (sent["alwayson_scripts"] ?? sent["ip_adapter"])!.ToJsonString().Replace("\\u002B", "+"));
        Assert.Equal(3, backend.CapabilitiesOf("").References);
        Assert.Equal(2, with.Count);
        Assert.NotEqual(without[0].Png.ToArray(), with[0].Png.ToArray());
    }

    [Fact]
    public async Task WebUi_backend_reports_a_missing_extension()
    {
        await using var server = await StartAsync(new() { HasControlNet = false });
        using var backend = Backend(server, Options(server) with { IpAdapter = "x" });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), new([Requests.Picture()], default), new RecordedReporter(), Cancellation));

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Contains("lacks the ControlNet extension that Backends:webui:IpAdapter needs", exception.Message);
    }

    [Fact]
    public async Task WebUi_backend_paints_variations_over_their_picture()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);
        var original = Requests.Picture();

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 4 }, new([], original), new RecordedReporter(), Cancellation));

        var call = Assert.Single(server.Calls, call => call.Path == "/sdapi/v1/img2img");
        Assert.Equal(Convert.ToBase64String(original), (string?)call.Json["init_images"]![0]);
        Assert.Equal(0.6, (double)call.Json["denoising_strength"]!);
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
    }

    [Theory]
    [InlineData("a cat <lora:evil:1>", "a cat < lora:evil:1>")]
    [InlineData("a (cat:2) [dog:bird:0.5]", @"a \(cat:2\) \[dog:bird:0.5\]")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("cats AND dogs BREAK birds", "cats and dogs break birds")]
    [InlineData("line\nbreak", "line break")]
    public async Task WebUi_backend_escapes_the_syntax_of_the_server(string text, string expected)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await PngAsync(backend, Requests.Small(text));

        Assert.Equal(expected, (string?)server.Calls.Last(call => call.Path == "/sdapi/v1/txt2img").Json["prompt"]);
    }

    [Theory]
    [InlineData(StableDiffusionWebUiStandIn.Automatic1111, true)]
    [InlineData(StableDiffusionWebUiStandIn.Forge, false)]
    [InlineData(StableDiffusionWebUiStandIn.SdNext, true)]
    public async Task WebUi_backend_reports_the_progress_and_preview_of_its_task(string program, bool hasPage)
    {
        await using var server = await StartAsync(new() { Program = program, HasPage = hasPage, HoldsPainting = true, LivePreview = Convert.ToBase64String(Requests.Picture("unfinished")) });
        using var backend = Backend(server);
        var reporter = new RecordedReporter { OnReport = progress => Then(progress.Fraction > 0, server.Release) };

        await backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        Assert.Contains(reporter.Progress, progress => progress.Fraction == 0.5 && progress.Preview.Span.SequenceEqual(Requests.Picture("unfinished")));
        Assert.Matches(@"^task\([0-9a-f]{16}\)$", Assert.Single(reporter.Tickets));
    }

    [Fact]
    public async Task WebUi_backend_does_not_show_the_tasks_of_others()
    {
        await using var server = await StartAsync(new() { Program = StableDiffusionWebUiStandIn.SdNext, HoldsPainting = true, LivePreview = Convert.ToBase64String(Requests.Picture("another person's")) });
        using var other = Backend(server);
        using var ours = Backend(server);
        var first = other.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation);
        await server.Begun;
        await server.CalledAsync(call => call.Path == "/sdapi/v1/progress");
        var seen = server.Calls.Count;
        var reporter = new RecordedReporter();
        var second = ours.PaintAsync(Requests.Small("ours"), PaintingSources.None, reporter, Cancellation);
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/sdapi/v1/txt2img") == 2 && server.Calls.Skip(seen).Count(call => call.Path == "/sdapi/v1/progress") > 6);

        Assert.DoesNotContain(reporter.Progress, progress => progress.Fraction > 0 || !progress.Preview.IsEmpty);
        Assert.False(await ours.CancelAsync(reporter.Ticket!, Cancellation));
        Assert.Equal(0, server.Interruptions);

        server.Release();
        Requests.Painted(await first);
        Requests.Painted(await second);
    }

    [Theory]
    [InlineData("""{"active":"yes","queued":7,"progress":"half","live_preview":{}}""")]
    [InlineData("""{"active":true,"active":false}""")]
    [InlineData("[1]")]
    public async Task WebUi_backend_paints_even_if_the_progress_has_an_unexpected_form(string body)
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        server.FailNext("POST", "/internal/progress", StandIn.Status(200, body), times: 1000);
        using var backend = Backend(server);
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/internal/progress") > 1);

        server.Release();

        Assert.Single(Requests.Painted(await painting));
    }

    [Fact]
    public async Task WebUi_backend_interrupts_a_painting_that_exceeds_the_time_limit()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        var time = new FakeTimeProvider();
        using var backend = new StableDiffusionWebUiBackend("webui", Options(server) with { PaintingMinutes = 15 }, time);
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.Begun;

        time.Advance(TimeSpan.FromMinutes(15));

        var exception = await Assert.ThrowsAsync<BackendException>(() => painting);
        Assert.Equal((BackendFault.TimedOut, "webui painted for 15 minutes without progress (Backends:webui:PaintingMinutes)."), (exception.Fault, exception.Message));
        Assert.Equal(1, server.Interruptions);
    }

    [Fact]
    public async Task WebUi_backend_takes_what_is_painted_by_the_time_limit()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true, FinishedFirst = 2 });
        var time = new FakeTimeProvider();
        using var backend = new StableDiffusionWebUiBackend("webui", Options(server) with { PaintingMinutes = 15 }, time);
        var painting = backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.Begun;

        time.Advance(TimeSpan.FromMinutes(15));

        var painted = Assert.IsType<PaintingResult.Painted>(await painting);
        Assert.Equal([0, 1], painted.Positions);
        Assert.Equal("webui did not finish every picture in its time.", painted.Problem);
        Assert.Equal(1, server.Interruptions);
    }

    [Fact]
    public async Task WebUi_backend_does_not_detect_the_program_from_a_failure()
    {
        await using var server = await StartAsync(new() { Program = StableDiffusionWebUiStandIn.SdNext });
        server.FailNext("GET", "/sdapi/v1/ip-adapters", StandIn.Status(500, ""));
        using var backend = Backend(server, Options(server) with { IpAdapter = "Base" });
        var request = Requests.Small() with { ReferenceWeight = 0.8 };

        await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(request, new([Requests.Picture()], default), new RecordedReporter(), Cancellation));
        await backend.PaintAsync(request, new([Requests.Picture()], default), new RecordedReporter(), Cancellation);

        Assert.NotNull(server.Calls.Last(call => call.Path == "/sdapi/v1/txt2img").Json["ip_adapter"]);
    }

    [Fact]
    public async Task WebUi_backend_ignores_the_prompt_that_a_refusal_repeats()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/sdapi/v1/txt2img", StandIn.Status(422, """{"error":"RequestValidationError","detail":"","body":{"prompt":"a secret film script"},"errors":"a secret film script"}"""));
        using var backend = Backend(server);

        var exception = await FaultAsync(backend, Requests.Small("a secret film script"));

        Assert.Equal((BackendFault.Misconfigured, "webui refused POST /sdapi/v1/txt2img (422, RequestValidationError)."), (exception.Fault, exception.Message));
    }

    [Fact]
    public async Task WebUi_backend_repeats_a_call_with_the_same_seed_if_its_answer_breaks_off()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/sdapi/v1/txt2img", StandIn.HalfABody());
        using var backend = Backend(server);

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation)));

        Assert.Equal([7, 7], server.Calls.Where(call => call.Path == "/sdapi/v1/txt2img").Select(call => (long)call.Json["seed"]!));
    }

    [Fact]
    public async Task WebUi_backend_sends_its_other_calls_in_their_exact_form()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server, Options(server) with { IpAdapter = "x" });
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Model = "sd15", ReferenceWeight = 1 }, new([Requests.Picture()], default), reporter, Cancellation);
        await server.Begun;
        await server.CalledAsync(call => call.Path == "/internal/progress" && call.Text.Contains(reporter.Ticket!, StringComparison.Ordinal));
        await backend.CancelAsync(reporter.Ticket!, Cancellation);
        await painting;

        string[] asked = [.. server.Calls.Where(call => call.Path != "/sdapi/v1/txt2img").Select(call => $"{call.Method} {call.Path}{call.Query} {call.Text}").Distinct()];
        Assert.Equal(
            [
                "GET /sdapi/v1/options ",
                "GET /sdapi/v1/checkpoint ",
                "GET /sd_extra_networks/metadata?page=checkpoints&item=sd15 ",
                """POST /internal/progress {"id_task":"task(none)","id_live_preview":-1,"live_preview":false}""",
                "GET /sdapi/v1/status ",
                "GET /sdapi/v1/progress?skip_current_image=true ",
                "GET /sdapi/v1/sd-models ",
                "GET /sdapi/v1/ip-adapters ",
                "GET /controlnet/module_list ",
                $$"""POST /internal/progress {"id_task":"{{reporter.Ticket}}","id_live_preview":-1,"live_preview":true}""",
                $$"""POST /internal/progress {"id_task":"{{reporter.Ticket}}","id_live_preview":-1,"live_preview":false}""",
                "POST /sdapi/v1/interrupt {}",
            ],
            asked);
    }

    [Fact]
    public async Task WebUi_backend_sends_a_variation_in_its_exact_form()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small(), new([], Requests.Picture()), new RecordedReporter(), Cancellation);

        Assert.Equal(
            """{"prompt":"a lighthouse","negative_prompt":"","seed":7,"batch_size":1,"n_iter":1,"steps":25,"cfg_scale":7,"width":64,"height":64,"send_images":true,"save_images":false,"force_task_id":"task(#)","init_images":["PICTURE"],"denoising_strength":0.6}""",
            TaskId().Replace(Assert.Single(server.Calls, call => call.Path == "/sdapi/v1/img2img").Text, "task(#)").Replace(Convert.ToBase64String(Requests.Picture()), "PICTURE"));
    }

    [Fact]
    public async Task WebUi_backend_reports_to_waiting_jobs_when_the_line_changes()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        using var leaving = new CancellationTokenSource();
        var first = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.Begun;
        var second = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), leaving.Token);
        var reporter = new RecordedReporter();
        var third = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal([2, 1], reporter.Progress.Select(progress => progress.Ahead).Distinct());

        server.Release();
        Requests.Painted(await first);
        Requests.Painted(await third);
    }

    [Fact]
    public async Task WebUi_backend_reports_the_turn_of_a_job_before_it_calls_the_server()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var first = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.Begun;
        var reporter = new RecordedReporter();
        var second = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        server.Release();
        Requests.Painted(await first);
        Requests.Painted(await second);

        Assert.Equal([new(0, Ahead: 1), new(0)], reporter.Progress.Distinct().Take(2));
    }

    [Fact]
    public async Task WebUi_backend_keeps_reporting_to_waiting_jobs_while_another_is_painted()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var first = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.Begun;
        var told = new CountdownEvent(3);
        var toldThrice = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reporter = new RecordedReporter { OnReport = progress => Then(progress.Ahead == 1 && !told.IsSet && told.Signal(), toldThrice.SetResult) };
        var second = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        await toldThrice.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        server.Release();
        Requests.Painted(await first);
        Requests.Painted(await second);
    }

    [Fact]
    public async Task WebUi_backend_paints_one_job_at_a_time()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var first = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call.Path == "/sdapi/v1/txt2img");

        var reporter = new RecordedReporter();
        var second = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);
        Assert.Equal(1, reporter.Progress[0].Ahead);
        Assert.Single(server.Calls, call => call.Path == "/sdapi/v1/txt2img");

        server.Release();
        Requests.Painted(await first);
        Requests.Painted(await second);
    }

    [Fact]
    public async Task WebUi_backend_interrupts_its_own_task_only()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        using var stop = new CancellationTokenSource();
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Count = 2 }, PaintingSources.None, reporter, stop.Token);
        await server.Begun;

        Assert.False(await backend.CancelAsync("task(other)", Cancellation));
        Assert.Equal(0, server.Interruptions);
        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));
        Assert.Equal(1, server.Interruptions);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => painting);
    }

    [Fact]
    public async Task WebUi_backend_interrupts_the_task_of_an_earlier_run_and_paints_again_with_the_same_seed()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var stop = new CancellationTokenSource();
        using var before = Backend(server);
        var reporter = new RecordedReporter { OnReport = progress => Then(progress.Fraction > 0, stop.Cancel) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => before.PaintAsync(Requests.Small(), PaintingSources.None, reporter, stop.Token));

        using var after = Backend(server);
        var painting = after.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(reporter.Ticket), Cancellation);
        await server.CalledAsync(call => call.Path == "/sdapi/v1/interrupt");
        server.Release();

        Assert.Single(Requests.Painted(await painting));
        var seeds = server.Calls.Where(call => call.Path == "/sdapi/v1/txt2img").Select(call => (long)call.Json["seed"]!);
        Assert.Equal([7, 7], seeds);
    }

    [Fact]
    public async Task WebUi_backend_repeats_a_call_with_the_same_seed_after_a_restart_of_the_server()
    {
        await using var server = await StartAsync(new() { HoldsPainting = true });
        using var backend = Backend(server);
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call.Path == "/sdapi/v1/txt2img");

        await server.StopAsync();
        server.HoldsPainting = false;
        await server.StartAsync();

        Assert.Single(Requests.Painted(await painting));
        Assert.Equal([7, 7], server.Calls.Where(call => call.Path == "/sdapi/v1/txt2img").Select(call => (long)call.Json["seed"]!));
    }

    [Fact]
    public async Task WebUi_backend_sends_credentials_and_does_not_print_rejected_ones()
    {
        await using var server = await StartAsync(new() { Credentials = "ann:secret" });
        using var right = Backend(server, Options(server) with { User = "ann", Password = "secret" });
        using var wrong = Backend(server, Options(server) with { User = "ann", Password = "hunter2" });

        await PngAsync(right, Requests.Small());
        var exception = await FaultAsync(wrong, Requests.Small());

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Contains("Backends:webui:User and Password", exception.Message);
        Assert.DoesNotContain("hunter2", exception.Message);
    }

    [Fact]
    public async Task WebUi_backend_reports_how_to_enable_the_interface()
    {
        await using var server = await StartAsync(new() { HasApi = false });
        using var backend = Backend(server);

        var exception = await FaultAsync(backend, Requests.Small());

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Contains("start it with --api", exception.Message);
    }

    [Fact]
    public async Task WebUi_backend_does_not_take_an_unknown_sampler_for_a_missing_interface()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/sdapi/v1/txt2img", StandIn.Status(404, """{"detail":"Sampler not found"}"""));
        var options = Options(server);
        options.Models["sd15"] = new() { Sampler = "Oiler" };
        using var backend = Backend(server, options);

        var exception = await FaultAsync(backend, Requests.Small() with { Model = "sd15" });

        Assert.Equal(
            (BackendFault.Misconfigured, "webui does not have the sampler \"Oiler\": set Backends:webui:Sampler, or Sampler of the model, to one that it lists at /sdapi/v1/samplers. It said: Sampler not found"),
            (exception.Fault, exception.FullMessage));
    }

    [Fact]
    public async Task WebUi_backend_quotes_a_404_that_has_a_reason()
    {
        await using var server = await StartAsync();
        server.FailNext("POST", "/sdapi/v1/txt2img", StandIn.Status(404, """{"detail":"Init image not found"}"""));
        using var backend = Backend(server);

        Assert.Equal("webui refused POST /sdapi/v1/txt2img (404). It said: Init image not found", (await FaultAsync(backend, Requests.Small())).FullMessage);
    }

    /// <summary>A failure of the server, and the expected fault.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        { "refused", (int)BackendFault.Unavailable },
        { "hang", (int)BackendFault.TimedOut },
        { "bad gateway", (int)BackendFault.Unavailable },
        { "out of memory", (int)BackendFault.Size },
        { "not valid", (int)BackendFault.Misconfigured },
        { "no JSON", (int)BackendFault.Failed },
        { "no pictures", (int)BackendFault.Failed },
        { "no picture", (int)BackendFault.Failed },
        { "too much", (int)BackendFault.Failed },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WebUi_backend_reports_a_bad_answer_and_does_not_paint_twice(string trouble, int fault)
    {
        await using var server = await StartAsync();
        if (trouble == "refused")
        {
            await server.StopAsync();
        }

        server.FailNext(
            "POST",
            "/sdapi/v1/txt2img",
            trouble switch
            {
                "hang" => StandIn.Hang(),
                "bad gateway" => StandIn.Status(502, "<html>nginx</html>", "text/html"),
                "out of memory" => StandIn.Status(500, """{"error":"OutOfMemoryError","detail":"","body":"","errors":"CUDA out of memory"}"""),
                "not valid" => StandIn.Status(422, """{"detail":[{"loc":["body","steps"],"msg":"value is not a valid integer"}]}"""),
                "no JSON" => StandIn.Status(200, "<html>", "text/html"),
                "no pictures" => StandIn.Status(200, """{"images":[],"info":""}"""),
                "no picture" => StandIn.Status(200, """{"images":["aGVsbG8="],"info":""}"""),
                _ => StandIn.Status(200, "\"" + new string('x', 2_000_000) + "\""),
            });
        using var backend = Backend(server, Options(server) with { MaxMegabytes = 1, PaintingMinutes = trouble == "hang" ? 0.01 : 1 });

        var exception = await FaultAsync(backend, Requests.Small("a secret wish"));

        Assert.Equal(fault, (int)exception.Fault);
        Assert.DoesNotContain("a secret wish", exception.Message);
        Assert.InRange(server.Calls.Count(call => call.Path == "/sdapi/v1/txt2img"), 0, 1);
    }

    [GeneratedRegex(@"task\([0-9a-f]+\)", RegexOptions.NonBacktracking)]
    private static partial Regex TaskId();

    private static async Task<StableDiffusionWebUiStandIn> StartAsync(StableDiffusionWebUiStandIn? server = null)
    {
        server ??= new();
        await server.StartAsync();
        return server;
    }

    private static void Then(bool isTime, Action act)
    {
        if (isTime)
        {
            act();
        }
    }

    private static async Task<byte[]> PngAsync(StableDiffusionWebUiBackend backend, ImageRequest request) =>
        Requests.Painted(await backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation))[0].Png.ToArray();

    private static Task<BackendException> FaultAsync(StableDiffusionWebUiBackend backend, ImageRequest request) =>
        Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(request, PaintingSources.None, new RecordedReporter(), Cancellation));

    private static StableDiffusionWebUiBackend Backend(StableDiffusionWebUiStandIn server, StableDiffusionWebUiOptions? options = null) =>
        new("webui", options ?? Options(server), TimeProvider.System);

    private static StableDiffusionWebUiOptions Options(StableDiffusionWebUiStandIn server) =>
        new() { Url = server.Address, PollSeconds = 0.02, RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };
}
