using System.Collections.Concurrent;
using Personalization.Backends.ComfyUi;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests;

/// <summary>What a check believes, and what it has to see for it.</summary>
public sealed class BackendCheckTests
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
    public async Task What_shows_itself_is_proved()
    {
        var server = new Server();

        var report = await CheckAsync(server);

        Assert.True(report.IsAsDeclared);
        Assert.Empty(report.Remarks);
        Assert.Equal(Everything with { Batch = 2, IsFree = false }, report.Proved);
        Assert.InRange(server.Asked.Where(asked => asked.Request.Count < 4).Sum(asked => asked.Request.Count), 1, 9);
    }

    [Fact]
    public async Task Of_a_server_that_is_away_nothing_is_proved_and_nothing_false()
    {
        var report = await CheckAsync(new Server { Refuses = _ => true });

        Assert.Equal("It does not.", report.Problem);
        Assert.Equal(new BackendCapabilities(), report.Proved);
        Assert.Empty(report.False);
    }

    [Fact]
    public async Task What_could_not_be_seen_is_neither_proved_nor_switched_off()
    {
        var report = await CheckAsync(new Server { Reports = [new(0), new(1)] });

        Assert.True(report.IsAsDeclared);
        Assert.Equal((false, false), (report.Proved.Progress, report.Proved.Preview));
        Assert.Equal((true, true), (report.Kept.Progress, report.Kept.Preview));
    }

    [Fact]
    public async Task A_server_that_paints_one_shape_whatever_it_is_asked_for_is_found_out()
    {
        using var guarded = new GuardedBackend(new Server { Changes = request => request with { Width = 512, Height = 512 } }, TimeProvider.System);

        var report = await CheckAsync(guarded);

        Assert.Equal(["sizes"], report.False);
        Assert.Equal("Asked for 448 x 576, it paints another shape, which is cropped.", Assert.Single(report.Remarks));
        Assert.False(guarded.CapabilitiesOf("").Sizes);
    }

    [Theory]
    [InlineData(1, "Asked for 2 pictures in one call, it gave 1.")]
    [InlineData(2, "Asked for 2 pictures in one call, it gave the same one twice.")]
    public async Task A_server_that_does_not_paint_two_pictures_in_one_call_is_found_out(int gives, string remark)
    {
        var report = await CheckAsync(new Server { Changes = request => request with { Count = Math.Min(gives, request.Count), SeedStep = 0 } });

        Assert.Equal(["batch"], report.False);
        Assert.Equal((1, remark), (report.Kept.Batch, Assert.Single(report.Remarks)));
    }

    [Fact]
    public async Task A_server_that_fails_at_two_pictures_says_so_and_the_rest_is_checked_all_the_same()
    {
        var report = await CheckAsync(new Server { Refuses = asked => asked.Request.Count > 1 });

        Assert.Null(report.Problem);
        Assert.Equal(["batch"], report.False);
        Assert.Equal("It fails at 2 pictures in one call: It does not.", Assert.Single(report.Remarks));
        Assert.Equal((3, false), (report.Proved.References, report.Proved.Cancel));
    }

    [Theory]
    [InlineData(3, 3, new string[0])]
    [InlineData(1, 1, new[] { "references beyond 1" })]
    [InlineData(0, 0, new[] { "references" })]
    public async Task As_many_references_are_sent_as_it_takes_and_the_last_must_count(int follows, int kept, string[] wrong)
    {
        var server = new Server { Follows = follows };

        var report = await CheckAsync(server);

        Assert.All(server.Asked.Where(asked => asked.References > 0), asked => Assert.Equal(3, asked.References));
        Assert.Equal((kept, kept), (report.Kept.References, report.Proved.References));
        Assert.Equal(wrong, report.False);
    }

    [Fact]
    public async Task A_server_that_refuses_several_references_is_asked_to_follow_one()
    {
        var report = await CheckAsync(new Server { Refuses = asked => asked.References > 1 });

        Assert.Equal((1, "It does not."), (report.Kept.References, Assert.Single(report.Remarks)));
    }

    [Fact]
    public async Task A_server_that_paints_what_it_says_it_has_stopped_proves_nothing()
    {
        var report = await CheckAsync(new Server { Stops = false });

        Assert.True(report.IsAsDeclared);
        Assert.False(report.Proved.Cancel);
    }

    [Fact]
    public async Task A_job_that_waits_at_the_server_is_taken_back_before_it_is_painted()
    {
        await using var server = new ComfyUiStandIn();
        await server.StartAsync();
        using var guarded = new GuardedBackend(new ComfyUiBackend("comfy", new() { Url = server.Address, PollSeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 }, TimeProvider.System), TimeProvider.System);
        var checking = new BackendCheck(TimeProvider.System).RunAsync(guarded, "sd15.safetensors", TestContext.Current.CancellationToken);

        // Five pictures by themselves, then two together.
        await server.CalledAsync(_ => server.Calls.Count(call => call.Path == "/prompt") >= 6);
        server.HoldsPainting = true;
        await server.CalledAsync(call => call is { Path: "/queue", Method: "POST" } or { Path: "/interrupt" });
        server.Release();

        Assert.True((await checking).Proved.Cancel);
    }

    [Fact]
    public async Task What_has_no_choice_of_sizes_is_asked_for_the_cheapest()
    {
        var server = new Server { Capabilities = new() };

        await CheckAsync(server);

        var asked = Assert.Single(server.Asked).Request;
        Assert.Equal((1, 512, 512), (asked.Count, asked.Width, asked.Height));
    }

    [Fact]
    public async Task A_job_that_is_handed_in_anew_once_it_was_stopped_is_not_painted_after_all()
    {
        var server = new Server { HandsInAnew = true };

        var report = await CheckAsync(server);

        Assert.True(report.Proved.Cancel);
        Assert.Equal(0, server.PaintedAnew);
    }

    [Fact]
    public async Task Where_pictures_cost_somebody_something_one_at_a_time_is_painted_and_nothing_more_is_proved()
    {
        var server = new Server { Capabilities = Everything with { IsFree = false, References = 0 } };

        var report = await CheckAsync(server);

        Assert.Equal(5, server.Asked.Count);
        Assert.All(server.Asked, asked => Assert.Equal(1, asked.Request.Count));
        Assert.True(report.IsAsDeclared);
        Assert.Equal((1, true, false), (report.Proved.Batch, report.Proved.Sizes, report.Proved.Cancel));
    }

    [Fact]
    public async Task Where_no_two_pictures_are_alike_nothing_is_told_from_a_difference()
    {
        var server = new Server { Capabilities = Everything with { Seed = false } };

        var report = await CheckAsync(server);

        Assert.Equal((false, false, 0), (report.Proved.Negative, report.Proved.Weights, report.Proved.References));
        Assert.Equal((2, true), (report.Proved.Batch, report.Proved.Sizes));
        Assert.True(report.IsAsDeclared);
    }

    private static Task<BackendReport> CheckAsync(IImageBackend backend) =>
        new BackendCheck(TimeProvider.System).RunAsync(backend, "", TestContext.Current.CancellationToken);

    /// <summary>Does all that it says, unless told otherwise. A job of four goes on until it is stopped.</summary>
    private sealed class Server : IImageBackend
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "scripted";

        public BackendCapabilities Capabilities { get; init; } = Everything;

        public Func<(ImageRequest Request, int References), bool> Refuses { get; init; } = _ => false;

        /// <summary>What it makes of a request before it paints it.</summary>
        public Func<ImageRequest, ImageRequest> Changes { get; init; } = request => request;

        public int Follows { get; init; } = int.MaxValue;

        public IReadOnlyList<PaintingProgress> Reports { get; init; } = [new(0.5, null, Requests.Picture())];

        /// <summary>Whether what is stopped ends.</summary>
        public bool Stops { get; init; } = true;

        /// <summary>Whether what has ended without pictures is handed in again.</summary>
        public bool HandsInAnew { get; init; }

        public int PaintedAnew { get; private set; }

        public ConcurrentQueue<(ImageRequest Request, int References)> Asked { get; } = new();

        public (int Area, int Step) SizeOf(string model) => (512 * 512, 8);

        public BackendCapabilities CapabilitiesOf(string model) => Capabilities;

        public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
        {
            Asked.Enqueue((request, sources.References.Count));
            if (Refuses((request, sources.References.Count)))
            {
                throw new BackendException(BackendFault.Failed, "It does not.");
            }

            await journal.KeepTicketAsync($"job {request.Count}", cancellationToken);
            foreach (var report in Reports)
            {
                journal.Report(report);
            }

            if (request.Count == 4)
            {
                await _stopped.Task.WaitAsync(cancellationToken);
                if (HandsInAnew)
                {
                    await journal.KeepTicketAsync("job again", cancellationToken);
                    PaintedAnew++;
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
                    PaintedPng.Paint(changed.Width, changed.Height, null, "", [changed.Text, string.Join(',', changed.Avoid), string.Join(',', changed.Additions), changed.Seed + (i * changed.SeedStep), .. references]),
                    changed.Width,
                    changed.Height)),
            ]);
        }

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
        {
            var isIts = ticket == "job 4";
            if (isIts)
            {
                _stopped.TrySetResult();
            }

            return Task.FromResult(isIts);
        }
    }
}
