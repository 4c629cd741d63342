namespace Personalization.Imagine;

/// <summary>One value of <c>--v</c>.</summary>
public sealed class ModelVersion
{
    /// <summary>The backend's name; null for <see cref="ImagineOptions.Backend"/>.</summary>
    public string? Backend { get; set; }

    /// <summary>The backend's own name for the model; empty for its default.</summary>
    public string Model { get; set; } = "";

    /// <summary>Who paints it while the backend does not answer, in this order.</summary>
    public List<ModelVersion> Fallback { get; } = [];
}
