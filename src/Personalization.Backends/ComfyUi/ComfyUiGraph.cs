using System.Text.Json.Nodes;
using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>The built-in graph: one for all families, whose differences are in the <see cref="ComfyUiRecipe"/>. Node ids are those of ComfyUI's own examples.</summary>
/// <param name="Steps">The sampling steps.</param>
/// <param name="Latent">The uploaded picture to paint over, and the denoising strength, 0 to 1; null to start from an empty latent image.</param>
/// <param name="References">Uploaded pictures whose style to follow, and their weight, 0 to 1.</param>
internal sealed record ComfyUiGraph(
    ComfyUiModel Model,
    ModelOptions Settings,
    int Steps,
    string Prompt,
    string Negative,
    uint Seed,
    int Width,
    int Height,
    (string Image, double Strength)? Latent,
    (IReadOnlyList<string> Images, double Weight) References)
{
    private readonly FamilyDefaults _defaults = FamilyDefaults.Of(Model.Family, Model.File);

    /// <summary>The graph in API format.</summary>
    public JsonObject Build(ComfyUiOptions options)
    {
        List<(string Id, JsonObject Node)> followers = [];
        var (graph, model, clip, vae) = Load();
        var (positive, negative) = AddTexts(graph, clip);
        graph["3"] = Node(
            "KSampler",
            ("seed", Seed),
            ("steps", Steps),
            ("cfg", _defaults.IsGuidanceEmbedded ? 1.0 : Settings.Guidance ?? _defaults.Guidance),
            ("sampler_name", Settings.Sampler ?? Model.Recipe.Sampler),
            ("scheduler", Settings.Scheduler ?? Model.Recipe.Scheduler),
            ("denoise", Latent?.Strength ?? 1.0),
            ("positive", Model.Family == ModelFamily.Flux ? AddRedux(Guided(positive, followers), options, followers) : Guided(positive, followers)),
            ("negative", negative),
            ("latent_image", AddLatent(Model.Recipe.Latent, vae(), out var latentNodes)),
            ("model", Shifted(_defaults.ReadsWeights ? AddIpAdapter(model, options, followers) : model, followers)));
        graph["8"] = Node("VAEDecode", ("samples", Link("3", 0)), ("vae", vae()));
        graph["9"] = Save();
        return With(graph, latentNodes, followers);
    }

    /// <summary>Loads the parts of the model, and links to them; a link can be in one place only.</summary>
    private (JsonObject Graph, JsonArray Model, Func<JsonArray> Clip, Func<JsonArray> Vae) Load()
    {
        var graph = Model.IsCheckpoint
            ? new JsonObject { ["4"] = Node("CheckpointLoaderSimple", ("ckpt_name", Model.File)) }
            : new JsonObject
            {
                ["12"] = Node("UNETLoader", ("unet_name", Model.File), ("weight_dtype", "default")),
                ["10"] = Node("VAELoader", ("vae_name", Model.Vae)),
            };
        if (Model.Encoders.Count > 0)
        {
            var (files, type) = (Model.Encoders, Model.Recipe.EncoderType);
            graph["11"] = files.Count switch
            {
                1 => Node("CLIPLoader", ("clip_name", files[0]), ("type", type)),
                2 => Node("DualCLIPLoader", ("clip_name1", files[0]), ("clip_name2", files[1]), ("type", type)),
                _ => Node("TripleCLIPLoader", ("clip_name1", files[0]), ("clip_name2", files[1]), ("clip_name3", files[2])),
            };
        }

        return (
            graph,
            Link(Model.IsCheckpoint ? "4" : "12", 0),
            () => Model.Encoders.Count > 0 ? Link("11", 0) : Link("4", 1),
            () => Model.IsCheckpoint ? Link("4", 2) : Link("10", 0));
    }

    private (JsonArray Positive, JsonArray Negative) AddTexts(JsonObject graph, Func<JsonArray> clip)
    {
        if (Model.Family == ModelFamily.QwenImage && ModelFamilyNames.IsQwenImage21(Model.File))
        {
            // The resolution is that of reference pictures.
            graph["6"] = Node("TextEncodeQwenImage21", ("clip", clip()), ("prompt", Prompt), ("negative_prompt", Negative), ("resolution", 1024));
            return (Link("6", 0), Link("6", 1));
        }

        graph["6"] = Node("CLIPTextEncode", ("text", Prompt), ("clip", clip()));
        graph["7"] = Node("CLIPTextEncode", ("text", Negative), ("clip", clip()));
        return (Link("6", 0), Link("7", 0));
    }

    /// <summary>Gives the model its guidance, where that is an input of its own.</summary>
    private JsonArray Guided(JsonArray conditioning, List<(string Id, JsonObject Node)> nodes)
    {
        if (!_defaults.IsGuidanceEmbedded)
        {
            return conditioning;
        }

        nodes.Add(("26", Node("FluxGuidance", ("conditioning", conditioning), ("guidance", Settings.Guidance ?? _defaults.Guidance))));
        return Link("26", 0);
    }

    private JsonArray Shifted(JsonArray model, List<(string Id, JsonObject Node)> nodes)
    {
        if (Model.Recipe.Shift is not { } shift)
        {
            return model;
        }

        nodes.Add(("13", Node("ModelSamplingAuraFlow", ("model", model), ("shift", shift))));
        return Link("13", 0);
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
