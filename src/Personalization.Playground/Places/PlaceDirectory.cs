using Microsoft.Extensions.Options;

namespace Personalization.Playground.Places;

/// <summary>Where everything is, who is where, and what they may do there.</summary>
internal sealed class PlaceDirectory(IOptions<PlaygroundOptions> options, Threads threads)
{
    // Apart from all ids that are given: those of one millisecond of Discord's differ below bit 22.
    private const ulong DirectOffset = 1UL << 40;
    private const ulong RoleOffset = 1UL << 41;

    private readonly Dictionary<ulong, Place> _fixed = options.Value.Guilds
        .SelectMany(guild => guild.Channels.Select(channel => new Place(guild, channel)))
        .Concat(options.Value.Conversations.Select(conversation => new Place(null, conversation)))
        .Concat(options.Value.People.Select(person => Direct(options.Value, person.Id)))
        .ToDictionary(place => place.Id);

    private readonly Dictionary<ulong, string> _names = options.Value.People.ToDictionary(person => person.Id, person => person.Name);

    public PlaygroundOptions Options => options.Value;

    public ulong Bot => options.Value.Application.Id;

    /// <summary>The servers that the bot was added to.</summary>
    public IEnumerable<PlaygroundGuild> BotGuilds => Options.Guilds.Where(guild => guild.HasBot);

    public bool IsPerson(ulong id) => _names.ContainsKey(id);

    /// <summary>A person's name, or the bot's; null for others.</summary>
    public string? NameOf(ulong user) => user == Bot ? Options.Application.Name : _names.GetValueOrDefault(user);

    /// <summary>The channel, thread or conversation; null where there is none.</summary>
    public Place? Find(ulong channel)
    {
        if (threads.TryFind(channel, out var thread))
        {
            return _fixed.TryGetValue(thread.Parent!.Value, out var parent) ? new(parent.Guild, thread) : null;
        }

        return _fixed.GetValueOrDefault(channel);
    }

    /// <summary>A person's direct message with the bot.</summary>
    public Place DirectWith(ulong person) => _fixed[person + DirectOffset];

    /// <summary>A server's channels and threads.</summary>
    public IEnumerable<Place> In(PlaygroundGuild guild) => guild.Channels
        .Select(channel => channel.Id)
        .Union(threads.Under([.. guild.Channels.Select(channel => channel.Id)]).Select(thread => thread.Id))
        .Select(id => Find(id)!);

    /// <summary>The conversations that a person takes part in, the bot's first.</summary>
    public IEnumerable<Place> ConversationsOf(ulong person) =>
        Options.Conversations.Where(conversation => conversation.People.Contains(person)).Select(conversation => new Place(null, conversation)).Prepend(DirectWith(person));

    /// <summary>The people in a server, and the bot where it was added.</summary>
    public IReadOnlyList<ulong> MembersOf(PlaygroundGuild guild) =>
        [.. guild.Members ?? Options.People.Select(person => person.Id), .. guild.HasBot ? [Bot] : Array.Empty<ulong>()];

    public bool IsMember(PlaygroundGuild guild, ulong user) => user == Bot ? guild.HasBot : IsPerson(user) && guild.Members?.Contains(user) != false;

    public ulong OwnerOf(PlaygroundGuild guild) => guild.Owner ?? Options.People[0].Id;

    /// <summary>A server's roles but for the one of everyone. The bot's own comes with it.</summary>
    public IEnumerable<PlaygroundRole> RolesOf(PlaygroundGuild guild) =>
        guild.HasBot ? guild.Roles.Append(BotRole(guild)) : guild.Roles;

    public IEnumerable<PlaygroundRole> RolesOf(PlaygroundGuild guild, ulong user) => RolesOf(guild).Where(role => role.People.Contains(user));

    /// <summary>The role that adding the bot made, with the permissions of its invitation.</summary>
    public PlaygroundRole BotRole(PlaygroundGuild guild) => new(guild.Id + RoleOffset, Options.Application.Name, Permissions.Invited, [Bot]);

    public ulong PermissionsIn(PlaygroundGuild guild, ulong user) => Permissions.In(user == OwnerOf(guild), RolesOf(guild, user));

    /// <summary>What a user may do in a place: nothing where they are not in it.</summary>
    public ulong PermissionsIn(Place place, ulong user)
    {
        if (place.Guild is not { } guild)
        {
            return place.Channel.People.Contains(user) ? Permissions.Everyone : 0;
        }

        return IsMember(guild, user) ? InChannel(guild, Shaping(place), user, [.. RolesOf(guild, user).Select(role => role.Id)]) : 0;
    }

    /// <summary>What an interaction says the application may do.</summary>
    public ulong AppPermissionsIn(Place place) => place switch
    {
        // Where it was not added, it has what everyone has.
        { Guild: { HasBot: false } guild } => InChannel(guild, Shaping(place), user: 0, []),
        { Guild: not null } => PermissionsIn(place, Bot),
        _ => IsWithBot(place) ? Permissions.DirectMessage : Permissions.Conversation,
    };

    public bool IsWithBot(Place place) => place.Channel.People.Contains(Bot);

    public bool CanSee(Place place, ulong user)
    {
        var bits = PermissionsIn(place, user);
        var isIn = place.Channel.Type != ChannelType.PrivateThread || (bits & Permissions.ManageThreads) != 0 || threads.Members(place.Channel).Contains(user);
        return isIn && (bits & Permissions.ViewChannel) != 0;
    }

    public bool CanWrite(Place place, ulong user) =>
        CanSee(place, user) && (PermissionsIn(place, user) & (place.IsThread ? Permissions.SendMessagesInThreads : Permissions.SendMessages)) != 0;

    private static Place Direct(PlaygroundOptions options, ulong person) =>
        new(null, new PlaygroundChannel(person + DirectOffset, "") { Type = ChannelType.Direct, People = [options.Application.Id, person] });

    // A thread has the permissions of its channel.
    private PlaygroundChannel Shaping(Place place) => place.Channel.Parent is { } parent && _fixed.TryGetValue(parent, out var channel) ? channel.Channel : place.Channel;

    private ulong InChannel(PlaygroundGuild guild, PlaygroundChannel channel, ulong user, IReadOnlyCollection<ulong> roles) =>
        Permissions.In(channel, guild.Id, user, roles, PermissionsIn(guild, user));
}
