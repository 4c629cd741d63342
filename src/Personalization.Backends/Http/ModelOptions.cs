using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>
/// How to request pictures of a server's models: of all, in the server's section, or of one, which takes precedence. What is
/// not set is the family's default.
/// </summary>
internal record ModelOptions
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

    /// <summary>The settings of a model: its own, then those of all models of the server.</summary>
    /// <param name="model">The server's own name; empty for its default.</param>
    public static ModelOptions Of(BackendOptions options, string model) => options.Models.TryGetValue(model, out var own)
        ? new ModelOptions
        {
            Family = own.Family ?? options.Family,
            Side = own.Side ?? options.Side,
            Steps = own.Steps ?? options.Steps,
            Guidance = own.Guidance ?? options.Guidance,
            Sampler = own.Sampler ?? options.Sampler,
            Scheduler = own.Scheduler ?? options.Scheduler,
        }
        : options;

    /// <summary>The family: set, or derived from the name; Stable Diffusion 1.5 where the name tells none.</summary>
    public ModelFamily FamilyOf(string model) => Family ?? ModelFamilyNames.Of(model) ?? ModelFamily.StableDiffusion15;

    /// <summary>What the family takes where nothing is set.</summary>
    public FamilyDefaults DefaultsOf(string model) => FamilyDefaults.Of(FamilyOf(model), model);

    /// <summary>The steps of a request.</summary>
    /// <param name="usual">How many it takes where none are set.</param>
    public int StepsOf(ImageRequest request, int usual) => Math.Min(Steps ?? usual, request.MaxSteps ?? int.MaxValue);

    /// <summary>In square pixels: of <see cref="Side"/>, or of the family's.</summary>
    public int AreaOf(string model)
    {
        var side = Side ?? DefaultsOf(model).Side;
        return side * side;
    }

    /// <summary>What is assumed of a model whose family is unknown, and which settings change it; continues "tells no family, so".</summary>
    /// <param name="section">Where its settings stand, such as <c>Backends:ComfyUi</c>.</param>
    /// <param name="area">Of its pictures, in square pixels.</param>
    /// <param name="sampling">How it samples, such as <c>25 steps, guidance 7</c>.</param>
    public string Assumption(string section, string model, int area, string sampling) => string.Create(
        CultureInfo.InvariantCulture,
        $"it is asked for as {FamilyOf(model)} (pictures of {Math.Sqrt(area):0} x {Math.Sqrt(area):0} pixels, {sampling}): set {section}:Family to its family, or {section}:Side, {section}:Steps and {section}:Guidance to what it takes");
}
