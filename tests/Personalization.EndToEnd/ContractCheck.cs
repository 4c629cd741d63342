using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Personalization.Playground;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>
/// Holds requests that the bot made against Discord's description. Those that differ in nothing the description speaks of,
/// such as one ballot and the next, are held against it once.
/// </summary>
internal static class ContractCheck
{
    // The description limits lengths in steps no finer than this.
    private const int LengthStep = 5;

    private static readonly ConcurrentDictionary<string, bool> Checked = new(StringComparer.Ordinal);

    public static async Task RunAsync(IEnumerable<RecordedRequest> requests)
    {
        if (OpenApiContract.Instance is not { } contract)
        {
            return;
        }

        foreach (var request in requests)
        {
            var shape = $"{request.Method} {string.Join('/', request.Path.Split('/').Where(part => part.Length < 15))} {Shape(request.Json)}";
            if (!Checked.TryAdd(shape, true))
            {
                continue;
            }

            var problems = await contract.ProblemsAsync(request);
            Assert.True(problems.Count == 0, $"{string.Join('\n', problems)}\n{request.Json.ToJsonString()}");
        }
    }

    /// <summary>The body with each text replaced by how long it is; numbers and names stay.</summary>
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject item => $"{{{string.Join(',', item.Select(property => $"{property.Key}:{Shape(property.Value)}"))}}}",
        JsonArray array => $"[{string.Join(',', array.Select(Shape))}]",
        JsonValue value when value.TryGetValue(out string? text) => $"text {text.Length / LengthStep}",
        _ => node?.ToJsonString() ?? "null",
    };
}
