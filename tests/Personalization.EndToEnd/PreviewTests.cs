using Personalization.Playground;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What people get for their votes on the way to <c>--p</c>, and once it is unlocked.</summary>
public sealed class PreviewTests : ProgramTests
{
    private const string Prompt = "a lighthouse by the sea --v draft --seed 5";

    private static readonly (string, string)[] Settings = [("Ranking:UnlockAt", "9"), ("Ranking:PreviewAt:0", "3"), ("Ranking:PreviewAt:1", "6")];

    /// <summary>The moments at which the process is killed, as the request is under way: the answer to the vote that gives the preview, its announcement, its pictures.</summary>
    public static TheoryData<string> Moments => new("the next pair", "the announcement", "the pictures");

    [Fact]
    public async Task Votes_give_previews_on_the_way_and_at_the_end_a_button_that_runs_the_last_prompt()
    {
        await using var bot = await ConnectAsync(Settings);
        await using var grace = await Playground.JoinAsync(1);
        await Ada.ImagineAsync(Prompt);

        var ballot = await VoteAsync(await Ada.RankAsync(), 3);
        var preview = await PreviewAsync(3);

        Assert.True(preview.IsEphemeral);
        Assert.Contains("**a lighthouse by the sea**", preview.Text);
        Assert.Contains("Seed 5", preview.Text);
        Assert.Single(preview.Files);
        Assert.Empty(preview.Buttons.Except(["What was added?"]));
        Assert.Contains("3 of 9", (await Ada.CommandAsync("imagine", "a door --p")).Text);

        // A point counts once, however often it is passed.
        ballot = await VoteAsync(await Ada.PressAsync(ballot, "Undo"), 4);
        await PreviewAsync(6);
        Assert.DoesNotContain("My last prompt with --p", ballot.Buttons);
        ballot = await VoteAsync(ballot, 3);
        Assert.Contains("Your taste is ready", ballot.Text);
        var own = await Ada.CompleteAsync(await Ada.PressAsync(ballot, "My last prompt with --p"));

        Assert.False(own.IsEphemeral);
        Assert.Contains($"**a lighthouse by the sea** `--v draft --seed 5 --p {own.Code}`", own.Text);
        Assert.Equal(["A preview, after 3 choices", "A preview, after 6 choices"], Ada.Messages.Where(IsPreview).Select(message => message.Text.Split('\n')[0].TrimStart('#', ' ')));
        Assert.DoesNotContain(grace.Messages, IsPreview);
        Assert.Equal(2, grace.Messages.Count(message => message.Files.Count > 0));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Preview_of_a_killed_process_is_given_once(string moment)
    {
        await using (var bot = await ConnectProcessAsync(Settings))
        {
            var ballot = await VoteAsync(await Ada.RankAsync(), 2);
            Playground.BeforeRequest = request =>
            {
                if (IsMoment(request, moment))
                {
                    bot.Kill();
                }
            };
            await Ada.PressRawAsync(ballot, "Left");
            await bot.ExitedAsync();
        }

        Playground.BeforeRequest = _ => { };
        await using var next = await ConnectAsync(Settings);
        if (moment != "the next pair")
        {
            // The bot does not know the message that it announced; the next choice gives the preview again.
            await next.SeesAsync(moment == "the pictures" ? "from Painted to Delivered" : "from Painted to Closed");
        }

        await VoteAsync(await Ada.RankAsync(), 1);
        await PreviewAsync(3);
        Assert.Single(Ada.Messages, message => IsPreview(message) && message.Files.Count > 0);
    }

    private static bool IsPreview(Message message) => message.Text.Contains("A preview, after", StringComparison.Ordinal);

    private static bool IsMoment(RecordedRequest request, string moment) => moment switch
    {
        "the next pair" => request.Path.EndsWith("/callback", StringComparison.Ordinal),
        "the announcement" => request.Method == "POST" && request.Path.Contains("webhooks/", StringComparison.Ordinal),
        _ => request.Method == "PATCH" && request.Json.ToJsonString().Contains("A preview, after", StringComparison.Ordinal) && request.Json["attachments"]!.AsArray().Count > 0,
    };

    private Task<Message> PreviewAsync(int point) =>
        Ada.SeesAsync(message => message.Text.Contains($"A preview, after {point} choices", StringComparison.Ordinal) && message.Files.Count > 0);

    private async Task<Message> VoteAsync(Message ballot, int votes)
    {
        for (var i = 0; i < votes; i++)
        {
            ballot = await Ada.PressAsync(ballot, "Left");
        }

        return ballot;
    }
}
