using System.Diagnostics.CodeAnalysis;

namespace Personalization.Evaluation;

/// <summary>What was measured, or why nothing could be: in words, with file, line, value and what to do.</summary>
public sealed record EvaluationOutcome
{
    private EvaluationOutcome(EvaluationReport? report, string? problem) => (Report, Problem) = (report, problem);

    public EvaluationReport? Report { get; }

    public string? Problem { get; }

    [MemberNotNullWhen(true, nameof(Report)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsMeasured => Report is not null;

    internal static EvaluationOutcome Measured(EvaluationReport report) => new(report, null);

    internal static EvaluationOutcome Failed(string problem) => new(null, problem);
}
