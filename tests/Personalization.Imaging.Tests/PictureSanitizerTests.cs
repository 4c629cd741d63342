using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;
using SkiaSharp;

namespace Personalization.Imaging.Tests;

/// <summary>Sanitizing of pictures from outside.</summary>
public sealed class PictureSanitizerTests
{
    private const long MaxPixels = 1024 * 1024;

    [Fact]
    public void Sanitizer_keeps_the_pixels_only()
    {
        var marked = PaintedPng.Paint(80, 48, "a secret prompt", "parameters", 1);

        var picture = PictureSanitizer.Read("server", marked, MaxPixels);

        Assert.Equal((80, 48), (picture.Width, picture.Height));
        Requests.HasNoText(picture, "a secret prompt");
        using var before = SKBitmap.Decode(marked);
        using var after = SKBitmap.Decode(picture.Png.Span);
        Assert.Equal(before.Pixels, after.Pixels);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Sanitizer_converts_other_formats_to_png(SKEncodedImageFormat format)
    {
        using var bitmap = SKBitmap.Decode(Requests.Picture());
        using var data = bitmap.Encode(format, 90);

        var picture = PictureSanitizer.ReadBase64("server", "data:image/any;base64," + Convert.ToBase64String(data.AsSpan()), MaxPixels);

        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(picture.Png.Span[1..4]));
    }

    [Fact]
    public void Sanitizer_rejects_a_picture_that_is_too_large_before_it_allocates_memory()
    {
        var exception = Assert.Throws<BackendException>(() => PictureSanitizer.Read("server", Requests.Promise(30_000, 30_000), MaxPixels));

        Assert.Contains("30000 x 30000", exception.Message);
    }

    [Theory]
    [InlineData(64, 64, 2048 * 2048)]
    [InlineData(1024, 1024, 2048 * 2048)]
    [InlineData(1376, 768, 4 * 1376 * 768)]
    [InlineData(3840, 2160, 7680 * 4320)]
    public void Pixel_limit_allows_both_sides_to_be_doubled_and_at_least_2048_by_2048(int width, int height, long max) =>
        Assert.Equal(max, PictureSanitizer.MaxPixels(Requests.Small() with { Width = width, Height = height }));

    [Fact]
    public void Sanitizer_does_not_decode_formats_that_image_servers_do_not_send()
    {
        // The smallest GIF: one pixel.
        var exception = Assert.Throws<BackendException>(() => PictureSanitizer.ReadBase64("server", "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", MaxPixels));

        Assert.Equal("server sent data that is not a picture in PNG, JPEG or WebP format.", exception.Message);
    }

    [Fact]
    public void Sanitizer_rejects_a_truncated_picture()
    {
        var exception = Assert.Throws<BackendException>(() => PictureSanitizer.Read("server", PaintedPng.Paint(200, 200, null, "", 1).AsMemory(0, 120), MaxPixels));

        Assert.Equal(BackendFault.Failed, exception.Fault);
    }
}
