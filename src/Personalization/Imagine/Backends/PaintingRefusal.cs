using System.Text.Json.Serialization;

namespace Personalization.Imagine.Backends;

/// <summary>Why a backend does not paint a prompt: data, which the door that talks to the person puts into words.</summary>
[JsonDerivedType(typeof(AgainstRules), "against-rules")]
[JsonDerivedType(typeof(Withheld), "withheld")]
[JsonDerivedType(typeof(TooLong), "too-long")]
public abstract record PaintingRefusal
{
    private PaintingRefusal()
    {
    }

    /// <summary>The prompt violates the rules of the service.</summary>
    public sealed record AgainstRules : PaintingRefusal;

    /// <summary>A filter of the service withheld pictures after they were painted.</summary>
    /// <param name="Pictures">How many it withheld, 1 to <paramref name="Painted"/>.</param>
    /// <param name="Painted">How many were painted.</param>
    public sealed record Withheld(int Pictures, int Painted) : PaintingRefusal;

    /// <summary>The prompt is longer than the model takes.</summary>
    /// <param name="Length">Characters that were sent, with those that a taste added.</param>
    /// <param name="Limit">Characters that the model takes; null where the service does not say.</param>
    public sealed record TooLong(int Length, int? Limit) : PaintingRefusal;
}
