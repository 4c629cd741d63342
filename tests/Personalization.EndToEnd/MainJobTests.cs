using System.Text.RegularExpressions;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What the program is for, from the first vote to the use of the code by another person.</summary>
public sealed class MainJobTests : ProgramTests
{
    // As an article about model personalization printed them, en dashes included.
    private static readonly string[] ArticlePrompts =
    [
        "A mesmerizing scene of a forest meeting with wavy sea",
        "A logo design on white background for an AI firm called \"TryingAI\"",
        "A husky dog running in a desert path",
    ];

    [Fact]
    public async Task Taste_learnt_from_two_hundred_votes_moves_the_pictures_and_its_code_works_for_others()
    {
        // Eighty pictures, whose size shows nothing here.
        await using var bot = await ConnectAsync(("Imagine:Versions:6.0:Model", "draft"));
        await using var grace = await Playground.JoinAsync(1);

        var locked = await Ada.CommandAsync("imagine", ArticlePrompts[0] + " –p");
        Assert.True(locked.IsEphemeral);
        Assert.Contains("0 of 200", locked.Text);

        // Her first ballot comes from the button that the refusal offers.
        await RankAsync(Ada, await Ada.CompleteAsync(await Ada.PressAsync(locked, "Start ranking")), votes: 200);

        string code = "";
        foreach (var prompt in ArticlePrompts)
        {
            var plain = await ColourfulnessAsync(Ada, $"{prompt} –ar 16:9 –v 6.0 –seed 7");
            var strengths = new List<double>();
            foreach (var stylize in new[] { 0, 100, 500, 1000 })
            {
                var answer = await Ada.ImagineAsync($"{prompt} –ar 16:9 –v 6.0 –seed 7 –s {stylize} –p");
                code = answer.Code;
                strengths.Add(Colourfulness.Of(await Ada.DownloadAsync(answer.Files[0])));
            }

            Assert.Equal(plain, strengths[0], precision: 9);
            Assert.True(strengths.Zip(strengths.Skip(1)).All(pair => pair.First < pair.Second), $"{prompt}: {string.Join(" < ", strengths)}");
        }

        // The code is Ada's as it was; her next votes do not change what it does.
        var shared = $"{ArticlePrompts[2]} –ar 16:9 –v 6.0 –seed 7 –p {code}";
        var hers = await Ada.DownloadAsync((await Ada.ImagineAsync(shared)).Files[0]);
        await RankAsync(Ada, await Ada.RankAsync(), votes: 5);
        Assert.NotEqual(code, (await Ada.ImagineAsync($"{ArticlePrompts[2]} –p")).Code);
        var theirs = await grace.DownloadAsync((await grace.ImagineAsync(shared)).Files[0]);
        Assert.Equal(hers, theirs);

        // What was learned, from which choices, and how often hers were predicted correctly.
        var taste = await Ada.CompleteAsync(await Ada.CommandAsync("taste"));
        Assert.True(taste.IsEphemeral);
        Assert.Contains("a taste of your own", taste.Text);
        Assert.Contains("**vivid** rather than muted", taste.Text);
        Assert.Contains("were predicted correctly", taste.Text);

        // The taste as text gives the same pictures as far as its steps go, and a short code again.
        var shown = await grace.CommandAsync("code", ("code", code));
        Assert.Contains("**vivid** rather than muted", shown.Text);
        var portable = Regex.Match(shown.Text, "taste1[0-9A-Za-z]+", RegexOptions.NonBacktracking).Value;
        var carried = await grace.ImagineAsync($"{ArticlePrompts[2]} –seed 7 –p {portable}");
        Assert.Matches("^[0-9a-z]{8}$", carried.Code);
        var compared = await grace.CommandAsync("code", ("code", code), ("with", carried.Code));
        Assert.Contains("choose the same picture", compared.Text);
        Assert.Contains("Both like: ", compared.Text);
        Assert.Contains("wrong or missing", (await grace.CommandAsync("code", ("code", portable[..^1]))).Text);
    }

    [Fact]
    public async Task Grid_offers_single_pictures_variations_and_a_re_roll_and_others_can_like_them()
    {
        await using var bot = await ConnectAsync();
        await using var grace = await Playground.JoinAsync(1);

        var grid = await Ada.ImagineAsync("a lighthouse by the sea --v draft");
        var single = await Ada.CompleteAsync(await Ada.PressAsync(grid, "U3"));
        Assert.False(single.IsEphemeral);
        Assert.Single(single.Files);

        var seenByGrace = await grace.SeesAsync(message => message.Id == single.Id && message.Files.Count > 0);
        Assert.Contains("1 of 200", (await grace.PressAsync(seenByGrace, "Like")).Text);
        Assert.Contains("counts once", (await grace.PressAsync(seenByGrace, "Like")).Text);
        Assert.Contains("your own", (await Ada.PressAsync(single, "Like")).Text);

        // Her page shows one picture of the grid, since pages show different prompts, and ranking pictures for the rest.
        var page = await grace.CompleteAsync(await grace.CommandAsync("explore"));
        Assert.True(page.IsEphemeral);
        Assert.Equal(3, page.Files.Count);
        Assert.Contains("1. a lighthouse by the sea", page.Text);
        Assert.Contains("12. ", page.Text);
        var liked = await grace.PressAsync(page, "7");
        Assert.Equal((page.Id, page.Text.Replace("1 of 200", "2 of 200", StringComparison.Ordinal)), (liked.Id, liked.Text));
        Assert.Equal(page.Files, liked.Files);
        var unliked = await grace.PressAsync(liked, "7");
        Assert.Equal(page.Text, unliked.Text);
        Assert.Equal(page.Files, unliked.Files);
        var next = await grace.PressAsync(unliked, "More");
        Assert.Equal(3, next.Files.Count);
        Assert.DoesNotContain(next.Files[0], page.Files);

        // The pictures most like it, in a message of its own; its heart changes there and nothing else does.
        var alike = await grace.CompleteAsync(await grace.PressAsync(seenByGrace, "More like this"));
        Assert.True(alike.IsEphemeral);
        Assert.Equal(3, alike.Files.Count);
        Assert.Contains("### More like this", alike.Text);
        var heart = await grace.PressAsync(alike, "1");
        Assert.Equal((alike.Id, alike.Text.Replace("1 of 200", "2 of 200", StringComparison.Ordinal)), (heart.Id, heart.Text));
        Assert.Equal(alike.Files, heart.Files);

        foreach (var button in new[] { "V2", "Re-roll" })
        {
            var thinking = await grace.PressAsync(await grace.SeesAsync(message => message.Id == grid.Id), button);
            Assert.NotEqual(grid.Id, thinking.Id);
            await grace.CompleteAsync(thinking);
        }
    }

    [Fact]
    public async Task Likes_of_dark_muted_pictures_alone_are_named_as_the_taste()
    {
        await using var bot = await ConnectAsync();

        // By what is seen in the pictures, not by how they were painted: the three best of each page.
        var page = await Ada.CompleteAsync(await Ada.CommandAsync("explore"));
        var likes = 0;
        while (likes < 32)
        {
            var tiles = new List<byte[]>();
            foreach (var file in page.Files)
            {
                tiles.AddRange(Seen.Tiles(await Ada.DownloadAsync(file)));
            }

            var liked = page;
            foreach (var (place, _) in tiles.Index().OrderBy(tile => Seen.Lightness(tile.Item) + Colourfulness.Of(tile.Item)).Take(Math.Min(3, 32 - likes)))
            {
                liked = await Ada.PressAsync(liked, $"{place + 1}");
                likes++;
            }

            Assert.Contains($"{likes} of 200", liked.Text);
            page = await Ada.PressAsync(liked, "More");
        }

        Assert.True((await Ada.SeesAsync(message => message.Text.Contains("A preview, after 20 choices", StringComparison.Ordinal) && message.Files.Count > 0)).IsEphemeral);
        var taste = await Ada.CompleteAsync(await Ada.CommandAsync("taste"));

        Assert.Contains("**dark** rather than bright", taste.Text);
        Assert.Contains("**muted** rather than vivid", taste.Text);
        Assert.NotEmpty(taste.Files);
    }

    private static async Task<double> ColourfulnessAsync(Person person, string prompt) =>
        Colourfulness.Of(await person.DownloadAsync((await person.ImagineAsync(prompt)).Files[0]));

    /// <summary>Always takes the more colourful picture, as measured, not as painted.</summary>
    private static async Task RankAsync(Person person, Message ballot, int votes)
    {
        for (var i = 0; i < votes; i++)
        {
            var left = Colourfulness.Of(await person.DownloadAsync(ballot.Files[0]));
            var right = Colourfulness.Of(await person.DownloadAsync(ballot.Files[1]));
            ballot = await person.PressAsync(ballot, left > right ? "Left" : "Right");
        }
    }
}
