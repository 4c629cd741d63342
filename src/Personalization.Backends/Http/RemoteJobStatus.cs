using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>The status of a job on a server.</summary>
internal abstract record RemoteJobStatus
{
    private RemoteJobStatus()
    {
    }

    /// <summary>The job is waiting or being painted.</summary>
    public sealed record InProgress(PaintingProgress Progress) : RemoteJobStatus
    {
        /// <summary>Gets the pictures that are painted by now, for a job that is given up; null while there are none.</summary>
        public Func<CancellationToken, Task<RemoteJobStatus>>? CollectAsync { get; init; }
    }

    /// <summary>The job has ended, with pictures or a refusal.</summary>
    public sealed record Ended(PaintingResult Result) : RemoteJobStatus;

    /// <summary>The server does not know the job, or no longer has its pictures.</summary>
    /// <param name="Reason">What is known of it, for the operator.</param>
    public sealed record NotFound(BackendException? Reason = null) : RemoteJobStatus;
}
