using Microsoft.Extensions.Options;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.Discord.Tests;

// The exit code belongs to the process: tests that read it must not run in parallel.
[Collection(nameof(Environment.ExitCode))]
public sealed class OptionsTests
{
    [Theory]
    [InlineData("Discord:Token", "with space")]
    [InlineData("Discord:ApiUrl", "api/v10/")]
    [InlineData("Discord:ApiUrl", "ftp://discord.com/api/v10/")]
    [InlineData("Discord:ApiUrl", "https://discord.com/api/v10")]
    [InlineData("Discord:GatewayUrl", "https://gateway.discord.gg")]
    [InlineData("Discord:HomepageUrl", "")]
    [InlineData("Discord:HomepageUrl", "example.org")]
    [InlineData("Discord:HomepageUrl", "ftp://example.org")]
    [InlineData("Discord:HomepageUrl", "https://example.org/bot_(ours)")]
    [InlineData("Discord:HomepageUrl", "https://müller.example")]
    [InlineData("Discord:ShardCount", "0")]
    [InlineData("Discord:Shards:0", "1")]
    public async Task Discord_options_name_an_invalid_setting_before_anything_starts(string key, string value)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord, commands: null, (key, value));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(bot.StartAsync);

        Assert.Contains(refusal.Failures, failure => failure.StartsWith(string.Join(':', key.Split(':').Take(2)), StringComparison.Ordinal));
        Assert.Empty(discord.RemainingCalls());
    }

    [Fact]
    public async Task Discord_options_name_the_key_of_an_invalid_number()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord, commands: null, ("Discord:ShardCount", "many"));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(bot.StartAsync);

        Assert.Contains("Discord:ShardCount", refusal.Message);
    }

    [Fact]
    public async Task Gateway_without_a_token_says_what_is_missing()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord, commands: null, ("Discord:Token", ""));
        var stopping = new TaskCompletionSource();
        bot.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        try
        {
            await bot.StartAsync();
            await stopping.Task.WaitAsync(Deadline.Of, TestContext.Current.CancellationToken);
            Assert.Equal(1, Environment.ExitCode);
            Assert.Contains(bot.Logs.Lines, line => line.Text.Contains("Discord:Token is empty"));
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }
}
