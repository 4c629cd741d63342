using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.StableDiffusionCpp;

/// <summary>The client of sd-server's job interface.</summary>
public sealed class StableDiffusionCppTests : IAsyncLifetime
{
    private readonly StableDiffusionCppStandIn _server = new() { HasIpAdapter = true };

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Sd_cpp_backend_submits_polls_and_collects_a_request()
    {
        using var backend = Backend();

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(
            ["GET /sdcpp/v1/capabilities", "POST /sdcpp/v1/img_gen", "GET /sdcpp/v1/jobs/job-000001", "GET /sdcpp/v1/jobs/job-000002", "GET /sdcpp/v1/jobs/job-000003", "GET /sdcpp/v1/jobs/job-000004"],
            _server.Calls.Select(call => $"{call.Method} {call.Path}{call.Query}").Distinct());
        Assert.Equal([4000000000, 4000000001, 4000000002, 4000000003], _server.Posts.Select(call => (long)call.Json["seed"]!));
        var submitted = _server.Posts[0];
        Assert.Equal("application/json", submitted.Headers["Content-Type"]);
        Assert.Equal(
            """{"prompt":"a lighthouse by the sea, (rich saturated hues:1.26), (soft light:1.11)","negative_prompt":"people, washed-out hues","width":512,"height":768,"seed":4000000000,"batch_count":1,"sample_params":{},"embed_image_metadata":false,"output_format":"png"}""",
            submitted.Text);
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
        Assert.All(pictures, picture => Assert.Equal((512, 768), (picture.Width, picture.Height)));
    }

    [Fact]
    public async Task Sd_cpp_backend_sends_the_settings_of_a_model()
    {
        var options = Options();
        options.Models["turbo"] = new() { Steps = 4, Guidance = 1, Sampler = "lcm", Scheduler = "karras", Side = 640 };
        using var backend = Backend(options);

        await backend.PaintAsync(Requests.Small() with { Model = "turbo" }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(
            """{"sample_steps":4,"sample_method":"lcm","scheduler":"karras","guidance":{"txt_cfg":1}}""",
            _server.Calls.Single(call => call.Method == "POST").Json["sample_params"]!.ToJsonString());
        Assert.Equal((640 * 640, 64), backend.SizeOf("turbo"));
    }

    [Theory]
    [InlineData("sd15.safetensors", "", 512, 512, 7.0, 512, true, true)]
    [InlineData("sd_xl_base_1.0.safetensors", "", 512, 512, 7.0, 1024, true, true)]
    [InlineData("flux1-dev-q8_0.gguf", "", 512, 512, 7.0, 1024, false, false)]
    [InlineData("z_image_turbo-Q4.gguf", "", 512, 512, 1.0, 1024, false, false)]
    [InlineData("mine.gguf", "", 768, 768, 7.0, 768, true, true)]
    [InlineData("mine.gguf", "flux1-dev", 512, 512, 7.0, 1024, false, false)]
    public async Task Sd_cpp_backend_goes_by_the_model_that_the_server_was_started_with(string file, string model, int width, int height, double guidance, int side, bool readsWeights, bool readsNegative)
    {
        await using var server = new StableDiffusionCppStandIn { Model = file, Defaults = (width, height, guidance) };
        await server.StartAsync();
        using var backend = new StableDiffusionCppBackend("sd", Options() with { Url = server.Address }, TimeProvider.System);

        await backend.InspectAsync(model, Cancellation);

        var capabilities = backend.CapabilitiesOf(model);
        Assert.Equal((side * side, readsWeights, readsNegative), (backend.SizeOf(model).Area, capabilities.Weights, capabilities.Negative));
        Assert.Equal(file == "mine.gguf" && model.Length == 0, capabilities.Notice.Contains("\"mine\", tells no family", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sd_cpp_backend_asks_for_the_model_again_after_the_server_has_lost_a_job()
    {
        using var backend = Backend();
        await backend.InspectAsync("", Cancellation);
        _server.Model = "sd_xl_base_1.0.safetensors";

        await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter("job-000009"), Cancellation);

        Assert.Equal(1024 * 1024, backend.SizeOf("").Area);
    }

    [Theory]
    [InlineData("", 4, "lcm")]
    [InlineData("turbo", 2, "lcm")]
    public async Task Settings_of_a_section_are_for_all_models_unless_a_model_has_its_own(string model, int steps, string sampler)
    {
        var options = Options() with { Steps = 4, Sampler = "lcm", Side = 320 };
        options.Models["turbo"] = new() { Steps = 2 };
        using var backend = Backend(options);

        await backend.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), Cancellation);

        var sent = _server.Calls.Single(call => call.Path == "/sdcpp/v1/img_gen").Json["sample_params"]!;
        Assert.Equal((steps, sampler, 320 * 320), ((int)sent["sample_steps"]!, (string?)sent["sample_method"], backend.SizeOf(model).Area));
    }

    [Theory]
    [InlineData("dpmpp_2m", "karras", "sd has no sampler \"dpmpp_2m\"; it has euler, euler_a, lcm. Set Backends:sd:Models:turbo:Sampler to one of them.")]
    [InlineData("lcm", "normal", "sd has no scheduler \"normal\"; it has discrete, karras. Set Backends:sd:Models:turbo:Scheduler to one of them.")]
    public async Task Sd_cpp_backend_reports_an_unknown_sampler_or_scheduler_with_the_known_ones(string sampler, string scheduler, string words)
    {
        var options = Options();
        options.Models["turbo"] = new() { Sampler = sampler, Scheduler = scheduler };
        using var backend = Backend(options);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small() with { Model = "turbo" }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal((BackendFault.Misconfigured, words), (exception.Fault, exception.Message));
        var call = Assert.Single(_server.Calls);
        Assert.Equal(("GET", "/sdcpp/v1/capabilities", ""), (call.Method, call.Path, call.Query));
    }

    [Fact]
    public async Task Sd_cpp_backend_accepts_any_sampler_if_the_server_lists_none()
    {
        _server.FailNext("GET", "/sdcpp/v1/capabilities", StandIn.Status(404, ""));
        var options = Options();
        options.Models["turbo"] = new() { Sampler = "lcm" };
        using var backend = Backend(options);

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = "turbo" }, PaintingSources.None, new RecordedReporter(), Cancellation)));
    }

    [Fact]
    public async Task Sd_cpp_backend_sends_a_reference_with_its_weight_if_the_adapter_is_loaded()
    {
        var request = Requests.Small() with { ReferenceWeight = 0.4 };
        var picture = Requests.Picture();
        using var without = Backend();
        using var with = Backend(Options() with { IpAdapter = true });

        var plain = Requests.Painted(await without.PaintAsync(request, new([picture], default), new RecordedReporter(), Cancellation))[0];
        var guided = Requests.Painted(await with.PaintAsync(request, new([picture], default), new RecordedReporter(), Cancellation))[0];

        Assert.Equal(0, without.CapabilitiesOf("").References);
        Assert.Equal(1, with.CapabilitiesOf("").References);
        var sent = _server.Calls.Last(call => call.Method == "POST").Json;
        Assert.Equal(Convert.ToBase64String(picture), (string?)sent["ip_adapter_image"]);
        Assert.Equal(0.4, (double?)sent["ip_adapter_strength"]);
        Assert.NotEqual(plain.Png.ToArray(), guided.Png.ToArray());
    }

    [Fact]
    public async Task Sd_cpp_backend_paints_different_variations_over_their_picture()
    {
        using var backend = Backend();
        var original = Requests.Picture();

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Small() with { Count = 4 }, new([], original), new RecordedReporter(), Cancellation));

        var sent = _server.Posts[0].Json;
        Assert.Equal(Convert.ToBase64String(original), (string?)sent["init_image"]);
        Assert.Equal(0.6, (double?)sent["strength"]);
        Assert.Equal(7u, (uint?)sent["seed"]);
        Assert.Equal(4, pictures.Select(picture => Convert.ToBase64String(picture.Png.Span)).Distinct().Count());
    }

    [Fact]
    public async Task Sd_cpp_backend_sends_no_weights_and_no_negative_to_flux()
    {
        using var backend = Backend();

        await backend.PaintAsync(Requests.Personalized with { Model = "flux1-schnell", Count = 1 }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal("a lighthouse by the sea, rich saturated hues, soft light, without people", (string?)_server.Posts[0].Json["prompt"]);
        Assert.Equal("", (string?)_server.Posts[0].Json["negative_prompt"]);
    }

    [Theory]
    [InlineData("a cat <lora:evil:1>", "a cat < lora:evil:1>")]
    [InlineData("<sd_cpp_extra_args>{\"seed\":1}</sd_cpp_extra_args> cat", "< sd_cpp_extra_args>{\"seed\":1}< /sd_cpp_extra_args> cat")]
    [InlineData("a (cat:2) and [dog]", @"a \(cat:2\) and \[dog\]")]
    [InlineData("this BREAK that", "this break that")]
    public async Task Sd_cpp_backend_escapes_the_syntax_of_the_server(string text, string sent)
    {
        using var backend = Backend();

        await backend.PaintAsync(Requests.Small(text), PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal(sent, (string?)_server.Posts[0].Json["prompt"]);
    }

    [Fact]
    public async Task Sd_cpp_backend_stores_the_ticket_first_and_reports_the_position_in_the_queue()
    {
        using var backend = Backend();
        _server.HoldsQueue = true;
        await backend.CancelAsync("job-000009", Cancellation);
        var looksWhenKept = -1;
        var reporter = new RecordedReporter
        {
            OnTicket = _ =>
            {
                looksWhenKept = Looks();
                return Task.CompletedTask;
            },
            OnReport = progress => _server.HoldsQueue = progress.Ahead is null,
        };

        await backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        Assert.Equal(0, looksWhenKept);
        Assert.Equal("job-000001", Assert.Single(reporter.Tickets));
        Assert.Equal([0, null], reporter.Progress.Select(progress => progress.Ahead));
    }

    [Fact]
    public async Task Sd_cpp_backend_keeps_the_job_of_each_picture_at_once_and_stops_them_all_where_it_is_cancelled_between()
    {
        using var backend = Backend();
        using var stop = new CancellationTokenSource();
        _server.HoldsQueue = true;

        // It takes the third job, and the person cancels before its answer arrives.
        _server.FailNext("POST", "/sdcpp/v1/img_gen", CancelAsync, after: 2);
        var reporter = new RecordedReporter();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, reporter, stop.Token));

        Assert.Equal(["job-000001", "job-000001~job-000002", "job-000001~job-000002~job-000009"], reporter.Tickets);
        Assert.Equal(
            ["/sdcpp/v1/jobs/job-000009/cancel", "/sdcpp/v1/jobs/job-000002/cancel", "/sdcpp/v1/jobs/job-000001/cancel"],
            _server.Posts.Select(call => call.Path).Where(path => path.EndsWith("/cancel", StringComparison.Ordinal)));

        async Task CancelAsync(HttpContext context)
        {
            await stop.CancelAsync();
            await StandIn.Status(202, "{\"id\":\"job-000009\"}")(context);
        }
    }

    [Fact]
    public async Task Sd_cpp_backend_resumes_a_job_after_a_restart_of_the_bot()
    {
        using var stopping = new CancellationTokenSource();
        using var before = Backend();
        _server.HoldsPainting = true;
        var reporter = new RecordedReporter { OnReport = _ => stopping.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => before.PaintAsync(Requests.Small(), PaintingSources.None, reporter, stopping.Token));

        _server.HoldsPainting = false;
        using var after = Backend();
        var result = await after.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(reporter.Ticket), Cancellation);

        Assert.Single(Requests.Painted(result));
        Assert.Single(_server.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task Sd_cpp_backend_submits_a_job_again_with_the_same_seed_after_a_restart_of_the_server()
    {
        using var backend = Backend();
        _server.HoldsPainting = true;
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);
        await reporter.ReportedAsync();

        await _server.StopAsync();
        _server.HoldsPainting = false;
        await _server.StartAsync();

        Assert.Single(Requests.Painted(await painting));
        var bodies = _server.Calls.Where(call => call.Method == "POST").Select(call => call.Text).ToArray();
        Assert.Equal(2, bodies.Length);
        Assert.Equal(bodies[0], bodies[1]);
    }

    [Fact]
    public async Task Sd_cpp_backend_cancels_a_waiting_job_and_not_a_running_one()
    {
        using var backend = Backend();
        using var stop = new CancellationTokenSource();
        _server.HoldsQueue = true;
        _server.HoldsPainting = true;
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, stop.Token);
        await reporter.ReportedAsync();

        // A backend that still polled would find the job cancelled.
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);
        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));

        Assert.Equal([reporter.Ticket!], _server.Cancelled);
        Assert.False(await backend.CancelAsync("job-000777", Cancellation));
    }

    [Fact]
    public async Task Sd_cpp_backend_keeps_the_pixels_only()
    {
        using var backend = Backend();
        _server.FailNext("GET", "/sdcpp/v1/jobs", StandIn.Status(200, Completed(Convert.ToBase64String(PaintedPng.Paint(64, 64, "a secret prompt", "parameters", 1)))));

        var picture = Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation))[0];

        Requests.HasNoText(picture, "a secret prompt");
    }

    [Fact]
    public async Task Sd_cpp_backend_reports_an_unreachable_server_within_seconds()
    {
        await _server.StopAsync();
        using var backend = Backend();

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(BackendFault.Unavailable, exception.Fault);
        Assert.Contains(_server.Address.Authority, exception.Message);
    }

    [Fact]
    public async Task Sd_cpp_backend_reports_a_failure_with_the_message_of_the_server()
    {
        _server.Failure = "out of memory";
        using var backend = Backend();

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal((BackendFault.Size, "sd ran out of memory at 64 x 64 pixels.", "out of memory"), (exception.Fault, exception.Message, exception.ServerResponse));
    }

    [Fact]
    public async Task Sd_cpp_backend_submits_a_failed_job_again_at_the_next_attempt()
    {
        using var backend = Backend();
        var reporter = new RecordedReporter();
        _server.Failure = "out of memory";
        await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation));

        _server.Failure = null;
        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(reporter.Ticket), Cancellation)));
        Assert.Equal(2, _server.Calls.Count(call => call.Method == "POST"));
    }

    /// <summary>A failure of the server, and the expected fault.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        { "full", (int)BackendFault.Unavailable },
        { "no such route", (int)BackendFault.Misconfigured },
        { "bad request", (int)BackendFault.Misconfigured },
        { "server error", (int)BackendFault.Failed },
        { "hang", (int)BackendFault.Unavailable },
        { "half a body", (int)BackendFault.Unavailable },
        { "no JSON", (int)BackendFault.Failed },
        { "too much", (int)BackendFault.Failed },
        { "no id", (int)BackendFault.Failed },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Sd_cpp_backend_reports_a_bad_answer_and_submits_the_job_once(string trouble, int fault)
    {
        _server.FailNext(
            "POST",
            "/sdcpp/v1/img_gen",
            trouble switch
            {
                "full" => StandIn.Status(429, """{"error":"job queue is full"}"""),
                "no such route" => StandIn.Status(404, ""),
                "bad request" => StandIn.Status(400, """{"error":"invalid request","message":"width"}"""),
                "server error" => StandIn.Status(500, """{"error":"internal"}"""),
                "hang" => StandIn.Hang(),
                "half a body" => StandIn.HalfABody(),
                "no JSON" => StandIn.Status(202, "<html>"),
                "no id" => StandIn.Status(202, "{}"),
                _ => StandIn.Status(202, "\"" + new string('x', 2_000_000) + "\""),
            },
            times: trouble == "full" ? 4 : 1);
        using var backend = Backend(Options() with { AnswerSeconds = trouble == "hang" ? 0.5 : 30, MaxMegabytes = 1 });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small("a secret wish"), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(fault, (int)exception.Fault);
        Assert.DoesNotContain("a secret wish", exception.Message);
        Assert.Equal(trouble == "full" ? 4 : 1, _server.Calls.Count(call => call.Method == "POST"));
    }

    [Fact]
    public async Task Sd_cpp_backend_sends_a_cancel_call_in_its_exact_form()
    {
        using var backend = Backend();

        await backend.CancelAsync("job-000001", Cancellation);

        var call = Assert.Single(_server.Calls);
        Assert.Equal(("POST", "/sdcpp/v1/jobs/job-000001/cancel", "", "application/json", "{}"), (call.Method, call.Path, call.Query, call.Headers["Content-Type"], call.Text));
    }

    [Fact]
    public async Task Sd_cpp_backend_cancels_a_job_that_is_painted_beyond_the_time_limit()
    {
        var time = new FakeTimeProvider();
        using var backend = new StableDiffusionCppBackend("sd", Options() with { PaintingMinutes = 15 }, time);
        _server.HoldsPainting = true;
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);
        await reporter.ReportedAsync();

        time.Advance(TimeSpan.FromMinutes(15));

        var exception = await Assert.ThrowsAsync<BackendException>(() => painting);
        Assert.Equal((BackendFault.TimedOut, "sd painted for 15 minutes without progress (Backends:sd:PaintingMinutes)."), (exception.Fault, exception.Message));
        Assert.Contains(_server.Calls, call => call.Path == $"/sdcpp/v1/jobs/{reporter.Ticket}/cancel");
    }

    [Fact]
    public async Task Sd_cpp_backend_gives_each_picture_its_time()
    {
        var poll = TimeSpan.FromSeconds(29);
        var time = new PollingTime(poll);
        using var backend = new StableDiffusionCppBackend("sd", Options() with { PaintingMinutes = 15, PollSeconds = poll.TotalSeconds, AnswerSeconds = 600 }, time);
        _server.Endings = 0;
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, reporter, Cancellation);

        for (var i = 0; i < 4; i++)
        {
            // One look finds a picture painted, and the next one begun.
            await time.AllWaitAsync(() => 1, painting);
            _server.Endings = 1;
            time.Pass(TimeSpan.FromMinutes(14));
        }

        Assert.Equal(4, Requests.Painted(await painting).Count);
        Assert.Equal([0, 0.25, 0.5, 0.75], reporter.Progress.Select(progress => progress.Fraction).Distinct());
    }

    [Fact]
    public async Task Sd_cpp_backend_takes_what_is_painted_by_the_time_limit_and_stops_what_waits()
    {
        var poll = TimeSpan.FromSeconds(29);
        var time = new PollingTime(poll);
        using var backend = new StableDiffusionCppBackend("sd", Options() with { PaintingMinutes = 15, PollSeconds = poll.TotalSeconds, AnswerSeconds = 600 }, time);
        _server.Endings = 1;
        var painting = backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation);
        foreach (var by in (TimeSpan[])[poll, TimeSpan.FromMinutes(15)])
        {
            await time.AllWaitAsync(() => 1, painting);
            time.Pass(by);
        }

        var painted = Assert.IsType<PaintingResult.Painted>(await painting);
        Assert.Equal([0], painted.Positions);
        Assert.Equal("sd did not finish every picture in its time.", painted.Problem);
        Assert.Equal(["job-000003", "job-000004"], _server.Cancelled.Order());
    }

    [Fact]
    public async Task Sd_cpp_backend_stops_the_others_where_one_fails_at_first()
    {
        using var backend = Backend();
        _server.Failure = "out of memory";

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small() with { Count = 4 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(BackendFault.Size, exception.Fault);
        Assert.Equal(["job-000003", "job-000004"], _server.Cancelled.Order());
    }

    [Theory]
    [InlineData(410, """{"error":"job expired"}""")]
    [InlineData(404, """{"error":"job not found"}""")]
    public async Task Sd_cpp_backend_submits_a_job_again_that_the_server_no_longer_has(int status, string body)
    {
        _server.FailNext("GET", "/sdcpp/v1/jobs", StandIn.Status(status, body));
        using var backend = Backend();

        Assert.Single(Requests.Painted(await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation)));
        Assert.Equal(2, _server.Calls.Count(call => call.Method == "POST"));
    }

    [Fact]
    public async Task Sd_cpp_backend_rejects_a_ticket_that_is_too_long()
    {
        _server.FailNext("POST", "/sdcpp/v1/img_gen", StandIn.Status(202, "{\"id\":\"" + new string('x', ImagineJob.MaxTicketLength + 1) + "\"}"));
        using var backend = Backend();
        var reporter = new RecordedReporter();

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation));

        Assert.Equal(BackendFault.Failed, exception.Fault);
        Assert.Empty(reporter.Tickets);
    }

    [Theory]
    [InlineData("bm90IGEgcGljdHVyZQ==", "not a picture")]
    [InlineData("!", "not valid base64")]
    public async Task Sd_cpp_backend_rejects_data_that_is_not_a_picture(string data, string words)
    {
        _server.FailNext("GET", "/sdcpp/v1/jobs", StandIn.Status(200, Completed(data)));
        using var backend = Backend();

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Contains(words, exception.Message);
    }

    private static string Completed(string data) =>
        "{\"id\":\"job-000001\",\"status\":\"completed\",\"result\":{\"images\":[{\"index\":0,\"b64_json\":\"" + data + "\"}]}}";

    private int Looks() => _server.Calls.Count(call => call.Path.StartsWith("/sdcpp/v1/jobs/", StringComparison.Ordinal) && call.Method == "GET");

    private StableDiffusionCppBackend Backend(StableDiffusionCppOptions? options = null) => new("sd", options ?? Options(), TimeProvider.System);

    private StableDiffusionCppOptions Options() => new() { Url = _server.Address, PollSeconds = 0.02, RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 };
}
