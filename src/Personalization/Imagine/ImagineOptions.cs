using System.ComponentModel.DataAnnotations;

namespace Personalization.Imagine;

/// <summary>The configuration section <c>Imagine</c>: which models there are and who paints with them.</summary>
public sealed class ImagineOptions
{
    /// <summary>The backend of every version that names none of its own.</summary>
    [Required]
    public string Backend { get; set; } = "Painter";

    /// <summary>The version a prompt without <c>--v</c> gets; one of <see cref="Versions"/>.</summary>
    [Required]
    public string DefaultVersion { get; set; } = "";

    /// <summary>What <c>--v</c> may say, and the model each means.</summary>
    public Dictionary<string, ModelVersion> Versions { get; } = new(StringComparer.OrdinalIgnoreCase);
}
