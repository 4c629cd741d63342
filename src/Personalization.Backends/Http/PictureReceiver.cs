using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Pictures;

namespace Personalization.Backends.Http;

/// <summary>Reads the finished pictures of one server within the limit of its settings.</summary>
/// <param name="backend">The backend's name, for messages.</param>
internal sealed class PictureReceiver(string backend, BackendOptions options)
{
    private readonly string _limitSetting = $"Backends:{backend}:{nameof(BackendOptions.MaxMegapixels)}";

    /// <inheritdoc cref="PictureSanitizer.Read"/>
    public PaintedPicture Read(ReadOnlyMemory<byte> encoded, ImageRequest request) =>
        PictureSanitizer.Read(backend, encoded, MaxPixels(request), _limitSetting);

    /// <inheritdoc cref="PictureSanitizer.ReadBase64"/>
    public PaintedPicture ReadBase64(string base64, ImageRequest request) =>
        PictureSanitizer.ReadBase64(backend, base64, MaxPixels(request), _limitSetting);

    private long MaxPixels(ImageRequest request) =>
        options.MaxMegapixels is { } megapixels ? megapixels * 1_000_000L : PictureSanitizer.MaxPixels(request);
}
