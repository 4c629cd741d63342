using System.ComponentModel.DataAnnotations;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>What every configuration section <c>Backends:NAME</c> can hold; what it holds of a model is for all of the server's models.</summary>
internal abstract record BackendOptions : ModelOptions
{
    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8188</c>.</summary>
    [Required(ErrorMessage = "is missing; it is the address where the server listens, such as http://127.0.0.1:8188.")]
    [ServerAddress]
    public Uri? Url { get; set; }

    /// <summary>Seconds to wait for a connection; 0.1 to 60.</summary>
    [Range(0.1, 60)]
    public double ConnectSeconds { get; set; } = 5;

    /// <summary>Seconds to wait for an answer other than a painting, which has <see cref="PaintingMinutes"/>; 0.1 to 600.</summary>
    [Range(0.1, 600)]
    public double AnswerSeconds { get; set; } = 30;

    /// <summary>Minutes a painting may go on without progress, waiting in the server's queue not included; where the server reports no progress, the minutes it may take. 0.01 to 60.</summary>
    [Range(0.01, 60)]
    public double PaintingMinutes { get; set; } = 15;

    /// <summary>Seconds between two requests for the state of a job; 0.01 to 30.</summary>
    [Range(0.01, 30)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>Seconds before the first of three retries of a request that may be repeated; each later one waits twice as long. 0.001 to 60.</summary>
    [Range(0.001, 60)]
    public double RetrySeconds { get; set; } = 0.5;

    /// <summary>
    /// Pictures painted for an answer with a taste, of which the four that the taste ranks highest are kept. More than four
    /// only where pictures cost nothing but time.
    /// </summary>
    [Range(ImageRequest.GridSize, ImageRequest.MaxCandidates)]
    public int Candidates { get; set; } = ImageRequest.GridSize;

    /// <summary>The largest answer that is read, in megabytes (10^6 bytes); 1 to 1000.</summary>
    [Range(1, 1000)]
    public int MaxMegabytes { get; set; } = 100;

    /// <summary>
    /// The largest picture that is decoded, in megapixels (10^6 pixels), 1 to 64; null for four times the requested area, so
    /// that each side may be doubled, and at least 2048 x 2048 pixels.
    /// </summary>
    [Range(1, 64)]
    public int? MaxMegapixels { get; set; }

    /// <summary>How far a variation may differ from its picture: the denoising strength, 0.05 to 1.</summary>
    [Range(0.05, 1)]
    public double VariationStrength { get; set; } = 0.6;

    /// <summary>The type alone: a record would print all it holds, and some of it is secret.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The settings of single models by the server's own names for them.</summary>
    public Dictionary<string, ModelOptions> Models { get; } = new(StringComparer.OrdinalIgnoreCase);
}
