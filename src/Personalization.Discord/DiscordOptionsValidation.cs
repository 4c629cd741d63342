using Microsoft.Extensions.Options;

namespace Personalization.Discord;

internal sealed class DiscordOptionsValidation : IValidateOptions<DiscordOptions>
{
    public ValidateOptionsResult Validate(string? name, DiscordOptions options)
    {
        var failures = new List<string>();
        if (options.Token.Length == 0 || options.Token.Any(char.IsWhiteSpace))
        {
            failures.Add("Discord:Token is empty or has a space in it; copy it whole from the Bot page of your application.");
        }

        if (!options.ApiUrl.IsAbsoluteUri || options.ApiUrl.Scheme is not ("http" or "https") || !options.ApiUrl.AbsolutePath.EndsWith('/'))
        {
            failures.Add($"Discord:ApiUrl is \"{options.ApiUrl}\"; it must be an absolute http or https address that ends with a slash, such as https://discord.com/api/v10/.");
        }

        if (options.GatewayUrl is { } gateway && (!gateway.IsAbsoluteUri || gateway.Scheme is not ("ws" or "wss")))
        {
            failures.Add($"Discord:GatewayUrl is \"{gateway}\"; it must be an absolute ws or wss address.");
        }

        // Parentheses would end the comment that holds the address in a User-Agent, and a header is ASCII. An empty setting binds to null.
        if (options.HomepageUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" } homepage || homepage.AbsoluteUri.Any(character => !char.IsAscii(character) || character is '(' or ')'))
        {
            failures.Add($"Discord:HomepageUrl is \"{options.HomepageUrl}\"; it must be an absolute http or https address in ASCII without parentheses, such as https://example.org/bot.");
        }

        if (options.AnswerWithin <= TimeSpan.Zero || options.AnswerWithin > TimeSpan.FromMinutes(15))
        {
            failures.Add($"Discord:AnswerWithin is {options.AnswerWithin}; it must be above 0 and at most 00:15:00. Discord's own limit is 00:00:03.");
        }

        if (options.ShardCount < 1)
        {
            failures.Add($"Discord:ShardCount is {options.ShardCount}; it must be at least 1.");
        }

        if (options.Shards is { } shards && (options.ShardCount is null || shards.Count == 0 || shards.Any(shard => shard < 0 || shard >= options.ShardCount)))
        {
            failures.Add($"Discord:Shards is {string.Join(", ", shards)}; it must be numbers from 0 to Discord:ShardCount - 1, and Discord:ShardCount with them.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
