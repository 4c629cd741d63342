using Personalization.Imagine;

namespace Personalization.Backends;

/// <summary>What a check of one backend with one of its models has found.</summary>
/// <param name="Model">The backend's own name for the model; empty for its only one.</param>
/// <param name="Declared">What it says it can do.</param>
/// <param name="Proved">What of that has shown itself in pictures, as far as pictures show it.</param>
/// <param name="Took">How long the first picture took.</param>
/// <param name="Problem">Why it does not paint at all, in an operator's words; null where it does.</param>
public sealed record BackendReport(string Backend, string Model, BackendCapabilities Declared, BackendCapabilities Proved, TimeSpan Took, string? Problem)
{
    /// <summary>Why it refuses references, in an operator's words; null where it takes them.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it paints, and nothing it says is false.</summary>
    public bool IsAsDeclared => Problem is null && Declared == Proved;

    /// <summary>What has proved false, by name.</summary>
    public IReadOnlyList<string> False =>
    [
        .. new[]
        {
            (Name: "seed", IsFalse: Declared.Seed && !Proved.Seed),
            (Name: "negative", IsFalse: Declared.Negative && !Proved.Negative),
            (Name: "weights", IsFalse: Declared.Weights && !Proved.Weights),
            (Name: "references", IsFalse: Declared.References > 0 && Proved.References == 0),
        }.Where(one => one.IsFalse).Select(one => one.Name),
    ];
}
