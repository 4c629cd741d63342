using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.ComfyUi;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.ComfyUi;

/// <summary>How the client finds out what a model is, and paints with it as its family wants.</summary>
public sealed class ComfyUiFamilyTests
{
    private const string Words = "a lighthouse by the sea, rich saturated hues, soft light";

    private static readonly string[] AllEncoders =
    [
        "umt5_xxl_fp8_e4m3fn_scaled.safetensors", "clip_g.safetensors", "clip_l.safetensors", "t5xxl_fp16.safetensors", "flux/qwen_3_8b_fp8mixed.safetensors",
        "qwen_2.5_vl_7b_fp8_scaled.safetensors", "qwen_3_4b_fp8.safetensors", "qwen_3_4b.safetensors", "qwen3vl_8b_bf16.safetensors", "mistral_3_small_flux2_fp8.safetensors",
    ];

    private static readonly string[] AllVaes = ["ae.safetensors", "flux2-vae.safetensors", "qwen_image_2.1_vae_bf16.safetensors", "qwen_image_vae.safetensors", "sd3_vae.safetensors", "wan_2.1_vae.safetensors", "pixel_space"];

    /// <summary>The loaders of a model, the nodes that its family adds, the sampler's values and its links.</summary>
    public static TheoryData<string, string> Graphs => new()
    {
        {
            "z_image_turbo_bf16.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"z_image_turbo_bf16.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"ae.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"qwen_3_4b.safetensors","type":"lumina2"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS, without people","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":8,"cfg":1,"sampler_name":"res_multistep","scheduler":"simple","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["13",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "13":{"class_type":"ModelSamplingAuraFlow","inputs":{"model":["12",0],"shift":3}}}
            """
        },
        {
            "z_image_bf16.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"z_image_bf16.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"ae.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"qwen_3_4b.safetensors","type":"lumina2"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"people, washed-out hues","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":25,"cfg":4,"sampler_name":"res_multistep","scheduler":"simple","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["13",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "13":{"class_type":"ModelSamplingAuraFlow","inputs":{"model":["12",0],"shift":3}}}
            """
        },
        {
            "qwen_image_2512_fp8_e4m3fn.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"qwen_image_2512_fp8_e4m3fn.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"qwen_image_vae.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"qwen_2.5_vl_7b_fp8_scaled.safetensors","type":"qwen_image"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"people, washed-out hues","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":20,"cfg":4,"sampler_name":"euler","scheduler":"simple","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["13",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "13":{"class_type":"ModelSamplingAuraFlow","inputs":{"model":["12",0],"shift":3.1}}}
            """
        },
        {
            "qwen_image_2.1_int8_convrot.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"qwen_image_2.1_int8_convrot.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"qwen_image_2.1_vae_bf16.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"qwen3vl_8b_bf16.safetensors","type":"qwen_image"}},
             "6":{"class_type":"TextEncodeQwenImage21","inputs":{"clip":["11",0],"prompt":"WORDS, without people","negative_prompt":"","resolution":1024}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":25,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"positive":["6",0],"negative":["6",1],"latent_image":["5",0],"model":["12",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptyLatentImage","inputs":{"width":512,"height":768,"batch_size":1}}}
            """
        },
        {
            "Chroma1-HD-fp8_scaled_rev2.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"Chroma1-HD-fp8_scaled_rev2.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"ae.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"t5xxl_fp16.safetensors","type":"chroma"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"people, washed-out hues","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":26,"cfg":3.5,"sampler_name":"euler","scheduler":"beta","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["13",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "13":{"class_type":"ModelSamplingAuraFlow","inputs":{"model":["12",0],"shift":1}}}
            """
        },
        {
            "flux2_dev_fp8mixed.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"flux2_dev_fp8mixed.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"flux2-vae.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"mistral_3_small_flux2_fp8.safetensors","type":"flux2"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS, without people","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":20,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"positive":["26",0],"negative":["7",0],"latent_image":["5",0],"model":["12",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptyFlux2LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "26":{"class_type":"FluxGuidance","inputs":{"conditioning":["6",0],"guidance":4}}}
            """
        },
        {
            "flux-2-klein-base-9b-fp8.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"flux-2-klein-base-9b-fp8.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"flux2-vae.safetensors"}},
             "11":{"class_type":"CLIPLoader","inputs":{"clip_name":"flux/qwen_3_8b_fp8mixed.safetensors","type":"flux2"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"people, washed-out hues","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":20,"cfg":5,"sampler_name":"euler","scheduler":"simple","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["12",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptyFlux2LatentImage","inputs":{"width":512,"height":768,"batch_size":1}}}
            """
        },
        {
            "flux1-dev.safetensors",
            """
            {"12":{"class_type":"UNETLoader","inputs":{"unet_name":"flux1-dev.safetensors","weight_dtype":"default"}},"10":{"class_type":"VAELoader","inputs":{"vae_name":"ae.safetensors"}},
             "11":{"class_type":"DualCLIPLoader","inputs":{"clip_name1":"t5xxl_fp16.safetensors","clip_name2":"clip_l.safetensors","type":"flux"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS, without people","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":20,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"positive":["26",0],"negative":["7",0],"latent_image":["5",0],"model":["12",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["10",0]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "26":{"class_type":"FluxGuidance","inputs":{"conditioning":["6",0],"guidance":3.5}}}
            """
        },
        {
            "flux1-schnell-fp8.safetensors",
            """
            {"4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"flux1-schnell-fp8.safetensors"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS, without people","clip":["4",1]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["4",1]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":4,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"positive":["26",0],"negative":["7",0],"latent_image":["5",0],"model":["4",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["4",2]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
             "26":{"class_type":"FluxGuidance","inputs":{"conditioning":["6",0],"guidance":3.5}}}
            """
        },
        {
            "sd3.5_large.safetensors",
            """
            {"4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"sd3.5_large.safetensors"}},
             "11":{"class_type":"TripleCLIPLoader","inputs":{"clip_name1":"clip_l.safetensors","clip_name2":"clip_g.safetensors","clip_name3":"t5xxl_fp16.safetensors"}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"WORDS","clip":["11",0]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"people, washed-out hues","clip":["11",0]}},
             "3":{"class_type":"KSampler","inputs":{"seed":4000000000,"steps":20,"cfg":4,"sampler_name":"euler","scheduler":"sgm_uniform","denoise":1,"positive":["6",0],"negative":["7",0],"latent_image":["5",0],"model":["4",0]}},
             "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["4",2]}},
             "5":{"class_type":"EmptySD3LatentImage","inputs":{"width":512,"height":768,"batch_size":1}}}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public async Task ComfyUi_graph_has_the_parts_and_settings_of_its_family(string model, string expected)
    {
        await using var server = await ComfyUiTests.StartAsync(new()
        {
            Checkpoints = ["sd3.5_large.safetensors", "flux1-schnell-fp8.safetensors"],
            Unets = ["flux1-dev.safetensors", "flux2_dev_fp8mixed.safetensors", "flux-2-klein-base-9b-fp8.safetensors", "Chroma1-HD-fp8_scaled_rev2.safetensors", "qwen_image_2512_fp8_e4m3fn.safetensors", "qwen_image_2.1_int8_convrot.safetensors", "z_image_bf16.safetensors", "z_image_turbo_bf16.safetensors"],
            TextEncoders = AllEncoders,
            Vaes = AllVaes,
        });

        Assert.Equal(JsonNode.Parse(expected.Replace("WORDS", Words, StringComparison.Ordinal))!.ToJsonString(), (await GraphAsync(server, model)).ToJsonString());
    }

    [Fact]
    public async Task Text_encoder_that_was_replaced_while_the_bot_runs_is_found_with_the_next_picture()
    {
        const string Flux = "flux1-dev.safetensors";
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server);
        await backend.PaintAsync(Requests.Small() with { Model = Flux }, PaintingSources.None, new RecordedReporter(), Cancellation);

        server.TextEncoders = ["clip_l.safetensors", "t5xxl_fp16.safetensors"];
        Requests.Painted(await backend.PaintAsync(Requests.Small() with { Model = Flux }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(
            ["t5xxl_fp8_e4m3fn.safetensors", "t5xxl_fp8_e4m3fn.safetensors", "t5xxl_fp16.safetensors"],
            ComfyUiTests.Calls(server, "/prompt").Select(call => (string?)call.Json["prompt"]!["11"]!["inputs"]!["clip_name2"] is { } second && second.StartsWith("t5", StringComparison.Ordinal) ? second : (string?)call.Json["prompt"]!["11"]!["inputs"]!["clip_name1"]));
    }

    [Fact]
    public async Task Model_is_asked_for_again_after_five_minutes()
    {
        await using var server = await ComfyUiTests.StartAsync();
        var time = new FakeTimeProvider();
        using var backend = new ComfyUiBackend("comfy", ComfyUiTests.Options(server), time);
        int Asked() => server.Calls.Count(call => call.Path == "/object_info/CheckpointLoaderSimple");

        await backend.InspectAsync("sd15.safetensors", Cancellation);
        time.Advance(TimeSpan.FromMinutes(4));
        await backend.InspectAsync("sd15.safetensors", Cancellation);
        Assert.Equal(1, Asked());

        time.Advance(TimeSpan.FromMinutes(1));
        await backend.InspectAsync("sd15.safetensors", Cancellation);
        Assert.Equal(2, Asked());
    }

    [Fact]
    public async Task ComfyUi_checkpoint_of_stable_diffusion_3_brings_its_encoders_where_the_server_has_no_others()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Checkpoints = ["sd3.5_medium_incl_clips_t5xxlfp8scaled.safetensors"] });

        var graph = await GraphAsync(server, "sd3.5_medium_incl_clips_t5xxlfp8scaled.safetensors");

        Assert.Equal(("""["4",1]""", false), (graph["6"]!["inputs"]!["clip"]!.ToJsonString(), graph.ContainsKey("11")));
    }

    [Fact]
    public async Task ComfyUi_graph_takes_the_settings_and_the_files_of_the_operator()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { TextEncoders = ["my_t5.safetensors", "clip_l.safetensors"], Vaes = ["my_vae.safetensors"] });
        var options = ComfyUiTests.Options(server) with { FluxT5 = "my_t5.safetensors", FluxVae = "my_vae.safetensors", Steps = 12, Guidance = 2.5, Sampler = "heun", Scheduler = "beta" };

        var graph = await GraphAsync(server, "flux1-dev.safetensors", options);

        Assert.Equal(("my_t5.safetensors", "clip_l.safetensors", "my_vae.safetensors"), ((string?)graph["11"]!["inputs"]!["clip_name1"], (string?)graph["11"]!["inputs"]!["clip_name2"], (string?)graph["10"]!["inputs"]!["vae_name"]));
        Assert.Equal((12, 1.0, "heun", "beta", 2.5), ((int)graph["3"]!["inputs"]!["steps"]!, (double)graph["3"]!["inputs"]!["cfg"]!, (string?)graph["3"]!["inputs"]!["sampler_name"], (string?)graph["3"]!["inputs"]!["scheduler"], (double)graph["26"]!["inputs"]!["guidance"]!));
    }

    [Fact]
    public async Task ComfyUi_backend_believes_the_metadata_of_a_model_more_than_its_name()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Checkpoints = ["fluxtastic_v2.safetensors"], Architectures = new Dictionary<string, string> { ["fluxtastic_v2.safetensors"] = "stable-diffusion-xl-v1-base" } });
        using var backend = ComfyUiTests.Backend(server);

        await backend.InspectAsync("fluxtastic_v2.safetensors", TestContext.Current.CancellationToken);

        Assert.Contains(server.Calls, call => call is { Method: "GET", Path: "/view_metadata/checkpoints", Query: "?filename=fluxtastic_v2.safetensors" });
        Assert.Equal((1024 * 1024, 8, true), (backend.SizeOf("fluxtastic_v2.safetensors").Area, backend.SizeOf("fluxtastic_v2.safetensors").Step, backend.CapabilitiesOf("fluxtastic_v2.safetensors").Weights));
    }

    [Theory]
    [InlineData(2_132_000_000, 512)]
    [InlineData(6_938_000_000, 1024)]
    public async Task ComfyUi_backend_tells_stable_diffusion_by_the_size_of_a_checkpoint_without_a_telling_name(long bytes, int side)
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Checkpoints = ["dreamshaper.safetensors"], Sizes = new Dictionary<string, long> { ["dreamshaper.safetensors"] = bytes } });
        using var backend = ComfyUiTests.Backend(server);

        await backend.InspectAsync("dreamshaper.safetensors", TestContext.Current.CancellationToken);

        Assert.Equal(side * side, backend.SizeOf("dreamshaper.safetensors").Area);
    }

    [Theory]
    [InlineData("lumina_2.safetensors", "lumina-2", "its metadata names the architecture \"lumina-2\"")]
    [InlineData("hidream_i1_full_fp8.safetensors", "", "neither its metadata nor its name tells a family")]
    [InlineData("qwen_image_edit_2511_fp8mixed.safetensors", "qwen-image", "its name is that of a variant which needs more than a prompt, or other files")]
    public async Task ComfyUi_backend_refuses_a_family_without_a_graph_by_name(string model, string architecture, string found)
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Unets = [model], Architectures = new Dictionary<string, string> { [model] = architecture } });
        using var backend = ComfyUiTests.Backend(server);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        Assert.Equal(BackendFault.Misconfigured, exception.Fault);
        Assert.Equal($"comfy has a model \"{model}\" of a family without a built-in graph: {found}. If it is one of {string.Join(", ", Enum.GetNames<ModelFamily>())}, set Backends:comfy:Models:{model}:Family; otherwise set Backends:comfy:WorkflowFile to a workflow of your own.", exception.Message);
    }

    [Fact]
    public async Task ComfyUi_backend_names_the_files_that_a_model_needs_and_the_server_lacks()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Unets = ["qwen_image_fp8_e4m3fn.safetensors"] });
        using var backend = ComfyUiTests.Backend(server);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Requests.Small() with { Model = "qwen_image_fp8_e4m3fn.safetensors" }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken));

        Assert.Equal("The model \"qwen_image_fp8_e4m3fn.safetensors\" (QwenImage) needs models/text_encoders/qwen_2.5_vl_7b_fp8_scaled.safetensors and models/vae/qwen_image_vae.safetensors, which comfy does not have; its text encoders are clip_l.safetensors, t5xxl_fp8_e4m3fn.safetensors; its VAEs are ae.safetensors, pixel_space. Put the files there, or set Backends:comfy:WorkflowFile to a workflow of your own.", exception.Message);
    }

    [Theory]
    [InlineData("sd15.safetensors", true, true, 512)]
    [InlineData("sdxl_base.safetensors", true, true, 1024)]
    [InlineData("sd3.5_large_turbo.safetensors", false, false, 1024)]
    [InlineData("chroma-unlocked-v48.safetensors", false, true, 1024)]
    [InlineData("flux-2-klein-4b.safetensors", false, false, 1024)]
    [InlineData("qwen_image_fp8_e4m3fn.safetensors", false, true, 1328)]
    public void ComfyUi_backend_declares_what_the_family_reads(string model, bool weights, bool negative, int side)
    {
        using var backend = new ComfyUiBackend("comfy", new() { Url = new("http://127.0.0.1:8188") }, TimeProvider.System);

        var capabilities = backend.CapabilitiesOf(model);

        Assert.Equal((weights, negative, side * side), (capabilities.Weights, capabilities.Negative, backend.SizeOf(model).Area));
    }

    /// <summary>The graph that is sent, without the node that stores the picture and the mark of the job.</summary>
    private static async Task<JsonObject> GraphAsync(ComfyUiStandIn server, string model, ComfyUiOptions? options = null)
    {
        using var backend = ComfyUiTests.Backend(server, options);
        await backend.PaintAsync(Requests.Personalized with { Model = model, Count = 1 }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken);
        var graph = (JsonObject)Assert.Single(ComfyUiTests.Calls(server, "/prompt")).Json["prompt"]!.DeepClone();
        graph.Remove("9");
        graph["3"]!["inputs"]!.AsObject().Remove("personalization_job");
        return graph;
    }
}
