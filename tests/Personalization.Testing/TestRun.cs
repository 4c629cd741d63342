namespace Personalization.Testing;

/// <summary>What every test that waits needs.</summary>
public static class TestRun
{
    /// <summary>How long a test waits for something that should happen at once.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends with the running test.</summary>
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
