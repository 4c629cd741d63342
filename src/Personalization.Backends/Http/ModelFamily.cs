namespace Personalization.Backends.Http;

/// <summary>The architecture of a model: decides its size, its graph and how it reads a prompt.</summary>
internal enum ModelFamily
{
    /// <summary>Stable Diffusion 1.x: made for 512 x 512 pixels; reads weighted words and negatives.</summary>
    StableDiffusion15,

    /// <summary>Stable Diffusion XL and models derived from it: 1024 x 1024; reads weighted words and negatives.</summary>
    StableDiffusionXl,

    /// <summary>Stable Diffusion 3 and 3.5: 1024 x 1024; reads sentences and negatives.</summary>
    StableDiffusion3,

    /// <summary>Flux.1: 1024 x 1024; reads sentences, without weights and without negatives.</summary>
    Flux,

    /// <summary>Flux.2, Klein included: 1024 x 1024; reads sentences, and negatives in Klein Base alone.</summary>
    Flux2,

    /// <summary>Chroma, derived from Flux.1: 1024 x 1024; reads sentences and negatives.</summary>
    Chroma,

    /// <summary>Qwen-Image: 1328 x 1328; reads sentences and negatives.</summary>
    QwenImage,

    /// <summary>Z-Image: 1024 x 1024; reads sentences, and negatives where it is not Turbo.</summary>
    ZImage,
}
