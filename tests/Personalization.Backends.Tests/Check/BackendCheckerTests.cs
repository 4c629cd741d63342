using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Backends.StableDiffusionWebUi;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.Check;

/// <summary>What a check of a backend proves, and from which observations.</summary>
public sealed class BackendCheckerTests
{
    private static readonly BackendCapabilities Everything = new()
    {
        Weights = true,
        Negative = true,
        References = 3,
        Seed = true,
        Batch = 16,
        Sizes = true,
        Progress = true,
        Preview = true,
        Cancel = true,
        IsFree = true,
    };

    [Fact]
    public async Task Checker_proves_what_it_observes()
    {
        var server = new Server();

        var report = await CheckAsync(server);

        Assert.True(report.IsAsDeclared);
        Assert.Empty(report.Remarks);
        Assert.Equal(Everything with { Batch = 2, IsFree = false }, report.Proved);
        Assert.InRange(server.Asked.Where(asked => asked.Request.Count < 4).Sum(asked => asked.Request.Count), 1, 10);
    }

    [Fact]
    public async Task Checker_finds_nothing_proved_and_nothing_false_if_the_server_fails()
    {
        var report = await CheckAsync(new Server { Refuses = _ => true });

        Assert.Equal("It does not.", report.Problem);
        Assert.Equal(new BackendCapabilities(), report.Proved);
        Assert.Empty(report.False);
    }

    [Fact]
    public async Task Checker_neither_proves_nor_switches_off_what_it_cannot_observe()
    {
        var report = await CheckAsync(new Server { Reports = [new(0), new(1)] });

        Assert.True(report.IsAsDeclared);
        Assert.Equal((false, false), (report.Proved.Progress, report.Proved.Preview));
        Assert.Equal((true, true), (report.Kept.Progress, report.Kept.Preview));
    }

    [Fact]
    public async Task Checker_switches_off_sizes_if_the_server_always_paints_the_same_shape()
    {
        using var guarded = new GuardedBackend(new Server { Changes = request => request with { Width = 512, Height = 512 } }, TimeProvider.System);

        var report = await CheckAsync(guarded);

        Assert.Equal(["sizes"], report.False);
        Assert.Equal("It was asked for 256 x 320 pixels and painted another shape, so its pictures are cropped.", Assert.Single(report.Remarks));
        Assert.False(guarded.CapabilitiesOf("").Sizes);
    }

    [Theory]
    [InlineData(1, "It was asked for 2 pictures in one call and returned 1.")]
    [InlineData(2, "It was asked for 2 pictures in one call and returned the same one twice.")]
    public async Task Checker_switches_off_the_batch_if_one_call_does_not_give_two_different_pictures(int gives, string remark)
    {
        var report = await CheckAsync(new Server { Changes = request => request with { Count = Math.Min(gives, request.Count) }, RepeatsPictures = true });

        Assert.Equal(["batch"], report.False);
        Assert.Equal((1, remark), (report.Kept.Batch, Assert.Single(report.Remarks)));
    }

    [Fact]
    public async Task Checker_continues_after_a_server_failed_at_two_pictures_in_one_call()
    {
        var report = await CheckAsync(new Server { Refuses = asked => asked.Request.Count > 1 });

        Assert.Null(report.Problem);
        Assert.Equal(["batch"], report.False);
        Assert.Equal("It fails when asked for 2 pictures in one call: It does not.", Assert.Single(report.Remarks));
        Assert.Equal((3, false), (report.Proved.References, report.Proved.Cancel));
    }

    [Theory]
    [InlineData(3, 3, new string[0])]
    [InlineData(1, 1, new[] { "references beyond 1" })]
    [InlineData(0, 0, new[] { "references" })]
    public async Task Checker_sends_as_many_references_as_are_declared_and_the_last_must_take_effect(int follows, int kept, string[] wrong)
    {
        var server = new Server { Follows = follows };

        var report = await CheckAsync(server);

        Assert.All(server.Asked.Where(asked => asked.References > 0), asked => Assert.Equal(3, asked.References));
        Assert.Equal((kept, kept), (report.Kept.References, report.Proved.References));
        Assert.Equal(wrong, report.False);
    }

    [Fact]
    public async Task Checker_tries_one_reference_if_the_server_refuses_several()
    {
        var report = await CheckAsync(new Server { Refuses = asked => asked.References > 1 });

        Assert.Equal((1, "It does not."), (report.Kept.References, Assert.Single(report.Remarks)));
    }

    [Fact]
    public async Task Checker_does_not_prove_cancel_if_a_stopped_job_is_painted()
    {
        var report = await CheckAsync(new Server { Stops = false });

        Assert.True(report.IsAsDeclared);
        Assert.False(report.Proved.Cancel);
    }

    [Fact]
    public async Task Checker_stops_a_job_that_waits_at_the_server()
    {
        // Six single pictures, then two in one call.
        await using var server = new ComfyUiStandIn { HoldsFrom = 7 };
        await server.StartAsync();
        using var guarded = new GuardedBackend(new ComfyUiBackend("comfy", new() { Url = server.Address, PollSeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 }, TimeProvider.System), TimeProvider.System);
        var checking = new BackendChecker(TimeProvider.System).RunAsync(guarded, "sd15.safetensors", steps: null, TestContext.Current.CancellationToken);

        await server.CalledAsync(call => call.Path.StartsWith("/api/jobs/", StringComparison.Ordinal));
        server.Release();

        Assert.True((await checking).Proved.Cancel);
    }

    [Fact]
    public async Task Checker_finds_the_seed_false_of_a_server_that_gives_every_seed_the_same_picture()
    {
        using var guarded = new GuardedBackend(new Server { Changes = request => request with { Seed = 1 } }, TimeProvider.System);

        var report = await CheckAsync(guarded);

        Assert.Contains("seed", report.False);
        Assert.Contains("Every seed gives the same picture, so that another try of a prompt gives it too: the seed does not reach the model.", report.Remarks);
        Assert.False(guarded.CapabilitiesOf("").Seed);
    }

    [Fact]
    public async Task Checker_finds_the_seed_false_of_a_server_that_ignores_it_and_keeps_what_it_painted()
    {
        await using var server = new ComfyUiStandIn { IgnoresSeeds = true };
        await server.StartAsync();

        var report = await CheckAsync(BackendOf("comfy", server, workflow: ""), "sd15.safetensors");

        Assert.Equal(["seed"], report.False);
        Assert.False(report.Kept.Seed);
    }

    [Fact]
    public async Task Checker_asks_for_few_steps_but_where_it_watches_the_server_at_work()
    {
        var server = new Server();

        await CheckAsync(server);

        Assert.All(server.Asked, asked => Assert.Equal(asked.Request.Count == 2 ? null : 4, asked.Request.MaxSteps));
        Assert.All(server.Asked, asked => Assert.Equal((256, 320), (asked.Request.Width, asked.Request.Height)));
    }

    [Theory]
    [InlineData("comfy", 25)]
    [InlineData("workflow", 9)]
    [InlineData("webui", 25)]
    [InlineData("sd", null)]
    [InlineData("horde", 25)]
    public async Task Servers_are_asked_for_few_steps_by_a_check_and_for_their_own_number_afterwards(string kind, int? own)
    {
        using var folder = new TemporaryFolder();
        await using StandIn server = kind switch
        {
            "webui" => new StableDiffusionWebUiStandIn(),
            "sd" => new StableDiffusionCppStandIn(),
            "horde" => new AiHordeStandIn(),
            _ => new ComfyUiStandIn(),
        };
        await server.StartAsync();
        var workflow = Path.Combine(folder.FullName, "workflow.json");
        await File.WriteAllTextAsync(workflow, Workflow, TestContext.Current.CancellationToken);
        using var guarded = new GuardedBackend(BackendOf(kind, server, kind == "workflow" ? workflow : ""), TimeProvider.System);
        var model = kind switch { "sd" => "", "webui" => "sd15", "horde" => "stable_diffusion", _ => "sd15.safetensors" };

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, model, steps: null, TestContext.Current.CancellationToken);
        var before = StepsOf(server).ToArray();
        await guarded.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken);

        Assert.Empty(report.False);
        Assert.Equal(4, before[0]);
        Assert.Equal(own, StepsOf(server).Last());
    }

    [Fact]
    public async Task Checker_asks_for_a_small_square_if_sizes_are_not_declared()
    {
        var server = new Server { Capabilities = new() };

        await CheckAsync(server);

        var asked = Assert.Single(server.Asked).Request;
        Assert.Equal((1, 512, 512), (asked.Count, asked.Width, asked.Height));
    }

    [Fact]
    public async Task Checker_cancels_a_stopped_job_that_is_submitted_again()
    {
        var server = new Server { SubmitsAgain = true };

        var report = await CheckAsync(server);

        Assert.True(report.Proved.Cancel);
        Assert.Equal(0, server.PaintedAgain);
    }

    [Fact]
    public async Task Checker_paints_single_pictures_only_if_pictures_are_not_free()
    {
        var server = new Server { Capabilities = Everything with { IsFree = false, References = 0 } };

        var report = await CheckAsync(server);

        Assert.Equal(5, server.Asked.Count);
        Assert.All(server.Asked, asked => Assert.Equal(1, asked.Request.Count));
        Assert.True(report.IsAsDeclared);
        Assert.Equal((1, true, false), (report.Proved.Batch, report.Proved.Sizes, report.Proved.Cancel));
    }

    [Fact]
    public async Task Checker_draws_no_conclusion_from_differences_without_seeds()
    {
        var server = new Server { Capabilities = Everything with { Seed = false } };

        var report = await CheckAsync(server);

        Assert.Equal((false, false, 0), (report.Proved.Negative, report.Proved.Weights, report.Proved.References));
        Assert.Equal((2, true), (report.Proved.Batch, report.Proved.Sizes));
        Assert.True(report.IsAsDeclared);
    }

    private static Task<CheckReport> CheckAsync(IImageBackend backend, string model = "") =>
        new BackendChecker(TimeProvider.System).RunAsync(backend, model, steps: null, TestContext.Current.CancellationToken);

    private static IImageBackend BackendOf(string kind, StandIn server, string workflow) => kind switch
    {
        "webui" => new StableDiffusionWebUiBackend("webui", new() { Url = server.Address, PollSeconds = 0.02 }, TimeProvider.System),
        "sd" => new StableDiffusionCppBackend("sd", new() { Url = server.Address, PollSeconds = 0.02 }, TimeProvider.System),
        "horde" => new AiHordeBackend("horde", new() { Url = new(server.Address, "/api/v2/"), PollSeconds = 0.02 }, TimeProvider.System, NullLogger<AiHordeBackend>.Instance),
        _ => new ComfyUiBackend("comfy", new() { Url = server.Address, PollSeconds = 0.02, WorkflowFile = workflow }, TimeProvider.System),
    };

    private const string Workflow = """
        {
          "10": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"}},
          "20": {"class_type": "CLIPTextEncode", "inputs": {"text": "", "clip": ["10", 1]}},
          "30": {"class_type": "CLIPTextEncode", "inputs": {"text": "", "clip": ["10", 1]}},
          "40": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 512, "batch_size": 1}},
          "50": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 9, "cfg": 5, "sampler_name": "euler", "scheduler": "normal", "denoise": 1, "model": ["10", 0], "positive": ["30", 0], "negative": ["20", 0], "latent_image": ["40", 0]}},
          "60": {"class_type": "VAEDecode", "inputs": {"samples": ["50", 0], "vae": ["10", 2]}},
          "70": {"class_type": "SaveImage", "inputs": {"images": ["60", 0], "filename_prefix": "mine"}}
        }
        """;

    /// <summary>The steps of each submitted job, oldest first; null where none are sent.</summary>
    private static IEnumerable<int?> StepsOf(StandIn server) => server.Calls
        .Where(call => call is { Method: "POST", Path: "/prompt" or "/sdapi/v1/txt2img" or "/sdcpp/v1/img_gen" } || call.Path.EndsWith("/generate/async", StringComparison.Ordinal))
        .Select(call => (int?)(call.Path switch
        {
            "/prompt" => call.Json["prompt"]!.AsObject().Select(node => node.Value!).Single(node => (string?)node["class_type"] == "KSampler")["inputs"]!["steps"],
            "/sdapi/v1/txt2img" => call.Json["steps"],
            "/sdcpp/v1/img_gen" => call.Json["sample_params"]!["sample_steps"],
            _ => call.Json["params"]!["steps"],
        }));

    /// <summary>Does everything that it declares, unless set otherwise. A job of four pictures continues until it is stopped.</summary>
    private sealed class Server : IImageBackend
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "scripted";

        public BackendCapabilities Capabilities { get; init; } = Everything;

        public Func<(ImageRequest Request, int References), bool> Refuses { get; init; } = _ => false;

        /// <summary>How it changes a request before it paints it.</summary>
        public bool RepeatsPictures { get; init; }

        public Func<ImageRequest, ImageRequest> Changes { get; init; } = request => request;

        public int Follows { get; init; } = int.MaxValue;

        public IReadOnlyList<PaintingProgress> Reports { get; init; } = [new(0.5, null, Requests.Picture())];

        /// <summary>Whether a stopped job ends.</summary>
        public bool Stops { get; init; } = true;

        /// <summary>Whether a stopped job is submitted again.</summary>
        public bool SubmitsAgain { get; init; }

        public int PaintedAgain { get; private set; }

        public ConcurrentQueue<(ImageRequest Request, int References)> Asked { get; } = new();

        public (int Area, int Step) SizeOf(string model) => (512 * 512, 8);

        public BackendCapabilities CapabilitiesOf(string model) => Capabilities;

        public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
        {
            Asked.Enqueue((request, sources.References.Count));
            if (Refuses((request, sources.References.Count)))
            {
                throw new BackendException(BackendFault.Failed, "It does not.");
            }

            await reporter.KeepTicketAsync($"job {request.Count}", cancellationToken);
            foreach (var progress in Reports)
            {
                reporter.Report(progress);
            }

            if (request.Count == 4)
            {
                await _stopped.Task.WaitAsync(cancellationToken);
                if (SubmitsAgain)
                {
                    await reporter.KeepTicketAsync("job again", cancellationToken);
                    PaintedAgain++;
                }
                else if (Stops)
                {
                    throw new BackendException(BackendFault.Failed, "It was stopped.");
                }
            }

            var changed = Changes(request);
            var references = sources.References.Take(Follows).Select(reference => Convert.ToBase64String(reference.Span)).ToArray();
            return new PaintingResult.Painted(
            [
                .. Enumerable.Range(0, changed.Count).Select(i => new PaintedPicture(
                    PaintedPng.Paint(changed.Width, changed.Height, null, "", [changed.Text, string.Join(',', changed.Avoid), string.Join(',', changed.Additions), changed.Seed + (RepeatsPictures ? 0 : i), .. references]),
                    changed.Width,
                    changed.Height)),
            ]);
        }

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
        {
            var isKnown = ticket == "job 4";
            if (isKnown)
            {
                _stopped.TrySetResult();
            }

            return Task.FromResult(isKnown);
        }
    }
}
