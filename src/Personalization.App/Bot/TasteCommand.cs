using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.App.Bot;

/// <summary><c>/taste</c>: what was learnt of the person who asks, from which of their votes, and how far it can be trusted.</summary>
internal sealed class TasteCommand(TasteSummarizer summarizer, PictureReader reader, DiscordRest rest) : ICommand
{
    public CommandDefinition Definition { get; } = new()
    {
        Name = "taste",
        Description = "See what the bot has learnt of your taste, and why it thinks so",
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        // Learning two hundred votes anew takes a moment, and the pictures must be read.
        await interaction.DeferAsync(ephemeral: true, cancellationToken);
        var summary = await summarizer.SummarizeAsync(interaction.Person(), cancellationToken);
        var (telling, pictures) = (new List<InfluentialVote>(), new List<byte[]>());
        foreach (var vote in summary.Influential)
        {
            if (await ReadAsync(vote.Chosen, cancellationToken) is { } picture)
            {
                telling.Add(vote);
                pictures.Add(picture);
            }
        }

        await rest.EditOriginalAsync(interaction.Handle, Replies.Taste(summary with { Influential = telling }, pictures), cancellationToken);
    }

    // What was learnt can be told without a picture whose file is gone.
    private async Task<byte[]?> ReadAsync(Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadSmallAsync(picture, cancellationToken);
        }
        catch (UnreadablePictureException)
        {
            return null;
        }
    }

    public Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken) => throw CustomId.Foreign();
}
