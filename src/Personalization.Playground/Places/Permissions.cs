namespace Personalization.Playground.Places;

/// <summary>Discord's permission bits and how they add up (https://discord.com/developers/docs/topics/permissions).</summary>
internal static class Permissions
{
    public const ulong Administrator = 1UL << 3;
    public const ulong ViewChannel = 1UL << 10;
    public const ulong SendMessages = 1UL << 11;
    public const ulong ManageMessages = 1UL << 13;
    public const ulong EmbedLinks = 1UL << 14;
    public const ulong AttachFiles = 1UL << 15;
    public const ulong MentionEveryone = 1UL << 17;
    public const ulong UseExternalEmojis = 1UL << 18;
    public const ulong UseApplicationCommands = 1UL << 31;
    public const ulong ManageThreads = 1UL << 34;
    public const ulong CreatePublicThreads = 1UL << 35;
    public const ulong CreatePrivateThreads = 1UL << 36;
    public const ulong SendMessagesInThreads = 1UL << 38;

    /// <summary>What everyone has in a new server.</summary>
    public const ulong Everyone = 2248473465835073;

    /// <summary>What the bot's invitation asks for: to view channels, send messages, embed links, attach files and read what was said.</summary>
    public const ulong Invited = 117760;

    /// <summary>What the application has in conversations of people ("app_permissions" in Discord's description of interactions).</summary>
    public const ulong Conversation = EmbedLinks | AttachFiles | MentionEveryone;

    /// <summary>What the application has in a direct message with its bot.</summary>
    public const ulong DirectMessage = Conversation | UseExternalEmojis;

    /// <summary>Every bit, named or not, that a number of JavaScript holds.</summary>
    public const ulong All = (1UL << 53) - 1;

    /// <summary>A member's permissions in a whole server.</summary>
    /// <param name="roles">Those that the member has, without the one of everyone.</param>
    public static ulong In(bool isOwner, IEnumerable<PlaygroundRole> roles)
    {
        var sum = roles.Aggregate(Everyone, (bits, role) => bits | role.Permissions);
        return isOwner || (sum & Administrator) != 0 ? All : sum;
    }

    /// <summary>A member's permissions in a channel: the server's, then what the channel says of everyone, of roles, of the member.</summary>
    public static ulong In(PlaygroundChannel channel, ulong guild, ulong member, IReadOnlyCollection<ulong> roles, ulong inGuild)
    {
        if (inGuild == All)
        {
            return All;
        }

        var bits = Apply(inGuild, channel.Overwrites.Where(overwrite => overwrite.IsRole && overwrite.Id == guild));
        bits = Apply(bits, channel.Overwrites.Where(overwrite => overwrite.IsRole && roles.Contains(overwrite.Id)));
        return Apply(bits, channel.Overwrites.Where(overwrite => !overwrite.IsRole && overwrite.Id == member));
    }

    private static ulong Apply(ulong bits, IEnumerable<PermissionOverwrite> overwrites)
    {
        var (allow, deny) = overwrites.Aggregate((Allow: 0UL, Deny: 0UL), (sum, overwrite) => (sum.Allow | overwrite.Allow, sum.Deny | overwrite.Deny));
        return (bits & ~deny) | allow;
    }
}
