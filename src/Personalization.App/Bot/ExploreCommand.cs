using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/explore</c>: pictures by everyone, to like.</summary>
internal sealed partial class ExploreCommand(BallotBox ballotBox, UnlockRule unlockRule, IPictureStore pictures, PictureReader reader, ILogger<ExploreCommand> logger) : ICommand
{
    private const int PageSize = 4;

    // Where nearly all files are lost, an answer must come within three seconds.
    private const int MostPassed = 10;

    public CommandDefinition Definition { get; } = new()
    {
        Name = "explore",
        Description = "See pictures by everyone, and like those you like",
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken) =>
        await interaction.ReplyAsync(await PageAsync(interaction.Person(), before: null, cancellationToken), cancellationToken);

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        switch (id.Verb)
        {
            case "older":
                await interaction.UpdateAsync(await PageAsync(interaction.Person(), new PictureId(id.Number(0)), cancellationToken), cancellationToken);
                break;
            case "like":
                await LikeAsync(interaction, new PictureId(id.Number(0)), [.. id.Numbers(1).Select(number => new PictureId(number))], cancellationToken);
                break;
            default:
                throw CustomId.Foreign();
        }
    }

    private async Task LikeAsync(Interaction interaction, PictureId picture, IReadOnlyList<PictureId> beside, CancellationToken cancellationToken)
    {
        var person = interaction.Person();
        var result = await ballotBox.LikeAsync(person, picture, beside, cancellationToken);
        if (result is LikeResult.Liked && interaction.Message is { IsEphemeral: true })
        {
            // On the person's own page the heart fills; the same pictures stay.
            var newest = beside.Append(picture).Max(id => id.Value);
            await interaction.UpdateAsync(await PageAsync(person, new PictureId(newest + 1), cancellationToken), cancellationToken);
            return;
        }

        await interaction.ReplyAsync(
            Replies.Note(result switch
            {
                LikeResult.Liked liked => $"Liked. It counts towards your taste: {Replies.Count(liked.Progress)}.",
                LikeResult.AlreadyLiked => "You liked this picture before; it counts once.",
                LikeResult.OwnPicture => "This is your own picture. Your taste is learnt from what you like among other people's.",
                _ => "This picture is gone, or stays private where it was made: it cannot be liked.",
            }),
            cancellationToken);
    }

    private async Task<MessageBody> PageAsync(PersonId person, PictureId? before, CancellationToken cancellationToken)
    {
        var unlock = await unlockRule.ProgressAsync(person, cancellationToken);
        var (shown, older) = await NextAsync(person, before, cancellationToken);
        if (shown.Count > 0)
        {
            return Replies.Explore(shown, older, unlock);
        }

        return Replies.Note(before is null
            ? "There are no pictures to show yet. Make one with `/imagine`, or rank pairs with `/rank`."
            : "There are no older pictures.");
    }

    /// <summary>The next pictures, past those whose files are all lost.</summary>
    /// <returns>Up to a page of them, none at the end, and the last one where there are older ones.</returns>
    private async Task<(IReadOnlyList<ExploredPicture> Shown, PictureId? Older)> NextAsync(PersonId person, PictureId? before, CancellationToken cancellationToken)
    {
        for (var passed = 1; ; passed++)
        {
            var page = await pictures.MadePicturesAsync(before, PageSize + 1, cancellationToken);
            var shown = await ReadAsync(person, [.. page.Take(PageSize)], cancellationToken);
            before = page.Count > PageSize ? page[PageSize - 1].Id : null;
            if (shown.Count > 0 || before is null || passed == MostPassed)
            {
                return (shown, before);
            }
        }
    }

    private async Task<IReadOnlyList<ExploredPicture>> ReadAsync(PersonId person, IReadOnlyList<Picture> page, CancellationToken cancellationToken)
    {
        var liked = await ballotBox.LikedAsync(person, [.. page.Select(picture => picture.Id)], cancellationToken);
        var shown = new List<ExploredPicture>();
        foreach (var picture in page)
        {
            try
            {
                var png = await reader.ReadSmallAsync(picture, cancellationToken);
                shown.Add(new(picture, png, picture.Author == person, liked.Contains(picture.Id)));
            }
            catch (UnreadablePictureException exception)
            {
                // The others can still be shown.
                LogLost(picture.Id, exception.Message);
            }
        }

        return shown;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {Picture} cannot be shown: {Reason}")]
    private partial void LogLost(PictureId picture, string reason);
}
