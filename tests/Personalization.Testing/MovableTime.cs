namespace Personalization.Testing;

/// <summary>The real time, whose clock can be set ahead and back: timers and timestamps keep their pace.</summary>
public sealed class MovableTime : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}
