namespace Personalization.Discord.Tests.StandIn;

/// <summary>Always the middle, so that every jitter is known.</summary>
internal sealed class HalfRandom : Random
{
    public override double NextDouble() => 0.5;
}
