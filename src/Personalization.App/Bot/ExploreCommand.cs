using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/explore</c>: pictures by everyone, to like.</summary>
internal sealed partial class ExploreCommand(IProfileStore profiles, BallotBox ballotBox, UnlockRule unlockRule, IPictureStore pictures, PictureReader reader, ILogger<ExploreCommand> logger) : ICommand
{
    private const int PageSize = 4;

    // Where nearly all files are lost, Discord still expects an answer within three seconds.
    private const int MaxPassed = 10;

    public CommandDefinition Definition => new()
    {
        Name = "explore",
        Description = Text.Of($"See pictures by everyone, and like those you like"),
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken) =>
        await interaction.ReplyAsync(await PageAsync(await profiles.VoterAsync(interaction, cancellationToken), before: null, cancellationToken), cancellationToken);

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        switch (id.Verb)
        {
            case "older":
                await interaction.UpdateAsync(await PageAsync(voter, new PictureId(id.Number(0)), cancellationToken), cancellationToken);
                break;
            case "like":
                await LikeAsync(interaction, voter, new PictureId(id.Number(0)), [.. id.Numbers(1).Select(number => new PictureId(number))], cancellationToken);
                break;
            default:
                throw CustomId.Foreign();
        }
    }

    private async Task LikeAsync(Interaction interaction, Voter voter, PictureId picture, IReadOnlyList<PictureId> beside, CancellationToken cancellationToken)
    {
        var result = await ballotBox.LikeAsync(voter, picture, beside, cancellationToken);
        if (result is LikeResult.Liked && interaction.Message is { IsEphemeral: true })
        {
            // The person's own page is updated in place: the same pictures, with the heart filled.
            var newest = beside.Append(picture).Max(id => id.Value);
            await interaction.UpdateAsync(await PageAsync(voter, new PictureId(newest + 1), cancellationToken), cancellationToken);
            return;
        }

        await interaction.ReplyAsync(ExploreView.Like(result), cancellationToken);
    }

    private async Task<MessageBody> PageAsync(Voter voter, PictureId? before, CancellationToken cancellationToken)
    {
        var unlock = await unlockRule.ProgressAsync(voter.Profile, cancellationToken);
        var (shown, older) = await NextAsync(voter, before, cancellationToken);
        if (shown.Count > 0)
        {
            return ExploreView.Page(shown, older, unlock);
        }

        return before is null ? ExploreView.NoPictures() : ExploreView.NoOlderPictures();
    }

    /// <summary>The next page of pictures, skipping pages whose files are all lost.</summary>
    /// <returns>Up to a page of pictures, none at the end; and the id that the next page begins before, null on the last page.</returns>
    private async Task<(IReadOnlyList<ExploredPicture> Shown, PictureId? Older)> NextAsync(Voter voter, PictureId? before, CancellationToken cancellationToken)
    {
        for (var passed = 1; ; passed++)
        {
            var page = await pictures.MadePicturesAsync(before, PageSize + 1, cancellationToken);
            var shown = await ReadAsync(voter, [.. page.Take(PageSize)], cancellationToken);
            before = page.Count > PageSize ? page[PageSize - 1].Id : null;
            if (shown.Count > 0 || before is null || passed == MaxPassed)
            {
                return (shown, before);
            }
        }
    }

    private async Task<IReadOnlyList<ExploredPicture>> ReadAsync(Voter voter, IReadOnlyList<Picture> page, CancellationToken cancellationToken)
    {
        var liked = await ballotBox.LikedAsync(voter.Profile, [.. page.Select(picture => picture.Id)], cancellationToken);
        var shown = new List<ExploredPicture>();
        foreach (var picture in page)
        {
            try
            {
                var png = await reader.ReadSmallAsync(picture, cancellationToken);
                shown.Add(new(picture, png, picture.Author == voter.Person, liked.Contains(picture.Id)));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Gone, damaged or unreadable for now: the others are shown.
                LogLost(picture.Id, exception.Message);
            }
        }

        return shown;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {Picture} cannot be shown: {Reason}")]
    private partial void LogLost(PictureId picture, string reason);
}
