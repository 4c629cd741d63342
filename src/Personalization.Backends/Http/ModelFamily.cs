namespace Personalization.Backends.Http;

/// <summary>The architecture of a model: decides its size, its graph and how it reads a prompt.</summary>
internal enum ModelFamily
{
    /// <summary>Stable Diffusion 1.x: made for 512 x 512 pixels; reads weighted words and negatives.</summary>
    StableDiffusion15,

    /// <summary>Stable Diffusion XL and models derived from it: 1024 x 1024; reads weighted words and negatives.</summary>
    StableDiffusionXl,

    /// <summary>Flux.1: 1024 x 1024; reads sentences, without weights and without negatives.</summary>
    Flux,
}
