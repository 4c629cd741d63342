using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Personalization.Backends.ComfyUi;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.ComfyUi;

/// <summary>Workflows of the operator.</summary>
public sealed class ComfyUiWorkflowTests : IDisposable
{
    private const string Exported = """
        {
          "10": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"}, "_meta": {"title": "Load Checkpoint"}},
          "20": {"class_type": "CLIPTextEncode", "inputs": {"text": "the negative text", "clip": ["10", 1]}, "_meta": {"title": "CLIP Text Encode"}},
          "30": {"class_type": "CLIPTextEncode", "inputs": {"text": "the positive text", "clip": ["10", 1]}, "_meta": {"title": "CLIP Text Encode"}},
          "40": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 512, "batch_size": 4}},
          "50": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 9, "cfg": 5, "sampler_name": "euler", "scheduler": "normal", "denoise": 1, "model": ["10", 0], "positive": ["30", 0], "negative": ["20", 0], "latent_image": ["40", 0]}},
          "60": {"class_type": "VAEDecode", "inputs": {"samples": ["50", 0], "vae": ["10", 2]}},
          "65": {"class_type": "PreviewImage", "inputs": {"images": ["60", 0]}},
          "70": {"class_type": "SaveImage", "inputs": {"images": ["60", 0], "filename_prefix": "mine"}}
        }
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Workflow_puts_values_where_the_sampler_uses_them_and_keeps_the_rest()
    {
        await File.WriteAllTextAsync(_file, Exported, TestContext.Current.CancellationToken);
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { WorkflowFile = _file });

        var pictures = Requests.Painted(await backend.PaintAsync(Requests.Personalized with { Model = "sdxl_base.safetensors", Count = 2 }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        var expected = JsonNode.Parse(Exported)!;
        expected["10"]!["inputs"]!["ckpt_name"] = "sdxl_base.safetensors";
        expected["30"]!["inputs"]!["text"] = "a lighthouse by the sea, (rich saturated hues:1.26), (soft light:1.11)";
        expected["20"]!["inputs"]!["text"] = "people, washed-out hues";
        expected["50"]!["inputs"]!["seed"] = 4000000001;
        expected["40"]!["inputs"]!["width"] = 512;
        expected["40"]!["inputs"]!["height"] = 768;
        expected["40"]!["inputs"]!["batch_size"] = 1;
        var call = ComfyUiTests.Calls(server, "/prompt")[1];
        var job = ((string)call.Json["prompt_id"]!)[..8];
        foreach (var node in (string[])["50", "65", "70"])
        {
            expected[node]!["inputs"]!["personalization_job"] = job;
        }

        expected["70"]!["inputs"]!["filename_prefix"] = $"mine-{job}";
        Assert.True(JsonNode.DeepEquals(expected, call.Json["prompt"]));
        Assert.Equal((2, 768), (pictures.Count, pictures[0].Height));

        // The saved picture is delivered, not the preview.
        Assert.All(server.Calls.Where(call => call.Path == "/view"), call => Assert.Contains("type=output", call.Query));
        Assert.True(backend.CapabilitiesOf("").Negative);
        Assert.Equal(0, backend.CapabilitiesOf("").References);
    }

    [Fact]
    public async Task Workflow_of_which_the_server_drops_an_output_paints_the_others_and_says_what_the_server_said()
    {
        const string Said = "comfy runs only a part of the workflow: node 80 (LoadImage): Custom validation failed for node image.";
        var graph = JsonNode.Parse(Exported)!;
        graph["80"] = JsonNode.Parse("""{"class_type":"LoadImage","inputs":{"image":"gone.png"}}""");
        graph["90"] = JsonNode.Parse("""{"class_type":"SaveImage","inputs":{"images":["80",0],"filename_prefix":"other"}}""");
        await File.WriteAllTextAsync(_file, graph.ToJsonString(), TestContext.Current.CancellationToken);
        await using var server = await ComfyUiTests.StartAsync();
        using var log = new RecordedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var backend = new ComfyUiBackend("comfy", ComfyUiTests.Options(server) with { WorkflowFile = _file }, TimeProvider.System, loggers.CreateLogger<ComfyUiBackend>());

        var painted = Assert.IsType<PaintingResult.Painted>(await backend.PaintAsync(Requests.Small() with { Count = 2 }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        Assert.Equal((2, Said), (painted.Pictures.Count, Assert.Single(painted.Remarks)));
        Assert.Contains(Said, Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("original", "", "")]
    [InlineData("", "80.image", "50.denoise")]
    public async Task Workflow_puts_the_original_in_its_place_and_paints_over_it_without_one(string title, string original, string denoise)
    {
        var graph = JsonNode.Parse(Exported)!;
        graph["80"] = JsonNode.Parse("""{"class_type":"LoadImage","inputs":{"image":"mine.png"}}""");
        graph["80"]!["_meta"] = new JsonObject { ["title"] = title };
        graph["81"] = JsonNode.Parse("""{"class_type":"VAEEncode","inputs":{"pixels":["80",0],"vae":["10",2]}}""");
        graph["50"]!["inputs"]!["latent_image"] = new JsonArray("81", 0);
        await File.WriteAllTextAsync(_file, graph.ToJsonString(), TestContext.Current.CancellationToken);
        await using var server = await ComfyUiTests.StartAsync();
        server.Put("mine.png", Requests.Picture());
        var options = ComfyUiTests.Options(server) with { WorkflowFile = _file };
        foreach (var (role, place) in new[] { ("original", original), ("denoise", denoise) }.Where(one => one.Item2.Length > 0))
        {
            options.Roles[role] = place;
        }

        using var backend = ComfyUiTests.Backend(server, options);
        await backend.PaintAsync(Requests.Small(), new([], Requests.Picture("an original")), new RecordedReporter(), TestContext.Current.CancellationToken);
        await backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken);

        var (varied, plain) = (ComfyUiTests.Calls(server, "/prompt")[0].Json["prompt"]!, ComfyUiTests.Calls(server, "/prompt")[1].Json["prompt"]!);
        var upload = FormPart.Parse(ComfyUiTests.Calls(server, "/upload/image")[0])![0];
        Assert.Equal(Requests.Picture("an original"), upload.Content);
        Assert.Equal($"{upload.FileName} [temp]", (string?)varied["80"]!["inputs"]!["image"]);
        Assert.Equal(0.6, (double)varied["50"]!["inputs"]!["denoise"]!);
        Assert.Equal(("mine.png", 1), ((string?)plain["80"]!["inputs"]!["image"], (double)plain["50"]!["inputs"]!["denoise"]!));
        Assert.Equal((true, 0), (backend.CapabilitiesOf("").Variations, backend.CapabilitiesOf("").References));
    }

    [Fact]
    public async Task Workflow_without_a_place_for_an_original_declares_no_variations()
    {
        await File.WriteAllTextAsync(_file, Exported, TestContext.Current.CancellationToken);
        using var backend = new ComfyUiBackend("comfy", new() { Url = new("http://127.0.0.1:8188"), WorkflowFile = _file }, TimeProvider.System);

        Assert.False(backend.CapabilitiesOf("").Variations);
    }

    [Fact]
    public void Workflow_with_an_original_and_without_a_denoising_strength_is_rejected()
    {
        var graph = JsonNode.Parse(Exported)!;
        graph["80"] = JsonNode.Parse("""{"class_type":"LoadImage","inputs":{"image":"mine.png"},"_meta":{"title":"original"}}""");
        graph["50"]!["inputs"]!.AsObject().Remove("denoise");
        File.WriteAllText(_file, graph.ToJsonString());

        var exception = Assert.Throws<InvalidDataException>(() => ComfyUiWorkflow.Read(_file, new Dictionary<string, string>()));

        Assert.Contains("has no place for the denoise", exception.Message);
    }

    [Theory]
    [InlineData("10", "ckpt_name", "\"gone.safetensors\"", "comfy cannot run the workflow: the checkpoint \"gone.safetensors\" is not on the server; it has sd15.safetensors, sdxl_base.safetensors, flux1-schnell-fp8.safetensors.")]
    [InlineData("50", "steps", "\"many\"", "comfy cannot run the workflow: node 50 (KSampler): Failed to convert an input value to a INT value steps.")]
    [InlineData("60", "vae", "[\"99\",2]", "comfy cannot run the workflow: node 60 (VAEDecode): Bad linked input, must be a length-2 list of [node_id, slot_index] vae.")]
    [InlineData("60", "vae", "[\"10\",0]", "comfy cannot run the workflow: node 60 (VAEDecode): Return type mismatch between linked nodes vae.")]
    public async Task Workflow_faults_found_by_the_server_are_described(string node, string input, string value, string words)
    {
        var graph = JsonNode.Parse(Exported)!;
        graph[node]!["inputs"]![input] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(_file, graph.ToJsonString(), TestContext.Current.CancellationToken);
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { WorkflowFile = _file });

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small(), PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        Assert.Equal((BackendFault.Misconfigured, words), (exception.Fault, exception.Message));
    }

    [Fact]
    public async Task Workflow_faults_do_not_quote_the_prompt()
    {
        await File.WriteAllTextAsync(_file, Exported, TestContext.Current.CancellationToken);
        await using var server = await ComfyUiTests.StartAsync();
        var options = ComfyUiTests.Options(server) with { WorkflowFile = _file };
        options.Roles["prompt"] = "10.ckpt_name";
        using var backend = ComfyUiTests.Backend(server, options);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small("a secret"), PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        Assert.Equal("comfy cannot run the workflow: node 10 (CheckpointLoaderSimple): Value not in list ckpt_name.", exception.Message);
    }

    [Fact]
    public void Workflow_roles_take_precedence_over_titles_and_titles_over_classes()
    {
        var graph = JsonNode.Parse(Exported)!;
        graph["20"]!["_meta"]!["title"] = "Prompt";
        File.WriteAllText(_file, graph.ToJsonString());

        var titled = ComfyUiWorkflow.Read(_file, new Dictionary<string, string>()).With(new Dictionary<string, JsonNode?> { ["prompt"] = "here" });
        var said = ComfyUiWorkflow.Read(_file, new Dictionary<string, string> { ["prompt"] = "30.text", ["seed"] = "50.steps" }).With(new Dictionary<string, JsonNode?> { ["prompt"] = "there", ["seed"] = 3 });

        Assert.Equal("here", (string?)titled["20"]!["inputs"]!["text"]);
        Assert.Equal(("there", 3), ((string?)said["30"]!["inputs"]!["text"], (int)said["50"]!["inputs"]!["steps"]!));
    }

    [Fact]
    public void Workflow_text_that_is_both_prompt_and_negative_receives_the_prompt()
    {
        var graph = JsonNode.Parse(Exported)!;
        graph["50"]!["inputs"]!["negative"] = new JsonArray("30", 0);
        File.WriteAllText(_file, graph.ToJsonString());

        var workflow = ComfyUiWorkflow.Read(_file, new Dictionary<string, string>());

        Assert.False(workflow.Has("negative"));
        Assert.Equal("here", (string?)workflow.With(new Dictionary<string, JsonNode?> { ["prompt"] = "here", ["negative"] = "" })["30"]!["inputs"]!["text"]);
    }

    [Theory]
    [InlineData("""{"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["30", 0]}}""", """{"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["20", 0]}}""")]
    [InlineData("""{"class_type": "ControlNetApply", "inputs": {"strength": 1, "conditioning": ["30", 0], "control_net": ["80", 0], "image": ["81", 0]}}""", """{"class_type": "ConditioningSetMask", "inputs": {"set_cond_area": "default", "conditioning": ["20", 0]}}""")]
    [InlineData("""{"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["30", 0], "negative": ["20", 0]}}""", """{"class_type": "ControlNetApplyAdvanced", "inputs": {"negative": ["20", 0], "positive": ["30", 0]}}""")]
    public void Workflow_texts_are_found_through_the_nodes_between_them_and_the_sampler(string positive, string negative)
    {
        var graph = Graph();
        (graph["90"], graph["91"], graph["92"]) = (JsonNode.Parse(positive), JsonNode.Parse(negative), JsonNode.Parse("""{"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["90", 0], "negative": ["91", 1]}}"""));
        (graph["50"]!["inputs"]!["positive"], graph["50"]!["inputs"]!["negative"]) = (new JsonArray("92", 0), new JsonArray("92", 1));

        var painted = Read(graph).With(new Dictionary<string, JsonNode?> { ["prompt"] = "here", ["negative"] = "there" });

        Assert.Equal(("here", "there"), ((string?)painted["30"]!["inputs"]!["text"], (string?)painted["20"]!["inputs"]!["text"]));
    }

    [Fact]
    public void Workflow_guider_with_one_text_receives_the_prompt()
    {
        var graph = Graph();
        graph.Remove("50");
        graph["51"] = JsonNode.Parse("""{"class_type": "RandomNoise", "inputs": {"noise_seed": 1}}""");
        graph["52"] = JsonNode.Parse("""{"class_type": "BasicGuider", "inputs": {"model": ["10", 0], "conditioning": ["53", 0]}}""");
        graph["53"] = JsonNode.Parse("""{"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["54", 0]}}""");
        graph["54"] = JsonNode.Parse("""{"class_type": "CLIPTextEncodeFlux", "inputs": {"clip_l": "old", "t5xxl": "old", "guidance": 3.5, "clip": ["10", 1]}}""");

        var workflow = Read(graph);

        Assert.False(workflow.Has("negative"));
        Assert.Equal("here", (string?)workflow.With(new Dictionary<string, JsonNode?> { ["prompt"] = "here" })["54"]!["inputs"]!["t5xxl"]);
    }

    [Theory]
    [InlineData("prompt", "positive", "30")]
    [InlineData("negative", "negative", "20")]
    public void Workflow_with_two_possible_texts_requires_the_role(string role, string input, string text)
    {
        var graph = Graph();
        graph["35"] = JsonNode.Parse("""{"class_type": "CLIPTextEncode", "inputs": {"text": "another", "clip": ["10", 1]}}""");
        graph["36"] = new JsonObject { ["class_type"] = "ConditioningCombine", ["inputs"] = new JsonObject { ["conditioning_1"] = new JsonArray(text, 0), ["conditioning_2"] = new JsonArray("35", 0) } };
        graph["50"]!["inputs"]![input] = new JsonArray("36", 0);

        var exception = Assert.Throws<InvalidDataException>(() => Read(graph));

        Assert.Contains($"2 texts that may be the {role}: ", exception.Message);
        Assert.Contains($"{text}.text", exception.Message);
        Assert.Contains($"35.text", exception.Message);
        Assert.Contains($"Set Roles:{role} to one of them", exception.Message);
        Assert.True(Read(graph, (role, "35.text")).Has(role));
    }

    [Fact]
    public void Workflow_with_a_cycle_of_nodes_has_no_text()
    {
        var graph = Graph();
        graph["90"] = JsonNode.Parse("""{"class_type": "FluxGuidance", "inputs": {"conditioning": ["91", 0]}}""");
        graph["91"] = JsonNode.Parse("""{"class_type": "FluxGuidance", "inputs": {"conditioning": ["90", 0]}}""");
        graph["50"]!["inputs"]!["negative"] = new JsonArray("90", 0);

        Assert.False(Read(graph).Has("negative"));
    }

    [Theory]
    [InlineData("no json", "is not JSON")]
    [InlineData("""{"nodes":[],"links":[]}""", "choose Workflow, Export (API)")]
    [InlineData("""{"1":{"class_type":"KSampler","inputs":{"seed":1}}}""", "has no place for the prompt")]
    [InlineData("""{"1":{"class_type":"CLIPTextEncode","inputs":{"text":""}}}""", "has no place for the seed")]
    public void Workflow_that_cannot_be_used_is_rejected_with_the_reason(string text, string words)
    {
        File.WriteAllText(_file, text);

        var exception = Assert.Throws<InvalidDataException>(() => ComfyUiWorkflow.Read(_file, new Dictionary<string, string>()));

        Assert.Contains(words, exception.Message);
    }

    [Theory]
    [InlineData("colour", "30.text", "Roles:colour is not a role")]
    [InlineData("prompt", "30", "it must be node.input")]
    [InlineData("prompt", "99.text", "which the workflow does not have")]
    [InlineData("prompt", "30.words", "which the workflow does not have")]
    public void Workflow_role_with_an_unknown_place_is_rejected(string role, string place, string words)
    {
        File.WriteAllText(_file, Exported);

        var exception = Assert.Throws<InvalidDataException>(() => ComfyUiWorkflow.Read(_file, new Dictionary<string, string> { [role] = place }));

        Assert.Contains(words, exception.Message);
    }

    private static JsonObject Graph() => (JsonObject)JsonNode.Parse(Exported)!;

    private ComfyUiWorkflow Read(JsonObject graph, params (string Role, string Place)[] roles)
    {
        File.WriteAllText(_file, graph.ToJsonString());
        return ComfyUiWorkflow.Read(_file, roles.ToDictionary(role => role.Role, role => role.Place));
    }
}
