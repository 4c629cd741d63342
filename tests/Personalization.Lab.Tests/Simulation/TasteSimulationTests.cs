using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Catalogue;
using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Lab.Simulation;
using Personalization.Painter;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Lab.Tests.Simulation;

/// <summary>What the product promises, held against people with hidden tastes. Margins are in standard errors over people.</summary>
public sealed class TasteSimulationTests(TasteSimulationTests.Simulated simulated) : IClassFixture<TasteSimulationTests.Simulated>
{
    private SimulationReport Report => simulated.Report;

    [Fact]
    public void Personalized_pictures_win_nine_of_ten_times_after_200_votes_at_full_strength()
    {
        var share = At(TasteKind.Axes, 200, 1000);

        Assert.True(share.Value - (2 * share.StandardError) > 0.9, $"{share}");
    }

    [Fact]
    public void Win_rate_rises_with_votes()
    {
        foreach (var strength in (int[])[50, 100, 250, 500, 1000])
        {
            Rises([.. TasteSimulation.Votes.Select(votes => At(TasteKind.Axes, votes, strength))], $"--s {strength}");
        }
    }

    [Fact]
    public void Win_rate_rises_with_strength()
    {
        foreach (var votes in (int[])[20, 50, 100, 200])
        {
            Rises([.. TasteSimulation.Strengths.Select(strength => At(TasteKind.Axes, votes, strength))], $"{votes} votes");
        }
    }

    [Fact]
    public void Win_rate_is_a_half_without_strength() =>
        Assert.All(TasteSimulation.Votes, votes => Assert.Equal(0.5, At(TasteKind.Axes, votes, 0).Value));

    [Fact]
    public void Win_rate_is_a_half_after_votes_at_random() =>
        Assert.All(TasteSimulation.Strengths.Skip(1), strength =>
        {
            var share = At(TasteKind.Contradictory, 200, strength);
            Assert.True(Math.Abs(share.Value - 0.5) < 3 * share.StandardError, $"--s {strength}: {share}");
        });

    [Fact]
    public void Taste_hardly_changes_after_votes_at_random()
    {
        var (coin, real) = (Length(TasteKind.Contradictory), Length(TasteKind.Axes));

        Assert.True(coin < real / 3, $"{coin} against {real}");
    }

    [Theory]
    [InlineData(TasteKind.Axes, 0.9)]
    [InlineData(TasteKind.Middle, 0.8)]
    [InlineData(TasteKind.Lapsing, 0.8)]
    public void Predictions_improve_with_votes(TasteKind kind, double atLeast)
    {
        var shares = TasteSimulation.Votes.Select(votes => Accuracy(kind, votes)).ToArray();

        Rises(shares, kind.ToString());
        Assert.Equal(0.5, shares[0].Value, 4 * shares[0].StandardError!.Value);
        Assert.True(shares[^1].Value > atLeast, $"{shares[^1]}");
    }

    [Theory]
    [InlineData(TasteKind.Middle)]
    [InlineData(TasteKind.Lapsing)]
    public void People_of_another_law_are_predicted_and_pleased_less_but_far_above_half(TasteKind kind)
    {
        Assert.True(Accuracy(kind, 200).Value < Accuracy(TasteKind.Axes, 200).Value - 0.04, $"{Accuracy(kind, 200)}");
        Assert.InRange(At(kind, 200, 1000).Value, 0.8, At(TasteKind.Axes, 200, 1000).Value - 0.005);
    }

    [Theory]
    [InlineData(TasteKind.Reversing)]
    [InlineData(TasteKind.Turning)]
    public void Taste_that_changed_half_way_is_learnt_from_the_votes_since(TasteKind kind)
    {
        Assert.True(Accuracy(kind, 100).Value > 0.9, $"{Accuracy(kind, 100)}");
        Assert.InRange(Accuracy(kind, 200).Value, 0.86, 0.94);
        Assert.InRange(At(kind, 200, 100).Value, 0.8, 0.9);
    }

    [Fact]
    public void Random_votes_at_the_end_do_not_erase_what_was_learnt()
    {
        Assert.InRange(Accuracy(TasteKind.Tiring, 200).Value, Accuracy(TasteKind.Tiring, 100).Value - 0.01, 1);
        Assert.InRange(At(TasteKind.Tiring, 200, 100).Value, 0.83, 0.92);
    }

    [Fact]
    public void Taste_that_moves_with_each_vote_is_followed_less()
    {
        Assert.InRange(Accuracy(TasteKind.Wandering, 200).Value, 0.75, 0.86);
        Assert.InRange(At(TasteKind.Wandering, 200, 1000).Value, 0.9, 0.99);
    }

    [Fact]
    public void Pairs_chosen_by_the_bot_teach_in_120_votes_what_random_pairs_teach_in_200() =>
        Assert.True(Report.ActiveVotes <= 120 || Report.ActiveWinVotes <= 120, $"predicted after {Report.ActiveVotes}, won after {Report.ActiveWinVotes}");

    [Fact]
    public void Simulation_of_the_same_seed_gives_the_same_results()
    {
        // Each person is drawn from the seed and their own index, on whichever thread: a few show it as well as many.
        var (first, second) = (Run(), Run());

        Assert.Equal(first.WinRates, second.WinRates);
        Assert.Equal(first.Active, second.Active);

        static SimulationReport Run() =>
            TasteSimulation.Run(new SimulationOptions { People = 10 }, Simulated.CreatePool(), TextWriter.Null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Simulation_writes_tables_and_plots()
    {
        Assert.Contains("votes at random", simulated.Output);
        Assert.Contains("taste on the axes, 20 % of the answers the wrong way round", simulated.Output);
        Assert.Contains("taste on the axes, the opposite after 100 votes", simulated.Output);
        Assert.Matches(@"(?m)^ votes        --s 0 .*    predicted    length\r?$", simulated.Output);
        foreach (var plot in (string[])["win-rate.png", "active.png", "contradictory.png", "dial.png"])
        {
            Assert.True(new FileInfo(Path.Combine(simulated.Folder, plot)).Length > 10_000, plot);
        }

        Assert.True(File.Exists(Path.Combine(simulated.Folder, "report.json")));
    }

    private static void Rises(Estimate[] shares, string where)
    {
        for (var i = 1; i < shares.Length; i++)
        {
            // Neighbours may be equal but for noise; the ends are not.
            var noise = 2 * Math.Sqrt((shares[i].StandardError!.Value * shares[i].StandardError!.Value) + (shares[i - 1].StandardError!.Value * shares[i - 1].StandardError!.Value));
            Assert.True(shares[i].Value > shares[i - 1].Value - noise, $"{where}: {string.Join(", ", shares)}");
        }

        Assert.True(shares[^1].Value > shares[0].Value + 0.05, $"{where}: {string.Join(", ", shares)}");
    }

    private Estimate At(TasteKind kind, int votes, int strength) =>
        Report.WinRates.Single(rate => rate.Kind == kind && rate.Votes == votes && rate.Stylize == strength).Share;

    private Estimate Accuracy(TasteKind kind, int votes) => Report.WinRates.First(rate => rate.Kind == kind && rate.Votes == votes).Accuracy;

    private double Length(TasteKind kind) => Report.WinRates.First(rate => rate.Kind == kind && rate.Votes == 200).Length.Value;

    /// <summary>One simulation for all questions.</summary>
    public sealed class Simulated : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Simulated()
        {
            using var output = new StringWriter();
            Report = TasteSimulation.Run(new SimulationOptions { People = 100, Folder = Folder }, CreatePool(), output, TestContext.Current.CancellationToken);
            Output = output.ToString();
        }

        public SimulationReport Report { get; }

        public string Output { get; }

        public string Folder => _folder.FullName;

        public void Dispose() => _folder.Dispose();

        internal static LabPool CreatePool()
        {
            var services = new ServiceCollection()
                .AddSingleton(Load("styles.json", StyleVocabulary.Load))
                .AddSingleton(Load("prompts.json", RankingPrompts.Load))
                .AddSingleton(new ComputeThreads(new() { Threads = Environment.ProcessorCount, Nice = 0 }))
                .AddPainter()
                .AddImaging(new ConfigurationBuilder().Build())
                .BuildServiceProvider();
            return new(
                services.GetRequiredService<StyleVocabulary>(),
                services.GetRequiredService<RankingPrompts>(),
                services.GetServices<IImageBackend>().First(),
                services.GetRequiredService<IFeatureExtractor>());
        }

        internal static T Load<T>(string file, Func<Stream, T> read)
        {
            using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", file));
            return read(stream);
        }
    }
}
