using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Personalization.Discord.Tests;

/// <summary>The client on Discord.Net cannot be built here: what its trial was of must still be what there is.</summary>
public sealed partial class DiscordNetTrialTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Discord_contract_is_the_one_that_was_tried_on_Discord_Net()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "discord-net.md"));

        var stamped = Stamp().Match(page).Groups["fingerprint"].Value;

        var fingerprint = Fingerprint();
        Assert.True(stamped == fingerprint, $"The contract has changed since the trial on Discord.Net in docs/discord-net.md. Try it again as the page says, and set its fingerprint, {(stamped.Length == 0 ? "none" : stamped)}, to {fingerprint}.");
    }

    /// <summary>A hash over all that clients and the bot can name of the contract.</summary>
    private static string Fingerprint()
    {
        var lines = typeof(DiscordOptions).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Personalization.Discord", StringComparison.Ordinal) == true && IsOurs(type))
            .SelectMany(type => type.GetMembers(Declared).Where(member => IsOurs(member) && IsVisible(member)).Select(member => $"{type} {member}").Prepend($"{type} {type.BaseType}"))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }

    private static bool IsOurs(MemberInfo member) => !member.Name.Contains('<');

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => !method.IsPrivate,
        FieldInfo field => !field.IsPrivate,
        Type => false,
        _ => true,
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Personalization.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("fingerprint `(?<fingerprint>[0-9a-f]{16})`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Stamp();
}
