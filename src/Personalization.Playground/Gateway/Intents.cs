namespace Personalization.Playground.Gateway;

/// <summary>What a session asked to hear of (https://discord.com/developers/docs/events/gateway#list-of-intents).</summary>
internal static class Intents
{
    public const int Guilds = 1;
    public const int GuildMembers = 1 << 1;
    public const int GuildPresences = 1 << 8;
    public const int GuildMessages = 1 << 9;
    public const int DirectMessages = 1 << 12;
    public const int MessageContent = 1 << 15;
}
