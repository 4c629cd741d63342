namespace Personalization.Imagine.Jobs;

/// <summary>Whether the queue took a job.</summary>
public abstract record EnqueueResult
{
    private EnqueueResult()
    {
    }

    /// <summary>The job is stored and will be done.</summary>
    public sealed record Accepted : EnqueueResult;

    /// <summary>A job with this id, or the person's preview of the same point, was accepted before; nothing was changed.</summary>
    public sealed record Repeated : EnqueueResult;

    /// <summary>As many jobs as may wait are waiting; nothing was changed.</summary>
    /// <param name="Limit">How many may wait.</param>
    /// <param name="IsPersonal">Whether that is the limit of one person's jobs, and not of all.</param>
    public sealed record Full(int Limit, bool IsPersonal) : EnqueueResult;
}
