using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Personalization.DiscordClient.Gateway;

namespace Personalization.Discord.Tests;

public sealed class SendLimitTests
{
    [Fact]
    public void Send_limit_allows_115_messages_and_delays_the_next_until_the_first_is_a_minute_old()
    {
        var time = new FakeTimeProvider();
        var limit = new SendLimit(time);
        Assert.All(Enumerable.Range(0, 115), _ => Assert.Equal(TimeSpan.Zero, limit.Take(isHeartbeat: false)));
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), limit.Take(isHeartbeat: false));
    }

    [Fact]
    public void Send_limit_keeps_room_for_heartbeats()
    {
        var limit = new SendLimit(new FakeTimeProvider());
        for (var i = 0; i < 115; i++)
        {
            limit.Take(isHeartbeat: false);
        }

        Assert.Equal(TimeSpan.Zero, limit.Take(isHeartbeat: true));
    }

    [Fact]
    public void Send_limit_never_allows_more_than_120_messages_a_minute() =>
        Gen.Select(Gen.Int[0, 500], Gen.Bool).List[130, 400].Sample(messages =>
        {
            var time = new FakeTimeProvider();
            var limit = new SendLimit(time);
            var sent = new List<DateTimeOffset>();
            foreach (var (pause, isHeartbeat) in messages)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                sent.Add(time.GetUtcNow() + limit.Take(isHeartbeat));
            }

            sent.Sort();
            return sent.Zip(sent.Skip(120)).All(pair => pair.Second - pair.First >= TimeSpan.FromSeconds(60));
        }, iter: 200);
}
