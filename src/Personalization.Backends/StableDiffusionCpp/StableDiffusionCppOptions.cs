using Personalization.Backends.Http;

namespace Personalization.Backends.StableDiffusionCpp;

/// <summary>
/// The configuration section <c>Backends:StableDiffusionCpp</c>: a running <c>sd-server</c> of stable-diffusion.cpp, which
/// serves the one model it was started with.
/// </summary>
internal sealed record StableDiffusionCppOptions : BackendOptions
{
    /// <summary>Whether the server was started with <c>--ip-adapter</c>. The server declares the capability whether one is loaded or not.</summary>
    public bool IpAdapter { get; set; }
}
