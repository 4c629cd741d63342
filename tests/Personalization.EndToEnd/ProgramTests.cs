using Xunit;

namespace Personalization.EndToEnd;

/// <summary>
/// Tests of the whole program in a playground: each has a data directory of its own and a person there. At its end, all that
/// the bot sent is held against Discord's description.
/// </summary>
public abstract class ProgramTests : IAsyncLifetime
{
    private readonly DataFolder _data = new();

    private protected string DataDirectory => _data.Path;

    private protected PlaygroundHost Playground { get; private set; } = null!;

    /// <summary>The settings that select the database.</summary>
    private protected IReadOnlyList<(string Key, string Value)> Storage { get; set; } = [];

    private protected Person Ada { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Playground = await PlaygroundHost.StartAsync();
        Ada = await Playground.JoinAsync(0);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Ada.DisposeAsync();
        await ContractCheck.RunAsync(Playground.Requests);
        await Playground.DisposeAsync();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the program in this process and waits until it hears what people do. Ranking pictures are painted when they are shown.</summary>
    private protected Task<HostedBot> ConnectAsync(params IEnumerable<(string Key, string Value)> settings) =>
        HostedBot.ConnectAsync(Playground, DataDirectory, [("Ranking:PaintAhead", "false"), .. Storage, .. settings]);

    /// <summary>The same in a process of its own, for tests that kill it or stop it.</summary>
    private protected Task<BotProcess> ConnectProcessAsync(params IEnumerable<(string Key, string Value)> settings) =>
        BotProcess.ConnectAsync(Playground, DataDirectory, [("Ranking:PaintAhead", "false"), .. Storage, .. settings]);
}
