using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Personalization.Storage;

namespace Personalization.App.Web;

/// <summary>What the operator is told of a start, of the bot or of a command, that failed for reasons outside of the program.</summary>
internal static class StartFailure
{
    /// <summary>A line for each mistake, which names its setting and what is allowed there; null for a fault of the program, which needs its stack.</summary>
    public static IReadOnlyList<string>? LinesOf(Exception exception) => exception switch
    {
        OptionsValidationException wrong => [.. wrong.Failures],

        // The file of settings, and what is wrong in it.
        InvalidDataException { InnerException: FormatException } => [$"{exception.Message} {exception.GetBaseException().Message}"],

        // A database in use, a malformed seed file, an address in use.
        StorageException or InvalidDataException or IOException or UnauthorizedAccessException => [exception.Message],
        SocketException => [$"Urls: {exception.Message}. It must be addresses of this computer, with ports that this user may open."],
        _ => null,
    };

    /// <summary>Whether the host's own report of a failed start only repeats what <see cref="LinesOf"/> says, with a stack.</summary>
    public static bool IsTold(Exception? exception) => exception is not null && LinesOf(exception) is not null;
}
