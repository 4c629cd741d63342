using Personalization.Imagine.Backends;

namespace Personalization.Backends.Check;

/// <summary>The result of checking one backend with one of its models.</summary>
/// <param name="Model">The backend's own name for the model; empty for its default.</param>
/// <param name="Declared">What the backend declares that it can do.</param>
/// <param name="Kept">What is declared and was not proved false: all that is asked of the backend from now on.</param>
/// <param name="Proved">What was observed. What is kept but not proved could not be observed.</param>
/// <param name="Took">How long the first picture took.</param>
/// <param name="Problem">Why the backend does not paint at all, for the operator; null if it does.</param>
public sealed record CheckReport(string Backend, string Model, BackendCapabilities Declared, BackendCapabilities Kept, BackendCapabilities Proved, TimeSpan Took, string? Problem)
{
    /// <summary>What else the operator should know, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether the backend paints and nothing that it declares was proved false.</summary>
    public bool IsAsDeclared => Problem is null && Declared == Kept;

    /// <summary>The names of the capabilities that were proved false.</summary>
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
        }.Where(capability => capability.IsFalse).Select(capability => capability.Name),
    ];
}
