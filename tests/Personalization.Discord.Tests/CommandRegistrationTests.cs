using Personalization.Discord.Interactions;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.Discord.Tests;

public sealed class CommandRegistrationTests
{
    private static readonly CommandDefinition Imagine = new()
    {
        Name = "imagine",
        Description = "Make four pictures",
        DescriptionLocalizations = new Dictionary<string, string> { ["de"] = "Vier Bilder", ["fr"] = "Quatre images" },
        Options =
        [
            new() { Name = "prompt", Description = "What to paint", DescriptionLocalizations = new Dictionary<string, string> { ["de"] = "Das Motiv" }, Required = true, MaxLength = 6000 },
            new() { Name = "count", Description = "How many", Type = CommandOptionType.WholeNumber, MinValue = 1, MaxValue = 4, Choices = [CommandChoice.Of("one", 1), CommandChoice.Of("four", 4)] },
        ],
        DefaultMemberPermissions = 1 << 5,
    };

    // As Discord answers: with ids, versions and defaults of its own, and other orders.
    private const string Known =
        """
        {"id":"1","application_id":"9","version":"2","default_member_permissions":"32","type":1,"name":"imagine","name_localizations":null,
        "description":"Make four pictures","description_localizations":{"fr":"Quatre images","de":"Vier Bilder"},"dm_permission":true,"contexts":[2,1,0],"integration_types":[1,0],
        "options":[{"type":3,"name":"prompt","description":"What to paint","description_localizations":{"de":"Das Motiv"},"required":true,"max_length":6000},
        {"type":4,"name":"count","description":"How many","description_localizations":null,"min_value":1,"max_value":4,"choices":[{"name":"one","value":1},{"name":"four","value":4}]}],"nsfw":false}
        """;

    [Fact]
    public async Task Command_registration_sends_one_list_after_READY()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, [Imagine]);
        await JoinAsync(discord);

        var put = await discord.CallAsync("PUT", "/applications/9/commands");

        Assert.Equal("Bot bot.token", put.Authorization);
        Assert.Equal(
            """[{"name":"imagine","description":"Make four pictures","description_localizations":{"de":"Vier Bilder","fr":"Quatre images"},"options":[{"type":3,"name":"prompt","description":"What to paint","description_localizations":{"de":"Das Motiv"},"required":true,"max_length":6000},{"type":4,"name":"count","description":"How many","required":false,"min_value":1,"max_value":4,"choices":[{"name":"one","value":1},{"name":"four","value":4}]}],"integration_types":[0,1],"contexts":[0,1,2],"default_member_permissions":32}]""",
            put.Json.GetRawText());
    }

    [Fact]
    public async Task Command_registration_skips_commands_that_Discord_has_already()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.Commands = $"[{Known}]";
        await using var bot = await Bot.StartAsync(discord, [Imagine]);
        await JoinAsync(discord);

        await bot.Logs.SeesAsync("All 1 commands are registered");

        Assert.DoesNotContain(discord.RemainingCalls(), call => call.Method == "PUT");
    }

    [Theory]
    [InlineData("\"max_length\":6000", "\"max_length\":100")]
    [InlineData("\"max_length\":6000", "\"max_length\":6000,\"min_length\":3")]
    [InlineData("\"required\":true", "\"required\":false")]
    [InlineData("Make four pictures", "Make a picture")]
    [InlineData("Vier Bilder", "Bilder")]
    [InlineData(",\"de\":\"Vier Bilder\"", "")]
    [InlineData("{\"de\":\"Das Motiv\"}", "null")]
    [InlineData("\"description\":\"How many\",\"description_localizations\":null", "\"description\":\"How many\",\"description_localizations\":{\"de\":\"Anzahl\"}")]
    [InlineData("\"default_member_permissions\":\"32\"", "\"default_member_permissions\":null")]
    [InlineData("\"default_member_permissions\":\"32\"", "\"default_member_permissions\":\"8\"")]
    [InlineData("[2,1,0]", "null")]
    [InlineData("[2,1,0]", "[0]")]
    [InlineData("\"integration_types\":[1,0],", "")]
    [InlineData("\"value\":4", "\"value\":3")]
    [InlineData("\"type\":1,", "\"type\":2,")]
    [InlineData("\"name\":\"imagine\"", "\"name\":\"other\"")]
    [InlineData("\"nsfw\":false}", "\"nsfw\":false},{\"id\":\"2\",\"name\":\"retired\",\"description\":\"x\",\"type\":1}")]
    public async Task Command_registration_sends_commands_that_differ(string of, string to)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        Assert.Contains(of, Known);
        discord.Commands = $"[{Known.Replace(of, to)}]";
        await using var bot = await Bot.StartAsync(discord, [Imagine]);
        await JoinAsync(discord);

        await discord.CallAsync("PUT", "/applications/9/commands");
    }

    [Fact]
    public async Task Command_registration_retries_at_the_next_READY()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.On("PUT", "/applications/9/commands", Answer.Error(400, 50035, "Invalid Form Body"), new Answer(200, "[]"));
        await using var bot = await Bot.StartAsync(discord, [Imagine]);
        var peer = await JoinAsync(discord);
        await bot.Logs.SeesAsync("could not be registered");

        await peer.DispatchAsync("READY", $$$"""{"session_id":"2","resume_gateway_url":"{{{discord.GatewayUrl}}}","application":{"id":"9"}}""");

        await bot.Logs.SeesAsync("Registered 1 commands");
    }

    [Fact]
    public async Task Command_registration_names_a_command_that_Discord_would_refuse()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, [Imagine with { Description = new string('x', 101) }]);
        await JoinAsync(discord);

        await bot.Logs.SeesAsync("The description of the command imagine has 101 characters; Discord takes 1 to 100");
    }

    [Fact]
    public async Task Command_registration_names_a_localized_description_that_Discord_would_refuse()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, [Imagine with { DescriptionLocalizations = new Dictionary<string, string> { ["de"] = new('x', 101) } }]);
        await JoinAsync(discord);

        await bot.Logs.SeesAsync("The description in de of the command imagine has 101 characters; Discord takes 1 to 100");
    }

    private static async Task<GatewayPeer> JoinAsync(DiscordStandIn discord)
    {
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        return peer;
    }
}
