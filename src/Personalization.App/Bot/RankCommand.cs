using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/rank</c>: pairs of pictures, one message to one person, updated in place.</summary>
internal sealed partial class RankCommand(BallotBox ballotBox, PictureReader reader, DiscordRest rest, ILogger<RankCommand> logger) : ICommand
{
    // A bound for a server whose picture files are all lost.
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
        await (result switch
        {
            BallotResult.Counted(var next) => UpdateAsync(interaction, next, "", cancellationToken),
            BallotResult.Undone(var undone) => UpdateAsync(interaction, undone, RankView.TakenBack, cancellationToken),
            BallotResult.AlreadyAnswered(var current) => UpdateAsync(interaction, current, RankView.AlreadyAnswered, cancellationToken),
            BallotResult.NothingToUndo(var current) => UpdateAsync(interaction, current, RankView.NothingToUndo, cancellationToken),
            BallotResult.NotYours => interaction.ReplyAsync(RankView.NotYours(), cancellationToken),
            BallotResult.Unknown => interaction.ReplyAsync(RankView.Gone(), cancellationToken),
            _ => throw new InvalidOperationException($"There is no answer to {result.GetType().Name}."),
        });
    }

    private async Task UpdateAsync(Interaction interaction, Ballot ballot, string note, CancellationToken cancellationToken)
    {
        if (await IsPaintedAsync(ballot, cancellationToken))
        {
            await interaction.UpdateAsync(await ShowAsync(interaction.Person(), ballot, note, cancellationToken), cancellationToken);
            return;
        }

        await interaction.DeferUpdateAsync(cancellationToken);
        await rest.EditOriginalAsync(interaction.Handle, await ShowAsync(interaction.Person(), ballot, note, cancellationToken), cancellationToken);
    }

    // During the first start they may be unpainted, and painting them can take longer than the three seconds Discord waits.
    private async Task<bool> IsPaintedAsync(Ballot ballot, CancellationToken cancellationToken) =>
        await reader.IsPaintedAsync(ballot.Left, cancellationToken) && await reader.IsPaintedAsync(ballot.Right, cancellationToken);

    /// <summary>The message of a pair. One whose files are lost is withdrawn: it cannot be answered and would come again for ever.</summary>
    private async Task<MessageBody> ShowAsync(PersonId person, Ballot ballot, string note, CancellationToken cancellationToken)
    {
        for (var withdrawn = 0; ; withdrawn++)
        {
            try
            {
                var pictures = await Task.WhenAll(reader.ReadSmallAsync(ballot.Left, cancellationToken), reader.ReadSmallAsync(ballot.Right, cancellationToken));
                return RankView.Ballot(ballot, pictures[0], pictures[1], note);
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
