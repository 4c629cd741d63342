using System.Globalization;
using Xunit;

namespace Personalization.Tests;

/// <summary>The threads that compute, beside those that answer.</summary>
public sealed class ComputeThreadsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_runs_at_the_lowest_priority_and_what_awaits_it_does_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have nice values on Linux.");
        using var threads = new ComputeThreads(new() { Threads = 2 });

        var nice = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => threads.RunAsync(() => NiceOf("/proc/thread-self"), Token)));
        var nicest = await threads.RunLongAsync(() => NiceOf("/proc/thread-self"), Token);

        Assert.All(nice, value => Assert.Equal(19, value));
        Assert.Equal(19, nicest);
        Assert.Equal(0, NiceOf("/proc/thread-self"));
    }

    [Fact]
    public void Threads_are_lowered_by_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have nice values on Linux.");
        const string Name = "a thread whose name is long";
        using var lowered = new ManualResetEventSlim();
        var nice = 0;
        using var begun = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            begun.Set();
            lowered.Wait(Token);
            nice = NiceOf("/proc/thread-self");
        })
        {
            IsBackground = true,
            Name = Name,
        };
        thread.Start();
        begun.Wait(Token);

        NiceThread.Lower(Name, 7);

        lowered.Set();
        thread.Join();
        Assert.Equal(7, nice);
        Assert.Equal(0, NiceOf("/proc/thread-self"));
    }

    [Fact]
    public async Task Work_ahead_of_need_waits_until_nothing_else_does()
    {
        using var threads = new ComputeThreads(new() { Threads = 1 });
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var order = new List<string>();
        var first = threads.RunAsync(
            () =>
            {
                begun.Set();
                release.Wait(Token);
                return 0;
            },
            Token);
        begun.Wait(Token);

        var ahead = AheadAsync();
        var people = Task.WhenAll(Enumerable.Range(1, 3).Select(person => threads.RunAsync(() => Note($"person {person}"), Token)));
        release.Set();
        await Task.WhenAll(first, ahead, people);

        Assert.Equal(["person 1", "person 2", "person 3", "ahead"], order);

        async Task AheadAsync()
        {
            await threads.YieldAsync(Token);
            await threads.RunAsync(() => Note("ahead"), Token);
        }

        int Note(string what)
        {
            order.Add(what);
            return 0;
        }
    }

    [Fact]
    public async Task Long_work_keeps_nobody_waiting()
    {
        using var threads = new ComputeThreads(new() { Threads = 1 });
        using var release = new ManualResetEventSlim();
        var fit = threads.RunLongAsync(
            () =>
            {
                release.Wait(Token);
                return "fitted";
            },
            Token);

        Assert.Equal("painted", await threads.RunAsync(() => "painted", Token));
        Assert.False(fit.IsCompleted);
        release.Set();
        Assert.Equal("fitted", await fit);
    }

    [Fact]
    public async Task Work_that_fails_or_is_cancelled_says_so()
    {
        using var threads = new ComputeThreads(new() { Threads = 1 });
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var ran = false;

        await Assert.ThrowsAsync<TaskCanceledException>(() => threads.RunAsync(() => ran = true, cancelled.Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => threads.RunAsync<int>(() => throw new InvalidDataException(), Token));

        Assert.False(ran);
        Assert.True(await threads.RunAsync(() => true, Token));
    }

    /// <summary>Field 19 of proc_pid_stat(5), counted after the name, which may hold spaces.</summary>
    private static int NiceOf(string thread)
    {
        var stat = File.ReadAllText($"{thread}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
