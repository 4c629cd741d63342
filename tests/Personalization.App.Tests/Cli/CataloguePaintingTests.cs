using Personalization.App.Cli;
namespace Personalization.App.Tests.Cli;

/// <summary><c>--paint-catalogue</c> as whoever runs it sees it, beside a bot that has the storage open.</summary>
public sealed class CataloguePaintingTests
{
    [Fact]
    public async Task A_catalogue_that_is_all_there_is_ranked_and_the_run_succeeds()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync("UPDATE Pictures SET FileKey = 'painted.png'");

        var (code, output, _) = await RunAsync(program);

        var total = (await program.RankingAsync()).Count;
        Assert.Equal(0, code);
        Assert.Contains($"{total} of {total} pictures by Painter are ranked from now on.", output);
    }

    [Fact]
    public async Task Two_at_a_time_do_not_paint_each_picture_twice()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync("UPDATE Pictures SET FileKey = 'painted.png'");
        await using var other = new FileStream(Path.Combine(program.Folder, "paint-catalogue.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);

        var (code, output, error) = await RunAsync(program);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("Is another --paint-catalogue at work?", error);
    }

    [Fact]
    public async Task The_default_version_paints_and_not_what_it_falls_back_on()
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
        Assert.Contains("What is painted so far is kept", error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(TasteProgram program, params string[] settings)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CataloguePainting.RunAsync([$"--DataDirectory={program.Folder}", .. settings], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
