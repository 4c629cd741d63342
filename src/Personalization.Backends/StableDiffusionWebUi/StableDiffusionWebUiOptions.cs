using System.ComponentModel.DataAnnotations;
using Personalization.Backends.Http;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>The configuration section <c>Backends:StableDiffusionWebUi</c>: AUTOMATIC1111, Forge or SD.Next, started with <c>--api</c>.</summary>
internal sealed record StableDiffusionWebUiOptions : BackendOptions
{
    /// <summary>The user name given with <c>--api-auth</c>; empty for none.</summary>
    [RegularExpression("[^:]*", ErrorMessage = "must not contain a colon; what follows one belongs in Password.")]
    public string User { get; set; } = "";

    /// <summary>The password given with <c>--api-auth</c>.</summary>
    public string Password { get; set; } = "";

    /// <summary>Which program it is; the server is asked where it is not set.</summary>
    public WebUiFlavor Flavor { get; set; }

    /// <summary>
    /// The IP-Adapter to follow references with, by the server's own name: a ControlNet model such as
    /// <c>ip-adapter_sd15 [836b5c2e]</c>, or in SD.Next an adapter such as <c>Base</c>. Empty for none.
    /// </summary>
    public string IpAdapter { get; set; } = "";
}
