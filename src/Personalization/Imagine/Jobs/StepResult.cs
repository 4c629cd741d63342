namespace Personalization.Imagine.Jobs;

/// <summary>How a step of a job ended. A step that threw has not ended and is tried again.</summary>
public abstract record StepResult
{
    private StepResult()
    {
    }

    /// <summary>The step is done; the job is to be moved to this state.</summary>
    public sealed record Done(JobState Next) : StepResult;

    /// <summary>The job cannot be done; it is to be moved to <see cref="JobState.Failed"/>.</summary>
    public sealed record Failed(JobFailure Failure) : StepResult;

    /// <summary>The step has changed the job's row itself; the job goes on from what the row contains now.</summary>
    public sealed record Stored : StepResult;

    /// <summary>A later attempt or a cancellation has taken the job; this attempt ends and changes nothing.</summary>
    public sealed record Lost : StepResult;
}
