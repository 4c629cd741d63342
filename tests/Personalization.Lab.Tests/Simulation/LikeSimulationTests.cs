using Personalization.Lab.Simulation;

namespace Personalization.Lab.Tests.Simulation;

/// <summary>What likes teach people of several kinds, of whom one follows the model's assumptions.</summary>
public sealed class LikeSimulationTests
{
    // Those who like by pixels, too, in what simulate --painted prints.
    private static readonly LikingKind[] Kinds = [LikingKind.Axes, LikingKind.TwoAxes, LikingKind.Middle, LikingKind.Subjects, LikingKind.Chance];

    [Fact]
    public void Likes_teach_seven_tenths_of_what_votes_do_and_name_the_right_traits()
    {
        var rows = LikeSimulation.Run(TasteSimulationTests.Simulated.CreatePool(), Kinds, people: 8, seed: 1, TestContext.Current.CancellationToken);

        using var table = new StringWriter();
        SimulationTables.WriteLikes(rows, table);
        var tastes = rows.Where(row => row.Kind != LikingKind.Chance).ToArray();
        Assert.All(tastes.Where(row => row.Count == 200), row => Assert.True(row.ShareOfGain >= 0.7, table.ToString()));
        Assert.All(tastes.Where(row => row.Kind != LikingKind.TwoAxes), row => Assert.True(row.Right >= 5 * row.Wrong, table.ToString()));

        // A trait is sure from one standard deviation on: of axes that a person does not care for, a third is taken for one by chance.
        Assert.All(rows.Where(row => row.Kind == LikingKind.TwoAxes), row => Assert.True(row.Right >= 1.6 && row.Wrong <= 0.4 * 10, table.ToString()));
        Assert.All(rows.Where(row => row.Kind == LikingKind.Chance), row => Assert.True(row.Wrong <= 0.4 * 12, table.ToString()));
    }
}
