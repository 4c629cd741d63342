namespace Personalization.Playground.Places;

/// <summary>Discord's numbers for the kinds of channels that the playground has (https://discord.com/developers/docs/resources/channel#channel-object-channel-types).</summary>
public enum ChannelType
{
    Text = 0,

    /// <summary>Between two people, or a person and the bot.</summary>
    Direct = 1,

    /// <summary>Between several people, without the bot.</summary>
    Group = 3,

    PublicThread = 11,

    /// <summary>Seen by its members, and by those who manage threads.</summary>
    PrivateThread = 12,
}
