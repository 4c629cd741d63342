using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Imaging.Tests;

public sealed class FeatureExtractorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Extractor_without_an_encoder_gives_the_pixel_measures()
    {
        using var services = Services();
        var extractor = services.GetRequiredService<IFeatureExtractor>();

        var features = extractor.Extract(Sunset());

        Assert.Equal("pixels-1", extractor.Version);
        Assert.Equal(0, extractor.EmbeddingLength);
        Assert.Equal(extractor.Measures.Count, features.Length);
        Assert.Equal(features, extractor.Extract(Sunset()));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Extractor_measures_other_formats_much_the_same(SKEncodedImageFormat format)
    {
        using var services = Services();
        var extractor = services.GetRequiredService<IFeatureExtractor>();

        Assert.Equal(extractor.Extract(Sunset())[0], extractor.Extract(Sunset(format))[0], 1.0);
    }

    [Fact]
    public void Extractor_measures_large_and_small_versions_much_the_same()
    {
        using var services = Services();
        var extractor = services.GetRequiredService<IFeatureExtractor>();
        static byte[] Halves(int size) => Drawn.Encoded(size, size, (x, _) => x < size / 2 ? SKColors.Red : SKColors.Blue);

        var (small, large) = (extractor.Extract(Halves(192)), extractor.Extract(Halves(960)));

        Assert.Equal(small[0], large[0], 0.5);
        Assert.Equal(small[8], large[8], 2.0);
    }

    [Fact]
    public void Extractor_puts_transparent_pixels_over_white()
    {
        using var services = Services();

        var features = services.GetRequiredService<IFeatureExtractor>().Extract(Drawn.Encoded(32, 32, (_, _) => new SKColor(10, 20, 30, 0)));

        Assert.Equal(100, features[0], 0.1);
    }

    [Fact]
    public void Extractor_refuses_what_is_not_a_picture()
    {
        using var services = Services();
        var extractor = services.GetRequiredService<IFeatureExtractor>();

        Assert.Throws<InvalidDataException>(() => extractor.Extract("<html>"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => extractor.Extract(Array.Empty<byte>()));
        Assert.Throws<InvalidDataException>(() => extractor.Extract(Sunset().AsMemory(0, 200)));
    }

    [Fact]
    public void Extractor_refuses_a_picture_that_is_too_large_by_its_header()
    {
        using var services = Services();

        // The header of a PNG of 60,000 x 60,000 pixels, and nothing after it.
        var png = Drawn.Encoded(8, 8, (_, _) => SKColors.Red);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));

        var exception = Assert.Throws<InvalidDataException>(() => services.GetRequiredService<IFeatureExtractor>().Extract(png));
        Assert.Contains("60000 x 60000", exception.Message);
    }

    [Fact]
    public void Encoder_adds_its_vector_of_length_1()
    {
        // Averages each channel: red is (1, 0, 0) once nothing is subtracted and everything divided by 1.
        using var services = Services(("Vision:EncoderPath", Model(TinyModel.ChannelMeans())), ("Vision:InputSize", "16"), Zero(0), Zero(1), Zero(2), One(0), One(1), One(2));
        var extractor = services.GetRequiredService<IFeatureExtractor>();

        var red = extractor.Extract(Drawn.Encoded(40, 40, (_, _) => SKColors.Red))[^3..];
        var both = extractor.Extract(Drawn.Encoded(40, 40, (_, y) => y < 20 ? SKColors.Red : SKColors.Lime))[^3..];

        Assert.Equal(3, extractor.EmbeddingLength);
        Assert.Matches("^pixels-1\\+onnx-[0-9a-f]{8}$", extractor.Version);
        Assert.Equal([1, 0, 0], red);
        Assert.Equal([0.7071f, 0.7071f, 0], both.Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void Encoder_input_is_scaled_as_for_CLIP_by_default()
    {
        using var services = Services(("Vision:EncoderPath", Model(TinyModel.ChannelMeans())), ("Vision:InputSize", "16"));

        var white = services.GetRequiredService<IFeatureExtractor>().Extract(Drawn.Encoded(40, 40, (_, _) => SKColors.White))[^3..];

        double[] raw = [(1 - 0.48145466) / 0.26862954, (1 - 0.4578275) / 0.26130258, (1 - 0.40821073) / 0.27577711];
        var length = Math.Sqrt(raw.Sum(value => value * value));
        Assert.All(raw.Zip(white), pair => Assert.Equal(pair.First / length, pair.Second, 1e-5));
    }

    [Fact]
    public void Encoder_averages_a_map_of_positions()
    {
        using var services = Services(("Vision:EncoderPath", Model(TinyModel.Identity())), ("Vision:InputSize", "16"), Zero(0), Zero(1), Zero(2), One(0), One(1), One(2));

        var both = services.GetRequiredService<IFeatureExtractor>().Extract(Drawn.Encoded(40, 40, (x, _) => x < 20 ? SKColors.Red : SKColors.Lime))[^3..];

        Assert.Equal([0.7071f, 0.7071f, 0], both.Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void Encoder_version_depends_on_the_model()
    {
        using var one = Services(("Vision:EncoderPath", Model(TinyModel.ChannelMeans())), ("Vision:InputSize", "16"));
        using var other = Services(("Vision:EncoderPath", Model(TinyModel.Identity())), ("Vision:InputSize", "16"));

        Assert.NotEqual(one.GetRequiredService<IFeatureExtractor>().Version, other.GetRequiredService<IFeatureExtractor>().Version);
    }

    [Fact]
    public void Encoder_refuses_a_file_that_is_not_a_model_at_the_start()
    {
        using var services = Services(("Vision:EncoderPath", Model("no model"u8.ToArray())));

        var exception = Assert.Throws<InvalidDataException>(services.GetRequiredService<IFeatureExtractor>);
        Assert.StartsWith("Vision:EncoderPath: ", exception.Message);
        Assert.Contains("is no ONNX model", exception.Message);
    }

    [Fact]
    public void Encoder_of_another_input_size_says_what_it_takes()
    {
        using var services = Services(("Vision:EncoderPath", Model(TinyModel.ChannelMeans(side: 32))), ("Vision:InputSize", "16"));

        var exception = Assert.Throws<InvalidDataException>(services.GetRequiredService<IFeatureExtractor>);
        Assert.Contains("1 x 3 x 32 x 32", exception.Message);
        Assert.Contains("Vision:InputSize", exception.Message);
    }

    [Fact]
    public void Encoder_refuses_a_model_that_takes_no_picture()
    {
        using var services = Services(("Vision:EncoderPath", Model(TinyModel.Identity(axes: 2))));

        var exception = Assert.Throws<InvalidDataException>(services.GetRequiredService<IFeatureExtractor>);
        Assert.Contains("visual half", exception.Message);
    }

    [Theory]
    [InlineData("Vision:EncoderPath", "/nowhere/clip.onnx")]
    [InlineData("Vision:InputSize", "15")]
    [InlineData("Vision:Mean:0", "0.5")]
    [InlineData("Vision:StandardDeviation:0", "0.5")]
    public void Vision_options_name_an_invalid_setting(string key, string value)
    {
        using var services = Services((key, value));

        var exception = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IFeatureExtractor>);
        Assert.StartsWith(key.TrimEnd('0').TrimEnd(':'), Assert.Single(exception.Failures));
    }

    public void Dispose() => _folder.Dispose();

    private static (string, string) Zero(int channel) => ($"Vision:Mean:{channel}", "0");

    private static (string, string) One(int channel) => ($"Vision:StandardDeviation:{channel}", "1");

    private static byte[] Sunset(SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Drawn.Encoded(300, 200, (x, y) => new((byte)(255 - (y / 2)), (byte)(120 + (x / 4)), (byte)(40 + y)), format);

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static ServiceProvider Services(params IEnumerable<(string Key, string Value)> settings) => new ServiceCollection()
        .AddImaging(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
        .BuildServiceProvider();

    private string Model(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
