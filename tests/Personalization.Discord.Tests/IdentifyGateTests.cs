using Personalization.Discord.Tests.StandIn;
using Personalization.DiscordClient.Gateway;

namespace Personalization.Discord.Tests;

public sealed class IdentifyGateTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Shards_of_one_bucket_take_turns_and_those_of_different_buckets_do_not_wait()
    {
        var time = new WatchedTime();
        var gate = new IdentifyGate(2, remaining: 100, total: 100, TimeSpan.FromHours(1), time);

        Assert.True(gate.WaitAsync(0, TestContext.Current.CancellationToken).IsCompleted);
        Assert.True(gate.WaitAsync(1, TestContext.Current.CancellationToken).IsCompleted);
        var third = gate.WaitAsync(2, TestContext.Current.CancellationToken);
        var fifth = gate.WaitAsync(4, TestContext.Current.CancellationToken);

        time.Advance(Every);
        Assert.True(third.IsCompleted);
        Assert.False(fifth.IsCompleted);
        time.Advance(Every);
        Assert.True(fifth.IsCompleted);
    }

    [Fact]
    public async Task Identify_gate_never_exceeds_the_daily_limit()
    {
        var time = new WatchedTime();
        var gate = new IdentifyGate(1, remaining: 1, total: 2, TimeSpan.FromHours(1), time);

        Assert.True(gate.WaitAsync(0, TestContext.Current.CancellationToken).IsCompleted);
        var second = gate.WaitAsync(0, TestContext.Current.CancellationToken);
        var third = gate.WaitAsync(0, TestContext.Current.CancellationToken);
        var fourth = gate.WaitAsync(0, TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(second.IsCompleted);
        time.Advance(Every);
        Assert.True(third.IsCompleted);
        time.Advance(TimeSpan.FromHours(23));
        Assert.False(fourth.IsCompleted);
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(fourth.IsCompleted);
    }
}
