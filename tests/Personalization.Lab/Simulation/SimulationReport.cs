namespace Personalization.Lab.Simulation;

/// <summary>What came of a simulation. Every share is a mean over people with its standard error.</summary>
/// <param name="WinRates">How often people prefer the personalized picture to the plain one.</param>
/// <param name="Active">Choices between held-out pairs that are foretold, pairs chosen as the bot chooses them.</param>
/// <param name="Random">The same, pairs chosen by chance alone.</param>
/// <param name="ActiveVotes">Votes after which the bot's pairs foretell what the most random ones do; null where they never do.</param>
/// <param name="ActiveWinVotes">Votes after which personalized pictures win as often as after the most random ones; null where they never do.</param>
public sealed record SimulationReport(
    SimulationOptions Options,
    IReadOnlyList<WinRate> WinRates,
    IReadOnlyList<LearntAt> Active,
    IReadOnlyList<LearntAt> Random,
    double? ActiveVotes,
    double? ActiveWinVotes);

/// <summary>How often the personalized picture won.</summary>
/// <param name="Share">How often they take it when the plain one, of the same prompt and seed, stands beside it; people waver, so that even a great difference is no certainty.</param>
/// <param name="Length">How far the learnt taste is from the community's: the root of the sum of squared deviations.</param>
public sealed record WinRate(TasteKind Kind, int Votes, int Stylize, Estimate Share, Estimate Length);

/// <summary>What was known after some votes of people whose taste is on the axes.</summary>
/// <param name="Accuracy">Choices between held-out pairs that were foretold.</param>
/// <param name="Win">How often the personalized picture wins at --s 1000.</param>
public sealed record LearntAt(int Votes, Estimate Accuracy, Estimate Win);
