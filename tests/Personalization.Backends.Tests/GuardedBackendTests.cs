using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.OpenAiImages;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests;

/// <summary>What is between jobs and servers: the circuit breaker, the check, and the sanitizing of previews.</summary>
public sealed class GuardedBackendTests
{
    [Fact]
    public async Task Circuit_opens_for_half_a_minute_after_three_failures()
    {
        var time = new FakeTimeProvider();
        var server = Server(BackendFault.Unavailable);
        using var guarded = new GuardedBackend(server, time);
        for (var i = 0; i < 3; i++)
        {
            await FaultAsync(guarded);
        }

        var exception = await FaultAsync(guarded);
        Assert.Equal(BackendFault.Unavailable, exception.Fault);
        Assert.Contains("is left alone", exception.Message);
        Assert.Equal(3, server.Asked.Count);

        server.Failure = null;
        time.Advance(TimeSpan.FromSeconds(31));
        await guarded.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation);
        Assert.Equal(4, server.Asked.Count);
    }

    [Fact]
    public async Task Circuit_opens_after_three_failures_even_if_the_server_painted_before()
    {
        var server = Server();
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        await guarded.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation);
        server.Failure = Away(BackendFault.Unavailable);
        for (var i = 0; i < 3; i++)
        {
            await FaultAsync(guarded);
        }

        Assert.Contains("is left alone", (await FaultAsync(guarded)).Message);
    }

    [Fact]
    public async Task Circuit_opens_after_failures_that_are_minutes_apart()
    {
        var time = new FakeTimeProvider();
        var server = Server(BackendFault.Unavailable);
        using var guarded = new GuardedBackend(server, time);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromMinutes(15));
            await FaultAsync(guarded);
        }

        Assert.Contains("is left alone", (await FaultAsync(guarded)).Message);
    }

    [Fact]
    public async Task Circuit_stays_closed_where_paintings_take_too_long()
    {
        var server = Server(BackendFault.TimedOut);
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(BackendFault.TimedOut, (await FaultAsync(guarded)).Fault);
        }

        Assert.Equal(4, server.Asked.Count);
    }

    [Fact]
    public async Task Server_that_painted_nothing_in_all_its_time_is_tried_by_one_job_and_the_others_go_on_at_once()
    {
        var server = new FakeBackend { Capabilities = new() { IsFree = true }, Failure = Away(BackendFault.TimedOut) };
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        await FaultAsync(guarded);

        (server.Failure, server.Held) = (null, new());
        var trying = PaintAsync(guarded);
        var other = await FaultAsync(guarded);
        server.Held.SetResult();

        Requests.Painted(await trying);
        Assert.Equal(
            (BackendFault.Unavailable, "Fake painted nothing of an earlier job in all its time (Backends:Fake:PaintingMinutes), and another job tries whether it paints again."),
            (other.Fault, other.Message));
        Requests.Painted(await PaintAsync(guarded));
    }

    [Fact]
    public async Task Server_is_tried_by_the_next_job_where_the_one_that_tried_it_was_stopped()
    {
        var server = new FakeBackend { Capabilities = new() { IsFree = true }, Failure = Away(BackendFault.TimedOut) };
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        await FaultAsync(guarded);
        server.Failure = new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => PaintAsync(guarded));

        server.Failure = null;
        Requests.Painted(await PaintAsync(guarded));
    }

    [Fact]
    public async Task Server_that_painted_slowly_is_not_taken_for_one_that_does_not_paint()
    {
        var server = new FakeBackend { Capabilities = new() { IsFree = true }, Previews = [Requests.Picture()], Picture = _ => throw Away(BackendFault.TimedOut) };
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        await FaultAsync(guarded);
        server.Held = new();

        var (first, second) = (FaultAsync(guarded), FaultAsync(guarded));
        server.Held.SetResult();

        Assert.Equal((BackendFault.TimedOut, BackendFault.TimedOut), ((await first).Fault, (await second).Fault));
    }

    [Fact]
    public async Task Server_that_painted_nothing_is_given_to_the_others_again_with_the_first_sign_of_painting()
    {
        var server = new FakeBackend { Capabilities = new() { IsFree = true }, Failure = Away(BackendFault.TimedOut) };
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        await FaultAsync(guarded);
        (server.Failure, server.Previews, server.Held) = (null, [Requests.Picture()], new());

        Task<PaintingResult>[] painting = [PaintAsync(guarded), PaintAsync(guarded)];
        server.Held.SetResult();

        Assert.All(await Task.WhenAll(painting), result => Requests.Painted(result));
    }

    [Fact]
    public async Task Server_that_painted_nothing_and_does_not_answer_costs_the_next_job_five_seconds()
    {
        await using var server = new StableDiffusionCppStandIn { HoldsPainting = true };
        await server.StartAsync();
        var time = new FakeTimeProvider();
        using var guarded = new GuardedBackend(new StableDiffusionCppBackend("sd", new() { Url = server.Address, PollSeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 15 }, time), time);
        var reporter = new RecordedReporter();
        var first = guarded.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);
        await reporter.ReportedAsync();
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(BackendFault.TimedOut, (await Assert.ThrowsAsync<BackendException>(() => first)).Fault);

        server.FailNext("GET", "/sdcpp/v1/capabilities", StandIn.Hang());
        var second = PaintAsync(guarded);
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/sdcpp/v1/capabilities") == 2);
        time.Advance(TimeSpan.FromSeconds(5));

        var exception = await Assert.ThrowsAsync<BackendException>(() => second);
        Assert.Equal((BackendFault.Unavailable, "sd painted nothing of an earlier job in all its time, and does not answer within 5 s."), (exception.Fault, exception.Message));
        Assert.Single(server.Calls, call => call.Path == "/sdcpp/v1/img_gen");
    }

    [Fact]
    public async Task Server_that_painted_nothing_is_given_to_the_others_again_where_the_job_that_tries_it_waits_in_its_queue()
    {
        await using var server = new StableDiffusionCppStandIn { HoldsPainting = true };
        await server.StartAsync();
        var time = new FakeTimeProvider();
        using var guarded = new GuardedBackend(new StableDiffusionCppBackend("sd", new() { Url = server.Address, PollSeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 15 }, time), time);
        using var stop = new CancellationTokenSource();
        var (first, second) = (new RecordedReporter(), new RecordedReporter());
        var stalled = guarded.PaintAsync(Requests.Small(), PaintingSources.None, first, stop.Token);
        await first.ReportedAsync();
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(BackendFault.TimedOut, (await Assert.ThrowsAsync<BackendException>(() => stalled)).Fault);

        var trying = guarded.PaintAsync(Requests.Small(), PaintingSources.None, second, stop.Token);
        await second.ReportedAsync();
        Assert.NotNull(second.Progress[0].Ahead);
        var third = new RecordedReporter();
        var other = guarded.PaintAsync(Requests.Small(), PaintingSources.None, third, stop.Token);
        await Task.WhenAny(other, third.ReportedAsync());

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    }

    [Fact]
    public void Trial_that_is_over_does_not_end_a_later_one()
    {
        var circuit = new Circuit(new FakeTimeProvider());
        circuit.RecordStall();
        Assert.Equal(Circuit.Passage.Trial, circuit.TryEnter(out var first));
        circuit.EndTrial(first);
        Assert.Equal(Circuit.Passage.Trial, circuit.TryEnter(out var second));

        circuit.EndTrial(first);

        Assert.Equal(Circuit.Passage.Stalled, circuit.TryEnter(out _));
        circuit.EndTrial(second);
        Assert.Equal(Circuit.Passage.Trial, circuit.TryEnter(out _));
    }

    [Fact]
    public async Task Job_that_exceeded_its_time_is_discarded()
    {
        using var server = new ScriptedBackend { Ticket = "7", Faults = 1, FaultAfterTicket = true, Fault = BackendFault.TimedOut };
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());

        await FaultAsync(guarded);

        Assert.Equal(["7"], server.Discarded);
    }

    [Fact]
    public async Task Circuit_stays_closed_if_a_success_is_between_the_failures()
    {
        var server = Server();
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        foreach (BackendFault? fault in (BackendFault?[])[BackendFault.Unavailable, BackendFault.Unavailable, null, BackendFault.Unavailable, BackendFault.Unavailable])
        {
            server.Failure = fault is { } kind ? Away(kind) : null;
            await Record.ExceptionAsync(() => guarded.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation));
        }

        Assert.Equal("It is away.", (await FaultAsync(guarded)).Message);
    }

    [Fact]
    public async Task Circuit_lets_one_job_per_half_minute_try_the_server()
    {
        var time = new FakeTimeProvider();
        var server = Server(BackendFault.Unavailable);
        using var guarded = new GuardedBackend(server, time);
        for (var i = 0; i < 3; i++)
        {
            await FaultAsync(guarded);
        }

        (server.Failure, server.Held) = (null, new());
        time.Advance(TimeSpan.FromSeconds(31));
        var trying = guarded.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation);
        Assert.Contains("is left alone", (await FaultAsync(guarded)).Message);
        time.Advance(TimeSpan.FromSeconds(31));
        var next = guarded.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation);
        server.Held.SetResult();

        Requests.Painted(await trying);
        Requests.Painted(await next);
        Requests.Painted(await guarded.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation));
    }

    [Fact]
    public async Task Circuit_stays_closed_if_the_server_fails_at_pictures()
    {
        var server = Server(BackendFault.Failed);
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        for (var i = 0; i < 5; i++)
        {
            await FaultAsync(guarded);
        }

        Assert.Equal(5, server.Asked.Count);
    }

    [Fact]
    public async Task Circuit_stays_closed_if_a_model_is_missing()
    {
        var server = Server(BackendFault.Misconfigured);
        using var guarded = new GuardedBackend(server, new FakeTimeProvider());
        for (var i = 0; i < 5; i++)
        {
            await FaultAsync(guarded);
        }

        server.Failure = null;
        Requests.Painted(await guarded.PaintAsync(Requests.Small() with { Model = "another" }, PaintingSources.None, new NullPaintingReporter(), Cancellation));
    }

    [Fact]
    public async Task Guarded_backend_reports_an_answer_of_an_unexpected_form()
    {
        await using var server = new StableDiffusionCppStandIn();
        await server.StartAsync();
        server.FailNext("GET", "/sdcpp/v1/jobs", StandIn.Status(200, """{"status":7}"""));
        using var guarded = new GuardedBackend(new StableDiffusionCppBackend("sd", new() { Url = server.Address, PollSeconds = 0.02, PaintingMinutes = 1 }, TimeProvider.System), TimeProvider.System);

        var exception = await FaultAsync(guarded);

        Assert.Equal(BackendFault.Failed, exception.Fault);
        Assert.StartsWith("sd answered in an unexpected form", exception.Message);
    }

    [Theory]
    [InlineData("""{"queue_running":[7],"queue_pending":[]}""")]
    [InlineData("[]")]
    [InlineData("\"soon\"")]
    public async Task Guarded_backend_reports_an_answer_to_a_cancellation_of_an_unexpected_form(string body)
    {
        await using var server = new ComfyUiStandIn { HasJobs = false };
        await server.StartAsync();
        server.FailNext("GET", "/queue", StandIn.Status(200, body));
        using var guarded = new GuardedBackend(new ComfyUiBackend("comfy", new() { Url = server.Address }, TimeProvider.System), TimeProvider.System);

        var exception = await Assert.ThrowsAsync<BackendException>(() => guarded.CancelAsync("5eed0000-0000-4000-8000-000000000000*1", Cancellation));

        Assert.Equal(BackendFault.Failed, exception.Fault);
    }

    /// <summary>Answers that quote the prompt <c>a "secret" wish</c>, completely, in parts or in another form.</summary>
    public static TheoryData<string, int, string, string> Quotations => new()
    {
        { "webui", 500, """{"error":"ValueError","detail":"bad token in a \\\"secret\\\" wish"}""", "webui refused POST /sdapi/v1/txt2img (500, ValueError)." },
        { "webui", 500, "Error at: a (secret), soft light", "webui refused POST /sdapi/v1/txt2img (500)." },
        { "webui", 200, "[\"a secret\"", "The answer of webui to POST /sdapi/v1/txt2img is not JSON (200)." },
        { "sd", 400, """{"error":"secret"}""", "sd refused POST /sdcpp/v1/img_gen (400)." },
        { "openai", 400, """{"error":{"message":"No picture of a secret.","code":"invalid_value"}}""", "openai refused POST images (400, invalid_value)." },
        { "openai", 404, """{"error":{"message":"No model for a secret."}}""", "openai has no image interface at Backends:openai:Url, or does not have this model." },
        { "horde", 400, """{"message":"A secret is too short","rc":"ValidationError"}""", "horde refused POST /api/v2/generate/async (400, ValidationError)." },
        { "horde", 503, """{"message":"No more secret wishes"}""", "horde accepts no more requests at the moment." },
        { "comfy", 400, """{"error":{"type":"x","message":"Prompt outputs failed validation"},"node_errors":{"6":{"class_type":"Wildcards","errors":[{"type":"invalid_input_type","message":"Failed to convert an input value to a INT value","details":"text, a secret wish, invalid literal","extra_info":{"input_name":"text","received_value":"a secret wish"}}]}}}""", "comfy cannot run the workflow: node 6 (Wildcards): Failed to convert an input value to a INT value text." },
    };

    [Theory]
    [MemberData(nameof(Quotations))]
    public async Task Guarded_backend_keeps_server_messages_that_may_quote_the_prompt_out_of_its_own(string kind, int status, string answer, string told)
    {
        await using StandIn server = kind switch
        {
            "webui" => new StableDiffusionWebUiStandIn(),
            "sd" => new StableDiffusionCppStandIn(),
            "openai" => new OpenAiImagesStandIn(),
            "horde" => new AiHordeStandIn(),
            _ => new ComfyUiStandIn(),
        };
        await server.StartAsync();
        server.FailNext("POST", "/", StandIn.Status(status, answer), times: 9);
        var url = new Uri(server.Address, kind switch { "openai" => "/v1", "horde" => "/api/v2", _ => "/" });
        using var guarded = new GuardedBackend(
            kind switch
            {
                "webui" => new StableDiffusionWebUiBackend(kind, new() { Url = url, PollSeconds = 30, RetrySeconds = 0.001 }, TimeProvider.System),
                "sd" => new StableDiffusionCppBackend(kind, new() { Url = url }, TimeProvider.System),
                "openai" => new OpenAiImagesBackend(kind, new() { Url = url }, TimeProvider.System),
                "horde" => new AiHordeBackend(kind, new() { Url = url, RetrySeconds = 0.001 }, TimeProvider.System, NullLogger<AiHordeBackend>.Instance),
                _ => new ComfyUiBackend(kind, new() { Url = url }, TimeProvider.System),
            },
            TimeProvider.System);

        var exception = await Assert.ThrowsAsync<BackendException>(() => guarded.PaintAsync(Requests.Small("a \"secret\" wish") with { Model = kind == "comfy" ? "sd15.safetensors" : "" }, PaintingSources.None, new NullPaintingReporter(), Cancellation));

        Assert.Equal(told, exception.Message);
        Assert.DoesNotContain("secret", exception.ToString());
        Assert.Equal(kind != "webui" || answer[0] != '[', exception.ServerResponse.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Checker_reports_the_message_of_the_server()
    {
        await using var server = new StableDiffusionCppStandIn { Failure = "out of memory" };
        await server.StartAsync();
        using var guarded = new GuardedBackend(new StableDiffusionCppBackend("sd", new() { Url = server.Address, PollSeconds = 0.02 }, TimeProvider.System), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);

        Assert.Equal("sd ran out of memory at 256 x 320 pixels. It said: out of memory", report.Problem);
    }

    [Fact]
    public async Task Guarded_backend_crops_a_picture_to_the_requested_ratio()
    {
        using var guarded = new GuardedBackend(Server(), TimeProvider.System);

        var picture = Requests.Painted(await guarded.PaintAsync(Requests.Small() with { Width = 128, Height = 64 }, PaintingSources.None, new NullPaintingReporter(), Cancellation))[0];

        Assert.Equal((64, 32), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Guarded_backend_drops_previews_that_are_not_pictures()
    {
        var server = new FakeBackend { Previews = ["<script>"u8.ToArray(), Requests.Picture()] };
        using var guarded = new GuardedBackend(server, TimeProvider.System);
        var reporter = new RecordedReporter();

        await guarded.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        Assert.Equal([true, false], reporter.Progress.Select(progress => progress.Preview.IsEmpty));
    }

    [Fact]
    public async Task Guarded_backend_does_not_decode_previews_that_are_not_shown()
    {
        using var guarded = new GuardedBackend(new FakeBackend { Previews = [Requests.Picture()] }, TimeProvider.System);
        var reporter = new RecordedReporter { TakesPreview = false };

        await guarded.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        Assert.True(Assert.Single(reporter.Progress).Preview.IsEmpty);
    }

    [Fact]
    public async Task Guarded_backend_drops_previews_that_are_too_large()
    {
        var server = new FakeBackend { Previews = [PaintedPng.Paint(2048, 2049, null, "", 1), PaintedPng.Paint(2048, 2048, null, "", 1)] };
        using var guarded = new GuardedBackend(server, TimeProvider.System);
        var reporter = new RecordedReporter();

        await guarded.PaintAsync(Requests.Small(), PaintingSources.None, reporter, Cancellation);

        Assert.Equal([true, false], reporter.Progress.Select(progress => progress.Preview.IsEmpty));
    }

    [Fact]
    public async Task Checker_confirms_a_server_that_does_what_it_declares()
    {
        await using var server = new StableDiffusionWebUiStandIn();
        await server.StartAsync();
        using var guarded = new GuardedBackend(new StableDiffusionWebUiBackend("webui", new() { Url = server.Address, IpAdapter = "ip-adapter_sd15", PollSeconds = 0.02, PaintingMinutes = 1 }, TimeProvider.System), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);

        Assert.True(report.IsAsDeclared);
        Assert.Equal(3, guarded.CapabilitiesOf("").References);
    }

    [Fact]
    public async Task Checker_switches_off_references_that_the_server_accepts_and_ignores()
    {
        await using var server = new StableDiffusionCppStandIn { HasIpAdapter = false };
        await server.StartAsync();
        using var guarded = new GuardedBackend(new StableDiffusionCppBackend("sd", new() { Url = server.Address, IpAdapter = true, PollSeconds = 0.02, PaintingMinutes = 1 }, TimeProvider.System), TimeProvider.System);
        Assert.Equal(1, guarded.CapabilitiesOf("").References);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);

        Assert.Equal(["references"], report.False);
        Assert.False(report.IsAsDeclared);
        Assert.Equal(0, guarded.CapabilitiesOf("").References);
        Assert.True(guarded.CapabilitiesOf("").Negative);
    }

    [Fact]
    public async Task Checker_switches_off_references_that_the_server_refuses()
    {
        await using var server = new ComfyUiStandIn { HasIpAdapter = false };
        await server.StartAsync();
        using var guarded = new GuardedBackend(new ComfyUiBackend("comfy", new() { Url = server.Address, IpAdapterPreset = "STANDARD (medium strength)", PollSeconds = 0.02, PaintingMinutes = 1 }, TimeProvider.System), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "sd15.safetensors", steps: null, Cancellation);

        Assert.Null(report.Problem);
        Assert.Equal(["references"], report.False);
        Assert.Contains("node IPAdapterUnifiedLoader does not exist", Assert.Single(report.Remarks));
        Assert.Equal(0, guarded.CapabilitiesOf("sd15.safetensors").References);
        Assert.True(guarded.CapabilitiesOf("sd15.safetensors").Weights);
    }

    [Fact]
    public async Task Guarded_backend_can_what_its_server_tells_later_without_what_proved_false()
    {
        // All its pictures are the same.
        var server = new FakeBackend { Capabilities = new() { IsFree = true, Seed = true, Negative = true } };
        using var guarded = new GuardedBackend(server, TimeProvider.System);
        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);
        Assert.Equal(["seed"], report.False);

        server.Capabilities = new() { IsFree = true, Seed = true, Weights = true, Notice = "another model" };

        var capabilities = guarded.CapabilitiesOf("");
        Assert.Equal((false, false, true, "another model"), (capabilities.Seed, capabilities.Negative, capabilities.Weights, capabilities.Notice));
    }

    [Fact]
    public async Task Guarded_backend_writes_weights_and_negatives_as_text_if_they_take_no_effect()
    {
        var server = Server();
        using var guarded = new GuardedBackend(server, TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);
        await guarded.PaintAsync(Requests.Personalized, PaintingSources.None, new NullPaintingReporter(), Cancellation);

        Assert.Equal(["negative", "weights"], report.False);
        Assert.Equal("a lighthouse by the sea, rich saturated hues, soft light, without people", server.Asked[^1].Text);
        Assert.Empty(server.Asked[^1].Avoid);
        Assert.Empty(server.Asked[^1].Additions);
    }

    [Fact]
    public async Task Checker_reports_a_server_that_does_not_paint()
    {
        using var guarded = new GuardedBackend(Server(BackendFault.Misconfigured), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, "", steps: null, Cancellation);

        Assert.Equal("It is away.", report.Problem);
        Assert.False(report.IsAsDeclared);
    }

    [Fact]
    public void Guard_lets_a_backend_say_what_it_cannot_paint()
    {
        using var guarded = new GuardedBackend(new FakeBackend { UnknownWords = ["zeugma"] }, TimeProvider.System);

        Assert.Equal(["zeugma"], ((IImageBackend)guarded).UnknownWordsOf(Requests.Small()));
    }

    /// <summary>A server that declares more than it does, and always paints the same picture.</summary>
    private static FakeBackend Server(BackendFault? fault = null) =>
        new() { Capabilities = new() { Seed = true, Negative = true, Weights = true }, Failure = fault is { } kind ? Away(kind) : null };

    private static BackendException Away(BackendFault fault) => new(fault, "It is away.");

    private static Task<PaintingResult> PaintAsync(GuardedBackend backend) => backend.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation);

    private static Task<BackendException> FaultAsync(GuardedBackend backend) =>
        Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new NullPaintingReporter(), Cancellation));
}
