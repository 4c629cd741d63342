namespace Personalization.Discord.Tests.StandIn;

/// <summary>How long a signal may take that comes at once when all is well.</summary>
internal static class Deadline
{
    public static TimeSpan Of { get; } = TimeSpan.FromSeconds(30);
}
