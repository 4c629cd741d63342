using Personalization.App.Cli;
using Personalization.Codes;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>One bot with an image server of each kind.</summary>
public sealed class ImageServerTests(ImageServersProgram program) : SharedProgramTests(program), IClassFixture<ImageServersProgram>
{
    /// <summary>A taste for vivid pictures, as a portable code.</summary>
    private static readonly string Vivid = PortableCode.From(new TasteSnapshot(
        default,
        1,
        2,
        1,
        [4, .. new float[11]],
        [4, .. new float[11]],
        [.. Enumerable.Repeat(0.02f, 12)],
        200,
        0)).ToString();

    private readonly ImageServersProgram _program = program;

    public static TheoryData<string> Kinds => new(ImageServer.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_server_paints_a_prompt_with_the_words_that_the_taste_adds(string kind)
    {
        var server = await _program.RestartedAsync(kind);

        var answer = await AnsweredAsync(Ada, await Ada.CommandAsync("imagine", $"a lighthouse by the sea --ar 3:2 --seed 5 --v {kind} --p {Vivid}"));

        Assert.Contains($"· {kind}", answer.Text);
        Assert.Single(answer.Files);
        var added = await Ada.PressAsync(answer, "What was added?");
        var phrase = added.Text.Split('\n')[1].TrimStart('-', ' ').Split(" · ")[0];
        var sent = server.Calls.First(call => call.Path == server.SubmitResult).Text;
        Assert.Contains("a lighthouse by the sea, ", sent);
        Assert.Contains(phrase, sent);
        Assert.DoesNotContain("sk-secret", Bot.Output);

        // A variation goes through, too.
        var varied = await Ada.PressAsync(answer, "V2");
        Assert.NotEqual(await Ada.DownloadAsync(answer.Files[0]), await Ada.DownloadAsync((await AnsweredAsync(Ada, varied)).Files[0]));
    }

    [Theory]
    [InlineData("ComfyUi")]
    [InlineData("StableDiffusionWebUi")]
    [InlineData("StableDiffusionCpp")]
    [InlineData("AiHorde")]
    public async Task Server_restarted_while_it_paints_is_asked_again_and_the_answer_comes_once(string kind)
    {
        var server = await _program.RestartedAsync(kind);
        server.Hold();
        var thinking = await Ada.CommandAsync("imagine", $"a lighthouse by the sea --seed 5 --v {kind}");
        var progress = await Ada.SeesAsync(message => message.Id == thinking.Id && message.Buttons.Contains("Cancel"));

        await server.Server.StopAsync();
        server.Release();
        await server.Server.StartAsync();

        await AnsweredAsync(Ada, thinking);
        await Bot.SeesAsync($"Job {progress.Button("Cancel").Split(':')[^1]} went from Painted to Delivered");
        Assert.Single(Ada.Messages, message => message.Files.Count > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_stops_the_pictures_of_the_person_who_asked_for_them(bool byButton)
    {
        var server = await _program.RestartedAsync("ComfyUi");
        server.Hold();
        var thinking = await Ada.CommandAsync("imagine", "a lighthouse by the sea --seed 5 --v ComfyUi");
        var progress = await Ada.SeesAsync(message => message.Id == thinking.Id && message.Buttons.Contains("Cancel"));
        await server.SubmittedAsync(4);

        Assert.Contains("Only the person who asked", (await Grace.PressAsync(progress, "Cancel")).Text);
        Assert.Contains("You have no pictures that are being painted", (await Grace.CommandAsync("cancel")).Text);
        if (byButton)
        {
            await Ada.PressRawAsync(progress, "Cancel");
        }
        else
        {
            await Ada.CommandAsync("cancel");
        }

        var cancelled = await Ada.SeesAsync(message => message.Id == thinking.Id && message.Text.Contains("It was cancelled, as you asked."));
        Assert.Empty(cancelled.Files);
        await server.CalledAsync(call => call.Path.EndsWith("00/cancel", StringComparison.Ordinal));
        Assert.Equal(4, server.Calls.Count(call => call.Path.StartsWith("/api/jobs/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check_backends_prints_what_each_server_can_do()
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in ImageServer.Kinds)
        {
            models[kind] = (await _program.RestartedAsync(kind)).Model;
        }

        using var data = new DataFolder();
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(["check-backends", $"--DataDirectory={data.Path}", .. _program.Settings.Select(setting => $"--{setting.Key}={setting.Value}")], output, error);

        Assert.Equal(0, exitCode);
        var steps = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(steps, step => Assert.Matches(@"^\w+( \S+)?: request ([1-9]) of at most [1-9][0-9]?, (that|whether|how|what) .+ \.\.\.$", step));
        // With both versions of the Painter.
        Assert.Equal(ImageServer.Kinds.Length + 2, steps.Count(step => step.Contains(", that it paints ...", StringComparison.Ordinal)));
        foreach (var (kind, model) in models)
        {
            var row = output.ToString().Split('\n').Single(line => line.StartsWith($"{kind} ", StringComparison.Ordinal));
            Assert.Matches($@"{kind} +{(model.Length == 0 ? @"\(its own\)" : model)} +[0-9.]+ s +{(kind == "OpenAiImages" ? "-" : "proved")}", row);
            Assert.Matches(kind is "OpenAiImages" or "AiHorde" ? @" [12]0 \?  " : " 2 of (8|16) +proved ", row);
        }

        Assert.Matches(@"Painter +draft +[0-9.]+ s +proved +proved", output.ToString());
    }

    private static Task<Message> AnsweredAsync(Person person, Message thinking) =>
        person.SeesAsync(message => message.Id == thinking.Id && message.Buttons.Contains("U1"));
}
