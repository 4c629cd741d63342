using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/rank</c> and <c>/explore</c> show of pictures that people made.</summary>
public sealed class RankRepliesTests
{
    private static readonly PersonId Ann = new(1);

    private const string NoRankingPictures = "UPDATE Pictures SET Kind = 4";

    private static readonly string Lost = $"{new string('a', 64)}.png";

    [Fact]
    public async Task Rank_paints_a_lost_picture_of_the_Painter_again()
    {
        await using var program = await TasteProgram.CreateAsync();
        var ballot = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);
        var before = await program.Get<PictureReader>().ReadAsync(ballot.Left.Id, Cancellation);
        Directory.Delete(Path.Combine(program.Folder, "pictures"), recursive: true);

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Equal(2, shown.Files);
        Assert.Equal(ballot.Pair, (await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation)).Pair);
        Assert.Equal(before, await program.Get<PictureReader>().ReadAsync(ballot.Left.Id, Cancellation));
    }

    [Fact]
    public async Task Rank_paints_a_damaged_picture_of_the_Painter_again_and_says_so_once()
    {
        await using var program = await TasteProgram.CreateAsync();
        var ballot = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);
        var before = await program.Get<PictureReader>().ReadAsync(ballot.Left.Id, Cancellation);
        await CutAsync(program, ballot.Left.Id);

        var shown = await program.SayAsync(Ann, "rank");
        await program.SayAsync(Ann, "rank");

        Assert.Equal(2, shown.Files);
        Assert.Single(program.Log.Lines, line => line.Contains("is damaged and set aside", StringComparison.Ordinal));
        Assert.Equal(ballot.Pair, (await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation)).Pair);
        Assert.Equal(before, await program.Get<PictureReader>().ReadAsync(ballot.Left.Id, Cancellation));
    }

    [Fact]
    public async Task Rank_withdraws_a_pair_with_a_damaged_picture_of_an_image_server()
    {
        await using var program = await TasteProgram.CreateAsync();
        var box = program.Get<BallotBox>();
        var ballot = await box.OpenAsync(await program.VoterAsync(Ann), Cancellation);
        await program.Get<PictureReader>().ReadAsync(ballot.Left.Id, Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET Source = 'Words big' WHERE Id = {ballot.Left.Id}");
        await CutAsync(program, ballot.Left.Id);

        Assert.Equal(2, (await program.SayAsync(Ann, "rank")).Files);
        Assert.NotEqual(ballot.Pair.Id, (await box.OpenAsync(await program.VoterAsync(Ann), Cancellation)).Pair.Id);
        Assert.Single(program.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explore_shows_a_picture_again_from_its_stored_small_form()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync(NoRankingPictures);
        var key = await program.Get<IPictureFiles>().SaveAsync(Png(), "png", Cancellation);
        await program.AddPictureAsync(key);
        await program.SayAsync(Ann, "explore");
        var first = program.Discord.LastFiles;
        File.Delete(FileOf(program, key));

        Assert.Equal(1, (await program.SayAsync(Ann, "explore")).Files);
        Assert.Equal(first, program.Discord.LastFiles);
    }

    [Fact]
    public async Task Rank_defers_while_a_large_picture_is_made_small_and_then_answers_at_once()
    {
        await using var program = await TasteProgram.CreateAsync();
        var ballot = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);
        var key = await program.Get<IPictureFiles>().SaveAsync(Png(600), "png", Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{key}', Width = 600, Height = 600 WHERE Id IN ({ballot.Left.Id}, {ballot.Right.Id})");

        var first = await program.SayAsync(Ann, "rank");
        var second = await program.SayAsync(Ann, "rank");

        Assert.Equal((2, false), (first.Files, first.IsAtOnce));
        Assert.Equal((2, true), (second.Files, second.IsAtOnce));
    }

    [Fact]
    public async Task Vote_that_was_acknowledged_and_whose_next_pair_cannot_be_shown_is_followed_by_a_message_that_says_so()
    {
        await using var program = await TasteProgram.CreateAsync();
        var ballot = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);
        var key = await program.Get<IPictureFiles>().SaveAsync(Png(600), "png", Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{key}', Width = 600, Height = 600");
        program.Discord.Intercept = target => target.StartsWith("PATCH", StringComparison.Ordinal) ? RecordedDiscord.Error(System.Net.HttpStatusCode.BadRequest, 50035) : null;

        await program.PressAsync(Ann, $"rank:left:{ballot.Pair.Id}");

        Assert.Equal("POST /v10/webhooks/9/interaction.token", program.Discord.LastTarget);
        Assert.StartsWith("Something went wrong on our side; your votes are safe.", program.Discord.Last().Text, StringComparison.Ordinal);
        Assert.Single(await program.Get<IBallotStore>().AnsweredAsync(ProfileId.FirstOf(Ann), Cancellation));
    }

    [Fact]
    public async Task Rank_withdraws_a_pair_whose_file_is_lost_and_undo_skips_it()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 3);
        var voted = (await program.Get<IBallotStore>().AnsweredAsync(ProfileId.FirstOf(Ann), Cancellation))[^1];
        var before = await program.Get<TasteLearner>().RebuildAsync(ProfileId.FirstOf(Ann), Cancellation);
        var box = program.Get<BallotBox>();
        var lost = await box.OpenAsync(await program.VoterAsync(Ann), Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{Lost}', Source = 'Words big' WHERE Id = {lost.Left.Id}");

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Equal(2, shown.Files);
        Assert.Contains("3 of 200", shown.Text);
        var next = await box.OpenAsync(await program.VoterAsync(Ann), Cancellation);
        Assert.NotEqual(lost.Pair.Id, next.Pair.Id);
        Assert.Equal(before.Taste.Mean.ToArray(), (await program.Get<TasteLearner>().RebuildAsync(ProfileId.FirstOf(Ann), Cancellation)).Taste.Mean.ToArray());
        Assert.Equal(voted.Id, Assert.IsType<BallotResult.Undone>(await box.UndoAsync(await program.VoterAsync(Ann), next.Pair.Id, Cancellation)).Ballot.Pair.Id);
    }

    [Fact]
    public async Task Rank_shows_known_pictures_without_reading_their_rows()
    {
        await using var program = await TasteProgram.CreateAsync();
        var key = await program.Get<IPictureFiles>().SaveAsync(Png(), "png", Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{key}'");
        await program.SayAsync(Ann, "rank");
        program.Log.Lines.Clear();

        Assert.Equal(2, (await program.SayAsync(Ann, "rank")).Files);

        Assert.Contains(program.Log.Lines, line => line.Contains("FROM \"Pairs\"", StringComparison.Ordinal));
        Assert.DoesNotContain(program.Log.Lines, line => line.Contains("FROM \"Pictures\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rank_counts_votes_without_a_goal_once_the_taste_is_unlocked()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 201);

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Contains("▰ 201 votes\n", shown.Text);
        Assert.DoesNotContain("of 200", shown.Text);
        Assert.Contains("Your taste is ready", shown.Text);
    }

    [Fact]
    public async Task Rank_ends_where_all_files_are_lost()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{Lost}', Source = 'Words big'");

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Equal(0, shown.Files);
        Assert.True((await program.Get<IBallotStore>().AnsweredAsync(ProfileId.FirstOf(Ann), Cancellation)).Count < 30);
    }

    [Fact]
    public async Task Rank_cuts_the_longest_prompt_to_fit_a_message()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync($"UPDATE Pictures SET Prompt = Prompt || '{new string('*', 5900)}'");

        var shown = await program.SayAsync(Ann, "rank");

        Assert.InRange(shown.Text.Length, 1000, 3900);
        Assert.Contains("0 of 200", shown.Text);
    }

    [Fact]
    public async Task Explore_leaves_out_a_picture_whose_file_is_lost()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync(NoRankingPictures);
        await program.AddLostPictureAsync("a boat");
        await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(Png(), "png", Cancellation), prompt: "a lake");

        var shown = await program.SayAsync(Ann, "explore");

        Assert.Equal(1, shown.Files);
        Assert.Contains("1. a lake", shown.Text);
        Assert.DoesNotContain("a boat", shown.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Explore_leaves_out_a_picture_whose_file_is_damaged(int length)
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync(NoRankingPictures);
        var files = program.Get<IPictureFiles>();
        await program.AddPictureAsync(await files.SaveAsync(new byte[length], "png", Cancellation), prompt: "a boat");
        await program.AddPictureAsync(await files.SaveAsync(Png(), "png", Cancellation), prompt: "a lake");

        var shown = await program.SayAsync(Ann, "explore");

        Assert.Equal(1, shown.Files);
        Assert.Contains("1. a lake", shown.Text);
    }

    [Fact]
    public async Task Explore_cuts_twelve_longest_prompts_to_fit_a_message()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync($"UPDATE Pictures SET Prompt = '{new string('*', 5900)}' || Prompt");

        var shown = await program.SayAsync(Ann, "explore");

        Assert.Equal(3, shown.Files);
        Assert.InRange(shown.Text.Length, 1000, 4000);
        Assert.Contains("12. ", shown.Text);
    }

    [Fact]
    public async Task Explore_goes_on_past_a_page_whose_files_are_all_lost()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync(NoRankingPictures);
        await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(Png(), "png", Cancellation));
        for (var i = 0; i < 8; i++)
        {
            await program.AddLostPictureAsync();
        }

        // Pictures of one prompt are never on one page.
        Assert.Equal(1, (await program.SayAsync(Ann, "explore")).Files);
    }

    [Fact]
    public async Task Explore_says_so_where_all_pictures_are_lost()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync(NoRankingPictures);
        for (var i = 0; i < 5; i++)
        {
            await program.AddLostPictureAsync();
        }

        var shown = await program.SayAsync(Ann, "explore");

        Assert.Equal(0, shown.Files);
        Assert.Contains("no pictures by others to show", shown.Text);
    }

    [Fact]
    public async Task Picture_picked_on_a_page_is_answered_with_those_most_like_it_whose_hearts_say_so()
    {
        await using var program = await TasteProgram.CreateAsync();
        var picture = (await program.RankingAsync())[0];

        program.InteractionId++;
        await program.PickAsync(Ann, "explore:alike", $"{picture.Id}");

        var shown = program.Discord.Last();
        Assert.StartsWith("### More like this", shown.Text, StringComparison.Ordinal);
        Assert.Equal((3, false), (shown.Files, shown.IsAtOnce));
        Assert.DoesNotContain($"explore:heart:{picture.Id}:1", program.Discord.LastButtons);
        Assert.Equal(12, program.Discord.LastButtons.Count(id => id.StartsWith("explore:heart:", StringComparison.Ordinal) && id.EndsWith(":1", StringComparison.Ordinal)));
        Assert.Contains("explore:alike", program.Discord.LastButtons);
        var first = program.Discord.LastButtons;

        program.InteractionId++;
        await program.PressAsync(Ann, Assert.Single(first, id => id == $"explore:further:{picture.Id}:1"));
        Assert.StartsWith("### More like this", program.Discord.Last().Text, StringComparison.Ordinal);
        Assert.Empty(first.Intersect(program.Discord.LastButtons.Where(id => id != "explore:alike")));
    }

    [Fact]
    public async Task Picture_of_a_deleted_row_is_answered_in_words()
    {
        await using var program = await TasteProgram.CreateAsync();

        await program.PickAsync(Ann, "explore:alike", "99999");

        Assert.Equal("This picture cannot be shown here: it no longer exists, or it is private.", program.Discord.Last().Text);
    }

    [Fact]
    public async Task Explore_does_not_read_all_likes_of_a_person()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(Png(), "png", Cancellation));
        program.Log.Lines.Clear();

        await program.SayAsync(Ann, "explore");

        Assert.Contains(program.Log.Lines, line => line.Contains("FROM \"Likes\"", StringComparison.Ordinal));
        Assert.DoesNotContain(program.Log.Lines, line => line.Contains("\"PassedOver\"", StringComparison.Ordinal));
    }

    private static string FileOf(TasteProgram program, string key) => Path.Combine(program.Folder, "pictures", key[..2], key);

    private static async Task CutAsync(TasteProgram program, PictureId picture)
    {
        var file = FileOf(program, (await program.Get<IPictureStore>().FindAsync(picture, Cancellation))!.FileKey!);
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Cancellation))[..1000], Cancellation);
    }

    private static byte[] Png(int side = 64)
    {
        using var bitmap = new SkiaSharp.SKBitmap(side, side);
        return bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray();
    }
}
