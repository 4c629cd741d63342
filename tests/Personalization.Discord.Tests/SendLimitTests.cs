using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Personalization.Discord.Gateway;

namespace Personalization.Discord.Tests;

public sealed class SendLimitTests
{
    [Fact]
    public void Up_to_115_messages_go_at_once_and_the_next_waits_for_the_first_to_be_a_minute_old()
    {
        var time = new FakeTimeProvider();
        var limit = new SendLimit(time);
        Assert.All(Enumerable.Range(0, 115), _ => Assert.Equal(TimeSpan.Zero, limit.Take(isHeartbeat: false)));
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), limit.Take(isHeartbeat: false));
    }

    [Fact]
    public void Heartbeats_have_room_when_others_wait()
    {
        var limit = new SendLimit(new FakeTimeProvider());
        for (var i = 0; i < 115; i++)
        {
            limit.Take(isHeartbeat: false);
        }

        Assert.Equal(TimeSpan.Zero, limit.Take(isHeartbeat: true));
    }

    [Fact]
    public void Whatever_is_sent_whenever_no_minute_has_more_than_120() =>
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
