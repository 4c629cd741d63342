using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Imaging;
using Personalization.Pictures;
using Personalization.Testing;

namespace Personalization.Encoder.Tests;

/// <summary>Which encoder measures, by the files there are and the settings.</summary>
public sealed class EncoderServicesTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "encoder");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Encoder_follows_the_pixel_measures_where_its_files_are()
    {
        using var with = Services(Shipped);
        using var without = Services(_folder.FullName);
        var (extractor, plain) = (with.GetRequiredService<IFeatureExtractor>(), without.GetRequiredService<IFeatureExtractor>());
        var png = await PainterFixture.PngAsync(PainterFixture.Request(PainterFixture.Husky));

        Assert.Equal(("pixels-1+resnet18-e2552f19", 512), (extractor.Version, extractor.EmbeddingLength));
        Assert.Equal(("pixels-1", 0), (plain.Version, plain.EmbeddingLength));
        Assert.Equal(plain.Extract(png), extractor.Extract(png)[..^512]);
        Assert.Equal(plain.Measures, extractor.Measures);
    }

    [Fact]
    public void Encoder_is_not_opened_where_it_is_turned_off()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "ResNet18.onnx"), "not a model");
        using var services = Services(_folder.FullName, ("Vision:Encoder", "false"), ("Vision:EncoderPath", Path.Combine(Shipped, "ResNetPreprocess.onnx")));

        Assert.Equal("pixels-1", services.GetRequiredService<IFeatureExtractor>().Version);
    }

    [Fact]
    public void Operators_encoder_takes_the_place_of_the_programs_own()
    {
        // Any model that takes a picture will do.
        using var services = Services(Shipped, ("Vision:EncoderPath", Path.Combine(Shipped, "ResNetPreprocess.onnx")));

        var extractor = services.GetRequiredService<IFeatureExtractor>();

        Assert.Equal(("pixels-1+onnx-84bf8def", 3), (extractor.Version, extractor.EmbeddingLength));
    }

    [Theory]
    [InlineData("ResNet18.onnx")]
    [InlineData("ResNetPreprocess.onnx")]
    public void Encoder_whose_file_was_changed_is_refused_at_the_start_with_what_to_do(string damaged)
    {
        foreach (var file in Directory.EnumerateFiles(Shipped))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        using (var file = File.OpenWrite(Path.Combine(_folder.FullName, damaged)))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(7);
        }

        using var services = Services(_folder.FullName);

        var exception = Assert.Throws<InvalidDataException>(services.GetRequiredService<IFeatureExtractor>);
        Assert.Contains(damaged, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Vision:Encoder=false", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ServiceProvider Services(string folder, params IEnumerable<(string Key, string Value)> settings) => new ServiceCollection()
        .AddImaging(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
        .AddEncoder(folder)
        .BuildServiceProvider();
}
