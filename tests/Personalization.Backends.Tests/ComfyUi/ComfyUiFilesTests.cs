using System.Text;
using System.Text.Json.Nodes;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;
using SkiaSharp;

namespace Personalization.Backends.Tests.ComfyUi;

/// <summary>What of a job is on the server, before and after it has ended, and what happens if it is gone.</summary>
public sealed class ComfyUiFilesTests
{
    private static readonly ImageRequest Request = Requests.Small("a secret wish") with { Model = "sd15.safetensors" };

    [Fact]
    public async Task ComfyUi_backend_leaves_nothing_of_a_job_at_the_server()
    {
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { IpAdapterPreset = "STANDARD (medium strength)" });
        ReadOnlyMemory<byte>[] references = [Requests.Picture("one"), Requests.Picture("two")];

        var reporter = new RecordedReporter();
        Requests.Painted(await backend.PaintAsync(Request with { Count = 2, ReferenceWeight = 0.8 }, new(references, Requests.Picture("original")), reporter, Cancellation));
        Assert.Equal(2, server.History.Count);
        await backend.DiscardAsync(reporter.Ticket!, Cancellation);

        Assert.Empty(server.History);
        Assert.Equal(5, server.Files.Count);
        Assert.All(server.Files, file => Assert.StartsWith("temp/", file.Key, StringComparison.Ordinal));
        Assert.All(server.Files.Values, IsPixel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ComfyUi_backend_removes_what_is_left_of_a_stopped_job_once_the_server_has_let_go_of_it(bool hasJobs)
    {
        await using var server = await ComfyUiTests.StartAsync(new() { HoldsPainting = true, LooksWhileStopping = 3, HasJobs = hasJobs });
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { IpAdapterPreset = "STANDARD (medium strength)" });
        using var stop = new CancellationTokenSource();
        var reporter = new RecordedReporter();
        var painting = backend.PaintAsync(Request with { Count = 2, ReferenceWeight = 0.8 }, new([Requests.Picture("one")], Requests.Picture("original")), reporter, stop.Token);
        await server.CalledAsync(call => call is { Method: "GET", Path: "/queue" });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);

        Assert.True(await backend.CancelAsync(reporter.Ticket!, Cancellation));
        await backend.DiscardAsync(reporter.Ticket!, Cancellation);

        // It is still being stopped, and enters the history when that is done.
        Assert.True(server.IsBusy);
        await server.CalledAsync(_ => !server.IsBusy && server.History.Count == 0 && ComfyUiTests.Calls(server, "/history").Length > 0 && server.Files.Values.All(file => file.Length < 100));
        Assert.Equal(2, server.Files.Count);
        Assert.All(server.Files.Values, IsPixel);
    }

    [Fact]
    public async Task ComfyUi_backend_removes_what_was_uploaded_for_a_job_that_was_stopped_before_it_ran()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { HoldsPainting = true });
        using var other = ComfyUiTests.Backend(server);
        var first = other.PaintAsync(Request, PaintingSources.None, new RecordedReporter(), Cancellation);
        await server.CalledAsync(call => call is { Method: "GET", Path: "/queue" });
        using var before = ComfyUiTests.Backend(server);
        using var stop = new CancellationTokenSource();
        var reporter = new RecordedReporter();
        var painting = before.PaintAsync(Request, new([], Requests.Picture("original")), reporter, stop.Token);
        await reporter.ReportedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => painting);
        Assert.True(await before.CancelAsync(reporter.Ticket!, Cancellation));

        // By the ticket alone, as after a restart of the bot.
        using var after = ComfyUiTests.Backend(server);
        await after.DiscardAsync(reporter.Ticket!, Cancellation);

        IsPixel(Assert.Single(server.Files).Value);
        server.Release();
        Requests.Painted(await first);
    }

    [Fact]
    public async Task ComfyUi_backend_removes_a_job_from_a_server_that_answers_again()
    {
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { RetrySeconds = 0.001 });
        var reporter = new RecordedReporter();
        Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, reporter, Cancellation));
        server.FailNext("GET", "/queue", StandIn.Status(503, "", "text/plain"), times: 8);

        await backend.DiscardAsync(reporter.Ticket!, Cancellation);

        Assert.Single(server.History);
        await server.CalledAsync(_ => server.History.Count == 0);
    }

    [Fact]
    public async Task ComfyUi_backend_leaves_what_a_workflow_saves_and_removes_what_it_uploaded_for_it()
    {
        using var folder = new TemporaryFolder();
        var graph = Workflow("SaveImage");
        graph["80"] = JsonNode.Parse("""{"class_type":"LoadImage","inputs":{"image":"mine.png"},"_meta":{"title":"original"}}""");
        graph["81"] = JsonNode.Parse("""{"class_type":"VAEEncode","inputs":{"pixels":["80",0],"vae":["10",2]}}""");
        graph["50"]!["inputs"]!["latent_image"] = new JsonArray("81", 0);
        await using var server = await ComfyUiTests.StartAsync();
        server.Put("mine.png", Requests.Picture());
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { WorkflowFile = Saved(folder, graph) });

        var reporter = new RecordedReporter();
        Requests.Painted(await backend.PaintAsync(Request, new([], Requests.Picture("original")), reporter, Cancellation));
        await backend.DiscardAsync(reporter.Ticket!, Cancellation);

        Assert.Contains("a secret wish", Encoding.Latin1.GetString(server.Files["output//output_00001_.png"]));
        Assert.Equal(Requests.Picture(), server.Files["mine.png"]);
        IsPixel(Assert.Single(server.Files, file => file.Key.StartsWith("temp/", StringComparison.Ordinal)).Value);
    }

    [Theory]
    [InlineData("/history")]
    [InlineData("/upload/image")]
    public async Task ComfyUi_backend_leaves_what_the_server_refuses_to_remove(string path)
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("POST", path, StandIn.Status(403, "no", "text/plain"), times: 9);
        using var backend = ComfyUiTests.Backend(server);

        var reporter = new RecordedReporter();

        Assert.Single(Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, reporter, Cancellation)));
        await backend.DiscardAsync(reporter.Ticket!, Cancellation);
    }

    [Fact]
    public async Task ComfyUi_backend_finds_the_pictures_of_a_job_again_until_they_are_stored()
    {
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server);
        var before = new RecordedReporter();
        var first = Assert.Single(Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, before, Cancellation)));

        var again = Assert.Single(Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, new RecordedReporter(before.Ticket), Cancellation)));

        Assert.True(again.Png.Span.SequenceEqual(first.Png.Span));
        Assert.Single(server.Calls, call => call is { Method: "POST", Path: "/prompt" });
    }

    [Fact]
    public async Task ComfyUi_backend_removes_what_is_left_of_a_prompt_that_failed()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Failure = "mat1 and mat2 shapes cannot be multiplied" });
        using var backend = ComfyUiTests.Backend(server);

        await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Request, new([], Requests.Picture("original")), new RecordedReporter(), Cancellation));

        Assert.Empty(server.History);
        IsPixel(Assert.Single(server.Files).Value);
    }

    [Fact]
    public async Task ComfyUi_backend_removes_the_prompts_that_it_interrupts_because_another_failed()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { Failure = "Allocation on device", HoldsFrom = 2, LooksWhileStopping = 2 });
        using var backend = ComfyUiTests.Backend(server);

        var fault = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Request with { Count = 3 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(BackendFault.Size, fault.Fault);
        Assert.False(server.IsBusy);
        Assert.Empty(server.History);
    }

    [Fact]
    public async Task ComfyUi_backend_submits_a_job_again_whose_files_are_gone()
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(404, "", "text/plain"));
        using var backend = ComfyUiTests.Backend(server);

        var painted = Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Single(painted);
        Assert.Equal([7, 7], ComfyUiTests.Calls(server, "/prompt").Select(call => (int)call.Json["prompt"]!["3"]!["inputs"]!["seed"]!));
    }

    [Fact]
    public async Task ComfyUi_backend_removes_a_job_that_it_submits_again()
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(404, "", "text/plain"));
        using var backend = ComfyUiTests.Backend(server);
        var reporter = new RecordedReporter();

        Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, reporter, Cancellation));

        Assert.Equal(reporter.Ticket, Assert.Single(server.History) + "*1");
    }

    [Fact]
    public async Task ComfyUi_backend_removes_a_job_of_which_no_picture_can_be_read()
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(200, "no picture", "image/png"));
        using var backend = ComfyUiTests.Backend(server);

        await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Request, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Empty(server.History);
        Assert.All(server.Files.Values, IsPixel);
    }

    [Fact]
    public async Task ComfyUi_backend_reports_files_that_are_always_gone()
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(404, "", "text/plain"), times: 9);
        using var backend = ComfyUiTests.Backend(server);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.PaintAsync(Request, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(
            (BackendFault.Lost, "comfy has painted a picture whose file is gone: its folder of temp files was cleaned in the meantime."),
            (exception.Fault, exception.Message));
        Assert.Equal(3, ComfyUiTests.Calls(server, "/prompt").Length);
    }

    [Fact]
    public async Task ComfyUi_backend_gives_the_pictures_beside_one_whose_file_is_gone()
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(404, "", "text/plain"), after: 1);
        using var backend = ComfyUiTests.Backend(server);

        var painted = Assert.IsType<PaintingResult.Painted>(await backend.PaintAsync(Request with { Count = 3 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal([0, 2], painted.Positions);
    }

    [Fact]
    public async Task ComfyUi_backend_gets_its_pictures_when_the_server_answers_again()
    {
        await using var server = await ComfyUiTests.StartAsync();
        server.FailNext("GET", "/view", StandIn.Status(503, "", "text/plain"), times: 4, after: 1);
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { RetrySeconds = 0.001 });

        var painted = Requests.Painted(await backend.PaintAsync(Request with { Count = 2 }, PaintingSources.None, new RecordedReporter(), Cancellation));

        Assert.Equal(2, painted.Count);
        Assert.Equal(2, ComfyUiTests.Calls(server, "/prompt").Length);
    }

    [Theory]
    [InlineData("SaveImage", "60")]
    [InlineData("PreviewImage", "60")]
    [InlineData("PreviewImage", "80")]
    public async Task ComfyUi_backend_has_an_equal_prompt_of_a_workflow_painted_again_whose_files_were_deleted(string output, string source)
    {
        // Also one whose picture does not depend on the seed.
        using var folder = new TemporaryFolder();
        var graph = Workflow(output);
        graph["80"] = JsonNode.Parse("""{"class_type":"LoadImage","inputs":{"image":"mine.png"}}""");
        graph["70"]!["inputs"]!["images"] = new JsonArray(source, 0);
        await using var server = await ComfyUiTests.StartAsync();
        server.Put("mine.png", Requests.Picture());
        using var backend = ComfyUiTests.Backend(server, ComfyUiTests.Options(server) with { WorkflowFile = Saved(folder, graph) });

        var first = Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, new RecordedReporter(), Cancellation))[0];
        server.CleanOutput();
        var again = Requests.Painted(await backend.PaintAsync(Request, PaintingSources.None, new RecordedReporter(), Cancellation))[0];

        Assert.Equal(first.Png.ToArray(), again.Png.ToArray());
        Assert.Equal(2, ComfyUiTests.Calls(server, "/prompt").Length);
    }

    [Fact]
    public async Task ComfyUi_backend_sends_an_upload_in_its_exact_form()
    {
        await using var server = await ComfyUiTests.StartAsync();
        using var backend = ComfyUiTests.Backend(server);

        await backend.PaintAsync(Request, new([], Requests.Picture()), new RecordedReporter(), Cancellation);

        var call = ComfyUiTests.Calls(server, "/upload/image")[0];
        var boundary = call.Headers["Content-Type"].Split('=')[1];
        var job = ((string)ComfyUiTests.Calls(server, "/prompt")[0].Json["prompt_id"]!)[..8];
        string Field(string name, string value) => $"\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}";
        Assert.Equal($"multipart/form-data; boundary={boundary}", call.Headers["Content-Type"]);
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"personalization-{job}-0.png\"\r\nContent-Type: image/png\r\n\r\n{Encoding.Latin1.GetString(Requests.Picture())}"
            + Field("type", "temp") + Field("subfolder", "") + Field("overwrite", "true") + $"\r\n--{boundary}--\r\n",
            Encoding.Latin1.GetString(call.Body.Span));
    }

    private static void IsPixel(byte[] file)
    {
        using var picture = SKBitmap.Decode(file);
        Assert.Equal((1, 1), (picture.Width, picture.Height));
    }

    private static string Saved(TemporaryFolder folder, JsonObject graph)
    {
        var file = Path.Combine(folder.FullName, "workflow.json");
        File.WriteAllText(file, graph.ToJsonString());
        return file;
    }

    /// <param name="output">The class of the node that writes the picture.</param>
    private static JsonObject Workflow(string output) => new()
    {
        ["10"] = JsonNode.Parse("""{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"sd15.safetensors"}}"""),
        ["20"] = JsonNode.Parse("""{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["10",1]}}"""),
        ["30"] = JsonNode.Parse("""{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["10",1]}}"""),
        ["40"] = JsonNode.Parse("""{"class_type":"EmptyLatentImage","inputs":{"width":64,"height":64,"batch_size":1}}"""),
        ["50"] = JsonNode.Parse("""{"class_type":"KSampler","inputs":{"seed":1,"steps":9,"cfg":5,"sampler_name":"euler","scheduler":"normal","denoise":1,"model":["10",0],"positive":["30",0],"negative":["20",0],"latent_image":["40",0]}}"""),
        ["60"] = JsonNode.Parse("""{"class_type":"VAEDecode","inputs":{"samples":["50",0],"vae":["10",2]}}"""),
        ["70"] = output == "SaveImage"
            ? JsonNode.Parse("""{"class_type":"SaveImage","inputs":{"images":["60",0],"filename_prefix":"mine"}}""")
            : JsonNode.Parse("""{"class_type":"PreviewImage","inputs":{"images":["60",0]}}"""),
    };
}
