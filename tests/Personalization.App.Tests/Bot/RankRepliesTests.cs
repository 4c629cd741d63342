using Personalization.Pictures;
using Personalization.Ranking;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/rank</c> and <c>/explore</c> show of pictures that people made.</summary>
public sealed class RankRepliesTests
{
    private static readonly PersonId Ann = new(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pair_whose_file_is_lost_is_skipped_and_counts_for_nothing()
    {
        await using var program = await TasteProgram.CreateAsync();
        var ballot = await program.Get<BallotBox>().OpenAsync(Ann, Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{new string('a', 64)}.png' WHERE Id = {ballot.Left.Id}");

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Equal(2, shown.Files);
        Assert.Contains("0 of 200", shown.Text);
        Assert.NotEqual(ballot.Pair.Id, (await program.Get<BallotBox>().OpenAsync(Ann, Cancellation)).Pair.Id);
        Assert.Equal(Choice.Skip, (await program.Get<IBallotStore>().FindPairAsync(ballot.Pair.Id, Cancellation))!.Choice);
    }

    [Fact]
    public async Task Once_the_taste_is_open_votes_are_counted_towards_no_goal()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 201);

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Contains("▰ 201 votes\n", shown.Text);
        Assert.DoesNotContain("of 200", shown.Text);
        Assert.Contains("Your taste is ready", shown.Text);
    }

    [Fact]
    public async Task Where_all_files_are_lost_rank_ends_and_says_so()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{new string('a', 64)}.png'");

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Equal(0, shown.Files);
        Assert.True((await program.Get<IBallotStore>().AnsweredAsync(Ann, Cancellation)).Count < 30);
    }

    [Fact]
    public async Task A_prompt_as_long_as_they_come_leaves_room_for_the_rest_of_a_pair()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync($"UPDATE Pictures SET Prompt = Prompt || '{new string('*', 5900)}'");

        var shown = await program.SayAsync(Ann, "rank");

        Assert.InRange(shown.Text.Length, 1000, 3900);
        Assert.Contains("0 of 200", shown.Text);
    }

    [Fact]
    public async Task Explore_shows_what_is_there_beside_what_is_lost()
    {
        await using var program = await TasteProgram.CreateAsync();
        using var bitmap = new SkiaSharp.SKBitmap(64, 64);
        var png = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray();
        await program.AddLostPictureAsync();
        await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(png, "png", Cancellation));

        Assert.Equal(1, (await program.SayAsync(Ann, "explore")).Files);
    }
}
