using System.ComponentModel.DataAnnotations;

namespace Personalization.App.Jobs;

/// <summary>The configuration section <c>Jobs</c>.</summary>
internal sealed class JobsOptions
{
    /// <summary>Jobs that run at once, 1 to 64; a backend that paints one at a time queues the others.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;
}
