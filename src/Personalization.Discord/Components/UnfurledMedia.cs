namespace Personalization.Discord.Components;

/// <summary>Where a picture is: <c>attachment://NAME</c> for a file of the message.</summary>
public sealed record UnfurledMedia(string Url);
