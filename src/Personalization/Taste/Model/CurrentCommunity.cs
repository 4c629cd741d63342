namespace Personalization.Taste.Model;

/// <summary>The latest fit of the community. Read <see cref="Now"/> once for each operation: it may change between two reads.</summary>
public sealed class CurrentCommunity(Community start)
{
    private volatile Community _now = start;

    public Community Now => _now;

    /// <summary>Replaces the fit for later reads.</summary>
    public void Change(Community next) => _now = next;
}
