using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Imaging;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Encoder.Tests;

/// <summary>What the program's own encoder takes for a copy, of the Painter's pictures.</summary>
public sealed class PictureLikenessTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddImaging(new ConfigurationBuilder().Build())
        .AddEncoder(Path.Combine(AppContext.BaseDirectory, "encoder"))
        .BuildServiceProvider();

    [Fact]
    public async Task Picture_that_is_saved_again_is_a_copy_and_one_of_another_seed_or_style_is_not()
    {
        var likeness = new PictureLikeness(_services.GetRequiredService<IFeatureExtractor>());
        var (saved, others) = (0, 0);
        foreach (var (index, prompt) in PainterFixture.Prompts.Take(8).Index())
        {
            var style = PainterFixture.Style("vividness", -0.5f);
            var picture = await PaintAsync(prompt, (uint)index, style);

            saved += likeness.AreCopies(Measured(picture), Measured(Jpeg(picture))) ? 1 : 0;
            others += likeness.AreCopies(Measured(picture), Measured(await PaintAsync(prompt, (uint)index + 100, style))) ? 1 : 0;
            others += likeness.AreCopies(Measured(picture), Measured(await PaintAsync(prompt, (uint)index, PainterFixture.Style("texture", 1)))) ? 1 : 0;
        }

        Assert.Equal((true, 0), (saved >= 7, others));
    }

    public void Dispose() => _services.Dispose();

    private static async Task<byte[]> PaintAsync(string prompt, uint seed, StyleVector style) =>
        (await PainterFixture.PaintAsync(PainterFixture.Request(prompt, seed, 384) with { Styles = [style] }))[0].Png.ToArray();

    private static byte[] Jpeg(byte[] png)
    {
        using var bitmap = SKBitmap.Decode(png);
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 85).ToArray();
    }

    private Picture Measured(byte[] file)
    {
        var extractor = _services.GetRequiredService<IFeatureExtractor>();
        return new()
        {
            Kind = PictureKind.Made,
            Prompt = "a prompt",
            Style = null,
            Features = new(extractor.Version, extractor.Extract(file)),
            Seed = 1,
            Width = 384,
            Height = 384,
        };
    }
}
