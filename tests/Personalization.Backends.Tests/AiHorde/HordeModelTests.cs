using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.AiHorde;
using Personalization.Backends.Check;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.AiHorde;

/// <summary>How models of the Horde are asked for by the list that it goes by.</summary>
public sealed class HordeModelTests
{
    private const string Reference = """
        {
          "stable_diffusion": {"name": "stable_diffusion", "baseline": "stable diffusion 1"},
          "Hidden Canvas": {"name": "Hidden Canvas", "baseline": "stable_diffusion_xl"},
          "Pony Diffusion XL": {"name": "Pony Diffusion XL", "baseline": "stable_diffusion_xl", "requirements": {"clip_skip": 2}},
          "noob_v_pencil XL": {"name": "noob_v_pencil XL", "baseline": "stable_diffusion_xl", "requirements": {"clip_skip": 2, "samplers": ["k_euler", "k_euler_a"]}},
          "DreamShaper XL": {"name": "DreamShaper XL", "baseline": "stable_diffusion_xl", "requirements": {"min_steps": 3, "max_steps": 6, "cfg_scale": 2, "samplers": ["k_dpmpp_sde"], "schedulers": ["karras"]}},
          "Ultraspice": {"name": "Ultraspice", "baseline": "stable_diffusion_xl", "requirements": {"max_cfg_scale": 2.5}},
          "Stable Cascade 1.0": {"name": "Stable Cascade 1.0", "baseline": "stable_cascade", "requirements": {"min_steps": 20, "max_steps": 30}},
          "Flux.1-Schnell fp8 (Compact)": {"name": "Flux.1-Schnell fp8 (Compact)", "baseline": "flux_1", "requirements": {"min_steps": 3, "max_steps": 8, "min_cfg_scale": 1, "max_cfg_scale": 4, "clip_skip": 1, "samplers": ["k_euler"], "schedulers": ["karras"]}},
          "Z-Image-Turbo": {"name": "Z-Image-Turbo", "baseline": "z_image_turbo"},
          "odd": {"name": "odd", "baseline": 7, "requirements": {"clip_skip": "two", "samplers": "all", "min_steps": null}},
          "odder": []
        }
        """;

    private static readonly string[] Models = ["stable_diffusion", "Hidden Canvas", "Pony Diffusion XL", "noob_v_pencil XL", "DreamShaper XL", "Ultraspice", "Stable Cascade 1.0", "Flux.1-Schnell fp8 (Compact)", "Z-Image-Turbo", "odd"];

    public static TheoryData<string> Listed => [.. Models];

    [Theory]
    [InlineData("stable_diffusion", 512, """"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true"""")]
    [InlineData("Hidden Canvas", 1024, """"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true"""")]
    [InlineData("Pony Diffusion XL", 1024, """"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true,"clip_skip":2"""")]
    [InlineData("noob_v_pencil XL", 1024, """"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true,"clip_skip":2"""")]
    [InlineData("DreamShaper XL", 1024, """"steps":6,"cfg_scale":2,"sampler_name":"k_dpmpp_sde","karras":true"""")]
    [InlineData("Ultraspice", 1024, """"steps":25,"cfg_scale":2.5,"sampler_name":"k_euler_a","karras":true"""")]
    [InlineData("Stable Cascade 1.0", 1024, """"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true"""")]
    [InlineData("Flux.1-Schnell fp8 (Compact)", 1024, """"steps":4,"cfg_scale":1,"sampler_name":"k_euler","karras":true"""")]
    [InlineData("Z-Image-Turbo", 1024, """"steps":8,"cfg_scale":1,"sampler_name":"k_euler","karras":false"""")]
    [InlineData("odd", 512, """"steps":25,"cfg_scale":7,"sampler_name":"k_euler_a","karras":true"""")]
    public async Task Horde_model_is_asked_for_as_its_list_requires(string model, int side, string parameters)
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);
        await backend.InspectAsync(model, Cancellation);

        await backend.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.Equal($$"""{"seed":"7","seed_variation":1,"width":64,"height":64,"n":1,"{{parameters}}}""", server.Posts.Single().Json["params"]!.ToJsonString());
        Assert.Equal(side * side, backend.SizeOf(model).Area);
        Assert.Equal("GET /reference/stable_diffusion.json", $"{server.Calls[0].Method} {server.Calls[0].Path}");
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task Check_of_a_listed_model_has_no_warnings(string model)
    {
        await using var server = await StartAsync();
        using var guarded = new GuardedBackend(Backend(server), TimeProvider.System);

        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, model, steps: null, Cancellation);

        Assert.Equal("Each of these pictures cost about 10 kudos.", Assert.Single(report.Remarks));
        Assert.Empty(report.False);
    }

    [Fact]
    public async Task Settings_of_the_operator_come_before_the_list_and_what_the_Horde_warns_of_is_logged_and_checked()
    {
        const string model = "Flux.1-Schnell fp8 (Compact)";
        await using var server = await StartAsync();
        using var log = new RecordedLog { MinLevel = LogLevel.Warning };
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var guarded = new GuardedBackend(Backend(server, Options(server) with { Sampler = "k_dpmpp_2m", Scheduler = "simple", Guidance = 5 }, logger: loggers.CreateLogger<AiHordeBackend>()), TimeProvider.System);
        await guarded.InspectAsync(model, Cancellation);

        await guarded.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), Cancellation);
        var report = await new BackendChecker(TimeProvider.System).RunAsync(guarded, model, steps: null, Cancellation);

        string[] codes = ["CfgScaleTooLarge", "SamplerMismatch", "SchedulerMismatch"];
        Assert.Equal(codes.Select(code => $"horde warned of a request with \"{model}\": The {code} of this generation."), log.Lines.Take(3).Select(line => line.Split("AiHordeBackend: ")[1].TrimEnd()));
        Assert.Equal(codes.Select(code => $"The Horde warned of these requests: The {code} of this generation."), report.Remarks.Where(remark => remark.StartsWith("The Horde", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_is_not_read_while_a_person_waits()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.PaintAsync(Requests.Small() with { Model = "Pony Diffusion XL" }, PaintingSources.None, new RecordedReporter(), Cancellation);

        Assert.DoesNotContain(server.Calls, call => call.Path.StartsWith("/reference", StringComparison.Ordinal));
        Assert.Equal(2, (int)server.Posts.Single().Json["params"]!["clip_skip"]!);
    }

    [Fact]
    public async Task List_that_cannot_be_read_is_tried_again_after_ten_minutes_and_names_apply_meanwhile()
    {
        await using var server = await StartAsync();
        server.FailNext("GET", "/reference", StandIn.Status(500, ""));
        var time = new FakeTimeProvider();
        using var log = new RecordedLog { MinLevel = LogLevel.Warning };
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var backend = Backend(server, time: time, logger: loggers.CreateLogger<AiHordeBackend>());

        await backend.InspectAsync("Hidden Canvas", Cancellation);
        await backend.InspectAsync("Hidden Canvas", Cancellation);
        Assert.Equal((512 * 512, 1), (backend.SizeOf("Hidden Canvas").Area, server.Calls.Count));
        time.Advance(TimeSpan.FromMinutes(11));
        await backend.InspectAsync("Hidden Canvas", Cancellation);
        await backend.InspectAsync("Hidden Canvas", Cancellation);

        Assert.Equal((1024 * 1024, 2), (backend.SizeOf("Hidden Canvas").Area, server.Calls.Count));
        Assert.Contains("horde has no list of models, so they are asked for by their names alone: horde refused GET /reference/stable_diffusion.json (500).", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_that_cannot_be_read_again_is_tried_after_ten_minutes_and_the_old_one_applies_meanwhile()
    {
        await using var server = await StartAsync();
        var time = new FakeTimeProvider();
        using var backend = Backend(server, time: time);
        await backend.InspectAsync("", Cancellation);
        server.FailNext("GET", "/reference", StandIn.Status(500, ""));

        time.Advance(TimeSpan.FromHours(25));
        await backend.InspectAsync("", Cancellation);
        Assert.Equal((1024 * 1024, 2), (backend.SizeOf("Hidden Canvas").Area, server.Calls.Count));
        time.Advance(TimeSpan.FromMinutes(11));
        await backend.InspectAsync("", Cancellation);

        Assert.Equal(3, server.Calls.Count);
    }

    [Theory]
    [InlineData("mine [Flux]", 1024, 20, 1, false)]
    [InlineData("mine [SDXL]", 1024, 25, 7, true)]
    [InlineData("mine [ZImage]", 1024, 8, 1, false)]
    [InlineData("AlbedoBase XL (SDXL)", 1024, 25, 7, true)]
    [InlineData("mine", 512, 25, 7, true)]
    public void Model_that_is_not_listed_is_asked_for_by_the_marks_in_its_name(string model, int side, int steps, double guidance, bool isKarras)
    {
        using var models = new HordeModels("horde", new() { Url = new("http://127.0.0.1/api/v2/") }, TimeProvider.System);

        var settings = models.Of(model);

        Assert.Equal((side * side, steps, guidance, isKarras), (settings.Area, settings.StepsOf(Requests.Small()), settings.Guidance, settings.IsKarras));
    }

    [Fact]
    public async Task Model_that_the_list_lacks_has_a_notice()
    {
        await using var server = await StartAsync();
        using var backend = Backend(server);

        await backend.InspectAsync("", Cancellation);

        Assert.Contains("the Horde's list of models does not have \"stable difusion\"", backend.CapabilitiesOf("stable difusion").Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("list of models", backend.CapabilitiesOf("stable_diffusion").Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://aihorde.net/api/v2/", null, true)]
    [InlineData("https://dev.AIHorde.net/api/v2/", null, true)]
    [InlineData("https://aihorde.net/api/v2/", "none", false)]
    [InlineData("https://notaihorde.net/api/v2/", null, false)]
    [InlineData("http://127.0.0.1:8000/api/v2/", null, false)]
    public void List_on_GitHub_is_for_the_Horde_alone_and_can_be_switched_off(string url, string? reference, bool reads) =>
        Assert.Equal(reads ? "raw.githubusercontent.com" : null, HordeModels.AddressOf(new() { Url = new(url), ModelReference = reference })?.Host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<AiHordeStandIn> StartAsync()
    {
        var server = new AiHordeStandIn { Reference = (JsonObject)JsonNode.Parse(Reference)!, Models = Models };
        await server.StartAsync();
        return server;
    }

    private static AiHordeBackend Backend(AiHordeStandIn server, AiHordeOptions? options = null, TimeProvider? time = null, ILogger<AiHordeBackend>? logger = null) =>
        new("horde", options ?? Options(server), time ?? TimeProvider.System, logger ?? NullLogger<AiHordeBackend>.Instance);

    private static AiHordeOptions Options(AiHordeStandIn server) => new()
    {
        Url = new(server.Address, "/api/v2/"),
        ModelReference = new Uri(server.Address, "/reference/stable_diffusion.json").ToString(),
        PollSeconds = 0.02,
        RetrySeconds = 0.02,
        ConnectSeconds = 30,
        PaintingMinutes = 1,
    };
}
