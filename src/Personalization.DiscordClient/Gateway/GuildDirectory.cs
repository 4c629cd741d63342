using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Personalization.Discord.Gateway;

namespace Personalization.DiscordClient.Gateway;

/// <summary>Who sees which channel, from GUILD_CREATE on.</summary>
internal sealed class GuildDirectory : IGuildDirectory
{
    // Discord's permission bits.
    private const ulong Administrator = 1UL << 3;
    private const ulong ViewChannel = 1UL << 10;
    private const ulong Connect = 1UL << 20;

    // Discord's channel types whose messages are seen by those who may connect.
    private const int Voice = 2;
    private const int Stage = 13;

    private readonly ConcurrentDictionary<ulong, Guild> _guilds = new();
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource> _awaited = new();

    /// <inheritdoc/>
    public bool IsOpen(ulong guild, ulong channel) =>
        _guilds.TryGetValue(guild, out var known) && !known.IsRestricted && known.Channels.TryGetValue(channel, out var found) && found.IsOpen(known.Everyone);

    /// <inheritdoc/>
    public Task KnownAsync(ulong guild, CancellationToken cancellationToken)
    {
        var known = _awaited.GetOrAdd(guild, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _guilds.ContainsKey(guild) ? Task.CompletedTask : known.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes an event of the gateway; those about other things change nothing.</summary>
    /// <exception cref="JsonException">A part that is needed is missing.</exception>
    public void Take(string name, JsonElement data)
    {
        switch (name)
        {
            case "GUILD_CREATE":
                _guilds[Id(data, "id")] = Guild.Read(data);
                if (_awaited.TryRemove(Id(data, "id"), out var awaited))
                {
                    awaited.SetResult();
                }

                break;
            case "GUILD_DELETE":
                _guilds.TryRemove(Id(data, "id"), out _);
                break;
            case "GUILD_UPDATE" when _guilds.TryGetValue(Id(data, "id"), out var guild):
                guild.Update(data);
                break;
            case "GUILD_ROLE_UPDATE" when _guilds.TryGetValue(Id(data, "guild_id"), out var guild):
                guild.UpdateRole(data.GetProperty("role"));
                break;
            case "CHANNEL_CREATE" or "CHANNEL_UPDATE" when data.Snowflake("guild_id") is { } id && _guilds.TryGetValue(id, out var guild):
                guild.Channels[Id(data, "id")] = Channel.Read(id, data);
                break;
            case "CHANNEL_DELETE" when data.Snowflake("guild_id") is { } id && _guilds.TryGetValue(id, out var guild):
                guild.Channels.TryRemove(Id(data, "id"), out _);
                break;
        }
    }

    private static ulong Id(JsonElement data, string name) => data.Snowflake(name) ?? throw new JsonException($"An event has no {name}.");

    private static ulong Permissions(JsonElement data, string name) =>
        ulong.TryParse(data.Optional(name)?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? bits : 0;

    private sealed class Guild(ulong id)
    {
        // Explicit, and age-restricted.
        private static readonly int[] RestrictedLevels = [1, 3];

        public ConcurrentDictionary<ulong, Channel> Channels { get; } = new();

        /// <summary>The permissions that every member has.</summary>
        public ulong Everyone { get; private set; }

        public bool IsRestricted { get; private set; }

        public static Guild Read(JsonElement data)
        {
            var guild = new Guild(Id(data, "id"));
            guild.Update(data);
            foreach (var channel in data.Items("channels"))
            {
                guild.Channels[Id(channel, "id")] = Channel.Read(Id(data, "id"), channel);
            }

            return guild;
        }

        public void Update(JsonElement data)
        {
            IsRestricted = data.Optional("nsfw_level")?.GetInt32() is { } level && RestrictedLevels.Contains(level);
            foreach (var role in data.Items("roles"))
            {
                UpdateRole(role);
            }
        }

        // The role of everyone has the id of its guild.
        public void UpdateRole(JsonElement role) => Everyone = role.Snowflake("id") == id ? Permissions(role, "permissions") : Everyone;
    }

    private readonly record struct Channel(bool IsRestricted, ulong Needed, ulong Allowed, ulong Denied, ulong DeniedToSome)
    {
        public bool IsOpen(ulong everyone) =>
            !IsRestricted && ((everyone & Administrator) != 0 || ((((everyone & ~Denied) | Allowed) & Needed) == Needed && (DeniedToSome & Needed) == 0));

        public static Channel Read(ulong guild, JsonElement data)
        {
            var (allowed, denied, deniedToSome) = (0UL, 0UL, 0UL);
            foreach (var overwrite in data.Items("permission_overwrites"))
            {
                if (overwrite.Snowflake("id") == guild)
                {
                    (allowed, denied) = (Permissions(overwrite, "allow"), Permissions(overwrite, "deny"));
                }
                else
                {
                    deniedToSome |= Permissions(overwrite, "deny");
                }
            }

            var needed = data.Optional("type")?.GetInt32() is Voice or Stage ? ViewChannel | Connect : ViewChannel;
            return new(data.Optional("nsfw")?.ValueKind == JsonValueKind.True, needed, allowed, denied, deniedToSome);
        }
    }
}
