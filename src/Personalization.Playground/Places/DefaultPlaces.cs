namespace Personalization.Playground.Places;

/// <summary>
/// A place of each kind. The first server is a newcomer's: two channels open to all. The second has what the first lacks: a
/// thread, a channel for adults, one for a role alone. The third has not added the bot.
/// </summary>
internal static class DefaultPlaces
{
    public const ulong Application = 1100000000000000001;

    private const ulong Ada = 1100000000000000101;
    private const ulong Grace = 1100000000000000102;
    private const ulong Linus = 1100000000000000103;
    private const ulong Margaret = 1100000000000000104;
    private const ulong Studio = 1100000000000000003;
    private const ulong StudioGeneral = 1100000000000000020;
    private const ulong Curators = 1100000000000000030;

    public static IReadOnlyList<(ulong Id, string Name)> People { get; } = [(Ada, "Ada"), (Grace, "Grace"), (Linus, "Linus"), (Margaret, "Margaret")];

    public static IReadOnlyList<ulong> UserInstallations { get; } = [Ada, Grace];

    public static IReadOnlyList<PlaygroundGuild> Guilds { get; } =
    [
        new(1100000000000000002, "Playground")
        {
            Channels =
            [
                new(1100000000000000010, "pictures", "Type / to begin: /rank teaches your taste, /imagine makes pictures"),
                new(1100000000000000011, "lounge", "A second room"),
            ],
        },
        new(Studio, "Studio")
        {
            Owner = Grace,
            Roles = [new(Curators, "Curators", Permissions.ManageMessages | Permissions.ManageThreads, [Linus])],
            Channels =
            [
                new(StudioGeneral, "general", "Another server with the bot, whose pictures are its own"),
                new(1100000000000000021, "after-dark", "For adults") { IsAgeRestricted = true },
                new(1100000000000000022, "curators", "Seen by curators and the server's owner; the bot is not among them")
                {
                    Overwrites = [new(Studio, IsRole: true, Allow: 0, Permissions.ViewChannel), new(Curators, IsRole: true, Permissions.ViewChannel, Deny: 0)],
                },
                new(1100000000000000023, "posters") { Type = ChannelType.PublicThread, Parent = StudioGeneral, Owner = Grace },
                new(1100000000000000024, "secret-posters") { Type = ChannelType.PrivateThread, Parent = StudioGeneral, Owner = Grace },
            ],
        },
        new(1100000000000000004, "Elsewhere")
        {
            HasBot = false,
            Owner = Linus,
            Members = [Ada, Grace, Linus],
            Channels = [new(1100000000000000025, "chatter", "The bot was not added here: those use it who installed it for themselves")],
        },
    ];

    public static IReadOnlyList<PlaygroundChannel> Conversations { get; } =
    [
        new(1100000000000000040, "") { Type = ChannelType.Direct, People = [Ada, Grace] },
        new(1100000000000000041, "Weekend") { Type = ChannelType.Group, Owner = Ada, People = [Ada, Grace, Linus] },
    ];
}
