using Personalization.Backends.Http;

namespace Personalization.Backends.Tests.Http;

/// <summary>Names of models as people and their tools write them.</summary>
public sealed class ModelFamilyNamesTests
{
    [Theory]
    [InlineData("v1-5-pruned-emaonly.safetensors", "StableDiffusion15")]
    [InlineData("SD1.5/dreamshaper_8.safetensors", "StableDiffusion15")]
    [InlineData("stable-diffusion-v1", "StableDiffusion15")]
    [InlineData("sd_xl_base_1.0.safetensors", "StableDiffusionXl")]
    [InlineData("zavychromaxl_v100.safetensors", "StableDiffusionXl")]
    [InlineData("ponyDiffusionV6.safetensors", "StableDiffusionXl")]
    [InlineData("waiIllustrious_v150.safetensors", "StableDiffusionXl")]
    [InlineData("stable-diffusion-xl-v1-base", "StableDiffusionXl")]
    [InlineData("sd3.5_medium_incl_clips_t5xxlfp8scaled.safetensors", "StableDiffusion3")]
    [InlineData("sd35_large_turbo.safetensors", "StableDiffusion3")]
    [InlineData("stable-diffusion-v3-medium", "StableDiffusion3")]
    [InlineData("flux1-dev-fp8.safetensors", "Flux")]
    [InlineData("FLUX.1-schnell", "Flux")]
    [InlineData("flux1-krea-dev_fp8_scaled.safetensors", "Flux")]
    [InlineData("flux2_dev_fp8mixed.safetensors", "Flux2")]
    [InlineData("FLUX.2-dev", "Flux2")]
    [InlineData("flux-2-klein-9b-fp8.safetensors", "Flux2")]
    [InlineData("Chroma1-HD-fp8_scaled_rev2.safetensors", "Chroma")]
    [InlineData("qwen_image_2512_fp8_e4m3fn.safetensors", "QwenImage")]
    [InlineData("z_image_turbo_bf16.safetensors", "ZImage")]
    [InlineData("zImageTurbo_v10.safetensors", "ZImage")]
    [InlineData("moody_zit_v8.safetensors", "ZImage")]
    [InlineData("dreamshaper.safetensors", null)]
    [InlineData("hidream_i1_full_fp8.safetensors", null)]
    [InlineData("wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors", null)]
    [InlineData("flux1-fill-dev.safetensors", null)]
    [InlineData("qwen_image_edit_2511_fp8mixed.safetensors", null)]
    [InlineData("Chroma1-Radiance-v0.4.safetensors", null)]
    [InlineData("krea2_turbo_fp8.safetensors", null)]
    [InlineData("sd_xl_refiner_1.0.safetensors", null)]
    public void Name_of_a_model_tells_its_family(string name, string? family) => Assert.Equal(family, ModelFamilyNames.Of(name)?.ToString());

    [Theory]
    [InlineData("ZImage", "z_image_turbo_bf16.safetensors", 8, 1)]
    [InlineData("ZImage", "z_image_de_turbo_v1_bf16.safetensors", 25, 4)]
    [InlineData("Flux", "flux1-schnell-fp8.safetensors", 4, 3.5)]
    [InlineData("Flux", "flux1-dev-dedistilled.safetensors", 20, 3.5)]
    [InlineData("Flux2", "flux-2-klein-4b.safetensors", 4, 1)]
    [InlineData("Flux2", "flux-2-klein-base-4b.safetensors", 20, 5)]
    [InlineData("StableDiffusion3", "sd3.5_large_turbo.safetensors", 4, 1)]
    [InlineData("StableDiffusionXl", "dreamshaperXL_lightningDPMSDE.safetensors", 6, 2)]
    [InlineData("QwenImage", "qwen_image_2.1_bf16.safetensors", 25, 1)]
    [InlineData("QwenImage", "qwen_image_2512_bf16.safetensors", 20, 4)]
    public void Name_of_a_distilled_model_gives_it_fewer_steps_and_less_guidance(string family, string name, int steps, double guidance)
    {
        var defaults = FamilyDefaults.Of(Enum.Parse<ModelFamily>(family), name);

        Assert.Equal((steps, guidance), (defaults.Steps, defaults.Guidance));
    }
}
