using System.ComponentModel.DataAnnotations;

namespace Personalization;

/// <summary>The configuration section <c>Compute</c>: the threads that paint, measure and compose pictures.</summary>
public sealed class ComputeOptions
{
    /// <summary>How many, 1 to 256; by default one fewer than there are processors, and at least one.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>
    /// Their nice value on Linux, 0 to 19: 0 is an ordinary thread's, 19 the lowest priority. Elsewhere anything above 0 is the lowest.
    /// With 19, and other programs that take all processors, pictures wait while answers do not.
    /// </summary>
    [Range(0, 19)]
    public int Nice { get; set; } = 19;
}
