using Personalization.Codes;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/taste</c>: what was learned of the person, from which of their votes, and how well it predicts them.</summary>
internal sealed class TasteCommand(IProfileStore profiles, TasteSummarizer summarizer, CodeIssuer codes, IPictureStore pictures, IGuildStore guilds, PictureReader reader, IDiscord discord) : ICommand
{
    // Discord takes ten files with a message, and each choice has two.
    private const int MaxChoices = 5;

    public CommandDefinition Definition => new()
    {
        Name = "taste",
        Description = Text.Of($"See what the bot has learned about your taste, and why it thinks so"),
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        // Learning from all votes takes a moment, and the pictures must be read.
        await interaction.DeferAsync(ephemeral: true, cancellationToken);
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        var summary = await summarizer.SummarizeAsync(voter.Profile, cancellationToken);

        // A code is a stored snapshot, which a person gets with --p and not before.
        PersonalizationCode? code = summary.Progress.IsUnlocked ? (await codes.IssueAsync(voter.Profile, cancellationToken)).Code : null;
        var viewer = await guilds.ViewerAsync(voter.Person, voter.Guild, cancellationToken);
        var (telling, shown) = (new List<InfluentialChoice>(), new List<(byte[] Chosen, byte[] Other)>());
        foreach (var vote in summary.Influential)
        {
            if (telling.Count < MaxChoices
                && await ReadAsync(viewer, vote.Chosen, cancellationToken) is { } chosen
                && await ReadAsync(viewer, vote.Other, cancellationToken) is { } other)
            {
                telling.Add(vote);
                shown.Add((chosen, other));
            }
        }

        await discord.EditOriginalAsync(interaction.Handle, TasteView.Taste(summary with { Influential = telling }, shown, code), cancellationToken);
    }

    // The summary is shown without a choice of which a picture is gone, was made private since, or belongs to another server.
    private async Task<byte[]?> ReadAsync(Viewer viewer, Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return await pictures.FindAsync(picture.Id, cancellationToken) is { } stored && viewer.IsOpen(stored) ? await reader.ReadSmallAsync(stored, cancellationToken) : null;
        }
        catch (UnreadablePictureException)
        {
            return null;
        }
    }
}
