using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>What <c>/explore</c> shows.</summary>
internal static class ExploreView
{
    /// <summary>The pictures of one file, above their hearts.</summary>
    public const int RowSize = 4;

    /// <summary>In the id of a heart: its page has the pictures most like one.</summary>
    public const long Alike = 1;

    /// <summary>How much of a picture's prompt is shown, in UTF-16 units.</summary>
    private const int MaxCaption = 100;

    // With the number before it, within what Discord takes.
    private const int MaxOption = 90;

    /// <summary>A page of pictures, four to a file, with a heart for each.</summary>
    /// <param name="pictures">One to twelve.</param>
    /// <param name="liked">What the person likes.</param>
    /// <param name="more">The custom id of the button to the next page; null on the last one.</param>
    /// <param name="files">In order; null where the message keeps those that it has.</param>
    /// <param name="isAlike">Whether they are those most like one.</param>
    public static MessageBody Page(IReadOnlyList<Picture> pictures, IReadOnlySet<PictureId> liked, string? more, UnlockProgress unlock, IReadOnlyList<PictureFile>? files, bool isAlike)
    {
        var title = isAlike ? Text.Of($"More like this") : Text.Of($"Which do you like?");
        var components = new List<MessageComponent>
        {
            new TextDisplay($"### {title}\n{Text.Of($"Each heart teaches the bot your taste. The others of the page count as passed over.")}"),
        };
        foreach (var (row, some) in pictures.Index().Chunk(RowSize).Index())
        {
            components.Add(new TextDisplay(string.Join('\n', some.Select(shown => $"{shown.Index + 1}. {Markdown.Escape(shown.Item.Prompt, MaxCaption)}"))));
            components.Add(Replies.Gallery((FileOf(row), string.Join(" · ", some.Select(shown => $"{shown.Index + 1}. {Markdown.Cut(shown.Item.Prompt, MaxCaption)}")))));
            components.Add(new ActionRow([.. some.Select(shown => Heart(shown.Index, isAlike ? $"{shown.Item.Id}:{Alike}" : $"{shown.Item.Id}", liked.Contains(shown.Item.Id)))]));
        }

        components.Add(new ActionRow(new StringSelect(
            "explore:alike",
            [.. pictures.Index().Select(shown => new SelectOption($"{shown.Index + 1}. {Markdown.Cut(shown.Item.Prompt, MaxOption)}", $"{shown.Item.Id}"))],
            Text.Of($"More like one of these"))));

        Button[] next =
        [
            .. more is null ? Array.Empty<Button>() : [Button.Primary(more, Text.Of($"More"))],
            .. unlock.IsUnlocked ? [ImagineView.OwnPrompt()] : Array.Empty<Button>(),
        ];
        if (next.Length > 0)
        {
            components.Add(new ActionRow(next));
        }

        components.Add(new TextDisplay(Replies.Bar(unlock)));
        return new()
        {
            Ephemeral = true,
            Components = components,
            KeepsFiles = files is null,
            Files = [.. (files ?? []).Select((file, row) => new MessageFile(FileOf(row), file.Content, file.ContentType))],
        };
    }

    /// <summary>A server without pictures, or without any whose file is left.</summary>
    public static MessageBody NoPictures() => Replies.Note($"There are no pictures by others to show. `/rank` teaches your taste, too.");

    /// <summary>The end of the walk.</summary>
    public static MessageBody NoMorePictures() => Replies.Note($"You have seen them all. `/explore` begins again.");

    /// <summary>A picture that the person may not see, and so not ask about.</summary>
    public static MessageBody NotSeen() => Replies.Note($"This picture cannot be shown here: it no longer exists, or it is private.");

    /// <summary>A picture that nothing can be compared with.</summary>
    public static MessageBody NoneAlike() => Replies.Note($"There are no pictures by others to compare this one with.");

    /// <summary>The progress alone, where the page cannot be shown again.</summary>
    public static MessageBody Progress(UnlockProgress unlock) => Replies.Personal([new TextDisplay(Replies.Bar(unlock))], []);

    /// <summary>What became of a like.</summary>
    public static MessageBody Like(LikeResult result) => Replies.Note(result switch
    {
        LikeResult.Liked liked => $"Liked. It counts towards your taste: {Replies.Count(liked.Progress)}.",
        LikeResult.AlreadyLiked => $"You have already liked this picture; it counts once.",
        LikeResult.OwnPicture => $"This is your own picture. Your taste is learned from what you like among other people's pictures.",
        LikeResult.Unknown => $"This picture cannot be liked: it no longer exists, or it is private.",
        _ => throw new InvalidOperationException($"There is no answer to {result.GetType().Name}."),
    });

    private static Button Heart(int index, string picture, bool isLiked) =>
        isLiked ? Button.Secondary($"explore:unheart:{picture}", $"{index + 1}", "❤️") : Button.Secondary($"explore:heart:{picture}", $"{index + 1}", "🤍");

    private static string FileOf(int row) => $"page{row + 1}.jpg";
}
