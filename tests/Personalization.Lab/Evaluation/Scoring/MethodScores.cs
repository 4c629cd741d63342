using Personalization.Lab.Evaluation.Input;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>The predictions of all methods after a number of votes of each person.</summary>
/// <param name="Votes">The number of votes of each person that were learnt from.</param>
/// <param name="People">The index of each person who has that many votes and any held out.</param>
/// <param name="Tests">The held-out votes of each of them.</param>
/// <param name="LogOdds">For each method, person and held-out vote, the log odds that the left picture is preferred.</param>
/// <param name="Ridge">The ridge penalty of the personal logistic regression.</param>
internal sealed record MethodScores(int Votes, IReadOnlyList<int> People, IReadOnlyList<IReadOnlyList<Vote>> Tests, double[][][] LogOdds, double Ridge);
