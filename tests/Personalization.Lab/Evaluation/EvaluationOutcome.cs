using System.Diagnostics.CodeAnalysis;
using Personalization.Lab.Evaluation.Input;

namespace Personalization.Lab.Evaluation;

/// <summary>What was measured, or why nothing could be: in words, with file, line, value and what to do.</summary>
public sealed record EvaluationOutcome
{
    private EvaluationOutcome(EvaluationReport? report, string? problem) => (Report, Problem) = (report, problem);

    public EvaluationReport? Report { get; }

    public string? Problem { get; }

    [MemberNotNullWhen(true, nameof(Report)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsMeasured => Report is not null;

    internal static EvaluationOutcome Measured(EvaluationReport report) => new(report, null);

    /// <param name="problem">May quote a file: whatever is in that, it reaches no terminal as it is.</param>
    internal static EvaluationOutcome Failed(string problem) => new(null, Printable.Escape(problem));
}
