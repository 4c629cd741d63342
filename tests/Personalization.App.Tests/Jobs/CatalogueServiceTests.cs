using Microsoft.Extensions.DependencyInjection;
using Personalization.Pictures;
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

    [Fact]
    public async Task Pictures_are_painted_ahead_again_by_themselves_once_a_full_storage_has_space()
    {
        var files = new PictureFilesInMemory { Saved = _ => throw new StorageFullException("full") };
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IPictureFiles>(files).Configure<RankingOptions>(options => options.PaintAhead = true));
        await program.ExecuteAsync($"UPDATE Pictures SET FileKey = '{new string('a', 64)}.png' WHERE Id > 2");
        await program.StartAsync();
        await program.Log.SeenAsync("The ranking pictures wait for space");
        Assert.Null((await program.RankingAsync())[0].FileKey);

        files.Saved = null;
        program.Time.Advance(TimeSpan.FromMinutes(1));

        var count = (await program.RankingAsync()).Count;
        await program.Log.SeenAsync($"Painted {count} of {count} ranking pictures");
        Assert.All(await program.RankingAsync(), picture => Assert.NotNull(picture.FileKey));
        Assert.DoesNotContain(program.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
