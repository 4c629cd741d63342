namespace Personalization.Lab.Simulation;

/// <summary>What to simulate.</summary>
public sealed record SimulationOptions
{
    /// <summary>People of each kind, 10 to 10,000.</summary>
    public int People { get; init; } = 200;

    /// <summary>Everything is drawn from this: the same number gives the same people, votes and results.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The folder, one that is there, for the plots and the report; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether people judge really painted pictures too, by measures of their pixels; takes minutes.</summary>
    public bool Painted { get; init; }

    /// <summary>The share of answers, 0 to 0.5, that people who lapse give the wrong way round.</summary>
    public double Lapses { get; init; } = 0.2;
}
