using Discord;

namespace Personalization.DiscordNet;

/// <summary>The webhook that an interaction's token stands for: all that Discord.Net needs of one to write its messages.</summary>
internal sealed class InteractionWebhook(ulong applicationId, string token) : IWebhook
{
    public ulong Id => applicationId;

    public string Token => token;

    public string? Name => null;

    public string? AvatarId => null;

    public IIntegrationChannel? Channel => null;

    public ulong? ChannelId => null;

    public IGuild? Guild => null;

    public ulong? GuildId => null;

    public IUser? Creator => null;

    public ulong? ApplicationId => applicationId;

    public WebhookType Type => WebhookType.Application;

    public DateTimeOffset CreatedAt => SnowflakeUtils.FromSnowflake(applicationId);

    public string? GetAvatarUrl(ImageFormat format = ImageFormat.Auto, ushort size = 128) => null;

    public Task ModifyAsync(Action<WebhookProperties> func, RequestOptions? options = null) => throw Unsupported();

    public Task DeleteAsync(RequestOptions? options = null) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("An interaction's webhook can neither be changed nor deleted.");
}
