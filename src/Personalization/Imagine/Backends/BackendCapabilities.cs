namespace Personalization.Imagine.Backends;

/// <summary>What a backend can do with one of its models. What is not said here is not asked of it.</summary>
public sealed record BackendCapabilities
{
    /// <summary>Words of a prompt may carry a weight.</summary>
    public bool Weights { get; init; }

    /// <summary>It takes what to keep out of the picture.</summary>
    public bool Negative { get; init; }

    /// <summary>How many reference pictures it follows in style; 0 for none.</summary>
    public int References { get; init; }

    /// <summary>The same seed gives the same picture.</summary>
    public bool Seed { get; init; }

    /// <summary>Pictures it paints in one call, at least 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>It paints in the shape that it is asked for; else what it paints is cropped to that.</summary>
    public bool Sizes { get; init; }

    /// <summary>It says how far it is.</summary>
    public bool Progress { get; init; }

    /// <summary>It shows unfinished pictures.</summary>
    public bool Preview { get; init; }

    /// <summary>A job of its own can be stopped, at least while it waits.</summary>
    public bool Cancel { get; init; }

    /// <summary>It paints variations over their picture; else they are other pictures of the prompt.</summary>
    public bool Variations { get; init; }

    /// <summary>It takes a style vector for each picture.</summary>
    public bool Styles { get; init; }

    /// <summary>Another picture costs time alone, not money or other people's machines.</summary>
    public bool IsFree { get; init; }

    /// <summary>How many pictures to paint for the best to be kept, where whoever runs it wants more than are asked for; 0 where not.</summary>
    public int Candidates { get; init; }

    /// <summary>What whoever runs it should know; empty for nothing.</summary>
    public string Notice { get; init; } = "";
}
