using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Imagine.Backends;
using Personalization.Testing;

namespace Personalization.Backends.Tests.Http;

/// <summary>How long a job of a server's queue may take.</summary>
public sealed class RemoteJobTests
{
    private static readonly RemoteJobStatus Painted = new RemoteJobStatus.Ended(new PaintingResult.Painted([new(Requests.Picture(), 64, 64)]));

    private readonly FakeTimeProvider _time = new();
    private readonly StableDiffusionCppOptions _options = new() { PaintingMinutes = 15, PollSeconds = 0.01 };
    private readonly List<string> _cancelled = [];

    [Fact]
    public async Task Wait_in_the_queue_of_a_server_is_not_limited() => Assert.IsType<PaintingResult.Painted>(await RunAsync(
        (0, Waiting(2)), (40, Waiting(1)), (40, Waiting(0)), (40, Painting(0)), (14, Painted)));

    [Fact]
    public async Task Painting_that_gets_further_is_given_its_time_anew() => Assert.IsType<PaintingResult.Painted>(await RunAsync(
        (0, Painting(0)), (14, Painting(0.25)), (14, Painting(0.5)), (14, Painting(0.75)), (14, Painted)));

    [Fact]
    public async Task Painting_that_waits_again_begins_anew_after_it() => Assert.IsType<PaintingResult.Painted>(await RunAsync(
        (0, Painting(0.5)), (14, Waiting(0)), (40, Painting(0)), (14, Painted)));

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.4)]
    public async Task Painting_without_progress_is_stopped_and_said_to_take_too_long(double then)
    {
        var exception = await Assert.ThrowsAsync<BackendException>(() => RunAsync((0, Painting(0.5)), (14, Painting(then)), (1, Painting(then))));

        Assert.Equal((BackendFault.TimedOut, "sd painted for 15 minutes without progress (Backends:sd:PaintingMinutes)."), (exception.Fault, exception.Message));
        Assert.Equal(["job-1"], _cancelled);
    }

    [Fact]
    public async Task Painting_that_ends_as_its_time_is_over_is_taken()
    {
        Assert.IsType<PaintingResult.Painted>(await RunAsync((0, Painting(0)), (15, Painted)));
        Assert.Empty(_cancelled);
    }

    [Fact]
    public async Task Pictures_that_are_painted_are_taken_where_the_rest_takes_too_long()
    {
        var partly = Painting(0.5) with { CollectAsync = _ => Task.FromResult(Painted) };

        Assert.IsType<PaintingResult.Painted>(await RunAsync((0, partly), (15, partly)));
        Assert.Equal(["job-1"], _cancelled);
    }

    [Fact]
    public async Task Painting_without_progress_is_stopped_also_where_the_server_tells_nothing_that_can_be_read()
    {
        using var limit = new PaintingLimit(_options, _time, new RecordedReporter("job-1"));
        var running = RemoteJob.RunAsync("sd", _options, _time, limit, limit, NewJob("job-2"), StatusAsync, CancelAsync, Cancellation);
        _time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(BackendFault.TimedOut, (await Assert.ThrowsAsync<BackendException>(() => running)).Fault);
        Assert.Equal(["job-1"], _cancelled);

        // At the limit, it is asked once more, under the token of the caller alone.
        static Task<RemoteJobStatus> StatusAsync(string ticket, CancellationToken token) =>
            token == Cancellation ? throw new OverflowException("Not a number.") : Task.FromResult<RemoteJobStatus>(Painting(0.5));
    }

    [Fact]
    public async Task Job_whose_id_is_too_long_to_keep_is_stopped()
    {
        var id = new string('a', 201);
        using var limit = new PaintingLimit(_options, _time, new RecordedReporter());

        var exception = await Assert.ThrowsAsync<BackendException>(() => RemoteJob.RunAsync("sd", _options, _time, limit, limit, NewJob(id), (_, _) => Task.FromResult(Painted), CancelAsync, Cancellation));

        Assert.Equal("sd returned a job id of 201 characters; it must have between 1 and 200.", exception.Message);
        Assert.Equal([id], _cancelled);
    }

    private static Func<CancellationToken, Task<(string Ticket, PaintingResult.Refused? Refusal)>> NewJob(string id) => _ => Task.FromResult<(string, PaintingResult.Refused?)>((id, null));

    private Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        _cancelled.Add(ticket);
        return Task.FromResult(true);
    }

    private static RemoteJobStatus.InProgress Waiting(int ahead) => new(new(0, ahead));

    private static RemoteJobStatus.InProgress Painting(double fraction) => new(new(fraction));

    /// <summary>Runs a job on a server that answers one state after another.</summary>
    /// <param name="answers">Each with the minutes since the one before.</param>
    private async Task<PaintingResult> RunAsync(params (double Minutes, RemoteJobStatus Status)[] answers)
    {
        using var reported = new SemaphoreSlim(0);
        var reporter = new RecordedReporter { OnReport = _ => reported.Release() };
        using var limit = new PaintingLimit(_options, _time, reporter);
        var asked = 0;
        var running = RemoteJob.RunAsync(
            "sd",
            _options,
            _time,
            limit,
            limit,
            NewJob("job-1"),
            (_, _) => Task.FromResult(answers[Math.Min(asked++, answers.Length - 1)].Status),
            CancelAsync,
            Cancellation);
        foreach (var (minutes, _) in answers[1..])
        {
            // Unless it has ended before its time, which the result shows.
            await Task.WhenAny(running, reported.WaitAsync(Cancellation));
            _time.Advance(TimeSpan.FromMinutes(minutes));

            // Until it asks again.
            while (reported.CurrentCount == 0 && !running.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(_options.PollSeconds));
                await Task.Yield();
            }
        }

        return await running.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }
}
