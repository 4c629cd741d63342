namespace Personalization.Lab.Simulation;

/// <summary>The results of a simulation. Each share is a mean over people with its standard error.</summary>
/// <param name="WinRates">How often people prefer the personalized picture to the plain one.</param>
/// <param name="Active">Accuracy on held-out pairs after learning from pairs as the bot chooses them.</param>
/// <param name="Random">The same after learning from random pairs.</param>
/// <param name="ActiveVotes">The number of votes after which the bot's pairs reach the accuracy of the largest number of random pairs; null if they do not.</param>
/// <param name="ActiveWinVotes">The same for the win rate of personalized pictures.</param>
public sealed record SimulationReport(
    SimulationOptions Options,
    IReadOnlyList<WinRate> WinRates,
    IReadOnlyList<LearntAt> Active,
    IReadOnlyList<LearntAt> Random,
    double? ActiveVotes,
    double? ActiveWinVotes)
{
    /// <summary>What people with a decided taste see of the dial; empty where nothing was painted.</summary>
    public IReadOnlyList<DialRow> Dial { get; init; } = [];

    /// <summary>What likes teach, beside votes; empty where nothing was painted.</summary>
    public IReadOnlyList<LikeRow> Likes { get; init; } = [];
}

/// <summary>How often the personalized picture won, with what was learnt by then.</summary>
/// <param name="Share">The share of comparisons with the plain picture of the same prompt and seed that it wins; answers are noisy, so that even a large difference does not give 1.</param>
/// <param name="Length">The Euclidean distance of the learnt taste from the community mean.</param>
/// <param name="Accuracy">The share of held-out pairs in which the picture of higher utility is predicted.</param>
public sealed record WinRate(TasteKind Kind, int Votes, int Stylize, Estimate Share, Estimate Length, Estimate Accuracy);

/// <summary>Results after a number of votes, for people whose taste is on the axes.</summary>
/// <param name="Accuracy">The share of held-out pairs predicted correctly.</param>
/// <param name="Win">How often the personalized picture wins at --s 1000.</param>
public sealed record LearntAt(int Votes, Estimate Accuracy, Estimate Win);
