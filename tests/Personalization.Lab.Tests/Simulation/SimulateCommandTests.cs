using Personalization.Catalogue;
using Personalization.Lab.Simulation;
using Personalization.Styles;

namespace Personalization.Lab.Tests.Simulation;

/// <summary>The command line, as an operator types it.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("foo", "\"foo\" is neither an option of simulate nor a setting")]
    [InlineData("--seed 2147483648", "--seed 2147483648: give a whole number from -2147483648 to 2147483647.")]
    [InlineData("--lapses 0.6", "--lapses 0.6: give a share from 0 to 0.5, such as 0.2.")]
    [InlineData("--lapses half", "--lapses half: give a share from 0 to 0.5, such as 0.2.")]
    [InlineData("--people 9", "--people is 9; it takes 10 to 10,000.")]
    public async Task Simulate_reports_a_wrong_argument_without_the_help(string line, string reason)
    {
        var (code, output, error) = await RunAsync(NeverMade, line.Split(' '));

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(reason, error);
        Assert.EndsWith("See simulate --help.", error.TrimEnd());
    }

    [Fact]
    public async Task Simulate_shows_its_help()
    {
        var (code, output, error) = await RunAsync(NeverMade, "-h");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--painted", output);
    }

    [Fact]
    public async Task Simulate_reports_a_folder_that_cannot_be_created_before_it_starts()
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
    public async Task Simulate_reports_a_folder_without_write_permission_before_it_starts(string path)
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "There is no /proc, which is not writable.");

        var (code, _, error) = await RunAsync(NeverMade, "--out", path);

        Assert.Equal(1, code);
        Assert.StartsWith($"--out {path}: nothing can be written into this folder.", error);
    }

    [Fact]
    public async Task Simulate_reports_that_it_was_stopped()
    {
        var (code, output, error) = await RunAsync(
            () =>
            {
                _stop.Cancel();
                return CreatePool(() => { });
            },
            "--people", "10000", "--out", _folder.FullName);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("Stopped. Nothing was written.", error.TrimEnd());
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(700)]
    public async Task Simulate_stops_at_once_in_the_pool_and_within_a_person(int pictures)
    {
        // The pool has 768 pictures, and each person looks at more than that.
        var looked = 0;

        var (code, _, error) = await RunAsync(
            () => CreatePool(() =>
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

    private static LabPool NeverMade() => throw new NotSupportedException("Nothing was to be simulated.");

    /// <summary>Pictures are one coordinate of their style, and measured by it.</summary>
    private static LabPool CreatePool(Action looked)
    {
        var painter = new FakeBackend { Picture = request => new(BitConverter.GetBytes(request.Styles[0].Coordinates[0]), request.Width, request.Height) };
        var extractor = new FakeExtractor(extract: picture =>
        {
            looked();
            var coordinate = BitConverter.ToSingle(picture.Span);
            return [coordinate, coordinate * coordinate, -coordinate];
        })
        {
            Measures = [new("lightness", "dark", "light"), new("colourfulness", "muted", "colourful"), new("edge-density", "plain", "detailed")],
        };
        return new(TasteSimulationTests.Simulated.Load("styles.json", StyleVocabulary.Load), TasteSimulationTests.Simulated.Load("prompts.json", RankingPrompts.Load), painter, extractor);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(Func<LabPool> createPool, params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await SimulateCommand.Create(_ => createPool()).Parse(line).InvokeAsync(new() { Output = output, Error = error }, _stop.Token);
        return (code, output.ToString(), error.ToString());
    }
}
