using System.Collections.Concurrent;
using Discord;
using Discord.WebSocket;
using Personalization.Discord.Gateway;

namespace Personalization.DiscordNet;

/// <summary>Who sees which channel, by what Discord.Net holds of servers.</summary>
internal sealed class GuildDirectory(Connection connection) : IGuildDirectory
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource> _awaited = new();

    /// <inheritdoc/>
    public bool IsOpen(ulong guild, ulong channel) =>
        Find(guild) is { NsfwLevel: not (NsfwLevel.Explicit or NsfwLevel.AgeRestricted) } known
        && known.GetChannel(channel) is { } found and not SocketThreadChannel
        && !IsRestricted(found)
        && IsOpen(known.EveryoneRole.Permissions.RawValue, found);

    /// <inheritdoc/>
    public Task KnownAsync(ulong guild, CancellationToken cancellationToken)
    {
        var known = _awaited.GetOrAdd(guild, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return Find(guild) is null ? known.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Takes it that a guild is known now.</summary>
    public void Take(SocketGuild guild)
    {
        if (_awaited.TryRemove(guild.Id, out var awaited))
        {
            awaited.SetResult();
        }
    }

    // A server of another process's shard has no shard here.
    private SocketGuild? Find(ulong guild) =>
        connection.Client is { LoginState: LoginState.LoggedIn } client && client.GetShardFor(guild)?.GetGuild(guild) is { IsConnected: true } known ? known : null;

    private static bool IsRestricted(SocketGuildChannel channel) => channel switch
    {
        SocketTextChannel text => text.IsNsfw,
        SocketForumChannel forum => forum.IsNsfw,
        _ => false,
    };

    private static bool IsOpen(ulong everyone, SocketGuildChannel channel)
    {
        var (allowed, denied, deniedToSome) = (0UL, 0UL, 0UL);
        foreach (var overwrite in channel.PermissionOverwrites)
        {
            if (overwrite.TargetId == channel.Guild.Id)
            {
                (allowed, denied) = (overwrite.Permissions.AllowValue, overwrite.Permissions.DenyValue);
            }
            else
            {
                deniedToSome |= overwrite.Permissions.DenyValue;
            }
        }

        // Those who may connect see a voice channel's messages.
        var needed = (ulong)ChannelPermission.ViewChannel | (channel is SocketVoiceChannel ? (ulong)ChannelPermission.Connect : 0);
        return (everyone & (ulong)GuildPermission.Administrator) != 0 || ((((everyone & ~denied) | allowed) & needed) == needed && (deniedToSome & needed) == 0);
    }
}
