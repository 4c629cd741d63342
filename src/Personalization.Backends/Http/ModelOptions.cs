using System.ComponentModel.DataAnnotations;

namespace Personalization.Backends.Http;

/// <summary>How to request pictures of one of a server's models; what is not set is the family's default.</summary>
internal sealed class ModelOptions
{
    /// <summary>Derived from the model's name where it is not set.</summary>
    public ModelFamily? Family { get; set; }

    /// <summary>Pictures have about the area of a square of this side, in pixels; 64 to 4096.</summary>
    [Range(64, 4096)]
    public int? Side { get; set; }

    /// <summary>Sampling steps; 1 to 150.</summary>
    [Range(1, 150)]
    public int? Steps { get; set; }

    /// <summary>How closely to keep to the prompt: the scale of classifier-free guidance (Ho and Salimans 2022), or Flux's own guidance; 0 to 30.</summary>
    [Range(0.0, 30.0)]
    public double? Guidance { get; set; }

    /// <summary>The server's own name of the sampler.</summary>
    public string? Sampler { get; set; }

    /// <summary>The server's own name of the noise schedule.</summary>
    public string? Scheduler { get; set; }

    /// <summary>The settings of a model: the configured ones, or defaults by its name.</summary>
    /// <param name="model">The server's own name; empty for its default.</param>
    public static ModelOptions Of(BackendOptions options, string model) =>
        options.Models.TryGetValue(model, out var set) ? set : new ModelOptions();

    /// <summary>The family: set, or derived from the name.</summary>
    public ModelFamily FamilyOf(string model) => Family ?? (
        model.Contains("flux", StringComparison.OrdinalIgnoreCase) ? ModelFamily.Flux
        : model.Contains("xl", StringComparison.OrdinalIgnoreCase) || model.Contains("pony", StringComparison.OrdinalIgnoreCase) ? ModelFamily.StableDiffusionXl
        : ModelFamily.StableDiffusion15);

    /// <summary>In square pixels: 512 x 512 for Stable Diffusion 1.5, 1024 x 1024 for the others.</summary>
    public int AreaOf(string model)
    {
        var side = Side ?? (FamilyOf(model) == ModelFamily.StableDiffusion15 ? 512 : 1024);
        return side * side;
    }
}
