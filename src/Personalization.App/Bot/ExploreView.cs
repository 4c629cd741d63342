using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>What <c>/explore</c> shows.</summary>
internal static class ExploreView
{
    /// <summary>How much of a picture's prompt is shown, in UTF-16 units.</summary>
    private const int MaxCaption = 150;

    /// <summary>A page of pictures by everyone, each with a like button.</summary>
    /// <param name="pictures">One to four.</param>
    /// <param name="older">Where the next page begins; null on the last one.</param>
    public static MessageBody Page(IReadOnlyList<ExploredPicture> pictures, PictureId? older, UnlockProgress unlock)
    {
        var ids = pictures.Select(shown => shown.Picture.Id).ToList();
        var likes = pictures.Select((shown, i) =>
        {
            var others = string.Join(',', ids.Where(id => id != shown.Picture.Id));
            return Button.Secondary($"explore:like:{shown.Picture.Id}:{others}", shown.IsOwn ? Text.Of($"{i + 1} (yours)") : $"{i + 1}", shown.IsLiked ? "❤️" : "🤍") with
            {
                Disabled = shown.IsOwn || shown.IsLiked,
            };
        });
        var text = string.Join('\n', pictures.Select((shown, i) => $"{i + 1}. {Markdown.Escape(shown.Picture.Prompt, MaxCaption)}"));
        var rows = new List<MessageComponent>
        {
            new TextDisplay($"### {Text.Of($"Pictures by everyone")}\n{text}"),
            Replies.Gallery([.. pictures.Select((shown, i) => ($"picture{i + 1}.png", shown.Picture.Prompt))]),
            new ActionRow([.. likes]),
        };
        if (older is not null)
        {
            rows.Add(new ActionRow([Button.Primary($"explore:older:{older}", Text.Of($"More"))]));
        }

        rows.Add(new TextDisplay(Replies.Bar(unlock)));
        return new()
        {
            Ephemeral = true,
            Components = rows,
            Files = [.. pictures.Select((shown, i) => new MessageFile($"picture{i + 1}.png", shown.Png, "image/png"))],
        };
    }

    /// <summary>A server without pictures, or without any whose file is left.</summary>
    public static MessageBody NoPictures() => Replies.Note($"There are no pictures to show yet. Make one with `/imagine`, or rank pairs with `/rank`.");

    /// <summary>The end of the list.</summary>
    public static MessageBody NoOlderPictures() => Replies.Note($"There are no older pictures.");

    /// <summary>What became of a like.</summary>
    public static MessageBody Like(LikeResult result) => Replies.Note(result switch
    {
        LikeResult.Liked liked => $"Liked. It counts towards your taste: {Replies.Count(liked.Progress)}.",
        LikeResult.AlreadyLiked => $"You have already liked this picture; it counts once.",
        LikeResult.OwnPicture => $"This is your own picture. Your taste is learned from what you like among other people's pictures.",
        LikeResult.Unknown => $"This picture cannot be liked: it no longer exists, or it is private.",
        _ => throw new InvalidOperationException($"There is no answer to {result.GetType().Name}."),
    });
}
