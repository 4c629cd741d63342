using Xunit;

namespace Personalization.EndToEnd;

/// <summary>Holds every request that the bot made against Discord's description, at the end of a test.</summary>
internal sealed class ContractCheck(PlaygroundHost playground) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (OpenApiContract.Instance is not { } contract)
        {
            return;
        }

        foreach (var request in playground.Requests)
        {
            var problems = await contract.ProblemsAsync(request);
            Assert.True(problems.Count == 0, $"{string.Join('\n', problems)}\n{request.Json.ToJsonString()}");
        }
    }
}
