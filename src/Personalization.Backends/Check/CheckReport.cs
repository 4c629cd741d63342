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

    /// <summary>What <see cref="Kept"/> comes from.</summary>
    internal CheckFindings Findings { get; init; } = new();

    /// <summary>Whether the backend paints and nothing that it declares was proved false.</summary>
    public bool IsAsDeclared => Problem is null && Declared == Kept;

    /// <summary>What is declared and was neither proved nor proved false, with the reason.</summary>
    public IReadOnlyList<string> Unproved
    {
        get
        {
            if (Problem is not null)
            {
                return [];
            }

            const string NoSeed = "without a seed that repeats a picture, a difference shows nothing";
            const string NotSeen = "none was seen during these small pictures";
            return
            [
                .. new[]
                {
                    (Name: "negative", Is: Declared.Negative && Kept.Negative && !Proved.Negative, Why: NoSeed),
                    (Name: "weights", Is: Declared.Weights && Kept.Weights && !Proved.Weights, Why: NoSeed),
                    (Name: "references", Is: Kept.References > 0 && Proved.References == 0, Why: NoSeed),
                    (Name: "batch", Is: Kept.Batch > 1 && Proved.Batch == 1, Why: "each picture costs"),
                    (Name: "progress", Is: Declared.Progress && !Proved.Progress, Why: NotSeen),
                    (Name: "preview", Is: Declared.Preview && !Proved.Preview, Why: NotSeen),
                    (Name: "cancel", Is: Declared.Cancel && !Proved.Cancel, Why: Declared.IsFree ? "no job was seen to end when it was stopped" : "each picture costs"),
                }.Where(capability => capability.Is).Select(capability => $"{capability.Name} ({capability.Why})"),
            ];
        }
    }

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
