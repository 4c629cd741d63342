using System.Text.RegularExpressions;
using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>How ComfyUI paints with a family: the nodes, samplers and files of its own example workflows (Comfy-Org/workflow_templates).</summary>
/// <param name="Latent">The class that makes its empty latent image.</param>
/// <param name="Encoders">The text encoders of a model whose parts are files of their own; empty where such models are not painted.</param>
/// <param name="EncoderType">The <c>type</c> of the loader of one or two encoders.</param>
/// <param name="Vae">The autoencoder of such a model.</param>
/// <param name="Shift">The shift of the noise schedule, where it is not the model's own (<c>ModelSamplingAuraFlow</c>); null for the model's.</param>
internal sealed partial record ComfyUiRecipe(
    string Latent,
    string Sampler,
    string Scheduler,
    IReadOnlyList<ComfyUiPart> Encoders,
    string EncoderType,
    ComfyUiPart? Vae,
    double? Shift = null)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Latent16 = "EmptySD3LatentImage";

    private static readonly ComfyUiPart T5 = new("t5xxl_fp8_e4m3fn.safetensors", T5Names());
    private static readonly ComfyUiPart ClipL = new("clip_l.safetensors", ClipLNames());
    private static readonly ComfyUiPart ClipG = new("clip_g.safetensors", ClipGNames());
    private static readonly ComfyUiPart FluxVae = new("ae.safetensors", FluxVaeNames());
    private static readonly ComfyUiPart Qwen3 = new("qwen_3_4b.safetensors", Qwen3Names());

    /// <param name="model">Its name, which tells what variant of the family it is.</param>
    public static ComfyUiRecipe Of(ModelFamily family, string model) => family switch
    {
        ModelFamily.StableDiffusion3 => new(Latent16, "euler", "sgm_uniform", [ClipL, ClipG, T5], "sd3", new("sd3_vae.safetensors", StableDiffusion3VaeNames())),
        ModelFamily.Flux => new(Latent16, "euler", "simple", [T5, ClipL], "flux", FluxVae),
        ModelFamily.Flux2 => new("EmptyFlux2LatentImage", "euler", "simple", [Flux2Encoder(model)], "flux2", new("flux2-vae.safetensors", Flux2VaeNames())),
        ModelFamily.Chroma => new(Latent16, "euler", "beta", [T5], "chroma", FluxVae, Shift: 1),
        ModelFamily.QwenImage when ModelFamilyNames.IsQwenImage21(model) => new("EmptyLatentImage", "euler", "simple", [new("qwen3vl_8b_int8_convrot.safetensors", Qwen3VlNames())], "qwen_image", new("qwen_image_2.1_vae_bf16.safetensors", QwenImage21VaeNames())),
        ModelFamily.QwenImage => new(Latent16, "euler", "simple", [new("qwen_2.5_vl_7b_fp8_scaled.safetensors", Qwen25Names())], "qwen_image", new("qwen_image_vae.safetensors", QwenImageVaeNames()), Shift: 3.1),
        ModelFamily.ZImage => new(Latent16, "res_multistep", "simple", [Qwen3], "lumina2", FluxVae, Shift: 3),
        _ => new("EmptyLatentImage", ModelFamilyNames.IsFast(model) ? "dpmpp_sde" : "dpmpp_2m", "karras", [], "", null),
    };

    private static ComfyUiPart Flux2Encoder(string model) =>
        !ModelFamilyNames.IsKlein(model) ? new("mistral_3_small_flux2_bf16.safetensors", MistralNames())
        : model.Contains("9b", StringComparison.OrdinalIgnoreCase) ? new("qwen_3_8b_fp8mixed.safetensors", Qwen38Names())
        : Qwen3;

    /// <summary>Not umt5xxl, the encoder of Wan.</summary>
    [GeneratedRegex("(^|[^m])t5[ ._-]?xxl", Options)]
    private static partial Regex T5Names();

    [GeneratedRegex("clip[ ._-]?l([^a-z]|$)", Options)]
    private static partial Regex ClipLNames();

    [GeneratedRegex("clip[ ._-]?g([^a-z]|$)", Options)]
    private static partial Regex ClipGNames();

    [GeneratedRegex("qwen[ ._-]?2[ ._-]?5[ ._-]?vl[ ._-]?7b", Options)]
    private static partial Regex Qwen25Names();

    [GeneratedRegex("qwen[ ._-]?3[ ._-]?4b", Options)]
    private static partial Regex Qwen3Names();

    [GeneratedRegex("qwen[ ._-]?3[ ._-]?8b", Options)]
    private static partial Regex Qwen38Names();

    [GeneratedRegex("qwen[ ._-]?3[ ._-]?vl[ ._-]?8b", Options)]
    private static partial Regex Qwen3VlNames();

    [GeneratedRegex("mistral.*(small|flux)", Options)]
    private static partial Regex MistralNames();

    [GeneratedRegex(@"(^|[/\\])ae([^a-z]|$)|flux[ ._-]?(1[ ._-]?)?v?ae", Options)]
    private static partial Regex FluxVaeNames();

    [GeneratedRegex("flux[ ._-]?2.*ae", Options)]
    private static partial Regex Flux2VaeNames();

    [GeneratedRegex("qwen[ ._-]?image[ ._-]?vae", Options)]
    private static partial Regex QwenImageVaeNames();

    [GeneratedRegex("qwen[ ._-]?image[ ._-]?2[ ._-]?1[ ._-]?vae", Options)]
    private static partial Regex QwenImage21VaeNames();

    [GeneratedRegex("sd[ ._-]?3.*vae", Options)]
    private static partial Regex StableDiffusion3VaeNames();
}
