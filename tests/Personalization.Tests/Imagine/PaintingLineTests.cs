using Microsoft.Extensions.Time.Testing;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>Whose turn it is to be painted, and what those who wait are shown.</summary>
public sealed class PaintingLineTests : IDisposable
{
    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);
    private static readonly PersonId Cleo = new(3);

    private readonly FakeTimeProvider _time = new();
    private readonly List<PaintingTurn> _turns = [];
    private PaintingLine _line;

    public PaintingLineTests() => _line = new(1, _time);

    [Fact]
    public void Turns_go_round_between_people()
    {
        Join(Ann, 1, 2, 3, 4);
        Join(Bob, 5, 6);
        Join(Cleo, 7);

        Assert.Equal([1UL, 5, 7, 2, 6, 3, 4], PaintAll());
    }

    [Fact]
    public void Line_is_idle_once_nothing_is_painted_and_nothing_waits()
    {
        Assert.True(_line.IdleAsync().IsCompleted);
        Join(Ann, 1, 2);
        var idle = _line.IdleAsync();

        PaintNext(1);
        Assert.False(idle.IsCompleted);
        PaintAll();

        Assert.True(idle.IsCompletedSuccessfully);
        Assert.True(_line.IdleAsync().IsCompleted);
    }

    [Fact]
    public void Person_who_comes_during_many_turns_of_another_is_next()
    {
        Join(Ann, [.. Enumerable.Range(1, 40).Select(id => (ulong)id)]);
        PaintNext(20);
        Join(Bob, 100);

        Assert.Equal([21UL, 100, 22, 23], PaintNext(4));
    }

    [Fact]
    public void Person_who_has_had_many_turns_is_not_set_back_behind_another_for_that()
    {
        Join(Ann, 1, 2, 3, 4, 5);
        PaintNext(4);
        Join(Bob, 10, 11);
        Join(Ann, 6);

        // The fifth of Ann's is being painted: each has one turn before anybody's second.
        Assert.Equal([5UL, 10, 6, 11], PaintAll());
    }

    [Fact]
    public void Jobs_that_left_the_line_are_no_turns()
    {
        Join(Ann, 1, 2, 3, 4);
        foreach (var left in _turns.Where(turn => turn.Job is 2 or 3))
        {
            left.Dispose();
        }

        Join(Bob, 5, 6);

        Assert.Equal([1UL, 5, 4, 6], PaintAll());
    }

    [Fact]
    public void Job_that_is_tried_again_keeps_its_place_among_the_persons_own()
    {
        Join(Ann, 1, 2, 3);
        PaintNext(1);
        Join(Ann, 1);

        Assert.Equal([2UL, 1, 3], PaintAll());
    }

    [Fact]
    public void No_more_turns_begin_than_are_allowed_at_once()
    {
        _line = new(2, _time);
        Join(Ann, 1, 2, 3);

        Assert.Equal([true, true, false], _turns.Select(turn => turn.Turn.IsCompleted));
        _turns[0].Dispose();
        Assert.True(_turns[2].Turn.IsCompleted);
    }

    [Fact]
    public void Place_counts_whose_turn_comes_before()
    {
        Join(Ann, 1, 2, 3, 4);
        Join(Bob, 5, 6);

        Assert.Equal([(2UL, 1), (3, 3), (4, 4), (5, 0), (6, 2)], _turns.Where(turn => turn.Job != 1).Select(turn => (turn.Job, turn.Place().Ahead)));
    }

    [Fact]
    public void Estimate_is_the_median_of_recent_paintings_for_each_that_comes_before_and_unknown_before_the_first()
    {
        Join(Ann, [.. Enumerable.Range(1, 20).Select(id => (ulong)id)]);
        Assert.Null(_turns[5].Place().Remaining);

        foreach (var (seconds, isPainted) in new[] { (20, true), (600, true), (1, false), (20, true) })
        {
            var running = _turns.First(turn => turn.Turn.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(seconds));
            running.IsPainted = isPainted;
            Finish(running);
        }

        // The fifth is being painted, half of it is done on average, and the sixth is next.
        Assert.Equal((0, TimeSpan.FromSeconds(10 + 20)), _turns[1].Place());
        Assert.Equal((3, TimeSpan.FromSeconds(10 + (3 * 20) + 20)), _turns[4].Place());
    }

    [Fact]
    public async Task Waiting_job_shows_its_place_within_two_seconds_and_is_cancelled_without_an_attempt()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Waits = true }, time: _time, concurrency: 1);
        await world.AddAsync();
        await world.Jobs.AddAsync(SampleJob.Create(2) with { Person = Bob });
        var first = world.RunAsync();
        await world.Painter.BegunAsync();
        var second = world.Runner.RunAsync(2, TestRun.Cancellation);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((2UL, new PaintingProgress(0, Ahead: 0)), await world.Delivery.NextPlaceAsync());
        Assert.True(await world.Runner.CancelAsync(2, Bob, TestRun.Cancellation));
        await second.WaitAsync(TestRun.Deadline, TestRun.Cancellation);
        Assert.StartsWith("apology Cancelled", Assert.Single(world.Delivery.All).What, StringComparison.Ordinal);
        world.Painter.Open();
        await first.WaitAsync(TestRun.Deadline, TestRun.Cancellation);
        Assert.Single(world.Painter.Requests);
    }

    [Fact]
    public async Task Job_waits_for_its_own_backend_alone()
    {
        using var other = new ScriptedBackend { Name = "Other" };
        using var world = new RunnerWorld(new ScriptedBackend { Waits = true }, [other], _time, concurrency: 1);
        await world.AddAsync();
        await world.Jobs.AddAsync(SampleJob.Create(2) with { Backend = "Other" });
        var first = world.RunAsync();
        await world.Painter.BegunAsync();

        await world.Runner.RunAsync(2, TestRun.Cancellation).WaitAsync(TestRun.Deadline, TestRun.Cancellation);

        Assert.Equal(2UL, Assert.Single(world.Delivery.All).Job);
        world.Painter.Open();
        await first.WaitAsync(TestRun.Deadline, TestRun.Cancellation);
    }

    [Fact]
    public async Task Waiting_for_a_turn_is_no_try_of_the_job()
    {
        using var world = new RunnerWorld(new ScriptedBackend { Waits = true }, time: _time, concurrency: 1);
        await world.AddAsync();
        await world.Jobs.AddAsync(SampleJob.Create(2));
        var first = world.RunAsync();
        await world.Painter.BegunAsync();
        for (var restart = 0; restart <= ImagineRunner.MaxInterruptions; restart++)
        {
            using var stop = new CancellationTokenSource();
            var waiting = world.Runner.RunAsync(2, stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        world.Painter.Open();
        await first.WaitAsync(TestRun.Deadline, TestRun.Cancellation);
        await world.Runner.RunAsync(2, TestRun.Cancellation).WaitAsync(TestRun.Deadline, TestRun.Cancellation);

        Assert.Equal(JobState.Delivered, (await world.Jobs.FindAsync(2, TestRun.Cancellation))!.State);
    }

    public void Dispose() => _turns.ForEach(turn => turn.Dispose());

    private void Join(PersonId person, params ulong[] jobs) => _turns.AddRange(jobs.Select(job => _line.Join(person, job)));

    private List<ulong> PaintAll() => PaintNext(_turns.Count);

    private List<ulong> PaintNext(int count)
    {
        var painted = new List<ulong>();
        while (painted.Count < count && _turns.Find(turn => turn.Turn.IsCompleted) is { } turn)
        {
            painted.Add(turn.Job);
            Finish(turn);
        }

        return painted;
    }

    private void Finish(PaintingTurn turn)
    {
        _turns.Remove(turn);
        turn.Dispose();
    }
}
