namespace Personalization.Testing;

/// <summary>What every test that waits needs.</summary>
public static class TestRun
{
    /// <summary>How long a test waits for something that should happen at once.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Threads for what computes, of an ordinary priority: other tests take all processors.</summary>
    public static ComputeThreads Threads { get; } = new(new() { Threads = Environment.ProcessorCount, Nice = 0 });

    /// <summary>Ends with the running test.</summary>
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
