using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Catalogue;
using Personalization.Imagine;
using Personalization.Imaging;
using Personalization.Pictures;

namespace Personalization.Tests.Catalogue;

/// <summary>The ranking pictures on stores in memory, with the shipped vocabulary and the real extractor and composer.</summary>
internal sealed class CatalogueWorld : IAsyncDisposable
{
    private readonly ServiceProvider _imaging = new ServiceCollection().AddImaging(new ConfigurationBuilder().Build()).BuildServiceProvider();

    private CatalogueWorld(IReadOnlyList<string> prompts)
    {
        var (extractor, composer) = (_imaging.GetRequiredService<IFeatureExtractor>(), _imaging.GetRequiredService<IGridComposer>());
        var seeds = RankingPrompts.Load(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { prompts })));
        Seeder = new(seeds, PainterFixture.Vocabulary, Pictures, new PromptAugmenter(PainterFixture.Vocabulary));
        Measurer = new(Pictures, Files, extractor, TestRun.Threads);
        Reader = new(Pictures, Files, PainterFixture.ExactPainter, Measurer, composer, TestRun.Threads);
        Painter = new(Seeder, Reader, Pictures, Files, extractor, composer, TestRun.Threads);
    }

    public PicturesInMemory Pictures { get; } = new();

    public PictureFilesInMemory Files { get; } = new();

    public CatalogueSeeder Seeder { get; }

    public CataloguePainter Painter { get; }

    public PictureMeasurer Measurer { get; }

    public PictureReader Reader { get; }

    /// <summary>The rows of these prompts, not painted yet.</summary>
    public static async Task<CatalogueWorld> CreateAsync(params IReadOnlyList<string> prompts)
    {
        var world = new CatalogueWorld(prompts);
        await world.Seeder.SeedAsync(TestRun.Cancellation);
        return world;
    }

    public Task<IReadOnlyList<Picture>> RankingAsync() => Pictures.RankingPicturesAsync(TestRun.Cancellation);

    /// <summary>Adds a picture that a person made.</summary>
    public async Task<PictureId> AddMadeAsync(string fileKey, int width = 8, int height = 8)
    {
        var picture = new Picture { Kind = PictureKind.Made, Prompt = "a boat", Style = null, Seed = 1, Width = width, Height = height, FileKey = fileKey };
        return (await Pictures.AddAsync([picture], TestRun.Cancellation))[0].Id;
    }

    public ValueTask DisposeAsync() => _imaging.DisposeAsync();
}
