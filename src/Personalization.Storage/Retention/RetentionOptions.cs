using System.ComponentModel.DataAnnotations;

namespace Personalization.Storage.Retention;

/// <summary>How long what people made is kept: the configuration section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    private const int MaxDays = 36_500;

    /// <summary>Days after its last use until a made picture that nothing needs expires, 0 to 36,500; 0 for never.</summary>
    [Range(0, MaxDays)]
    public int PictureDays { get; set; } = 180;

    /// <summary>Days after which the row of a job without pictures, or an unused prompt, is deleted, 0 to 36,500; 0 for never.</summary>
    [Range(0, MaxDays)]
    public int JobDays { get; set; } = 180;

    /// <summary>Gigabytes (10^9 bytes) of pictures beyond which made pictures that nothing needs expire before their time, the least recently used first, 0 to 1,000,000; 0 for no limit.</summary>
    [Range(0.0, 1_000_000)]
    public double MaxGigabytes { get; set; } = 20;
}
