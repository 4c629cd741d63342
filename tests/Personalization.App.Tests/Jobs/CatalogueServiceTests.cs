using Microsoft.Extensions.DependencyInjection;
using Personalization.Votes;

namespace Personalization.App.Tests.Jobs;

public sealed class CatalogueServiceTests
{
    [Fact]
    public async Task Picture_that_cannot_be_painted_ahead_does_not_stop_the_program()
    {
        await using var program = await TasteProgram.CreateAsync(services => services.Configure<RankingOptions>(options => options.PaintAhead = true));
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "pictures"), "in the way", TasteProgram.Cancellation);

        await program.StartAsync();

        await program.Log.SeenAsync("The ranking pictures are no longer painted ahead");
        Assert.False(program.IsStopping);
    }
}
