using Personalization.Discord.Interactions;
using Personalization.Ranking;

namespace Personalization.App.Bot;

/// <summary><c>/rank</c>: pairs of pictures, one message to one person, updated in place.</summary>
internal sealed class RankCommand(BallotBox ballotBox, Catalogue catalogue) : ICommand
{
    public CommandDefinition Definition { get; } = new()
    {
        Name = "rank",
        Description = "Choose between two pictures, so that the bot learns your taste",
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var ballot = await ballotBox.OpenAsync(interaction.Person(), cancellationToken);
        await interaction.ReplyAsync(await ShowAsync(ballot, "", cancellationToken) with { Ephemeral = true }, cancellationToken);
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
}
