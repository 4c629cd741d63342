namespace Personalization.Evaluation.Tests;

/// <summary>What the model is measured to be on people with known weights.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Print_for_now()
    {
        var world = World.Of(people: 150, pictures: 300, votes: 300);
        using var files = new Files(world.VotesCsv(), world.PicturesCsv());
        files.Report(files.Options with { NewPictures = false, Test = HeldOut.TryParse("0.3", out var h) ? h : null! });
        TestContext.Current.SendDiagnosticMessage(files.Printed);
        Console.WriteLine(files.Printed);
        var own = world.Rows.Average(r => (world.LogOdds(r) > 0) == (r.Choice == "left") ? 1.0 : 0);
        Console.WriteLine(own);
    }
}
