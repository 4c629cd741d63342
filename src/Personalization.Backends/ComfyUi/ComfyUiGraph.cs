using System.Text.Json.Nodes;
using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>The built-in graphs. Node ids are those of ComfyUI's own examples.</summary>
/// <param name="Model">The file of the checkpoint, or of the diffusion model.</param>
/// <param name="Steps">The sampling steps, from how many the family takes where none are set.</param>
/// <param name="Latent">The uploaded picture to paint over, and the denoising strength, 0 to 1; null to start from an empty latent image.</param>
/// <param name="References">Uploaded pictures whose style to follow, and their weight, 0 to 1.</param>
internal sealed record ComfyUiGraph(
    string Model,
    ModelOptions Settings,
    Func<int, int> Steps,
    string Prompt,
    string Negative,
    uint Seed,
    int Width,
    int Height,
    (string Image, double Strength)? Latent,
    (IReadOnlyList<string> Images, double Weight) References)
{
    /// <summary>The graph for a checkpoint: Stable Diffusion, or Flux in one file with its encoders.</summary>
    public JsonObject Checkpoint(bool isFlux, ComfyUiOptions options)
    {
        List<(string Id, JsonObject Node)> followers = [];
        var positive = isFlux ? AddRedux(Link("6", 0), options, followers) : Link("6", 0);
        var model = isFlux ? Link("4", 0) : AddIpAdapter(Link("4", 0), options, followers);
        var graph = new JsonObject
        {
            ["4"] = Node("CheckpointLoaderSimple", ("ckpt_name", Model)),
            ["6"] = Node("CLIPTextEncode", ("text", Prompt), ("clip", Link("4", 1))),
            ["7"] = Node("CLIPTextEncode", ("text", Negative), ("clip", Link("4", 1))),
            ["3"] = Node(
                "KSampler",
                ("seed", Seed),
                ("steps", Steps(isFlux ? 4 : 25)),
                ("cfg", isFlux ? 1.0 : Settings.Guidance ?? 7.0),
                ("sampler_name", Settings.Sampler ?? (isFlux ? "euler" : "dpmpp_2m")),
                ("scheduler", Settings.Scheduler ?? (isFlux ? "simple" : "karras")),
                ("denoise", Latent?.Strength ?? 1.0),
                ("positive", positive),
                ("negative", Link("7", 0)),
                ("latent_image", AddLatent("EmptyLatentImage", Link("4", 2), out var latentNodes)),
                ("model", model)),
            ["8"] = Node("VAEDecode", ("samples", Link("3", 0)), ("vae", Link("4", 2))),
            ["9"] = Save(),
        };
        return With(graph, latentNodes, followers);
    }

    /// <summary>The graph for Flux with its diffusion model, encoders and autoencoder in separate files.</summary>
    public JsonObject FluxParts(ComfyUiOptions options)
    {
        List<(string Id, JsonObject Node)> followers = [];
        var graph = new JsonObject
        {
            ["12"] = Node("UNETLoader", ("unet_name", Model), ("weight_dtype", "default")),
            ["11"] = Node("DualCLIPLoader", ("clip_name1", options.FluxT5), ("clip_name2", options.FluxClip), ("type", "flux")),
            ["10"] = Node("VAELoader", ("vae_name", options.FluxVae)),
            ["6"] = Node("CLIPTextEncode", ("text", Prompt), ("clip", Link("11", 0))),
            ["26"] = Node("FluxGuidance", ("conditioning", Link("6", 0)), ("guidance", Settings.Guidance ?? 3.5)),
            ["22"] = Node("BasicGuider", ("model", Link("12", 0)), ("conditioning", AddRedux(Link("26", 0), options, followers))),
            ["25"] = Node("RandomNoise", ("noise_seed", Seed)),
            ["16"] = Node("KSamplerSelect", ("sampler_name", Settings.Sampler ?? "euler")),
            ["17"] = Node("BasicScheduler", ("model", Link("12", 0)), ("scheduler", Settings.Scheduler ?? "simple"), ("steps", Steps(20)), ("denoise", Latent?.Strength ?? 1.0)),
            ["13"] = Node(
                "SamplerCustomAdvanced",
                ("noise", Link("25", 0)),
                ("guider", Link("22", 0)),
                ("sampler", Link("16", 0)),
                ("sigmas", Link("17", 0)),
                ("latent_image", AddLatent("EmptySD3LatentImage", Link("10", 0), out var latentNodes))),
            ["8"] = Node("VAEDecode", ("samples", Link("13", 0)), ("vae", Link("10", 0))),
            ["9"] = Save(),
        };
        return With(graph, latentNodes, followers);
    }

    private static JsonObject Node(string type, params (string Name, JsonNode? Value)[] inputs) => new()
    {
        ["class_type"] = type,
        ["inputs"] = new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Name, input.Value))),
    };

    private static JsonArray Link(string node, int output) => new(node, output);

    // A temporary file: what SaveImage writes stays in the server's output folder, with the prompt in it.
    private static JsonObject Save() => Node("PreviewImage", ("images", Link("8", 0)));

    private static JsonObject With(JsonObject graph, params IEnumerable<(string Id, JsonObject Node)>[] more)
    {
        foreach (var (id, node) in more.SelectMany(some => some))
        {
            graph[id] = node;
        }

        return graph;
    }

    /// <summary>Adds what is painted on: an empty latent image, or an encoded picture.</summary>
    private JsonArray AddLatent(string empty, JsonArray vae, out (string Id, JsonObject Node)[] nodes)
    {
        nodes = Latent is { } latent
            ? [("40", Node("LoadImage", ("image", latent.Image))), ("41", Node("VAEEncode", ("pixels", Link("40", 0)), ("vae", vae)))]
            : [("5", Node(empty, ("width", Width), ("height", Height), ("batch_size", 1)))];
        return Latent is null ? Link("5", 0) : Link("41", 0);
    }

    /// <summary>Applies IP-Adapter to the model, once per reference; each gets an equal share of the weight.</summary>
    private JsonArray AddIpAdapter(JsonArray model, ComfyUiOptions options, List<(string Id, JsonObject Node)> nodes)
    {
        if (References.Images.Count == 0)
        {
            return model;
        }

        nodes.Add(("50", Node("IPAdapterUnifiedLoader", ("model", model), ("preset", options.IpAdapterPreset))));
        return AddReferences(Link("50", 0), nodes, (followed, image, _) => Node(
            "IPAdapterAdvanced",
            ("model", followed),
            ("ipadapter", Link("50", 1)),
            ("image", image),
            ("weight", Share),
            ("weight_type", "style transfer"),
            ("combine_embeds", "concat"),
            ("start_at", 0.0),
            ("end_at", 1.0),
            ("embeds_scaling", "V only")));
    }

    /// <summary>Appends the references, encoded by Redux, to the conditioning of Flux; each gets an equal share of the weight.</summary>
    private JsonArray AddRedux(JsonArray conditioning, ComfyUiOptions options, List<(string Id, JsonObject Node)> nodes)
    {
        if (References.Images.Count == 0)
        {
            return conditioning;
        }

        nodes.Add(("50", Node("StyleModelLoader", ("style_model_name", options.FluxRedux))));
        nodes.Add(("51", Node("CLIPVisionLoader", ("clip_name", options.FluxVision))));
        return AddReferences(conditioning, nodes, (followed, image, i) =>
        {
            nodes.Add(($"{80 + i}", Node("CLIPVisionEncode", ("clip_vision", Link("51", 0)), ("image", image), ("crop", "center"))));
            return Node(
                "StyleModelApply",
                ("conditioning", followed),
                ("style_model", Link("50", 0)),
                ("clip_vision_output", Link($"{80 + i}", 0)),
                ("strength", Share),
                ("strength_type", "multiply"));
        });
    }

    private double Share => Math.Round(References.Weight / References.Images.Count, 3);

    /// <summary>Appends a chain of nodes, one per reference.</summary>
    /// <param name="follow">Creates the node from the link to continue, the link to its picture and its index.</param>
    private JsonArray AddReferences(JsonArray what, List<(string Id, JsonObject Node)> nodes, Func<JsonArray, JsonArray, int, JsonObject> follow)
    {
        for (var i = 0; i < References.Images.Count; i++)
        {
            nodes.Add(($"{60 + i}", Node("LoadImage", ("image", References.Images[i]))));
            nodes.Add(($"{70 + i}", follow(what, Link($"{60 + i}", 0), i)));
            what = Link($"{70 + i}", 0);
        }

        return what;
    }
}
