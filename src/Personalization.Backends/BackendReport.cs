using Personalization.Imagine.Backends;

namespace Personalization.Backends;

/// <summary>What a check of one backend with one of its models has found.</summary>
/// <param name="Model">The backend's own name for the model; empty for its only one.</param>
/// <param name="Declared">What it says it can do.</param>
/// <param name="Kept">That, less what has proved false: what is asked of it from here on.</param>
/// <param name="Proved">What has shown itself. What is kept and not proved could not be seen.</param>
/// <param name="Took">How long the first picture took.</param>
/// <param name="Problem">Why it does not paint at all, in an operator's words; null where it does.</param>
public sealed record BackendReport(string Backend, string Model, BackendCapabilities Declared, BackendCapabilities Kept, BackendCapabilities Proved, TimeSpan Took, string? Problem)
{
    /// <summary>What whoever runs it should know of it besides, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether it paints, and nothing it says is false.</summary>
    public bool IsAsDeclared => Problem is null && Declared == Kept;

    /// <summary>What has proved false, by name.</summary>
    public IReadOnlyList<string> False =>
    [
        .. new[]
        {
            (Name: "seed", IsFalse: Declared.Seed && !Kept.Seed),
            (Name: "negative", IsFalse: Declared.Negative && !Kept.Negative),
            (Name: "weights", IsFalse: Declared.Weights && !Kept.Weights),
            (Name: Kept.References == 0 ? "references" : $"references beyond {Kept.References}", IsFalse: Kept.References < Declared.References),
            (Name: "batch", IsFalse: Kept.Batch < Declared.Batch),
            (Name: "sizes", IsFalse: Declared.Sizes && !Kept.Sizes),
        }.Where(one => one.IsFalse).Select(one => one.Name),
    ];
}
