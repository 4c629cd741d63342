using Personalization.Imagine.Backends;

namespace Personalization.Backends.Check;

/// <summary>What the pictures of a check have shown: true for proved, false for proved false, null for what could not be observed.</summary>
internal sealed class CheckFindings
{
    public bool? Seed { get; set; }

    public bool? Negative { get; set; }

    public bool? Weights { get; set; }

    /// <summary>How many references it follows at once.</summary>
    public int? References { get; set; }

    /// <summary>Whether several pictures of one call are as many as requested, and different.</summary>
    public bool? Batch { get; set; }

    public bool? Sizes { get; set; }

    public bool? Cancel { get; set; }

    /// <summary>The declared capabilities without those that were proved false.</summary>
    public BackendCapabilities KeptOf(BackendCapabilities declared) => declared with
    {
        Seed = declared.Seed && Seed != false,
        Negative = declared.Negative && Negative != false,
        Weights = declared.Weights && Weights != false,
        References = References ?? declared.References,
        Batch = Batch == false ? 1 : declared.Batch,
        Sizes = declared.Sizes && Sizes != false,
    };

    /// <summary>The capabilities that were observed.</summary>
    /// <param name="batch">How many pictures were requested in one call.</param>
    public BackendCapabilities ProvedOf(BackendCapabilities declared, int batch, CheckObservations observations) => new()
    {
        Seed = Seed == true,
        Negative = Negative == true,
        Weights = Weights == true,
        References = References ?? 0,
        Batch = Batch == true ? batch : 1,
        Sizes = Sizes == true,
        Progress = declared.Progress && observations.HasProgress,
        Preview = declared.Preview && observations.HasPreview,
        Cancel = Cancel == true,
    };
}
