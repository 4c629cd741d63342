namespace Personalization.Discord.Gateway;

/// <summary>Discord rejects the bot as it is configured; the message says what to change.</summary>
internal sealed class GatewayFatalException(string message) : Exception(message);
