using Personalization.App.Cli;

namespace Personalization.App.Tests.Cli;

/// <summary><c>paint-catalogue</c> as an operator sees it, beside a bot that has the storage open.</summary>
public sealed class PaintCatalogueCommandTests
{
    [Fact]
    public async Task Paint_catalogue_succeeds_when_all_pictures_are_painted()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync("UPDATE Pictures SET FileKey = 'painted.png'");

        var (code, output, _) = await RunAsync(program);

        var total = (await program.RankingAsync()).Count;
        Assert.Equal(0, code);
        Assert.Contains($"{total} of {total} pictures by Painter are ranked from now on.", output);
    }

    [Fact]
    public async Task Paint_catalogue_refuses_to_run_twice_at_a_time()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync("UPDATE Pictures SET FileKey = 'painted.png'");
        await using var other = new FileStream(Path.Combine(program.Folder, "paint-catalogue.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);

        var (code, output, error) = await RunAsync(program);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("Is another paint-catalogue running?", error);
    }

    [Fact]
    public async Task Paint_catalogue_uses_the_default_version_and_not_its_fallback()
    {
        await using var program = await TasteProgram.CreateAsync();

        var (code, output, error) = await RunAsync(
            program,
            "--Backends:ComfyUi:Url=http://127.0.0.1:1",
            "--Backends:ComfyUi:RetrySeconds=0.02",
            "--Imagine:Versions:6.0:Backend=ComfyUi",
            "--Imagine:Versions:6.0:Model=sd15.safetensors",
            "--Imagine:Versions:6.0:Fallback:0:Backend=Painter");

        Assert.Equal(1, code);
        Assert.Contains("The ranking pictures are painted by ComfyUi sd15.safetensors, the backend of version 6.0.", output);
        Assert.Contains("ComfyUi cannot be reached at 127.0.0.1:1", error);
        Assert.Contains("What is painted so far is kept: start this again to continue.", error);
        Assert.DoesNotContain("   at ", error);
    }

    private static async Task<(int? Code, string Output, string Error)> RunAsync(TasteProgram program, params string[] settings)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["paint-catalogue", $"--DataDirectory={program.Folder}", .. settings], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
