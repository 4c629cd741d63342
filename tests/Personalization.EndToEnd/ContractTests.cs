using System.Text.Json.Nodes;
using Personalization.Playground;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What the other tests check at their end, shown here by name: skipped where Discord's description is not at hand.</summary>
[Collection(typeof(SharedProgramCollection))]
public sealed class ContractTests(SharedProgram program) : SharedProgramTests(program)
{
    [Fact]
    public async Task Every_message_the_bot_sends_is_one_that_Discord_describes()
    {
        Assert.SkipWhen(OpenApiContract.Instance is null, "DISCORD_OPENAPI names no copy of Discord's OpenAPI document.");

        await Ada.PressAsync(await Ada.RankAsync(), "Skip");
        await Ada.PressRawAsync(await Ada.CommandAsync("imagine", "a red door --chaos 3"), "Edit");
        await Ada.PressAsync(await Ada.ImagineAsync("a red door --v draft"), "U1");
        Assert.NotEmpty((await Ada.CompleteAsync(await Ada.CommandAsync("explore"))).Files);
    }

    [Fact]
    public async Task Contract_check_detects_a_message_that_Discord_does_not_describe()
    {
        Assert.SkipWhen(OpenApiContract.Instance is null, "DISCORD_OPENAPI names no copy of Discord's OpenAPI document.");
        var button = """{"type":1,"components":[{"type":2,"style":99,"custom_id":"x","label":"x"}]}""";
        var request = new RecordedRequest("PATCH", "/channels/1/messages/2", "application/json", new JsonObject { ["components"] = new JsonArray(JsonNode.Parse(button)) });
        Assert.NotEmpty(await OpenApiContract.Instance!.ProblemsAsync(request));
        Assert.NotEmpty(await OpenApiContract.Instance.ProblemsAsync(request with { Path = "/nowhere" }));
    }
}
