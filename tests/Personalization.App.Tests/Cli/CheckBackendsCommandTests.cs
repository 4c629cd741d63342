using Personalization.App.Cli;

namespace Personalization.App.Tests.Cli;

/// <summary><c>check-backends</c> as an operator sees it.</summary>
public sealed class CheckBackendsCommandTests
{
    private static readonly string[] Dead =
    [
        "--Backends:ComfyUi:Url=http://127.0.0.1:1",
        "--Backends:ComfyUi:RetrySeconds=0.001",
        "--Backends:ComfyUi:IpAdapterPreset=STANDARD (medium strength)",
        "--Imagine:Versions:6.0:Backend=ComfyUi",
        "--Imagine:Versions:6.0:Model=sd15.safetensors",
    ];

    [Fact]
    public async Task Check_reports_a_server_that_is_away_as_unknown()
    {
        var (code, output, _) = await RunAsync(Dead);

        Assert.Equal(1, code);
        Assert.Matches(@"ComfyUi +sd15.safetensors +NONE +\? +\? +\? +4 \? +16 \? +\? +\? +\? +\?\r?\n", output);
        Assert.Contains("  ComfyUi cannot be reached at 127.0.0.1:1", output);
    }

    [Fact]
    public async Task Check_proves_what_the_Painter_can_do_and_leaves_out_the_rest()
    {
        var (code, output, error) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Equal(
            """
            Painter: request 1 of at most 5, that it paints ...
            Painter: request 2 of at most 5, whether the same seed gives the same picture ...
            """.ReplaceLineEndings(),
            string.Join(Environment.NewLine, error.Split(Environment.NewLine)[..2]));
        Assert.Matches(@"Painter +\(its own\) +[0-9.]+ s +proved +proved +- +- +2 of 4 +proved +proved +- +-\r?\n", output);
    }

    [Fact]
    public async Task Check_names_a_server_that_no_version_uses_without_asking_it()
    {
        var (code, output, _) = await RunAsync("--Backends:Spare:Kind=ComfyUi", "--Backends:Spare:Url=http://127.0.0.1:1");

        Assert.Equal(0, code);
        Assert.Contains("Spare was not checked: no version uses it. Set Imagine:Versions:NAME:Backend to Spare.", output);
        Assert.DoesNotContain("Painter was not checked", output);
    }

    [Theory]
    [InlineData("Backends:ComfyUi:Foo", "Backends:ComfyUi:Foo is not a setting; Backends:ComfyUi takes ")]
    [InlineData("Imagine:CheckAtStrat", "Imagine:CheckAtStrat is not a setting; Imagine takes Backend, CheckAtStart, DefaultVersion, Versions.")]
    [InlineData("Imagine:Versions:6.0:Modell", "Imagine:Versions:6.0:Modell is not a setting; Imagine:Versions:6.0 takes Backend, Fallback, Model.")]
    [InlineData("Imagine:Versions:6.0:Fallback:0:Backed", "Imagine:Versions:6.0:Fallback:0:Backed is not a setting; Imagine:Versions:6.0:Fallback:0 takes Backend, Fallback, Model.")]
    [InlineData("Ranking:UnlockAfter", "Ranking:UnlockAfter is not a setting; Ranking takes FitEveryMinutes, MadePictures, PaintAhead, PreviewAt, UnlockAt.")]
    [InlineData("Vision:Encodr", "Vision:Encodr is not a setting; Vision takes Encoder, EncoderPath, InputSize, Mean, StandardDeviation.")]
    [InlineData("Storage:DataDirectory", "Storage:DataDirectory is not a setting; Storage takes ConnectionString, Provider.")]
    public async Task Check_names_a_misspelt_setting_with_those_that_exist(string key, string words)
    {
        var (code, output, error) = await RunAsync($"--{key}=bar");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(words, error);
        Assert.DoesNotContain("   at ", error);
    }

    private static async Task<(int? Code, string Output, string Error)> RunAsync(params string[] settings)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["check-backends", .. settings], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
