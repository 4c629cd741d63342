using System.Diagnostics;
using Personalization.Testing.StandIns;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>The whole program with image servers that it is started with, outlives and reports.</summary>
public sealed class BackendTests : ProgramTests
{
    [Theory]
    [InlineData("ComfyUi", 4, 4)]
    [InlineData("StableDiffusionWebUi", 1, 2)]
    [InlineData("StableDiffusionCpp", 1, 1)]
    [InlineData("AiHorde", 1, 1)]
    public async Task Bot_killed_while_the_server_paints_delivers_once_after_its_next_start(string kind, int before, int submissions)
    {
        await using var server = ImageServer.Of(kind);
        await server.Server.StartAsync();
        server.Hold();
        await using (var bot = await ConnectAsync(server.All(kind)))
        {
            var thinking = await Ada.CommandAsync("imagine", "a lighthouse by the sea --seed 5");
            await Ada.SeesAsync(message => message.Id == thinking.Id && message.Buttons.Contains("Cancel"));

            // Progress may be shown of the first of several prompts.
            await server.SubmittedAsync(before);
            bot.Kill();
        }

        server.Release();
        await using var next = await ConnectAsync(server.All(kind));
        await Ada.SeesAsync(message => message.Buttons.Contains("U1"));
        await next.SeesAsync("from Painted to Delivered");
        Assert.Single(Ada.Messages, message => message.Files.Count > 0);
        Assert.Equal(submissions, server.Server.Calls.Count(call => call.Path == server.SubmitResult));
    }

    [Fact]
    public async Task Unavailable_server_is_replaced_by_the_fallback_or_reported_at_once()
    {
        await using var server = ImageServer.Of("ComfyUi");
        await using var bot = await ConnectAsync(
            [
                .. server.All("ComfyUi"),
                ("Imagine:Versions:6.0:Fallback:0:Backend", "Painter"),
                ("Imagine:Versions:alone:Backend", "ComfyUi"),
                ("Imagine:Versions:alone:Model", server.Model),
            ]);

        var painted = await AnsweredAsync(Ada, await Ada.CommandAsync("imagine", "a lighthouse --seed 5"));
        var told = await Ada.CommandAsync("imagine", "a lighthouse --seed 5 --v alone");

        Assert.Contains("512 × 512 · Painter", painted.Text);
        var apology = await Ada.SeesAsync(message => message.Id == told.Id && message.Buttons.Contains("Try again"));
        Assert.Contains("The image server does not answer right now. Nothing is wrong with the prompt", apology.Text);
    }

    [Fact]
    public async Task Personal_taste_sends_its_favourite_pictures_as_references()
    {
        await using var server = ImageServer.Of("ComfyUi");
        await server.Server.StartAsync();
        await using var bot = await ConnectAsync(
            [.. server.All("ComfyUi"), ("Ranking:UnlockAt", "6"), ("Backends:ComfyUi:IpAdapterPreset", "STANDARD (medium strength)")]);
        var ballot = await Ada.RankAsync();
        for (var vote = 0; vote < 6; vote++)
        {
            ballot = await Ada.PressAsync(ballot, "Left");
        }

        var answer = await AnsweredAsync(Ada, await Ada.CommandAsync("imagine", "a lighthouse by the sea --s 1000 --p"));
        var plain = await AnsweredAsync(Ada, await Ada.CommandAsync("imagine", "a lighthouse by the sea --s 0 --p"));

        Assert.Matches("In the style of 4 pictures that this taste likes best, at [0-9]+% strength.", (await Ada.PressAsync(answer, "What was added?")).Text);
        Assert.Equal(4, server.Server.Calls.Count(call => call.Path == "/upload/image"));
        var asked = server.Server.Calls.Where(call => call.Path == "/prompt").Select(call => call.Text).ToArray();
        Assert.Equal(4, asked.Count(text => text.Contains("\"IPAdapterUnifiedLoader\"", StringComparison.Ordinal)));
        Assert.Equal(8, asked.Length);
        Assert.Contains("U1", plain.Buttons);
    }

    [Fact]
    public async Task Paint_catalogue_runs_beside_the_bot_and_loses_no_picture_when_killed()
    {
        await using var server = ImageServer.Of("StableDiffusionWebUi");
        await server.Server.StartAsync();
        await using var bot = await ConnectAsync(server.All("StableDiffusionWebUi"));

        // The ninth is never answered, so that it is killed there and not wherever it has got to meanwhile.
        server.Server.FailNext("POST", server.SubmitResult, StandIn.Hang(), after: 8);
        await using (var first = BotProcess.Start(DataDirectory, ["paint-catalogue"], server.All("StableDiffusionWebUi")))
        {
            await first.SeesAsync("The ranking pictures are painted by StableDiffusionWebUi sd15, the backend of version 6.0.");
            await server.SubmittedAsync(9);
            first.Kill();
        }

        await using var second = BotProcess.Start(DataDirectory, ["paint-catalogue"], server.All("StableDiffusionWebUi"));
        var goesOn = await second.SeesAsync("Painted ");

        Assert.Matches("Painted 8 of 7[56][0-9]", goesOn);
        var asked = server.Server.Calls.First(call => call.Path == server.SubmitResult).Json;
        Assert.Matches("^A mesmerizing scene of a forest meeting with wavy sea, .+", (string)asked["prompt"]!);
        Assert.Equal(0, (int)asked["seed"]!);
        Assert.False(bot.HasExited);
    }

    [Fact]
    public async Task Paint_catalogue_reports_an_unavailable_server_in_one_line()
    {
        await using var server = ImageServer.Of("StableDiffusionCpp");
        await using var painting = BotProcess.Start(DataDirectory, ["paint-catalogue"], server.All("StableDiffusionCpp"));

        Assert.Equal(1, await painting.ExitCodeAsync());
        Assert.Contains("cannot be reached", painting.Output);
        Assert.Contains("start this again to continue", painting.Output);
        Assert.DoesNotContain("   at ", painting.Output);
    }

    [Fact]
    public async Task Candidates_of_a_paid_server_stop_the_start()
    {
        await using var paid = BotProcess.Start(DataDirectory, ("Backends:OpenAiImages:Url", "https://api.openai.com/v1"), ("Backends:OpenAiImages:ApiKey", "sk-secret"), ("Backends:OpenAiImages:Candidates", "8"));
        await using var many = BotProcess.Start(DataDirectory, ("Backends:StableDiffusionCpp:Url", "http://127.0.0.1:1"), ("Backends:StableDiffusionCpp:Candidates", "12"));

        Assert.Equal((1, 1), (await paid.ExitCodeAsync(), await many.ExitCodeAsync()));
        Assert.Contains("Backends:OpenAiImages:Candidates is 8; each picture of OpenAiImages costs money", paid.Output);
        Assert.Contains("Backends:StableDiffusionCpp:Candidates is 12; StableDiffusionCpp paints 4 to 8 at once.", many.Output);
    }

    [Fact]
    public async Task Invalid_server_setting_stops_the_start_and_is_named()
    {
        await using var unknown = BotProcess.Start(DataDirectory, ("Backends:Midjourney:Url", "http://127.0.0.1:1"));
        await using var wrong = BotProcess.Start(DataDirectory, ("Backends:ComfyUi:PollSeconds", "0"), ("Backends:ComfyUi:Models:x:Steps", "1000"));
        await using var half = BotProcess.Start(DataDirectory, ("Backends:ComfyUi:Url", "localhost:8188"));

        Assert.Equal((1, 1, 1), (await unknown.ExitCodeAsync(), await wrong.ExitCodeAsync(), await half.ExitCodeAsync()));
        Assert.Contains("Backends:ComfyUi:Url is \"localhost:8188\"; it must be an address such as http://127.0.0.1:8188.", half.Output);
        Assert.Contains("Backends:Midjourney:Kind is \"Midjourney\"; it must be one of", unknown.Output);
        Assert.Contains("Backends:ComfyUi:Url", wrong.Output);
        Assert.Contains("Backends:ComfyUi:PollSeconds", wrong.Output);
        Assert.Contains("Backends:ComfyUi:Models:x:Steps", wrong.Output);
        Assert.DoesNotContain("   at ", wrong.Output);
    }

    [Fact]
    public async Task Misspelt_setting_stops_the_start_and_lists_the_valid_ones()
    {
        await using var token = BotProcess.Start(DataDirectory, ("Discord:Tokn", "secret"));
        await using var jobs = BotProcess.Start(DataDirectory, ("Jobs:Concurency", "3"));

        Assert.Equal((1, 1), (await token.ExitCodeAsync(), await jobs.ExitCodeAsync()));
        Assert.Contains("Discord:Tokn is not a setting; Discord takes ApiUrl, GatewayUrl, HomepageUrl, ShardCount, Shards, Token.", token.Output);
        Assert.Contains("Jobs:Concurency is not a setting; Jobs takes Concurrency.", jobs.Output);
        Assert.DoesNotContain("   at ", token.Output + jobs.Output);
    }

    [Fact]
    public async Task README_command_for_a_real_server_runs_in_a_shell()
    {
        const string Command = "check-backends";

        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no /bin/sh on this machine.");
        await using var server = ImageServer.Of("ComfyUi");
        await server.Server.StartAsync();
        var documented = await FirstCommandAsync("README.md", "## A real image model");
        Assert.Equal(documented, await FirstCommandAsync("image-servers.md", "# Image servers"));
        var line = documented
            .Replace("dotnet run --project src/Personalization.App -c Release --", $"dotnet {Path.Combine(AppContext.BaseDirectory, "Personalization.App.dll")} {Command}")
            .Replace("http://127.0.0.1:8188", server.Server.Address.ToString())
            .Replace("sd_xl_base_1.0.safetensors", server.Model);

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line]) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["DataDirectory"] = DataDirectory } })!;
        var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, shell.ExitCode);
        Assert.Matches(@"ComfyUi +sdxl_base.safetensors +[0-9.]+ s +proved", said);
    }

    [Fact]
    public async Task Check_backends_fails_for_an_unavailable_server()
    {
        await using var server = ImageServer.Of("ComfyUi");
        await using var bot = BotProcess.Start(DataDirectory, ["check-backends"], server.All("ComfyUi"));

        Assert.Equal(1, await bot.ExitCodeAsync());
        Assert.Matches(@"ComfyUi +sdxl_base.safetensors +NONE +\?", bot.Output);
        Assert.Contains($"ComfyUi cannot be reached at {server.Server.Address.Authority}", bot.Output);
    }

    /// <summary>The first block of code under a heading of a page.</summary>
    private static async Task<string> FirstCommandAsync(string page, string heading)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, page), TestContext.Current.CancellationToken);
        return text.Split(heading)[1].Split("```")[1].Trim();
    }

    private static Task<Message> AnsweredAsync(Person person, Message thinking) =>
        person.SeesAsync(message => message.Id == thinking.Id && message.Buttons.Contains("U1"));
}
