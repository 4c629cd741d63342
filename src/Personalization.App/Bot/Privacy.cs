using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;

namespace Personalization.App.Bot;

/// <summary>Decides where pictures are private: in direct messages, private threads and age-restricted channels.</summary>
internal sealed class Privacy(DiscordRest rest, TimeProvider time) : IDisposable
{
    // The person waits for this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _parents = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Whether pictures made there are private; they are where that cannot be determined in time.</summary>
    public async ValueTask<bool> IsPrivateAsync(Interaction interaction, CancellationToken cancellationToken) => interaction switch
    {
        { Handle.GuildId: null } or { IsInPrivateThread: true } => true,
        { IsAgeRestricted: { } isRestricted } => isRestricted,
        { ThreadParentId: { } parent } => _parents.TryGetValue(parent, out bool known) ? known : await AskAsync(parent, cancellationToken),
        _ => true,
    };

    public void Dispose() => _parents.Dispose();

    private async Task<bool> AskAsync(ulong channel, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var isRestricted = await rest.IsAgeRestrictedAsync(channel, either.Token);
            return _parents.Set(channel, isRestricted, Entry());
        }
        catch (DiscordException exception) when (exception.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            // The bot may not see the channel: asking again would be refused again.
            return _parents.Set(channel, true, Entry());
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private static MemoryCacheEntryOptions Entry() => new() { AbsoluteExpirationRelativeToNow = Remembered, Size = 1 };
}
