using Discord;
using Microsoft.Extensions.Logging;

namespace Personalization.DiscordNet;

/// <summary>Discord.Net's log as the program's, without tokens of interactions.</summary>
internal sealed partial class DiscordNetLog(ILogger logger)
{
    // What Discord.Net tells in its log alone.
    private const string Resumed = "Resumed previous session";

    // A playground's token has another form than Discord's.
    private const string OddToken = "A supplied token was invalid.";

    public Task Write(LogMessage message)
    {
        var text = Redaction.Of(message);
        switch (message)
        {
            case { Message: Resumed }:
                LogResumed(message.Source);
                break;
            case { Message: OddToken }:
                // Discord decides whether it takes a token.
                break;
            case { Severity: <= LogSeverity.Error }:
                LogError(text);
                break;
            case { Severity: LogSeverity.Warning }:
                LogWarning(text);
                break;
            default:
                LogInformation(text);
                break;
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Shard}: RESUMED")]
    private partial void LogResumed(string shard);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Text}")]
    private partial void LogError(string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private partial void LogWarning(string text);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
    private partial void LogInformation(string text);
}
