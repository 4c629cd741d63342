using Microsoft.Extensions.Diagnostics.HealthChecks;
using Personalization.App.Tests.Bot;
using Personalization.Discord.Gateway;
using Personalization.Discord.Rest;
using Personalization.Pictures;

namespace Personalization.App.Tests;

/// <summary>What <c>/readyz</c> says.</summary>
public sealed class HealthTests
{
    private static readonly PersonId Ann = new(1);

    [Fact]
    public async Task Bot_that_hears_commands_and_whose_answers_do_not_arrive_is_not_ready_until_one_does()
    {
        await using var program = await TasteProgram.CreateAsync();
        Assert.Equal((HealthStatus.Unhealthy, "CLIENT is not connected to Discord's gateway."), await DiscordAsync(program));
        program.Get<GatewayState>().Set(0, isReady: true);
        program.Discord.Intercept = _ => RecordedDiscord.Error(System.Net.HttpStatusCode.NotFound, 10062);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((HealthStatus.Healthy, "Connected by CLIENT."), await DiscordAsync(program));
            program.InteractionId++;
            await program.SayAsync(Ann, "5", TasteProgram.Open, "taste");
        }

        Assert.Equal((HealthStatus.Unhealthy, "Commands come in, but no answer has reached Discord in time lately."), await DiscordAsync(program));
        program.Discord.Intercept = _ => null;
        await program.SayAsync(Ann, "taste");
        Assert.Equal((HealthStatus.Healthy, "Connected by CLIENT."), await DiscordAsync(program));
    }

    [Fact]
    public async Task Full_storage_is_degraded()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        await using var program = await TasteProgram.CreateAsync();
        Assert.Equal(HealthStatus.Healthy, (await ReportAsync(program)).Entries["storage"].Status);

        // The name under which the first picture is written first.
        var key = $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([7]))}.png";
        Directory.CreateDirectory(Path.Combine(program.Folder, "pictures", key[..2]));
        File.CreateSymbolicLink(Path.Combine(program.Folder, "pictures", key[..2], $"{key}.{Environment.ProcessId}-1.tmp"), "/dev/full");
        await Assert.ThrowsAsync<StorageFullException>(() => program.Get<IPictureFiles>().SaveAsync(new byte[] { 7 }, "png", TasteProgram.Cancellation));

        Assert.Equal((HealthStatus.Degraded, "The storage is full."), ((await ReportAsync(program)).Entries["storage"].Status, (await ReportAsync(program)).Entries["storage"].Description));
    }

    private static async Task<(HealthStatus, string?)> DiscordAsync(TasteProgram program)
    {
        var entry = (await ReportAsync(program)).Entries["discord"];
        Assert.StartsWith("Personalization.DiscordClient ", program.Get<IDiscord>().Client, StringComparison.Ordinal);
        return (entry.Status, entry.Description?.Replace(program.Get<IDiscord>().Client, "CLIENT"));
    }

    private static Task<HealthReport> ReportAsync(TasteProgram program) => program.Get<HealthCheckService>().CheckHealthAsync(TasteProgram.Cancellation);
}
