using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;
using SkiaSharp;

namespace Personalization.Imaging.Tests;

/// <summary>The door for pictures from outside.</summary>
public sealed class PictureIntakeTests
{
    private const long Most = 1024 * 1024;

    [Fact]
    public void Pixels_come_in_and_nothing_else()
    {
        var marked = PaintedPng.Paint(80, 48, "a secret prompt", "parameters", 1);

        var picture = PictureSanitizer.Read("server", marked, Most);

        Assert.Equal((80, 48), (picture.Width, picture.Height));
        Requests.HasNoText(picture, "a secret prompt");
        using var before = SKBitmap.Decode(marked);
        using var after = SKBitmap.Decode(picture.Png.Span);
        Assert.Equal(before.Pixels, after.Pixels);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Other_formats_become_png(SKEncodedImageFormat format)
    {
        using var bitmap = SKBitmap.Decode(Requests.Picture());
        using var data = bitmap.Encode(format, 90);

        var picture = PictureSanitizer.ReadBase64("server", "data:image/any;base64," + Convert.ToBase64String(data.AsSpan()), Most);

        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(picture.Png.Span[1..4]));
    }

    [Fact]
    public void A_picture_too_large_is_refused_before_room_is_made_for_it()
    {
        var exception = Assert.Throws<BackendException>(() => PictureSanitizer.Read("server", Requests.Promise(30_000, 30_000), Most));

        Assert.Contains("30000 x 30000", exception.Message);
    }

    [Theory]
    [InlineData(64, 64, 2048 * 2048)]
    [InlineData(1024, 1024, 2048 * 2048)]
    [InlineData(1376, 768, 4 * 1376 * 768)]
    [InlineData(3840, 2160, 7680 * 4320)]
    public void Both_sides_of_what_is_asked_for_may_be_doubled_and_small_ones_more(int width, int height, long most) =>
        Assert.Equal(most, PictureSanitizer.MaxPixels(Requests.Small() with { Width = width, Height = height }));

    [Fact]
    public void Formats_that_no_server_sends_are_not_even_read()
    {
        // The smallest GIF: one pixel.
        var exception = Assert.Throws<BackendException>(() => PictureSanitizer.ReadBase64("server", "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", Most));

        Assert.Equal("server sent what is no picture: PNG, JPEG and WebP are read.", exception.Message);
    }

    [Fact]
    public void A_picture_cut_off_is_refused()
    {
        var exception = Assert.Throws<BackendException>(() => PictureSanitizer.Read("server", PaintedPng.Paint(200, 200, null, "", 1).AsMemory(0, 120), Most));

        Assert.Equal(BackendFault.Failed, exception.Fault);
    }
}
