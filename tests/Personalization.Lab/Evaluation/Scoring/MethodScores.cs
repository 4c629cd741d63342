using Personalization.Lab.Evaluation.Input;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>What every method foresaw once it had so many votes of each person.</summary>
/// <param name="Votes">How many votes of each person were learnt from.</param>
/// <param name="Tests">For each person that has so many and something held out, their held-out votes.</param>
/// <param name="LogOdds">For each method, person and held-out vote, the log odds that the left picture is preferred.</param>
/// <param name="Ridge">What the personal logistic regression was held back by.</param>
internal sealed record MethodScores(int Votes, IReadOnlyList<IReadOnlyList<Vote>> Tests, double[][][] LogOdds, double Ridge);
