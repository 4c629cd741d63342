using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>What a look at a server's job shows.</summary>
internal abstract record RemoteJobStatus
{
    private RemoteJobStatus()
    {
    }

    /// <summary>It waits or is being painted.</summary>
    public sealed record InProgress(PaintingProgress Progress) : RemoteJobStatus;

    /// <summary>It has ended, well or with a refusal.</summary>
    public sealed record Ended(PaintingResult Result) : RemoteJobStatus;

    /// <summary>The server does not know it.</summary>
    public sealed record NotFound : RemoteJobStatus;
}
