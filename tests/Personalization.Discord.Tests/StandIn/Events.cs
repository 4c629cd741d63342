namespace Personalization.Discord.Tests.StandIn;

/// <summary>Events as Discord sends them.</summary>
internal static class Events
{
    /// <summary>A command in a server that has installed the bot.</summary>
    public static string Command(ulong id, string options = "[]") =>
        $$$"""{"id":"{{{id}}}","application_id":"9","type":2,"token":"interaction.token","version":1,"guild_id":"7","channel_id":"8","context":0,"member":{"user":{"id":"5","username":"ada","global_name":"Ada"}},"app_permissions":"3072","authorizing_integration_owners":{"0":"7"},"attachment_size_limit":1000,"locale":"de","guild_locale":"en-US","entitlements":[],"data":{"id":"1","name":"imagine","type":1,"options":{{{options}}}}}""";
}
