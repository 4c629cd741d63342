using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Styles;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>Requests for more pictures than a backend takes, or gives, in one call.</summary>
public sealed class PaintingCallsTests
{
    private static readonly ImageRequest Grid = new() { Text = "a forest", Seed = 5, Count = 4, Width = 8, Height = 8 };

    [Theory]
    [InlineData(1, "5x1 6x1 7x1 8x1")]
    [InlineData(3, "5x3 8x1")]
    [InlineData(4, "5x4")]
    [InlineData(0, "5x1 6x1 7x1 8x1")]
    public async Task Request_is_split_into_calls_of_the_batch_with_the_seeds_that_its_pictures_have(int batch, string calls)
    {
        var server = new Server { Batch = batch };

        var painted = await PaintAsync(server);

        Assert.Equal(calls, server.Calls);
        Assert.Equal([5, 6, 7, 8], Seeds(painted));
        Assert.Equal([0, 1, 2, 3], painted.Positions);
        Assert.Equal((0, ""), (painted.Withheld, painted.Problem));
    }

    [Fact]
    public async Task Job_of_a_backend_that_takes_one_picture_a_call_is_delivered_with_all_of_them()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Batch = 1 });
        await world.AddAsync(job => job with { Request = job.Request with { Count = 4 } });

        await world.RunAsync();

        Assert.Equal(JobState.Delivered, (await world.JobAsync()).State);
        Assert.Equal([5u, 6u, 7u, 8u], world.Painter.Requests.Select(request => request.Seed));
        Assert.Equal([5u, 6u, 7u, 8u], (await world.PaintedAsync()).Select(picture => picture.Seed));
    }

    [Fact]
    public async Task Server_that_gives_one_picture_whatever_is_asked_is_asked_for_the_others()
    {
        var server = new Server { Gives = 1 };

        var painted = await PaintAsync(server);

        Assert.Equal("5x4 6x3 7x2 8x1", server.Calls);
        Assert.Equal([5, 6, 7, 8], Seeds(painted));
        Assert.Equal("", painted.Problem);
    }

    [Fact]
    public async Task Service_that_is_paid_for_is_not_asked_again_for_what_it_did_not_give()
    {
        var server = new Server { Gives = 3, IsFree = false };

        var painted = await PaintAsync(server);

        Assert.Equal("5x4", server.Calls);
        Assert.Equal([5, 6, 7], Seeds(painted));
    }

    [Fact]
    public async Task Call_that_fails_in_the_middle_is_made_again_and_no_other()
    {
        var server = new Server { Batch = 1, Fails = call => call == 3 ? BackendFault.Failed : null };

        var painted = await PaintAsync(server);

        Assert.Equal("5x1 6x1 7x1 7x1 8x1", server.Calls);
        Assert.Equal([0, 1, 2, 3], painted.Positions);
        Assert.Equal("", painted.Problem);
    }

    [Theory]
    [InlineData(BackendFault.Failed, true, "5x1 6x1 7x1 7x1 8x1", new[] { 0, 1, 3 })]
    [InlineData(BackendFault.Unavailable, true, "5x1 6x1 7x1", new[] { 0, 1 })]
    [InlineData(BackendFault.TimedOut, true, "5x1 6x1 7x1", new[] { 0, 1 })]
    [InlineData(BackendFault.Failed, false, "5x1 6x1 7x1", new[] { 0, 1 })]
    public async Task Pictures_that_are_painted_are_given_where_a_later_call_fails_for_good(BackendFault fault, bool isFree, string calls, int[] positions)
    {
        var server = new Server { Batch = 1, IsFree = isFree, Fails = call => call is 3 or 4 ? fault : null };

        var painted = await PaintAsync(server);

        Assert.Equal(calls, server.Calls);
        Assert.Equal(positions, painted.Positions);
        Assert.Equal("It does not.", painted.Problem);
    }

    [Fact]
    public async Task Failure_of_the_first_call_is_the_requests()
    {
        var server = new Server { Batch = 1, Fails = _ => BackendFault.Size };

        var exception = await Assert.ThrowsAsync<BackendException>(() => PaintAsync(server));

        Assert.Equal((BackendFault.Size, "5x1"), (exception.Fault, server.Calls));
    }

    [Fact]
    public async Task Refusal_of_the_prompt_ends_the_request_and_a_withheld_picture_does_not()
    {
        var refused = new Server { Batch = 1, Refuses = _ => new PaintingRefusal.AgainstRules() };
        var withheld = new Server { Batch = 1, Refuses = call => call == 1 ? new PaintingRefusal.Withheld(1, 1) : null };

        Assert.IsType<PaintingRefusal.AgainstRules>(Assert.IsType<PaintingResult.Refused>(await RunAsync(refused)).Refusal);
        var painted = await PaintAsync(withheld);

        Assert.Equal("5x1", refused.Calls);
        Assert.Equal([1, 2, 3], painted.Positions);
        Assert.Equal(1, painted.Withheld);
    }

    [Fact]
    public async Task Calls_are_collected_by_their_tickets_after_a_restart_and_the_rest_is_painted()
    {
        var before = new RecordedReporter { OnTicket = ticket => ticket.Contains("2+1", StringComparison.Ordinal) ? throw new OperationCanceledException() : Task.CompletedTask };
        var server = new Server { Batch = 1 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PaintingCalls.PaintAsync(server, Grid, PaintingSources.None, before, TestRun.Cancellation));

        var after = new Server { Batch = 1 };
        var painted = Assert.IsType<PaintingResult.Painted>(await PaintingCalls.PaintAsync(after, Grid, PaintingSources.None, new RecordedReporter(before.Ticket), TestRun.Cancellation));

        Assert.Equal("5x1 6x1 7x1 8x1", after.Calls);
        Assert.Equal(["job (1)", "job (2)", "job (3)", null], after.Tickets);
        Assert.Equal([5, 6, 7, 8], Seeds(painted));
    }

    [Fact]
    public async Task Ticket_of_a_single_call_is_the_servers_own_and_stands_for_the_whole_request()
    {
        var reporter = new RecordedReporter();
        await PaintingCalls.PaintAsync(new Server(), Grid, PaintingSources.None, reporter, TestRun.Cancellation);
        var after = new Server { Batch = 1 };

        await PaintingCalls.PaintAsync(after, Grid, PaintingSources.None, new RecordedReporter(reporter.Ticket), TestRun.Cancellation);

        Assert.Equal(["job (1)"], reporter.Tickets);
        Assert.Equal(("5x4", "job (1)"), (after.Calls, Assert.Single(after.Tickets)));
    }

    [Fact]
    public async Task Ticket_that_would_be_too_long_names_the_latest_calls()
    {
        var reporter = new RecordedReporter();
        var server = new Server { Batch = 1, TicketLength = 60 };

        await PaintingCalls.PaintAsync(server, Grid, PaintingSources.None, reporter, TestRun.Cancellation);

        Assert.All(reporter.Tickets, ticket => Assert.InRange(ticket.Length, 1, ImagineJob.MaxTicketLength));
        Assert.Matches("^parts 2\\+1:[^ ]+ 3\\+1:[^ ]+$", reporter.Ticket);
    }

    [Fact]
    public async Task Cancellation_stops_every_call_and_the_latest_first()
    {
        var reporter = new RecordedReporter();
        var server = new Server { Batch = 2 };
        await PaintingCalls.PaintAsync(server, Grid, PaintingSources.None, reporter, TestRun.Cancellation);

        Assert.True(await PaintingCalls.CancelAsync(server, reporter.Ticket!, TestRun.Cancellation));

        Assert.Equal(["job (2)", "job (1)"], server.Cancelled);
    }

    [Fact]
    public async Task Call_that_cannot_be_stopped_keeps_none_of_the_others_from_being_stopped()
    {
        var server = new Server { CannotCancel = "b" };

        await Assert.ThrowsAsync<BackendException>(() => PaintingCalls.CancelAsync(server, "parts 0+1:a 1+1:b", TestRun.Cancellation));

        Assert.Equal(["a"], server.Cancelled);
    }

    [Fact]
    public async Task Every_call_is_discarded()
    {
        using var server = new ScriptedBackend();

        await PaintingCalls.DiscardAsync(server, "parts 0+1:a 1+1:b", TestRun.Cancellation);

        Assert.Equal(["a", "b"], server.Discarded);
    }

    [Fact]
    public async Task Progress_of_each_call_is_its_share_of_the_request()
    {
        var reporter = new RecordedReporter();

        await PaintingCalls.PaintAsync(new Server { Batch = 2 }, Grid, PaintingSources.None, reporter, TestRun.Cancellation);

        Assert.Equal([0.25, 0.75], reporter.Progress.Select(progress => progress.Fraction));
    }

    [Fact]
    public async Task Styles_go_with_their_pictures()
    {
        var server = new Server { Batch = 1 };
        var request = Grid with { Count = 2, Styles = [new(0.1f), new(0.2f)] };

        await PaintingCalls.PaintAsync(server, request, PaintingSources.None, new RecordedReporter(), TestRun.Cancellation);

        Assert.Equal([new StyleVector(0.1f), new(0.2f)], server.Asked.Select(asked => Assert.Single(asked.Styles)));
    }

    private static Task<PaintingResult> RunAsync(Server server) =>
        PaintingCalls.PaintAsync(server, Grid, PaintingSources.None, new RecordedReporter(), TestRun.Cancellation);

    private static async Task<PaintingResult.Painted> PaintAsync(Server server) => Assert.IsType<PaintingResult.Painted>(await RunAsync(server));

    private static IEnumerable<int> Seeds(PaintingResult.Painted painted) => painted.Pictures.Select(picture => (int)picture.Png.Span[0]);

    /// <summary>A server whose picture is its seed, and whose calls are named by their number.</summary>
    private sealed class Server : IImageBackend
    {
        public string Name => "Server";

        public int Batch { get; init; } = 16;

        /// <summary>How many pictures a call gives at most, whatever is asked.</summary>
        public int Gives { get; init; } = int.MaxValue;

        public bool IsFree { get; init; } = true;

        /// <summary>How a call fails, by its number from 1; null where it does not.</summary>
        public Func<int, BackendFault?> Fails { get; init; } = _ => null;

        /// <summary>How a call is refused, by its number from 1; null where it is not.</summary>
        public Func<int, PaintingRefusal?> Refuses { get; init; } = _ => null;

        public int TicketLength { get; init; }

        public List<ImageRequest> Asked { get; } = [];

        /// <summary>What each call was told to continue.</summary>
        public List<string?> Tickets { get; } = [];

        /// <summary>The ticket that it cannot be asked to cancel.</summary>
        public string? CannotCancel { get; init; }

        public List<string> Cancelled { get; } = [];

        /// <summary>The seed and the count of each call.</summary>
        public string Calls => string.Join(' ', Asked.Select(asked => $"{asked.Seed}x{asked.Count}"));

        public (int Area, int Step) SizeOf(string model) => (64, 8);

        public BackendCapabilities CapabilitiesOf(string model) => new() { Batch = Batch, IsFree = IsFree };

        public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            Tickets.Add(journal.Ticket);
            await journal.KeepTicketAsync($"job ({Asked.Count})".PadRight(TicketLength, 'x'), cancellationToken);
            journal.Report(new(0.5));
            if (Fails(Asked.Count) is { } fault)
            {
                throw new BackendException(fault, "It does not.");
            }

            return Refuses(Asked.Count) is { } refusal
                ? new PaintingResult.Refused(refusal)
                : new PaintingResult.Painted([.. Enumerable.Range(0, Math.Min(Gives, request.Count)).Select(i => new PaintedPicture(new byte[] { (byte)request.SeedOf(i) }, 8, 8))]);
        }

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
        {
            if (ticket == CannotCancel)
            {
                throw new BackendException(BackendFault.Unavailable, "It does not.");
            }

            Cancelled.Add(ticket);
            return Task.FromResult(ticket == "job (2)");
        }
    }
}
