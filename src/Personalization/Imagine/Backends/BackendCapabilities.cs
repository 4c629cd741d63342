namespace Personalization.Imagine.Backends;

/// <summary>What a backend can do with one of its models. A capability that is not declared is not used.</summary>
public sealed record BackendCapabilities
{
    /// <summary>Words of a prompt may carry a weight.</summary>
    public bool Weights { get; init; }

    /// <summary>It takes a negative prompt.</summary>
    public bool Negative { get; init; }

    /// <summary>The maximum number of reference pictures it follows in style; 0 for none.</summary>
    public int References { get; init; }

    /// <summary>The same seed gives the same picture.</summary>
    public bool Seed { get; init; }

    /// <summary>The maximum number of pictures it paints in one call, at least 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>It paints in the requested aspect ratio; otherwise its pictures are cropped to it.</summary>
    public bool Sizes { get; init; }

    /// <summary>It reports progress.</summary>
    public bool Progress { get; init; }

    /// <summary>It reports unfinished pictures.</summary>
    public bool Preview { get; init; }

    /// <summary>A job of its own can be stopped, at least while it waits.</summary>
    public bool Cancel { get; init; }

    /// <summary>It paints variations over their picture; otherwise they are further pictures of the prompt.</summary>
    public bool Variations { get; init; }

    /// <summary>It takes a style vector for each picture.</summary>
    public bool Styles { get; init; }

    /// <summary>A further picture costs only time, not money or the time of other people's machines.</summary>
    public bool IsFree { get; init; }

    /// <summary>How many pictures to paint so that the best of them are kept, as the operator configured; 0 for no more than requested.</summary>
    public int Candidates { get; init; }

    /// <summary>A notice for the operator; empty for none.</summary>
    public string Notice { get; init; } = "";
}
