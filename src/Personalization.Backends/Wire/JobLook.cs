using Personalization.Imagine.Backends;

namespace Personalization.Backends.Wire;

/// <summary>What a look at a server's job shows.</summary>
internal abstract record JobLook
{
    private JobLook()
    {
    }

    /// <summary>It waits or is being painted.</summary>
    public sealed record UnderWay(PaintingProgress Progress) : JobLook;

    /// <summary>It has ended, well or with a refusal.</summary>
    public sealed record Ended(PaintingResult Result) : JobLook;

    /// <summary>The server does not know it.</summary>
    public sealed record Gone : JobLook;
}
