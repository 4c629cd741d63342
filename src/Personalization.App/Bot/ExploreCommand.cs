using System.Net;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/explore</c>: pages of pictures by others, to like.</summary>
internal sealed partial class ExploreCommand(
    IProfileStore profiles,
    BallotBox ballotBox,
    PageSource pages,
    UnlockRule unlockRule,
    IBallotStore ballots,
    IPictureStore pictures,
    IGuildStore guilds,
    PictureReader reader,
    IGridComposer composer,
    ComputeThreads threads,
    PreviewSender previews,
    IDiscord discord,
    ILogger<ExploreCommand> logger) : ICommand
{
    public CommandDefinition Definition => new()
    {
        Name = "explore",
        Description = Text.Of($"See pictures by others, and like those you like"),
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        // A page of twelve pictures takes a moment to read.
        await interaction.DeferAsync(ephemeral: true, cancellationToken);
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        var walk = await pages.BeginAsync(voter, cancellationToken);
        await discord.EditOriginalAsync(interaction.Handle, await PageAsync(voter, walk, 0, cancellationToken) ?? ExploreView.NoPictures(), cancellationToken);
    }

    public async Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken)
    {
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        switch (id.Verb)
        {
            case "more":
                await MoreAsync(interaction, voter, id, cancellationToken);
                break;
            case "alike" or "further":
                await ShowAlikeAsync(interaction, voter, id, cancellationToken);
                break;
            case "heart":
                await LikeOnPageAsync(interaction, voter, id, cancellationToken);
                break;
            case "unheart":
                var isAlike = id.Has(1, ExploreView.Alike);
                var progress = await interaction.AcceptAsync(token => ballotBox.UnlikeAsync(voter, new(id.Number(0)), token), cancellationToken);
                await RedrawAsync(interaction, voter, progress, isAlike, cancellationToken);
                break;
            case "like":
                // The other pictures of its grid differ too little from it to be passed over.
                await interaction.ReplyAsync(ExploreView.Like(await interaction.AcceptAsync(token => ballotBox.LikeAsync(voter, new(id.Number(0)), [], token), cancellationToken)), cancellationToken);
                break;
            default:
                throw CustomId.Foreign();
        }
    }

    private async Task MoreAsync(Interaction interaction, Voter voter, CustomId id, CancellationToken cancellationToken)
    {
        var walk = new PageWalk((uint)id.Number(0), new(id.Number(1)), (int)id.Number(2));
        await interaction.DeferUpdateAsync(cancellationToken);
        await discord.EditOriginalAsync(interaction.Handle, await PageAsync(voter, walk, (int)id.Number(3), cancellationToken) ?? ExploreView.NoMorePictures(), cancellationToken);
    }

    /// <summary>Shows the pictures most like one, which was picked in the menu of a page, or whose button was pressed; or the next of them in their place.</summary>
    private async Task ShowAlikeAsync(Interaction interaction, Voter voter, CustomId id, CancellationToken cancellationToken)
    {
        var asked = interaction.Values is [var picked] ? CustomId.Parse($"explore:alike:{picked}") : id;
        var (picture, page) = (new PictureId(asked.Number(0)), asked.PageAt(1));
        await (id.Verb == "further" ? interaction.DeferUpdateAsync(cancellationToken) : interaction.DeferAsync(ephemeral: true, cancellationToken));
        await discord.EditOriginalAsync(interaction.Handle, await AlikeAsync(voter, picture, page, cancellationToken), cancellationToken);
    }

    /// <summary>Likes a picture of the person's own page, and fills its heart there.</summary>
    private async Task LikeOnPageAsync(Interaction interaction, Voter voter, CustomId id, CancellationToken cancellationToken)
    {
        var isAlike = id.Has(1, ExploreView.Alike);
        switch (await interaction.AcceptAsync(token => ballotBox.LikeAsync(voter, new(id.Number(0)), ShownOn(interaction.Message), token), cancellationToken))
        {
            case LikeResult.Liked liked:
                await RedrawAsync(interaction, voter, liked.Progress, isAlike, cancellationToken);
                await previews.SendDueAsync(interaction, voter, liked.Progress, cancellationToken);
                break;
            case LikeResult.AlreadyLiked:
                await RedrawAsync(interaction, voter, await unlockRule.ProgressAsync(voter.Profile, cancellationToken), isAlike, cancellationToken);
                break;
            case var result:
                await interaction.ReplyAsync(ExploreView.Like(result), cancellationToken);
                break;
        }
    }

    /// <summary>The same page with the hearts as they are now.</summary>
    /// <param name="isAlike">Whether its pictures are those most like one.</param>
    private async Task RedrawAsync(Interaction interaction, Voter voter, UnlockProgress progress, bool isAlike, CancellationToken cancellationToken)
    {
        var shown = ShownOn(interaction.Message);
        var found = (await pictures.FindAsync(shown, cancellationToken)).ToDictionary(known => known.Id);
        var viewer = await guilds.ViewerAsync(voter.Person, voter.Guild, cancellationToken);
        if (shown.Length == 0 || !shown.All(id => found.TryGetValue(id, out var picture) && viewer.IsOpen(picture)))
        {
            // The files show more pictures than are left.
            await interaction.ReplyAsync(ExploreView.Progress(progress), cancellationToken);
            return;
        }

        var likes = (await ballots.LikedAsync(voter.Profile, cancellationToken)).ToHashSet();
        var more = interaction.Message!.CustomIds.FirstOrDefault(id => CustomId.Parse(id).Verb is "more" or "further");
        try
        {
            await interaction.UpdateAsync(ExploreView.Page([.. shown.Select(id => found[id])], likes, more, progress, files: null, isAlike), cancellationToken);
        }
        catch (DiscordException exception) when (exception.Status == HttpStatusCode.BadRequest)
        {
            // The like counts, whatever becomes of the page.
            LogNotRedrawn(exception.Message);
            await interaction.ReplyAsync(ExploreView.Progress(progress), cancellationToken);
        }
    }

    private static PictureId[] ShownOn(DiscordMessage? page) =>
        [.. (page?.CustomIds ?? []).Select(CustomId.Parse).Where(id => id.Verb is "heart" or "unheart").Select(id => new PictureId(id.Number(0)))];

    /// <summary>The page, or the next that has a picture whose file is left; null where there is none.</summary>
    private async Task<MessageBody?> PageAsync(Voter voter, PageWalk walk, int page, CancellationToken cancellationToken)
    {
        for (; ; page++)
        {
            var (shown, liked, isLast) = await pages.ReadAsync(voter, walk, page, cancellationToken);
            var more = isLast ? null : $"explore:more:{walk.Seed}:{walk.Newest}:{walk.Likes}:{page + 1}";
            if (await PageAsync(voter, shown, liked, more, isAlike: false, cancellationToken) is { } body)
            {
                return body;
            }

            if (isLast)
            {
                return null;
            }
        }
    }

    /// <summary>The page of the pictures most like one, or the next that has a picture whose file is left.</summary>
    private async Task<MessageBody> AlikeAsync(Voter voter, PictureId picture, int page, CancellationToken cancellationToken)
    {
        for (; ; page++)
        {
            if (await pages.ReadAlikeAsync(voter, picture, page, cancellationToken) is not var (shown, liked, isLast))
            {
                return ExploreView.NotSeen();
            }

            var more = isLast ? null : $"explore:further:{picture}:{page + 1}";
            if (await PageAsync(voter, shown, liked, more, isAlike: true, cancellationToken) is { } body)
            {
                return body;
            }

            if (isLast)
            {
                return ExploreView.NoneAlike();
            }
        }
    }

    /// <summary>A page of those of the pictures whose files are left; null where none is.</summary>
    private async Task<MessageBody?> PageAsync(Voter voter, IReadOnlyList<Picture> shown, IReadOnlySet<PictureId> liked, string? more, bool isAlike, CancellationToken cancellationToken)
    {
        var read = (await Task.WhenAll(shown.Select(picture => ReadAsync(picture, cancellationToken)))).OfType<(Picture Picture, byte[] Tile)>().ToArray();
        if (read.Length == 0)
        {
            return null;
        }

        var files = await Task.WhenAll(read.Chunk(ExploreView.RowSize).Select(row =>
            threads.RunAsync(() => composer.Tile([.. row.Select(picture => (ReadOnlyMemory<byte>)picture.Tile)], PictureReader.TileSide), cancellationToken)));
        return ExploreView.Page([.. read.Select(picture => picture.Picture)], liked, more, await unlockRule.ProgressAsync(voter.Profile, cancellationToken), files, isAlike);
    }

    private async Task<(Picture, byte[])?> ReadAsync(Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return (picture, await reader.ReadTileAsync(picture, cancellationToken));
        }
        catch (Exception exception) when (exception is StorageFullException or UnreadablePictureException { InnerException: FileNotFoundException })
        {
            // The storage has said that it is full, or which file is lost.
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // No picture, or unreadable for now: the others are shown.
            LogLost(picture.Id, exception.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {Picture} cannot be shown: {Reason}")]
    private partial void LogLost(PictureId picture, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page cannot be redrawn: {Reason}")]
    private partial void LogNotRedrawn(string reason);
}
