using System.ComponentModel.DataAnnotations;

namespace Personalization.App.Jobs;

/// <summary>The configuration section <c>Jobs</c>.</summary>
internal sealed class JobsOptions
{
    /// <summary>Jobs done at once, 1 to 64; a backend that paints one at a time queues what it gets beyond that.</summary>
    [Range(1, 64, ErrorMessage = "Jobs:Concurrency lies between 1 and 64.")]
    public int Concurrency { get; set; } = 2;
}
