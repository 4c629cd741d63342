using Personalization.Lab.Simulation;

namespace Personalization.Lab.Tests.Simulation;

/// <summary>The dial as people with a decided taste see it, on painted pictures.</summary>
public sealed class DialSimulationTests
{
    [Fact]
    public void Dial_is_seen_and_liked_at_100_and_grows_evenly_to_1000()
    {
        var rows = DialSimulation.Run(TasteSimulationTests.Simulated.CreatePool(), seed: 1, judged: 1, TestContext.Current.CancellationToken);

        using var table = new StringWriter();
        SimulationTables.WriteDial(rows, table);
        foreach (var mode in rows.GroupBy(row => row.InWords))
        {
            var mean = DialRow.Mean("all", mode);
            var (at100, at500, at1000) = (mean.Shifts[1], mean.Shifts[3], mean.Shifts[4]);
            Assert.True(mean.Tells >= 0.9, table.ToString());
            Assert.True(mean.Prefers >= 0.75, table.ToString());
            Assert.True(mean.FindsOwn >= 0.7, table.ToString());
            Assert.True(mean.TellsFrom100 >= 0.75, table.ToString());
            Assert.True(mean.TellsFrom500 >= 0.75, table.ToString());

            // Twice as far, less where words already say all they can.
            Assert.InRange((at1000 - at100) / (at500 - at100), 1.5, 2.4);
            Assert.All(mode, row => Assert.True(row.Tells >= 0.8 && row.Prefers >= 0.7, table.ToString()));
        }
    }
}
