using Personalization.Playground.Places;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>
/// One bot in one playground for tests that neither end it nor need settings of their own, because a start takes seconds. Each
/// test has people and a channel of its own there, and sees no messages of the others.
/// </summary>
public class SharedProgram : IAsyncLifetime
{
    // As many tests as can share it; each has two people.
    private const int Tests = 50;

    private readonly DataFolder _data = new();
    private int _joined;

    /// <summary>What the program is started with beside what all are.</summary>
    internal virtual IReadOnlyList<(string Key, string Value)> Settings => [];

    internal PlaygroundHost Playground { get; private set; } = null!;

    internal HostedBot Bot { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Playground = await PlaygroundHost.StartAsync(options =>
        {
            var numbers = Enumerable.Range(0, Tests);
            options.Guilds = [options.Guilds[0] with { Channels = [.. numbers.Select(i => new PlaygroundChannel(1100000000000001000UL + (ulong)i, $"test-{i}", "The channel of one test"))] }];
            options.People = [.. numbers.SelectMany(i => new[] { (1100000000000002000UL + (ulong)i, $"Ada {i}"), (1100000000000003000UL + (ulong)i, $"Grace {i}") })];
        });
        Bot = await HostedBot.ConnectAsync(Playground, _data.Path, [("Ranking:PaintAhead", "false"), .. Settings]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Playground.DisposeAsync();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Two people who have not been there before, in a channel of their own.</summary>
    internal async Task<(Person Ada, Person Grace)> JoinAsync()
    {
        var test = _joined++;
        return (await Person.JoinAsync(Playground.Address, 2 * test, test), await Person.JoinAsync(Playground.Address, (2 * test) + 1, test));
    }
}
