using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Tests.Bot;

/// <summary>What people and the operator are told while the database has no space left.</summary>
[Collection(typeof(Alone))]
public sealed class FullStorageTests
{
    private static readonly PersonId Ann = new(1);

    [Fact]
    public async Task Full_database_is_told_to_people_with_every_answer_and_to_the_operator_once_and_votes_count_again_after_it()
    {
        // Previews need the queue, and pictures that are painted meanwhile are stored, too.
        await using var program = await TasteProgram.CreateAsync(services => services.Configure<RankingOptions>(options => options.PreviewAt = []));
        var key = await program.Get<IPictureFiles>().SaveAsync(new byte[] { 1 }, "png", TasteProgram.Cancellation);
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{key}'");
        await program.SayAsync(Ann, "rank");
        await program.ExecuteAsync("CREATE TABLE Filler (Bytes)");
        await LimitAsync(program, pages: 1);
        await Assert.ThrowsAsync<SqliteException>(() => program.ExecuteAsync("""
            WITH RECURSIVE Numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM Numbers) INSERT OR FAIL INTO Filler SELECT zeroblob(4000) FROM Numbers
            """));

        var votes = 0;
        var refused = await VoteAsync(program);
        for (; !IsRefusal(refused) && votes < 300; votes++)
        {
            refused = await VoteAsync(program);
        }

        Assert.True(IsRefusal(refused), $"{votes} votes fitted into the pages that there are.");
        Assert.True(refused.IsAtOnce);
        Assert.Equal(votes, await CountAsync(program));
        Assert.True(IsRefusal(await VoteAsync(program)));
        Assert.Equal(votes, await CountAsync(program));
        var line = Assert.Single(program.Log.Lines, line => line.StartsWith("Error Personalization.", StringComparison.Ordinal));
        Assert.Contains("The storage is full", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);

        await LimitAsync(program, pages: 1_000_000);
        Assert.Contains($"{votes + 1} of 200", (await VoteAsync(program)).Text, StringComparison.Ordinal);
        Assert.Single(program.Log.Lines, line => line.StartsWith("Information", StringComparison.Ordinal) && line.Contains("has space again", StringComparison.Ordinal));
    }

    /// <summary>Others end programs beside it, and close every pooled connection with that: those here would lose their limit.</summary>
    [CollectionDefinition(DisableParallelization = true)]
    public sealed class Alone;

    private static bool IsRefusal(Shown shown) => shown.Text.StartsWith("My storage is full", StringComparison.Ordinal);

    private static async Task<int> CountAsync(TasteProgram program) =>
        (await program.Get<IBallotStore>().AnsweredAsync(ProfileId.FirstOf(Ann), TasteProgram.Cancellation)).Count;

    private static async Task<Shown> VoteAsync(TasteProgram program)
    {
        var pair = (await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), TasteProgram.Cancellation)).Pair.Id;
        await program.PressAsync(Ann, $"rank:left:{pair}");
        return program.Discord.Last();
    }

    /// <summary>Limits the size of the database on every connection that the program can have, since they are pooled.</summary>
    private static async Task LimitAsync(TasteProgram program, int pages)
    {
        var connections = Enumerable.Range(0, 16).Select(_ => new SqliteConnection($"Data Source={program.DatabaseFile}")).ToArray();
        foreach (var connection in connections)
        {
            await connection.OpenAsync(TasteProgram.Cancellation);
            await using var command = connection.CreateCommand();

            // Never less than what it has.
            command.CommandText = $"PRAGMA max_page_count = {pages}";
            await command.ExecuteNonQueryAsync(TasteProgram.Cancellation);
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
