using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/rank</c>: pairs of pictures, one message to one person, updated in place.</summary>
internal sealed partial class RankCommand(IProfileStore profiles, BallotBox ballotBox, PictureReader reader, PreviewSender previews, IDiscord discord, ILogger<RankCommand> logger) : ICommand
{
    // A bound for a server whose picture files are all lost.
    private const int MaxWithdrawn = 20;

    public CommandDefinition Definition => new()
    {
        Name = "rank",
        Description = Text.Of($"Choose between two pictures, so that the bot learns your taste"),
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken) =>
        await RunAsync(interaction, await profiles.VoterAsync(interaction, cancellationToken), cancellationToken);

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        var isLarge = id.Verb == "large" || id.Has(1, 1);
        switch (id.Verb)
        {
            case "open":
                await RunAsync(interaction, voter, cancellationToken);
                return;
            case "large" or "small":
                await UpdateAsync(interaction, voter, await ballotBox.OpenAsync(voter, cancellationToken), "", isLarge, cancellationToken);
                return;
            case "undo":
                await ShowAsync(interaction, voter, await interaction.AcceptAsync(token => ballotBox.UndoAsync(voter, id.Number(0), token), cancellationToken), isLarge, cancellationToken);
                return;
            default:
                var choice = id.Verb switch
                {
                    "left" => Choice.Left,
                    "right" => Choice.Right,
                    "skip" => Choice.Skip,
                    _ => throw CustomId.Foreign(),
                };
                await ShowAsync(interaction, voter, await interaction.AcceptAsync(token => ballotBox.AnswerAsync(voter, id.Number(0), choice, token), cancellationToken), isLarge, cancellationToken);
                return;
        }
    }

    private async Task RunAsync(Interaction interaction, Voter voter, CancellationToken cancellationToken)
    {
        var ballot = await ballotBox.OpenAsync(voter, cancellationToken);
        if (await IsReadyAsync(ballot, cancellationToken))
        {
            await interaction.ReplyAsync(await ShowAsync(voter, ballot, "", isLarge: false, cancellationToken), cancellationToken);
        }
        else
        {
            await interaction.DeferAsync(ephemeral: true, cancellationToken);
            await discord.EditOriginalAsync(interaction.Handle, await ShowAsync(voter, ballot, "", isLarge: false, cancellationToken), cancellationToken);
        }

        await previews.SendDueAsync(interaction, voter, ballot.Progress, cancellationToken);
    }

    private async Task ShowAsync(Interaction interaction, Voter voter, BallotResult result, bool isLarge, CancellationToken cancellationToken)
    {
        await (result switch
        {
            BallotResult.Counted(var next, var lesson) => UpdateAsync(interaction, voter, next, RankView.Note(lesson, next.Progress), isLarge, cancellationToken),
            BallotResult.Undone(var undone) => UpdateAsync(interaction, voter, undone, RankView.TakenBack, isLarge, cancellationToken),
            BallotResult.AlreadyAnswered(var current) => UpdateAsync(interaction, voter, current, RankView.AlreadyAnswered, isLarge, cancellationToken),
            BallotResult.NothingToUndo(var current) => UpdateAsync(interaction, voter, current, RankView.NothingToUndo, isLarge, cancellationToken),
            BallotResult.NotYours => interaction.ReplyAsync(RankView.NotYours(), cancellationToken),
            BallotResult.Unknown => interaction.ReplyAsync(RankView.Gone(), cancellationToken),
            _ => throw new InvalidOperationException($"There is no answer to {result.GetType().Name}."),
        });
    }

    private async Task UpdateAsync(Interaction interaction, Voter voter, Ballot ballot, string note, bool isLarge, CancellationToken cancellationToken)
    {
        if (await IsReadyAsync(ballot, cancellationToken))
        {
            await interaction.UpdateAsync(await ShowAsync(voter, ballot, note, isLarge, cancellationToken), cancellationToken);
        }
        else
        {
            await interaction.DeferUpdateAsync(cancellationToken);
            await discord.EditOriginalAsync(interaction.Handle, await ShowAsync(voter, ballot, note, isLarge, cancellationToken), cancellationToken);
        }

        // Only now: the next pair does not wait for it.
        await previews.SendDueAsync(interaction, voter, ballot.Progress, cancellationToken);
    }

    // During the first start they may be unpainted, and painting them can take longer than the three seconds Discord waits;
    // so can making others small that are shown for the first time.
    private async Task<bool> IsReadyAsync(Ballot ballot, CancellationToken cancellationToken) =>
        await reader.IsReadyAsync(ballot.Left, cancellationToken) && await reader.IsReadyAsync(ballot.Right, cancellationToken);

    /// <summary>The message of a pair. One whose files are lost is withdrawn: it cannot be answered and would come again for ever.</summary>
    private async Task<MessageBody> ShowAsync(Voter voter, Ballot ballot, string note, bool isLarge, CancellationToken cancellationToken)
    {
        for (var withdrawn = 0; ; withdrawn++)
        {
            try
            {
                var pictures = await Task.WhenAll(reader.ReadSmallAsync(ballot.Left, cancellationToken), reader.ReadSmallAsync(ballot.Right, cancellationToken));
                return RankView.Ballot(ballot, pictures[0], pictures[1], note, isLarge);
            }
            catch (UnreadablePictureException exception) when (withdrawn < MaxWithdrawn)
            {
                LogLost(ballot.Pair.Id, exception.Message);
                ballot = await ballotBox.WithdrawAsync(voter, ballot.Pair.Id, cancellationToken);
            }
        }
    }

    // The storage has said at Warning which file is lost.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Pair {Pair} is withdrawn: {Reason}")]
    private partial void LogLost(long pair, string reason);
}
