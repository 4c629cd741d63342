using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/rank</c>: pairs of pictures, one message to one person, updated in place.</summary>
internal sealed partial class RankCommand(BallotBox ballotBox, PictureReader reader, DiscordRest rest, ILogger<RankCommand> logger) : ICommand
{
    // Where all files are lost, going on leads nowhere.
    private const int MaxWithdrawn = 20;

    public CommandDefinition Definition { get; } = new()
    {
        Name = "rank",
        Description = "Choose between two pictures, so that the bot learns your taste",
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var ballot = await ballotBox.OpenAsync(interaction.Person(), cancellationToken);
        if (await IsPaintedAsync(ballot, cancellationToken))
        {
            await interaction.ReplyAsync(await ShowAsync(interaction.Person(), ballot, "", cancellationToken), cancellationToken);
            return;
        }

        await interaction.DeferAsync(ephemeral: true, cancellationToken);
        await rest.EditOriginalAsync(interaction.Handle, await ShowAsync(interaction.Person(), ballot, "", cancellationToken), cancellationToken);
    }

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        var person = interaction.Person();
        switch (id.Verb)
        {
            case "open":
                await RunAsync(interaction, cancellationToken);
                return;
            case "undo":
                await ShowAsync(interaction, await ballotBox.UndoAsync(person, id.Number(0), cancellationToken), cancellationToken);
                return;
            default:
                var choice = id.Verb switch
                {
                    "left" => Choice.Left,
                    "right" => Choice.Right,
                    "skip" => Choice.Skip,
                    _ => throw CustomId.Foreign(),
                };
                await ShowAsync(interaction, await ballotBox.AnswerAsync(person, id.Number(0), choice, cancellationToken), cancellationToken);
                return;
        }
    }

    private async Task ShowAsync(Interaction interaction, BallotResult result, CancellationToken cancellationToken)
    {
        var (ballot, note) = result switch
        {
            BallotResult.Counted counted => (counted.Next, ""),
            BallotResult.Undone undone => (undone.Ballot, "Taken back. Choose again."),
            BallotResult.AlreadyAnswered answered => (answered.Current, "That pair was answered already and counts once; this is your next one."),
            BallotResult.NothingToUndo nothing => (nothing.Current, "There is nothing to take back."),
            _ => (null, ""),
        };
        if (ballot is null)
        {
            await interaction.ReplyAsync(
                Replies.Note(result is BallotResult.NotYours
                    ? "This pair is somebody else's. Type `/rank` for your own."
                    : "This pair is gone. Type `/rank` for a new one."),
                cancellationToken);
            return;
        }

        if (await IsPaintedAsync(ballot, cancellationToken))
        {
            await interaction.UpdateAsync(await ShowAsync(interaction.Person(), ballot, note, cancellationToken), cancellationToken);
            return;
        }

        await interaction.DeferUpdateAsync(cancellationToken);
        await rest.EditOriginalAsync(interaction.Handle, await ShowAsync(interaction.Person(), ballot, note, cancellationToken), cancellationToken);
    }

    // During the first start they may not be; painting them could take longer than the three seconds an answer may.
    private async Task<bool> IsPaintedAsync(Ballot ballot, CancellationToken cancellationToken) =>
        await reader.IsPaintedAsync(ballot.Left, cancellationToken) && await reader.IsPaintedAsync(ballot.Right, cancellationToken);

    /// <summary>A pair as it is shown. One whose files are lost is withdrawn: nobody could answer it, and it would come for ever.</summary>
    private async Task<MessageBody> ShowAsync(PersonId person, Ballot ballot, string note, CancellationToken cancellationToken)
    {
        for (var withdrawn = 0; ; withdrawn++)
        {
            try
            {
                var pictures = await Task.WhenAll(reader.ReadSmallAsync(ballot.Left, cancellationToken), reader.ReadSmallAsync(ballot.Right, cancellationToken));
                return Replies.Ballot(ballot, pictures[0], pictures[1], note);
            }
            catch (UnreadablePictureException exception) when (withdrawn < MaxWithdrawn)
            {
                LogLost(exception, ballot.Pair.Id);
                ballot = await ballotBox.WithdrawAsync(person, ballot.Pair.Id, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pair {Pair} is withdrawn: the file of one of its pictures is gone or damaged")]
    private partial void LogLost(Exception exception, long pair);
}
