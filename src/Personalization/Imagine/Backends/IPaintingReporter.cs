namespace Personalization.Imagine.Backends;

/// <summary>Receives the progress of a painting, and the ticket under which the backend's job is found again after a restart.</summary>
public interface IPaintingReporter : IProgress<PaintingProgress>
{
    /// <summary>The backend's own name of this job from an earlier try; null when there was none.</summary>
    string? Ticket { get; }

    /// <summary>Whether an unfinished picture reported now would be shown; others need not be prepared.</summary>
    bool TakesPreview { get; }

    /// <summary>Stores the backend's own name of the job; durable when the task completes. Call it before waiting on the job.</summary>
    /// <param name="ticket">At most 200 characters.</param>
    Task KeepTicketAsync(string ticket, CancellationToken cancellationToken);
}
