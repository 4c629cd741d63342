using System.Diagnostics;
using Personalization.Testing.StandIns;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>The whole program with image servers that it is started with, outlives and reports.</summary>
public sealed class BackendTests : ProgramTests
{
    /// <summary>
    /// The servers, how many requests of a prompt's four pictures they have had when the bot is killed, and how many in the end:
    /// only a server that gives no name to what it paints is asked again.
    /// </summary>
    private static readonly (string Kind, int Before, int Submissions)[] Asked = [("ComfyUi", 4, 4), ("StableDiffusionWebUi", 1, 2), ("StableDiffusionCpp", 4, 4), ("AiHorde", 1, 1)];

    [Fact]
    public async Task Bot_killed_while_servers_paint_delivers_each_answer_once_after_its_next_start()
    {
        await using var servers = new ImageServers(Asked.Select(asked => asked.Kind));
        (string, string)[] settings = [.. servers.Settings, ("Jobs:Concurrency", $"{Asked.Length}")];
        var progress = new Dictionary<string, Message>(StringComparer.Ordinal);
        await using (var bot = await ConnectProcessAsync(settings))
        {
            foreach (var (kind, before, _) in Asked)
            {
                await servers[kind].Server.StartAsync();
                servers[kind].Hold();
                var thinking = await Ada.CommandAsync("imagine", $"a lighthouse by the sea --seed 5 --v {kind}");
                progress[kind] = await Ada.SeesAsync(message => message.Id == thinking.Id && message.Buttons.Contains("Cancel"));

                // Progress may be shown of the first of several prompts.
                await servers[kind].SubmittedAsync(before);
            }

            // sd-server names its jobs itself: once one is looked at, all their names are stored.
            await servers["StableDiffusionCpp"].CalledAsync(call => call.Path.StartsWith("/sdcpp/v1/jobs/", StringComparison.Ordinal));
            bot.Kill();
        }

        foreach (var (kind, _, _) in Asked)
        {
            servers[kind].Release();
        }

        await using var next = await ConnectAsync(settings);
        foreach (var (kind, _, submissions) in Asked)
        {
            var answer = await AnsweredAsync(Ada, progress[kind]);
            Assert.Contains($"· {kind}", answer.Text);
            await next.SeesAsync($"Job {progress[kind].Button("Cancel").Split(':')[^1]} went from Painted to Delivered");
            Assert.Equal(submissions, servers[kind].Calls.Count(call => call.Path == servers[kind].SubmitResult));
        }

        Assert.Equal(Asked.Length, Ada.Messages.Count(message => message.Files.Count > 0));
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
        var uploads = server.Server.Calls.Where(call => call.Path == "/upload/image").Select(call => FormPart.Parse(call)![0].FileName!);
        Assert.Equal(4, uploads.Where(name => name.StartsWith("personalization-", StringComparison.Ordinal)).Distinct().Count());
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
        Assert.False(bot.HasStopped);
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
            .Replace("dotnet run --project src/Personalization.App -c Release --", $"dotnet {BotProcess.Program} {Command}")
            .Replace("http://127.0.0.1:8188", server.Server.Address.ToString())
            .Replace("sd_xl_base_1.0.safetensors", server.Model);

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line]) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["DataDirectory"] = DataDirectory } })!;
        var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, shell.ExitCode);
        Assert.Matches(@"ComfyUi +sdxl_base.safetensors +[0-9.]+ s +proved", said);
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
