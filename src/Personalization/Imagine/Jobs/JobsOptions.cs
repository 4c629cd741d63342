using System.ComponentModel.DataAnnotations;

namespace Personalization.Imagine.Jobs;

/// <summary>The configuration section <c>Jobs</c>.</summary>
public sealed class JobsOptions
{
    /// <summary>Jobs that each backend paints at once, 1 to 64; a server that paints one at a time queues the others.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Jobs of one person that are accepted and not painted yet, at most; 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int PerPerson { get; set; } = 10;

    /// <summary>Jobs of all people that are accepted and not painted yet, at most; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int Waiting { get; set; } = 1000;
}
