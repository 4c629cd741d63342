namespace Personalization.EndToEnd;

/// <summary>The real time, which can be moved ahead: timers keep their pace.</summary>
internal sealed class MovableTime : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}
