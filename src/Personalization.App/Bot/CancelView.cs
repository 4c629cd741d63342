using Personalization.Discord.Rest;

namespace Personalization.App.Bot;

/// <summary>What <c>/cancel</c> shows.</summary>
internal static class CancelView
{
    public static MessageBody NothingToCancel() => Replies.Note("You have no pictures that are being painted.");

    public static MessageBody Cancelled() => Replies.Note("Your pictures are cancelled.");

    /// <summary>Painting ended before the request to cancel arrived.</summary>
    public static MessageBody TooLate() => Replies.Note("These pictures have just been painted, so they cannot be cancelled any more.");
}
