using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Pictures;

namespace Personalization.Imaging;

/// <summary>Registers what reads, measures and writes pictures.</summary>
public static class ImagingServices
{
    /// <summary>
    /// Adds the <see cref="IFeatureExtractor"/>, bound to the section <c>Vision</c>, and the <see cref="IGridComposer"/>. It measures
    /// pixels alone unless the program adds an encoder, or the operator names one.
    /// </summary>
    public static IServiceCollection AddImaging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<VisionOptions>(configuration, "Vision");
        services.AddSingleton<IValidateOptions<VisionOptions>, VisionOptionsValidation>();
        services.AddSingleton<IFeatureExtractor, FeatureExtractor>();
        services.AddSingleton<IGridComposer, GridComposer>();
        return services;
    }
}
