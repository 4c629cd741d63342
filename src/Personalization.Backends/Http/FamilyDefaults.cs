namespace Personalization.Backends.Http;

/// <summary>How to paint with a family where nothing is set: what ComfyUI's own examples of it use; where it has none (fast SD 1.5 and XL, SD3.5 Turbo, Chroma Flash, Qwen Lightning), what such models are commonly given.</summary>
/// <param name="Side">Pictures have about the area of a square of this side, in pixels.</param>
/// <param name="SizeStep">Widths and heights are multiples of this, in pixels.</param>
/// <param name="Steps">Sampling steps.</param>
/// <param name="Guidance">The scale of classifier-free guidance, or, where <paramref name="IsGuidanceEmbedded"/>, the model's own guidance.</param>
/// <param name="IsGuidanceEmbedded">Whether guidance is an input of the model, so that it takes no negative prompt.</param>
/// <param name="ReadsWeights">Whether weighted words take effect: they need CLIP text encoders alone.</param>
internal sealed record FamilyDefaults(int Side, int SizeStep, int Steps, double Guidance, bool IsGuidanceEmbedded = false, bool ReadsWeights = false)
{
    /// <summary>Whether it takes a negative prompt: without classifier-free guidance, at a scale of 1, that is not evaluated.</summary>
    /// <param name="guidance">What is set; null for the default.</param>
    public bool ReadsNegative(double? guidance) => !IsGuidanceEmbedded && (guidance ?? Guidance) > 1;

    /// <summary>The defaults of a model.</summary>
    /// <param name="model">Its name, which tells whether it was distilled to paint in a few steps.</param>
    public static FamilyDefaults Of(ModelFamily family, string model)
    {
        var isFast = ModelFamilyNames.IsFast(model);
        var (steps, guidance) = (family, isFast) switch
        {
            (ModelFamily.StableDiffusion15, true) => (8, 1.5),
            (ModelFamily.StableDiffusionXl, true) => (6, 2.0),
            (ModelFamily.StableDiffusion3, false) => (20, 4.0),
            (ModelFamily.StableDiffusion3, true) => (4, 1.0),
            (ModelFamily.Flux, false) => (20, 3.5),
            (ModelFamily.Flux, true) => (4, 3.5),
            (ModelFamily.Flux2, _) when ModelFamilyNames.IsKlein(model) => IsBase(model) ? (20, 5.0) : (4, 1.0),
            (ModelFamily.Flux2, false) => (20, 4.0),
            (ModelFamily.Flux2, true) => (8, 4.0),
            (ModelFamily.Chroma, false) => (26, 3.5),
            (ModelFamily.Chroma, true) => (8, 1.0),
            (ModelFamily.QwenImage, true) => (8, 1.0),
            (ModelFamily.QwenImage, false) => ModelFamilyNames.IsQwenImage21(model) ? (25, 1.0) : (20, 4.0),
            (ModelFamily.ZImage, false) => (25, 4.0),
            (ModelFamily.ZImage, true) => (8, 1.0),
            _ => (25, 7.0),
        };
        return new(
            family switch { ModelFamily.StableDiffusion15 => 512, ModelFamily.QwenImage => 1328, _ => 1024 },
            family is ModelFamily.StableDiffusion15 or ModelFamily.StableDiffusionXl ? 8 : 16,
            steps,
            guidance,
            family == ModelFamily.Flux || (family == ModelFamily.Flux2 && !ModelFamilyNames.IsKlein(model)),
            family is ModelFamily.StableDiffusion15 or ModelFamily.StableDiffusionXl);
    }

    private static bool IsBase(string model) => model.Contains("base", StringComparison.OrdinalIgnoreCase);
}
