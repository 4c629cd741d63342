using System.Threading.Channels;

namespace Personalization.Discord.Gateway;

/// <summary>The messages that were deleted in guilds, the bot's and others', while it was connected.</summary>
public sealed class DeletedMessages
{
    /// <summary>Events that may wait. Discord limits deletions so far below what is handled that only a fault fills this.</summary>
    private const int MaxWaiting = 10_000;

    private readonly Channel<IReadOnlyList<ulong>> _deleted = Channel.CreateBounded<IReadOnlyList<ulong>>(MaxWaiting);

    /// <summary>The ids of deleted messages, by event: one, or up to 100 that a moderator deleted together.</summary>
    public IAsyncEnumerable<IReadOnlyList<ulong>> ReadAllAsync(CancellationToken cancellationToken) => _deleted.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes the ids of messages that were deleted together.</summary>
    /// <returns>False where too many wait, so that they are lost.</returns>
    internal bool Add(IReadOnlyList<ulong> ids) => _deleted.Writer.TryWrite(ids);
}
