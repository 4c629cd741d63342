using Personalization.Catalogue;
using Personalization.Imagine.Backends;
using Personalization.Lab.Simulation;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Lab.Tests.Simulation;

/// <summary>The command line, as an operator types it.</summary>
public sealed class SimulateTasteCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("personalization-simulate-");
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("foo", "\"foo\" is nothing that simulate takes.")]
    [InlineData("--seed 2147483648", "--seed 2147483648: give a whole number from -2147483648 to 2147483647.")]
    [InlineData("--people 9", "--people is 9; it takes 10 to 10,000.")]
    public async Task A_wrong_line_gets_its_reason_and_not_the_whole_help(string line, string reason)
    {
        var (code, output, error) = await RunAsync(NeverMade, line.Split(' '));

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(reason, error);
        Assert.EndsWith("See simulate --help.", error.TrimEnd());
    }

    [Fact]
    public async Task The_help_is_there_for_whoever_asks()
    {
        var (code, output, error) = await RunAsync(NeverMade, "-h");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--painted", output);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_before_anything_is_simulated()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var path = Path.Combine(file, "plots");

        var (code, output, error) = await RunAsync(NeverMade, "--out", path);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"--out {path}: nothing can be written into this folder. Name one that you may write to; it is made where there is none.", error.TrimEnd());
    }

    [Theory]
    [InlineData("/proc")]
    [InlineData("/proc/x")]
    public async Task A_folder_that_takes_no_file_is_told_too(string path)
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "There is no /proc, which nobody may write to.");

        var (code, _, error) = await RunAsync(NeverMade, "--out", path);

        Assert.Equal(1, code);
        Assert.StartsWith($"--out {path}: nothing can be written into this folder.", error);
    }

    [Fact]
    public async Task Whoever_stops_it_is_told_that_it_stopped()
    {
        var (code, output, error) = await RunAsync(
            () =>
            {
                _stop.Cancel();
                return Studio(() => { });
            },
            "--people", "10000", "--out", _folder.FullName);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("Stopped. Nothing was written.", error.TrimEnd());
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(700)]
    public async Task It_stops_at_once_in_the_pool_and_in_the_midst_of_somebody(int pictures)
    {
        // The pool has 512 pictures, and each person looks at more than that.
        var looked = 0;

        var (code, _, error) = await RunAsync(
            () => Studio(() =>
            {
                if (Interlocked.Increment(ref looked) == pictures)
                {
                    _stop.Cancel();
                }
            }),
            "--people", "10", "--painted");

        Assert.Equal(1, code);
        Assert.Equal("Stopped. Nothing was written.", error.TrimEnd());
        Assert.True(looked < pictures + 100, $"{looked}");
    }

    private static Studio NeverMade() => throw new NotSupportedException("Nothing was to be simulated.");

    private static Studio Studio(Action looked) =>
        new(TasteSimulationTests.Simulated.Load("styles.json", StyleVocabulary.Load), TasteSimulationTests.Simulated.Load("prompts.json", RankingPrompts.Load), new BlankPainter(), new Extractor(looked));

    private async Task<(int Code, string Output, string Error)> RunAsync(Func<Studio> studio, params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await SimulateTasteCommand.Create(_ => studio()).Parse(line).InvokeAsync(new() { Output = output, Error = error }, _stop.Token);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class BlankPainter : IImageBackend
    {
        public string Name => "Blank";

        public (int Area, int Step) SizeOf(string model) => throw new NotSupportedException();

        public BackendCapabilities CapabilitiesOf(string model) => throw new NotSupportedException();

        public Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken) =>
            Task.FromResult<PaintingResult>(new PaintingResult.Painted([new(BitConverter.GetBytes(request.Styles[0].Coordinates[0]), request.Width, request.Height)]));

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Extractor(Action looked) : IFeatureExtractor
    {
        public string Version => "test";

        public IReadOnlyList<PictureMeasure> Measures { get; } = [new("lightness", "dark", "light"), new("colourfulness", "muted", "colourful"), new("edge-density", "plain", "detailed")];

        public int EmbeddingLength => 0;

        public float[] Extract(ReadOnlyMemory<byte> picture)
        {
            looked();
            var coordinate = BitConverter.ToSingle(picture.Span);
            return [coordinate, coordinate * coordinate, -coordinate];
        }
    }
}
