using System.Text.Json.Nodes;
using Personalization.Backends.ComfyUi;

namespace Personalization.Backends.Tests.ComfyUi;

/// <summary>Where the values of a request go in workflows that people export.</summary>
public sealed class ComfyUiRolesTests : IDisposable
{
    private static readonly Dictionary<string, JsonNode?> Values = new()
    {
        ["prompt"] = "here",
        ["negative"] = "there",
        ["seed"] = 7,
        ["width"] = 832,
        ["height"] = 1216,
        ["batch"] = 1,
        ["checkpoint"] = "asked.safetensors",
        ["denoise"] = 1,
    };

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("""{"class_type":"CLIPTextEncodeSDXL","inputs":{"width":4096,"height":4096,"crop_w":0,"target_width":1024,"target_height":1024,"text_g":"a cat","text_l":"a cat","clip":["1",1]}}""", """{"width":4096,"height":4096,"crop_w":0,"target_width":832,"target_height":1216,"text_g":"here","text_l":"here","clip":["1",1]}""")]
    [InlineData("""{"class_type":"CLIPTextEncodeFlux","inputs":{"clip_l":"a cat","t5xxl":"a cat","guidance":3.5,"clip":["1",1]}}""", """{"clip_l":"here","t5xxl":"here","guidance":3.5,"clip":["1",1]}""")]
    [InlineData("""{"class_type":"CLIPTextEncodeSD3","inputs":{"clip_l":"a","clip_g":"b","t5xxl":"c","empty_padding":"none","clip":["1",1]}}""", """{"clip_l":"here","clip_g":"here","t5xxl":"here","empty_padding":"none","clip":["1",1]}""")]
    [InlineData("""{"class_type":"CLIPTextEncodeHiDream","inputs":{"clip_l":"a","clip_g":"b","t5xxl":"c","llama":"d","clip":["1",1]}}""", """{"clip_l":"here","clip_g":"here","t5xxl":"here","llama":"here","clip":["1",1]}""")]
    [InlineData("""{"class_type":"CLIPTextEncodeHunyuanDiT","inputs":{"bert":"a","mt5xl":"b","clip":["1",1]}}""", """{"bert":"here","mt5xl":"here","clip":["1",1]}""")]
    [InlineData("""{"class_type":"SomeNewEncoder","inputs":{"words":"a","clip":["1",1]}}""", """{"words":"here","clip":["1",1]}""")]
    public void Workflow_prompt_replaces_every_text_of_its_encoder_and_none_of_its_choices(string encoder, string expected)
    {
        var graph = Graph();
        graph["2"] = JsonNode.Parse(encoder);

        AssertJson(expected, Painted(graph)["2"]!["inputs"]);
    }

    [Fact]
    public void Workflow_encoder_of_both_sides_receives_the_prompt_and_the_negative()
    {
        var graph = Graph();
        graph["2"] = JsonNode.Parse("""{"class_type":"TextEncodeQwenImage21","inputs":{"prompt":"a cat","negative_prompt":"","resolution":1024,"clip":["1",1]}}""");
        graph["5"]!["inputs"]!["negative"] = new JsonArray("2", 1);

        AssertJson("""{"prompt":"here","negative_prompt":"there","resolution":1024,"clip":["1",1]}""", Painted(graph)["2"]!["inputs"]);
    }

    [Fact]
    public void Workflow_role_for_one_text_of_an_encoder_leaves_its_other_texts()
    {
        var graph = Graph();
        graph["2"] = JsonNode.Parse("""{"class_type":"CLIPTextEncodeSDXL","inputs":{"text_g":"a cat","text_l":"in oil","clip":["1",1]}}""");
        graph["3"] = JsonNode.Parse("""{"class_type":"ConditioningZeroOut","inputs":{"conditioning":["2",0]}}""");

        AssertJson("""{"text_g":"here","text_l":"in oil","clip":["1",1]}""", Painted(graph, null, ("prompt", "2.text_g"))["2"]!["inputs"]);
    }

    [Fact]
    public void Workflow_text_and_size_in_nodes_of_their_own_are_followed()
    {
        var graph = Graph();
        graph["20"] = JsonNode.Parse("""{"class_type":"PrimitiveStringMultiline","inputs":{"value":"a cat"}}""");
        graph["21"] = JsonNode.Parse("""{"class_type":"PrimitiveInt","inputs":{"value":1024}}""");
        graph["22"] = JsonNode.Parse("""{"class_type":"PrimitiveInt","inputs":{"value":1024}}""");
        graph["23"] = JsonNode.Parse("""{"class_type":"Seed (rgthree)","inputs":{"seed":1}}""");
        graph["2"]!["inputs"]!["text"] = new JsonArray("20", 0);
        (graph["4"]!["inputs"]!["width"], graph["4"]!["inputs"]!["height"]) = (new JsonArray("21", 0), new JsonArray("22", 0));
        graph["5"]!["inputs"]!["seed"] = new JsonArray("23", 0);

        var painted = Painted(graph);

        Assert.Equal(("here", 832, 1216, 7), ((string?)painted["20"]!["inputs"]!["value"], (int)painted["21"]!["inputs"]!["value"]!, (int)painted["22"]!["inputs"]!["value"]!, (int)painted["23"]!["inputs"]!["seed"]!));
        AssertJson("""["20",0]""", painted["2"]!["inputs"]!["text"]);
    }

    [Theory]
    [InlineData("EmptyFlux2LatentImage", "")]
    [InlineData("EmptyHunyuanLatentVideo", "")]
    [InlineData("EmptyHunyuanImageLatent", "")]
    [InlineData("EmptyChromaRadianceLatentImage", "")]
    [InlineData("SomeNewLatent", """{"class_type":"SetLatentNoiseMask","inputs":{"samples":["4",0]}}""")]
    [InlineData("SomeNewLatent", """{"class_type":"LatentUpscale","inputs":{"samples":["4",0],"width":2048,"height":2048}}""")]
    public void Workflow_size_is_found_in_what_leads_to_the_sampler(string latent, string between)
    {
        var graph = Graph();
        graph["4"]!["class_type"] = latent;
        if (between.Length > 0)
        {
            graph["40"] = JsonNode.Parse(between);
            graph["5"]!["inputs"]!["latent_image"] = new JsonArray("40", 0);
        }

        var painted = Painted(graph);

        AssertJson("""{"width":832,"height":1216,"batch_size":1}""", painted["4"]!["inputs"]);
        Assert.Equal(between.Contains("width", StringComparison.Ordinal) ? (int?)2048 : null, (int?)painted["40"]?["inputs"]!["width"]);
    }

    [Fact]
    public void Workflow_scheduler_that_is_told_the_size_is_told_the_same_as_the_latent_image()
    {
        var graph = Graph();
        graph["5"] = JsonNode.Parse("""{"class_type":"SamplerCustomAdvanced","inputs":{"noise":["51",0],"guider":["52",0],"sigmas":["53",0],"latent_image":["4",0]}}""");
        graph["51"] = JsonNode.Parse("""{"class_type":"RandomNoise","inputs":{"noise_seed":1}}""");
        graph["52"] = JsonNode.Parse("""{"class_type":"CFGGuider","inputs":{"model":["1",0],"positive":["2",0],"negative":["3",0],"cfg":1}}""");
        graph["53"] = JsonNode.Parse("""{"class_type":"Flux2Scheduler","inputs":{"steps":20,"width":1024,"height":1024}}""");

        var painted = Painted(graph, maxSteps: 4);

        AssertJson("""{"steps":4,"width":832,"height":1216}""", painted["53"]!["inputs"]);
        Assert.Equal(("here", "there", 7), ((string?)painted["2"]!["inputs"]!["text"], (string?)painted["3"]!["inputs"]!["text"], (int)painted["51"]!["inputs"]!["noise_seed"]!));
    }

    [Fact]
    public void Workflow_of_a_base_with_a_refiner_gives_both_the_prompt_and_keeps_the_refiner()
    {
        // The refiner comes first in the file, as it does in some exports.
        const string BaseAndRefiner = """
            {
              "20": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "refiner.safetensors"}},
              "21": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat", "clip": ["20", 1]}},
              "22": {"class_type": "CLIPTextEncode", "inputs": {"text": "ugly", "clip": ["20", 1]}},
              "23": {"class_type": "KSamplerAdvanced", "inputs": {"add_noise": "disable", "noise_seed": 0, "steps": 25, "start_at_step": 20, "end_at_step": 10000, "model": ["20", 0], "positive": ["21", 0], "negative": ["22", 0], "latent_image": ["5", 0]}},
              "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "base.safetensors"}},
              "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat", "clip": ["1", 1]}},
              "3": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["2", 0]}},
              "4": {"class_type": "EmptyLatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 4}},
              "5": {"class_type": "KSamplerAdvanced", "inputs": {"add_noise": "enable", "noise_seed": 1, "steps": 25, "start_at_step": 0, "end_at_step": 20, "model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0], "latent_image": ["4", 0]}},
              "6": {"class_type": "VAEDecode", "inputs": {"samples": ["23", 0], "vae": ["20", 2]}},
              "7": {"class_type": "SaveImage", "inputs": {"images": ["6", 0], "filename_prefix": "mine"}}
            }
            """;

        var painted = Painted((JsonObject)JsonNode.Parse(BaseAndRefiner)!);

        var expected = (JsonObject)JsonNode.Parse(BaseAndRefiner)!;
        (expected["2"]!["inputs"]!["text"], expected["21"]!["inputs"]!["text"], expected["22"]!["inputs"]!["text"]) = ("here", "here", "there");
        (expected["5"]!["inputs"]!["noise_seed"], expected["23"]!["inputs"]!["noise_seed"]) = (7, 7);
        expected["1"]!["inputs"]!["ckpt_name"] = "asked.safetensors";
        expected["4"]!["inputs"] = JsonNode.Parse("""{"width":832,"height":1216,"batch_size":1}""");
        AssertJson(expected.ToJsonString(), painted);
    }

    [Fact]
    public void Workflow_whose_sampler_takes_both_sides_in_a_pipe_has_them_found_where_they_enter_it()
    {
        var graph = Graph();
        graph["50"] = JsonNode.Parse("""{"class_type":"ToBasicPipe","inputs":{"model":["1",0],"clip":["1",1],"vae":["1",2],"positive":["2",0],"negative":["3",0]}}""");
        graph["5"] = JsonNode.Parse("""{"class_type":"ImpactKSamplerBasicPipe","inputs":{"basic_pipe":["50",0],"seed":1,"steps":20,"latent_image":["4",0]}}""");

        var painted = Painted(graph);

        Assert.Equal(("here", "there", 7), ((string?)painted["2"]!["inputs"]!["text"], (string?)painted["3"]!["inputs"]!["text"], (int)painted["5"]!["inputs"]!["seed"]!));
    }

    [Fact]
    public void Workflow_with_a_second_pass_keeps_its_denoising_strength()
    {
        var graph = Graph();
        var second = (JsonObject)graph["5"]!.DeepClone();
        (second["inputs"]!["denoise"], second["inputs"]!["latent_image"]) = (0.4, new JsonArray("5", 0));
        graph["5"]!["inputs"]!["denoise"] = 0.9;
        graph["6"]!["inputs"]!["samples"] = new JsonArray("0", 0);

        // First in the file, last to paint.
        graph.Insert(0, "0", second);

        var painted = Painted(graph);

        Assert.Equal((0.4, 1), ((double)painted["0"]!["inputs"]!["denoise"]!, (int)painted["5"]!["inputs"]!["denoise"]!));
    }

    [Theory]
    [InlineData("qwen_image_fp8_e4m3fn.safetensors", 1328, 832, false, 16)]
    [InlineData("sdxl_base.safetensors", 1024, 1024, true, 8)]
    public void Workflow_of_a_server_without_a_model_tells_its_own_size_and_family(string model, int width, int height, bool weights, int step)
    {
        var graph = Graph();
        graph["1"]!["inputs"]!["ckpt_name"] = model;
        (graph["4"]!["inputs"]!["width"], graph["4"]!["inputs"]!["height"]) = (width, height);
        File.WriteAllText(_file, graph.ToJsonString());
        ComfyUiOptions options = new() { Url = new("http://127.0.0.1:8188"), WorkflowFile = _file };
        using var backend = new ComfyUiBackend("comfy", options, TimeProvider.System);
        using var sized = new ComfyUiBackend("comfy", options with { Side = 640 }, TimeProvider.System);

        Assert.Equal((width * height, step, weights), (backend.SizeOf("").Area, backend.SizeOf("").Step, backend.CapabilitiesOf("").Weights));
        Assert.Equal((640 * 640, 512 * 512), (sized.SizeOf("").Area, backend.SizeOf("sd15.safetensors").Area));
    }

    [Fact]
    public void Workflow_without_a_place_for_the_size_tells_which_roles_to_set()
    {
        var graph = Graph();
        graph["4"]!["inputs"] = JsonNode.Parse("""{"ratio":"1:1"}""");
        File.WriteAllText(_file, graph.ToJsonString());
        using var backend = new ComfyUiBackend("comfy", new() { Url = new("http://127.0.0.1:8188"), WorkflowFile = _file }, TimeProvider.System);

        Assert.False(backend.CapabilitiesOf("").Sizes);
        Assert.Contains("set Backends:comfy:Roles:width and Roles:height to node.input", backend.CapabilitiesOf("").Notice);
    }

    private static void AssertJson(string expected, JsonNode? actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual?.ToJsonString());

    private static JsonObject Graph() => (JsonObject)JsonNode.Parse("""
        {
          "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl_base.safetensors"}},
          "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat", "clip": ["1", 1]}},
          "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "ugly", "clip": ["1", 1]}},
          "4": {"class_type": "EmptyLatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 4}},
          "5": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "cfg": 7, "denoise": 1, "model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0], "latent_image": ["4", 0]}},
          "6": {"class_type": "VAEDecode", "inputs": {"samples": ["5", 0], "vae": ["1", 2]}},
          "7": {"class_type": "SaveImage", "inputs": {"images": ["6", 0], "filename_prefix": "mine"}}
        }
        """)!;

    private JsonObject Painted(JsonObject graph, int? maxSteps = null, params (string Role, string Place)[] roles)
    {
        File.WriteAllText(_file, graph.ToJsonString());
        return ComfyUiWorkflow.Read(_file, roles.ToDictionary(role => role.Role, role => role.Place)).With(Values, maxSteps);
    }
}
