using System.ComponentModel.DataAnnotations;
using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>The configuration section <c>Backends:ComfyUi</c>.</summary>
internal sealed record ComfyUiOptions : BackendOptions, IValidatableObject
{
    /// <summary>The operator's own workflow, saved with "Export (API)"; empty for the built-in graphs.</summary>
    public string WorkflowFile { get; set; } = "";

    /// <summary>
    /// Where values go in that workflow, as <c>node.input</c> with the node's id or title: <c>prompt</c>, <c>negative</c>,
    /// <c>seed</c>, <c>width</c>, <c>height</c>, <c>checkpoint</c>, <c>reference</c>, <c>referenceWeight</c>,
    /// <c>original</c>, <c>denoise</c>. What is not set is found by the node's title and then, except
    /// <c>original</c>, by the links that lead to the pictures. A place that is set receives the value alone: the other texts
    /// of an encoder stay as they are.
    /// </summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The preset with which ComfyUI_IPAdapter_plus follows references in the built-in Stable Diffusion graph, such as
    /// <c>STANDARD (medium strength)</c>; empty where the server does not have it.
    /// </summary>
    public string IpAdapterPreset { get; set; } = "";

    /// <summary>The T5 text encoder of a Flux.1 model whose parts are files of their own; empty to find it on the server.</summary>
    public string FluxT5 { get; set; } = "";

    /// <summary>The CLIP text encoder of such a model; empty to find it on the server.</summary>
    public string FluxClip { get; set; } = "";

    /// <summary>The autoencoder of such a model; empty to find it on the server.</summary>
    public string FluxVae { get; set; } = "";

    /// <summary>The Redux style model with which Flux follows references in the built-in graphs, such as <c>flux1-redux-dev.safetensors</c>; empty where the server does not have it.</summary>
    public string FluxRedux { get; set; } = "";

    /// <summary>The CLIP vision encoder of Redux.</summary>
    public string FluxVision { get; set; } = "sigclip_vision_patch14_384.safetensors";

    /// <summary>The operator's workflow with its roles found; null for the built-in graphs.</summary>
    /// <exception cref="InvalidDataException">It cannot be used: the message says why.</exception>
    public ComfyUiWorkflow? ReadWorkflow() => WorkflowFile.Length == 0 ? null : ComfyUiWorkflow.Read(WorkflowFile, Roles);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? problem = null;
        try
        {
            ReadWorkflow();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
        }

        if (problem is not null)
        {
            yield return new(problem, [nameof(WorkflowFile)]);
        }
    }
}
