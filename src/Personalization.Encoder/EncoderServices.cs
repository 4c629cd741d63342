using Microsoft.Extensions.DependencyInjection;
using Personalization.Imaging;

namespace Personalization.Encoder;

/// <summary>Registers the program's own image encoder.</summary>
public static class EncoderServices
{
    /// <summary>
    /// Adds the encoder for the feature extractor, which opens it unless the settings name another one or none. There is none
    /// where its file is missing, or on a platform that ONNX Runtime is not built for.
    /// </summary>
    /// <param name="folder">Where the files of the model are.</param>
    public static IServiceCollection AddEncoder(this IServiceCollection services, string folder) =>
        services.AddSingleton<Func<IImageEncoder?>>(() => ResNetEncoder.IsIn(folder) && OnnxModel.IsRuntimePresent ? new ResNetEncoder(folder) : null);
}
