using System.Text.Json;
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

    /// <summary>Takes an event of the gateway; those about other things change nothing.</summary>
    /// <returns>False where too many wait, so that it is lost.</returns>
    internal bool Take(string name, JsonElement data) => name switch
    {
        "MESSAGE_DELETE" when data.Snowflake("id") is { } id => _deleted.Writer.TryWrite([id]),
        "MESSAGE_DELETE_BULK" => _deleted.Writer.TryWrite([.. data.Items("ids").Select(id => id.GetString()).Select(id => ulong.TryParse(id, out var number) ? number : 0)]),
        _ => true,
    };
}
