using Personalization.Playground;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>
/// Tests of a program that is shared: each has two new people there. At its end, all that the bot sent meanwhile is held against
/// Discord's description.
/// </summary>
public abstract class SharedProgramTests(SharedProgram program) : IAsyncLifetime
{
    private int _requestsBefore;

    private protected PlaygroundHost Playground => program.Playground;

    private protected HostedBot Bot => program.Bot;

    private protected Person Ada { get; private set; } = null!;

    private protected Person Grace { get; private set; } = null!;

    /// <summary>The REST requests that the bot has made since the test began, oldest first.</summary>
    private protected IEnumerable<RecordedRequest> Requests => Playground.Requests.Skip(_requestsBefore);

    public virtual async ValueTask InitializeAsync()
    {
        _requestsBefore = Playground.Requests.Count;
        (Ada, Grace) = await program.JoinAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Ada.DisposeAsync();
        await Grace.DisposeAsync();
        await ContractCheck.RunAsync(Requests);
        GC.SuppressFinalize(this);
    }
}
