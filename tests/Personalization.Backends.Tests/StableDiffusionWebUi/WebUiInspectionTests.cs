using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.Check;
using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.StableDiffusionWebUi;

/// <summary>What the programs with the interface of the web UI tell of themselves, and how they are treated by it.</summary>
public sealed class WebUiInspectionTests
{
    private const string Automatic1111 = StableDiffusionWebUiStandIn.Automatic1111, Forge = StableDiffusionWebUiStandIn.Forge, SdNext = StableDiffusionWebUiStandIn.SdNext;

    [Theory]
    [InlineData(Automatic1111, false)]
    [InlineData(SdNext, true)]
    public async Task WebUi_without_ids_of_tasks_is_interrupted_where_it_was_idle_when_the_job_was_sent(string program, bool hasPage)
    {
        await using var server = await StartAsync(new() { Program = program, HasPage = hasPage, HoldsPainting = true });
        using var backend = Backend(server);
        using var stop = new CancellationTokenSource();
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, stop.Token);
        await server.Begun;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);

        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));
        Assert.Equal(1, server.Interruptions);
    }

    [Fact]
    public async Task Task_of_a_person_at_the_page_of_SdNext_is_neither_shown_nor_interrupted()
    {
        await using var server = await StartAsync(new() { Program = SdNext, HoldsPainting = true, PersonTask = "task(theirs)", LivePreview = Convert.ToBase64String(Requests.Picture("theirs")) });
        using var backend = Backend(server);
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);
        await server.Begun;
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/sdapi/v1/status") > 3);

        Assert.False(await backend.CancelAsync(reporter.Ticket!, Cancellation));
        server.Release();
        await painting;

        Assert.Equal(0, server.Interruptions);
        Assert.DoesNotContain(reporter.Progress, progress => progress.Fraction > 0 || !progress.Preview.IsEmpty);
    }

    [Theory]
    [InlineData(Automatic1111, true)]
    [InlineData(Automatic1111, false)]
    [InlineData(SdNext, true)]
    public async Task Job_that_waits_at_the_server_behind_that_of_another_client_keeps_its_time(string program, bool hasPage)
    {
        await using var server = await StartAsync(new() { Program = program, HasPage = hasPage, HoldsPainting = true });
        var time = new FakeTimeProvider();
        using var backend = Backend(server, options => (options.PaintingMinutes, options.AnswerSeconds) = (15, 600), time);
        using var client = new HttpClient { BaseAddress = server.Address };
        var others = client.PostAsync("/sdapi/v1/txt2img", Others(), Cancellation);
        await server.Begun;
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/sdapi/v1/txt2img") == 2);

        await PassAsync(server, time, painting, 0.1, 0.4, 0.9);

        Assert.False(painting.IsCompleted);
        server.Release();
        await others;
        Assert.IsType<PaintingResult.Painted>(await painting);
    }

    [Fact]
    public async Task Job_behind_another_clients_that_makes_no_progress_is_ended_where_the_server_does_not_tell_them_apart()
    {
        await using var server = await StartAsync(new() { Program = SdNext, HoldsPainting = true });
        var time = new FakeTimeProvider();
        using var backend = Backend(server, options => (options.PaintingMinutes, options.AnswerSeconds) = (15, 600), time);
        using var client = new HttpClient { BaseAddress = server.Address };
        var others = client.PostAsync("/sdapi/v1/txt2img", Others(), Cancellation);
        await server.Begun;
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/sdapi/v1/txt2img") == 2);

        await PassAsync(server, time, painting, 0.4, 0.4);

        Assert.Equal(BackendFault.TimedOut, (await Assert.ThrowsAsync<BackendException>(() => painting)).Fault);
        Assert.Equal(0, server.Interruptions);
        server.Release();
        await others;
    }

    [Fact]
    public async Task SdNext_that_begins_at_nothing_again_with_each_part_of_a_job_is_given_its_time_again()
    {
        await using var server = await StartAsync(new() { Program = SdNext, HoldsPainting = true });
        var time = new FakeTimeProvider();
        using var backend = Backend(server, options => (options.PaintingMinutes, options.AnswerSeconds) = (15, 600), time);
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.Begun;

        await PassAsync(server, time, painting, 0.9, 0.3, 0.6);

        server.Release();
        Assert.IsType<PaintingResult.Painted>(await painting);
    }

    [Theory]
    [InlineData(Automatic1111, true, true, true, "")]
    [InlineData(Forge, false, true, true, "it does not tell tasks apart (SD.Next, or a web UI with --nowebui), so progress, previews and Cancel are for jobs that were sent while it painted nothing")]
    [InlineData(SdNext, true, true, true, "it does not tell tasks apart (SD.Next, or a web UI with --nowebui), so progress, previews and Cancel are for jobs that were sent while it painted nothing")]
    [InlineData(Automatic1111, true, false, false, "it tells no progress and cannot be interrupted; if it is stable-diffusion.cpp's server, use the kind StableDiffusionCpp")]
    public async Task Checker_says_what_the_server_tells_of_progress(string program, bool hasPage, bool hasProgress, bool declares, string notice)
    {
        await using var server = await StartAsync(new() { Program = program, HasPage = hasPage, HasProgress = hasProgress });
        using var guarded = new GuardedBackend(Backend(server), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);

        Assert.Null(report.Problem);
        Assert.Equal((declares, declares, declares, notice), (report.Declared.Progress, report.Declared.Preview, report.Declared.Cancel, report.Declared.Notice));
    }

    [Fact]
    public async Task SdNext_that_fails_at_telling_what_it_is_stays_what_it_told_before()
    {
        await using var server = await StartAsync(new() { Program = SdNext });
        using var backend = Backend(server);
        await backend.InspectAsync("", Cancellation);
        var before = backend.CapabilitiesOf("").Notice;
        server.FailNext("GET", "/sdapi/v1/status", StandIn.Status(500, ""));

        await backend.InspectAsync("", Cancellation);

        Assert.Contains("does not tell tasks apart", before);
        Assert.Equal(before, backend.CapabilitiesOf("").Notice);
    }

    [Theory]
    [InlineData("sdxl", 1024, 25, 7)]
    [InlineData("f1", 1024, 20, 3.5)]
    [InlineData("qwen", 1328, 20, 4)]
    [InlineData(null, 512, 25, 7)]
    public async Task SdNext_tells_the_family_of_the_loaded_model_whatever_its_name(string? type, int side, int steps, double guidance)
    {
        await using var server = await StartAsync(new() { Program = SdNext, ModelType = type, Checkpoints = ["mine"] });
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);

        var sent = server.Posts.Single(call => call.Path == "/sdapi/v1/txt2img").Json;
        Assert.Equal((side * side, steps, guidance), (backend.SizeOf("").Area, (int)sent["steps"]!, (double)sent["cfg_scale"]!));
        Assert.Null(sent["distilled_cfg_scale"]);
    }

    [Fact]
    public async Task SdNext_with_a_model_of_an_unknown_type_is_refused_by_its_name_unless_a_family_is_set()
    {
        await using var server = await StartAsync(new() { Program = SdNext, ModelType = "sana", Checkpoints = ["mine"] });
        using var backend = Backend(server);
        using var set = Backend(server, options => options.Family = ModelFamily.QwenImage);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));
        await set.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.StartsWith("webui has loaded a model of the type \"sana\", whose size and steps are not known here: let the version use another model, or set Backends:webui:Family", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Posts, call => call.Path == "/sdapi/v1/txt2img");
    }

    [Fact]
    public async Task WebUi_whose_version_names_no_model_is_asked_in_the_size_of_the_loaded_one()
    {
        await using var server = await StartAsync(new() { Checkpoints = ["juggernautXL"] });
        using var backend = Backend(server);

        await backend.InspectAsync("", Cancellation);

        Assert.Equal((1024 * 1024, ""), (backend.SizeOf("").Area, backend.CapabilitiesOf("").Notice));
    }

    [Fact]
    public async Task WebUi_whose_checkpoint_tells_no_family_has_a_notice()
    {
        await using var server = await StartAsync(new() { Checkpoints = ["dreamshaper_8"] });
        using var backend = Backend(server);

        await backend.InspectAsync("", Cancellation);

        Assert.Equal(
            "neither the name nor the metadata of the checkpoint \"dreamshaper_8.safetensors [0123456789]\" tells a family, so it is asked for as StableDiffusion15 (pictures of 512 x 512 pixels, 25 steps, guidance 7): set Backends:webui:Family to its family, or Backends:webui:Side, Backends:webui:Steps and Backends:webui:Guidance to what it takes",
            backend.CapabilitiesOf("").Notice);
        Assert.Contains("set Backends:webui:Models:dreamshaper_8:Family", backend.CapabilitiesOf("dreamshaper_8").Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mine")]
    [InlineData("mine.safetensors [0123456789]")]
    public async Task WebUi_tells_the_family_of_a_checkpoint_in_the_metadata_of_its_file(string model)
    {
        await using var server = await StartAsync(new() { Checkpoints = ["mine"], Architecture = "stable-diffusion-xl-v1-base" });
        using var backend = Backend(server);

        await backend.InspectAsync(model, Cancellation);

        Assert.Equal((1024 * 1024, ""), (backend.SizeOf(model).Area, backend.CapabilitiesOf(model).Notice));
    }

    [Fact]
    public async Task SdNext_that_loads_another_model_while_the_bot_runs_is_noticed_within_minutes()
    {
        await using var server = await StartAsync(new() { Program = SdNext, Checkpoints = ["mine"] });
        var time = new FakeTimeProvider();
        using var backend = Backend(server, time: time);
        await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);
        Assert.Equal(512 * 512, backend.SizeOf("").Area);

        server.ModelType = "sdxl";
        time.Advance(TimeSpan.FromMinutes(5));
        await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(1024 * 1024, backend.SizeOf("").Area);
    }

    [Theory]
    [InlineData("sd_xl_turbo_1.0", 6, 2)]
    [InlineData("sdxl_base", 25, 7)]
    public async Task Model_that_was_distilled_for_few_steps_is_asked_for_few(string model, int steps, double guidance)
    {
        await using var server = await StartAsync(new() { Checkpoints = [model] });
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), Cancellation);

        var sent = server.Posts.Single(call => call.Path == "/sdapi/v1/txt2img").Json;
        Assert.Equal((steps, guidance), ((int)sent["steps"]!, (double)sent["cfg_scale"]!));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static StringContent Others() => new("""{"prompt":"a dog","force_task_id":"task(others)","width":64,"height":64}""", new MediaTypeHeaderValue("application/json"));

    /// <summary>Lets the server show each progress in turn, and nine minutes pass after each.</summary>
    private static async Task PassAsync(StableDiffusionWebUiStandIn server, FakeTimeProvider time, Task painting, params IEnumerable<double> shown)
    {
        foreach (var progress in shown)
        {
            server.Progress = progress;

            // The second poll from now on was sent after the change, and is answered when the third is sent.
            var polls = Polls() + 3;
            while (Polls() < polls && !painting.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Yield();
            }

            time.Advance(TimeSpan.FromMinutes(9));
        }

        int Polls() => server.Calls.Count(call => call.Path is "/sdapi/v1/progress" or "/internal/progress");
    }

    private static async Task<StableDiffusionWebUiStandIn> StartAsync(StableDiffusionWebUiStandIn server)
    {
        await server.StartAsync();
        return server;
    }

    private static StableDiffusionWebUiBackend Backend(StableDiffusionWebUiStandIn server, Action<StableDiffusionWebUiOptions>? change = null, TimeProvider? time = null)
    {
        var options = new StableDiffusionWebUiOptions { Url = server.Address, PollSeconds = 0.02, RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };
        change?.Invoke(options);
        return new("webui", options, time ?? TimeProvider.System);
    }
}
