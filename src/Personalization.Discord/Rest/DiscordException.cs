using System.Net;

namespace Personalization.Discord.Rest;

/// <summary>Discord refused a request for good.</summary>
public sealed class DiscordException(HttpStatusCode status, int code, string message)
    : Exception($"Discord answered {(int)status} ({code}): {message}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>Discord's own error code, see <see cref="DiscordErrorCode"/>; 0 where it gave none.</summary>
    public int Code { get; } = code;
}
