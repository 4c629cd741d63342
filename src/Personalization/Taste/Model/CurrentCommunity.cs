namespace Personalization.Taste.Model;

/// <summary>The community as it was last fitted. Whoever works with it takes <see cref="Now"/> once, and stays with that.</summary>
public sealed class CurrentCommunity(Community start)
{
    private volatile Community _now = start;

    public Community Now => _now;

    /// <summary>Lets everybody who comes from now on work with another fit.</summary>
    public void Change(Community next) => _now = next;
}
