namespace Personalization.Playground.Places;

/// <summary>What a channel allows and denies a role or a member, as bits (https://discord.com/developers/docs/topics/permissions).</summary>
/// <param name="Id">The role's, the server's for everyone, or the member's.</param>
public readonly record struct PermissionOverwrite(ulong Id, bool IsRole, ulong Allow, ulong Deny);
